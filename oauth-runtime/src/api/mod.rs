//! The API client: calls the provider's API for a user ([RFC 6750 s2.1]).
//!
//! Paths are resolved against the declaration's `api_base`; the token travels in the `Authorization` header
//! and to the declared origins alone.
//!
//! [RFC 6750 s2.1]: https://www.rfc-editor.org/rfc/rfc6750#section-2.1

pub(crate) mod client;
pub(crate) mod layer;
pub(crate) mod profile;
pub(crate) mod request;
pub(crate) mod response;
pub(crate) mod source;
pub(crate) mod target;
