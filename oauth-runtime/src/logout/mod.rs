//! Logging out: by the user, and by the provider.

pub(crate) mod backchannel;
pub(crate) mod service;
