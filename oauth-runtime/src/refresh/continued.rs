//! The ID token that a refresh may bring (OpenID Connect Core s12.2).

use tracing::{error, warn};

use crate::clock::Timestamp;
use crate::error::{TokenError, causes};
use crate::jwt_error::JwtError;
use crate::oidc::id_token::Circumstances;
use crate::oidc::peer::Peer;
use crate::oidc::{claims, verify};
use crate::token::{TokenResponse, Tokens};

/// An answer whose ID token, if it brought one, goes on with that of the login. While the key cannot be had that signed it
/// the one from before is kept: the refresh token is spent, and nobody is logged out for that. The issuer may have a new key
/// and not be there to name it, or strangers may have asked for keys that nobody has a moment ago.
pub(crate) async fn continued(
    peer: &Peer,
    response: TokenResponse,
    before: &Tokens,
    now: Timestamp,
) -> Result<TokenResponse, TokenError> {
    let is_openid = peer.registration.is_openid();
    let Some(token) = response.id_token.as_ref().filter(|_| is_openid) else {
        return Ok(response);
    };
    let first = claims::kept(before);
    let came_with = Circumstances {
        access_token: Some(&response.access_token),
        before: first.as_ref(),
        ..Circumstances::default()
    };
    // Also unverified it must not name another user.
    let names_another = || {
        let said = claims::unverified(token);
        first.as_ref().is_some_and(|first| said.is_none_or(|it| it.identity() != first.identity()))
    };
    match verify::id_token(peer, token.expose(), &came_with, now).await {
        Ok(_) => Ok(response),
        Err(error @ (JwtError::Keys(_) | JwtError::UnknownKey)) if !names_another() => {
            warn!(causes = causes(&error), "the ID token of a refresh is left out");
            Ok(response.without_id_token())
        }
        Err(error) => {
            error!(code = error.code(), "{error}: the ID token of a refresh ends the login");
            Err(TokenError::IdToken(error))
        }
    }
}
