//! A login that is announced to the provider before the browser goes there (RFC 9126).

use std::collections::{BTreeMap, BTreeSet};

use http::{Response, StatusCode};
use oauth_providers::{
    ClientKey, Declaration, Declared, Emulator, Endpoint, OpenId, Provider as _,
    TokenEndpointAuthMethod,
};
use oauth_tests::World;
use serde_json::{Value, json};

use crate::answers::{answer, json as in_json, redirect};
use crate::oidc::{ADA, ISSUER, log_in, world, world_at, world_of};
use crate::token_endpoint::form;

/// A client that asks for it, at a provider that takes it.
fn asking() -> World<OpenId> {
    world_of(|emulator| emulator, |builder| builder.pushed_authorization_requests(true))
}

/// A provider that declares everything, the endpoint for it too.
fn declaring(token_endpoint_auth_method: TokenEndpointAuthMethod) -> Declared {
    Declared::from(Declaration {
        authorization_endpoint: Some("https://op.example/authorize".into()),
        token_endpoint: Some("https://op.example/token".into()),
        userinfo_endpoint: Some("https://op.example/userinfo".into()),
        jwks_uri: Some("https://op.example/jwks".into()),
        pushed_authorization_request_endpoint: Some("https://op.example/par".into()),
        token_endpoint_auth_method,
        ..OpenId::issuer(ISSUER).declaration().clone()
    })
}

#[tokio::test]
async fn a_login_is_announced_where_it_is_declared_demanded_or_asked_for() {
    let basic = TokenEndpointAuthMethod::ClientSecretBasic;
    let declared = world_at(declaring(basic), |emulator| emulator, |builder| builder);
    let demanded = world_of(Emulator::require_pushed_requests, |builder| builder);
    let asked = asking();
    let not_asked = world();

    assert_eq!(log_in(&declared).await, ADA);
    assert_eq!(log_in(&demanded).await, ADA);
    assert_eq!(log_in(&asked).await, ADA);
    assert_eq!(log_in(&not_asked).await, ADA);

    for (emulator, times) in [
        (declared.emulator, 1),
        (demanded.emulator, 1),
        (asked.emulator, 1),
        (not_asked.emulator, 0),
    ] {
        assert_eq!(emulator.requests(Endpoint::PushedAuthorization), times);
    }
}

#[tokio::test]
async fn te_14_the_browser_carries_the_client_and_a_reference_and_nothing_else() {
    let world = asking();
    let mut browser = world.browser();

    let authorization = browser.begin("/inbox").await;

    let query: BTreeMap<String, String> = authorization.query_pairs().into_owned().collect();
    assert_eq!(query.keys().collect::<Vec<_>>(), ["client_id", "request_uri"]);
    assert_eq!(query["client_id"], Emulator::CLIENT_ID);
    let sent = world.sent.exchanges();
    let exchange = sent.iter().find(|it| it.request.uri().path() == "/par").unwrap();
    assert_eq!(
        exchange.sent(),
        concat!(
            "POST https://op.example/par\n",
            "accept: application/json\n",
            "authorization: Basic ZW11bGF0b3ItY2xpZW50OmVtdWxhdG9yLXNlY3JldA==\n",
            "content-type: application/x-www-form-urlencoded\n",
            "user-agent: oauth-runtime/0.1.0\n",
            "\n",
            "response_type=code",
            "&redirect_uri=https%3A%2F%2Fapp.example%2Foauth%2Fopenid_op_example_HASH%2Fcallback",
            "&scope=openid+profile",
            "&code_challenge_method=S256",
            "&state=AAAAAAAAAAEAAAACAAAAAwAAAAQAAAAFAAAABgAAAAc",
            "&code_challenge=kV_a4rdEIOMBGIzdvtPHpZaAUZe1UBR9KEa6gEqRGvU",
            "&nonce=AAAAEAAAABEAAAASAAAAEwAAABQAAAAVAAAAFgAAABc",
            "&client_id=emulator-client",
        )
        .replace("openid_op_example_HASH", world.oauth.callback_path().split('/').nth(2).unwrap())
    );
    let answer: Value = serde_json::from_slice(exchange.response.as_ref().unwrap().body()).unwrap();
    assert_eq!(answer["request_uri"], query["request_uri"]);
    let callback = browser.agree(authorization).await;
    assert_eq!(browser.arrive(callback).await.header("location"), "/inbox");
}

#[tokio::test]
async fn te_14_each_login_has_a_reference_of_its_own() {
    let world = asking();
    let mut browser = world.browser();
    let mut seen = BTreeSet::new();
    for _ in 0..3 {
        let authorization = browser.begin("/").await;
        let reference =
            authorization.query_pairs().find(|(name, _)| name == "request_uri").unwrap().1;
        assert!(seen.insert(reference.into_owned()));
    }
}

/// Nothing falls back to a request that everybody can read and change.
#[tokio::test]
async fn te_14_an_announcement_that_fails_ends_the_login() {
    let error = |code: &str| in_json(&json!({ "error": code, "error_description": "no" }));
    let with_status = |mut response: Response<bytes::Bytes>, status| {
        *response.status_mut() = status;
        response
    };
    let reference = || in_json(&json!({ "request_uri": "urn:x", "expires_in": 60 }));
    for (response, told, status) in [
        (with_status(error("invalid_request"), StatusCode::BAD_REQUEST), "rejected", 400),
        (with_status(error("invalid_client"), StatusCode::UNAUTHORIZED), "rejected", 400),
        (
            with_status(error("temporarily_unavailable"), StatusCode::SERVICE_UNAVAILABLE),
            "rejected",
            503,
        ),
        (error("invalid_request"), "rejected", 400),
        (with_status(reference(), StatusCode::BAD_REQUEST), "unreadable", 502),
        (with_status(reference(), StatusCode::INTERNAL_SERVER_ERROR), "unreadable", 502),
        (with_status(reference(), StatusCode::ACCEPTED), "unreadable", 502),
        (in_json(&json!({})), "unreadable", 502),
        (in_json(&json!({ "request_uri": "" })), "unreadable", 502),
        (in_json(&json!({ "request_uri": null })), "unreadable", 502),
        (in_json(&json!({ "request_uri": 1 })), "unreadable", 502),
        (in_json(&json!(["urn:x"])), "unreadable", 502),
        (answer(StatusCode::CREATED, "application/json", ""), "unreadable", 502),
        (answer(StatusCode::CREATED, "text/html", "<html>"), "unreadable", 502),
        (answer(StatusCode::NOT_FOUND, "text/plain", "no"), "unreadable", 502),
        (redirect(307, "https://evil.example/par"), "unreadable", 502),
    ] {
        let world = asking();
        let shown = format!("{response:?}");
        world.emulator.answer_next(Endpoint::PushedAuthorization, response);
        let mut browser = world.browser();

        let page = browser.look_at("/").await;

        assert_eq!(page.text(), format!("pushed_request: {told}"), "{shown}");
        assert_eq!(page.status().as_u16(), status, "{shown}");
        assert_eq!(browser.jar().names(), [""; 0], "{shown}");
        assert_eq!(world.emulator.requests(Endpoint::PushedAuthorization), 1, "{shown}");
    }
    for lost in [Emulator::lose_next_request, Emulator::lose_next_answer] {
        let world = asking();
        lost(&world.emulator, Endpoint::PushedAuthorization);
        let page = world.browser().look_at("/").await;
        assert_eq!(
            (page.text(), page.status()),
            ("pushed_request: transport", StatusCode::BAD_GATEWAY)
        );
    }
}

/// What a reference holds is one parameter of the address, whatever it is.
#[tokio::test]
async fn te_14_a_reference_cannot_add_a_parameter() {
    let world = asking();
    let odd = "urn:x&state=evil#\r\n";
    let response =
        answer(StatusCode::CREATED, "application/json", json!({ "request_uri": odd }).to_string());
    world.emulator.answer_next(Endpoint::PushedAuthorization, response);

    let authorization = world.browser().begin("/").await;

    let query: Vec<(String, String)> = authorization.query_pairs().into_owned().collect();
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(query, [pair("client_id", Emulator::CLIENT_ID), pair("request_uri", odd)]);
    assert_eq!(authorization.fragment(), None);
}

#[tokio::test]
async fn te_14_an_announcement_is_proved_as_a_token_request_is() {
    let keys: Value = serde_json::from_str(include_str!("../../data/client_keys.json")).unwrap();
    let key = ClientKey::from_jwk(&keys["ES256"]["jwk"].to_string()).unwrap();
    for (method, names) in [
        (TokenEndpointAuthMethod::ClientSecretBasic, &["client_id"][..]),
        (TokenEndpointAuthMethod::ClientSecretPost, &["client_id", "client_secret"]),
        (
            TokenEndpointAuthMethod::PrivateKeyJwt,
            &["client_assertion", "client_assertion_type", "client_id"],
        ),
        (
            TokenEndpointAuthMethod::ClientSecretJwt,
            &["client_assertion", "client_assertion_type", "client_id"],
        ),
        (TokenEndpointAuthMethod::None, &["client_id"]),
    ] {
        let world = world_at(
            declaring(method),
            |emulator| emulator.client_jwk(&key.public_jwk()),
            |builder| builder.client_key(key.clone()),
        );

        assert_eq!(log_in(&world).await, ADA, "{method:?}");

        let sent = world.sent.exchanges();
        let exchange = sent.iter().find(|it| it.request.uri().path() == "/par").unwrap();
        let mut fields: Vec<String> =
            form(exchange.request.body()).into_iter().map(|it| it.0).collect();
        fields.retain(|name| name.starts_with("client_"));
        fields.sort_unstable();
        assert_eq!(fields, names, "{method:?}");
    }
}

#[tokio::test]
async fn a_provider_that_takes_no_announcement_cannot_be_asked_to() {
    let world = world_of(
        |emulator| emulator.metadata_member("pushed_authorization_request_endpoint", Value::Null),
        |builder| builder.pushed_authorization_requests(true),
    );

    assert_eq!(log_in(&world).await, "metadata");
    assert_eq!(world.emulator.requests(Endpoint::Authorization), 0);
}

/// It demands it, and does not say where.
#[tokio::test]
async fn a_provider_that_demands_an_announcement_says_where() {
    let world = world_of(
        |emulator| {
            let emulator = emulator.require_pushed_requests();
            emulator.metadata_member("pushed_authorization_request_endpoint", Value::Null)
        },
        |builder| builder,
    );

    assert_eq!(log_in(&world).await, "metadata");
}

#[test]
fn what_is_known_to_take_no_announcement_is_not_built() {
    let plain = crate::providers::Plain;
    let error = World::try_around(
        plain.clone(),
        Emulator::of(plain),
        oauth_tests::StoppedClock::new(),
        |builder| builder.pushed_authorization_requests(true),
    );

    assert!(error.is_err());
}
