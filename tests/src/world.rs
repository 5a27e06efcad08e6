//! An application, the provider it logs in with, and a clock for both.

use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::OriginalUri;
use axum::handler::Handler;
use oauth_providers::{
    BuildError, Emulator, EncryptedCookies, KeyRing, OAuth, OAuthBuilder, Provider, Session,
};

use crate::browser::Browser;
use crate::clock::StoppedClock;
use crate::entropy::CountingEntropy;
use crate::recorder::Recorder;
use crate::site::Site;

/// An application at `https://app.example`, and the emulated provider that it logs in with.
#[derive(Clone, Debug)]
pub struct World<P: Provider> {
    /// The library, as the application has set it up.
    pub oauth: OAuth<P>,
    /// The provider.
    pub emulator: Emulator,
    /// What both take the time from.
    pub clock: StoppedClock,
    /// What the application sent to the provider.
    pub sent: Recorder,
}

impl<P: Provider> World<P> {
    /// The application's origin.
    pub const ORIGIN: &str = "https://app.example";

    /// An application that keeps everything in sealed cookies.
    pub fn new(provider: P) -> Self {
        Self::with(provider, |builder| builder)
    }

    /// An application that sets something up in another way.
    ///
    /// # Panics
    ///
    /// If `build()` finds a fault.
    pub fn with(provider: P, configure: impl FnOnce(OAuthBuilder<P>) -> OAuthBuilder<P>) -> Self {
        let clock = StoppedClock::new();
        let emulator = Emulator::of(provider.clone()).clock(clock.clone());
        Self::around(provider, emulator, clock, configure)
    }

    /// An application that logs in with an emulator that is already there.
    ///
    /// # Panics
    ///
    /// If `build()` finds a fault.
    pub fn around(
        provider: P,
        emulator: Emulator,
        clock: StoppedClock,
        configure: impl FnOnce(OAuthBuilder<P>) -> OAuthBuilder<P>,
    ) -> Self {
        Self::try_around(provider, emulator, clock, configure)
            .expect("the application's values fit")
    }

    /// An application whose values may not fit.
    ///
    /// # Errors
    ///
    /// What `build()` says of them.
    pub fn try_around(
        provider: P,
        emulator: Emulator,
        clock: StoppedClock,
        configure: impl FnOnce(OAuthBuilder<P>) -> OAuthBuilder<P>,
    ) -> Result<Self, BuildError> {
        let sent = Recorder::new(emulator.clone());
        let slug = provider.declaration().slug.clone();
        let builder = OAuth::builder(provider)
            .client_id(Emulator::CLIENT_ID)
            .client_secret(Emulator::CLIENT_SECRET)
            .redirect_uri(format!("{}/oauth/{slug}/callback", Self::ORIGIN))
            .persistence(EncryptedCookies::new(key_ring()).single_process())
            .http_client(sent.clone())
            .clock(clock.clone())
            .entropy(CountingEntropy::default());
        let oauth = configure(builder).build()?;
        Ok(Self { oauth, emulator, clock, sent })
    }

    /// The application as a site.
    #[must_use]
    pub fn site(&self) -> Site {
        Site::new(application(&self.oauth))
    }

    /// A new browser, which reaches the application and the provider.
    #[must_use]
    pub fn browser(&self) -> Browser {
        self.browser_of(self.site())
    }

    /// A new browser for an application whose pages are made by this handler.
    pub fn browser_with<H: Handler<T, ()>, T: 'static>(&self, page: H) -> Browser {
        self.browser_of(Site::new(application_with(&self.oauth, page)))
    }

    /// Logs a new browser in, and returns what a handler then holds.
    ///
    /// # Panics
    ///
    /// If the login does not succeed.
    pub async fn log_in(&self) -> Session<P> {
        let found = Arc::new(Mutex::new(None));
        let place = Arc::clone(&found);
        let keep = |session: Session<P>| async move {
            *place.lock().unwrap_or_else(PoisonError::into_inner) = Some(session);
        };
        let page = self.browser_with(keep).open("/").await;
        let session = found.lock().unwrap_or_else(PoisonError::into_inner).take();
        session.unwrap_or_else(|| panic!("nobody is logged in: {page:?}"))
    }

    /// A new browser for an application of the test's own.
    #[must_use]
    pub fn browser_of(&self, site: Site) -> Browser {
        Browser::new(self.clock.clone(), Self::ORIGIN, site)
            .elsewhere(Site::new(self.emulator.clone().into_service()))
    }
}

/// The sample application: every page needs a login and says who reads it; `/logout` logs out.
pub fn application<P: Provider>(oauth: &OAuth<P>) -> Router {
    application_with(oauth, page::<P>)
}

/// The sample application with other pages.
pub fn application_with<P, H, T>(oauth: &OAuth<P>, page: H) -> Router
where
    P: Provider,
    H: Handler<T, ()>,
    T: 'static,
{
    Router::new()
        .fallback(page)
        .layer(oauth.filter())
        .route_service(oauth.callback_path(), oauth.callback())
        .route_service("/logout", oauth.logout())
}

async fn page<P: Provider>(session: Session<P>, OriginalUri(uri): OriginalUri) -> String {
    format!("{} reads {uri}", session.account().unwrap_or("somebody"))
}

/// The same key in every run.
///
/// # Panics
///
/// Never: the key is one that the library takes.
#[must_use]
pub fn key_ring() -> KeyRing {
    let key: [u8; 32] = std::array::from_fn(|index| u8::try_from(index + 200).unwrap_or_default());
    KeyRing::new(&key).expect("32 bytes that are not text")
}
