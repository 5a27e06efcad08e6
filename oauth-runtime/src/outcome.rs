//! What `on_login` is asked about, typed by the provider.

use std::fmt;

use http::request::Parts;

use crate::callback::outcome::Arrival;
use crate::provider::Provider;
use crate::return_to::ReturnTo;
use crate::session::Session;

/// A login that has succeeded at the provider: the application may find or make the user, name the account,
/// or refuse.
pub struct LoginOutcome<P: Provider> {
    session: Session<P>,
    return_to: ReturnTo,
    request: Parts,
    callback: Vec<(String, String)>,
}

impl<P: Provider> LoginOutcome<P> {
    pub(crate) fn new(arrival: Arrival) -> Self {
        Self {
            session: Session::new(arrival.authenticated),
            return_to: arrival.return_to,
            request: arrival.request,
            callback: arrival.callback,
        }
    }

    /// The session as it will be: who the user is, what was granted, the API client.
    #[must_use]
    pub fn session(&self) -> &Session<P> {
        &self.session
    }

    /// Where the browser will go.
    #[must_use]
    pub fn return_to(&self) -> &ReturnTo {
        &self.return_to
    }

    /// What the callback carried under a name of the declaration's `callback_params` or `callback_once`: Apple's `user`,
    /// which comes with the first login of a user and never again.
    ///
    /// # Security
    ///
    /// It came through the browser, which may have changed it.
    #[must_use]
    pub fn callback_param(&self, name: &str) -> Option<&str> {
        let found = self.callback.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The browser's request, with the cookies of the application's own.
    ///
    /// # Security
    ///
    /// Its URI holds the authorization code: do not log it.
    #[must_use]
    pub fn request(&self) -> &Parts {
        &self.request
    }
}

impl<P: Provider> fmt::Debug for LoginOutcome<P> {
    /// The request is left out: its URI holds the code, its headers cookies.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoginOutcome")
            .field("session", &self.session)
            .field("return_to", &self.return_to)
            .finish_non_exhaustive()
    }
}
