//! How a provider departs from the RFCs, each departure by its name.
//!
//! The fields stand in the order of a login: metadata, authorization request, callback, token request, token response,
//! refresh, revocation, API, logout. A field that is not set is as the RFC has it.

use std::borrow::Cow;

use crate::auth_method::TokenEndpointAuthMethod;
use crate::param::RequestParam;
use crate::text::{List, Text};

/// Named departures from the RFC. Each is read in one place of the engine and one of the emulator.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
pub struct Dialect {
    /// `tenant_issuer(template = "https://…/{name}/…", claim = "…")`: the issuer of an ID token says whose tenant the user
    /// is of.
    pub tenant_issuer: Option<TenantIssuer>,
    /// `client_id_param = "…"`: what `client_id` is called, in every request.
    pub client_id_param: Option<Text>,
    /// `client_secret_param = "…"`: what `client_secret` is called, where it is posted.
    pub client_secret_param: Option<Text>,
    /// `signed_client_secret`: the client secret is a JWT that a key of the client signs, made anew before it expires.
    pub signed_client_secret: bool,
    /// `scope_param = "…"`: what `scope` is called in the authorization request.
    pub scope_param: Option<Text>,
    /// `sorted_params`: the parameters of the authorization request stand in the order of their names.
    pub sorted_params: bool,
    /// `authorization_fragment = "…"`: what follows the `#` of the authorization request.
    pub authorization_fragment: Option<Text>,
    /// `callback_issuer = "…"`: the `iss` that the callback carries although the provider publishes no
    /// metadata to compare it with.
    pub callback_issuer: Option<Text>,
    /// `callback_params("…")`: further parameters that every successful callback carries; they are kept with the
    /// tokens.
    pub callback_params: List<Text>,
    /// `callback_once("…")`: further parameters that a callback may carry; they are handed to `on_login` and not kept.
    pub callback_once: List<Text>,
    /// `callback_scope`: the granted scopes come with the callback.
    pub callback_scope: bool,
    /// `token_request = json` or `query`: how the parameters of a token, refresh or revocation request travel.
    pub token_request: TokenRequest,
    /// `token_request_method = get`: the method of token and refresh requests; the parameters are in the query.
    pub token_request_method: TokenRequestMethod,
    /// `token_response = form` or `text`: what the token endpoint answers with.
    pub token_response: TokenResponseFormat,
    /// `token_response_at = "/…"`: the object that holds the members of the token response.
    pub token_response_at: Option<Text>,
    /// `access_token_at = "/…"`: where the access token stands in the object of `token_response_at`, which is the whole
    /// answer if there is none; so for the next three. At a refresh the standard place serves where nothing stands
    /// here.
    pub access_token_at: Option<Text>,
    /// `refresh_token_at = "/…"`: where the refresh token stands in the same object.
    pub refresh_token_at: Option<Text>,
    /// `expires_in_at = "/…"`: where the lifetime stands in the same object.
    pub expires_in_at: Option<Text>,
    /// `scope_at = "/…"`: where the granted scopes stand in the same object.
    pub scope_at: Option<Text>,
    /// `expires_in = timestamp` or `milliseconds`: what the lifetime is counted in.
    pub expires_in: ExpiresIn,
    /// `missing_token_type`: the answer has no `token_type`; the token is a bearer token.
    pub missing_token_type: bool,
    /// `token_types("…")`: further values of `token_type` that mean a bearer token.
    pub token_types: List<Text>,
    /// `missing_id_token`: the scope `openid` brings no ID token; only the userinfo endpoint says who the user is.
    pub missing_id_token: bool,
    /// `missing_nonce`: an ID token carries no nonce, and none is sent.
    pub missing_nonce: bool,
    /// `secret_signs_id_token`: an ID token is signed with the client secret, by HS256.
    pub secret_signs_id_token: bool,
    /// `error_when(at = "/…", is = "…")`: what makes an answer an error; `at` is counted from the whole answer.
    pub error_when: Option<ErrorWhen>,
    /// `error_at = "/…"`: where the code of an error stands in the whole answer.
    pub error_at: Option<Text>,
    /// `error_description_at = "/…"`: where the words of an error stand in the whole answer.
    pub error_description_at: Option<Text>,
    /// `invalid_grant("…")`: the codes that mean the RFC's `invalid_grant`: the code or the refresh token is not, or no
    /// longer, good.
    pub invalid_grant: List<Text>,
    /// `refresh_endpoint = "…"`: a refresh token is presented here and not at the token endpoint.
    pub refresh_endpoint: Option<Text>,
    /// `refresh_params(name = value)`: further parameters of a refresh.
    #[cfg_attr(feature = "serde", serde(with = "crate::wire::request_params"))]
    pub refresh_params: List<RequestParam>,
    /// `refresh_auth_method = none`: how the client proves itself at a refresh, where that is not as at the exchange.
    pub refresh_auth_method: Option<TokenEndpointAuthMethod>,
    /// `refresh_grant_type = "…"`: the `grant_type` of a refresh.
    pub refresh_grant_type: Option<Text>,
    /// `refresh_token_param = "…"`: what `refresh_token` is called in a refresh.
    pub refresh_token_param: Option<Text>,
    /// `refresh_from_access_token`: there is no refresh token; the access token is presented in its place, and a newer
    /// one comes back.
    pub refresh_from_access_token: bool,
    /// `refresh_keeps`: a refresh token stays good when it is used, so that two servers may use it at once.
    pub refresh_keeps: bool,
    /// `refresh_when_expired`: a refresh token is refused as long as the access token is good.
    pub refresh_when_expired: bool,
    /// `revocation_request = bearer` or `access_token`: what a revocation request carries.
    pub revocation_request: RevocationRequest,
    /// `bearer_scheme = "…"`: the word before the access token in `Authorization`.
    pub bearer_scheme: Option<Text>,
    /// `access_token_param = "…"`: the access token travels in the query of API calls, under this name, and not in
    /// `Authorization`.
    pub access_token_param: Option<Text>,
    /// `access_token_header = "…"`: API calls carry the access token alone in this header, and not in `Authorization`.
    pub access_token_header: Option<Text>,
    /// `userinfo_request = form` or `post`: how the userinfo endpoint is asked.
    pub userinfo_request: UserinfoRequest,
    /// `userinfo_params(name = value)`: further parameters of the userinfo request.
    #[cfg_attr(feature = "serde", serde(with = "crate::wire::request_params"))]
    pub userinfo_params: List<RequestParam>,
    /// `post_logout_redirect_uri_param = "…"`: what `post_logout_redirect_uri` is called at the end-session endpoint.
    pub post_logout_redirect_uri_param: Option<Text>,
}

impl Dialect {
    /// No departure: everything as the RFC has it.
    pub const NONE: Self = Self {
        tenant_issuer: None,
        client_id_param: None,
        client_secret_param: None,
        signed_client_secret: false,
        scope_param: None,
        sorted_params: false,
        authorization_fragment: None,
        callback_issuer: None,
        callback_params: Cow::Borrowed(&[]),
        callback_once: Cow::Borrowed(&[]),
        callback_scope: false,
        token_request: TokenRequest::Form,
        token_request_method: TokenRequestMethod::Post,
        token_response: TokenResponseFormat::Json,
        token_response_at: None,
        access_token_at: None,
        refresh_token_at: None,
        expires_in_at: None,
        scope_at: None,
        expires_in: ExpiresIn::Seconds,
        missing_token_type: false,
        token_types: Cow::Borrowed(&[]),
        missing_id_token: false,
        missing_nonce: false,
        secret_signs_id_token: false,
        error_when: None,
        error_at: None,
        error_description_at: None,
        invalid_grant: Cow::Borrowed(&[]),
        refresh_endpoint: None,
        refresh_params: Cow::Borrowed(&[]),
        refresh_auth_method: None,
        refresh_grant_type: None,
        refresh_token_param: None,
        refresh_from_access_token: false,
        refresh_keeps: false,
        refresh_when_expired: false,
        revocation_request: RevocationRequest::Token,
        bearer_scheme: None,
        access_token_param: None,
        access_token_header: None,
        userinfo_request: UserinfoRequest::Bearer,
        userinfo_params: Cow::Borrowed(&[]),
        post_logout_redirect_uri_param: None,
    };
}

impl Default for Dialect {
    fn default() -> Self {
        Self::NONE
    }
}

/// An issuer that many tenants share, each with an `iss` of its own.
///
/// The issuer's metadata name this template instead of the issuer, or an issuer that fits it; the `iss` of an ID token is
/// the template with the claim in place of its placeholder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
pub struct TenantIssuer {
    /// REQUIRED. The URL, with one placeholder that is a whole segment of its path. It is the metadata's, and no field of
    /// the provider's type fills it.
    pub template: Text,
    /// REQUIRED. The claim of the ID token that names the tenant, `[A-Za-z0-9_]+`.
    pub claim: Text,
}

/// How the parameters of a token, refresh or revocation request travel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum TokenRequest {
    /// As a form in the body (RFC 6749 s4.1.3).
    #[default]
    Form,
    /// As a JSON object in the body.
    Json,
    /// In the query, with an empty body.
    Query,
}

/// The method of token and refresh requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum TokenRequestMethod {
    /// As RFC 6749 s3.2 has it.
    #[default]
    Post,
    /// With the parameters, the secret among them, in the query.
    Get,
}

/// What the token endpoint answers with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum TokenResponseFormat {
    /// A JSON object (RFC 6749 s5.1).
    #[default]
    Json,
    /// A form, `access_token=…&expires_in=…`, whatever its content type. It is read as an object of texts.
    Form,
    /// A JSON object, whatever its content type.
    Text,
}

/// What the lifetime of an access token is counted in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum ExpiresIn {
    /// Seconds from the answer on (RFC 6749 s5.1).
    #[default]
    Seconds,
    /// Milliseconds from the answer on.
    Milliseconds,
    /// The instant of the expiry, in seconds since 1970.
    Timestamp,
}

/// What makes an answer of the token endpoint an error, beside an `error` member: the value at a JSON pointer, as text.
/// Exactly one of `is` and `is_not` is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
pub struct ErrorWhen {
    /// REQUIRED. JSON pointer to a text, a number or a boolean, counted from the whole answer.
    pub at: Text,
    /// It is an error if the value is this.
    pub is: Option<Text>,
    /// It is an error if there is a value, and another than this.
    pub is_not: Option<Text>,
}

/// What a revocation request carries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum RevocationRequest {
    /// `token` and `token_type_hint`, with the client's authentication (RFC 7009).
    #[default]
    Token,
    /// The access token as `access_token`, with the client's authentication.
    AccessToken,
    /// The access token in `Authorization`, as in a call of the API, and nothing else.
    Bearer,
}

/// How the userinfo endpoint is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum UserinfoRequest {
    /// A `GET` as any other call of the API.
    #[default]
    Bearer,
    /// A `POST` of a form that holds the access token as `access_token`.
    Form,
    /// A `POST` without a body, with the access token as in any other call of the API.
    Post,
}
