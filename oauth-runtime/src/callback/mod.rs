//! The callback: completes a login.
//!
//! The browser comes back from the provider with a code; the login it belongs to is taken, checked and
//! finished, and the browser goes on to where it wanted to go.

pub(crate) mod outcome;
pub(crate) mod service;
