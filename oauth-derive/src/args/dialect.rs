//! `dialect(…)`: the named departures from the RFC.

use oauth_declaration::source::{OF_A_TOKEN_REQUEST, OF_A_USERINFO_REQUEST};
use oauth_declaration::{Dialect, ErrorWhen, TenantIssuer};
use syn::parse::ParseStream;

use crate::args::entries;
use crate::args::entry::Entry;
use crate::args::{given, list, params};
use crate::key;
use crate::notes::Notes;

/// Reads `(word = value, …)`.
pub(crate) fn dialect(
    entry: &Entry,
    input: ParseStream,
    notes: &mut Notes,
) -> syn::Result<Dialect> {
    let content = list::open(entry, input, "dialect(callback_issuer = \"https://…\")")?;
    let mut dialect = Dialect::NONE;
    let example = "callback_issuer = \"https://…\"";
    entries::entries(Some(&entry.place), &content, notes, example, |entry, input, notes| {
        word(&mut dialect, entry, input, notes)
    });
    Ok(dialect)
}

/// One word. It is long because the vocabulary is: one line a word.
fn word(of: &mut Dialect, entry: &Entry, input: ParseStream, notes: &mut Notes) -> syn::Result<()> {
    match entry.name().as_str() {
        key::TENANT_ISSUER => of.tenant_issuer = Some(tenant_issuer(entry, input, notes)?),
        key::CLIENT_ID_PARAM => of.client_id_param = Some(given::text(entry, input, notes)?),
        key::CLIENT_SECRET_PARAM => {
            of.client_secret_param = Some(given::text(entry, input, notes)?);
        }
        key::SIGNED_CLIENT_SECRET => of.signed_client_secret = given::flag(entry, input)?,
        key::SCOPE_PARAM => of.scope_param = Some(given::text(entry, input, notes)?),
        key::SORTED_PARAMS => of.sorted_params = given::flag(entry, input)?,
        key::AUTHORIZATION_FRAGMENT => {
            of.authorization_fragment = Some(given::text(entry, input, notes)?);
        }
        key::CALLBACK_ISSUER => of.callback_issuer = Some(given::text(entry, input, notes)?),
        key::CALLBACK_PARAMS => of.callback_params = list::texts(entry, input, notes)?,
        key::CALLBACK_ONCE => of.callback_once = list::texts(entry, input, notes)?,
        key::CALLBACK_SCOPE => of.callback_scope = given::flag(entry, input)?,
        key::TOKEN_REQUEST => of.token_request = given::word(entry, input, notes)?,
        key::TOKEN_REQUEST_METHOD => of.token_request_method = given::word(entry, input, notes)?,
        key::TOKEN_RESPONSE => of.token_response = given::word(entry, input, notes)?,
        key::TOKEN_RESPONSE_AT => of.token_response_at = Some(given::text(entry, input, notes)?),
        key::ACCESS_TOKEN_AT => of.access_token_at = Some(given::text(entry, input, notes)?),
        key::REFRESH_TOKEN_AT => of.refresh_token_at = Some(given::text(entry, input, notes)?),
        key::EXPIRES_IN_AT => of.expires_in_at = Some(given::text(entry, input, notes)?),
        key::SCOPE_AT => of.scope_at = Some(given::text(entry, input, notes)?),
        key::EXPIRES_IN => of.expires_in = given::word(entry, input, notes)?,
        key::MISSING_TOKEN_TYPE => of.missing_token_type = given::flag(entry, input)?,
        key::TOKEN_TYPES => of.token_types = list::texts(entry, input, notes)?,
        key::MISSING_ID_TOKEN => of.missing_id_token = given::flag(entry, input)?,
        key::MISSING_NONCE => of.missing_nonce = given::flag(entry, input)?,
        key::SECRET_SIGNS_ID_TOKEN => of.secret_signs_id_token = given::flag(entry, input)?,
        key::ERROR_WHEN => of.error_when = Some(error_when(entry, input, notes)?),
        key::ERROR_AT => of.error_at = Some(given::text(entry, input, notes)?),
        key::ERROR_DESCRIPTION_AT => {
            of.error_description_at = Some(given::text(entry, input, notes)?);
        }
        key::INVALID_GRANT => of.invalid_grant = list::texts(entry, input, notes)?,
        key::REFRESH_ENDPOINT => of.refresh_endpoint = Some(given::text(entry, input, notes)?),
        key::REFRESH_PARAMS => {
            of.refresh_params = params::request_params(entry, input, notes, OF_A_TOKEN_REQUEST)?;
        }
        key::REFRESH_AUTH_METHOD => {
            of.refresh_auth_method = Some(given::word(entry, input, notes)?);
        }
        key::REFRESH_GRANT_TYPE => of.refresh_grant_type = Some(given::text(entry, input, notes)?),
        key::REFRESH_TOKEN_PARAM => {
            of.refresh_token_param = Some(given::text(entry, input, notes)?);
        }
        key::REFRESH_FROM_ACCESS_TOKEN => of.refresh_from_access_token = given::flag(entry, input)?,
        key::REFRESH_KEEPS => of.refresh_keeps = given::flag(entry, input)?,
        key::REFRESH_WHEN_EXPIRED => of.refresh_when_expired = given::flag(entry, input)?,
        key::REVOCATION_REQUEST => of.revocation_request = given::word(entry, input, notes)?,
        key::BEARER_SCHEME => of.bearer_scheme = Some(given::text(entry, input, notes)?),
        key::ACCESS_TOKEN_PARAM => of.access_token_param = Some(given::text(entry, input, notes)?),
        key::ACCESS_TOKEN_HEADER => {
            of.access_token_header = Some(given::text(entry, input, notes)?);
        }
        key::USERINFO_REQUEST => of.userinfo_request = given::word(entry, input, notes)?,
        key::USERINFO_PARAMS => {
            of.userinfo_params =
                params::request_params(entry, input, notes, OF_A_USERINFO_REQUEST)?;
        }
        key::POST_LOGOUT_REDIRECT_URI_PARAM => {
            of.post_logout_redirect_uri_param = Some(given::text(entry, input, notes)?);
        }
        _ => {
            let (known, usual) = (key::ALL_DIALECT, key::USUAL_DIALECT);
            return Err(entry.unknown("dialect word", known, usual, notes));
        }
    }
    Ok(())
}

/// Reads `(template = "https://…/{name}/…", claim = "tid")`.
fn tenant_issuer(
    entry: &Entry,
    input: ParseStream,
    notes: &mut Notes,
) -> syn::Result<TenantIssuer> {
    let example = "template = \"https://…\"";
    let form = format!("tenant_issuer({example}, claim = \"tid\")");
    let content = list::open(entry, input, &form)?;
    let mut of = TenantIssuer::default();
    entries::entries(Some(&entry.place), &content, notes, example, |entry, input, notes| {
        match entry.name().as_str() {
            key::TEMPLATE => of.template = given::text(entry, input, notes)?,
            key::CLAIM => of.claim = given::text(entry, input, notes)?,
            _ => {
                let known = key::ALL_TENANT_ISSUER;
                return Err(entry.unknown("`tenant_issuer` key", known, known, notes));
            }
        }
        Ok(())
    });
    Ok(of)
}

/// Reads `(at = "/ok", is = "false")`.
fn error_when(entry: &Entry, input: ParseStream, notes: &mut Notes) -> syn::Result<ErrorWhen> {
    let content = list::open(entry, input, "error_when(at = \"/ok\", is = \"false\")")?;
    let mut of = ErrorWhen::default();
    let example = "at = \"/ok\"";
    entries::entries(Some(&entry.place), &content, notes, example, |entry, input, notes| {
        match entry.name().as_str() {
            key::AT => of.at = given::text(entry, input, notes)?,
            key::IS => of.is = Some(given::text(entry, input, notes)?),
            key::IS_NOT => of.is_not = Some(given::text(entry, input, notes)?),
            _ => {
                let known = key::ALL_ERROR_WHEN;
                return Err(entry.unknown("`error_when` key", known, known, notes));
            }
        }
        Ok(())
    });
    Ok(of)
}
