//! `#[serde(…)]` on a field of `token_response`. What serde would refuse is refused here, since without its impl every
//! use of the fields is one more error.

use oauth_declaration::{Place, TOKEN_RESPONSE_FIELDS, sentence};
use proc_macro2::Ident;
use syn::parse::ParseStream;
use syn::spanned::Spanned;
use syn::{Attribute, ExprPath, LitStr, Meta, Token, token};

use crate::args::entry::Entry;
use crate::args::{entries, given, list};
use crate::diag;
use crate::notes::Notes;

/// What serde knows of a field, but for `borrow` and `getter`, since nothing is there to borrow from or to
/// get, and for `flatten`, which would show the tokens in `Debug`.
const KNOWN: &[&str] = &[
    "rename",
    "alias",
    "default",
    "skip",
    "skip_deserializing",
    "skip_serializing",
    "skip_serializing_if",
    "with",
    "deserialize_with",
    "serialize_with",
    "bound",
];

/// What a field of an answer is usually told.
const USUAL: &[&str] = &["rename", "alias", "default", "deserialize_with"];

/// The attributes that say what two others say.
const WHOLES: [(&str, [&str; 2]); 2] = [
    ("skip", ["skip_deserializing", "skip_serializing"]),
    ("with", ["deserialize_with", "serialize_with"]),
];

/// Reads the attributes of one field, and gives its name in the answer where it has another.
pub(crate) fn rename(attrs: &[Attribute], field: &Place, notes: &mut Notes) -> Option<LitStr> {
    let (mut rename, mut written) = (None, Vec::new());
    for attr in attrs {
        let span = attr.path().span();
        let Meta::List(list) = &attr.meta else {
            let form = "#[serde(rename = \"companyId\")]";
            notes.diagnostics.push(diag::wrong_kind(span, "serde", "a list", form));
            continue;
        };
        let read = list.parse_args_with(|input: ParseStream| {
            list::elements(input, notes, |input, notes| {
                let example = "rename = \"companyId\"";
                let entry = Entry::read(Some(field), input, &mut written, example, notes)?;
                // A field may have several names.
                written.retain(|key: &Ident| key != "alias");
                said_once(&entry.key, &written)?;
                attribute(&entry, input, notes, &mut rename)
            });
            Ok(())
        });
        notes.left(read);
    }
    rename
}

/// What one attribute says, another does not say again.
fn said_once(key: &Ident, written: &[Ident]) -> syn::Result<()> {
    let both = |words: [&str; 2]| words.iter().all(|word| written.iter().any(|it| it == word));
    for (whole, parts) in WHOLES {
        let mut parts = parts.into_iter().filter(|part| key == whole || key == part);
        if let Some(part) = parts.find(|part| both([whole, part])) {
            let message = format!("`{whole}` says `{part}` too; keep one");
            return Err(syn::Error::new(key.span(), message));
        }
    }
    Ok(())
}

fn attribute(
    entry: &Entry,
    input: ParseStream,
    notes: &mut Notes,
    rename: &mut Option<LitStr>,
) -> syn::Result<()> {
    let both = input.peek(token::Paren);
    match entry.name().as_str() {
        "rename" if both => *rename = deserialize(entry, input, notes)?,
        "rename" => *rename = Some(given::literal(entry, input, notes)?),
        "bound" if both => drop(deserialize(entry, input, notes)?),
        "alias" => alias(&given::literal(entry, input, notes)?)?,
        "bound" => drop(given::literal(entry, input, notes)?),
        "default" if input.peek(Token![=]) => path(entry, input, notes)?,
        "default" | "skip" | "skip_deserializing" | "skip_serializing" => {
            given::flag(entry, input)?;
        }
        "with" | "deserialize_with" | "serialize_with" | "skip_serializing_if" => {
            path(entry, input, notes)?;
        }
        "borrow" => {
            let message = "`borrow` has nothing to borrow from; remove it, and own the value";
            return Err(syn::Error::new(entry.key.span(), message));
        }
        "flatten" => {
            let message = "`flatten` would hold the tokens too; remove it, and read further members by `fields()`";
            return Err(syn::Error::new(entry.key.span(), message));
        }
        _ => return Err(entry.unknown("`serde` attribute", KNOWN, USUAL, notes)),
    }
    Ok(())
}

/// Another name is none of those that the library reads itself, as the first one is not.
fn alias(literal: &LitStr) -> syn::Result<()> {
    let name = literal.value();
    match TOKEN_RESPONSE_FIELDS.contains(&&*name) {
        true => Err(syn::Error::new(literal.span(), sentence::standard_field(&name))),
        false => Ok(()),
    }
}

/// Reads `(serialize = "…", deserialize = "…")`, and gives the second.
fn deserialize(
    entry: &Entry,
    input: ParseStream,
    notes: &mut Notes,
) -> syn::Result<Option<LitStr>> {
    let example = "deserialize = \"…\"";
    let content = list::open(entry, input, &format!("{}({example})", entry.key))?;
    let mut value = None;
    entries::entries(Some(&entry.place), &content, notes, example, |entry, input, notes| {
        match entry.name().as_str() {
            "deserialize" => value = Some(given::literal(entry, input, notes)?),
            "serialize" => drop(given::literal(entry, input, notes)?),
            _ => {
                let known = &["deserialize", "serialize"];
                return Err(entry.unknown("`serde` attribute", known, known, notes));
            }
        }
        Ok(())
    });
    Ok(value)
}

/// Reads `= "path"`.
fn path(entry: &Entry, input: ParseStream, notes: &mut Notes) -> syn::Result<()> {
    let literal = given::literal(entry, input, notes)?;
    literal.parse::<ExprPath>().map(drop).map_err(|_| {
        let form = format!("{} = \"my::path\"", entry.key);
        diag::wrong_kind(literal.span(), &entry.name(), "a path in a string", &form)
    })
}
