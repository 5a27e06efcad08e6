//! The grants: a request to the token endpoint, and what it answers ([RFC 6749 s4.1.3], [s5]).
//!
//! A grant builds the form and reads the answer; [`token_endpoint`] is the one place that authenticates the
//! client, sends, and knows what a token response looks like.
//!
//! [RFC 6749 s4.1.3]: https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3
//! [s5]: https://www.rfc-editor.org/rfc/rfc6749#section-5

pub(crate) mod answer;
pub(crate) mod authorization_code;
pub(crate) mod member;
pub(crate) mod parameters;
pub(crate) mod pushed_authorization;
pub(crate) mod refresh_token;
pub(crate) mod retry_after;
pub(crate) mod revocation;
pub(crate) mod token_endpoint;
pub(crate) mod token_response;
