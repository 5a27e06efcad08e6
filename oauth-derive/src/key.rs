//! The vocabulary: every key as a constant, in the order in which the reference lists them.

pub(crate) const NAME: &str = "name";
pub(crate) const SLUG: &str = "slug";
pub(crate) const ISSUER: &str = "issuer";
pub(crate) const AUTHORIZATION_ENDPOINT: &str = "authorization_endpoint";
pub(crate) const TOKEN_ENDPOINT: &str = "token_endpoint";
pub(crate) const REVOCATION_ENDPOINT: &str = "revocation_endpoint";
pub(crate) const USERINFO_ENDPOINT: &str = "userinfo_endpoint";
pub(crate) const JWKS_URI: &str = "jwks_uri";
pub(crate) const END_SESSION_ENDPOINT: &str = "end_session_endpoint";
pub(crate) const API_BASE: &str = "api_base";
pub(crate) const API_ORIGINS: &str = "api_origins";
pub(crate) const SCOPES: &str = "scopes";
pub(crate) const DEFAULT_SCOPES: &str = "default_scopes";
pub(crate) const SCOPE_SEPARATOR: &str = "scope_separator";
pub(crate) const PKCE: &str = "pkce";
pub(crate) const TOKEN_ENDPOINT_AUTH_METHOD: &str = "token_endpoint_auth_method";
pub(crate) const AUTHORIZATION_PARAMS: &str = "authorization_params";
pub(crate) const OFFLINE: &str = "offline";
pub(crate) const HEADERS: &str = "headers";
pub(crate) const TOKEN_RESPONSE: &str = "token_response";
pub(crate) const PROFILE: &str = "profile";
pub(crate) const EMAILS: &str = "emails";
pub(crate) const DIALECT: &str = "dialect";
pub(crate) const CRATE: &str = "crate";

/// Every key of the attribute.
pub(crate) const ALL: &[&str] = &[
    NAME,
    SLUG,
    ISSUER,
    AUTHORIZATION_ENDPOINT,
    TOKEN_ENDPOINT,
    REVOCATION_ENDPOINT,
    USERINFO_ENDPOINT,
    JWKS_URI,
    END_SESSION_ENDPOINT,
    API_BASE,
    API_ORIGINS,
    SCOPES,
    DEFAULT_SCOPES,
    SCOPE_SEPARATOR,
    PKCE,
    TOKEN_ENDPOINT_AUTH_METHOD,
    AUTHORIZATION_PARAMS,
    OFFLINE,
    HEADERS,
    TOKEN_RESPONSE,
    PROFILE,
    EMAILS,
    DIALECT,
    CRATE,
];

/// The keys that nearly every declaration has: the answer to a key that resembles none.
pub(crate) const USUAL: &[&str] = &[AUTHORIZATION_ENDPOINT, TOKEN_ENDPOINT, API_BASE, SCOPES];

/// What belongs to the application and never stands in its source, with the builder's method for it.
pub(crate) const OF_THE_APPLICATION: &[&str] = &["client_id", "client_secret", "redirect_uri"];

pub(crate) const ALWAYS: &str = "always";
pub(crate) const NEVER: &str = "never";

pub(crate) const SCOPE: &str = "scope";
pub(crate) const PARAMS: &str = "params";

/// The words of `offline(…)`.
pub(crate) const ALL_OFFLINE: &[&str] = &[SCOPE, PARAMS, ALWAYS, NEVER];

pub(crate) const SUBJECT: &str = "subject";
pub(crate) const EMAIL: &str = "email";
pub(crate) const EMAIL_VERIFIED: &str = "email_verified";
pub(crate) const PICTURE: &str = "picture";

/// The keys of `profile(…)`.
pub(crate) const ALL_PROFILE: &[&str] = &[SUBJECT, NAME, EMAIL, EMAIL_VERIFIED, PICTURE];

pub(crate) const ENDPOINT: &str = "endpoint";
pub(crate) const ADDRESS: &str = "address";
pub(crate) const VERIFIED: &str = "verified";
pub(crate) const PRIMARY: &str = "primary";

/// The keys of `emails(…)`.
pub(crate) const ALL_EMAILS: &[&str] = &[ENDPOINT, ADDRESS, VERIFIED, PRIMARY];

pub(crate) const CALLBACK_ISSUER: &str = "callback_issuer";
pub(crate) const REFRESH_ENDPOINT: &str = "refresh_endpoint";
pub(crate) const REFRESH_KEEPS: &str = "refresh_keeps";

/// The words of `dialect(…)`.
pub(crate) const ALL_DIALECT: &[&str] = &[CALLBACK_ISSUER, REFRESH_ENDPOINT, REFRESH_KEEPS];

/// The parameters of the authorization request and response that the protocol owns: RFC 6749 s4.1,
/// RFC 7636 s4.3, RFC 9101 s5, OAuth 2.0 Multiple Response Type Encoding Practices, OpenID Connect s3.1.2.1.
pub(crate) const OF_THE_PROTOCOL: &[&str] = &[
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

/// The headers that the library writes itself.
pub(crate) const HEADERS_OF_THE_PROTOCOL: &[&str] =
    &["authorization", "content-length", "content-type", "cookie", "host", "transfer-encoding"];

/// The members of every token response (RFC 6749 s5.1), which the library reads itself.
pub(crate) const FIELDS_OF_THE_PROTOCOL: &[&str] =
    &["access_token", "expires_in", "refresh_token", "scope", "token_type"];
