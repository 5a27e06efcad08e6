//! The front door: a provider and the application's values become the trio.

use std::any::TypeId;
use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use http::{Extensions, Response};

use crate::api::client::ApiClient;
use crate::authenticated::NoFilter;
use crate::body::Body;
use crate::build_error::{BuildError, Fault};
use crate::callback::outcome::{Admission, OnLogin};
use crate::callback::service::Callback;
use crate::client_key::ClientKey;
use crate::clock::{Clock, SystemClock};
use crate::credentials::{ClientSecret, SecretSource};
use crate::crypto::signature::SigningAlgorithm;
use crate::doctor::diagnosis::Diagnosis;
use crate::doctor::examine;
use crate::endpoint::Environment;
use crate::engine::{Engine, FailureContext, OnFailure, ProviderKey};
use crate::entropy::{Entropy, SystemEntropy};
use crate::error::{ApiError, CallbackError, Refused};
use crate::filter::layer::FilterLayer;
use crate::http_client::HttpClient;
use crate::http_client::error::BoxError;
use crate::instance::Instance;
use crate::jwt_error::JwtError;
use crate::keeping::{Keeping, Kept};
use crate::login::service::Login;
use crate::logout::backchannel::BackchannelLogout;
use crate::logout::service::Logout;
use crate::oidc::claims::IdTokenClaims;
use crate::oidc::id_token::Circumstances;
use crate::oidc::verify;
use crate::outcome::LoginOutcome;
use crate::persistence::OAuthPersistence;
use crate::provider::{HasIdToken, HasRefresh, Provider, ScopeOf};
use crate::refresh::accounts::Accounts;
use crate::refresh::flights::Flights;
use crate::refresh::guard::RefreshGuard;
use crate::refresh::refresher::Refresher;
use crate::registration::{Registration, Settings};
use crate::seal::KeyRing;
use crate::session::Session;
use crate::state::Nonce;
use crate::store::Store;
use crate::token::RefreshToken;
use tokio::sync::watch;

/// A provider, ready to log users in.
///
/// It is cheap to clone and fits in a struct: `OAuth<GitHub>`. Made by [`OAuth::builder`].
#[derive(Clone)]
pub struct OAuth<P: Provider> {
    engine: Arc<Engine>,
    on_login: Option<OnLogin>,
    provider: PhantomData<fn() -> P>,
}

impl<P: Provider> OAuth<P> {
    /// Begins with the provider; [`OAuthBuilder`] takes the application's values.
    pub fn builder(provider: P) -> OAuthBuilder<P> {
        OAuthBuilder {
            provider,
            settings: Settings::default(),
            http_client: None,
            keeping: Keeping::default(),
            clock: Arc::new(SystemClock),
            entropy: Arc::new(SystemEntropy),
            on_login: None,
            on_failure: None,
        }
    }

    /// Protects routes: a tower layer.
    #[must_use]
    pub fn filter(&self) -> FilterLayer {
        FilterLayer::new(Arc::clone(&self.engine))
    }

    /// Completes a login: a tower service for the path of the redirect URI.
    #[must_use]
    pub fn callback(&self) -> Callback {
        Callback::new(Arc::clone(&self.engine), self.on_login.clone())
    }

    /// Begins a login: a tower service for the login path.
    #[must_use]
    pub fn login(&self) -> Login {
        Login::new(Arc::clone(&self.engine))
    }

    /// Forgets a browser: a tower service for a path of your own.
    #[must_use]
    pub fn logout(&self) -> Logout<P> {
        Logout::new(Arc::clone(&self.engine))
    }

    /// The session that the filter put into a request; `None` behind an optional filter that found nobody.
    ///
    /// # Errors
    ///
    /// [`NoFilter`] if no filter of this provider stands before the handler: nobody has looked.
    pub fn session(&self, extensions: &Extensions) -> Result<Option<Session<P>>, NoFilter> {
        Session::find(extensions, &self.engine.provider)
    }

    /// The API client of an account, without a request at hand: for background jobs. Ask for one for each job: it acts for
    /// the login that the account has now.
    ///
    /// # Errors
    ///
    /// [`ApiError::Reconnect`] if no tokens of that account are kept: nobody has logged in with it, or the builder was
    /// given no [`accounts`](OAuthBuilder::accounts); [`ApiError::Unavailable`] if the store cannot be asked.
    pub async fn client_for(&self, account: &str) -> Result<ApiClient<P>, ApiError> {
        ApiClient::of_account(Arc::clone(&self.engine), account).await
    }

    /// Waits until no token is being renewed: before the process ends, so that none is lost on the way. While a store does
    /// not take what a provider has given, that may be for minutes: give it a timeout of yours.
    pub async fn drain(&self) {
        self.engine.refresher.drain().await;
    }

    /// The API client of a refresh token that the application keeps itself.
    ///
    /// The access token is kept in the client, and shared by its clones. Where the provider rotates, the refresh
    /// token changes: [`ApiClient::refresh_token`] is the newest.
    pub fn offline(&self, refresh_token: impl Into<String>) -> ApiClient<P>
    where
        P: HasRefresh,
    {
        ApiClient::offline(Arc::clone(&self.engine), RefreshToken::new(refresh_token))
    }

    /// Takes the provider's word that users have logged out there: a tower service for the path that is registered as
    /// `backchannel_logout_uri` (OpenID Connect Back-Channel Logout s2.5). The persistence must be
    /// [`Sessions`](crate::Sessions), or one of yours that can end sessions.
    #[must_use]
    pub fn backchannel_logout(&self) -> BackchannelLogout
    where
        P: HasIdToken,
    {
        BackchannelLogout::new(Arc::clone(&self.engine))
    }

    /// Verifies an ID token that came in another way than by a login: from an application on the user's device. It must be of
    /// this issuer, for this client, signed by a key of the issuer, and of this nonce if there is one.
    ///
    /// # Errors
    ///
    /// [`JwtError`], which says what is wrong with it.
    ///
    /// # Security
    ///
    /// Without a nonce a token that somebody else has seen may be shown again until it expires.
    pub async fn verify_id_token(
        &self,
        token: &str,
        nonce: Option<&str>,
    ) -> Result<IdTokenClaims, JwtError>
    where
        P: HasIdToken,
    {
        let nonce = nonce.map(Nonce::new);
        let came_with = Circumstances { nonce: nonce.as_ref(), ..Circumstances::default() };
        let now = self.engine.clock.now();
        verify::id_token(&self.engine.peer(), token, &came_with, now).await
    }

    /// Says what to register at the provider, and looks at everything that could keep a login from working: the shape of the
    /// identifier and the secret, the cookies at the application's address, whether the provider answers, the clock.
    ///
    /// `println!("{}", github.doctor().await)` shows it. It asks the provider where its endpoints are, if that is not
    /// declared, and makes one `GET` of its token endpoint, which carries nothing.
    pub async fn doctor(&self) -> Diagnosis {
        examine(&self.engine).await
    }

    /// What this provider is called in this application, and what its sealed values are bound to.
    #[must_use]
    pub fn instance(&self) -> &Instance {
        &self.engine.registration.instance
    }

    /// Where browsers come back, as it is registered at the provider.
    #[must_use]
    pub fn redirect_uri(&self) -> &str {
        self.engine.registration.redirect_uri.as_str()
    }

    /// The path of the redirect URI: where [`callback`](Self::callback) belongs.
    #[must_use]
    pub fn callback_path(&self) -> &str {
        self.engine.registration.callback_path()
    }

    /// The path at which a login begins: where [`login`](Self::login) belongs.
    #[must_use]
    pub fn login_path(&self) -> &str {
        &self.engine.registration.login_path
    }
}

impl<P: Provider> OAuth<P> {
    /// What is not typed by the provider.
    pub(crate) fn untyped(&self) -> (Arc<Engine>, Option<OnLogin>) {
        (Arc::clone(&self.engine), self.on_login.clone())
    }
}

impl<P: Provider> fmt::Debug for OAuth<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuth")
            .field("instance", &self.engine.registration.instance.key())
            .finish_non_exhaustive()
    }
}

/// Takes an application's values for one provider; [`build`](Self::build) checks them all at once.
#[must_use = "a builder does nothing until `build()`"]
pub struct OAuthBuilder<P: Provider> {
    provider: P,
    settings: Settings,
    http_client: Option<Arc<dyn HttpClient>>,
    keeping: Keeping,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    on_login: Option<OnLogin>,
    on_failure: Option<OnFailure>,
}

impl<P: Provider> OAuthBuilder<P> {
    /// REQUIRED. The identifier that the provider gave the application.
    pub fn client_id(mut self, client_id: impl Into<String>) -> Self {
        self.settings.client_id = Some(client_id.into());
        self
    }

    /// The secret that the provider gave the application. REQUIRED unless the declaration says `none`.
    pub fn client_secret(mut self, client_secret: impl Into<String>) -> Self {
        self.settings.client_secret = Some(SecretSource::Fixed(ClientSecret::new(client_secret)));
        self
    }

    /// Asks for the secret anew for each token request, instead of [`client_secret`](Self::client_secret): it may
    /// be rotated while the application runs.
    ///
    /// The function is called where the request is built and must not block for long: read what is in memory, or a
    /// small file. If it fails, nothing is sent, nobody is logged out, and the error is the cause of a
    /// [`TokenError::ClientSecret`](crate::TokenError::ClientSecret).
    ///
    /// ```
    /// use oauth_runtime::ClientSecret;
    /// # use oauth_runtime::{EncryptedCookies, KeyRing, OAuth, oauth_provider};
    /// # #[oauth_provider(authorization_endpoint = "https://a.example/a", token_endpoint = "https://a.example/t")]
    /// # struct Acme;
    /// # let builder = OAuth::builder(Acme).client_id("a").redirect_uri("https://app.example/callback")
    /// #     .persistence(EncryptedCookies::new(KeyRing::generate()?).single_process());
    ///
    /// let acme = builder
    ///     .client_secret_from(|| std::fs::read_to_string("/run/secrets/acme").map(|it| ClientSecret::new(it.trim())))
    ///     .build()?;
    /// # let _ = acme;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn client_secret_from<E: Into<BoxError>>(
        mut self,
        read: impl Fn() -> Result<ClientSecret, E> + Send + Sync + 'static,
    ) -> Self {
        let read = move || read().map_err(Into::into);
        self.settings.client_secret = Some(SecretSource::Read(Arc::new(read)));
        self
    }

    /// The client's own key, where the provider is to know the client by a signature: `private_key_jwt`, and Apple.
    /// REQUIRED where the declaration says so.
    pub fn client_key(mut self, client_key: ClientKey) -> Self {
        self.settings.client_key = Some(client_key);
        self
    }

    /// The one way in which the provider signs tokens for this client, as it was registered (RFC 7591 s2,
    /// `id_token_signed_response_alg`). Unless it is named, each of the provider's public keys may sign, in the ways that the
    /// provider announces.
    ///
    /// `HS256` and the like are taken only if they are named here: the client's secret is the key then.
    pub fn id_token_signed_response_alg(mut self, algorithm: SigningAlgorithm) -> Self {
        self.settings.tokens.algorithm = Some(algorithm);
        self
    }

    /// The one way in which the provider signs its userinfo answers for this client, as it was registered
    /// (`userinfo_signed_response_alg`); unless it is named, in
    /// one that the provider announces for them. An answer that is not signed is taken too: it came
    /// over TLS.
    pub fn userinfo_signed_response_alg(mut self, algorithm: SigningAlgorithm) -> Self {
        self.settings.tokens.userinfo_algorithm = Some(algorithm);
        self
    }

    /// Trusts a further audience: an ID token may be for it beside this client. Any other makes the token nobody's.
    pub fn trusted_audience(mut self, audience: impl Into<String>) -> Self {
        self.settings.tokens.audiences.push(audience.into());
        self
    }

    /// Takes the users of these tenants alone, by the names that the provider's issuers have them under. Unless it is set,
    /// who may log in at the provider may log in here: at one for everybody, that is everybody.
    pub fn tenants(mut self, tenants: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.settings.tokens.tenants = Some(tenants.into_iter().map(Into::into).collect());
        self
    }

    /// How far the provider's clock may be from this one when its tokens are judged; a minute unless set, five at most.
    pub fn clock_leeway(mut self, leeway: Duration) -> Self {
        self.settings.tokens.leeway = leeway.min(MOST_LEEWAY);
        self
    }

    /// Hands the provider what a login asks for before the browser goes there (RFC 9126): the browser carries a reference,
    /// which nobody can read or change. It costs a request to the provider for each login, and is done in any case where
    /// the provider declares the endpoint, or announces that it demands this.
    pub fn pushed_authorization_requests(mut self, wanted: bool) -> Self {
        self.settings.pushes_requests = wanted;
        self
    }

    /// REQUIRED, unless there is a [`base_url`](Self::base_url). Where browsers come back, exactly as it is registered at
    /// the provider.
    ///
    /// The application's public origin is taken from it, and from nothing that a request says.
    pub fn redirect_uri(mut self, redirect_uri: impl Into<String>) -> Self {
        self.settings.redirect_uri = Some(redirect_uri.into());
        self
    }

    /// Where browsers find the application: `https://app.example`, or `https://app.example/shop`. Unless a
    /// [`redirect_uri`](Self::redirect_uri) is set, they come back to `{base}/auth/{key}/callback`: a path of its own for each
    /// provider, whose key is its slug, or its slug and its [`name`](Self::name).
    ///
    /// ```
    /// # use oauth_runtime::{EncryptedCookies, KeyRing, OAuth, oauth_provider};
    /// # #[oauth_provider(authorization_endpoint = "https://a.example/a", token_endpoint = "https://a.example/t")]
    /// # struct Acme;
    /// let builder = OAuth::builder(Acme).client_id("app").client_secret("…").base_url("https://app.example");
    /// # let builder = builder.persistence(EncryptedCookies::new(KeyRing::generate()?).single_process());
    ///
    /// let acme = builder.build()?;
    ///
    /// assert_eq!(acme.redirect_uri(), "https://app.example/auth/acme/callback");
    /// assert_eq!(acme.login_path(), "/auth/acme/login");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.settings.base_url = Some(base_url.into());
        self
    }

    /// Further scopes to ask for, beside the declaration's default ones.
    pub fn scopes(mut self, scopes: impl IntoIterator<Item: ScopeOf<P>>) -> Self {
        for scope in scopes {
            self.settings.scopes.insert(scope.into_scope());
        }
        self
    }

    /// Asks for a refresh token, in whatever way the provider wants to be asked; not unless set.
    pub fn offline_access(mut self, wanted: bool) -> Self {
        self.settings.offline_access = wanted;
        self
    }

    /// Adds a parameter to every authorization request: `audience`, `hd`, …. It replaces a declared one of its name.
    pub fn authorization_param(
        mut self,
        name: impl Into<String>,
        value: impl Into<String>,
    ) -> Self {
        self.settings.authorization_params.push((name.into(), value.into()));
        self
    }

    /// Keeps sessions, and the accounts that `on_login` names, in a store that any number of processes may share: the same as
    /// a [`persistence`](Self::persistence) of [`Sessions`](crate::Sessions) and [`accounts`](Self::accounts) in it, where
    /// these are not set.
    ///
    /// ```
    /// use oauth_runtime::store::MemoryStore;
    /// use oauth_runtime::{KeyRing, OAuth, oauth_provider};
    ///
    /// #[oauth_provider(authorization_endpoint = "https://a.example/a", token_endpoint = "https://a.example/t")]
    /// struct Acme;
    ///
    /// let acme = OAuth::builder(Acme)
    ///     .client_id("app")
    ///     .client_secret("…")
    ///     .redirect_uri("https://app.example/oauth/acme/callback")
    ///     .store(MemoryStore::new(), KeyRing::generate()?)
    ///     .build()?;
    /// # let _ = acme;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn store(mut self, store: impl Store, keys: KeyRing) -> Self {
        self.keeping.store = Some((Arc::new(store), keys));
        self
    }

    /// How long after the death of a process that was renewing a token another one tries; 15 seconds unless set, a second at
    /// least and an hour at most. It means nothing where one process serves the application.
    pub fn refresh_lease(mut self, lease: Duration) -> Self {
        self.keeping.refresh_lease = Some(lease);
        self
    }

    /// REQUIRED, unless there is a [`store`](Self::store). What remembers logins and tokens.
    pub fn persistence(mut self, persistence: impl OAuthPersistence) -> Self {
        self.keeping.persistence = Some(Arc::new(persistence));
        self
    }

    /// Finds the provider elsewhere than at its own hosts: an emulator, a staging system.
    pub fn environment(mut self, environment: Environment) -> Self {
        self.settings.environment = environment;
        self
    }

    /// Sends requests with this instead of a [`Reqwest`](crate::Reqwest).
    ///
    /// A tower service must be `Clone + Send + Sync`, its future `Send`; it should have a layer that bounds the time.
    pub fn http_client(mut self, http_client: impl HttpClient) -> Self {
        self.http_client = Some(Arc::new(http_client));
        self
    }

    /// Sends requests with a client that is behind a pointer already, as [`http_client`](Self::http_client) does.
    pub fn shared_http_client(mut self, http_client: Arc<dyn HttpClient>) -> Self {
        self.http_client = Some(http_client);
        self
    }

    /// Tells two instances of one provider apart: part of the names of their cookies, at most 64 of `[a-z0-9_]`.
    ///
    /// The extractor `Session<P>` reads the one without a name; [`OAuth::session`] reads its own.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.settings.name = Some(name.into());
        self
    }

    /// The path at which a login begins; `…/login` beside the path of the redirect URI unless set.
    pub fn login_path(mut self, path: impl Into<String>) -> Self {
        self.settings.login_path = Some(path.into());
        self
    }

    /// The path to which a logout leads; `/` unless set.
    pub fn after_logout(mut self, path: impl Into<String>) -> Self {
        self.settings.after_logout = Some(path.into());
        self
    }

    /// Asks the application about each login before it counts: find or make the user, name the account, or
    /// refuse.
    ///
    /// `?` refuses a login for which the application's own work failed.
    pub fn on_login<F, Answer>(mut self, on_login: F) -> Self
    where
        F: Fn(LoginOutcome<P>) -> Answer + Send + Sync + 'static,
        Answer: Future<Output = Result<Admission, Refused>> + Send + 'static,
    {
        self.on_login =
            Some(Arc::new(move |arrival| Box::pin(on_login(LoginOutcome::new(arrival))) as _));
        self
    }

    /// Answers a login that failed, instead of the page shown otherwise.
    ///
    /// The answer is never cached and sends no referrer, whatever it says itself.
    pub fn on_failure(
        mut self,
        on_failure: impl Fn(&CallbackError, &FailureContext<'_>) -> Response<Body>
        + Send
        + Sync
        + 'static,
    ) -> Self {
        self.on_failure = Some(Arc::new(on_failure));
        self
    }

    /// Keeps the tokens of each account that `on_login` names, for [`OAuth::client_for`].
    pub fn accounts(mut self, accounts: Accounts) -> Self {
        self.keeping.accounts = Some(accounts);
        self
    }

    /// Takes the time from elsewhere: a clock that stands still, in tests.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Takes random bytes from elsewhere: a fixed sequence, in tests.
    pub fn entropy(mut self, entropy: impl Entropy) -> Self {
        self.entropy = Arc::new(entropy);
        self
    }

    /// Checks everything and makes the trio.
    ///
    /// # Errors
    ///
    /// [`BuildError`], which lists every fault with the call that mends it.
    pub fn build(self) -> Result<OAuth<P>, BuildError> {
        let declaration = self.provider.declaration();
        let mut faults = Vec::new();
        let is_named = self.settings.name.is_some();
        let may_refresh = declaration.may_refresh(self.settings.offline_access);
        let parameter = |name: &str| self.provider.parameter(name);
        let registration =
            Registration::new(declaration, parameter, self.settings, &self.clock, &self.entropy);
        let registration = registration.map_err(|found| faults.extend(found)).ok();
        let Kept { persistence, accounts, guard, is_guarded } = self.keeping.settle();
        let persistence = persistence.ok_or(Fault::Persistence);
        let persistence = persistence.map_err(|fault| faults.push(fault)).ok();
        let needs_guard = may_refresh && !declaration.dialect.refresh_keeps;
        if needs_guard && !is_guarded && persistence.is_some() {
            faults.push(Fault::Rotation);
        }
        let http_client = self.http_client.map_or_else(default_http_client, Ok);
        let http_client = http_client.map_err(|fault| faults.push(fault)).ok();
        let is_alone = !guard.as_ref().is_some_and(RefreshGuard::is_shared);
        let flights = Flights::new(is_alone).map_err(|_| faults.push(Fault::Entropy)).ok();
        let (Some(registration), Some(persistence), Some(http_client), Some(flights), true) =
            (registration, persistence, http_client, flights, faults.is_empty())
        else {
            return Err(BuildError::new(&declaration.name, faults));
        };
        let registration = Arc::new(registration);
        let guard = guard.unwrap_or_else(RefreshGuard::in_process);
        let refresher = Refresher {
            guard: guard.of(&registration.instance, &self.clock, &self.entropy),
            registration: Arc::clone(&registration),
            http_client: Arc::clone(&http_client),
            clock: Arc::clone(&self.clock),
            flights: Arc::new(flights),
            accounts,
            flying: watch::Sender::new(0),
        };
        let engine = Engine {
            provider: ProviderKey {
                provider: TypeId::of::<P>(),
                instance: registration.instance.key().to_owned(),
                is_named,
            },
            registration,
            http_client,
            refresher: Arc::new(refresher),
            persistence,
            clock: self.clock,
            entropy: self.entropy,
            on_failure: self.on_failure,
        };
        Ok(OAuth { engine: Arc::new(engine), on_login: self.on_login, provider: PhantomData })
    }
}

impl<P: Provider> fmt::Debug for OAuthBuilder<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuthBuilder")
            .field("provider", &self.provider)
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

/// A clock that is further off is wrong, and says so to nobody.
const MOST_LEEWAY: Duration = Duration::from_secs(5 * 60);

/// One client serves the whole process: its connections are worth keeping.
#[cfg(feature = "reqwest")]
fn default_http_client() -> Result<Arc<dyn HttpClient>, Fault> {
    use std::sync::OnceLock;

    use crate::error::causes;
    use crate::http_client::reqwest::Reqwest;

    static SHARED: OnceLock<Reqwest> = OnceLock::new();
    let client = match SHARED.get() {
        Some(client) => client.clone(),
        None => {
            let made = Reqwest::new().map_err(|error| Fault::HttpClient { why: causes(&error) })?;
            SHARED.get_or_init(|| made).clone()
        }
    };
    Ok(Arc::new(client))
}

#[cfg(not(feature = "reqwest"))]
fn default_http_client() -> Result<Arc<dyn HttpClient>, Fault> {
    Err(Fault::HttpClient { why: "the feature `reqwest` is off".to_owned() })
}
