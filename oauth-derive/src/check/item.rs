//! Rules about the struct: what it may be, and what it is called.

use oauth_declaration::Text;
use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::{Data, DeriveInput, Fields};

use crate::args::Args;
use crate::diag;
use crate::key;
use crate::notes::Notes;

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

/// `name` is what people read; without it, the struct's own name.
pub(crate) fn name(args: &Args, item: &DeriveInput) -> Text {
    args.name.clone().unwrap_or_else(|| item.ident.unraw().to_string().into())
}

/// `slug` is a part of cookie names and paths; without it, the struct's name in snake case.
pub(crate) fn slug(args: &Args, item: &DeriveInput, notes: &mut Notes) -> Text {
    if let Some(given) = &args.slug {
        return given.clone();
    }
    let slug = snake_case(&item.ident.unraw().to_string());
    if slug.is_ascii() {
        return slug.into();
    }
    if !notes.is_unread(key::SLUG) {
        let why = "the struct's name has letters that a slug cannot hold";
        notes.diagnostics.push(diag::missing(item.ident.span(), key::SLUG, why));
    }
    "unnamed".into()
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
