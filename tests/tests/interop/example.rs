//! The example `oidc`, which is told everything by environment, as a process of its own.

use std::env;
use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::{Mutex, OnceLock};
use std::time::Duration;

use http::{Method, Request, StatusCode};
use oauth_providers::{ClientKey, HttpClient as _, Reqwest};
use serde_json::{Value, json};
use tempfile::TempDir;
use url::Url;

use crate::agent::{Agent, location, query, text};
use crate::id_tokens::header;
use crate::refresh::{LIFETIME, until};
use crate::server::{Key, Server, installed, skipped};

/// The example, told where it is and where the server is.
struct Example {
    process: Child,
    app: String,
    folder: TempDir,
    told: Vec<(String, String)>,
}

/// What the server knows of the example, and where the two are.
struct Place {
    app: Port,
    op: Port,
    settings: Value,
}

/// A port that nobody else is given before it is used.
struct Port {
    number: u16,
    held: Option<TcpListener>,
}

impl Port {
    fn reserve() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        Self { number: listener.local_addr().unwrap().port(), held: Some(listener) }
    }

    /// Nobody listens there any more.
    fn release(&mut self) -> u16 {
        self.held = None;
        self.number
    }
}

impl Place {
    /// `None` if there is nothing to run the server with: the test is skipped.
    fn new(client: &Value) -> Option<Self> {
        if let Err(why) = installed() {
            skipped(&why);
            return None;
        }
        let (app, op) = (Port::reserve(), Port::reserve());
        let at = |path: &str| format!("http://127.0.0.1:{}{path}", app.number);
        let mut known = json!({
            "client_id": "example",
            "client_secret": SECRET,
            "redirect_uris": [at("/oauth/callback")],
            "post_logout_redirect_uris": [at("/")],
            "backchannel_logout_uri": at("/oauth/backchannel-logout"),
            "grant_types": ["authorization_code", "refresh_token"],
        });
        let members = known.as_object_mut().unwrap();
        members.extend(client.as_object().unwrap().clone());
        members.retain(|_, value| !value.is_null());
        let settings = json!({ "port": op.number, "clients": [known] });
        Some(Self { app, op, settings })
    }

    /// The server, with these settings besides.
    fn server(&mut self, more: &Value) -> Server {
        self.op.release();
        let mut settings = self.settings.clone();
        settings.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        Server::start(&settings)
    }

    /// The example, with these words beside those that it must be told. It answers by now.
    async fn example(&mut self, words: &[(&str, &str)]) -> Example {
        let folder = tempfile::tempdir().unwrap();
        // It may have to be built.
        program();
        let address = format!("127.0.0.1:{}", self.app.release());
        let app = format!("http://{address}");
        let mut told = vec![
            ("APP_ADDR".to_owned(), address),
            ("APP_URL".to_owned(), app.clone()),
            ("OIDC_ISSUER".to_owned(), format!("http://127.0.0.1:{}", self.op.number)),
            ("OIDC_CLIENT_ID".to_owned(), "example".to_owned()),
            ("OIDC_CLIENT_SECRET".to_owned(), SECRET.to_owned()),
            ("RUST_LOG".to_owned(), "trace".to_owned()),
        ];
        for (name, value) in words {
            told.retain(|(known, _)| known != name);
            told.push(((*name).to_owned(), (*value).to_owned()));
        }
        let process = spawn(&told, folder.path());
        let example = Example { process, app, folder, told };
        example.opens().await;
        example
    }
}

fn spawn(told: &[(String, String)], folder: &Path) -> Child {
    let log = File::options().create(true).append(true).open(folder.join(LOG)).unwrap();
    Command::new(program())
        .env_clear()
        .envs(told.iter().map(|(name, value)| (name, value)))
        .stdout(log.try_clone().unwrap())
        .stderr(log)
        .spawn()
        .unwrap()
}

impl Example {
    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.app)
    }

    /// Waits until it serves.
    async fn opens(&self) {
        let client = Reqwest::new().unwrap();
        let is_open = async || {
            let request = Request::get(self.url("/healthz")).body(bytes::Bytes::new()).unwrap();
            client.call(request).await.is_ok_and(|answer| answer.status() == StatusCode::OK)
        };
        until(is_open).await;
    }

    /// Ends it and starts it again, told the same.
    async fn restart(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        self.process = spawn(&self.told, self.folder.path());
        self.opens().await;
    }

    /// Everything that it has logged.
    fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join(LOG)).unwrap()
    }

    /// A browser that somebody is logged in with.
    async fn logged_in(&self) -> Agent {
        let mut agent = Agent::new();
        let page = agent.follow(&self.url("/protected")).await;
        assert_eq!((page.status(), text(&page)), (StatusCode::OK, "sub=ada-1815\n"));
        agent.rest();
        agent
    }

    /// Whether the door is closed, and leads to the server.
    async fn asks_to_log_in(&self, agent: &mut Agent) -> bool {
        let answer = agent.get(&self.url("/protected")).await;
        let leads = |url: &str| Url::parse(url).unwrap().path() == "/auth";
        answer.status() == StatusCode::SEE_OTHER && location(&answer).is_some_and(leads)
    }
}

impl Drop for Example {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The example as it is built from the sources that are there now. The whole workspace is named so that the libraries are
/// those that its tests were built with.
fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    static BUILD: Mutex<()> = Mutex::new(());
    let _building = BUILD.lock().unwrap();
    PROGRAM.get_or_init(|| {
        let test = env::current_exe().unwrap();
        let target = test.ancestors().nth(3).unwrap();
        let mut build = Command::new(env!("CARGO"));
        build.args(["build", "--workspace", "--example", "oidc", "--locked"]);
        build.args(["--message-format=json", "--quiet", "--target-dir"]).arg(target);
        build.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
        // What cargo says of this very test is nothing to a build: scripts that look at it would run again.
        for (name, _) in env::vars() {
            let of_package = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_"];
            if of_package.iter().any(|prefix| name.starts_with(prefix)) {
                build.env_remove(name);
            }
        }
        let output = build.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let said = String::from_utf8(output.stdout).unwrap();
        let artefacts = said.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let mut programs = artefacts.filter_map(|it| it["executable"].as_str().map(PathBuf::from));
        programs.next_back().expect("cargo says where it is")
    })
}

#[tokio::test]
async fn the_example_serves_while_the_server_is_down_and_logs_in_when_it_comes() {
    let Some(mut place) = Place::new(&json!({})) else { return };
    place.op.release();
    let example = place.example(&[]).await;
    let answer = Agent::new().get(&example.url("/protected")).await;
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(Agent::new().get(&example.url("/healthz")).await.status(), StatusCode::OK);

    let _server = place.server(&json!({}));

    let is_open = async || example.asks_to_log_in(&mut Agent::new()).await;
    until(is_open).await;
    example.logged_in().await;
}

#[tokio::test]
async fn the_example_leads_back_to_the_page_that_was_asked_for() {
    let Some(mut place) = Place::new(&json!({})) else { return };
    let server = place.server(&json!({}));
    let example = place.example(&[]).await;

    for path in ["/protected?a=b&c=%20d%26", "/protected/deep/er?next=https://evil.example/"] {
        let mut agent = Agent::new();
        let page = agent.follow(&example.url(path)).await;

        assert_eq!((page.status(), text(&page)), (StatusCode::OK, "sub=ada-1815\n"));
        assert_eq!(agent.visited.last().unwrap().as_str(), example.url(path));
    }
    let mut agent = Agent::new();
    let page = agent.follow(&example.url("/login?next=/protected/chosen?x=y")).await;
    assert_eq!(text(&page), "sub=ada-1815\n");
    assert_eq!(agent.visited.last().unwrap().as_str(), example.url("/protected/chosen?x=y"));
    let mut agent = Agent::new();
    let page = agent.follow(&example.url("/login?next=https://evil.example/")).await;
    assert_eq!((page.status(), agent.visited.last().unwrap().path()), (StatusCode::NOT_FOUND, "/"));
    let mut agent = Agent::new();
    let page = agent.follow(&example.url("/nowhere")).await;
    assert_eq!(page.status(), StatusCode::NOT_FOUND);
    assert_eq!(agent.interactions(), 1, "the filter stands over what is not there too");
    assert_eq!(server.requests("/token"), 5);
}

#[tokio::test]
async fn the_example_calls_the_server_with_a_token_that_it_renews() {
    let Some(mut place) = Place::new(&json!({})) else { return };
    let server = place.server(&json!({ "seconds": LIFETIME }));
    let example = place.example(&[]).await;
    let mut agent = example.logged_in().await;
    expire().await;

    let answer = agent.get(&example.url("/protected/api")).await;

    assert_eq!(answer.status(), StatusCode::OK, "{}", text(&answer));
    let userinfo = json!({
        "sub": "ada-1815",
        "name": "Ada Lovelace",
        "picture": "https://op.example/ada.png",
        "email": "ada@users.example",
        "email_verified": true,
    });
    let answer: Value = serde_json::from_slice(answer.body()).unwrap();
    assert_eq!(answer, json!({ "status": 200, "userinfo": userinfo }));
    assert_eq!(server.answered("/token"), [200, 200]);
    assert_eq!(server.answered("/me"), [200]);
    assert_eq!(agent.interactions(), 1);
}

/// Waits until an access token is not taken any more.
async fn expire() {
    let since = tokio::time::Instant::now();
    until(async || since.elapsed() > Duration::from_secs(u64::from(LIFETIME) + 1)).await;
}

#[tokio::test]
async fn the_example_takes_no_callback_that_somebody_has_touched() {
    let Some(mut place) = Place::new(&json!({})) else { return };
    let server = place.server(&json!({}));
    let example = place.example(&[]).await;
    let without = |url: &Url, name: &str| {
        let mut changed = url.clone();
        let kept = url.query_pairs().filter(|(known, _)| known != name);
        changed.query_pairs_mut().clear().extend_pairs(kept);
        changed
    };
    let with = |url: &Url, name: &str, value: &str| {
        let mut changed = without(url, name);
        changed.query_pairs_mut().append_pair(name, value);
        changed
    };
    let twice = |url: &Url, name: &str| {
        let mut changed = url.clone();
        changed.query_pairs_mut().append_pair(name, &query(url, name).unwrap());
        changed
    };
    type Touch<'a> = &'a dyn Fn(&Url) -> Url;
    let touches: [(&str, Touch<'_>); 9] = [
        ("another state", &|url| with(url, "state", "another")),
        ("no state", &|url| without(url, "state")),
        ("two states", &|url| twice(url, "state")),
        ("no code", &|url| without(url, "code")),
        ("two codes", &|url| twice(url, "code")),
        ("another issuer", &|url| with(url, "iss", "https://evil.example")),
        ("no issuer", &|url| without(url, "iss")),
        ("two issuers", &|url| twice(url, "iss")),
        ("an error", &|url| with(&without(url, "code"), "error", "server_error")),
    ];
    for (what, touch) in touches {
        let mut agent = Agent::new();
        let callback = agent.follow_until(&example.url("/protected"), "/oauth/callback").await;

        let answer = agent.get(touch(&callback.parse().unwrap()).as_str()).await;

        let is_refused = answer.status().is_client_error();
        let has_failed = what == "an error" && answer.status() == StatusCode::BAD_GATEWAY;
        assert!(is_refused || has_failed, "{what}: {}", answer.status());
        assert!(example.asks_to_log_in(&mut agent).await, "{what}");
    }
    assert_eq!(server.requests("/token"), 0);

    let mut agent = Agent::new();
    let callback = agent.follow_until(&example.url("/protected"), "/oauth/callback").await;
    let another_code = with(&callback.parse().unwrap(), "code", "another");
    let answer = agent.get(another_code.as_str()).await;

    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    assert_eq!(server.answered("/token"), [400]);
    assert!(example.asks_to_log_in(&mut agent).await);
}

#[tokio::test]
async fn the_example_logs_out_here_and_at_the_server() {
    let Some(mut place) = Place::new(&json!({})) else { return };
    let server = place.server(&json!({}));
    let example = place.example(&[]).await;
    let mut agent = example.logged_in().await;

    let answer = agent.send(Method::POST, &example.url("/logout")).await;
    let leaving = location(&answer).unwrap().to_owned();
    assert!(example.asks_to_log_in(&mut agent).await);
    let question = agent.follow(&leaving).await;
    assert!(text(&question).contains("Do you want to sign-out"), "{}", text(&question));
    agent.submit(&question, Some(("logout", "yes"))).await;

    assert_eq!(agent.visit("/").origin().ascii_serialization(), example.app);
    assert_eq!(server.answered("/token/revocation"), [200]);
    // The page behind the logout wants a login as every page does: the server has to ask who it is.
    assert_eq!(agent.interactions(), 2);
}

#[tokio::test]
async fn the_example_says_that_the_server_is_down_and_not_that_it_failed_itself() {
    let Some(mut place) = Place::new(&json!({})) else { return };
    let server = place.server(&json!({ "seconds": LIFETIME }));
    let example = place.example(&[]).await;
    let mut agent = example.logged_in().await;
    let mut leaving = example.logged_in().await;
    let mut late = Agent::new();
    let callback = late.follow_until(&example.url("/protected"), "/oauth/callback").await;

    drop(server);

    let is_down = |status: StatusCode| matches!(status.as_u16(), 502..=504);
    let answer = agent.get(&example.url("/protected/api")).await;
    assert!(is_down(answer.status()), "the token is good still: {}", answer.status());
    expire().await;
    let answer = agent.get(&example.url("/protected/api")).await;
    assert!(is_down(answer.status()), "the token has expired: {}", answer.status());
    let answer = late.get(&callback).await;
    assert!(is_down(answer.status()), "a code cannot be exchanged: {}", answer.status());
    let answer = leaving.send(Method::POST, &example.url("/logout")).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER, "a logout is one all the same");
    assert!(example.asks_to_log_in(&mut leaving).await);
    assert_eq!(Agent::new().get(&example.url("/healthz")).await.status(), StatusCode::OK);

    // It comes back, and knows nothing of what was.
    let _server = place.server(&json!({ "seconds": LIFETIME }));
    let must_log_in = async || {
        let answer = agent.clone().get(&example.url("/protected/api")).await;
        matches!(answer.status(), StatusCode::SEE_OTHER | StatusCode::UNAUTHORIZED)
    };
    until(must_log_in).await;
    example.logged_in().await;
}

#[tokio::test]
async fn the_example_keeps_sessions_in_a_store_that_the_server_can_end() {
    let folder = tempfile::tempdir().unwrap();
    let file = format!("sqlite:{}", folder.path().join("sessions.sqlite").display());
    for store in ["memory:", &file] {
        let Some(mut place) = Place::new(&json!({})) else { return };
        let server = place.server(&json!({}));
        let example = place.example(&[("STORE", store)]).await;
        let mut agent = example.logged_in().await;
        let mut elsewhere = example.logged_in().await;

        let question = agent.get(&format!("{}/session/end", server.base)).await;
        agent.submit(&question, Some(("logout", "yes"))).await;

        let posted = json!([{ "path": "/oauth/backchannel-logout", "status": 200 }]);
        assert_eq!(server.posted(), posted, "{store}");
        // No session was named: the user is logged out everywhere.
        assert!(example.asks_to_log_in(&mut agent).await, "{store}");
        assert!(example.asks_to_log_in(&mut elsewhere).await, "{store}");
    }
}

#[tokio::test]
async fn the_example_remembers_in_a_file_who_is_logged_in_when_it_starts_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = format!("sqlite:{}", folder.path().join("sessions.sqlite").display());
    let keys = "96C0Z89OYP7YJeUJIyVw2YjbkKoao5kYG2kYWYu1uSA=";
    let Some(mut place) = Place::new(&json!({})) else { return };
    let server = place.server(&json!({}));
    let mut example = place.example(&[("STORE", &store), ("OAUTH_KEYS", keys)]).await;
    let mut agent = example.logged_in().await;

    example.restart().await;

    let page = agent.get(&example.url("/protected")).await;
    assert_eq!((page.status(), text(&page)), (StatusCode::OK, "sub=ada-1815\n"));
    assert_eq!(server.requests("/token"), 1);
}

#[tokio::test]
async fn the_example_proves_itself_by_the_key_in_a_file() {
    let files = [("OIDC_CLIENT_KEY", "key.jwk"), ("OIDC_CLIENT_KEY_PEM", "key.pem")];
    for (variable, name) in files {
        if installed().is_err() {
            return;
        }
        let key = Key::generate("ec");
        let public = ClientKey::from_jwk(&key.jwk).unwrap().key_id("example").public_jwk();
        let registered = json!({
            "client_secret": null,
            "token_endpoint_auth_method": "private_key_jwt",
            "token_endpoint_auth_signing_alg": "ES256",
            "jwks": { "keys": [serde_json::from_str::<Value>(&public).unwrap()] },
        });
        let Some(mut place) = Place::new(&registered) else { return };
        let server = place.server(&json!({}));
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(name);
        fs::write(&file, if name == "key.jwk" { &key.jwk } else { &key.pem }).unwrap();
        let file = file.display().to_string();
        let words = [
            ("OIDC_CLIENT_AUTH", "private_key_jwt"),
            ("OIDC_CLIENT_SECRET", ""),
            (variable, &file),
        ];
        let example = place.example(&words).await;

        example.logged_in().await;

        assert_eq!(server.answered("/token"), [200], "{variable}");
    }
}

#[tokio::test]
async fn the_example_is_the_client_that_it_is_told_to_be() {
    let cases = [
        ("client_secret_basic", "client_secret_basic", SECRET),
        ("client_secret_basic", "", SECRET),
        ("client_secret_post", "client_secret_post", SECRET),
        ("none", "none", ""),
        ("none", "", ""),
    ];
    for (registered, told, secret) in cases {
        let is_public = secret.is_empty();
        let known = if is_public { json!(null) } else { json!(secret) };
        let metadata = json!({ "token_endpoint_auth_method": registered, "client_secret": known });
        let Some(mut place) = Place::new(&metadata) else { return };
        let server = place.server(&json!({}));
        let words = [("OIDC_CLIENT_AUTH", told), ("OIDC_CLIENT_SECRET", secret)];
        let example = place.example(&words).await;

        example.logged_in().await;

        assert_eq!(server.answered("/token"), [200], "{registered} {told}");
    }
}

#[tokio::test]
async fn the_example_asks_for_what_it_is_told_to_ask_for() {
    let Some(mut place) = Place::new(&json!({ "id_token_signed_response_alg": "ES256" })) else {
        return;
    };
    let server = place.server(&json!({ "pushed": true }));
    let words = [
        ("OIDC_PAR", "1"),
        ("OIDC_ID_TOKEN_ALG", "ES256"),
        ("OIDC_SCOPE", "openid email"),
        ("OIDC_AUTHORIZE_PARAMS", "prompt=consent&ui_locales=fr-CA%20fr"),
    ];
    let example = place.example(&words).await;
    let mut agent = example.logged_in().await;

    assert_eq!(server.answered("/request"), [201]);
    let asked: Vec<_> = agent.visit("/auth").query_pairs().map(|(name, _)| name).collect();
    assert_eq!(asked, ["client_id", "request_uri"]);
    let answer = agent.get(&example.url("/protected/api")).await;
    let answer: Value = serde_json::from_slice(answer.body()).unwrap();
    let userinfo =
        json!({ "sub": "ada-1815", "email": "ada@users.example", "email_verified": true });
    assert_eq!(answer, json!({ "status": 200, "userinfo": userinfo }));
    let answer = agent.send(Method::POST, &example.url("/logout")).await;
    let hint = query(&location(&answer).unwrap().parse().unwrap(), "id_token_hint").unwrap();
    assert_eq!(header(&json!(hint))["alg"], "ES256");
}

#[tokio::test]
async fn the_example_takes_no_id_token_that_is_signed_in_another_way_than_it_is_told() {
    let Some(mut place) = Place::new(&json!({})) else { return };
    let _server = place.server(&json!({}));
    let example = place.example(&[("OIDC_ID_TOKEN_ALG", "ES256")]).await;
    let mut agent = Agent::new();

    let page = agent.follow(&example.url("/protected")).await;

    assert_eq!(page.status(), StatusCode::BAD_REQUEST);
    assert!(example.asks_to_log_in(&mut agent).await);
}

#[tokio::test]
async fn the_example_logs_in_at_a_server_that_it_knows_by_its_endpoints_alone() {
    let Some(mut place) = Place::new(&json!({})) else { return };
    let server = place.server(&json!({}));
    let at = |path: &str| format!("{}{path}", server.base);
    let words = [
        ("OIDC_ISSUER", ""),
        ("OAUTH_AUTHORIZE_URL", &*at("/auth")),
        ("OAUTH_TOKEN_URL", &*at("/token")),
        ("OAUTH_USERINFO_URL", &*at("/me")),
        ("OAUTH_SUB_FIELD", "sub"),
        ("OIDC_SCOPE", "openid"),
    ];
    let example = place.example(&words).await;

    let mut agent = example.logged_in().await;

    assert_eq!(server.requests("/.well-known/openid-configuration"), 0);
    assert_eq!(server.requests("/jwks"), 0);
    assert_eq!(query(agent.visit("/auth"), "nonce"), None);
    let answer = agent.get(&example.url("/protected/api")).await;
    let answer: Value = serde_json::from_slice(answer.body()).unwrap();
    assert_eq!(answer, json!({ "status": 200, "userinfo": { "sub": "ada-1815" } }));
}

#[tokio::test]
async fn the_example_behind_a_front_is_where_it_is_told_that_it_is() {
    let Some(mut place) = Place::new(&json!({})) else { return };
    let _server = place.server(&json!({}));
    let example = place.example(&[("APP_URL", "https://app.example")]).await;
    let request = Request::get(example.url("/protected"))
        .header("accept", "text/html")
        .header("x-forwarded-host", "evil.example")
        .header("x-forwarded-proto", "http")
        .header("forwarded", "host=evil.example;proto=http");

    let answer = Reqwest::new().unwrap().call(request.body(bytes::Bytes::new()).unwrap()).await;

    let answer = answer.unwrap();
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let asked = Url::parse(location(&answer).unwrap()).unwrap();
    let redirect_uri = query(&asked, "redirect_uri");
    assert_eq!(redirect_uri.as_deref(), Some("https://app.example/oauth/callback"));
    let cookies: Vec<_> = answer.headers().get_all("set-cookie").iter().collect();
    let is_secure = |cookie: &&http::HeaderValue| cookie.to_str().unwrap().contains("; Secure");
    assert!(!cookies.is_empty() && cookies.iter().all(is_secure), "{cookies:?}");
}

#[tokio::test]
async fn the_example_logs_everything_and_no_secret() {
    let Some(mut place) = Place::new(&json!({})) else { return };
    let server = place.server(&json!({}));
    let example = place.example(&[]).await;
    let mut agent = example.logged_in().await;
    let answer = agent.get(&example.url("/protected/api")).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let cookies = agent.cookies.clone();
    agent.send(Method::POST, &example.url("/logout")).await;

    let log = example.log();

    assert!(log.contains("TRACE") && log.contains("logged in"), "{log}");
    let granted = server.granted();
    let [grant] = &granted.as_array().unwrap()[..] else { panic!("{granted}") };
    let names = ["code", "code_verifier", "access_token", "refresh_token", "id_token"];
    for secret in names.map(|name| grant[name].as_str().expect(name)).iter().chain([&SECRET]) {
        assert!(!log.contains(secret), "{secret}");
    }
    let sealed = cookies.iter().map(cookie::Cookie::value).filter(|value| value.len() > 16);
    assert!(sealed.clone().count() > 0);
    for cookie in sealed {
        assert!(!log.contains(cookie), "{cookie}");
    }
}

const LOG: &str = "log";

/// Every letter of ASCII that can be printed.
const SECRET: &str = " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";
