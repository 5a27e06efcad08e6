//! A userinfo answer that the issuer signed (OpenID Connect Core s5.3.2).

use serde_json::Value;

use crate::clock::Timestamp;
use crate::json_object::JsonObject;
use crate::jws::Jws;
use crate::jwt_error::JwtError;
use crate::oidc::discovery;
use crate::oidc::peer::Peer;
use crate::oidc::verify::{self, Taken};

/// The claims of a signed answer: by a key of the issuer, from the issuer and for this client.
pub(crate) async fn verified(peer: &Peer, token: &str, now: Timestamp) -> Result<Value, JwtError> {
    let jws = Jws::parse(token.trim())?;
    verify::kind(&jws, &["JWT"])?;
    let server = discovery::server(peer).await?;
    verify::signature(peer, &Taken::of_userinfo(peer, &server), &jws).await?;
    let malformed = JwtError::Malformed("its payload is not an object of claims");
    let claims = JsonObject::parse(&jws.payload).ok_or(malformed.clone())?;
    let issuer = server.issuer.as_ref().ok_or(JwtError::Issuer)?;
    if !issuer.admits(&claims.required_text("iss")?) {
        return Err(JwtError::Issuer);
    }
    if !claims.texts("aud")?.contains(&peer.registration.client_id) {
        return Err(JwtError::Audience);
    }
    // Its end is the issuer's to name or not (OpenID Connect Core s5.3.2).
    let leeway = peer.registration.tokens.leeway;
    if claims.instant("exp")?.is_some_and(|end| now >= end.after(leeway)) {
        return Err(JwtError::Expired);
    }
    serde_json::from_slice(&jws.payload).map_err(|_| malformed)
}
