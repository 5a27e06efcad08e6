//! What the filter, the callback, the login and the logout share: one provider in one application.
//!
//! It is not generic: the provider's type has become a [`Registration`], and the application's choices are
//! behind `Arc<dyn …>`. Adding a provider does not compile any of this again.

use std::any::TypeId;
use std::fmt;
use std::sync::Arc;

use http::request::Parts;
use http::{HeaderMap, Method, Response};
use tracing::field::Empty;
use tracing::{Instrument as _, Span, debug, info, info_span, warn};
use url::Url;

use crate::answer;
use crate::authorization::request::AuthorizationRequest;
use crate::body::Body;
use crate::clock::Clock;
use crate::encoding::{base64url, form_value};
use crate::entropy::{DrawnAtOnce, Entropy};
use crate::error::{CallbackError, PersistenceError, causes};
use crate::grant::pushed_authorization;
use crate::http_client::HttpClient;
use crate::login_options::LoginOptions;
use crate::metadata::MetadataError;
use crate::navigation::is_prefetch;
use crate::oidc::discovery;
use crate::oidc::peer::Peer;
use crate::original_uri::original_uri;
use crate::persistence::{Context, OAuthPersistence};
use crate::refresh::refresher::Refresher;
use crate::registration::Registration;
use crate::return_to::ReturnTo;
use crate::server::Server;
use crate::state::State;

/// Makes the answer to a login that failed.
pub(crate) type OnFailure =
    Arc<dyn Fn(&CallbackError, &FailureContext<'_>) -> Response<Body> + Send + Sync>;

/// One provider in one application.
pub(crate) struct Engine {
    pub(crate) provider: ProviderKey,
    pub(crate) registration: Arc<Registration>,
    pub(crate) http_client: Arc<dyn HttpClient>,
    pub(crate) refresher: Arc<Refresher>,
    pub(crate) persistence: Arc<dyn OAuthPersistence>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) on_failure: Option<OnFailure>,
}

/// Which provider a session belongs to: its type, and what the application calls it. Providers that exist only at run time
/// are all of one type.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct ProviderKey {
    pub(crate) provider: TypeId,
    pub(crate) instance: String,
    /// The application gave it a name, so that no extractor means it.
    pub(crate) is_named: bool,
}

/// What an `on_failure` may want to know beside the error.
pub struct FailureContext<'a> {
    request: &'a Parts,
    provider: &'a str,
    login_url: &'a str,
}

impl FailureContext<'_> {
    /// The browser's request.
    ///
    /// # Security
    ///
    /// Its URI may hold an authorization code: do not log it.
    #[must_use]
    pub fn request(&self) -> &Parts {
        self.request
    }

    /// What people call the provider.
    #[must_use]
    pub fn provider(&self) -> &str {
        self.provider
    }

    /// Where the browser may try again.
    #[must_use]
    pub fn login_url(&self) -> &str {
        self.login_url
    }
}

impl fmt::Debug for FailureContext<'_> {
    /// The request is left out: its URI holds a code, its headers cookies.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FailureContext")
            .field("provider", &self.provider)
            .field("login_url", &self.login_url)
            .finish_non_exhaustive()
    }
}

impl Engine {
    /// What the persistence is asked about.
    pub(crate) fn context<'a>(&'a self, request: &'a Parts) -> Context<'a> {
        self.context_with(request, &*self.entropy)
    }

    /// The same, with the random bytes of this request.
    pub(crate) fn context_with<'a>(
        &'a self,
        request: &'a Parts,
        entropy: &'a dyn Entropy,
    ) -> Context<'a> {
        Context {
            request,
            instance: &self.registration.instance,
            application: &self.registration.redirect_uri,
            now: self.clock.now(),
            entropy,
        }
    }

    /// A place of this application, from what a request says.
    pub(crate) fn return_to(&self, given: &str) -> ReturnTo {
        ReturnTo::parse(given, &self.registration.redirect_uri)
    }

    /// Where a login begins that returns there.
    pub(crate) fn login_url(&self, return_to: Option<&ReturnTo>) -> String {
        let path = &self.registration.login_path;
        match return_to {
            Some(place) => format!("{path}?return_to={}", form_value(place.as_str())),
            None => path.clone(),
        }
    }

    /// Begins a login at the login path: of the request's query only `return_to` is read, or what the application calls it.
    pub(crate) async fn answer_login(
        &self,
        request: &Parts,
        options: &LoginOptions,
        also: Option<&str>,
    ) -> Response<Body> {
        if request.method != Method::GET {
            return answer::method_not_allowed("GET");
        }
        if is_prefetch(&request.headers) {
            return answer::unavailable(None);
        }
        let query = original_uri(request).query().unwrap_or_default();
        let mut params = url::form_urlencoded::parse(query.as_bytes());
        let return_to = params.find(|(name, _)| name == "return_to" || Some(&**name) == also);
        let return_to = return_to.map(|(_, place)| self.return_to(&place)).unwrap_or_default();
        self.begin_login(request, options, return_to).await
    }

    /// Begins a login that somebody else has asked for, in the name of this issuer.
    pub(crate) async fn answer_third_party(
        &self,
        request: &Parts,
        options: &LoginOptions,
        issuer: &str,
        place: &str,
    ) -> Response<Body> {
        if is_prefetch(&request.headers) {
            return answer::unavailable(None);
        }
        match self.server().await {
            Ok(server) if server.issuer.as_ref().is_some_and(|own| own.admits(issuer)) => {
                self.begin_login(request, options, self.return_to(place)).await
            }
            Ok(_) => answer::invalid_request("`iss` is not an issuer of this application"),
            Err(error) => {
                let cx = self.context(request);
                self.fail(&cx, &error.into(), HeaderMap::new(), None).await
            }
        }
    }

    /// Sends the browser to the provider, and remembers that it went.
    pub(crate) async fn begin_login(
        &self,
        request: &Parts,
        options: &LoginOptions,
        return_to: ReturnTo,
    ) -> Response<Body> {
        let entropy = DrawnAtOnce::new(&self.entropy, BYTES_OF_A_LOGIN);
        let cx = self.context_with(request, &entropy);
        let span = info_span!("oauth.login", provider = self.key(), transaction = Empty);
        let mut headers = HeaderMap::new();
        match self.authorize(&cx, &mut headers, options, return_to).instrument(span).await {
            Ok(url) => {
                let mut response = answer::see_other(url);
                answer::append(response.headers_mut(), headers);
                response
            }
            Err(error) => self.fail(&cx, &error, HeaderMap::new(), None).await,
        }
    }

    async fn authorize(
        &self,
        cx: &Context<'_>,
        headers: &mut HeaderMap,
        options: &LoginOptions,
        return_to: ReturnTo,
    ) -> Result<String, CallbackError> {
        let server = self.server().await?;
        let (url, pending) = AuthorizationRequest::new(
            &self.registration,
            &server,
            options,
            return_to,
            cx.now,
            cx.entropy,
        )
        .map_err(PersistenceError::from)?
        .into_parts();
        let url = match self.pushes_to(&server)? {
            Some(endpoint) => self.push(&server, endpoint, &url).await?,
            None => url,
        };
        record_transaction(&pending.state);
        debug!("the browser is sent to the provider");
        self.persistence.begin(cx, headers, pending).await?;
        Ok(url)
    }

    /// Where a login is announced, if it is to be.
    fn pushes_to<'s>(&self, server: &'s Server) -> Result<Option<&'s Url>, MetadataError> {
        if !self.registration.pushes_requests && !server.requires_pushed_requests {
            return Ok(None);
        }
        let what = "`pushed_authorization_request_endpoint`";
        let endpoint = server.pushed_authorization_request.as_ref();
        endpoint.map(Some).ok_or(MetadataError::Unreadable { what })
    }

    /// Announces a login to the provider, and returns the URL that stands for it.
    async fn push(
        &self,
        server: &Server,
        endpoint: &Url,
        url: &str,
    ) -> Result<String, CallbackError> {
        let query = server.authorization_url.query_of(url);
        let pushed = async {
            let request = pushed_authorization::request(&self.registration, endpoint, query)?;
            let response = self.http_client.call(request).await?;
            pushed_authorization::read(&response, self.clock.now())
        };
        let reference = pushed.await.map_err(CallbackError::PushedRequest)?;
        Ok(server.authorization_url.pushed(&reference))
    }

    /// Answers a login that failed, by the application's `on_failure` or by a page; the next try returns to
    /// where this one wanted to go.
    pub(crate) async fn fail(
        &self,
        cx: &Context<'_>,
        error: &CallbackError,
        mut headers: HeaderMap,
        return_to: Option<&ReturnTo>,
    ) -> Response<Body> {
        match error {
            CallbackError::Denied(_) => {
                info!(provider = self.key(), outcome = error.code(), "{error}");
            }
            _ => warn!(
                provider = self.key(),
                outcome = error.code(),
                causes = causes(error),
                "{error}"
            ),
        }
        self.persistence.login_failed(cx, &mut headers, error).await;
        let name = &self.registration.declaration.name;
        let login_url = self.login_url(return_to);
        let mut response = match &self.on_failure {
            Some(on_failure) => {
                let cx =
                    FailureContext { request: cx.request, provider: name, login_url: &login_url };
                on_failure(error, &cx)
            }
            None => answer::failure_page(name, &login_url, error),
        };
        answer::keep_private(response.headers_mut());
        answer::append(response.headers_mut(), headers);
        response
    }

    /// Where the provider's endpoints are.
    pub(crate) async fn server(&self) -> Result<Arc<Server>, MetadataError> {
        discovery::server(&self.peer()).await
    }

    /// The provider, to be asked for what it publishes.
    pub(crate) fn peer(&self) -> Peer {
        self.refresher.peer()
    }

    /// What this provider is called in this application.
    pub(crate) fn key(&self) -> &str {
        self.registration.instance.key()
    }
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Engine").field("instance", &self.key()).finish_non_exhaustive()
    }
}

/// State, code verifier and nonce, and what makes the seal around them different from every other.
const BYTES_OF_A_LOGIN: usize = 3 * 32 + 12;

/// Names the login in the span, by what does not give its state away.
pub(crate) fn record_transaction(state: &State) {
    let span = Span::current();
    if !span.is_disabled() {
        span.record("transaction", base64url(state.fingerprint()));
    }
}
