//! The filter: protects routes.
//!
//! A request of a browser that is logged in passes, with the session in its extensions. Any other is
//! answered here: a person's navigation is sent to the provider, a program is told where to log in.

pub(crate) mod layer;
pub(crate) mod service;
