//! The API client: where the access token goes, and where it does not.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};
use oauth_providers::{
    ApiClient, ApiError, ApiResponse, BoxFuture, Endpoint, GitHub, Google, HttpClient, Provider,
    Session, TransportError,
};
use oauth_tests::World;
use serde_json::{Value, json};

use crate::answers;
use crate::providers::{Acme, Plain};

/// A session, and a world that has forgotten how it came about.
async fn session() -> (World<Acme>, Session<Acme>) {
    let world = World::new(Acme);
    let session = world.log_in().await;
    world.sent.clear();
    (world, session)
}

async fn get<P: Provider>(client: &ApiClient<P>, path: &str) -> Result<ApiResponse, ApiError> {
    client.get(path)?.send().await
}

#[tokio::test]
async fn a_call_has_the_base_the_bearer_and_the_declared_headers() {
    let (world, session) = session().await;

    let answer: Value =
        get(&session.client(), "/invoices?year=2025").await.unwrap().json().await.unwrap();

    let token = session.tokens().access_token().expose();
    assert_eq!(
        world.sent.exchanges()[0].sent().replace(token, "TOKEN"),
        concat!(
            "GET https://api.acme.example/v1/invoices?year=2025\n",
            "accept: application/json\n",
            "authorization: Bearer TOKEN\n",
            "user-agent: oauth-runtime/0.1.0\n",
            "x-acme-version: 7\n",
            "\n",
        )
    );
    assert_eq!(
        answer,
        json!({ "emulator": "Acme", "method": "GET", "path": "/invoices", "user": "1815" })
    );
}

#[tokio::test]
async fn a_call_has_the_body_the_query_and_the_headers_it_is_given() {
    let (world, session) = session().await;

    let call = session.client().post("invoices").unwrap();
    let call = call.json(&json!({ "total": 7 })).unwrap().query("dry run", "yes&no");
    call.header("x-request-id", "4711").unwrap().send().await.unwrap();

    let token = session.tokens().access_token().expose();
    assert_eq!(
        world.sent.exchanges()[0].sent().replace(token, "TOKEN"),
        concat!(
            "POST https://api.acme.example/v1/invoices?dry+run=yes%26no\n",
            "accept: application/json\n",
            "authorization: Bearer TOKEN\n",
            "content-type: application/json\n",
            "user-agent: oauth-runtime/0.1.0\n",
            "x-acme-version: 7\n",
            "x-request-id: 4711\n",
            "\n",
            "{\"total\":7}",
        )
    );
}

#[tokio::test]
async fn every_method_can_be_called() {
    let (world, session) = session().await;
    let client = session.client();

    for call in [
        client.put("/a").unwrap(),
        client.patch("/a").unwrap(),
        client.delete("/a").unwrap(),
        client.request(Method::HEAD, "/a").unwrap(),
    ] {
        call.body("text").send().await.unwrap();
    }

    let methods: Vec<Method> =
        world.sent.exchanges().iter().map(|it| it.request.method().clone()).collect();
    assert_eq!(methods, [Method::PUT, Method::PATCH, Method::DELETE, Method::HEAD]);
}

#[tokio::test]
async fn an_answer_is_text_json_or_bytes() {
    let (mut world, session) = session().await;
    world.emulator = world.emulator.resource("/motto", "free speech");
    let client = session.client();

    let text = get(&client, "/motto").await.unwrap().text().await.unwrap();
    let typed: String = get(&client, "/motto").await.unwrap().json().await.unwrap();
    let error = get(&client, "/motto").await.unwrap().json::<u64>().await.unwrap_err();

    assert_eq!((&*text, &*typed), ("\"free speech\"", "free speech"));
    assert_eq!(error.code(), "unreadable");
    assert!(!format!("{error} {error:?}").contains("free"), "{error:?}");
}

#[tokio::test]
async fn a_status_is_an_answer_unless_the_application_minds() {
    let (world, session) = session().await;
    world.emulator.fail_next(Endpoint::Api, StatusCode::NOT_FOUND);
    world.emulator.fail_next(Endpoint::Api, StatusCode::NOT_FOUND);

    let answer = get(&session.client(), "/nowhere").await.unwrap();
    let error = get(&session.client(), "/nowhere").await.unwrap().error_for_status().unwrap_err();

    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    assert_eq!(error.to_string(), "the API answered 404 Not Found");
}

#[tokio::test]
async fn tr_01_the_token_stays_within_the_declared_origins() {
    let (world, session) = session().await;

    for hostile in [
        "https://evil.example/x",
        "http://api.acme.example/v1/x",
        "https://api.acme.example:8443/v1/x",
        "https://api.acme.example.evil.example/x",
        "https://api@evil.example/x",
        "https://api.acme.example@evil.example/x",
        "https://user@api.acme.example/v1/x",
        "https://acme.example/v1/x",
        "//evil.example/x",
        "///evil.example/x",
        "/\\evil.example",
        "\\\\evil.example\\x",
        "/\\/evil.example",
        "..//evil.example",
        "/..//evil.example",
        "/../v2/x",
        "../../x",
        "/%2e%2e/v2/x",
        "/a/../../v2",
        "ftp://api.acme.example/x",
        "javascript:alert(1)",
        "data:text/plain,x",
        "/\t/evil.example",
        " https://evil.example",
        "\thttps://evil.example",
        "https:evil.example",
        "https:/evil.example",
        "https:\\\\evil.example",
    ] {
        let outcome = get(&session.client(), hostile).await;

        for exchange in world.sent.exchanges() {
            let uri = exchange.request.uri().to_string();
            assert!(uri.starts_with("https://api.acme.example/v1/"), "{hostile:?} is {uri}");
        }
        if world.sent.count() == 0 {
            let code = outcome.unwrap_err().code();
            assert!(["foreign_origin", "malformed"].contains(&code), "{hostile:?} {code}");
        }
        world.sent.clear();
    }
}

#[tokio::test]
async fn tr_01_a_path_that_a_browser_takes_for_a_host_is_not_sent_at_all() {
    let (world, session) = session().await;

    for path in ["//evil.example/x", "///evil.example/x", "/\\evil.example", "\\evil.example"] {
        let error = get(&session.client(), path).await.unwrap_err();

        assert_eq!(error.code(), "foreign_origin", "{path}");
    }
    assert_eq!(world.sent.count(), 0);
}

#[tokio::test]
async fn tr_01_the_error_of_a_foreign_origin_says_where_and_no_more() {
    let (_, session) = session().await;

    let error = session.client().get("https://evil.example/x?secret=canary").unwrap_err();

    assert_eq!(
        error.to_string(),
        "`https://evil.example/x` is outside the declared API of the provider; the token stays here"
    );
}

#[tokio::test]
async fn tr_01_a_host_header_of_the_application_is_dropped() {
    let (world, session) = session().await;

    let call = session.client().get("/x").unwrap().header("host", "evil.example").unwrap();
    call.send().await.unwrap();

    assert!(!world.sent.exchanges()[0].sent().contains("evil"));
}

#[tokio::test]
async fn tr_01_a_redirect_of_the_api_is_an_answer() {
    let (world, session) = session().await;

    for status in [301, 302, 303, 307, 308] {
        for location in [
            "https://api.acme.example/v1/other",
            "https://evil.example/x",
            "http://api.acme.example/v1/x",
            "//evil.example/x",
        ] {
            world.emulator.answer_next(Endpoint::Api, answers::redirect(status, location));
            let answer = get(&session.client(), "/x").await.unwrap();

            assert_eq!(answer.status().as_u16(), status);
            assert_eq!(answer.headers()["location"], location);
            assert_eq!(world.sent.count(), 1);
            world.sent.clear();
        }
    }
}

#[tokio::test]
async fn a_declared_origin_beside_the_base_is_called_by_its_whole_url() {
    let (world, session) = session().await;
    let google = World::new(Google);
    let of_google = google.log_in().await;

    get(&session.client(), "https://files.acme.example/7.pdf").await.unwrap();
    get(&of_google.client(), "https://gmail.googleapis.com/gmail/v1/users/me/profile")
        .await
        .unwrap();
    let unknown = get(&of_google.client(), "https://drive.googleapis.com/x").await.unwrap_err();

    let token = format!("Bearer {}", session.tokens().access_token().expose());
    assert_eq!(world.sent.exchanges()[0].request.headers()["authorization"], *token);
    assert_eq!(unknown.code(), "foreign_origin");
}

#[tokio::test]
async fn a_path_has_nothing_to_be_appended_to_where_no_base_is_declared() {
    let session = World::new(Plain).log_in().await;

    let error = session.client().get("/x").unwrap_err();

    assert_eq!(error.code(), "no_api_base");
}

#[tokio::test]
async fn tr_03_the_token_stands_once_in_the_authorization_header() {
    let (world, session) = session().await;
    let token = session.tokens().access_token().expose();

    let call = session.client().get("/x?access_token=mine").unwrap();
    let call = call.header("Authorization", "Bearer mine").unwrap();
    call.query("a", "b").send().await.unwrap();

    let request = &world.sent.exchanges()[0].request;
    let headers: Vec<&str> = request
        .headers()
        .get_all("authorization")
        .iter()
        .map(|value| value.to_str().unwrap())
        .collect();
    assert_eq!(headers, [format!("Bearer {token}")]);
    assert!(!request.uri().to_string().contains(token));
}

#[tokio::test]
async fn a_session_that_ends_while_it_is_held_asks_for_a_new_login() {
    let (world, session) = session().await;

    world.clock.advance(Duration::from_secs(3600));
    world.emulator.revoke_everything();
    let error = get(&session.client(), "/x").await.unwrap_err();

    assert!(
        matches!(&error, ApiError::Reconnect { login_url } if login_url == "/oauth/acme/login"),
        "{error}"
    );
    assert_eq!(world.emulator.requests(Endpoint::Api), 0);
}

#[tokio::test]
async fn a_handler_may_hand_on_what_fails() {
    let world = World::new(Acme);
    let page = async |session: Session<Acme>| -> Result<String, ApiError> {
        session.client().get("https://evil.example/")?.send().await?.text().await
    };

    let page = world.browser_with(page).open("/").await;

    assert_eq!((page.status(), page.text()), (StatusCode::INTERNAL_SERVER_ERROR, ""));
}

#[tokio::test]
async fn a_github_call_is_made_of_the_path_alone() {
    let mut world = World::new(GitHub);
    world.emulator = world.emulator.resource("/user/repos", json!([{ "name": "oauth" }]));
    let session = world.log_in().await;

    let repos: Value = get(&session.client(), "/user/repos").await.unwrap().json().await.unwrap();

    assert_eq!(repos, json!([{ "name": "oauth" }]));
}

#[tokio::test]
async fn an_answer_of_the_api_is_bounded() {
    let (world, session) = session().await;
    let body = Bytes::from(vec![b'x'; (16 << 20) + 1]);
    world.emulator.answer_next(Endpoint::Api, Response::new(body));

    let error = get(&session.client(), "/x").await.unwrap_err();

    assert_eq!(error.code(), "transport");
}

/// Gives each user a token of their own, and counts the calls of those who come with somebody else's.
#[derive(Clone, Default)]
struct Users {
    right: Arc<AtomicUsize>,
    wrong: Arc<AtomicUsize>,
}

impl HttpClient for Users {
    fn call(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(async move {
            tokio::task::yield_now().await;
            if request.uri().path() == "/oauth/token" {
                let form: Vec<_> = url::form_urlencoded::parse(request.body()).collect();
                let user = form.iter().find(|(name, _)| name == "refresh_token").unwrap().1.clone();
                let body = json!({ "access_token": format!("at-{user}"), "token_type": "Bearer" });
                return Ok(answers::json(&body));
            }
            let headers = request.headers();
            let expected = format!("Bearer at-{}", headers["x-user"].to_str().unwrap());
            let right = headers["authorization"] == expected;
            let counter = if right { &self.right } else { &self.wrong };
            counter.fetch_add(1, Ordering::Relaxed);
            Ok(Response::new(Bytes::new()))
        })
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn tr_14_no_call_carries_the_token_of_another_user() {
    let users = Users::default();
    let world = World::with(Acme, |builder| builder.http_client(users.clone()));

    let mut tasks = tokio::task::JoinSet::new();
    for user in 0..100 {
        let client = world.oauth.offline(format!("user-{user}"));
        tasks.spawn(async move {
            for _ in 0..1000 {
                let call = client.get("/drive").unwrap();
                let call = call.header("x-user", &format!("user-{user}")).unwrap();
                call.send().await.unwrap();
            }
        });
    }
    tasks.join_all().await;

    let counted = (users.right.load(Ordering::Relaxed), users.wrong.load(Ordering::Relaxed));
    assert_eq!(counted, (100_000, 0));
}

#[tokio::test]
async fn what_a_handler_hands_on_says_whose_fault_it_was() {
    let page = async |session: Session<Acme>| -> Result<String, ApiError> {
        session.client().get("/drive")?.send().await?.error_for_status()?.text().await
    };

    let failing = World::new(Acme);
    failing.emulator.fail_next(Endpoint::Api, StatusCode::SERVICE_UNAVAILABLE);
    let failed = failing.browser_with(page).open("/").await;
    let dead = World::new(Acme);
    let mut browser = dead.browser_with(page);
    let callback = browser.begin_and_agree("/").await;
    browser.arrive(callback).await;
    dead.emulator.revoke_everything();
    let dead = browser.look_at("/").await;
    let down = World::new(Acme);
    let mut browser = down.browser_with(page);
    let callback = browser.begin_and_agree("/").await;
    browser.arrive(callback).await;
    down.emulator.revoke_access_tokens();
    down.emulator.fail_next(Endpoint::Token, StatusCode::SERVICE_UNAVAILABLE);
    let down = browser.look_at("/").await;

    assert_eq!(failed.status(), StatusCode::BAD_GATEWAY);
    assert_eq!(dead.status(), StatusCode::UNAUTHORIZED);
    assert!(dead.text().contains("\"login_url\":\"/oauth/acme/login\""), "{}", dead.text());
    assert_eq!(down.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(!down.header("retry-after").is_empty());
}
