//! From what is written to a whole and valid provider: one function a rule. A rule that fails takes note of
//! the mistake and the next one goes on.

pub(crate) mod item;
pub(crate) mod params;
pub(crate) mod profile;
pub(crate) mod scopes;
pub(crate) mod token_response;
pub(crate) mod urls;

use syn::{DeriveInput, Path};

use crate::args::Args;
use crate::check::urls::Urls;
use crate::diag::Diagnostics;
use crate::key;
use crate::model::{DialectModel, ProviderModel};
use crate::value::{Pkce, TokenEndpointAuthMethod};

/// The model of a provider, or every mistake in its declaration.
pub(crate) fn provider(
    args: &Args,
    item: &DeriveInput,
    root: Path,
    mut diagnostics: Diagnostics,
) -> syn::Result<ProviderModel> {
    let model = model(args, item, root, &mut diagnostics);
    diagnostics.finish(model)
}

fn model(
    args: &Args,
    item: &DeriveInput,
    root: Path,
    d: &mut Diagnostics,
) -> Option<ProviderModel> {
    let mut urls = Urls::new(!d.is_empty());
    let shape = d.ok(item::shape(item));
    let name = item::name(args, item, d);
    let slug = item::slug(args, item, d);
    let endpoints = urls::endpoints(args, item, &mut urls, d);
    let scopes = scopes::scopes(args, d);
    let default_scopes = scopes::default_scopes(args, d);
    let scope_separator = item::scope_separator(args, d);
    let authentication = authentication(args, d);
    let authorization_params = args.authorization_params.as_ref();
    let authorization_params =
        authorization_params.map_or_else(Vec::new, |given| params::params(&given.value, d));
    let offline = scopes::offline(args, d);
    let headers = args.headers.as_ref();
    let headers = headers.map_or_else(Vec::new, |given| params::headers(&given.value, d));
    let token_response = token_response::fields(args, d);
    let profile = profile::profile(args, d);
    let emails = profile::emails(args, &mut urls, d);
    let dialect = dialect(args, &mut urls, d);
    shape?;
    let fields = item::fields(item, d);
    urls::placeholders(item, &fields, &urls, d);
    Some(ProviderModel {
        item: item.clone(),
        root,
        name,
        slug: slug?,
        endpoints: endpoints?,
        scopes,
        default_scopes,
        scope_separator,
        pkce: authentication.0,
        token_endpoint_auth_method: authentication.1,
        authorization_params,
        offline,
        headers,
        token_response,
        profile,
        emails,
        dialect,
        placeholders: fields.into_iter().map(|field| field.placeholder).collect(),
    })
}

/// A public client proves itself by PKCE alone (RFC 9700 s2.1.1), so it cannot do without both.
fn authentication(args: &Args, diagnostics: &mut Diagnostics) -> (Pkce, TokenEndpointAuthMethod) {
    let method = args.token_endpoint_auth_method.as_ref();
    if let (Some(pkce), Some(method)) = (&args.pkce, method) {
        let public = method.value == TokenEndpointAuthMethod::None;
        if public && pkce.value == Pkce::Unsupported {
            let message =
                "`token_endpoint_auth_method = none` needs PKCE; remove `pkce = unsupported`";
            diagnostics.push(syn::Error::new(pkce.key.span(), message));
            diagnostics.push(syn::Error::new(method.key.span(), message));
        }
    }
    (
        args.pkce.as_ref().map(|given| given.value).unwrap_or_default(),
        method.map(|given| given.value).unwrap_or_default(),
    )
}

/// The issuer that a callback carries is an issuer, and a refresh endpoint is an endpoint: URLs.
fn dialect(args: &Args, urls: &mut Urls, diagnostics: &mut Diagnostics) -> DialectModel {
    let Some(given) = &args.dialect else { return DialectModel::default() };
    let mut url = |key, given| urls.given(key, given, diagnostics);
    DialectModel {
        callback_issuer: url(key::CALLBACK_ISSUER, given.value.callback_issuer.as_ref()),
        refresh_endpoint: url(key::REFRESH_ENDPOINT, given.value.refresh_endpoint.as_ref()),
        refresh_keeps: given.value.refresh_keeps,
    }
}

#[cfg(test)]
mod tests;
