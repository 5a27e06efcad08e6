//! An authorization server made from a declaration, to test against and to show things with.
//!
//! [`Emulator`] behaves as the declaration says: its endpoints, scopes, client authentication, token response
//! and userinfo. It checks what a strict server checks, and can be told one fault at a time. It is an HTTP
//! client in memory ([`OAuthBuilder::http_client`](crate::OAuthBuilder::http_client)), a tower service to mount
//! in a router, and a server on a port.

mod address;
mod api;
mod authorization;
mod consent;
mod ledger;
mod reply;
mod request;
mod serve;
mod token;
mod user;

use std::collections::VecDeque;
use std::convert::Infallible;
use std::fmt;
use std::future::{Ready, ready};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use serde::Serialize;
use tower_service::Service;

use crate::clock::Clock;
use crate::declaration::Declaration;
pub use crate::emulator::address::Endpoint;
use crate::emulator::address::Map;
use crate::emulator::ledger::Ledger;
use crate::emulator::reply::Reply;
pub use crate::emulator::serve::{EmulatorService, Served};
pub use crate::emulator::user::User;
use crate::provider::Provider;

/// An authorization server that behaves as a declaration says.
///
/// ```
/// use oauth_runtime::{Emulator, EncryptedCookies, KeyRing, OAuth, User, oauth_provider};
///
/// #[oauth_provider(
///     authorization_endpoint = "https://acme.example/authorize",
///     token_endpoint = "https://acme.example/token",
/// )]
/// pub struct Acme;
///
/// let emulator = Emulator::of(Acme).user(User::new("7").name("Ada Lovelace"));
/// let acme = OAuth::builder(Acme)
///     .client_id(Emulator::CLIENT_ID)
///     .client_secret(Emulator::CLIENT_SECRET)
///     .redirect_uri("http://localhost:3000/callback")
///     .persistence(EncryptedCookies::new(KeyRing::generate()?))
///     .http_client(emulator.clone())
///     .build()?;
/// # let _ = acme;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// A clone is the same server. It grants every login at once, as its first user, unless it is told to show a
/// [consent page](Self::consent_page).
#[derive(Clone)]
pub struct Emulator {
    facts: Arc<Facts>,
    ledger: Arc<Mutex<Ledger>>,
}

/// What does not change while the server runs.
struct Facts {
    declaration: Declaration,
    map: Map,
}

impl Emulator {
    /// The client that every emulator knows.
    pub const CLIENT_ID: &str = "emulator-client";

    /// The secret of that client.
    pub const CLIENT_SECRET: &str = "emulator-secret";

    /// A server that behaves as the provider's declaration says.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "`Emulator::of(GitHub)` reads as it is meant"
    )]
    pub fn of<P: Provider>(provider: P) -> Self {
        let declaration = provider.declaration().clone();
        let map = Map::new(&declaration, |name| provider.parameter(name));
        Self {
            facts: Arc::new(Facts { declaration, map }),
            ledger: Arc::new(Mutex::new(Ledger::new(Self::CLIENT_ID, Self::CLIENT_SECRET))),
        }
    }

    /// Takes the time from elsewhere.
    #[must_use]
    pub fn clock(self, clock: impl Clock) -> Self {
        self.ledger().clock = Arc::new(clock);
        self
    }

    /// Knows this client instead of [`CLIENT_ID`](Self::CLIENT_ID).
    #[must_use]
    pub fn client(self, client_id: &str, client_secret: &str) -> Self {
        self.ledger().client = (client_id.to_owned(), client_secret.to_owned());
        self
    }

    /// Adds a user. The first one takes the place of the user that is there at the start.
    #[must_use]
    pub fn user(self, user: User) -> Self {
        self.ledger().users.add(user);
        self
    }

    /// Shows a page on which a person chooses a user and agrees or declines.
    #[must_use]
    pub fn consent_page(self) -> Self {
        self.ledger().consent_page = true;
        self
    }

    /// Lets access tokens live so long; an hour unless set.
    #[must_use]
    pub fn expire_in(self, lifetime: Duration) -> Self {
        self.ledger().token_lifetime = Some(lifetime);
        self
    }

    /// Says nothing of how long an access token lives.
    #[must_use]
    pub fn omit_expires_in(self) -> Self {
        self.ledger().token_lifetime = None;
        self
    }

    /// Answers with this member in every token response.
    ///
    /// # Panics
    ///
    /// If the value has no JSON form.
    #[must_use]
    pub fn token_member(self, name: &str, value: impl Serialize) -> Self {
        let value = serde_json::to_value(value).expect("a member of a token response is JSON");
        self.ledger().token_members.insert(name.to_owned(), value);
        self
    }

    /// Answers calls of this API path with a value.
    ///
    /// # Panics
    ///
    /// If the value has no JSON form.
    #[must_use]
    pub fn resource(self, path: &str, value: impl Serialize) -> Self {
        let value = serde_json::to_value(value).expect("a resource is JSON");
        self.ledger().resources.insert(path.to_owned(), value);
        self
    }

    /// Declines the next login.
    pub fn deny_next(&self) {
        self.ledger().deny_next = true;
    }

    /// Names another issuer in the next callback.
    pub fn tamper_next_issuer(&self, issuer: &str) {
        self.ledger().next_issuer = Some(issuer.to_owned());
    }

    /// Answers the next request to an endpoint with a status and nothing else.
    pub fn fail_next(&self, endpoint: Endpoint, status: StatusCode) {
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = status;
        self.answer_next(endpoint, response);
    }

    /// Answers the next request to an endpoint with a response of yours.
    pub fn answer_next(&self, endpoint: Endpoint, response: Response<Bytes>) {
        self.ledger().scripted.entry(endpoint).or_default().push_back(response);
    }

    /// How many requests an endpoint has had.
    #[must_use]
    pub fn requests(&self, endpoint: Endpoint) -> usize {
        self.ledger().requests.get(&endpoint).copied().unwrap_or_default()
    }

    /// The server as a tower service for requests with bodies: to mount in a router.
    #[must_use]
    pub fn into_service(self) -> EmulatorService {
        EmulatorService::new(self)
    }

    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        // A test that panicked while it held the lock has failed already.
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, request: &Request<Bytes>) -> Response<Bytes> {
        let (endpoint, path) = self.facts.map.find(request);
        let mut ledger = self.ledger();
        *ledger.requests.entry(endpoint).or_default() += 1;
        if let Some(scripted) = ledger.scripted.get_mut(&endpoint).and_then(VecDeque::pop_front) {
            return scripted;
        }
        let declaration = &self.facts.declaration;
        let reply = match endpoint {
            Endpoint::Authorization => {
                authorization::answer(declaration, self.facts.map.issuer(), &mut ledger, request)
            }
            Endpoint::Token => {
                token::answer(declaration, self.facts.map.issuer(), &mut ledger, request)
            }
            Endpoint::Revocation => token::revoke(declaration, &mut ledger, request),
            Endpoint::UserInfo | Endpoint::Emails | Endpoint::Api => {
                api::answer(declaration, &ledger, endpoint, &path, request)
            }
            Endpoint::Unknown => Reply::status(StatusCode::NOT_FOUND),
        };
        reply.into_response()
    }
}

impl Service<Request<Bytes>> for Emulator {
    type Response = Response<crate::body::Body>;
    type Error = Infallible;
    type Future = Ready<Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Bytes>) -> Self::Future {
        ready(Ok(self.answer(&request).map(crate::body::Body::from)))
    }
}

impl fmt::Debug for Emulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Emulator({})", self.facts.declaration.name)
    }
}
