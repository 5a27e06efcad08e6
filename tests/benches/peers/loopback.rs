//! P5 and calls of the API: one kept-alive connection to an emulated provider on a port, for each way to do it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::{COOKIE, LOCATION};
use http::{Request, StatusCode};
use oauth_providers::{
    ApiClient, Emulator, EncryptedCookies, Endpoint, Environment, HttpClient, OAuth, Reqwest,
    Served,
};
use oauth_tests::key_ring;
use oauth2::basic::BasicClient;
use oauth2::{
    AuthUrl, AuthorizationCode, ClientId, ClientSecret, PkceCodeVerifier, RedirectUrl, TokenUrl,
};
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt as _;

use crate::application::{Bench, REDIRECT_URI, cookies_of, json};
use crate::in_memory::InMemory;
use crate::table::{Aim, Case, Row, Seen};

const ROUNDS: usize = 31;
const CALLS: u32 = 300;

/// P5: a whole callback.
pub(crate) fn callback() -> Row {
    let (runtime, server) = runtimes();
    let calls = runtime.block_on(Calls::new(&server));
    let in_memory = InMemory::new();
    let cases = vec![
        Case::floor("bare reqwest POST", || runtime.block_on(calls.posts())),
        Case::ours("callback", || {
            runtime.block_on(async { calls.callbacks(calls.logins().await).await })
        }),
        Case::ours("callback, answered in memory", || in_memory.callbacks(&runtime, CALLS)),
        Case::peer("`oauth2`, the exchange alone", || runtime.block_on(calls.exchanges())),
    ];
    let seen = Seen::in_turns(ROUNDS, CALLS, cases);
    let aims =
        vec![Aim::at_most(1.15, "of the bare POST", seen.ratio("callback", "bare reqwest POST"))];
    Row { work: "whole callback with its code exchange over loopback", seen, aims }
}

/// Calls of the API with a valid token.
pub(crate) fn api_call() -> Row {
    let (runtime, server) = runtimes();
    let calls = runtime.block_on(Calls::new(&server));
    let cases = vec![
        Case::floor("bare reqwest GET", || runtime.block_on(calls.gets())),
        Case::ours("`ApiClient`", || runtime.block_on(calls.calls())),
    ];
    Row {
        work: "API call over loopback",
        seen: Seen::in_turns(ROUNDS, CALLS, cases),
        aims: Vec::new(),
    }
}

/// One for the client, which is the thread that is measured, and one for the server: who wakes whom is then the same
/// for every case.
fn runtimes() -> (Runtime, Runtime) {
    let client = Builder::new_current_thread().enable_all().build().unwrap();
    let server = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    (client, server)
}

/// What a client posts to have a new access token.
pub(crate) fn refresh_form(refresh_token: &str) -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .append_pair("grant_type", "refresh_token")
        .append_pair("refresh_token", refresh_token)
        .append_pair("client_id", Emulator::CLIENT_ID)
        .append_pair("client_secret", Emulator::CLIENT_SECRET)
        .finish()
}

/// Posts that to the emulator in process; returns the access token.
pub(crate) async fn exchange(emulator: &Emulator, form: String) -> String {
    let request = Request::post("https://bench.example/token")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Bytes::from(form))
        .unwrap();
    let answer = HttpClient::call(emulator, request).await.unwrap();
    let answer: Value = serde_json::from_slice(answer.body()).unwrap();
    answer["access_token"].as_str().unwrap().to_owned()
}

struct Calls {
    bench: OAuth<Bench>,
    emulator: Emulator,
    client: ApiClient<Bench>,
    bare: reqwest::Client,
    url: String,
    token: String,
    token_endpoint: String,
    refresh_form: String,
    _served: Served,
}

impl Calls {
    async fn new(server: &Runtime) -> Self {
        let emulator = Emulator::of(Bench);
        let refresh_token = emulator.refresh_token_of("1815");
        let refresh_form = refresh_form(&refresh_token);
        let token = exchange(&emulator, refresh_form.clone()).await;
        let serving = emulator.clone().serve("127.0.0.1:0".parse().unwrap());
        let served = server.spawn(serving).await.unwrap().unwrap();
        let bench = OAuth::builder(Bench)
            .client_id(Emulator::CLIENT_ID)
            .client_secret(Emulator::CLIENT_SECRET)
            .redirect_uri(REDIRECT_URI)
            .persistence(EncryptedCookies::new(key_ring()).single_process())
            .environment(Environment::at(served.base()))
            .http_client(Reqwest::new().unwrap())
            .build()
            .unwrap();
        let calls = Self {
            client: bench.offline(refresh_token),
            bench,
            emulator,
            bare: bare_client(),
            url: format!("{}/bench.example/api/x", served.base()),
            token,
            token_endpoint: format!("{}/bench.example/token", served.base()),
            refresh_form,
            _served: served,
        };
        // Connections and tokens are there before anything is measured.
        calls.calls().await;
        calls.gets().await;
        calls
    }

    /// The token endpoint answers the same to all: what it does itself is not what is measured.
    fn script(&self) {
        let answer = r#"{"access_token":"an-access-token-of-usual-length","token_type":"Bearer"}"#;
        for _ in 0..CALLS {
            self.emulator.answer_next(Endpoint::Token, json(answer));
        }
    }

    /// Callbacks that browsers are about to open, each with its cookie.
    async fn logins(&self) -> Vec<Request<String>> {
        let mut callbacks = Vec::new();
        for _ in 0..CALLS {
            let login = Request::get("https://app.example/login").body(String::new()).unwrap();
            let begun = self.bench.login().oneshot(login).await.unwrap();
            let provider = begun.headers()[LOCATION].to_str().unwrap();
            let agreed = self.bare.get(provider).send().await.unwrap();
            let callback = agreed.headers()[LOCATION].to_str().unwrap();
            let callback = Request::get(callback).header(COOKIE, cookies_of(&begun, ""));
            callbacks.push(callback.body(String::new()).unwrap());
        }
        callbacks
    }

    async fn callbacks(&self, callbacks: Vec<Request<String>>) -> Duration {
        self.script();
        let start = Instant::now();
        for callback in callbacks {
            let done = self.bench.callback().oneshot(callback).await.unwrap();
            assert_eq!(done.status(), StatusCode::SEE_OTHER);
        }
        start.elapsed()
    }

    /// As many posts of a form to the token endpoint, which answers each with a token.
    async fn posts(&self) -> Duration {
        self.script();
        let start = Instant::now();
        for _ in 0..CALLS {
            let post = self.bare.post(&self.token_endpoint);
            let post = post.header("content-type", "application/x-www-form-urlencoded");
            let answer = post.body(self.refresh_form.clone()).send().await.unwrap();
            assert!(answer.status().is_success() && !answer.bytes().await.unwrap().is_empty());
        }
        start.elapsed()
    }

    /// As many exchanges by `oauth2` over the same kept client.
    async fn exchanges(&self) -> Duration {
        self.script();
        let client = BasicClient::new(ClientId::new(Emulator::CLIENT_ID.to_owned()))
            .set_client_secret(ClientSecret::new(Emulator::CLIENT_SECRET.to_owned()))
            .set_auth_type(oauth2::AuthType::RequestBody)
            .set_auth_uri(AuthUrl::new("https://bench.example/authorize".to_owned()).unwrap())
            .set_token_uri(TokenUrl::new(self.token_endpoint.clone()).unwrap())
            .set_redirect_uri(RedirectUrl::new(REDIRECT_URI.to_owned()).unwrap());
        let http_client = |request: oauth2::HttpRequest| async {
            let answer = self.bare.execute(request.try_into()?).await?;
            let mut response = http::Response::builder().status(answer.status());
            *response.headers_mut().expect("a status is no error") = answer.headers().clone();
            let body = answer.bytes().await?.to_vec();
            Ok::<_, reqwest::Error>(response.body(body).expect("these are parts of a response"))
        };
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        let start = Instant::now();
        for _ in 0..CALLS {
            let exchange = client
                .exchange_code(AuthorizationCode::new("SplxlOBeZQQYbYS6WxSbIA".to_owned()))
                .set_pkce_verifier(PkceCodeVerifier::new(verifier.to_owned()));
            exchange.request_async(&http_client).await.unwrap();
        }
        start.elapsed()
    }

    async fn calls(&self) -> Duration {
        let start = Instant::now();
        for _ in 0..CALLS {
            let answer = self.client.get("/x").unwrap().send().await.unwrap();
            assert!(!answer.bytes().is_empty());
        }
        start.elapsed()
    }

    async fn gets(&self) -> Duration {
        let start = Instant::now();
        for _ in 0..CALLS {
            let answer = self.bare.get(&self.url).bearer_auth(&self.token).send().await.unwrap();
            assert!(!answer.bytes().await.unwrap().is_empty());
        }
        start.elapsed()
    }
}

/// rustls without a process-wide provider needs one named, although nothing here is encrypted.
fn bare_client() -> reqwest::Client {
    let tls = rustls::ClientConfig::builder_with_provider(Arc::new(
        rustls::crypto::ring::default_provider(),
    ))
    .with_safe_default_protocol_versions()
    .unwrap()
    .with_root_certificates(rustls::RootCertStore::empty())
    .with_no_client_auth();
    let bare = reqwest::Client::builder().tls_backend_preconfigured(tls);
    bare.redirect(reqwest::redirect::Policy::none()).build().unwrap()
}
