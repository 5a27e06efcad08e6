//! An authorization server made from a declaration, to test against and to show things with.
//!
//! [`Emulator`] behaves as the declaration says: its endpoints, scopes, client authentication, token response
//! and userinfo. It checks what a strict server checks, and can be told one fault at a time. It is an HTTP
//! client in memory ([`OAuthBuilder::http_client`](crate::OAuthBuilder::http_client)), a tower service to mount
//! in a router, and a server on a port.

mod address;
mod api;
mod authorization;
mod client_assertion;
mod consent;
mod end_session;
mod id_token;
mod ledger;
mod metadata;
mod pointer;
mod pushed;
mod reply;
mod request;
mod serve;
mod signing;
mod token;
mod token_answer;
mod token_request;
mod user;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{Request, Response, StatusCode};
use oauth_declaration::Declaration;
use serde::Serialize;
use tower_service::Service;

use crate::body::Body;
use crate::clock::Clock;
use crate::crypto::signature::SigningAlgorithm;
pub use crate::emulator::address::Endpoint;
use crate::emulator::address::Map;
pub use crate::emulator::id_token::LogoutTokenFault;
use crate::emulator::ledger::{Fault, Grant, LastingFault, Ledger, Rotation};
use crate::emulator::reply::Reply;
pub use crate::emulator::serve::{EmulatorService, Served};
pub use crate::emulator::signing::IdTokenFault;
use crate::emulator::token::Duties;
pub use crate::emulator::user::User;
use crate::encoding::form;
use crate::http_client::{BoxFuture, HttpClient};
use crate::jwk::KeySet;
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
///     .persistence(EncryptedCookies::new(KeyRing::generate()?).single_process())
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
        let mut ledger = Ledger::new(Self::CLIENT_ID, Self::CLIENT_SECRET);
        ledger.audiences = map.audiences(&ledger.tenant);
        if declaration.dialect.secret_signs_id_token {
            ledger.algorithm = SigningAlgorithm::Hs256;
        }
        ledger.tenant_claim = map.tenant_claim().map(str::to_owned);
        Self { facts: Arc::new(Facts { declaration, map }), ledger: Arc::new(Mutex::new(ledger)) }
    }

    /// The same server, which calls itself by the addresses that it has under a base: in its metadata, in its callbacks and
    /// in its tokens. For applications that know nothing of an [`Environment`](crate::Environment), and take an issuer for
    /// what it says that it is.
    ///
    /// What users, tokens and faults there are is the same for both. Where the provider has tenants, an issuer is
    /// the one that was asked, as a provider says it of one tenant.
    ///
    /// ```
    /// # use oauth_runtime::{Emulator, Endpoint, oauth_provider};
    /// # #[oauth_provider(issuer = "https://login.acme.example")]
    /// # pub struct Acme;
    /// let emulator = Emulator::of(Acme);
    /// let announced = emulator.clone().announced_at("http://127.0.0.1:4000");
    ///
    /// assert_eq!(emulator.issuer().unwrap(), "https://login.acme.example");
    /// assert_eq!(announced.issuer().unwrap(), "http://127.0.0.1:4000/login.acme.example");
    /// assert_eq!(announced.url(Endpoint::Token).unwrap(), "http://127.0.0.1:4000/login.acme.example/token");
    /// ```
    #[must_use]
    pub fn announced_at(self, base: &str) -> Self {
        let map = self.facts.map.under(base);
        let names = map.audiences(&self.ledger().tenant);
        self.ledger().audiences.extend(names);
        let declaration = self.facts.declaration.clone();
        Self { facts: Arc::new(Facts { declaration, map }), ledger: self.ledger }
    }

    /// What the server calls an endpoint, if it has it; the API is called by its base.
    #[must_use]
    pub fn url(&self, endpoint: Endpoint) -> Option<&str> {
        self.facts.map.url(endpoint)
    }

    /// Who the server says that it is, in its callbacks and its tokens.
    #[must_use]
    pub fn issuer(&self) -> Option<String> {
        self.facts.map.issuer(&self.ledger().tenant)
    }

    /// Which endpoint a request is for.
    #[must_use]
    pub fn endpoint_of(&self, request: &Request<Bytes>) -> Endpoint {
        self.facts.map.find(request).0
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

    /// Knows this key of the client's, for `private_key_jwt` and a client secret that the client signs.
    ///
    /// # Panics
    ///
    /// If it is not a JSON Web Key.
    #[must_use]
    pub fn client_jwk(self, jwk: &str) -> Self {
        let keys = KeySet::parse(format!("{{\"keys\":[{jwk}]}}").as_bytes());
        self.ledger().client_key = Some(keys.expect("a public JSON Web Key"));
        self
    }

    /// Signs tokens in this way; `RS256` unless set.
    #[must_use]
    pub fn signing_algorithm(self, algorithm: SigningAlgorithm) -> Self {
        self.ledger().algorithm = algorithm;
        self
    }

    /// Takes no login that does not begin with a pushed request (RFC 9126), and says so.
    #[must_use]
    pub fn require_pushed_requests(self) -> Self {
        self.ledger().requires_pushed_requests = true;
        self
    }

    /// Has its users come from this tenant, where the provider has tenants; `tenant-1` unless set.
    #[must_use]
    pub fn tenant(self, tenant: &str) -> Self {
        self.ledger().tenant = tenant.to_owned();
        self
    }

    /// Publishes this member in the metadata, in place of its own.
    ///
    /// # Panics
    ///
    /// If the value has no JSON form.
    #[must_use]
    pub fn metadata_member(self, name: &str, value: impl Serialize) -> Self {
        let value = serde_json::to_value(value).expect("a member of the metadata is JSON");
        self.ledger().metadata_members.insert(name.to_owned(), value);
        self
    }

    /// Publishes keys that are none of the issuer's under the names of its own, and some that nobody can read.
    #[must_use]
    pub fn publish_decoys(self) -> Self {
        self.ledger().publishing.decoys = true;
        self
    }

    /// Publishes a second key of the same kind before the one that signs.
    #[must_use]
    pub fn publish_two_keys(self) -> Self {
        self.ledger().publishing.two_keys = true;
        self
    }

    /// Signs the answers of the userinfo endpoint.
    #[must_use]
    pub fn sign_userinfo(self) -> Self {
        self.ledger().signs_userinfo = true;
        self
    }

    /// Gives no ID token with a refresh.
    #[must_use]
    pub fn omit_refreshed_id_token(self) -> Self {
        self.ledger().omits_refreshed_id_token = true;
        self
    }

    /// Puts this claim into every ID token from now on, in place of its own.
    ///
    /// # Panics
    ///
    /// If the value has no JSON form.
    pub fn id_token_claim(&self, name: &str, value: impl Serialize) {
        let value = serde_json::to_value(value).expect("a claim is JSON");
        self.ledger().id_token_claims.insert(name.to_owned(), Some(value));
    }

    /// Leaves this claim out of every ID token from now on.
    pub fn omit_id_token_claim(&self, name: &str) {
        self.ledger().id_token_claims.insert(name.to_owned(), None);
    }

    /// Puts this member into every userinfo answer from now on, in place of its own.
    ///
    /// # Panics
    ///
    /// If the value has no JSON form.
    pub fn userinfo_member(&self, name: &str, value: impl Serialize) {
        let value = serde_json::to_value(value).expect("a member of the answer is JSON");
        self.ledger().userinfo_members.insert(name.to_owned(), value);
    }

    /// Makes this mistake in every ID token from now on.
    pub fn tamper(&self, fault: IdTokenFault) {
        self.ledger().id_token_fault = Some(fault);
    }

    /// Makes this mistake in every signed userinfo answer from now on.
    pub fn tamper_userinfo(&self, fault: IdTokenFault) {
        self.ledger().userinfo_fault = Some(fault);
    }

    /// Signs with another key from now on, and publishes the one before no more.
    pub fn rotate_keys(&self) {
        self.ledger().signing().rotate();
    }

    /// Changes the keys just before the next token is signed.
    pub fn rotate_keys_before_signing(&self) {
        self.ledger().publishing.rotates_before_signing = true;
    }

    /// Sends a browser back from a logout with this state, or with none, in place of its own.
    pub fn tamper_logout_state(&self, state: Option<&str>) {
        self.ledger().logout_state = Some(state.map(str::to_owned));
    }

    /// What the session of the newest login is called; `None` if there was none.
    #[must_use]
    pub fn newest_sid(&self) -> Option<String> {
        self.ledger().newest_sid.clone()
    }

    /// An ID token about its first user, as one that comes in another way than by a login here; none if it was told to leave
    /// it out.
    #[must_use]
    pub fn id_token(&self, nonce: Option<&str>) -> Option<String> {
        let mut ledger = self.ledger();
        let issuer = self.facts.map.issuer(&ledger.tenant);
        let user = ledger.users.first().clone();
        let nonce = nonce.map(str::to_owned);
        let grant = Grant { nonce, ..Grant::of_a_user(user, ledger.now()) };
        let declaration = &self.facts.declaration;
        id_token::id_token(declaration, &mut ledger, issuer.as_deref(), &grant, "", false)
    }

    /// The keys that the issuer publishes, as the document at its `jwks_uri`.
    #[must_use]
    pub fn jwks(&self) -> String {
        let mut ledger = self.ledger();
        let publishing = ledger.publishing;
        ledger.signing().published(publishing).to_string()
    }

    /// Tells an application of each logout, as a provider does for a `backchannel_logout_uri` (OpenID Connect Back-Channel
    /// Logout s2.5): when a user logs out here, and by [`tell_of_logout`](Self::tell_of_logout).
    #[must_use]
    pub fn backchannel_logout_uri(self, uri: &str, http_client: impl HttpClient) -> Self {
        self.ledger().listeners.push((uri.to_owned(), Arc::new(http_client)));
        self
    }

    /// Tells every application that a user has logged out, of one session where it is named. Returns what each answered;
    /// none where no answer came.
    pub async fn tell_of_logout(
        &self,
        subject: Option<&str>,
        sid: Option<&str>,
    ) -> Vec<Option<StatusCode>> {
        let listeners = self.ledger().listeners.clone();
        let mut answers = Vec::new();
        for (uri, http_client) in listeners {
            let token = self.logout_token(subject, sid, None);
            let request = Request::post(uri)
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(Bytes::from(form([("logout_token", token.as_str())])));
            let answer = match request {
                Ok(request) => http_client.call(request).await.ok(),
                Err(_) => None,
            };
            answers.push(answer.map(|answer| answer.status()));
        }
        answers
    }

    /// A logout token that says that a user has logged out, of one session where it is named (OpenID Connect Back-Channel
    /// Logout s2.4); with one mistake if it is asked for.
    #[must_use]
    pub fn logout_token(
        &self,
        subject: Option<&str>,
        sid: Option<&str>,
        fault: Option<LogoutTokenFault>,
    ) -> String {
        let mut ledger = self.ledger();
        let issuer = self.facts.map.issuer(&ledger.tenant);
        id_token::logout_token(&mut ledger, issuer.as_deref(), subject, sid, fault)
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

    /// A refresh token, as if a user had logged in and asked for one; the empty text if there is no such user.
    #[must_use]
    pub fn refresh_token_of(&self, subject: &str) -> String {
        token::refresh_token_of(&mut self.ledger(), subject).unwrap_or_default()
    }

    /// Declines the next login.
    pub fn deny_next(&self) {
        self.ledger().deny_next = true;
    }

    /// Declines every login from now on, without asking anybody.
    pub fn deny_all(&self) {
        self.ledger().denies_all = true;
    }

    /// Names another issuer in the next callback.
    pub fn tamper_next_issuer(&self, issuer: &str) {
        self.ledger().next_issuer = Some(issuer.to_owned());
    }

    /// Names another issuer in every callback from now on: the mix-up of RFC 9207.
    pub fn tamper_issuer(&self, issuer: &str) {
        self.ledger().callback_issuer = Some(issuer.to_owned());
    }

    /// Gives another refresh token with each refresh; the one before is consumed.
    #[must_use]
    pub fn rotate_refresh(self) -> Self {
        self.ledger().rotation = Rotation::Rotate;
        self
    }

    /// Names no refresh token in the answer to a refresh: the old one stays good.
    #[must_use]
    pub fn omit_refresh_token(self) -> Self {
        self.ledger().rotation = Rotation::Omit;
        self
    }

    /// Takes a consumed refresh token that comes again for stolen, and revokes all that came of its code.
    #[must_use]
    pub fn revoke_family_on_reuse(self) -> Self {
        self.ledger().revoke_family_on_reuse = true;
        self
    }

    /// Revokes every token of everybody: their refresh tokens are dead, and their calls of the API refused.
    pub fn revoke_everything(&self) {
        let mut ledger = self.ledger();
        ledger.access_tokens.clear();
        ledger.refresh_tokens.clear();
    }

    /// Revokes every access token; refresh tokens stay good.
    pub fn revoke_access_tokens(&self) {
        self.ledger().access_tokens.clear();
    }

    /// Answers the next request to an endpoint with a status and nothing else.
    pub fn fail_next(&self, endpoint: Endpoint, status: StatusCode) {
        self.script(endpoint, LastingFault::Fail(status).into());
    }

    /// Answers every request to an endpoint with a status and nothing else, from now on.
    ///
    /// It takes the place of what was said before of every request to that endpoint. What was said of the next requests
    /// comes first.
    pub fn fail_all(&self, endpoint: Endpoint, status: StatusCode) {
        self.with_all(endpoint, LastingFault::Fail(status));
    }

    /// Answers the next request to an endpoint with a response of yours.
    pub fn answer_next(&self, endpoint: Endpoint, response: Response<Bytes>) {
        self.script(endpoint, Fault::Answer(response));
    }

    /// Breaks the connection of the next request to an endpoint before the server has read it.
    pub fn lose_next_request(&self, endpoint: Endpoint) {
        self.script(endpoint, Fault::LoseRequest);
    }

    /// Breaks the connection of every request to an endpoint before the server has read it, from now on; as
    /// [`fail_all`](Self::fail_all).
    pub fn lose_all_requests(&self, endpoint: Endpoint) {
        self.with_all(endpoint, LastingFault::LoseRequest);
    }

    /// Breaks the connection of the next request to an endpoint after the server has acted on it.
    pub fn lose_next_answer(&self, endpoint: Endpoint) {
        self.script(endpoint, Fault::LoseAnswer);
    }

    /// Breaks the connection of every request to an endpoint after the server has acted on it, from now on; as
    /// [`fail_all`](Self::fail_all).
    pub fn lose_all_answers(&self, endpoint: Endpoint) {
        self.with_all(endpoint, LastingFault::LoseAnswer);
    }

    /// Acts on the next request to an endpoint, and keeps the answer back so long.
    pub fn slow_next(&self, endpoint: Endpoint, pause: Duration) {
        self.script(endpoint, Fault::Slow(pause));
    }

    /// Acts on every request to an endpoint, and keeps the answer back so long, from now on; as
    /// [`fail_all`](Self::fail_all).
    pub fn slow_all(&self, endpoint: Endpoint, pause: Duration) {
        self.with_all(endpoint, LastingFault::Slow(pause));
    }

    /// Acts on the next request to an endpoint, and keeps the answer back until the returned value is dropped.
    #[must_use]
    pub fn hold_next(&self, endpoint: Endpoint) -> Hold {
        let (sender, receiver) = tokio::sync::oneshot::channel();
        self.script(endpoint, Fault::Hold(receiver));
        Hold { _sender: sender }
    }

    /// How many requests an endpoint has had.
    #[must_use]
    pub fn requests(&self, endpoint: Endpoint) -> usize {
        self.ledger().requests.get(&endpoint).copied().unwrap_or_default()
    }

    /// How many times a refresh token has been presented, a good one or not.
    #[must_use]
    pub fn refreshes(&self) -> usize {
        self.ledger().refreshes
    }

    /// The server as a tower service for requests with bodies: to mount in a router.
    #[must_use]
    pub fn into_service(self) -> EmulatorService {
        EmulatorService::new(self)
    }

    fn script(&self, endpoint: Endpoint, fault: Fault) {
        self.ledger().script.entry(endpoint).or_default().push_back(fault);
    }

    fn with_all(&self, endpoint: Endpoint, fault: LastingFault) {
        self.ledger().lasting.insert(endpoint, fault);
    }

    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        // A test that panicked while it held the lock has failed already.
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn respond(self, request: Request<Bytes>) -> Result<Response<Bytes>, ConnectionLost> {
        let (endpoint, path) = self.facts.map.find(&request);
        let fault = self.ledger().arrival(endpoint);
        match fault {
            None => {
                let response = self.answer(endpoint, &path, &request);
                let ended = self.ledger().ended.take();
                if let Some((subject, sid)) = ended {
                    self.tell_of_logout(subject.as_deref(), sid.as_deref()).await;
                }
                Ok(response)
            }
            Some(Fault::Answer(response)) => Ok(response),
            Some(Fault::LoseRequest) => Err(ConnectionLost),
            Some(Fault::LoseAnswer) => {
                self.answer(endpoint, &path, &request);
                Err(ConnectionLost)
            }
            Some(Fault::Slow(pause)) => {
                let response = self.answer(endpoint, &path, &request);
                tokio::time::sleep(pause).await;
                Ok(response)
            }
            Some(Fault::Hold(released)) => {
                let response = self.answer(endpoint, &path, &request);
                // An error says that the other half was dropped: that is how an answer is let go.
                let _ = released.await;
                Ok(response)
            }
        }
    }

    fn answer(&self, endpoint: Endpoint, path: &str, request: &Request<Bytes>) -> Response<Bytes> {
        let mut ledger = self.ledger();
        let declaration = &self.facts.declaration;
        let issuer = self.facts.map.issuer(&ledger.tenant);
        let issuer = issuer.as_deref();
        let reply = match endpoint {
            Endpoint::Authorization => {
                authorization::answer(declaration, issuer, &mut ledger, request)
            }
            Endpoint::Metadata => metadata::answer(declaration, &self.facts.map, &ledger),
            Endpoint::Token => {
                let refreshes = self.facts.map.url(Endpoint::Refresh).is_none();
                let duties = Duties { exchanges: true, refreshes };
                token::answer(declaration, issuer, &mut ledger, request, duties)
            }
            Endpoint::Refresh => {
                let duties = Duties { exchanges: false, refreshes: true };
                token::answer(declaration, issuer, &mut ledger, request, duties)
            }
            Endpoint::Revocation => token::revoke(declaration, &mut ledger, request),
            Endpoint::UserInfo | Endpoint::Emails | Endpoint::Api => {
                api::answer(declaration, issuer, &mut ledger, endpoint, path, request)
            }
            Endpoint::Jwks => {
                let publishing = ledger.publishing;
                Reply::json(&ledger.signing().published(publishing))
            }
            Endpoint::PushedAuthorization => pushed::answer(declaration, &mut ledger, request),
            Endpoint::EndSession => end_session::answer(declaration, &mut ledger, request),
            Endpoint::Unknown => Reply::status(StatusCode::NOT_FOUND),
        };
        reply.into_response()
    }
}

impl Service<Request<Bytes>> for Emulator {
    type Response = Response<Body>;
    type Error = ConnectionLost;
    type Future = BoxFuture<'static, Result<Self::Response, ConnectionLost>>;

    fn poll_ready(&mut self, _cx: &mut Context<'_>) -> Poll<Result<(), ConnectionLost>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Bytes>) -> Self::Future {
        let emulator = self.clone();
        Box::pin(async move { Ok(emulator.respond(request).await?.map(Body::from)) })
    }
}

/// The emulator was told to break the connection.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the connection was lost, as it was told to be")]
pub struct ConnectionLost;

/// An answer that is kept back until this is dropped: made by [`Emulator::hold_next`].
#[derive(Debug)]
pub struct Hold {
    _sender: tokio::sync::oneshot::Sender<()>,
}

impl fmt::Debug for Emulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Emulator({})", self.facts.declaration.name)
    }
}

#[cfg(test)]
mod tests;
