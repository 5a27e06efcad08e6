//! The Authorization Code grant's first half: to the provider and back ([RFC 6749 s4.1.1], [s4.1.2]).
//!
//! Nothing here does I/O: a request is computed from values, a response is checked against values.
//!
//! [RFC 6749 s4.1.1]: https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1
//! [s4.1.2]: https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2

pub(crate) mod pending_login;
pub(crate) mod request;
pub(crate) mod response;
