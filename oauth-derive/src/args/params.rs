//! `authorization_params(key = "value", …)`, `token_params(key = callback.key)`, `headers("Name" = "value", …)`: names
//! and values.

use oauth_declaration::{List, Param, ParamValue, RequestParam, Text};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Ident, LitStr, Token};

use crate::args::entry::Entry;
use crate::args::list;
use crate::diag;
use crate::key;
use crate::notes::Notes;

/// How the names and values of one key are written.
struct Form {
    kind: &'static str,
    example: &'static str,
    /// What an identifier stands for, as name.
    respell: fn(String) -> String,
}

/// Reads `(name = "value", …)`; a name is taken as it is spelt.
pub(crate) fn params(
    entry: &Entry,
    input: ParseStream,
    notes: &mut Notes,
) -> syn::Result<List<Param>> {
    let form =
        Form { kind: "names and strings", example: "prompt = \"consent\"", respell: |name| name };
    let read = read(entry, input, notes, &form, |input| Ok(text(input)?.into()))?;
    Ok(read.into_iter().map(|(name, value)| Param { name, value }).collect())
}

/// Reads `(name = value, …)`, where a value is a string or says where it comes from.
pub(crate) fn request_params(
    entry: &Entry,
    input: ParseStream,
    notes: &mut Notes,
) -> syn::Result<List<RequestParam>> {
    let example = "device_id = callback.device_id";
    let form = Form { kind: "names and values", example, respell: |name| name };
    let read = read(entry, input, notes, &form, |input| value(entry, input, key::ALL_SOURCES))?;
    Ok(read.into_iter().map(|(name, value)| RequestParam { name, value }).collect())
}

/// Reads `(name = "value", …)`; in an identifier, `_` stands for `-`.
pub(crate) fn headers(
    entry: &Entry,
    input: ParseStream,
    notes: &mut Notes,
) -> syn::Result<List<RequestParam>> {
    let respell = |name: String| name.replace('_', "-");
    let form = Form { kind: "names and strings", example: "\"User-Agent\" = \"acme\"", respell };
    let known = &[key::CLIENT_ID];
    let read = read(entry, input, notes, &form, |input| value(entry, input, known))?;
    Ok(read.into_iter().map(|(name, value)| RequestParam { name, value }).collect())
}

fn read<T>(
    entry: &Entry,
    input: ParseStream,
    notes: &mut Notes,
    form: &Form,
    value: impl Fn(ParseStream) -> syn::Result<T>,
) -> syn::Result<Vec<(Text, T)>> {
    let content = list::open(entry, input, &format!("{}({})", entry.key, form.example))?;
    let mut read = Vec::new();
    list::elements(&content, notes, |input, notes| {
        let wrong_kind = |error: syn::Error| {
            diag::wrong_kind(error.span(), &entry.name(), form.kind, form.example)
        };
        let name_span = input.span();
        let name = name(input, form).map_err(wrong_kind)?;
        let value_span = input.span();
        let value = match input.peek(Ident::peek_any) {
            true => value(input)?,
            false => value(input).map_err(wrong_kind)?,
        };
        let place = entry.place.entry(read.len(), &name);
        notes.spans.put(place.key(), name_span);
        notes.spans.put(place, value_span);
        read.push((Text::from(name), value));
        Ok(())
    });
    Ok(read)
}

/// Reads `name =`, where a name is an identifier or a string.
fn name(input: ParseStream, form: &Form) -> syn::Result<String> {
    let name = match input.peek(LitStr) {
        true => text(input)?,
        false => (form.respell)(input.call(Ident::parse_any)?.unraw().to_string()),
    };
    input.parse::<Token![=]>()?;
    Ok(name)
}

/// Reads `"text"`, `client_id`, `callback.name` and the like. Whether it is known by then is a rule of the declaration.
fn value(entry: &Entry, input: ParseStream, known: &[&str]) -> syn::Result<ParamValue> {
    if !input.peek(Ident::peek_any) {
        return Ok(ParamValue::Constant(text(input)?.into()));
    }
    let word = input.call(Ident::parse_any)?;
    Ok(match word.to_string().as_str() {
        key::CLIENT_ID => ParamValue::ClientId,
        key::REDIRECT_URI => ParamValue::RedirectUri,
        key::SCOPE => ParamValue::Scope,
        key::STATE => ParamValue::State,
        key::CALLBACK => ParamValue::Callback(member(entry, &word, input)?),
        key::TOKEN_RESPONSE => ParamValue::TokenResponse(member(entry, &word, input)?),
        key::CLIENT_SECRET => return Err(diag::of_the_application(&word)),
        _ => return Err(diag::unknown(&format!("`{}` value", entry.key), &word, known, known)),
    })
}

/// Reads `.name` or `."name"`.
fn member(entry: &Entry, word: &Ident, input: ParseStream) -> syn::Result<Text> {
    let dot = input.parse::<Token![.]>();
    let name = dot.and_then(|_| match input.peek(LitStr) {
        true => text(input),
        false => Ok(input.call(Ident::parse_any)?.unraw().to_string()),
    });
    name.map(Text::from).map_err(|_| {
        let kind = format!("a name behind `{word}`");
        diag::wrong_kind(word.span(), &entry.name(), &kind, &format!("name = {word}.name"))
    })
}

fn text(input: ParseStream) -> syn::Result<String> {
    Ok(input.parse::<LitStr>()?.value())
}
