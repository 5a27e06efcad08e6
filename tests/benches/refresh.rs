//! Renewing tokens, completing a login and calling the API, beside the least that would do it.
//!
//! `cargo bench -p oauth-tests` prints, for each case, the median over all rounds of (case / floor): the cases take
//! turns within a round, so that whatever else the machine does falls on both. Times are for a sense of scale.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench may fail, and prints what it saw"
)]

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::Request;
use oauth_providers::{
    Emulator, Endpoint, Environment, HttpClient, OAuth, Reqwest, oauth_provider,
};
use oauth_tests::{StoppedClock, key_ring};
use serde_json::Value;
use tokio::runtime::Runtime;
use tokio::sync::Mutex;
use tokio::task::JoinSet;
use tower::ServiceExt as _;

const TASKS: usize = 10_000;
const ROUNDS: usize = 41;
const CALLS: u32 = 500;

/// A provider that rotates.
#[oauth_provider(
    authorization_endpoint = "https://bench.example/authorize",
    token_endpoint = "https://bench.example/token",
    api_base = "https://bench.example/api/",
    token_endpoint_auth_method = client_secret_post,
    offline(always),
)]
struct Bench;

fn main() {
    let runtime = Runtime::new().unwrap();
    println!("median of (case / floor) over {ROUNDS} rounds");
    report(
        "10,000 tasks, one expired rotating token / bare tokio Mutex single flight",
        rounds(|| runtime.block_on(ours_expired()), || runtime.block_on(floor_expired())),
    );
    let calls = runtime.block_on(Calls::new());
    report(
        "an API call over loopback through the client / bare reqwest",
        rounds(|| runtime.block_on(calls.ours()), || runtime.block_on(calls.floor())),
    );
    report(
        "a whole callback with its code exchange over loopback / bare reqwest POST to the token endpoint",
        rounds(
            || runtime.block_on(async { calls.callbacks(calls.logins().await).await }),
            || runtime.block_on(calls.posts()),
        ),
    );
}

/// Each round has both; who is first changes from round to round.
fn rounds(
    case: impl Fn() -> Duration,
    floor: impl Fn() -> Duration,
) -> impl Iterator<Item = (Duration, Duration)> {
    (0..ROUNDS).map(move |round| {
        if round % 2 == 0 {
            let case = case();
            (case, floor())
        } else {
            let floor = floor();
            (case(), floor)
        }
    })
}

fn report(what: &str, rounds: impl Iterator<Item = (Duration, Duration)>) {
    let rounds: Vec<(Duration, Duration)> = rounds.collect();
    let mut ratios: Vec<f64> =
        rounds.iter().map(|(case, floor)| case.as_secs_f64() / floor.as_secs_f64()).collect();
    let mut cases: Vec<Duration> = rounds.iter().map(|(case, _)| *case).collect();
    let mut floors: Vec<Duration> = rounds.iter().map(|(_, floor)| *floor).collect();
    ratios.sort_by(f64::total_cmp);
    cases.sort_unstable();
    floors.sort_unstable();
    let middle = rounds.len() / 2;
    println!("{:.2}  {what}  ({:?} / {:?})", ratios[middle], cases[middle], floors[middle]);
}

fn emulator(clock: &StoppedClock) -> Emulator {
    let emulator = Emulator::of(Bench).clock(clock.clone()).expire_in(Duration::from_secs(60));
    emulator.rotate_refresh().revoke_family_on_reuse()
}

/// All tasks want to call the API with one token that has expired.
async fn ours_expired() -> Duration {
    let clock = StoppedClock::new();
    let emulator = emulator(&clock);
    let bench = OAuth::builder(Bench)
        .client_id(Emulator::CLIENT_ID)
        .client_secret(Emulator::CLIENT_SECRET)
        .redirect_uri("https://app.example/callback")
        .persistence(oauth_providers::EncryptedCookies::new(key_ring()).single_process())
        .http_client(emulator.clone())
        .clock(clock.clone())
        .build()
        .unwrap();
    let client = bench.offline(emulator.refresh_token_of("1815"));

    let start = Instant::now();
    let mut tasks = JoinSet::new();
    for _ in 0..TASKS {
        let client = client.clone();
        tasks.spawn(async move { client.get("/x").unwrap().send().await.unwrap().status() });
    }
    let answers = tasks.join_all().await;
    let took = start.elapsed();

    assert!(answers.iter().all(http::StatusCode::is_success), "no task fails");
    assert_eq!(emulator.refreshes(), 1, "exactly one exchange");
    took
}

/// The same with a lock around the exchange, and nothing else.
async fn floor_expired() -> Duration {
    let clock = StoppedClock::new();
    let emulator = emulator(&clock);
    let refresh_token = emulator.refresh_token_of("1815");
    let state: Arc<Mutex<Option<String>>> = Arc::default();

    let start = Instant::now();
    let mut tasks = JoinSet::new();
    for _ in 0..TASKS {
        let (state, emulator, refresh_token) =
            (Arc::clone(&state), emulator.clone(), refresh_token.clone());
        tasks.spawn(async move {
            let token = {
                let mut state = state.lock().await;
                if state.is_none() {
                    *state = Some(exchange(&emulator, &refresh_token).await);
                }
                state.clone().unwrap()
            };
            let call = Request::get("https://bench.example/api/x")
                .header("authorization", format!("Bearer {token}"));
            let answer = HttpClient::call(&emulator, call.body(Bytes::new()).unwrap()).await;
            answer.unwrap().status()
        });
    }
    let answers = tasks.join_all().await;
    let took = start.elapsed();

    assert!(answers.iter().all(http::StatusCode::is_success), "no task fails");
    took
}

fn refresh_form(refresh_token: &str) -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .append_pair("grant_type", "refresh_token")
        .append_pair("refresh_token", refresh_token)
        .append_pair("client_id", Emulator::CLIENT_ID)
        .append_pair("client_secret", Emulator::CLIENT_SECRET)
        .finish()
}

async fn exchange(emulator: &Emulator, refresh_token: &str) -> String {
    let request = Request::post("https://bench.example/token")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Bytes::from(refresh_form(refresh_token)))
        .unwrap();
    let answer = HttpClient::call(emulator, request).await.unwrap();
    let answer: Value = serde_json::from_slice(answer.body()).unwrap();
    answer["access_token"].as_str().unwrap().to_owned()
}

/// One connection to an emulated API on a port, for each of the two.
struct Calls {
    bench: OAuth<Bench>,
    emulator: Emulator,
    client: oauth_providers::ApiClient,
    bare: reqwest::Client,
    url: String,
    token: String,
    token_endpoint: String,
    refresh_form: String,
    _served: oauth_providers::Served,
}

impl Calls {
    async fn new() -> Self {
        let emulator = Emulator::of(Bench);
        let refresh_token = emulator.refresh_token_of("1815");
        let token = exchange(&emulator, &refresh_token).await;
        let refresh_form = refresh_form(&refresh_token);
        let served = emulator.clone().serve("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let bench = OAuth::builder(Bench)
            .client_id(Emulator::CLIENT_ID)
            .client_secret(Emulator::CLIENT_SECRET)
            .redirect_uri("https://app.example/callback")
            .persistence(oauth_providers::EncryptedCookies::new(key_ring()).single_process())
            .environment(Environment::at(served.base()))
            .http_client(Reqwest::new().unwrap())
            .build()
            .unwrap();
        // rustls without a process-wide provider needs one named, although nothing here is encrypted.
        let tls = rustls::ClientConfig::builder_with_provider(Arc::new(
            rustls::crypto::ring::default_provider(),
        ))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
        let bare = reqwest::Client::builder().tls_backend_preconfigured(tls);
        let bare = bare.redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let token_endpoint = format!("{}/bench.example/token", served.base());
        let url = format!("{}/bench.example/api/x", served.base());
        let client = bench.offline(refresh_token);
        let calls = Self {
            bench,
            emulator,
            client,
            bare,
            url,
            token,
            token_endpoint,
            refresh_form,
            _served: served,
        };
        // Connections and tokens are there before anything is measured.
        calls.ours().await;
        calls.floor().await;
        calls
    }

    /// The token endpoint answers the same to all: what it does itself is not what is measured.
    fn script(&self) {
        let answer = r#"{"access_token":"an-access-token-of-usual-length","token_type":"Bearer"}"#;
        for _ in 0..CALLS {
            let response = http::Response::builder().header("content-type", "application/json");
            let response = response.body(Bytes::from_static(answer.as_bytes())).unwrap();
            self.emulator.answer_next(Endpoint::Token, response);
        }
    }

    /// Callbacks that browsers are about to open, each with its cookie.
    async fn logins(&self) -> Vec<Request<Bytes>> {
        let mut callbacks = Vec::new();
        for _ in 0..CALLS {
            let login = Request::get("https://app.example/login").body(Bytes::new()).unwrap();
            let begun = self.bench.login().oneshot(login).await.unwrap();
            let cookie = begun.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap();
            let provider = begun.headers()["location"].to_str().unwrap();
            let agreed = self.bare.get(provider).send().await.unwrap();
            let callback = agreed.headers()["location"].to_str().unwrap();
            let callback = Request::get(callback).header("cookie", cookie);
            callbacks.push(callback.body(Bytes::new()).unwrap());
        }
        callbacks
    }

    async fn callbacks(&self, callbacks: Vec<Request<Bytes>>) -> Duration {
        self.script();
        let start = Instant::now();
        for callback in callbacks {
            let done = self.bench.callback().oneshot(callback).await.unwrap();
            assert_eq!(done.status(), http::StatusCode::SEE_OTHER);
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

    async fn ours(&self) -> Duration {
        let start = Instant::now();
        for _ in 0..CALLS {
            let answer = self.client.get("/x").unwrap().send().await.unwrap();
            assert!(!answer.bytes().is_empty());
        }
        start.elapsed()
    }

    async fn floor(&self) -> Duration {
        let start = Instant::now();
        for _ in 0..CALLS {
            let answer = self.bare.get(&self.url).bearer_auth(&self.token).send().await.unwrap();
            assert!(!answer.bytes().await.unwrap().is_empty());
        }
        start.elapsed()
    }
}
