//! The request that logs a user out at the provider (OpenID Connect RP-Initiated Logout s2).

use url::Url;

use crate::grant::token_response;
use crate::registration::Registration;
use crate::token::{IdToken, Tokens};

/// Where the browser is sent. The ID token says whose session ends, so that the user need not be asked; one that would make
/// the URL longer than servers take is left out.
pub(crate) fn url(
    registration: &Registration,
    endpoint: &Url,
    tokens: &Tokens,
    state: &str,
) -> String {
    let back =
        format!("{}{}", registration.origin().ascii_serialization(), registration.after_logout);
    let param = registration.declaration.dialect.post_logout_redirect_uri_param.as_deref();
    let id_token = token_response::reread(tokens).and_then(|answer| answer.id_token);
    let hint = id_token.as_ref().map(IdToken::expose).filter(|hint| hint.len() <= LONGEST_HINT);
    let mut url = endpoint.clone();
    url.query_pairs_mut()
        .extend_pairs(hint.map(|hint| ("id_token_hint", hint)))
        .append_pair("client_id", &registration.client_id)
        .append_pair(param.unwrap_or("post_logout_redirect_uri"), &back)
        .append_pair("state", state);
    url.into()
}

const LONGEST_HINT: usize = 4096;
