//! OpenID Connect: what an issuer publishes, and what of its tokens is believed.
//!
//! `peer` asks the issuer: where its endpoints are ([`discovery`]), and by which keys it signs ([`keys`]). `verify` puts a token
//! together with the keys; `id_token` and `logout_token` are the rules, as functions of values.

pub(crate) mod claims;
pub(crate) mod discovery;
pub(crate) mod end_session;
pub(crate) mod id_token;
pub(crate) mod keys;
pub(crate) mod logout_token;
pub(crate) mod peer;
pub(crate) mod userinfo;
pub(crate) mod verify;
