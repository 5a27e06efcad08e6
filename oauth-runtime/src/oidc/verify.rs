//! A signed token and the keys of its issuer: what is believed, and why not.

use std::sync::Arc;

use crate::clock::Timestamp;
use crate::crypto::signature::{SigningAlgorithm, verify_mac};
use crate::jwk::KeySet;
use crate::jws::Jws;
use crate::jwt_error::JwtError;
use crate::metadata::MetadataError;
use crate::oidc::claims::IdTokenClaims;
use crate::oidc::discovery;
use crate::oidc::id_token::{Circumstances, Rules};
use crate::oidc::keys;
use crate::oidc::logout_token::LogoutToken;
use crate::oidc::peer::Peer;
use crate::server::Server;

/// Verifies an ID token: its form, its signature, and what it says. Nobody is asked for anything while the keys are known.
pub(crate) async fn id_token(
    peer: &Peer,
    token: &str,
    came_with: &Circumstances<'_>,
    now: Timestamp,
) -> Result<IdTokenClaims, JwtError> {
    let jws = Jws::parse(token)?;
    kind(&jws, &["JWT"])?;
    let server = discovery::server(peer).await?;
    signature(peer, &Taken::of_id_tokens(peer, &server), &jws).await?;
    let algorithm = jws.algorithm;
    let claims = IdTokenClaims::read(jws.payload)?;
    rules(peer, &server, now)?.judge(&claims, algorithm, came_with)?;
    Ok(claims)
}

/// Verifies a logout token, as an ID token is.
pub(crate) async fn logout_token(
    peer: &Peer,
    token: &str,
    now: Timestamp,
) -> Result<LogoutToken, JwtError> {
    let jws = Jws::parse(token)?;
    kind(&jws, &["JWT", "logout+jwt"])?;
    let server = discovery::server(peer).await?;
    signature(peer, &Taken::of_id_tokens(peer, &server), &jws).await?;
    LogoutToken::read(&jws.payload, &rules(peer, &server, now)?)
}

/// RFC 8725 s3.11: a token of another kind, an access token for one, says what it is. One of these kinds need not.
pub(crate) fn kind(jws: &Jws<'_>, known: &[&str]) -> Result<(), JwtError> {
    let is_known = |typ: &str| known.iter().any(|known| typ.eq_ignore_ascii_case(known));
    match jws.typ.as_deref().is_none_or(is_known) {
        true => Ok(()),
        false => Err(JwtError::Kind),
    }
}

/// What the tokens of this provider must say.
pub(crate) fn rules<'a>(
    peer: &'a Peer,
    server: &'a Server,
    now: Timestamp,
) -> Result<Rules<'a>, JwtError> {
    let registration = &peer.registration;
    Ok(Rules {
        issuer: server.issuer.as_ref().ok_or(JwtError::Issuer)?,
        tenants: registration.tokens.tenants.as_deref(),
        client_id: &registration.client_id,
        audiences: &registration.tokens.audiences,
        leeway: registration.tokens.leeway,
        now,
    })
}

/// The ways in which a token may be signed.
pub(crate) struct Taken<'a> {
    /// The one that was registered for the client.
    registered: Option<SigningAlgorithm>,
    /// Those that the issuer announces; all that have keys if it announces none.
    announced: &'a [SigningAlgorithm],
}

impl<'a> Taken<'a> {
    /// Of ID tokens and logout tokens.
    fn of_id_tokens(peer: &Peer, server: &'a Server) -> Self {
        let registered = peer.registration.tokens.algorithm;
        Self { registered, announced: &server.id_token_algorithms }
    }

    /// Of the answers of the userinfo endpoint.
    pub(crate) fn of_userinfo(peer: &Peer, server: &'a Server) -> Self {
        let registered = peer.registration.tokens.userinfo_algorithm;
        Self { registered, announced: &server.userinfo_algorithms }
    }

    fn takes(&self, algorithm: SigningAlgorithm) -> bool {
        match self.registered {
            Some(registered) => registered == algorithm,
            // A public key can never become a secret: what is symmetric has to be registered.
            None => {
                let is_announced = self.announced.is_empty() || self.announced.contains(&algorithm);
                is_announced && !algorithm.is_symmetric()
            }
        }
    }
}

/// Checks a token's signature. An algorithm that is not taken finds no key; a token that does not fit the keys asks the
/// issuer once for newer ones.
pub(crate) async fn signature(
    peer: &Peer,
    taken: &Taken<'_>,
    jws: &Jws<'_>,
) -> Result<(), JwtError> {
    if !taken.takes(jws.algorithm) {
        return Err(JwtError::algorithm(jws.algorithm.as_str()));
    }
    if jws.algorithm.is_symmetric() {
        let secret = peer.registration.authentication.shared_secret();
        let what = "the client's secret";
        let secret = secret.map_err(|_| MetadataError::Unreadable { what })?;
        let secret = secret.ok_or(JwtError::UnknownKey)?;
        let (signed, tag) = (jws.signed.as_bytes(), &jws.signature);
        let verified = verify_mac(jws.algorithm, secret.expose().as_bytes(), signed, tag);
        return verified.map_err(|_| JwtError::Signature);
    }
    let known = keys::keys(peer).await?;
    let failed = match fits(&known, jws) {
        Ok(()) => return Ok(()),
        Err(failed) => failed,
    };
    let newer: Option<Arc<KeySet>> = keys::newer_keys(peer, &known).await;
    newer.map_or(Err(failed), |newer| fits(&newer, jws))
}

fn fits(keys: &KeySet, jws: &Jws<'_>) -> Result<(), JwtError> {
    let mut failed = JwtError::UnknownKey;
    for key in keys.candidates(jws.kid.as_deref(), jws.algorithm) {
        match key.verify(jws.algorithm, jws.signed.as_bytes(), &jws.signature) {
            Ok(()) => return Ok(()),
            Err(_) => failed = JwtError::Signature,
        }
    }
    Err(failed)
}
