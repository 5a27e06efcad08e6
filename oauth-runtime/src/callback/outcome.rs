//! A login that has succeeded, before the application has agreed to it.

use std::sync::Arc;

use http::request::Parts;

use crate::authenticated::Authenticated;
use crate::error::Refused;
use crate::http_client::BoxFuture;
use crate::return_to::ReturnTo;

/// A login that has succeeded at the provider.
pub(crate) struct Arrival {
    pub(crate) authenticated: Authenticated,
    pub(crate) return_to: ReturnTo,
    pub(crate) request: Parts,
    /// What the callback carried for the application.
    pub(crate) callback: Vec<(String, String)>,
}

/// What the application makes of a login.
pub(crate) type OnLogin =
    Arc<dyn Fn(Arrival) -> BoxFuture<'static, Result<Admission, Refused>> + Send + Sync>;

/// The application lets the user in: what `on_login` returns.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Admission {
    pub(crate) account: Option<String>,
    pub(crate) return_to: Option<String>,
}

impl Admission {
    /// Lets the user in.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Names the account of the application that the user is: it is kept with the session.
    #[must_use]
    pub fn account(mut self, account: impl Into<String>) -> Self {
        self.account = Some(account.into());
        self
    }

    /// Sends the browser elsewhere in the application than where it wanted to go: a new user to a welcome.
    #[must_use]
    pub fn return_to(mut self, place: impl Into<String>) -> Self {
        self.return_to = Some(place.into());
        self
    }
}
