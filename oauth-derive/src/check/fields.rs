//! Rules about the fields of the struct: each fills a placeholder, and `#[param(default = "…")]` makes it optional.

use oauth_declaration::{Place, Placeholder, PlaceholderKind, Text, sentence};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::spanned::Spanned;
use syn::{Attribute, Data, DeriveInput, Field, Ident, Meta, Type};

use crate::args::entries;
use crate::args::entry::Entry;
use crate::args::given;
use crate::diag;
use crate::doc;
use crate::key;
use crate::model::Parameter;
use crate::notes::Notes;

/// The fields that could be read, and the names of the others.
pub(crate) fn fields(item: &DeriveInput, notes: &mut Notes) -> (Vec<Parameter>, Vec<String>) {
    let (mut parameters, mut strange) = (Vec::new(), Vec::new());
    let Data::Struct(data) = &item.data else { return (parameters, strange) };
    for field in &data.fields {
        let Some(ident) = &field.ident else { continue };
        let place = Place::of("placeholders").element(parameters.len());
        let default = default(field, &place, notes);
        match kind(field, ident) {
            Ok(kind) => {
                notes.spans.put(place.inside("name"), ident.span());
                notes.spans.put(place.inside("kind"), field.ty.span());
                parameters.push(Parameter {
                    field: ident.clone(),
                    name: ident.unraw().to_string(),
                    kind,
                    default,
                    doc: doc::text(&field.attrs),
                });
            }
            Err(error) => {
                notes.diagnostics.push(error);
                strange.push(ident.unraw().to_string());
            }
        }
    }
    (parameters, strange)
}

/// A field as the declaration has it.
pub(crate) fn declared(parameter: &Parameter) -> Placeholder {
    Placeholder {
        name: parameter.name.clone().into(),
        kind: parameter.kind,
        default: parameter.default.clone().map(Text::from),
    }
}

/// The struct without its `#[param(…)]`, which no other macro knows.
pub(crate) fn without_params(item: &DeriveInput) -> DeriveInput {
    let mut item = item.clone();
    if let Data::Struct(data) = &mut item.data {
        for field in &mut data.fields {
            field.attrs.retain(|attr| !is_param(attr));
        }
    }
    item
}

/// Whether the application may leave a field out.
pub(crate) fn is_optional(field: &Field) -> bool {
    field.attrs.iter().any(is_param)
}

/// Whether a method of this name would hide one that an application calls on a provider: `new`, and those of
/// `Provider`, `Clone`, `Debug`, `Default` and the conversions that every type has.
pub(crate) fn is_taken(name: &Ident) -> bool {
    let name = name.unraw().to_string();
    let name = name.as_str();
    let provider = ["new", "declaration", "parameter", "clone", "clone_from", "fmt", "default"];
    let conversions = ["from", "into", "try_from", "try_into", "to_owned", "clone_into"];
    let views = ["borrow", "borrow_mut", "type_id"];
    provider.contains(&name) || conversions.contains(&name) || views.contains(&name)
}

fn is_param(attr: &Attribute) -> bool {
    attr.path().is_ident(key::PARAM)
}

/// The type of a field says where its placeholder may stand.
fn kind(field: &Field, ident: &Ident) -> syn::Result<PlaceholderKind> {
    let name = match &field.ty {
        Type::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()),
        _ => None,
    };
    let kinds = [PlaceholderKind::Host, PlaceholderKind::Segment, PlaceholderKind::Value];
    let kind = kinds.into_iter().find(|kind| name.as_deref() == Some(kind.type_name()));
    kind.ok_or_else(|| {
        let ident = sentence::brief(&ident.to_string());
        let message =
            format!("the field `{ident}` fills a URL; expected `Host`, `Segment` or `Value`");
        syn::Error::new_spanned(&field.ty, message)
    })
}

/// What `#[param(default = "…")]` says, which stands there once.
fn default(field: &Field, place: &Place, notes: &mut Notes) -> Option<String> {
    let mut params = field.attrs.iter().filter(|attr| is_param(attr));
    let param = params.next()?;
    for again in params {
        notes.diagnostics.push(diag::doubled(again.path().span(), key::PARAM));
    }
    if let Some(name) = field.ident.as_ref().filter(|ident| is_taken(ident)) {
        let name = name.unraw();
        let what = if name == "new" { "the constructor" } else { "a method of every provider" };
        let message = format!(
            "`{name}` is {what}, and a field with a default has a method of its name; choose another name"
        );
        notes.diagnostics.push(syn::Error::new(name.span(), message));
    }
    let read = read(param, place, notes);
    notes.diagnostics.ok(read).flatten()
}

fn read(param: &Attribute, place: &Place, notes: &mut Notes) -> syn::Result<Option<String>> {
    let form = "#[param(default = \"common\")]";
    let span = param.path().span();
    let Meta::List(list) = &param.meta else {
        return Err(diag::wrong_kind(span, key::PARAM, "a list", form));
    };
    if list.tokens.is_empty() {
        return Err(diag::empty(span, key::PARAM));
    }
    let mut default = None;
    let read = list.parse_args_with(|input: ParseStream| {
        let example = "default = \"common\"";
        entries::entries(Some(place), input, notes, example, |entry, input, notes| {
            default = Some(value(entry, input, notes)?);
            Ok(())
        });
        Ok(())
    });
    notes.left(read);
    Ok(default)
}

fn value(entry: &Entry, input: ParseStream, notes: &mut Notes) -> syn::Result<String> {
    match entry.name().as_str() {
        key::DEFAULT => given::text(entry, input, notes).map(Text::into_owned),
        _ => Err(entry.unknown("`param` key", key::ALL_PARAM, key::ALL_PARAM, notes)),
    }
}
