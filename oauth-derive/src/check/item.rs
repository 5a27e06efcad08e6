//! Rules about the struct: what it may be, and what its fields are.

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Field, Fields, LitStr, Type};

use crate::args::Args;
use crate::diag::{self, Diagnostics};
use crate::key;
use crate::model::{Placeholder, PlaceholderKind};
use crate::value::{self, doc};

/// A struct field whose type could be read, and the place of that type.
pub(crate) struct PlaceholderField {
    pub(crate) placeholder: Placeholder,
    pub(crate) type_span: Span,
}

/// A provider is a struct with named fields or none, and has no generics.
pub(crate) fn shape(item: &DeriveInput) -> syn::Result<()> {
    let span = match &item.data {
        Data::Enum(data) => data.enum_token.span,
        Data::Union(data) => data.union_token.span,
        Data::Struct(data) => match &data.fields {
            Fields::Unnamed(fields) => fields.paren_token.span.join(),
            Fields::Named(_) | Fields::Unit if item.generics.params.is_empty() => return Ok(()),
            Fields::Named(_) | Fields::Unit => {
                let message = "`#[oauth_provider]` goes on a struct without generics";
                return Err(syn::Error::new_spanned(&item.generics, message));
            }
        },
    };
    Err(wrong_item(span))
}

/// The sentence for everything that is not such a struct.
pub(crate) fn wrong_item(span: Span) -> syn::Error {
    let message = "`#[oauth_provider]` goes on a struct with named fields or none";
    syn::Error::new(span, message)
}

/// Each field is a placeholder, and its type says where it may stand.
pub(crate) fn fields(item: &DeriveInput, diagnostics: &mut Diagnostics) -> Vec<PlaceholderField> {
    let Data::Struct(data) = &item.data else {
        return Vec::new();
    };
    data.fields
        .iter()
        .filter_map(|field| Some((field, field.ident.as_ref()?)))
        .filter_map(|(field, ident)| diagnostics.ok(placeholder(field, ident)))
        .collect()
}

fn placeholder(field: &Field, ident: &Ident) -> syn::Result<PlaceholderField> {
    let kind = match &field.ty {
        Type::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()),
        _ => None,
    };
    let kind = match kind.as_deref() {
        Some("Host") => PlaceholderKind::Host,
        Some("Segment") => PlaceholderKind::Segment,
        _ => {
            let message = format!("the field `{ident}` fills a URL; expected `Host` or `Segment`");
            return Err(syn::Error::new_spanned(&field.ty, message));
        }
    };
    Ok(PlaceholderField {
        placeholder: Placeholder {
            field: ident.clone(),
            name: ident.unraw().to_string(),
            kind,
            doc: doc::text(&field.attrs),
        },
        type_span: field.ty.span(),
    })
}

/// `name` is what people read; without it, the struct's own name.
pub(crate) fn name(args: &Args, item: &DeriveInput, diagnostics: &mut Diagnostics) -> String {
    args.name
        .as_ref()
        .and_then(|given| diagnostics.ok(value::filled(key::NAME, &given.value)))
        .unwrap_or_else(|| item.ident.unraw().to_string())
}

/// `slug` is a part of cookie names and paths; without it, the struct's name in snake case.
pub(crate) fn slug(
    args: &Args,
    item: &DeriveInput,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    if let Some(given) = &args.slug {
        return diagnostics.ok(value::slug(&given.value));
    }
    let slug = snake_case(&item.ident.unraw().to_string());
    if value::is_slug(&slug) {
        return Some(slug);
    }
    if !args.keys.has(key::SLUG) {
        let why = "the struct's name has letters that a slug cannot hold";
        diagnostics.push(diag::missing(item.ident.span(), key::SLUG, why));
    }
    None
}

/// A scope's separator is a text; without it, the space of RFC 6749 s3.3.
pub(crate) fn scope_separator(args: &Args, diagnostics: &mut Diagnostics) -> String {
    let separator = |literal: &LitStr| value::filled(key::SCOPE_SEPARATOR, literal);
    args.scope_separator
        .as_ref()
        .and_then(|given| diagnostics.ok(separator(&given.value)))
        .unwrap_or_else(|| " ".to_owned())
}

/// `GitHub` is `git_hub`, `HTTPServer` is `http_server`, `Auth0` is `auth0`.
fn snake_case(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut snake = String::new();
    for (i, letter) in letters.iter().enumerate() {
        let previous = i.checked_sub(1).map(|before| letters[before]);
        let next = letters.get(i + 1);
        let begins = letter.is_uppercase()
            && previous.is_some_and(|previous| {
                let acronym = previous.is_uppercase();
                previous != '_' && (!acronym || next.is_some_and(|next| next.is_lowercase()))
            });
        if begins {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_snake_case() {
        for (name, snake) in [
            ("GitHub", "git_hub"),
            ("Google", "google"),
            ("HTTPServer", "http_server"),
            ("Auth0", "auth0"),
            ("My_Provider", "my_provider"),
            ("VKID", "vkid"),
        ] {
            assert_eq!(snake_case(name), snake);
        }
    }
}
