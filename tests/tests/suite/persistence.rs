//! What every persistence must do, and one that a user would write.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::header::SET_COOKIE;
use http::{HeaderMap, HeaderValue, StatusCode};
use oauth_providers::store::MemoryStore;
use oauth_providers::{
    BoxFuture, CallbackError, Context, EncryptedCookies, InsecureCookies, OAuthPersistence,
    PendingLogin, PersistenceError, Sessions, State, Tokens,
};
use oauth_tests::{World, key_ring};

use crate::providers::Acme;

/// Tokens in the memory of the application, behind a cookie with a random identifier; the logins under way
/// are left to the sealed cookies.
pub(crate) struct InMemory {
    logins: EncryptedCookies,
    rows: Mutex<HashMap<String, Tokens>>,
    failures: Mutex<Vec<&'static str>>,
}

impl InMemory {
    pub(crate) fn new() -> Self {
        Self {
            logins: EncryptedCookies::new(key_ring()).single_process(),
            rows: Mutex::default(),
            failures: Mutex::default(),
        }
    }

    /// The identifier that the browser shows.
    fn id(cx: &Context<'_>) -> Option<String> {
        let prefix = format!("{}=", cx.instance().session_cookie());
        let lines = cx.request().headers.get_all("cookie").iter();
        let mut pairs = lines.filter_map(|line| line.to_str().ok()).flat_map(|it| it.split("; "));
        pairs.find_map(|pair| pair.strip_prefix(&prefix)).map(str::to_owned)
    }

    fn set(cx: &Context<'_>, response: &mut HeaderMap, id: &str, seconds: u32) {
        let name = cx.instance().session_cookie();
        let secure = if cx.instance().secure() { "; Secure" } else { "" };
        let line =
            format!("{name}={id}; HttpOnly; SameSite=Lax{secure}; Path=/; Max-Age={seconds}");
        response.append(SET_COOKIE, HeaderValue::try_from(line).unwrap());
    }
}

impl OAuthPersistence for InMemory {
    fn begin<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
        login: PendingLogin,
    ) -> BoxFuture<'a, Result<(), PersistenceError>> {
        self.logins.begin(cx, response, login)
    }

    fn take<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
        state: &'a State,
    ) -> BoxFuture<'a, Result<Option<PendingLogin>, PersistenceError>> {
        self.logins.take(cx, response, state)
    }

    fn store_tokens<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
        tokens: &'a Tokens,
    ) -> BoxFuture<'a, Result<(), PersistenceError>> {
        Box::pin(async move {
            let mut random = [0; 16];
            cx.fill_random(&mut random)?;
            let id = random.iter().fold(String::new(), |mut id, byte| {
                write!(id, "{byte:02x}").unwrap();
                id
            });
            let mut rows = self.rows.lock().unwrap();
            if let Some(old) = Self::id(cx) {
                rows.remove(&old);
            }
            Self::set(cx, response, &id, 3600);
            rows.insert(id, tokens.clone());
            Ok(())
        })
    }

    /// An update, never an insert: other requests come with the identifier, and a logout may have been faster.
    fn renew_tokens<'a>(
        &'a self,
        cx: &'a Context<'a>,
        _response: &'a mut HeaderMap,
        tokens: &'a Tokens,
    ) -> BoxFuture<'a, Result<(), PersistenceError>> {
        Box::pin(async move {
            let mut rows = self.rows.lock().unwrap();
            if let Some(row) = Self::id(cx).and_then(|id| rows.get_mut(&id)) {
                *row = tokens.clone();
            }
            Ok(())
        })
    }

    fn tokens<'a>(
        &'a self,
        cx: &'a Context<'a>,
        _response: &'a mut HeaderMap,
    ) -> BoxFuture<'a, Result<Option<Tokens>, PersistenceError>> {
        let id = Self::id(cx);
        Box::pin(async move { Ok(id.and_then(|id| self.rows.lock().unwrap().get(&id).cloned())) })
    }

    fn forget<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
    ) -> BoxFuture<'a, Result<(), PersistenceError>> {
        Box::pin(async move {
            if let Some(id) = Self::id(cx) {
                self.rows.lock().unwrap().remove(&id);
            }
            Self::set(cx, response, "", 0);
            Ok(())
        })
    }

    fn login_failed<'a>(
        &'a self,
        _cx: &'a Context<'a>,
        _response: &'a mut HeaderMap,
        error: &'a CallbackError,
    ) -> BoxFuture<'a, ()> {
        self.failures.lock().unwrap().push(error.code());
        Box::pin(std::future::ready(()))
    }

    fn refresh_guard(&self) -> Option<oauth_providers::RefreshGuard> {
        Some(oauth_providers::RefreshGuard::in_process())
    }
}

fn in_a_store() -> Sessions {
    Sessions::new(MemoryStore::new(), key_ring())
}

/// An application for each persistence there is.
pub(crate) fn each() -> [(&'static str, World<Acme>); 5] {
    let shared = Arc::new(InMemory::new());
    [
        ("Arc<InMemory>", World::with(Acme, |it| it.persistence(shared))),
        ("EncryptedCookies", World::new(Acme)),
        ("InsecureCookies", World::with(Acme, |it| it.persistence(InsecureCookies::new()))),
        ("InMemory", World::with(Acme, |it| it.persistence(InMemory::new()))),
        ("Sessions", World::with(Acme, |it| it.persistence(in_a_store()))),
    ]
}

/// What the library relies on, whatever remembers a browser.
async fn keeps_the_contract(world: &World<Acme>) {
    // What was begun can be finished, once, by the browser that began it.
    let mut browser = world.browser();
    let callback = browser.begin_and_agree("/first").await;
    let mut stranger = browser.of_somebody_else();
    assert_eq!(stranger.arrive(&callback).await.status(), StatusCode::BAD_REQUEST);
    let before = browser.jar().clone();
    assert_eq!(browser.arrive(&callback).await.header("location"), "/first");
    let session = browser.jar().value("__Host-oauth-acme").unwrap().to_owned();
    *browser.jar_mut() = before;
    assert_eq!(browser.arrive(&callback).await.status(), StatusCode::BAD_REQUEST);

    // Tokens are found again, by that browser alone.
    let mut browser = world.browser();
    assert_eq!(browser.open("/second").await.text(), "somebody reads /second");
    assert_eq!(stranger.look_at("/second").await.status(), StatusCode::SEE_OTHER);

    // A new login changes what a session is known by.
    let first = browser.jar().value("__Host-oauth-acme").unwrap().to_owned();
    browser.open("/oauth/acme/login?return_to=/third").await;
    let second = browser.jar().value("__Host-oauth-acme").unwrap().to_owned();
    assert_ne!(first, session);
    assert_ne!(first, second);

    // A login that takes too long is over.
    let mut slow = world.browser();
    let callback = slow.begin_and_agree("/").await;
    world.clock.advance(Duration::from_secs(600));
    assert_eq!(slow.arrive(callback).await.status(), StatusCode::BAD_REQUEST);

    // What is forgotten is gone, and forgetting twice does no harm.
    for _ in 0..2 {
        let logout = http::Request::post("/logout").body(bytes::Bytes::new()).unwrap();
        assert_eq!(browser.send(logout).await.status(), StatusCode::SEE_OTHER);
        assert_eq!(browser.look_at("/").await.status(), StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn every_persistence_keeps_the_contract() {
    for (name, world) in each() {
        println!("{name}");

        keeps_the_contract(&world).await;
    }
}

#[tokio::test]
async fn a_persistence_of_the_application_forgets_the_session_that_a_new_login_replaces() {
    let world = World::with(Acme, |builder| builder.persistence(InMemory::new()));
    let mut browser = world.browser();
    browser.open("/").await;
    let mut thief = browser.clone();
    thief.jar_mut().remove("__Host-oauth-acme.arrived");

    browser.open("/oauth/acme/login").await;

    assert_eq!(browser.look_at("/").await.status(), StatusCode::OK);
    assert_eq!(thief.look_at("/").await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_persistence_hears_of_a_login_that_failed() {
    let persistence = Arc::new(InMemory::new());
    let world = World::with(Acme, |it| it.persistence(persistence.clone()));
    world.emulator.deny_next();

    world.browser().open("/").await;

    assert_eq!(*persistence.failures.lock().unwrap(), ["denied"]);
}

#[tokio::test]
async fn tokens_are_sealed_for_the_row_of_a_database_that_they_stand_in() {
    let world = World::new(Acme);
    let session = world.log_in().await;

    let sealed = session.tokens().seal(&key_ring(), world.oauth.instance(), "user-7").unwrap();

    let opened = Tokens::open(&key_ring(), world.oauth.instance(), "user-7", &sealed).unwrap();
    assert_eq!(opened.access_token(), session.tokens().access_token());
    assert!(Tokens::open(&key_ring(), world.oauth.instance(), "user-8", &sealed).is_none());
    assert!(!sealed.contains(session.tokens().access_token().expose()));
}

#[tokio::test]
async fn ck_14_a_session_of_a_store_is_an_identifier_and_no_token_reaches_the_browser() {
    let world = World::with(Acme, |it| it.persistence(InMemory::new()));
    let mut browser = world.browser();
    let callback = browser.begin_and_agree("/").await;

    let page = browser.arrive(callback).await;

    let name = world.oauth.instance().session_cookie();
    let value = browser.jar().value(name).unwrap();
    assert_eq!(value.len(), 32, "128 random bits: {value}");
    let answer = world.sent.exchanges()[0].response.clone().unwrap();
    let answer: serde_json::Value = serde_json::from_slice(answer.body()).unwrap();
    for line in page.set_cookies() {
        assert!(!line.contains(answer["access_token"].as_str().unwrap()), "{line}");
        assert!(!line.contains(answer["refresh_token"].as_str().unwrap()), "{line}");
    }
}

/// Logins under way in the memory of the application, each sealed for the browser that began it.
#[derive(Default)]
struct SealedLogins(Mutex<HashMap<String, String>>);

impl SealedLogins {
    fn name(state: &State) -> String {
        format!("login-of-{}", &state.expose()[..8])
    }
}

impl OAuthPersistence for SealedLogins {
    fn begin<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
        login: PendingLogin,
    ) -> BoxFuture<'a, Result<(), PersistenceError>> {
        Box::pin(async move {
            let sealed = login.seal(&key_ring(), cx)?;
            assert!(!sealed.contains(login.state().expose()));
            let name = Self::name(login.state());
            let line = format!("{name}=mine; Path=/; Secure; HttpOnly; SameSite=Lax");
            response.append(SET_COOKIE, HeaderValue::try_from(line).unwrap());
            self.0.lock().unwrap().insert(name, sealed);
            Ok(())
        })
    }

    fn take<'a>(
        &'a self,
        cx: &'a Context<'a>,
        _response: &'a mut HeaderMap,
        state: &'a State,
    ) -> BoxFuture<'a, Result<Option<PendingLogin>, PersistenceError>> {
        Box::pin(async move {
            let name = Self::name(state);
            let mut lines = cx.request().headers.get_all("cookie").iter();
            let mine = format!("{name}=mine");
            let is_mine = lines.any(|line| line.to_str().is_ok_and(|line| line.contains(&mine)));
            let sealed = if is_mine { self.0.lock().unwrap().remove(&name) } else { None };
            Ok(sealed.and_then(|sealed| PendingLogin::open(&key_ring(), cx, &sealed)))
        })
    }

    fn store_tokens<'a>(
        &'a self,
        _cx: &'a Context<'a>,
        _response: &'a mut HeaderMap,
        _tokens: &'a Tokens,
    ) -> BoxFuture<'a, Result<(), PersistenceError>> {
        Box::pin(std::future::ready(Ok(())))
    }

    fn tokens<'a>(
        &'a self,
        _cx: &'a Context<'a>,
        _response: &'a mut HeaderMap,
    ) -> BoxFuture<'a, Result<Option<Tokens>, PersistenceError>> {
        Box::pin(std::future::ready(Ok(None)))
    }

    fn forget<'a>(
        &'a self,
        _cx: &'a Context<'a>,
        _response: &'a mut HeaderMap,
    ) -> BoxFuture<'a, Result<(), PersistenceError>> {
        Box::pin(std::future::ready(Ok(())))
    }

    fn refresh_guard(&self) -> Option<oauth_providers::RefreshGuard> {
        Some(oauth_providers::RefreshGuard::in_process())
    }
}

#[tokio::test]
async fn a_login_under_way_may_stand_sealed_in_a_database() {
    let logins = Arc::new(SealedLogins::default());
    let world = World::with(Acme, |builder| builder.persistence(Arc::clone(&logins)));
    let mut browser = world.browser();
    let callback = browser.begin_and_agree("/invoices").await;
    let kept = logins.0.lock().unwrap().clone();

    assert_eq!(browser.arrive(&callback).await.header("location"), "/invoices");

    // A row that somebody changed, and one that is over, are no login.
    for (name, sealed) in &kept {
        let changed =
            sealed.replacen(&sealed[30..31], if &sealed[30..31] == "A" { "B" } else { "A" }, 1);
        logins.0.lock().unwrap().insert(name.clone(), changed);
        assert_eq!(browser.arrive(&callback).await.status(), StatusCode::BAD_REQUEST);
        logins.0.lock().unwrap().insert(name.clone(), sealed.clone());
    }
    world.clock.advance(Duration::from_secs(600));
    assert_eq!(browser.arrive(&callback).await.status(), StatusCode::BAD_REQUEST);
    assert_eq!(world.sent.count(), 1);
}
