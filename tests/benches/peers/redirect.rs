//! P1: a login begins: random values, PKCE, the URL, and a `303` with it.

use std::hint::black_box;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::header::{CACHE_CONTROL, LOCATION};
use http::{HeaderMap, HeaderValue, Request, Response, StatusCode};
use oauth_providers::{
    BoxFuture, Context, Emulator, OAuth, OAuthPersistence, PendingLogin, PersistenceError, State,
    Tokens,
};
use oauth2::basic::BasicClient;
use oauth2::{
    AuthUrl, ClientId, ClientSecret, CsrfToken, EndpointNotSet, EndpointSet, PkceCodeChallenge,
    RedirectUrl, Scope, TokenUrl,
};
use ring::digest::{SHA256, digest};
use ring::rand::{SecureRandom as _, SystemRandom};
use tokio::runtime::{Builder, Runtime};
use tower::Service as _;

use crate::allocations;
use crate::application::{Bench, REDIRECT_URI, application, application_with};
use crate::table::{Aim, Case, Row, Seen};

const ROUNDS: usize = 201;
const LOGINS: u32 = 200;

pub(crate) fn row() -> Row {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let emulator = Emulator::of(Bench);
    let forgetful = application_with(Forgetful, emulator.clone());
    let sealing = application(emulator);
    let peer = Peer::new();

    let cases = vec![
        Case::floor("one `String`", || times(LOGINS, || drop(black_box(least())))),
        Case::ours("`login()` that keeps nothing", || logins(&runtime, &forgetful, LOGINS)),
        Case::ours("`login()` with its sealed cookie", || logins(&runtime, &sealing, LOGINS)),
        Case::peer("`oauth2`", || times(LOGINS, || drop(black_box(peer.url())))),
        Case::peer("`oauth2` and a `303`", || times(LOGINS, || drop(black_box(peer.redirect())))),
    ];
    let seen = Seen::in_turns(ROUNDS, LOGINS, cases);
    let url = seen.ratio("`login()` that keeps nothing", "`oauth2` and a `303`");
    let sealed = seen.ratio("`login()` with its sealed cookie", "`oauth2` and a `303`");
    let allocated = allocations::of(|| runtime.block_on(login(&forgetful)));
    let theirs = allocations::of(|| drop(black_box(peer.redirect())));
    Row {
        work: "authorization redirect: random values, PKCE, URL, `303`",
        seen,
        aims: vec![
            Aim::at_most(0.5, "keeping nothing, of `oauth2`", url),
            Aim::at_most(1.0, "with the sealed cookie, of `oauth2`", sealed),
            Aim::at_most(
                4.0,
                format!(
                    "allocations, with its request and `303` ({theirs} in `oauth2` and a `303`)"
                ),
                allocated,
            ),
        ],
    }
}

fn times(count: u32, mut work: impl FnMut()) -> Duration {
    let start = Instant::now();
    for _ in 0..count {
        work();
    }
    start.elapsed()
}

/// How long it takes to begin that many logins.
pub(crate) fn logins(runtime: &Runtime, oauth: &OAuth<Bench>, count: u32) -> Duration {
    runtime.block_on(async {
        let start = Instant::now();
        for _ in 0..count {
            login(oauth).await;
        }
        start.elapsed()
    })
}

/// What has to be done: 64 random bytes, one hash, one string.
fn least() -> (String, [u8; 64]) {
    const START: &str = "https://bench.example/authorize?response_type=code&client_id=emulator-client\
        &redirect_uri=https%3A%2F%2Fapp.example%2Fcallback&scope=profile%20mail%3Aread\
        &code_challenge_method=S256&state=";
    let mut random = [0; 64];
    SystemRandom::new().fill(&mut random).unwrap();
    let mut verifier = [0; 43];
    URL_SAFE_NO_PAD.encode_slice(&random[32..], &mut verifier).unwrap();
    let mut url = String::with_capacity(START.len() + 128);
    url.push_str(START);
    URL_SAFE_NO_PAD.encode_string(&random[..32], &mut url);
    url.push_str("&code_challenge=");
    URL_SAFE_NO_PAD.encode_string(digest(&SHA256, &verifier), &mut url);
    (url, random)
}

async fn login(oauth: &OAuth<Bench>) {
    let request = Request::get("/login").body(String::new()).unwrap();
    let answer = oauth.login().call(request).await.unwrap();
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
}

/// `oauth2`, set up once.
pub(crate) struct Peer(
    BasicClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet>,
);

impl Peer {
    pub(crate) fn new() -> Self {
        let client = BasicClient::new(ClientId::new(Emulator::CLIENT_ID.to_owned()))
            .set_client_secret(ClientSecret::new(Emulator::CLIENT_SECRET.to_owned()))
            .set_auth_uri(AuthUrl::new("https://bench.example/authorize".to_owned()).unwrap())
            .set_token_uri(TokenUrl::new("https://bench.example/token".to_owned()).unwrap())
            .set_redirect_uri(RedirectUrl::new(REDIRECT_URI.to_owned()).unwrap());
        Self(client)
    }

    fn url(&self) -> (String, CsrfToken, oauth2::PkceCodeVerifier) {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (url, state) = self
            .0
            .authorize_url(CsrfToken::new_random)
            .add_scope(Scope::new("profile".to_owned()))
            .add_scope(Scope::new("mail:read".to_owned()))
            .set_pkce_challenge(challenge)
            .url();
        (url.into(), state, verifier)
    }

    pub(crate) fn redirect(&self) -> (Response<()>, CsrfToken, oauth2::PkceCodeVerifier) {
        let (url, state, verifier) = self.url();
        let mut response = Response::new(());
        *response.status_mut() = StatusCode::SEE_OTHER;
        let headers = response.headers_mut();
        headers.insert(LOCATION, HeaderValue::try_from(url).unwrap());
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        (response, state, verifier)
    }
}

/// Keeps nothing: what is left is the work of `oauth2`.
pub(crate) struct Forgetful;

impl OAuthPersistence for Forgetful {
    fn begin<'a>(
        &'a self,
        _cx: &'a Context<'a>,
        _response: &'a mut HeaderMap,
        login: PendingLogin,
    ) -> BoxFuture<'a, Result<(), PersistenceError>> {
        black_box(login);
        Box::pin(async { Ok(()) })
    }

    fn take<'a>(
        &'a self,
        _cx: &'a Context<'a>,
        _response: &'a mut HeaderMap,
        _state: &'a State,
    ) -> BoxFuture<'a, Result<Option<PendingLogin>, PersistenceError>> {
        Box::pin(async { Ok(None) })
    }

    fn store_tokens<'a>(
        &'a self,
        _cx: &'a Context<'a>,
        _response: &'a mut HeaderMap,
        _tokens: &'a Tokens,
    ) -> BoxFuture<'a, Result<(), PersistenceError>> {
        Box::pin(async { Ok(()) })
    }

    fn tokens<'a>(
        &'a self,
        _cx: &'a Context<'a>,
        _response: &'a mut HeaderMap,
    ) -> BoxFuture<'a, Result<Option<Tokens>, PersistenceError>> {
        Box::pin(async { Ok(None) })
    }

    fn forget<'a>(
        &'a self,
        _cx: &'a Context<'a>,
        _response: &'a mut HeaderMap,
    ) -> BoxFuture<'a, Result<(), PersistenceError>> {
        Box::pin(async { Ok(()) })
    }

    fn refresh_guard(&self) -> Option<oauth_providers::RefreshGuard> {
        Some(oauth_providers::RefreshGuard::in_process())
    }
}
