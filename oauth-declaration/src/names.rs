//! The names that the protocol owns: the library sends or reads them itself, and no declaration gives them.

/// The parameters of the authorization request and response: RFC 6749 s4.1, RFC 7636 s4.3, RFC 9101 s5,
/// OAuth 2.0 Multiple Response Type Encoding Practices, OpenID Connect s3.1.2.1.
pub const PROTOCOL_PARAMETERS: &[&str] = &[
    "client_id",
    "client_secret",
    "code",
    "code_challenge",
    "code_challenge_method",
    "nonce",
    "redirect_uri",
    "request",
    "request_uri",
    "response_mode",
    "response_type",
    "scope",
    "state",
];

/// The parameters of the token request for a code: RFC 6749 s4.1.3, RFC 7636 s4.5.
pub const TOKEN_REQUEST_PARAMETERS: &[&str] = &[
    "client_id",
    "client_secret",
    "code",
    "code_verifier",
    "grant_type",
    "redirect_uri",
    "refresh_token",
];

/// What a client that proves itself by an assertion adds to a token request: RFC 7521 s4.2.
pub(crate) const ASSERTION_PARAMETERS: &[&str] = &["client_assertion", "client_assertion_type"];

/// The parameters of the requests to the token and the revocation endpoint that a renamed one could be taken for: RFC 6749
/// s4.1.3 and s6, RFC 7636 s4.5, RFC 7009 s2.1.
pub(crate) const BACK_CHANNEL_PARAMETERS: &[&str] =
    &["code_verifier", "grant_type", "refresh_token", "token", "token_type_hint"];

/// The parameters of a refresh: RFC 6749 s6. The `redirect_uri` and the `scope` may be asked for once more.
pub const REFRESH_PARAMETERS: &[&str] =
    &["client_id", "client_secret", "code", "code_verifier", "grant_type", "refresh_token"];

/// The parameters of a successful callback and of a refused one (RFC 6749 s4.1.2, RFC 9207 s2), and the tokens, with
/// which a callback is refused.
pub const CALLBACK_PARAMETERS: &[&str] = &[
    "access_token",
    "code",
    "error",
    "error_description",
    "error_uri",
    "id_token",
    "iss",
    "refresh_token",
    "state",
];

/// The parameters of a logout at the provider: OpenID Connect RP-Initiated Logout s2.
pub const END_SESSION_PARAMETERS: &[&str] = &[
    "client_id",
    "id_token_hint",
    "logout_hint",
    "post_logout_redirect_uri",
    "state",
    "ui_locales",
];

/// The headers that the library writes itself, and those of a single connection (RFC 9110 s7.6.1), which its client does.
pub const RESERVED_HEADERS: &[&str] = &[
    "authorization",
    "connection",
    "content-length",
    "content-type",
    "cookie",
    "host",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "set-cookie",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// The members of a token response that are tokens: secrets, which are shown nowhere.
pub(crate) const TOKENS: &[&str] = &["access_token", "id_token", "refresh_token"];

/// The members of every token response (RFC 6749 s5.1, OpenID Connect Core s3.1.3.3), which the library reads itself.
pub const TOKEN_RESPONSE_FIELDS: &[&str] =
    &["access_token", "expires_in", "id_token", "refresh_token", "scope", "token_type"];
