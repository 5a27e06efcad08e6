//! A web page with a button for each of four providers.
//!
//! `cargo run -p oauth-providers --example login` needs nothing else: every provider is emulated. With `GITHUB_CLIENT_ID` and
//! `GITHUB_CLIENT_SECRET` in the environment GitHub is the real one, and likewise `GOOGLE_…`, `AUTH0_…` with
//! `AUTH0_DOMAIN`, and `ACME_…` with `ACME_DOMAIN`. `APP_ADDR` is where it listens, `APP_URL` where browsers
//! find it, `OAUTH_KEYS` what its cookies are sealed with.

#![expect(clippy::print_stdout, reason = "it says where it listens and what to register")]

mod page;

use std::env;
use std::error::Error;
use std::mem;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::Markup;
use oauth_providers::{
    ApiError, Auth0, Emulator, EncryptedCookies, Environment, GitHub, Google, HasProfile,
    HasRefresh, Host, KeyRing, OAuth, Provider, Providers, Session, User, oauth_provider,
};

/// A provider that nobody bundled: all it takes is this.
#[oauth_provider(
    authorization_endpoint = "https://{domain}/oauth/authorize",
    token_endpoint = "https://{domain}/oauth/token",
    userinfo_endpoint = "https://{domain}/api/v1/me",
    api_base = "https://{domain}/api/v1/",
    scopes(
        /// Read the user's own profile.
        ReadProfile = "read:profile",
        /// Create and change invoices.
        Invoices = "invoices:write",
    ),
    default_scopes(ReadProfile, Invoices),
    offline(always),
    token_response {
        /// The company that the user chose on the consent page.
        company_id: u64,
    },
    profile(subject = "/id", name = "/full_name", email = "/mail", email_verified = never),
)]
pub struct Acme {
    /// The customer's own host.
    domain: Host,
}

/// What this page shows of a provider beside its declaration.
trait Shown: Provider + HasProfile + HasRefresh {
    /// The API call behind the button.
    const CALL: &str;
}

impl Shown for Google {
    const CALL: &str = "/oauth2/v2/userinfo";
}

impl Shown for GitHub {
    const CALL: &str = "/user/repos";
}

impl Shown for Auth0 {
    const CALL: &str = "/userinfo";
}

impl Shown for Acme {
    const CALL: &str = "/invoices";
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    tracing_subscriber::fmt()
        .with_env_filter(variable("RUST_LOG", "warn,oauth_runtime=info"))
        .init();
    let address = variable("APP_ADDR", "127.0.0.1:3000");
    let listener = tokio::net::TcpListener::bind(&address)
        .await
        .map_err(|error| format!("cannot listen on APP_ADDR={address}: {error}"))?;
    let url = variable("APP_URL", &local_url(listener.local_addr()?));
    let keys = match env::var("OAUTH_KEYS") {
        Ok(_) => KeyRing::from_env("OAUTH_KEYS")?,
        Err(_) => KeyRing::generate()?,
    };
    println!("Listening on {url}");
    let mut app = Application { url, keys, providers: Providers::new(), router: Router::new() };
    app.provider(Google)?;
    app.provider(GitHub)?;
    app.provider(Auth0::new(variable("AUTH0_DOMAIN", "tenant.eu.auth0.com"))?)?;
    app.provider(Acme::new(variable("ACME_DOMAIN", "acme.example"))?)?;
    let providers = app.providers.build()?;
    let home = page::home(&providers);
    let router = app
        .router
        .route("/", get(async move || home))
        // The login, the callback and the logout of each.
        .route_service("/auth/{*path}", providers);
    axum::serve(listener, router).await?;
    Ok(())
}

/// What every provider of this application needs, and what has come of those that it has.
struct Application {
    url: String,
    keys: KeyRing,
    providers: Providers,
    router: Router,
}

impl Application {
    /// One more provider, and its pages: who you are, and a call of its API.
    fn provider<P: Shown>(&mut self, provider: P) -> Result<(), Box<dyn Error>> {
        let slug = provider.declaration().slug.to_string();
        let (oauth, emulator) = self.oauth(provider, &slug)?;
        let found = if emulator.is_some() { "emulated" } else { "real" };
        println!("  {slug:<8} {found:<8} redirect URI to register: {}", oauth.redirect_uri());
        let pages = Router::new()
            .route(&format!("/{slug}"), get(account::<P>))
            .route(&format!("/{slug}/api"), get(call::<P>))
            .route(&format!("/{slug}/refresh"), post(refresh::<P>))
            .route_layer(oauth.filter());
        let pages = match emulator {
            Some(emulator) => {
                pages.nest_service(&format!("/emulator/{slug}"), emulator.into_service())
            }
            None => pages,
        };
        self.router = mem::take(&mut self.router).merge(pages.with_state(Arc::from(slug)));
        self.providers = mem::take(&mut self.providers).with(oauth);
        Ok(())
    }

    /// The provider itself if the environment holds its client, else an emulator of it.
    fn oauth<P: Shown>(
        &self,
        provider: P,
        slug: &str,
    ) -> Result<(OAuth<P>, Option<Emulator>), Box<dyn Error>> {
        let prefix = slug.to_uppercase();
        let (builder, emulator) = match env::var(format!("{prefix}_CLIENT_ID")) {
            Ok(_) => (OAuth::from_variables(provider, |name| self.variable(name))?, None),
            Err(_) => {
                let emulator = emulator(provider.clone());
                let builder = OAuth::builder(provider)
                    .client_id(Emulator::CLIENT_ID)
                    .client_secret(Emulator::CLIENT_SECRET)
                    .base_url(&self.url)
                    .environment(Environment::at(format!("{}/emulator/{slug}", self.url)))
                    .http_client(emulator.clone());
                (builder, Some(emulator))
            }
        };
        let persistence = EncryptedCookies::new(self.keys.clone()).single_process();
        Ok((builder.offline_access(true).persistence(persistence).build()?, emulator))
    }

    /// The environment, which need not say where the application is.
    fn variable(&self, name: &str) -> Option<String> {
        env::var(name).ok().or_else(|| (name == "APP_URL").then(|| self.url.clone()))
    }
}

/// A provider with two people to log in as, and tokens that live for a minute.
fn emulator<P: Provider>(provider: P) -> Emulator {
    let ada = User::new("1815").name("Ada Lovelace").verified_email("ada@users.example");
    let grace = User::new("1906").name("Grace Hopper").unverified_email("grace@users.example");
    Emulator::of(provider)
        .expire_in(Duration::from_secs(60))
        .rotate_refresh()
        .consent_page()
        .user(ada.picture(page::portrait("AL", "#7c3aed")))
        .user(grace.picture(page::portrait("GH", "#0f766e")))
}

/// Who is logged in, as the provider says it.
async fn account<P: Shown>(
    session: Session<P>,
    State(slug): State<Arc<str>>,
) -> Result<Markup, ApiError> {
    let profile = session.profile().await?;
    Ok(page::account(&slug, &session, &profile))
}

/// A call of the provider's API with the user's token.
async fn call<P: Shown>(
    session: Session<P>,
    State(slug): State<Arc<str>>,
) -> Result<Response, ApiError> {
    let response = match session.client().get(P::CALL)?.send().await {
        // The token has expired since the filter looked: the page leads to a new login.
        Err(ApiError::Reconnect { login_url }) => {
            return Ok(Redirect::to(&login_url).into_response());
        }
        response => response?,
    };
    let status = response.status();
    Ok(page::answer(&slug, P::CALL, status, &response.text().await?).into_response())
}

/// Renews the token although it is not due; the filter sends the browser its new cookie.
async fn refresh<P: Shown>(
    session: Session<P>,
    State(slug): State<Arc<str>>,
) -> Result<Redirect, ApiError> {
    session.client().refresh().await?;
    Ok(Redirect::to(&format!("/{slug}")))
}

/// Where a browser on this machine finds it.
fn local_url(mut address: SocketAddr) -> String {
    if address.ip().is_unspecified() {
        address.set_ip(Ipv4Addr::LOCALHOST.into());
    }
    format!("http://{address}")
}

fn variable(name: &str, default: &str) -> String {
    env::var(name).ok().filter(|value| !value.is_empty()).unwrap_or_else(|| default.to_owned())
}
