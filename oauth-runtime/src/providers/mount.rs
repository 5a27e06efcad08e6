//! One provider of an application, mounted.

use std::any::Any;

use crate::callback::outcome::OnLogin;
use crate::logout::service::Also;
use crate::providers::any::AnyOAuth;

/// What answers at the paths of one provider.
pub(super) struct Mount {
    pub(super) oauth: AnyOAuth,
    /// The `OAuth<P>` it was made of.
    pub(super) typed: Box<dyn Any + Send + Sync>,
    pub(super) on_login: Option<OnLogin>,
    /// What a logout does.
    pub(super) also: Also,
}
