//! What the emulator does with every request, and what it calls itself.

use bytes::Bytes;
use http::header::LOCATION;
use http::{Request, Response, StatusCode};
use oauth_derive::oauth_provider;
use serde_json::Value;

use crate::emulator::{ConnectionLost, Emulator, Endpoint, User};
use crate::parameter::Segment;

/// One of an organisation's own.
#[oauth_provider(issuer = "https://login.acme.example/")]
struct Acme;

/// One with an issuer for each tenant.
#[oauth_provider(
    issuer = "https://login.acme.example/{tenant}",
    dialect(tenant_issuer(template = "https://login.acme.example/{id}", claim = "tid"))
)]
struct Tenants {
    tenant: Segment,
}

const BASE: &str = "http://127.0.0.1:4000";

async fn get(emulator: &Emulator, url: &str) -> Result<Response<Bytes>, ConnectionLost> {
    let request = Request::get(url).body(Bytes::new()).unwrap();
    emulator.clone().respond(request).await
}

async fn callback(emulator: &Emulator) -> String {
    let query = "client_id=emulator-client&redirect_uri=https://a.example/&response_type=code";
    let url = format!("https://login.acme.example/authorize?{query}");
    let answer = get(emulator, &url).await.unwrap();
    answer.headers()[LOCATION].to_str().unwrap().to_owned()
}

async fn metadata(emulator: &Emulator, issuer: &str) -> Value {
    let url = format!("{issuer}/.well-known/openid-configuration");
    let answer = get(emulator, &url).await.unwrap();
    serde_json::from_slice(answer.body()).unwrap()
}

#[tokio::test]
async fn what_goes_wrong_with_the_next_requests_comes_before_what_does_with_all() {
    let emulator = Emulator::of(Acme);
    emulator.fail_all(Endpoint::Jwks, StatusCode::SERVICE_UNAVAILABLE);
    emulator.fail_next(Endpoint::Jwks, StatusCode::IM_A_TEAPOT);

    let mut statuses = Vec::new();
    for _ in 0..3 {
        let answer = get(&emulator, "https://login.acme.example/jwks").await;
        statuses.push(answer.unwrap().status().as_u16());
    }

    assert_eq!(statuses, [418, 503, 503]);
    assert_eq!(emulator.requests(Endpoint::Jwks), 3);
}

#[tokio::test]
async fn every_connection_breaks_before_or_after_the_server_has_acted() {
    let emulator = Emulator::of(Acme);
    let url = "https://login.acme.example/authorize?client_id=emulator-client\
               &redirect_uri=https://a.example/&response_type=code";

    emulator.lose_all_requests(Endpoint::Authorization);
    assert!(get(&emulator, url).await.is_err() && get(&emulator, url).await.is_err());
    assert_eq!(emulator.newest_sid(), None);

    emulator.lose_all_answers(Endpoint::Authorization);
    assert!(get(&emulator, url).await.is_err() && get(&emulator, url).await.is_err());
    assert!(emulator.newest_sid().is_some());
}

#[tokio::test(start_paused = true)]
async fn every_answer_takes_its_time() {
    let emulator = Emulator::of(Acme);
    let pause = std::time::Duration::from_secs(5);
    emulator.slow_all(Endpoint::Jwks, pause);
    let begun = tokio::time::Instant::now();

    for _ in 0..2 {
        get(&emulator, "https://login.acme.example/jwks").await.unwrap();
    }

    assert_eq!(begun.elapsed(), 2 * pause);
}

#[tokio::test]
async fn every_login_is_declined_and_nobody_is_asked() {
    let emulator = Emulator::of(Acme).consent_page();
    emulator.deny_all();

    for _ in 0..2 {
        let callback = callback(&emulator).await;
        assert!(callback.starts_with("https://a.example/?error=access_denied"), "{callback}");
    }
}

#[tokio::test]
async fn every_callback_names_the_issuer_that_it_was_told_to() {
    let emulator = Emulator::of(Acme);
    emulator.tamper_issuer("https://evil.example");

    for _ in 0..2 {
        let callback = callback(&emulator).await;
        assert!(callback.ends_with("&iss=https%3A%2F%2Fevil.example"), "{callback}");
    }
}

#[tokio::test]
async fn a_server_that_is_called_by_its_address_says_so_everywhere() {
    let emulator = Emulator::of(Acme);
    let announced = emulator.clone().announced_at(BASE);
    let issuer = format!("{BASE}/login.acme.example/");

    let metadata = metadata(&announced, &format!("{BASE}/login.acme.example")).await;
    let callback = callback(&announced).await;

    assert_eq!(metadata["issuer"], issuer);
    assert_eq!(metadata["token_endpoint"], format!("{BASE}/login.acme.example/token"));
    let methods = serde_json::json!(["client_secret_basic"]);
    assert_eq!(metadata["token_endpoint_auth_methods_supported"], methods);
    assert_eq!(metadata["jwks_uri"].as_str(), announced.url(Endpoint::Jwks));
    assert!(callback.ends_with("&iss=http%3A%2F%2F127.0.0.1%3A4000%2Flogin.acme.example%2F"));
    assert_eq!(announced.issuer().unwrap(), issuer);
    assert_eq!(emulator.issuer().unwrap(), "https://login.acme.example/");
    assert_eq!(emulator.url(Endpoint::Token), Some("https://login.acme.example/token"));
}

#[tokio::test]
async fn a_server_with_tenants_is_called_by_the_one_that_was_asked() {
    let emulator = Emulator::of(Tenants::new("company").unwrap()).tenant("t-7");
    let announced = emulator.clone().announced_at(&format!("{BASE}/"));
    let issuer = format!("{BASE}/login.acme.example/company");

    let metadata = metadata(&announced, &issuer).await;

    assert_eq!(metadata["issuer"], issuer);
    assert_eq!(announced.issuer(), Some(issuer));
    assert_eq!(emulator.issuer().unwrap(), "https://login.acme.example/t-7");
}

#[test]
fn a_user_is_told_of_with_what_else_is_known() {
    let user = User::new("7").member("id", 7).member("/data/login", "ada");
    let mut answer = serde_json::json!({ "id": "7", "data": { "name": "Ada" } });

    user.told_besides(&mut answer);

    let expected = serde_json::json!({ "id": 7, "data": { "name": "Ada", "login": "ada" } });
    assert_eq!(answer, expected);
}

#[test]
fn a_request_is_for_an_endpoint_under_any_base() {
    let emulator = Emulator::of(Acme);
    let endpoint = |url: &str| emulator.endpoint_of(&Request::get(url).body(Bytes::new()).unwrap());

    assert_eq!(endpoint("https://login.acme.example/token"), Endpoint::Token);
    assert_eq!(endpoint(&format!("{BASE}/a/login.acme.example/token?x")), Endpoint::Token);
    assert_eq!(endpoint(&format!("{BASE}/login.acme.example/nothing")), Endpoint::Unknown);
}
