//! Rules about the declared fields of the token response.

use std::collections::HashSet;

use oauth_declaration::{DeclaredField, Place};
use quote::ToTokens;
use syn::LitStr;
use syn::ext::IdentExt;

use crate::args::token_response::FieldArg;
use crate::diag;
use crate::key;
use crate::model::ResponseField;
use crate::notes::Notes;

/// A field is given once, and is not the one that holds the RFC's fields.
pub(crate) fn fields(given: &[FieldArg], notes: &mut Notes) -> Vec<ResponseField> {
    let mut seen = HashSet::new();
    let mut fields = Vec::new();
    for field in given {
        let name = field.ident.unraw().to_string();
        if name == "standard" {
            let message = "`standard` holds the RFC's own fields; choose another name";
            notes.diagnostics.push(syn::Error::new(field.ident.span(), message));
        } else if !seen.insert(name.clone()) {
            notes.diagnostics.push(diag::doubled(field.ident.span(), &name));
        } else {
            let place = Place::of(key::TOKEN_RESPONSE).element(fields.len());
            let rename = field.rename.as_ref();
            let span = rename.map_or_else(|| field.ident.span(), LitStr::span);
            notes.spans.put(place.inside("name"), span);
            fields.push(ResponseField {
                docs: field.docs.clone(),
                serde: field.serde.clone(),
                ident: field.ident.clone(),
                ty: field.ty.clone(),
                wire_name: rename.map_or(name, LitStr::value),
            });
        }
    }
    fields
}

/// A field as the declaration has it.
pub(crate) fn declared(field: &ResponseField) -> DeclaredField {
    DeclaredField {
        name: field.wire_name.clone().into(),
        rust_type: field.ty.to_token_stream().to_string().into(),
    }
}
