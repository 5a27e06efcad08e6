//! Rules about the declared fields of the token response.

use std::collections::HashSet;

use syn::ext::IdentExt;
use syn::{Attribute, LitStr, Token, token};

use crate::args::Args;
use crate::args::token_response::FieldArg;
use crate::diag::{self, Diagnostics};
use crate::key;
use crate::model::ResponseField;

/// A declared field is given once, and is none of the standard ones.
pub(crate) fn fields(args: &Args, diagnostics: &mut Diagnostics) -> Vec<ResponseField> {
    let mut seen = HashSet::new();
    let mut fields = Vec::new();
    for field in args.token_response.iter().flat_map(|given| &given.value) {
        let name = field.ident.unraw().to_string();
        let wire_name = renamed(&field.serde).unwrap_or_else(|| name.clone());
        standard(field, &name, &wire_name, diagnostics);
        if !seen.insert(name.clone()) {
            diagnostics.push(diag::doubled(field.ident.span(), &name));
        }
        fields.push(ResponseField {
            docs: field.docs.clone(),
            serde: field.serde.clone(),
            ident: field.ident.clone(),
            ty: field.ty.clone(),
            wire_name,
        });
    }
    fields
}

/// RFC 6749 s5.1: the library reads `access_token` and its companions itself, and keeps them secret.
fn standard(field: &FieldArg, name: &str, wire_name: &str, diagnostics: &mut Diagnostics) {
    if key::FIELDS_OF_THE_PROTOCOL.contains(&wire_name) {
        let message = format!("`{wire_name}` is a field of every token response; remove it");
        diagnostics.push(syn::Error::new(field.ident.span(), message));
    } else if name == "standard" {
        let message = "`standard` holds the RFC's own fields; choose another name";
        diagnostics.push(syn::Error::new(field.ident.span(), message));
    }
}

/// What `#[serde(rename = "…")]` or `#[serde(rename(deserialize = "…"))]` says; serde checks the rest.
fn renamed(attrs: &[Attribute]) -> Option<String> {
    let mut name = None;
    for attr in attrs {
        // Whatever cannot be read here is reported by serde, which reads the attribute next.
        let _ = attr.parse_nested_meta(|meta| {
            let rename = meta.path.is_ident("rename");
            if meta.input.peek(token::Paren) {
                return meta.parse_nested_meta(|inner| {
                    let literal: LitStr = inner.value()?.parse()?;
                    if rename && inner.path.is_ident("deserialize") {
                        name = Some(literal.value());
                    }
                    Ok(())
                });
            }
            if meta.input.peek(Token![=]) {
                let literal: LitStr = meta.value()?.parse()?;
                if rename {
                    name = Some(literal.value());
                }
            }
            Ok(())
        });
    }
    name
}
