//! The application, as every process of it sets it up.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::header::{LOCATION, ORIGIN};
use http::{HeaderMap, Request, Response, StatusCode};
use oauth_providers::store::Store;
use oauth_providers::{
    Accounts, Admission, BoxFuture, Context, EncryptedCookies, Environment, HttpClient, KeyRing,
    OAuth, OAuthPersistence, PendingLogin, PersistenceError, RefreshGuard, State, Tokens,
    oauth_provider,
};
use oauth_tests::{Browser, Site, StoppedClock, application};
use serde::{Deserialize, Serialize};
use tower::service_fn;

use crate::Failure;
use crate::random::Random;
use crate::server::lock;

/// The server that all is about.
#[oauth_provider(
    authorization_endpoint = "https://torture.example/authorize",
    token_endpoint = "https://torture.example/token",
    revocation_endpoint = "https://torture.example/revoke",
    api_base = "https://torture.example/api/",
    offline(always)
)]
pub(crate) struct Torture;

/// How long a process that died keeps a row: shorter than the grace of a server that has one, or an impatient network would
/// be asked for more than it gives.
pub(crate) const LEASE: Duration = Duration::from_secs(3);

/// Where the store is that all processes share.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) enum Backend {
    Postgres(String),
    Redis(String),
    Sqlite(PathBuf),
}

impl Backend {
    /// `connections` is the size of the pool, where there is one.
    pub(crate) async fn open(&self, connections: u32) -> Result<Arc<dyn Store>, Failure> {
        Ok(match self {
            Self::Postgres(url) => postgres(url, connections).await?,
            Self::Redis(url) => redis(url).await?,
            Self::Sqlite(path) => sqlite(path, connections).await?,
        })
    }
}

/// A persistence whose guard has the lease of this program.
struct Cookies {
    cookies: EncryptedCookies,
    guard: RefreshGuard,
}

impl OAuthPersistence for Cookies {
    fn begin<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
        login: PendingLogin,
    ) -> BoxFuture<'a, Result<(), PersistenceError>> {
        self.cookies.begin(cx, response, login)
    }

    fn take<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
        state: &'a State,
    ) -> BoxFuture<'a, Result<Option<PendingLogin>, PersistenceError>> {
        self.cookies.take(cx, response, state)
    }

    fn store_tokens<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
        tokens: &'a Tokens,
    ) -> BoxFuture<'a, Result<(), PersistenceError>> {
        self.cookies.store_tokens(cx, response, tokens)
    }

    fn tokens<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
    ) -> BoxFuture<'a, Result<Option<Tokens>, PersistenceError>> {
        self.cookies.tokens(cx, response)
    }

    fn forget<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
    ) -> BoxFuture<'a, Result<(), PersistenceError>> {
        self.cookies.forget(cx, response)
    }

    fn refresh_guard(&self) -> Option<RefreshGuard> {
        Some(self.guard.clone())
    }
}

/// The trio, in one process.
pub(crate) fn oauth(
    store: Arc<dyn Store>,
    client: impl HttpClient,
    address: &str,
    seed: u64,
    account: &Arc<Mutex<usize>>,
) -> Result<OAuth<Torture>, Failure> {
    let keys = keys(seed)?;
    let persistence = Cookies {
        cookies: EncryptedCookies::new(keys.clone()).coordinator(Arc::clone(&store)),
        guard: RefreshGuard::in_store(Arc::clone(&store), keys.clone()).lease(LEASE),
    };
    let account = Arc::clone(account);
    let oauth = OAuth::builder(Torture)
        .client_id("torture")
        .client_secret("secret-of-the-client")
        .redirect_uri(format!("{ORIGIN_OF_APPLICATION}/oauth/torture/callback"))
        .environment(Environment::real().replace("https://torture.example", address))
        .persistence(persistence)
        .accounts(Accounts::in_store(store, keys))
        .http_client(client)
        .on_login(move |_| {
            let account = name(*lock(&account));
            async move { Ok(Admission::new().account(account)) }
        })
        .build()?;
    Ok(oauth)
}

/// What the application calls an account.
pub(crate) fn name(account: usize) -> String {
    format!("account-{account}")
}

/// All processes have the same keys.
fn keys(seed: u64) -> Result<KeyRing, Failure> {
    let mut random = Random::new(seed, 2);
    let key: [u8; 32] = std::array::from_fn(|_| random.next().to_le_bytes()[0]);
    Ok(KeyRing::new(&key)?)
}

/// The users' browsers, which log in and out through the library.
pub(crate) struct Users {
    oauth: OAuth<Torture>,
    account: Arc<Mutex<usize>>,
}

impl Users {
    pub(crate) fn new(oauth: OAuth<Torture>, account: Arc<Mutex<usize>>) -> Self {
        Self { oauth, account }
    }

    /// Logs a user in with a new browser. One at a time.
    pub(crate) async fn log_in(&self, account: usize) -> Result<Browser, Failure> {
        *lock(&self.account) = account;
        let application =
            application(&self.oauth).route_service("/bye", self.oauth.logout().revoke());
        let mut browser =
            Browser::new(StoppedClock::new(), ORIGIN_OF_APPLICATION, Site::new(application))
                .elsewhere(Site::new(service_fn(move |request| authorize(request, account))));
        let page = browser.open("/").await;
        if page.status() == StatusCode::OK {
            return Ok(browser);
        }
        Err(format!("account {account} cannot log in: {}", page.status()).into())
    }

    /// Logs a user out, who gives the tokens back.
    pub(crate) async fn log_out(&self, browser: &mut Browser) -> Result<(), Failure> {
        let request = Request::post("/bye").header(ORIGIN, ORIGIN_OF_APPLICATION);
        let page = browser.send(request.body(Bytes::new())?).await;
        if page.status().is_redirection() {
            return Ok(());
        }
        Err(format!("a logout ends with {}", page.status()).into())
    }
}

/// The authorization endpoint: agrees at once. The code is the account.
async fn authorize<B>(request: Request<B>, account: usize) -> Result<Response<String>, Failure> {
    let query = request.uri().query().unwrap_or_default();
    let parameters = url::form_urlencoded::parse(query.as_bytes()).into_owned();
    let parameters: std::collections::HashMap<String, String> = parameters.collect();
    let mut location = url::Url::parse(&parameters["redirect_uri"])?;
    let code = format!("c{account}");
    location
        .query_pairs_mut()
        .append_pair("code", &code)
        .append_pair("state", &parameters["state"]);
    let response = Response::builder().status(StatusCode::FOUND);
    Ok(response.header(LOCATION, location.as_str()).body(String::new())?)
}

const ORIGIN_OF_APPLICATION: &str = "https://app.example";

async fn sqlite(path: &std::path::Path, connections: u32) -> Result<Arc<dyn Store>, Failure> {
    use oauth_providers::store::SqliteStore;

    let _ = connections;
    let store = SqliteStore::open(path).await?;
    store.migrate().await?;
    Ok(Arc::new(store))
}

async fn postgres(url: &str, connections: u32) -> Result<Arc<dyn Store>, Failure> {
    use oauth_providers::store::PostgresStore;

    let pool = sqlx::postgres::PgPoolOptions::new().max_connections(connections);
    let pool = pool.acquire_timeout(Duration::from_secs(5)).connect(url).await?;
    let store = PostgresStore::from_pool(pool);
    store.migrate().await?;
    Ok(Arc::new(store))
}

async fn redis(url: &str) -> Result<Arc<dyn Store>, Failure> {
    use oauth_providers::store::RedisStore;

    Ok(Arc::new(RedisStore::connect(url).await?))
}
