//! The program `emulator`: started as a process, and asked over HTTP.

#![expect(clippy::unwrap_used, reason = "a helper of a test may fail the test")]

mod browser;
mod program;

use std::fs;
use std::net::TcpListener;

use axum::Router;
use axum::routing::get;
use http::StatusCode;
use oauth_providers::{
    Declaration, Declared, DeclaredScope, Emulator, EncryptedCookies, Environment, GitHub, Google,
    HasIdToken, KeyRing, OAuth, OAuthBuilder, Provider, Session, TokenEndpointAuthMethod,
};
use serde_json::Value;

use crate::browser::{Browser, Page};
use crate::program::{Program, failure, success};

const LOGIN: &str = "client_id=emulator-client&redirect_uri=http%3A%2F%2Fapp.example%2F\
                     &response_type=code&state=a-state";
const CLIENT: &str = "client_id=emulator-client&client_secret=emulator-secret";

/// Where GitHub stands under a base.
struct Places {
    authorize: String,
    token: String,
    user: String,
}

fn github(base: &str) -> Places {
    Places {
        authorize: format!("{base}/github.com/login/oauth/authorize?{LOGIN}"),
        token: format!("{base}/github.com/login/oauth/access_token"),
        user: format!("{base}/api.github.com/user"),
    }
}

/// An application without any library: it has logged somebody in, and holds the answer and the code.
async fn log_in(places: &Places) -> (Browser, Page, String) {
    let mut browser = Browser::new("http://app.example");
    let back = browser.get(&places.authorize).await;
    let location = back.location.expect("the login is granted at once");
    let code = location.split("code=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    let form = format!(
        "grant_type=authorization_code&code={code}&redirect_uri=http%3A%2F%2Fapp.example%2F&{CLIENT}"
    );
    let answer = browser.post(&places.token, &form, &[]).await;
    (browser, answer, code)
}

fn member(page: &Page, name: &str) -> Value {
    serde_json::from_str::<Value>(&page.text).unwrap()[name].clone()
}

#[tokio::test]
async fn one_provider_is_found_at_the_servers_own_address() {
    let mut program = Program::start(&["github", "--no-consent"]);
    let places = github(&program.url);

    let (mut browser, answer, code) = log_in(&places).await;
    let access_token = member(&answer, "access_token").as_str().unwrap().to_owned();
    let user = browser.call(&places.user, &access_token).await;
    let again = format!("grant_type=authorization_code&code={code}&{CLIENT}");
    let refused = browser.post(&places.token, &again, &[]).await;

    for place in [&places.token, &places.user] {
        assert!(program.announcement.contains(place), "{}", program.announcement);
    }
    assert!(
        program.announcement.contains("users                         Ada Lovelace (1815), Grace")
    );
    assert_eq!(
        (member(&user, "id"), member(&user, "name")),
        ("1815".into(), "Ada Lovelace".into())
    );
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    let log: Vec<_> = std::iter::repeat_with(|| program.logged()).take(4).collect();
    assert_eq!(
        log,
        [
            "github authorization 303 granted",
            "github token 200",
            "github userinfo 200",
            "github token 400 invalid_grant: the code was used before",
        ]
    );
}

#[cfg(unix)]
#[tokio::test]
async fn ctrl_c_ends_it_and_nothing_secret_was_logged() {
    let program = Program::start(&["github", "--no-consent"]);
    let places = github(&program.url);
    let (mut browser, answer, code) = log_in(&places).await;
    let access_token = member(&answer, "access_token").as_str().unwrap().to_owned();
    browser.call(&format!("{}/api.github.com/{access_token}/x", program.url), &access_token).await;
    browser.get(&format!("{}/nothing/{access_token}?code={code}", program.url)).await;

    let (status, log) = program.interrupt();

    assert!(status.success(), "{status}");
    assert_eq!(log.lines().count(), 4, "{log}");
    assert!(log.contains("api GET /api.github.com/…/x  200"), "{log}");
    for secret in ["emulator-secret", "a-state", &access_token, &code] {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
}

#[tokio::test]
async fn several_are_found_under_their_slugs_and_all_are_on_the_index() {
    let several = Program::start(&["github", "google", "--no-consent"]);
    let (_, answer, _) = log_in(&github(&format!("{}/github", several.url))).await;
    assert_eq!(answer.status, StatusCode::OK);

    let all = Program::start(&["--all"]);
    let mut browser = Browser::new("http://app.example");
    let index = browser.get(&format!("{}/", all.url)).await;
    let page = browser.get(&format!("{}/github", all.url)).await;
    let nowhere = browser.get(&format!("{}/nobody/github.com/login", all.url)).await;

    let issuer = "/google/issuer/accounts.google.com";
    for place in ["/github/github.com/login/oauth/authorize", issuer] {
        assert!(index.text.contains(&format!("{}{place}</code>", all.url)), "{place}");
    }
    assert!(page.text.contains("<h1>GitHub</h1>") && page.text.contains("read:user"));
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_login_is_declined() {
    let mut program = Program::start(&["github", "--deny"]);
    let mut browser = Browser::new("http://app.example");

    let back = browser.get(&github(&program.url).authorize).await;

    let location = back.location.unwrap();
    assert!(location.starts_with("http://app.example/?state=a-state&error=access_denied"));
    assert_eq!(program.logged(), "github authorization 303 access_denied");
}

#[tokio::test]
async fn a_token_lives_as_long_as_it_is_told_to() {
    let program = Program::start(&["github", "--no-consent", "--expire-in", "1"]);
    let places = github(&program.url);

    let (mut browser, answer, _) = log_in(&places).await;
    let access_token = member(&answer, "access_token").as_str().unwrap().to_owned();

    assert_eq!(member(&answer, "expires_in"), 1);
    let begun = std::time::Instant::now();
    while browser.call(&places.user, &access_token).await.status != StatusCode::UNAUTHORIZED {
        assert!(begun.elapsed().as_secs() < 30, "the token lives on");
    }
}

#[tokio::test]
async fn what_is_to_fail_fails_as_often_as_it_is_told_to() {
    let faults = ["--fail", "token:503:1", "--fail", "userinfo:500", "--lose-answer", "api"];
    let mut program = Program::start(&[&["github", "--no-consent"][..], &faults].concat());
    let places = github(&program.url);

    let (mut browser, first, _) = log_in(&places).await;
    let (_, second, _) = log_in(&places).await;
    let user = browser.call(&places.user, "a-token").await;
    let api = format!("{}/api.github.com/user/repos", program.url);

    assert_eq!((first.status.as_u16(), second.status.as_u16()), (503, 200));
    assert_eq!(user.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(browser.is_cut_off(&api).await);
    let log: Vec<_> = std::iter::repeat_with(|| program.logged()).take(6).collect();
    assert_eq!(log[1], "github token 503");
    assert_eq!(
        log[5],
        "github api GET /api.github.com/user/repos connection broken, as it was told to be"
    );
}

#[tokio::test]
async fn a_person_of_a_file_logs_in() {
    let folder = tempfile::tempdir().unwrap();
    let users = folder.path().join("users.json");
    let text = r#"[{ "subject": "7", "name": "Mary", "members": { "id": 7, "login": "mary" } }]"#;
    fs::write(&users, text).unwrap();
    let program = Program::start(&["github", "--no-consent", "--users", users.to_str().unwrap()]);
    let places = github(&program.url);

    let (mut browser, answer, _) = log_in(&places).await;
    let access_token = member(&answer, "access_token").as_str().unwrap().to_owned();
    let user = browser.call(&places.user, &access_token).await;

    assert_eq!((member(&user, "id"), member(&user, "login")), (7.into(), "mary".into()));
}

#[tokio::test]
async fn a_provider_of_ones_own_is_served_with_its_placeholders() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("acme.toml");
    let text = "name = \"Acme\"\nslug = \"acme\"\n\
                authorization_endpoint = \"https://{domain}/authorize\"\n\
                token_endpoint = \"https://{domain}/token\"\n\
                placeholders = [{ name = \"domain\", kind = \"host\" }]\n";
    fs::write(&file, text).unwrap();
    let file = file.to_str().unwrap();

    let program = Program::start(&[
        "--declaration",
        file,
        "--set",
        "domain=login.acme.example",
        "--no-consent",
    ]);
    let mut browser = Browser::new("http://app.example");
    let url = format!("{}/login.acme.example/authorize?{LOGIN}", program.url);

    assert!(browser.get(&url).await.location.unwrap().contains("code="));
}

#[test]
fn what_cannot_be_is_said_and_ends_it() {
    let folder = tempfile::tempdir().unwrap();
    let users = folder.path().join("users.json");
    fs::write(&users, "[\n  { \"subject\": 7 }\n]").unwrap();
    let users = users.to_str().unwrap();
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = taken.local_addr().unwrap().to_string();

    let words = failure(&["github", "--users", users]);
    assert_eq!(
        words,
        format!(
            "emulator: {users}: `[0].subject`: invalid type: integer `7`, expected a string at line 2 column 16\n"
        )
    );
    let words = failure(&["githob"]);
    let expected = "emulator: there is no provider githob; did you mean `github`";
    assert!(words.starts_with(expected), "{words}");
    let words = failure(&["github", "--addr", &address]);
    assert_eq!(
        words,
        format!(
            "emulator: cannot listen on {address}: the port is taken; `--addr 127.0.0.1:0` takes a free one\n"
        )
    );
}

#[test]
fn the_catalogue_is_listed() {
    let list = success(&["--list"]);

    assert!(list.lines().any(|line| line.starts_with("github ") && line.ends_with(" GitHub")));
}

/// An application that shows its user's session, on a port of its own.
async fn application<P: Provider>(
    provider: P,
    configure: impl FnOnce(OAuthBuilder<P>) -> OAuthBuilder<P>,
    page: impl Fn(&Session<P>) -> String + Clone + Send + Sync + 'static,
) -> String {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let builder = OAuth::builder(provider)
        .client_id(Emulator::CLIENT_ID)
        .client_secret(Emulator::CLIENT_SECRET)
        .redirect_uri(format!("{url}/callback"))
        .persistence(EncryptedCookies::new(KeyRing::generate().unwrap()).single_process());
    let oauth = configure(builder).build().unwrap();
    let app = Router::new()
        .route("/", get(async move |session: Session<P>| page(&session)))
        .route_layer(oauth.filter())
        .route_service(oauth.login_path(), oauth.login())
        .route_service(oauth.callback_path(), oauth.callback());
    tokio::spawn(async { axum::serve(listener, app).await });
    url
}

/// What the application shows when Grace has agreed.
async fn shown(url: &str) -> String {
    let mut browser = Browser::new(url);
    let consent = browser.open(&format!("{url}/")).await;
    assert!(consent.text.contains("Continue as Grace Hopper"), "{}", consent.text);
    let page = browser.agree(&consent, "1906").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    page.text
}

#[tokio::test(flavor = "multi_thread")]
async fn an_application_of_this_library_logs_in() {
    let program = Program::start(&["github"]);
    let base = program.url.clone();
    let scopes = |session: &Session<GitHub>| {
        session.scopes().iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    };

    let url = application(GitHub, |it| it.environment(Environment::at(base)), scopes).await;

    assert_eq!(shown(&url).await, "read:user user:email");
}

fn issuer_and_subject<P: HasIdToken>(session: &Session<P>) -> String {
    let claims = session.claims().unwrap();
    format!("{} {}", claims.issuer(), claims.subject())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_issuer_is_believed_by_who_is_moved() {
    let program = Program::start(&["google", "microsoft"]);
    let base = format!("{}/google", program.url);

    let moved = |it: OAuthBuilder<Google>| it.environment(Environment::at(base));
    let url = application(Google, moved, issuer_and_subject).await;

    assert_eq!(shown(&url).await, "https://accounts.google.com 1906");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_issuer_is_believed_by_who_knows_nothing_but_its_address() {
    let program = Program::start(&["google", "microsoft"]);
    let openid = DeclaredScope { variant: "OpenId".into(), value: "openid".into(), doc: "".into() };

    for path in [
        "google/issuer/accounts.google.com",
        "microsoft/issuer/login.microsoftonline.com/tenant/v2.0",
    ] {
        let issuer = format!("{}/{path}", program.url);
        let declaration = Declaration {
            name: "Somebody".into(),
            slug: "somebody".into(),
            issuer: Some(issuer.clone().into()),
            scopes: vec![openid.clone()].into(),
            default_scopes: vec!["openid".into()].into(),
            token_endpoint_auth_method: TokenEndpointAuthMethod::ClientSecretPost,
            ..Declaration::EMPTY
        };
        let url = application(Declared::from(declaration), |it| it, issuer_and_subject).await;

        assert_eq!(shown(&url).await, format!("{issuer} 1906"));
    }
}
