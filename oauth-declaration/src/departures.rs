//! A declaration in words, for documentation and for pages: how it departs from the RFC, one clause a word of the dialect,
//! and how one gets a refresh token.

use crate::declaration::{Declaration, Offline, Pkce, ResponseMode};
use crate::dialect::{
    Dialect, ErrorWhen, ExpiresIn, RevocationRequest, TenantIssuer, TokenRequest,
    TokenRequestMethod, TokenResponseFormat, UserinfoRequest,
};
use crate::param::{ParamValue, RequestParam};
use crate::text::{List, Text};

impl Declaration {
    /// What is not as RFC 6749 has it, in the order of a login: clauses without a full stop, in Markdown.
    #[must_use]
    pub fn departures(&self) -> Vec<String> {
        departures(self)
    }
}

impl Offline {
    /// How one gets a refresh token, as the rest of a sentence, in Markdown; `None` if that is not declared.
    #[must_use]
    pub fn in_words(&self) -> Option<String> {
        match self {
            Self::Undeclared => None,
            Self::Always => Some("come without being asked for".to_owned()),
            Self::Never => Some("there are none".to_owned()),
            Self::Scope(scope) => Some(format!(
                "with the scope {}, which `.offline_access(true)` asks for",
                code(scope)
            )),
            Self::Params(params) => {
                let params: Vec<String> = params
                    .iter()
                    .map(|param| code(&format!("{}={}", param.name, param.value)))
                    .collect();
                let params = params.join(" and ");
                Some(format!("with {params}, which `.offline_access(true)` asks for"))
            }
        }
    }
}

fn departures(declaration: &Declaration) -> Vec<String> {
    let dialect = &declaration.dialect;
    let mut clauses = Vec::new();
    if declaration.scope_separator != " " {
        let separator = code(&declaration.scope_separator);
        clauses.push(format!("scopes are separated by {separator}"));
    }
    if declaration.pkce == Pkce::Unsupported {
        clauses.push("PKCE is not supported".to_owned());
    }
    let form_post = declaration.response_mode == ResponseMode::FormPost;
    clauses.extend(flag(form_post, "the callback is a form that the browser posts"));
    clauses.extend(params("the token request carries", &declaration.token_params));
    clauses.extend(authorization(dialect));
    clauses.extend(token_request(dialect));
    clauses.extend(token_response(dialect));
    clauses.extend(errors(dialect));
    clauses.extend(refresh(dialect));
    clauses.extend(api(dialect));
    clauses
}

fn authorization(dialect: &Dialect) -> Vec<String> {
    let fragment = dialect.authorization_fragment.as_ref().map(|fragment| {
        format!("the authorization request ends in {}", code(&format!("#{fragment}")))
    });
    let mut clauses = Vec::new();
    clauses.extend(dialect.tenant_issuer.as_ref().map(tenant_issuer));
    clauses.extend(with("`client_id` is called", dialect.client_id_param.as_ref()));
    clauses.extend(with("`client_secret` is called", dialect.client_secret_param.as_ref()));
    clauses.extend(flag(
        dialect.signed_client_secret,
        "the client secret is a JWT that a key of the client signs",
    ));
    clauses.extend(with("`scope` is called", dialect.scope_param.as_ref()));
    clauses.extend(flag(
        dialect.sorted_params,
        "the parameters of the authorization request are sorted",
    ));
    clauses.extend(fragment);
    clauses.extend(with("the callback carries the issuer", dialect.callback_issuer.as_ref()));
    clauses.extend(list("the callback carries", &dialect.callback_params));
    clauses.extend(list("the callback may carry", &dialect.callback_once));
    clauses.extend(flag(dialect.callback_scope, "the granted scopes come with the callback"));
    clauses
}

fn tenant_issuer(of: &TenantIssuer) -> String {
    let (template, claim) = (code(&of.template), code(&of.claim));
    format!("the issuer of an ID token is {template} with its claim {claim}")
}

fn token_request(dialect: &Dialect) -> Vec<String> {
    let body = match dialect.token_request {
        TokenRequest::Form => None,
        TokenRequest::Json => Some("a token request is JSON"),
        TokenRequest::Query => Some("the parameters of a token request are in its query"),
    };
    let get = dialect.token_request_method == TokenRequestMethod::Get;
    let mut clauses: Vec<String> = body.map(str::to_owned).into_iter().collect();
    clauses.extend(flag(get, "a token request is a `GET`"));
    clauses
}

fn token_response(dialect: &Dialect) -> Vec<String> {
    let format = dialect.token_response;
    let form = format == TokenResponseFormat::Form;
    let text = format == TokenResponseFormat::Text;
    let unit = match dialect.expires_in {
        ExpiresIn::Seconds => None,
        ExpiresIn::Milliseconds => Some("`expires_in` counts milliseconds"),
        ExpiresIn::Timestamp => Some("`expires_in` is the instant of the expiry"),
    };
    let mut clauses = Vec::new();
    clauses.extend(flag(form, "the token response is a form"));
    clauses.extend(flag(text, "the token response is JSON of another content type"));
    clauses.extend(with("the token response stands at", dialect.token_response_at.as_ref()));
    clauses.extend(with("the access token stands at", dialect.access_token_at.as_ref()));
    clauses.extend(with("the refresh token stands at", dialect.refresh_token_at.as_ref()));
    clauses.extend(with("the lifetime stands at", dialect.expires_in_at.as_ref()));
    clauses.extend(with("the granted scopes stand at", dialect.scope_at.as_ref()));
    clauses.extend(unit.map(str::to_owned));
    clauses.extend(flag(dialect.missing_token_type, "the answer has no `token_type`"));
    clauses.extend(list("a bearer token is also of the type", &dialect.token_types));
    let none = "`openid` brings no ID token";
    clauses.extend(flag(dialect.missing_id_token, none));
    clauses.extend(flag(dialect.missing_nonce, "an ID token carries no nonce"));
    let by_secret = "an ID token is signed with the client secret";
    clauses.extend(flag(dialect.secret_signs_id_token, by_secret));
    clauses
}

fn errors(dialect: &Dialect) -> Vec<String> {
    let mut clauses = Vec::new();
    clauses.extend(dialect.error_when.as_ref().map(error_when));
    clauses.extend(with("the code of an error stands at", dialect.error_at.as_ref()));
    let description = dialect.error_description_at.as_ref();
    clauses.extend(with("the words of an error stand at", description));
    clauses.extend(list("`invalid_grant` is called", &dialect.invalid_grant));
    clauses
}

fn error_when(when: &ErrorWhen) -> String {
    let at = code(&when.at);
    match (&when.is, &when.is_not) {
        (Some(is), _) => format!("an answer is an error if {at} is {}", code(is)),
        (_, Some(is_not)) => format!("an answer is an error if {at} is not {}", code(is_not)),
        (None, None) => format!("an error is told at {at}"),
    }
}

fn refresh(dialect: &Dialect) -> Vec<String> {
    let method = dialect
        .refresh_auth_method
        .map(|method| format!("the client proves itself at a refresh by `{}`", method.as_str()));
    let from_access = "the access token is presented as a refresh token";
    let mut clauses = Vec::new();
    clauses.extend(with("a refresh token is presented at", dialect.refresh_endpoint.as_ref()));
    clauses.extend(params("a refresh carries", &dialect.refresh_params));
    clauses.extend(method);
    let grant_type = dialect.refresh_grant_type.as_ref();
    clauses.extend(with("the `grant_type` of a refresh is", grant_type));
    clauses.extend(with("`refresh_token` is called", dialect.refresh_token_param.as_ref()));
    clauses.extend(flag(dialect.refresh_from_access_token, from_access));
    clauses.extend(flag(dialect.refresh_keeps, "a refresh token stays good when it is used"));
    let late = "a refresh is refused as long as the access token is good";
    clauses.extend(flag(dialect.refresh_when_expired, late));
    clauses
}

fn api(dialect: &Dialect) -> Vec<String> {
    let revocation = match dialect.revocation_request {
        RevocationRequest::Token => None,
        RevocationRequest::AccessToken => Some("a revocation carries the access token"),
        RevocationRequest::Bearer => Some("a revocation carries the access token as a bearer"),
    };
    let form = dialect.userinfo_request == UserinfoRequest::Form;
    let post = dialect.userinfo_request == UserinfoRequest::Post;
    let mut clauses: Vec<String> = revocation.map(str::to_owned).into_iter().collect();
    clauses.extend(with("the word before an access token is", dialect.bearer_scheme.as_ref()));
    let param = dialect.access_token_param.as_ref();
    clauses.extend(with("the access token travels in the query as", param));
    let header = dialect.access_token_header.as_ref();
    clauses.extend(with("the access token travels alone in the header", header));
    clauses.extend(flag(form, "the userinfo endpoint takes a form"));
    clauses.extend(flag(post, "the userinfo endpoint takes a `POST`"));
    clauses.extend(params("the userinfo request carries", &dialect.userinfo_params));
    let back_to = dialect.post_logout_redirect_uri_param.as_ref();
    clauses.extend(with("`post_logout_redirect_uri` is called", back_to));
    clauses
}

fn flag(given: bool, clause: &str) -> Option<String> {
    given.then(|| clause.to_owned())
}

fn with(clause: &str, value: Option<&Text>) -> Option<String> {
    value.map(|value| format!("{clause} {}", code(value)))
}

fn list(clause: &str, values: &List<Text>) -> Option<String> {
    let values: Vec<String> = values.iter().map(|value| code(value)).collect();
    (!values.is_empty()).then(|| format!("{clause} {}", values.join(", ")))
}

fn params(clause: &str, params: &List<RequestParam>) -> Option<String> {
    let shown = |param: &RequestParam| {
        let name = &param.name;
        code(&match &param.value {
            ParamValue::Constant(value) => format!("{name}={value}"),
            _ => name.to_string(),
        })
    };
    let shown: Vec<String> = params.iter().map(shown).collect();
    (!shown.is_empty()).then(|| format!("{clause} {}", shown.join(", ")))
}

/// A value as code: in a fence that it does not hold, on one line.
#[doc(hidden)]
#[must_use]
pub fn code(value: &str) -> String {
    let shown = |letter: char| match letter.is_control() {
        true => letter.escape_unicode().to_string(),
        false => letter.to_string(),
    };
    let value: String = value.chars().map(shown).collect();
    let longest = value.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let edge = value.is_empty() || value.starts_with(['`', ' ']) || value.ends_with(['`', ' ']);
    let space = if edge { " " } else { "" };
    format!("{fence}{space}{value}{space}{fence}")
}
