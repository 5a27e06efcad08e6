//! Several providers in one application, mounted with one call ([RFC 9700 s4.4]).
//!
//! Each keeps paths and cookies of its own. What two of them could be taken for each other by is refused at
//! [`Providers::build`]: from then on a path says whose callback it is, and a cookie whose login.
//!
//! [RFC 9700 s4.4]: https://www.rfc-editor.org/rfc/rfc9700#section-4.4

pub(crate) mod any;
pub(crate) mod confusion;
mod mount;
pub(crate) mod service;

use std::fmt;
use std::sync::Arc;

use crate::logout::service::Logout;
use crate::oauth::OAuth;
use crate::provider::Provider;
use crate::providers::any::AnyOAuth;
use crate::providers::confusion::{ConfusedProviders, confusions};
use crate::providers::mount::Mount;
use crate::providers::service::MountedProviders;

/// Several providers in one application.
///
/// ```
/// use oauth_runtime::{EncryptedCookies, KeyRing, OAuth, OAuthBuilder, Provider, Providers, oauth_provider};
///
/// #[oauth_provider(authorization_endpoint = "https://a.example/a", token_endpoint = "https://a.example/t")]
/// struct Acme;
/// #[oauth_provider(authorization_endpoint = "https://b.example/a", token_endpoint = "https://b.example/t")]
/// struct Bolt;
///
/// let keys = KeyRing::generate()?;
/// fn of<P: Provider>(provider: P, keys: &KeyRing) -> OAuthBuilder<P> {
///     let persistence = EncryptedCookies::new(keys.clone()).single_process();
///     OAuth::builder(provider).client_id("app").client_secret("…").base_url("https://app.example").persistence(persistence)
/// }
/// let acme = of(Acme, &keys).build()?;
///
/// let providers = Providers::new().with(acme.clone()).with(of(Bolt, &keys).build()?).build()?;
///
/// // For a login page:
/// let links: Vec<_> = providers.iter().map(|it| (it.name(), it.login_path())).collect();
/// assert_eq!(links, [("Acme", "/auth/acme/login"), ("Bolt", "/auth/bolt/login")]);
/// // Typed again: `acme` is still there, and so is this.
/// assert_eq!(providers.get::<Bolt>().unwrap().callback_path(), "/auth/bolt/callback");
/// // It answers all their paths: `Router::new().route_service("/auth/{*path}", providers)`.
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Default)]
pub struct Providers {
    mounts: Vec<Mount>,
}

impl Providers {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Mounts a provider. Its login and its callback are where its builder has them, its logout beside the callback:
    /// `/auth/github/logout` beside `/auth/github/callback`.
    #[must_use]
    pub fn with<P: Provider>(self, oauth: OAuth<P>) -> Self {
        self.with_logout(oauth, |logout| logout)
    }

    /// The same, with a logout that does more than forget the browser: `|logout| logout.revoke()`.
    #[must_use]
    pub fn with_logout<P: Provider>(
        mut self,
        oauth: OAuth<P>,
        logout: impl FnOnce(Logout<P>) -> Logout<P>,
    ) -> Self {
        let also = logout(oauth.logout()).also();
        let (engine, on_login) = oauth.untyped();
        let any = AnyOAuth::new(engine);
        self.mounts.push(Mount { oauth: any, typed: Box::new(oauth), on_login, also });
        self
    }

    /// Mounts them all.
    ///
    /// # Errors
    ///
    /// [`ConfusedProviders`] if two of them could be taken for each other: they share a path, the name of a cookie, or the
    /// issuer and the client identifier. Every pair is named, with what mends it.
    ///
    /// # Security
    ///
    /// Two providers at one callback are what a mix-up needs: a code of one is sent to the other (RFC 9700 s4.4).
    pub fn build(self) -> Result<MountedProviders, ConfusedProviders> {
        let confusions = confusions(self.mounts.iter().map(|mount| &mount.oauth));
        match confusions.is_empty() {
            true => Ok(MountedProviders::new(Arc::from(self.mounts))),
            false => Err(ConfusedProviders::new(confusions)),
        }
    }
}

impl fmt::Debug for Providers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.mounts.iter().map(|mount| &mount.oauth)).finish()
    }
}
