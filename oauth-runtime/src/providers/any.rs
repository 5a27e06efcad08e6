//! A provider whose type is forgotten.

use std::fmt;
use std::sync::Arc;

use oauth_declaration::Declaration;

use crate::doctor::diagnosis::Diagnosis;
use crate::doctor::examine;
use crate::engine::Engine;
use crate::instance::Instance;

/// An [`OAuth`](crate::OAuth) whose provider's type is forgotten: for a page that lists what one may log in with.
///
/// Made by [`Providers`](crate::Providers).
#[derive(Clone)]
pub struct AnyOAuth {
    engine: Arc<Engine>,
    logout_path: String,
}

impl AnyOAuth {
    pub(crate) fn new(engine: Arc<Engine>) -> Self {
        let callback = engine.registration.callback_path();
        let parent = callback.rsplit_once('/').map_or("", |(parent, _)| parent);
        let logout_path = format!("{parent}/logout");
        Self { engine, logout_path }
    }

    pub(crate) fn engine(&self) -> &Arc<Engine> {
        &self.engine
    }

    /// What people call the provider: `GitHub`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.declaration().name
    }

    /// What this provider is called in this application: its slug, `github`, and its name where it was given one,
    /// `github-work`.
    #[must_use]
    pub fn key(&self) -> &str {
        self.instance().key()
    }

    /// Everything that is declared of the provider.
    #[must_use]
    pub fn declaration(&self) -> &Declaration {
        &self.engine.registration.declaration
    }

    /// What its sealed values are bound to, and the names of its cookies.
    #[must_use]
    pub fn instance(&self) -> &Instance {
        &self.engine.registration.instance
    }

    /// Where a login begins: what a button links to, with or without `?return_to=`.
    #[must_use]
    pub fn login_path(&self) -> &str {
        &self.engine.registration.login_path
    }

    /// Where browsers come back.
    #[must_use]
    pub fn callback_path(&self) -> &str {
        self.engine.registration.callback_path()
    }

    /// Where a POST logs out.
    #[must_use]
    pub fn logout_path(&self) -> &str {
        &self.logout_path
    }

    /// Where browsers come back, as it is registered at the provider.
    #[must_use]
    pub fn redirect_uri(&self) -> &str {
        self.engine.registration.redirect_uri.as_str()
    }

    /// Looks at everything that could keep a login from working, as [`OAuth::doctor`](crate::OAuth::doctor) does.
    pub async fn doctor(&self) -> Diagnosis {
        examine(&self.engine).await
    }
}

impl fmt::Debug for AnyOAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AnyOAuth").field("instance", &self.key()).finish_non_exhaustive()
    }
}
