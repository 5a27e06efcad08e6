//! The relying-party modules of the OpenID Foundation's conformance suite, played by the emulator.
//!
//! The suite is a provider that makes one mistake, and judges a client by what it does next: after a bad artefact it asks for
//! nothing more and nobody is logged in; after a good one it asks who the user is. A test has the name of its module, a file
//! is a plan, and `tests/conformance.md` has a row for each. What the suite looks at in every run is looked at here in every
//! run too ([`Client::check_every_request`]).

mod backchannel_logout;
mod basic;
mod comprehensive;
mod config;
mod fapi2;
mod form_post;
mod modules;
mod refresh_token;
mod requests;
mod rp_initiated_logout;
mod table;
mod third_party_initiated;

use axum::Router;
use axum::routing::get;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{Request, Response, StatusCode};
use oauth_providers::store::MemoryStore;
use oauth_providers::{
    Declaration, Declared, Emulator, OAuthBuilder, OpenId, Provider as _, ResponseMode, Sessions,
    SystemEntropy,
};
use oauth_tests::{Browser, Page, Site, StoppedClock, World, key_ring};

use crate::oidc::{answer_told, who};

/// Who the suite is.
pub(crate) const ISSUER: &str = "https://op.example";

/// The client under test: an application whose page asks who the user is, and a person's browser.
pub(crate) struct Client {
    pub(crate) world: World<Declared>,
    pub(crate) browser: Browser,
    pub(crate) application: Site,
}

/// What the client did after the authorization response, or with the session that it had.
#[derive(Debug, Eq, PartialEq)]
pub(crate) struct Next {
    /// The endpoints that it called; the metadata and the keys are not counted.
    pub(crate) calls: Vec<&'static str>,
    /// What the browser shows.
    pub(crate) page: String,
    /// Whether somebody is logged in.
    pub(crate) is_logged_in: bool,
}

impl Next {
    /// The artefact was taken: the final call has come.
    pub(crate) fn goes_on() -> Self {
        Self {
            calls: vec!["token", "userinfo"],
            page: "1815 Ada Lovelace <ada@users.example>".to_owned(),
            is_logged_in: true,
        }
    }

    /// The artefact that came with the tokens was refused.
    pub(crate) fn stops(page: &str) -> Self {
        Self { calls: vec!["token"], page: page.to_owned(), is_logged_in: false }
    }

    /// What came before the tokens was refused.
    pub(crate) fn stops_at_once(page: &str) -> Self {
        Self { calls: Vec::new(), ..Self::stops(page) }
    }
}

impl Client {
    /// A client of a provider that keeps every rule.
    pub(crate) fn new(mode: ResponseMode) -> Self {
        Self::of(mode, |emulator| emulator)
    }

    /// A client of a provider that is told something before it begins.
    pub(crate) fn of(mode: ResponseMode, emulate: impl FnOnce(Emulator) -> Emulator) -> Self {
        Self::with(mode, emulate, |builder| builder)
    }

    /// A client that is registered in another way.
    pub(crate) fn with(
        mode: ResponseMode,
        emulate: impl FnOnce(Emulator) -> Emulator,
        configure: impl FnOnce(OAuthBuilder<Declared>) -> OAuthBuilder<Declared>,
    ) -> Self {
        let declaration = OpenId::issuer(ISSUER).declaration().clone();
        let provider = Declared::from(Declaration { response_mode: mode, ..declaration });
        let clock = StoppedClock::new();
        let emulator = emulate(Emulator::of(provider.clone()).clock(clock.clone()));
        let world = World::around(provider, emulator, clock, |builder| {
            let sessions = Sessions::new(MemoryStore::new(), key_ring());
            let builder = builder.persistence(sessions).on_failure(|error, _| answer_told(error));
            // What is random is judged too.
            configure(builder.after_logout("/goodbye").entropy(SystemEntropy))
        });
        let application = Site::new(router(&world));
        Self { browser: world.browser_of(application.clone()), application, world }
    }

    /// Logs in, and looks at what the client does.
    pub(crate) async fn log_in(&mut self) -> Next {
        self.open("/").await
    }

    /// The same, by another address.
    pub(crate) async fn open(&mut self, address: &str) -> Next {
        let before = self.world.sent.count();
        let page = self.browser.open(address).await;
        self.judge(before, &page)
    }

    /// Logs in by a callback that was changed on its way.
    pub(crate) async fn come_back(&mut self, callback: &url::Url) -> Next {
        let before = self.world.sent.count();
        let mut page = self.browser.arrive(callback).await;
        if let Some(location) = page.location() {
            page = self.browser.look_at(location.as_str()).await;
        }
        self.judge(before, &page)
    }

    /// Opens the page with the session that there is, and stops there.
    pub(crate) async fn look(&mut self) -> Next {
        let before = self.world.sent.count();
        let page = self.browser.look_at("/").await;
        self.judge(before, &page)
    }

    /// The provider tells the application that a user has logged out.
    pub(crate) async fn tell_logout(&self, token: &str) -> Response<Bytes> {
        let body = format!("logout_token={token}");
        let request = Request::post("/backchannel")
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Bytes::from(body))
            .unwrap();
        self.application.call(request).await
    }

    /// How often the client has asked for the provider's keys.
    pub(crate) fn key_requests(&self) -> usize {
        self.world.emulator.requests(oauth_providers::Endpoint::Jwks)
    }

    fn judge(&self, before: usize, page: &Page) -> Next {
        self.check_every_request();
        let exchanges = self.world.sent.exchanges();
        let paths = exchanges[before..].iter().map(|it| it.request.uri().path().to_owned());
        let calls = paths.filter_map(|path| match path.as_str() {
            "/token" => Some("token"),
            "/userinfo" => Some("userinfo"),
            "/par" => Some("par"),
            "/jwks" | "/op.example/jwks" | "/.well-known/openid-configuration" => None,
            other => panic!("nobody calls {other}"),
        });
        let is_sent_away = page.location().is_some_and(|it| it.path() == "/authorize");
        let session = self.world.oauth.instance().session_cookie();
        Next {
            calls: calls.collect(),
            page: if is_sent_away { "has to log in".to_owned() } else { page.text().to_owned() },
            is_logged_in: !is_sent_away && self.browser.jar().value(session).is_some(),
        }
    }
}

/// Every page says who is logged in, by the provider's word.
fn router(world: &World<Declared>) -> Router {
    let oauth = &world.oauth;
    Router::new()
        .fallback(who::<Declared>)
        .layer(oauth.filter())
        .route("/goodbye", get(|| async { "goodbye" }))
        .route_service(oauth.callback_path(), oauth.callback())
        .route_service("/initiate", oauth.login().third_party_initiated())
        .route_service("/logout", oauth.logout().end_session())
        .route_service("/backchannel", oauth.backchannel_logout())
}

/// `200` and nothing that a cache would keep.
pub(crate) fn is_taken(response: &Response<Bytes>) -> bool {
    assert_eq!(response.headers()["cache-control"], "no-store");
    match response.status() {
        StatusCode::OK => true,
        StatusCode::BAD_REQUEST => false,
        other => panic!("{other}"),
    }
}
