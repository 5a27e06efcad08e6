//! `authorization_params(key = "value", …)`, `token_params(key = callback.key)`, `headers("Name" = "value", …)`: names
//! and values.

use oauth_declaration::source::{self, OF_A_HEADER, Source};
use oauth_declaration::{List, Param, ParamValue, RequestParam, Text};
use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Ident, LitStr, Token};

use crate::args::entry::Entry;
use crate::args::{ahead, list};
use crate::diag;
use crate::key;
use crate::notes::Notes;

/// How the names and values of one key are written.
struct Form<'a> {
    entry: &'a Entry,
    kind: &'static str,
    example: &'static str,
    /// What an identifier stands for, as name.
    respell: fn(String) -> String,
}

/// A value, and the token that it names behind a dot.
type Value<T> = (T, Option<Span>);

/// Reads `(name = "value", …)`; a name is taken as it is spelt.
pub(crate) fn params(
    entry: &Entry,
    input: ParseStream,
    notes: &mut Notes,
) -> syn::Result<List<Param>> {
    let (kind, example) = ("names and strings", "prompt = \"consent\"");
    let form = Form { entry, kind, example, respell: |name| name };
    let read = form.read(input, notes, |input, name| Ok((form.text(input, name)?, None)))?;
    Ok(read.into_iter().map(|(name, value)| Param { name, value }).collect())
}

/// Reads `(name = value, …)`, where a value is a string or says which of `sources` it comes from.
pub(crate) fn request_params(
    entry: &Entry,
    input: ParseStream,
    notes: &mut Notes,
    sources: &[Source],
) -> syn::Result<List<RequestParam>> {
    let (kind, example) = ("names and values", "device_id = callback.device_id");
    let form = Form { entry, kind, example, respell: |name| name };
    form.request_params(input, notes, sources)
}

/// Reads `(name = "value", …)`; in an identifier, `_` stands for `-`.
pub(crate) fn headers(
    entry: &Entry,
    input: ParseStream,
    notes: &mut Notes,
) -> syn::Result<List<RequestParam>> {
    let (kind, example) = ("names and strings", "\"User-Agent\" = \"acme\"");
    let form = Form { entry, kind, example, respell: |name| name.replace('_', "-") };
    form.request_params(input, notes, OF_A_HEADER)
}

impl Form<'_> {
    fn request_params(
        &self,
        input: ParseStream,
        notes: &mut Notes,
        sources: &[Source],
    ) -> syn::Result<List<RequestParam>> {
        let read = self.read(input, notes, |input, name| self.value(input, name, sources))?;
        Ok(read.into_iter().map(|(name, value)| RequestParam { name, value }).collect())
    }

    fn read<T>(
        &self,
        input: ParseStream,
        notes: &mut Notes,
        value: impl Fn(ParseStream, Span) -> syn::Result<Value<T>>,
    ) -> syn::Result<Vec<(Text, T)>> {
        let entry = self.entry;
        let content = list::open(entry, input, &format!("{}({})", entry.key, self.example))?;
        let mut read = Vec::new();
        list::elements(&content, notes, |input, notes| {
            let name_span = input.span();
            let name = self.name(input)?;
            let value_span = input.span();
            let (value, member) = value(input, name_span)?;
            let place = entry.place.entry(read.len(), &name);
            notes.spans.put(place.key(), name_span);
            notes.spans.put(place.member(), member.unwrap_or(value_span));
            notes.spans.put(place, value_span);
            read.push((Text::from(name), value));
            Ok(())
        });
        Ok(read)
    }

    /// Reads `name =`, where a name is an identifier or a string.
    fn name(&self, input: ParseStream) -> syn::Result<String> {
        let span = input.span();
        let name = match input.peek(LitStr) {
            true => input.parse::<LitStr>().map(|name| name.value()),
            false => {
                input.call(Ident::parse_any).map(|name| (self.respell)(name.unraw().to_string()))
            }
        };
        let name = name.map_err(|_| self.wrong_kind(span))?;
        let equals = input.parse::<Token![=]>();
        equals.map_err(|_| self.wrong_kind(ahead::guilty(input, span)))?;
        Ok(name)
    }

    /// Reads `"text"`, `client_id`, `callback.name` and the like. Whether it is known by then is a rule of the
    /// declaration.
    fn value(
        &self,
        input: ParseStream,
        name: Span,
        sources: &[Source],
    ) -> syn::Result<Value<ParamValue>> {
        if !input.peek(Ident::peek_any) {
            return Ok((ParamValue::Constant(self.text(input, name)?), None));
        }
        let word = input.call(Ident::parse_any)?;
        let member = |kind: fn(Text) -> ParamValue| {
            let (member, span) = self.member(&word, input)?;
            Ok((kind(member), Some(span)))
        };
        match word.to_string().as_str() {
            key::CLIENT_ID => Ok((ParamValue::ClientId, None)),
            key::REDIRECT_URI => Ok((ParamValue::RedirectUri, None)),
            key::SCOPE => Ok((ParamValue::Scope, None)),
            key::STATE => Ok((ParamValue::State, None)),
            key::CALLBACK => member(ParamValue::Callback),
            key::TOKEN_RESPONSE => member(ParamValue::TokenResponse),
            key::CLIENT_SECRET => Err(diag::of_the_application(&word)),
            other => {
                let message = source::unknown(&self.entry.name(), other, sources);
                Err(syn::Error::new(word.span(), message))
            }
        }
    }

    /// Reads `.name` or `."name"`.
    fn member(&self, word: &Ident, input: ParseStream) -> syn::Result<(Text, Span)> {
        let dot = input.parse::<Token![.]>();
        let span = input.span();
        let name = dot.and_then(|_| match input.peek(LitStr) {
            true => Ok(input.parse::<LitStr>()?.value()),
            false => Ok(input.call(Ident::parse_any)?.unraw().to_string()),
        });
        name.map(|name| (Text::from(name), span)).map_err(|_| {
            let kind = format!("a name behind `{word}`");
            let form = format!("name = {word}.name");
            diag::wrong_kind(word.span(), &self.entry.name(), &kind, &form)
        })
    }

    fn text(&self, input: ParseStream, name: Span) -> syn::Result<Text> {
        let span = ahead::guilty(input, name);
        let text = input.parse::<LitStr>();
        text.map(|text| text.value().into()).map_err(|_| self.wrong_kind(span))
    }

    fn wrong_kind(&self, span: Span) -> syn::Error {
        diag::wrong_kind(span, &self.entry.name(), self.kind, self.example)
    }
}
