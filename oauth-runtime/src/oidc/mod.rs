//! OpenID Connect: what is asked of an issuer.

pub(crate) mod discovery;
