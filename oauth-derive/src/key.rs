//! The vocabulary: every key as a constant, in the order in which the reference lists them.

pub(crate) const NAME: &str = "name";
pub(crate) const SLUG: &str = "slug";
pub(crate) const CONSOLE: &str = "console";
pub(crate) const SERVICE_DOCUMENTATION: &str = "service_documentation";
pub(crate) const SETUP: &str = "setup";
pub(crate) const ISSUER: &str = "issuer";
pub(crate) const AUTHORIZATION_ENDPOINT: &str = "authorization_endpoint";
pub(crate) const TOKEN_ENDPOINT: &str = "token_endpoint";
pub(crate) const REVOCATION_ENDPOINT: &str = "revocation_endpoint";
pub(crate) const USERINFO_ENDPOINT: &str = "userinfo_endpoint";
pub(crate) const JWKS_URI: &str = "jwks_uri";
pub(crate) const END_SESSION_ENDPOINT: &str = "end_session_endpoint";
pub(crate) const PUSHED_AUTHORIZATION_REQUEST_ENDPOINT: &str =
    "pushed_authorization_request_endpoint";
pub(crate) const API_BASE: &str = "api_base";
pub(crate) const API_ORIGINS: &str = "api_origins";
pub(crate) const SCOPES: &str = "scopes";
pub(crate) const DEFAULT_SCOPES: &str = "default_scopes";
pub(crate) const SCOPE_SEPARATOR: &str = "scope_separator";
pub(crate) const PKCE: &str = "pkce";
pub(crate) const TOKEN_ENDPOINT_AUTH_METHOD: &str = "token_endpoint_auth_method";
pub(crate) const RESPONSE_MODE: &str = "response_mode";
pub(crate) const AUTHORIZATION_PARAMS: &str = "authorization_params";
pub(crate) const TOKEN_PARAMS: &str = "token_params";
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
    CONSOLE,
    SERVICE_DOCUMENTATION,
    SETUP,
    ISSUER,
    AUTHORIZATION_ENDPOINT,
    TOKEN_ENDPOINT,
    REVOCATION_ENDPOINT,
    USERINFO_ENDPOINT,
    JWKS_URI,
    END_SESSION_ENDPOINT,
    PUSHED_AUTHORIZATION_REQUEST_ENDPOINT,
    API_BASE,
    API_ORIGINS,
    SCOPES,
    DEFAULT_SCOPES,
    SCOPE_SEPARATOR,
    PKCE,
    TOKEN_ENDPOINT_AUTH_METHOD,
    RESPONSE_MODE,
    AUTHORIZATION_PARAMS,
    TOKEN_PARAMS,
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

pub(crate) const TENANT_ISSUER: &str = "tenant_issuer";
pub(crate) const CLIENT_ID_PARAM: &str = "client_id_param";
pub(crate) const CLIENT_SECRET_PARAM: &str = "client_secret_param";
pub(crate) const SIGNED_CLIENT_SECRET: &str = "signed_client_secret";
pub(crate) const SCOPE_PARAM: &str = "scope_param";
pub(crate) const SORTED_PARAMS: &str = "sorted_params";
pub(crate) const AUTHORIZATION_FRAGMENT: &str = "authorization_fragment";
pub(crate) const CALLBACK_ISSUER: &str = "callback_issuer";
pub(crate) const CALLBACK_PARAMS: &str = "callback_params";
pub(crate) const CALLBACK_ONCE: &str = "callback_once";
pub(crate) const CALLBACK_SCOPE: &str = "callback_scope";
pub(crate) const TOKEN_REQUEST: &str = "token_request";
pub(crate) const TOKEN_REQUEST_METHOD: &str = "token_request_method";
pub(crate) const TOKEN_RESPONSE_AT: &str = "token_response_at";
pub(crate) const ACCESS_TOKEN_AT: &str = "access_token_at";
pub(crate) const REFRESH_TOKEN_AT: &str = "refresh_token_at";
pub(crate) const EXPIRES_IN_AT: &str = "expires_in_at";
pub(crate) const SCOPE_AT: &str = "scope_at";
pub(crate) const EXPIRES_IN: &str = "expires_in";
pub(crate) const MISSING_TOKEN_TYPE: &str = "missing_token_type";
pub(crate) const TOKEN_TYPES: &str = "token_types";
pub(crate) const MISSING_ID_TOKEN: &str = "missing_id_token";
pub(crate) const MISSING_NONCE: &str = "missing_nonce";
pub(crate) const SECRET_SIGNS_ID_TOKEN: &str = "secret_signs_id_token";
pub(crate) const ERROR_WHEN: &str = "error_when";
pub(crate) const ERROR_AT: &str = "error_at";
pub(crate) const ERROR_DESCRIPTION_AT: &str = "error_description_at";
pub(crate) const INVALID_GRANT: &str = "invalid_grant";
pub(crate) const REFRESH_ENDPOINT: &str = "refresh_endpoint";
pub(crate) const REFRESH_PARAMS: &str = "refresh_params";
pub(crate) const REFRESH_AUTH_METHOD: &str = "refresh_auth_method";
pub(crate) const REFRESH_GRANT_TYPE: &str = "refresh_grant_type";
pub(crate) const REFRESH_TOKEN_PARAM: &str = "refresh_token_param";
pub(crate) const REFRESH_FROM_ACCESS_TOKEN: &str = "refresh_from_access_token";
pub(crate) const REFRESH_KEEPS: &str = "refresh_keeps";
pub(crate) const REFRESH_WHEN_EXPIRED: &str = "refresh_when_expired";
pub(crate) const REVOCATION_REQUEST: &str = "revocation_request";
pub(crate) const BEARER_SCHEME: &str = "bearer_scheme";
pub(crate) const ACCESS_TOKEN_PARAM: &str = "access_token_param";
pub(crate) const ACCESS_TOKEN_HEADER: &str = "access_token_header";
pub(crate) const USERINFO_REQUEST: &str = "userinfo_request";
pub(crate) const USERINFO_PARAMS: &str = "userinfo_params";
pub(crate) const POST_LOGOUT_REDIRECT_URI_PARAM: &str = "post_logout_redirect_uri_param";

/// The words of `dialect(…)`, in the order of a login.
pub(crate) const ALL_DIALECT: &[&str] = &[
    TENANT_ISSUER,
    CLIENT_ID_PARAM,
    CLIENT_SECRET_PARAM,
    SIGNED_CLIENT_SECRET,
    SCOPE_PARAM,
    SORTED_PARAMS,
    AUTHORIZATION_FRAGMENT,
    CALLBACK_ISSUER,
    CALLBACK_PARAMS,
    CALLBACK_ONCE,
    CALLBACK_SCOPE,
    TOKEN_REQUEST,
    TOKEN_REQUEST_METHOD,
    TOKEN_RESPONSE,
    TOKEN_RESPONSE_AT,
    ACCESS_TOKEN_AT,
    REFRESH_TOKEN_AT,
    EXPIRES_IN_AT,
    SCOPE_AT,
    EXPIRES_IN,
    MISSING_TOKEN_TYPE,
    TOKEN_TYPES,
    MISSING_ID_TOKEN,
    MISSING_NONCE,
    SECRET_SIGNS_ID_TOKEN,
    ERROR_WHEN,
    ERROR_AT,
    ERROR_DESCRIPTION_AT,
    INVALID_GRANT,
    REFRESH_ENDPOINT,
    REFRESH_PARAMS,
    REFRESH_AUTH_METHOD,
    REFRESH_GRANT_TYPE,
    REFRESH_TOKEN_PARAM,
    REFRESH_FROM_ACCESS_TOKEN,
    REFRESH_KEEPS,
    REFRESH_WHEN_EXPIRED,
    REVOCATION_REQUEST,
    BEARER_SCHEME,
    ACCESS_TOKEN_PARAM,
    ACCESS_TOKEN_HEADER,
    USERINFO_REQUEST,
    USERINFO_PARAMS,
    POST_LOGOUT_REDIRECT_URI_PARAM,
];

/// The words that declarations have most: the answer to a word that resembles none.
pub(crate) const USUAL_DIALECT: &[&str] =
    &[CALLBACK_ISSUER, TOKEN_REQUEST, REFRESH_ENDPOINT, REFRESH_KEEPS];

pub(crate) const TEMPLATE: &str = "template";
pub(crate) const CLAIM: &str = "claim";

/// The keys of `tenant_issuer(…)`.
pub(crate) const ALL_TENANT_ISSUER: &[&str] = &[TEMPLATE, CLAIM];

pub(crate) const AT: &str = "at";
pub(crate) const IS: &str = "is";
pub(crate) const IS_NOT: &str = "is_not";

/// The keys of `error_when(…)`.
pub(crate) const ALL_ERROR_WHEN: &[&str] = &[AT, IS, IS_NOT];

pub(crate) const CLIENT_ID: &str = "client_id";
pub(crate) const CLIENT_SECRET: &str = "client_secret";
pub(crate) const REDIRECT_URI: &str = "redirect_uri";
pub(crate) const STATE: &str = "state";
pub(crate) const CALLBACK: &str = "callback";

/// What belongs to the application and never stands in its source, with the builder's method for it.
pub(crate) const OF_THE_APPLICATION: &[&str] = &[CLIENT_ID, CLIENT_SECRET, REDIRECT_URI];

pub(crate) const PARAM: &str = "param";
pub(crate) const DEFAULT: &str = "default";

/// The keys of `#[param(…)]`.
pub(crate) const ALL_PARAM: &[&str] = &[DEFAULT];
