//! What a token response looks like ([RFC 6749 s5.1], [s5.2]).
//!
//! Borne for everybody, because no safety is lost: an `error` at any status, scopes as a string, a comma
//! list or an array, numbers as strings, no `expires_in`. What else differs is a word of the dialect: without one, a
//! success is `200` with a JSON object that holds a bearer token.
//!
//! [RFC 6749 s5.1]: https://www.rfc-editor.org/rfc/rfc6749#section-5.1
//! [s5.2]: https://www.rfc-editor.org/rfc/rfc6749#section-5.2

use std::time::Duration;

use bytes::Bytes;
use http::{Response, StatusCode, header};
use oauth_declaration::{ExpiresIn, TokenResponseFormat};

use crate::answer_shape::AnswerShape;
use crate::clock::Timestamp;
use crate::error::TokenError;
use crate::grant::answer::{self, Grant, Members};
use crate::grant::member::Member;
use crate::grant::retry_after;
use crate::token::{
    AccessToken, IdToken, RawAnswer, RefreshToken, TokenResponse, TokenType, Tokens,
};

/// Reads an answer of the token endpoint.
pub(crate) fn read(
    response: &Response<Bytes>,
    shape: &AnswerShape,
    grant: Grant,
    now: Timestamp,
) -> Result<TokenResponse, TokenError> {
    let status = response.status();
    let retry_after = retry_after::read(response.headers(), now);
    let unreadable = |reason| TokenError::Unreadable { status, reason, retry_after };
    if status.is_redirection() {
        return Err(unreadable("a redirect, which is not followed"));
    }
    let is_typed = shape.format != TokenResponseFormat::Json || is_json(response);
    let whole = match answer::read(response.body(), shape) {
        Some(whole) => whole,
        None if is_typed => return Err(unreadable("its JSON is not the object expected")),
        None => return Err(unreadable("it is not JSON")),
    };
    if let Some(response) = whole.error(shape) {
        return Err(TokenError::Rejected { response, retry_after });
    }
    if status != StatusCode::OK {
        return Err(unreadable("neither 200 nor an error response"));
    }
    if !is_typed {
        return Err(unreadable("its content type is not `application/json`"));
    }
    whole
        .read(shape, grant, |members, raw| {
            parse(members, raw, shape, date(response).unwrap_or(now))
        })
        .unwrap_or(Err("it has no object at `token_response_at`"))
        .map_err(unreadable)
}

/// Reads an answer that was read before, from what was kept of it.
pub(crate) fn reread(tokens: &Tokens) -> Option<TokenResponse> {
    let members = answer::plain(tokens.raw.bytes())?;
    Some(TokenResponse {
        access_token: tokens.access_token.clone(),
        token_type: TokenType::Bearer,
        expires_in: tokens.expires_at.map(|expires_at| expires_at.since(tokens.received_at)),
        refresh_token: tokens.refresh_token.clone(),
        scope: Some(tokens.scopes.clone()),
        id_token: members.id_token.text().map(IdToken::new),
        raw: tokens.raw.clone(),
    })
}

fn parse(
    members: &Members<'_>,
    raw: &[u8],
    shape: &AnswerShape,
    now: Timestamp,
) -> Result<TokenResponse, &'static str> {
    let access_token = members.access_token.text().ok_or("it has no `access_token`")?;
    if !is_token(access_token) {
        return Err("its `access_token` holds what no header may hold");
    }
    match members.token_type.text() {
        Some(kind) if is_bearer(kind, shape) => {}
        None if shape.may_lack_token_type => {}
        Some(_) => return Err("its `token_type` is not `Bearer`"),
        None => return Err("it has no `token_type`"),
    }
    let refresh_token = match shape.refreshes_itself {
        true => Some(access_token),
        false => members.refresh_token.text(),
    };
    if refresh_token.is_some_and(|token| token.len() > MOST_TOKEN_BYTES) {
        return Err("its `refresh_token` is too long");
    }
    Ok(TokenResponse {
        access_token: AccessToken::new(access_token),
        token_type: TokenType::Bearer,
        expires_in: lifetime(&members.expires_in, shape.unit, now),
        refresh_token: refresh_token.map(RefreshToken::new),
        scope: members.scope.scopes(),
        id_token: members.id_token.text().map(IdToken::new),
        raw: RawAnswer::new(raw),
    })
}

/// RFC 6749 s7.1: a client must not use a token of a type that it does not know.
fn is_bearer(kind: &str, shape: &AnswerShape) -> bool {
    let known = shape.further_token_types.iter().map(|kind| &**kind).chain(["bearer"]);
    known.into_iter().any(|known| kind.eq_ignore_ascii_case(known))
}

/// A whole number of seconds, more than none; what is not one is as if it were not there. An instant is compared with the
/// server's own clock, if it tells its time; one that has passed is no time at all.
fn lifetime(member: &Member<'_>, unit: ExpiresIn, now: Timestamp) -> Option<Duration> {
    let number = member.number()?;
    let seconds = match unit {
        ExpiresIn::Seconds => number,
        ExpiresIn::Milliseconds => number / 1000.0,
        ExpiresIn::Timestamp if number >= 1.0 => {
            let left = number - seconds_since_1970(now);
            return Some(Duration::from_secs_f64(left.clamp(0.0, MOST_SECONDS).floor()));
        }
        ExpiresIn::Timestamp => return None,
    };
    (seconds >= 1.0).then(|| Duration::from_secs_f64(seconds.min(MOST_SECONDS).floor()))
}

#[expect(clippy::cast_precision_loss, reason = "seconds since 1970 are far below 2^53")]
fn seconds_since_1970(now: Timestamp) -> f64 {
    now.as_unix_seconds() as f64
}

/// The time of the server (RFC 9110 s6.6.1).
fn date(response: &Response<Bytes>) -> Option<Timestamp> {
    let date = response.headers().get(header::DATE)?.to_str().ok()?;
    httpdate::parse_http_date(date).ok().map(Timestamp::from)
}

fn is_json(response: &Response<Bytes>) -> bool {
    let content_type =
        response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    content_type.is_some_and(|value| {
        let essence = value.split(';').next().unwrap_or_default().trim();
        essence.eq_ignore_ascii_case("application/json")
    })
}

/// `access-token = 1*VSCHAR` (RFC 6749 A.12) without the space, and no longer than a header line may be.
fn is_token(value: &str) -> bool {
    // Without a way out in the middle the compiler looks at many bytes at once.
    let graphic = || value.bytes().fold(true, |all, byte| all & byte.is_ascii_graphic());
    value.len() <= MOST_TOKEN_BYTES && graphic()
}

const MOST_TOKEN_BYTES: usize = 16 * 1024;

/// No token lives longer than ten years; what says so is taken for that.
const MOST_SECONDS: f64 = 315_360_000.0;

#[cfg(test)]
mod tests;
