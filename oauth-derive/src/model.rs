//! A provider, whole and valid: what the expansion writes down. What needs no knowledge of Rust stands in its
//! `Declaration`.

use oauth_declaration::{Declaration, PlaceholderKind};
use proc_macro2::Ident;
use syn::{Attribute, DeriveInput, Path, Type};

/// Everything that one attribute and its struct declare.
pub(crate) struct ProviderModel {
    /// The struct as the user wrote it, without its `#[param(…)]`.
    pub(crate) item: DeriveInput,
    /// The crate that holds `__private`.
    pub(crate) root: Path,
    pub(crate) declaration: Declaration,
    pub(crate) scopes: Vec<Scope>,
    pub(crate) token_response: Vec<ResponseField>,
    /// The fields of the struct, in order.
    pub(crate) parameters: Vec<Parameter>,
}

/// A scope: a variant of the generated enum.
#[derive(Clone)]
pub(crate) struct Scope {
    pub(crate) docs: Vec<Attribute>,
    pub(crate) variant: Ident,
    pub(crate) value: String,
}

/// A field of the generated token response.
pub(crate) struct ResponseField {
    pub(crate) docs: Vec<Attribute>,
    pub(crate) serde: Vec<Attribute>,
    pub(crate) ident: Ident,
    pub(crate) ty: Type,
    /// Its name in the JSON answer.
    pub(crate) wire_name: String,
}

/// A field of the struct, which fills a placeholder.
pub(crate) struct Parameter {
    pub(crate) field: Ident,
    /// Without the `r#` that a keyword has as field.
    pub(crate) name: String,
    pub(crate) kind: PlaceholderKind,
    pub(crate) default: Option<String>,
    /// What the user's doc comment says of it.
    pub(crate) doc: String,
}
