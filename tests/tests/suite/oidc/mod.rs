//! What OpenID Connect adds: ID tokens, keys, who the user is, logout by both sides.
//!
//! A failure is judged by its value: the application answers with what went wrong in words that a test can compare.

use http::Response;
use oauth_providers::{ApiError, Body, CallbackError, HasProfile, JwtError, Session, TokenError};

/// What went wrong, down to the claim: `id_token: claim sub`.
pub(crate) fn told(error: &CallbackError) -> String {
    match error {
        CallbackError::IdToken(why) | CallbackError::Exchange(TokenError::IdToken(why)) => {
            format!("id_token: {}", fault(why))
        }
        CallbackError::Exchange(why) | CallbackError::PushedRequest(why) => {
            format!("{}: {}", error.code(), why.code())
        }
        CallbackError::Refused { source: Some(why), .. } => match why.downcast_ref::<ApiError>() {
            Some(ApiError::Profile(why)) => format!("refused: profile: {}", fault(why)),
            Some(why) => format!("refused: {}", why.code()),
            None => format!("refused: {why}"),
        },
        _ => error.code().to_owned(),
    }
}

/// What is wrong with a token.
pub(crate) fn fault(error: &JwtError) -> String {
    match error {
        JwtError::Claim { name } => format!("claim {name}"),
        JwtError::Algorithm { found } => format!("algorithm {found}"),
        _ => error.code().to_owned(),
    }
}

/// The `on_failure` of an application whose pages are compared.
pub(crate) fn answer_told(error: &CallbackError) -> Response<Body> {
    let mut response = Response::new(Body::from(told(error)));
    *response.status_mut() = error.status();
    response
}

/// A page that says who is logged in, by the provider's word.
pub(crate) async fn who<P: HasProfile>(session: Session<P>) -> String {
    match session.profile().await {
        Ok(profile) => {
            let name = profile.name().unwrap_or_default();
            let email = profile.email().map(|email| email.address()).unwrap_or_default();
            format!("{} {name} <{email}>", profile.subject())
        }
        Err(ApiError::Profile(why)) => format!("profile: {}", fault(&why)),
        Err(error) => format!("profile: {}", error.code()),
    }
}
