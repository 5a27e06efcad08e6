//! From what is written to a whole and valid provider. The rules that need Rust stand here, one function a rule; all
//! others are `Declaration::mistakes`, and are told of at the spans that were noted.

pub(crate) mod fields;
pub(crate) mod item;
pub(crate) mod scopes;
pub(crate) mod token_response;

use oauth_declaration::Reading;
use syn::ext::IdentExt;
use syn::{DeriveInput, Path};

use crate::args::Args;
use crate::model::ProviderModel;
use crate::notes::Notes;

/// The model of a provider, or every mistake in its declaration.
pub(crate) fn provider(
    args: &Args,
    item: &DeriveInput,
    root: Path,
    mut notes: Notes,
) -> syn::Result<ProviderModel> {
    let model = model(args, item, root, &mut notes);
    notes.diagnostics.finish(model)
}

fn model(args: &Args, item: &DeriveInput, root: Path, notes: &mut Notes) -> ProviderModel {
    let partial = notes.diagnostics.len() > 0;
    let shape = item::shape(item);
    let shape = notes.diagnostics.ok(shape);
    let mut declaration = args.declaration.clone();
    declaration.name = item::name(args, item);
    declaration.slug = item::slug(args, item, notes);
    scopes::reserved(&args.scopes, notes);
    declaration.scopes = args.scopes.iter().map(scopes::declared).collect();
    declaration.default_scopes = scopes::default_scopes(args, notes).into();
    declaration.offline = scopes::offline(args, notes);
    let token_response = token_response::fields(&args.token_response, notes);
    declaration.token_response = token_response.iter().map(token_response::declared).collect();
    let (parameters, strange_fields) = match shape {
        Some(()) => fields::fields(item, notes),
        None => Default::default(),
    };
    declaration.placeholders = parameters.iter().map(fields::declared).collect();
    let reading = Reading {
        item: Some(item.ident.unraw().to_string()),
        no_fields: shape.is_none(),
        strange_fields,
        unread: notes.all_unread(),
        lost: notes.lost,
        partial,
    };
    for mistake in declaration.mistakes_of(&reading) {
        notes.mistake(&mistake, item.ident.span());
    }
    ProviderModel {
        item: fields::without_params(item),
        root,
        declaration,
        scopes: args.scopes.clone(),
        token_response,
        parameters,
    }
}

#[cfg(test)]
mod tests;
