//! Rules about URLs and their placeholders.

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::{Data, DeriveInput, LitStr};

use crate::args::Args;
use crate::args::given::Given;
use crate::check::item::PlaceholderField;
use crate::diag::{self, Diagnostics};
use crate::key;
use crate::model::{Endpoints, PlaceholderKind};
use crate::value::short;
use crate::value::url::{Position, Slot, UrlTemplate};

/// Every URL of the attribute that could be read, for the rules about placeholders.
pub(crate) struct Urls {
    templates: Vec<UrlTemplate>,
    /// Something could not be read, so that not all placeholders are known.
    unread: bool,
}

impl Urls {
    pub(crate) fn new(unread: bool) -> Self {
        Self { templates: Vec::new(), unread }
    }

    /// A URL is absolute, `https`, and holds neither fragment nor user info.
    pub(crate) fn read(
        &mut self,
        key: &'static str,
        literal: &LitStr,
        diagnostics: &mut Diagnostics,
    ) -> Option<&UrlTemplate> {
        match diagnostics.ok(UrlTemplate::parse(key, literal)) {
            Some(template) => {
                self.templates.push(template);
                self.templates.last()
            }
            None => {
                self.unread = true;
                None
            }
        }
    }

    /// The authorization endpoint and the token endpoint are REQUIRED.
    fn required(
        &mut self,
        args: &Args,
        key: &str,
        why: &str,
        item: &DeriveInput,
        diagnostics: &mut Diagnostics,
    ) {
        if !args.keys.has(key) {
            self.unread = true;
            diagnostics.push(diag::missing(item.ident.span(), key, why));
        }
    }

    /// The URL that was given to a key, if one was.
    pub(crate) fn given(
        &mut self,
        key: &'static str,
        given: Option<&Given<LitStr>>,
        diagnostics: &mut Diagnostics,
    ) -> Option<String> {
        self.read(key, &given?.value, diagnostics).map(|template| template.literal.value())
    }
}

/// The endpoints, each its own full URL.
pub(crate) fn endpoints(
    args: &Args,
    item: &DeriveInput,
    urls: &mut Urls,
    d: &mut Diagnostics,
) -> Option<Endpoints> {
    let issuer = urls.given(key::ISSUER, args.issuer.as_ref(), d);
    let authorization_endpoint = {
        let why = "it is where the browser is sent";
        urls.required(args, key::AUTHORIZATION_ENDPOINT, why, item, d);
        let given = args.authorization_endpoint.as_ref();
        urls.given(key::AUTHORIZATION_ENDPOINT, given, d)
    };
    let token_endpoint = {
        let why = "it is where the authorization code is exchanged";
        urls.required(args, key::TOKEN_ENDPOINT, why, item, d);
        urls.given(key::TOKEN_ENDPOINT, args.token_endpoint.as_ref(), d)
    };
    let revocation_endpoint =
        urls.given(key::REVOCATION_ENDPOINT, args.revocation_endpoint.as_ref(), d);
    let userinfo_endpoint = urls.given(key::USERINFO_ENDPOINT, args.userinfo_endpoint.as_ref(), d);
    let jwks_uri = urls.given(key::JWKS_URI, args.jwks_uri.as_ref(), d);
    let end_session_endpoint =
        urls.given(key::END_SESSION_ENDPOINT, args.end_session_endpoint.as_ref(), d);
    let api_base = urls.given(key::API_BASE, args.api_base.as_ref(), d);
    let api_origins = api_origins(args, urls, d);
    no_query(key::ISSUER, urls, d);
    no_query(key::API_BASE, urls, d);
    Some(Endpoints {
        issuer,
        authorization_endpoint: authorization_endpoint?,
        token_endpoint: token_endpoint?,
        revocation_endpoint,
        userinfo_endpoint,
        jwks_uri,
        end_session_endpoint,
        api_base,
        api_origins,
    })
}

/// Paths are appended to `api_base`, and RFC 8414 s2 gives an issuer no query.
fn no_query(key: &'static str, urls: &Urls, diagnostics: &mut Diagnostics) {
    for url in urls.templates.iter().filter(|url| url.key == key) {
        if let Some((_, query)) = url.tail.split_once('?') {
            let message = format!("`{key}` takes no query; remove `?{}`", short(query));
            diagnostics.push(syn::Error::new(url.literal.span(), message));
        }
    }
}

/// An origin is scheme, host and port; it is listed once.
fn api_origins(args: &Args, urls: &mut Urls, diagnostics: &mut Diagnostics) -> Vec<String> {
    let mut origins: Vec<String> = Vec::new();
    for literal in args.api_origins.iter().flat_map(|given| &given.value) {
        let Some(template) = urls.read(key::API_ORIGINS, literal, diagnostics) else {
            continue;
        };
        let (origin, tail) = (literal.value(), template.tail.clone());
        if !tail.is_empty() {
            let message = format!(
                "`api_origins` takes origins, which have no path; remove `{}`",
                short(&tail)
            );
            diagnostics.push(syn::Error::new(literal.span(), message));
        } else if origins.contains(&origin) {
            diagnostics.push(diag::doubled(literal.span(), &short(&origin)));
        } else {
            origins.push(origin);
        }
    }
    origins
}

/// Placeholders and fields bind by name, both ways, and a field stands where its type allows it.
pub(crate) fn placeholders(
    item: &DeriveInput,
    fields: &[PlaceholderField],
    urls: &Urls,
    diagnostics: &mut Diagnostics,
) {
    for url in &urls.templates {
        for slot in &url.placeholders {
            has_field(item, url, slot, diagnostics);
        }
    }
    for field in fields {
        match uses(&field.placeholder.name, urls).as_slice() {
            [] if urls.unread => {}
            [] => diagnostics.push(unused(field)),
            uses => stands_where_it_may(field, uses, diagnostics),
        }
    }
}

/// A placeholder has a field of its name.
fn has_field(item: &DeriveInput, url: &UrlTemplate, slot: &Slot, diagnostics: &mut Diagnostics) {
    let Data::Struct(data) = &item.data else {
        return;
    };
    let mut names = data.fields.iter().filter_map(|field| field.ident.as_ref());
    if names.any(|ident| ident.unraw() == slot.name) {
        return;
    }
    let Slot { name, .. } = slot;
    let (key, kind) = (url.key, kind_at(slot.position));
    let message = format!(
        "`{{{name}}}` in `{key}` has no field; add `{name}: {}` to `{}`",
        kind.name(),
        item.ident
    );
    diagnostics.push(syn::Error::new(url.literal.span(), message));
}

/// A field is a placeholder of at least one URL.
fn unused(field: &PlaceholderField) -> syn::Error {
    let name = &field.placeholder.name;
    let message =
        format!("the field `{name}` stands in no URL; write `{{{name}}}` in one or remove it");
    syn::Error::new(field.placeholder.field.span(), message)
}

/// A `Host` is a whole authority, a `Segment` stands in the path.
///
/// Where every URL disagrees with the type, the type is the mistake; else the URLs that disagree are.
fn stands_where_it_may(
    field: &PlaceholderField,
    uses: &[(&UrlTemplate, Position)],
    diagnostics: &mut Diagnostics,
) {
    let kind = field.placeholder.kind;
    let wrong: Vec<_> = uses.iter().filter(|(_, position)| kind_at(*position) != kind).collect();
    let (name, found) = (&field.placeholder.name, kind.name());
    let refusal = |span: Span, url: &UrlTemplate, position: Position| {
        let message = format!(
            "`{{{name}}}` in `{}` is {}; expected `{}`, found `{found}`",
            url.key,
            position.place(),
            kind_at(position).name(),
        );
        syn::Error::new(span, message)
    };
    match wrong.first() {
        Some((url, position)) if wrong.len() == uses.len() => {
            diagnostics.push(refusal(field.type_span, url, *position));
        }
        _ => {
            for (url, position) in wrong {
                diagnostics.push(refusal(url.literal.span(), url, *position));
            }
        }
    }
}

fn uses<'a>(name: &str, urls: &'a Urls) -> Vec<(&'a UrlTemplate, Position)> {
    urls.templates
        .iter()
        .flat_map(|url| url.placeholders.iter().map(move |slot| (url, slot)))
        .filter(|(_, slot)| slot.name == name)
        .map(|(url, slot)| (url, slot.position))
        .collect()
}

/// What may stand at a place of a URL.
fn kind_at(position: Position) -> PlaceholderKind {
    match position {
        Position::Host => PlaceholderKind::Host,
        Position::Path => PlaceholderKind::Segment,
    }
}
