//! One page, open to all, behind our filter and behind the peers; and the requests of a browser that is logged in.

use std::convert::Infallible;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::{FromRef, State};
use axum::routing::get;
use axum_extra::extract::PrivateCookieJar;
use axum_extra::extract::cookie::{Cookie, Key};
use axum_login::{AuthManagerLayerBuilder, AuthSession, AuthUser, AuthnBackend, UserId};
use http::header::COOKIE;
use http::{HeaderValue, Request, StatusCode};
use oauth_providers::store::MemoryStore;
use oauth_providers::{Emulator, OAuth, Session, Sessions};
use oauth_tests::key_ring;
use serde::{Deserialize, Serialize};
use tokio::runtime::Runtime;
use tower::{Service as _, ServiceExt as _};
use tower_sessions::SessionManagerLayer;

use crate::allocations;
use crate::application::{Bench, application, application_with, cookies_of, log_in, token_answer};

/// A page, and the cookies of a browser that may see it.
#[derive(Clone)]
pub(crate) struct Guarded {
    pub(crate) router: Router,
    pub(crate) cookies: HeaderValue,
}

impl Guarded {
    /// The page without a guard; the browser sends as much as to ours.
    pub(crate) fn not_at_all(runtime: &Runtime) -> Self {
        let emulator = Emulator::of(Bench);
        let oauth = application(emulator.clone());
        let cookies = runtime.block_on(log_in(&oauth, &emulator, token_answer(true)));
        Self { router: unguarded(), cookies }
    }

    /// The page without a guard, of a browser that sends the same.
    pub(crate) fn without_guard(&self) -> Self {
        Self { router: unguarded(), cookies: self.cookies.clone() }
    }

    /// Our filter, with the session in sealed cookies.
    pub(crate) fn by_us(runtime: &Runtime, refresh_token: bool) -> Self {
        let emulator = Emulator::of(Bench);
        Self::by(runtime, &application(emulator.clone()), &emulator, refresh_token)
    }

    /// Our filter, with the session in the memory of the process.
    pub(crate) fn by_our_sessions(runtime: &Runtime, refresh_token: bool) -> Self {
        let emulator = Emulator::of(Bench);
        let sessions = Sessions::new(MemoryStore::new(), key_ring());
        let oauth = application_with(sessions, emulator.clone());
        Self::by(runtime, &oauth, &emulator, refresh_token)
    }

    fn by(
        runtime: &Runtime,
        oauth: &OAuth<Bench>,
        emulator: &Emulator,
        refresh_token: bool,
    ) -> Self {
        let cookies = runtime.block_on(log_in(oauth, emulator, token_answer(refresh_token)));
        let page = async |session: Session<Bench>| {
            black_box(session.tokens().access_token().expose());
            "the page"
        };
        Self { router: Router::new().route("/", get(page)).route_layer(oauth.filter()), cookies }
    }

    /// `tower-sessions` with its store in memory, the tokens in the session.
    pub(crate) fn by_tower_sessions(runtime: &Runtime) -> Self {
        use tower_sessions::{MemoryStore, Session};

        let log_in = async |session: Session| session.insert(KEPT, Kept::new()).await.unwrap();
        let page = async |session: Session| match session.get::<Kept>(KEPT).await.unwrap() {
            Some(kept) => shown(&kept),
            None => Err(StatusCode::UNAUTHORIZED),
        };
        let router = Router::new().route("/", get(page)).route("/login", get(log_in));
        Self::behind(runtime, router.layer(SessionManagerLayer::new(MemoryStore::default())))
    }

    /// `axum-login` on its `tower-sessions`, both with their stores in memory.
    pub(crate) fn by_axum_login(runtime: &Runtime) -> Self {
        use tower_sessions_of_axum_login::{MemoryStore, SessionManagerLayer};

        let log_in = async |mut auth: AuthSession<Users>| {
            let user = auth.backend.0.clone();
            auth.login(&user).await.unwrap();
        };
        let page = async |auth: AuthSession<Users>| match auth.user {
            Some(user) => shown(&user.kept),
            None => Err(StatusCode::UNAUTHORIZED),
        };
        let users = Users(User { kept: Arc::new(Kept::new()) });
        let sessions = SessionManagerLayer::new(MemoryStore::default());
        let auth = AuthManagerLayerBuilder::new(users, sessions).build();
        let router = Router::new().route("/", get(page)).route("/login", get(log_in));
        Self::behind(runtime, router.layer(auth))
    }

    /// The private cookie jar of `axum-extra`, the tokens in one cookie as JSON.
    pub(crate) fn by_private_cookies(runtime: &Runtime) -> Self {
        let log_in = async |jar: PrivateCookieJar| {
            jar.add(Cookie::new(KEPT, serde_json::to_string(&Kept::new()).unwrap()))
        };
        let page = async |State(_): State<Keys>, jar: PrivateCookieJar| {
            let cookie = jar.get(KEPT).ok_or(StatusCode::UNAUTHORIZED)?;
            shown(&serde_json::from_str(cookie.value()).map_err(|_| StatusCode::UNAUTHORIZED)?)
        };
        let router = Router::new().route("/", get(page)).route("/login", get(log_in));
        Self::behind(runtime, router.with_state(Keys(Key::generate())))
    }

    /// Logs a browser in at `/login`.
    fn behind(runtime: &Runtime, router: Router) -> Self {
        let login = Request::get("/login").body(Body::empty()).unwrap();
        let begun = runtime.block_on(router.clone().oneshot(login)).unwrap();
        Self { cookies: cookies_of(&begun, ""), router }
    }

    /// How long it takes to answer that many requests of the browser, all with this status.
    pub(crate) fn visits(&self, runtime: &Runtime, count: u32) -> Duration {
        let request = || Request::get("/").header(COOKIE, self.cookies.clone());
        times(runtime, &self.router, count, StatusCode::OK, request)
    }

    /// How often one request of the browser asks for memory, and its answer.
    pub(crate) fn allocations(&self, runtime: &Runtime) -> f64 {
        allocations::of(|| _ = self.visits(runtime, 1))
    }

    /// How long it takes to answer that many requests of a browser that is not logged in.
    pub(crate) fn strangers(
        &self,
        runtime: &Runtime,
        count: u32,
        accept: &'static str,
        answered: StatusCode,
    ) -> Duration {
        times(runtime, &self.router, count, answered, || Request::get("/").header("accept", accept))
    }
}

fn unguarded() -> Router {
    Router::new().route("/", get(async || "the page"))
}

/// The requests are there before the clock starts.
fn times(
    runtime: &Runtime,
    router: &Router,
    count: u32,
    answered: StatusCode,
    request: impl Fn() -> http::request::Builder,
) -> Duration {
    let requests: Vec<_> = (0..count).map(|_| request().body(Body::empty()).unwrap()).collect();
    let mut service = router.clone().into_service::<Body>();
    runtime.block_on(async {
        let start = Instant::now();
        for request in requests {
            let response = service.call(request).await.unwrap();
            assert_eq!(response.status(), answered);
        }
        start.elapsed()
    })
}

fn shown(kept: &Kept) -> Result<&'static str, StatusCode> {
    black_box(&kept.access_token);
    Ok("the page")
}

/// What an application keeps of a token answer: as many bytes as ours.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Kept {
    access_token: String,
    refresh_token: String,
    scope: String,
    tenant: String,
    expires_in: u64,
}

impl Kept {
    pub(crate) fn new() -> Self {
        serde_json::from_str(&token_answer(true)).unwrap()
    }
}

pub(crate) const KEPT: &str = "tokens";

/// The state that the private jar takes its key from.
#[derive(Clone)]
struct Keys(Key);

impl FromRef<Keys> for Key {
    fn from_ref(Keys(key): &Keys) -> Self {
        key.clone()
    }
}

#[derive(Clone, Debug)]
struct User {
    kept: Arc<Kept>,
}

impl AuthUser for User {
    type Id = u64;

    fn id(&self) -> u64 {
        1815
    }

    fn session_auth_hash(&self) -> &[u8] {
        &self.kept.access_token.as_bytes()[..32]
    }
}

/// A database of one user.
#[derive(Clone)]
struct Users(User);

impl AuthnBackend for Users {
    type User = User;
    type Credentials = ();
    type Error = Infallible;

    async fn authenticate(&self, (): ()) -> Result<Option<User>, Infallible> {
        Ok(Some(self.0.clone()))
    }

    async fn get_user(&self, _: &UserId<Self>) -> Result<Option<User>, Infallible> {
        Ok(Some(self.0.clone()))
    }
}
