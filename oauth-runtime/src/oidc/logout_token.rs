//! The rules of a logout token (OpenID Connect Back-Channel Logout s2.4, s2.6), as functions of values.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::de::IgnoredAny;

use crate::clock::Timestamp;
use crate::json_object::JsonObject;
use crate::jwt_error::JwtError;
use crate::oidc::claims::{Registered, subject};
use crate::oidc::id_token::Rules;

/// Whose sessions end, by the word of the issuer.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct LogoutToken {
    pub(crate) issuer: String,
    /// One of these two is there.
    pub(crate) subject: Option<String>,
    pub(crate) sid: Option<String>,
    /// The token's own name, which is taken once.
    pub(crate) jti: String,
    /// From when on nobody takes the token any more.
    pub(crate) expires_at: Timestamp,
}

impl LogoutToken {
    /// Reads and judges the claims of a token whose signature is good.
    pub(crate) fn read(payload: &[u8], rules: &Rules<'_>) -> Result<Self, JwtError> {
        let claims = JsonObject::parse(payload)
            .ok_or(JwtError::Malformed("its payload is not an object of claims"))?;
        let registered = Registered::read(&claims)?;
        let text = |name: &str| claims.any_text(name);
        rules.judge_registered(&registered, text)?;
        let (subject, sid) = (subject(&claims)?, claims.text("sid")?);
        let sid = sid.map(Cow::into_owned).filter(|sid| !sid.is_empty());
        if subject.is_none() && sid.is_none() {
            return Err(JwtError::Claim { name: "sid" });
        }
        // What is said of an event is an object, and that is all.
        let events: Option<BTreeMap<String, BTreeMap<String, IgnoredAny>>> =
            claims.read("events")?;
        if !events.is_some_and(|events| events.contains_key(LOGOUT)) {
            return Err(JwtError::Kind);
        }
        // "Verify that the Logout Token does not contain a nonce Claim": it could be taken for an ID token.
        if claims.contains("nonce") {
            return Err(JwtError::Kind);
        }
        let jti = claims.required_text("jti")?.into_owned();
        let expires_at = registered.expires_at.after(rules.leeway);
        Ok(Self { issuer: registered.issuer, subject, sid, jti, expires_at })
    }
}

const LOGOUT: &str = "http://schemas.openid.net/event/backchannel-logout";
