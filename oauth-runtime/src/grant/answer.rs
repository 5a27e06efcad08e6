//! Where the members of a token response stand, and what makes it an error: the words of the dialect that say so.
//!
//! An answer without such a word is read in one pass and borrowed. Where there is one, the answer becomes a document
//! first, in which JSON pointers find their way.

use std::borrow::Cow;

use oauth_declaration::{ErrorWhen, Text, TokenResponseFormat};
use serde::Deserialize;
use serde_json::{Map, Value};
use zeroize::Zeroize as _;

use crate::answer_shape::AnswerShape;
use crate::error_response::ErrorResponse;
use crate::grant::member::Member;

/// What a token response answers to.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Grant {
    AuthorizationCode,
    /// What a dialect finds elsewhere in the answer to a code may stand at its standard place here.
    RefreshToken,
}

/// An answer of the token endpoint.
// Not `expect`: how large a document is, the features of serde_json tell.
#[allow(
    clippy::large_enum_variant,
    reason = "the plain answer is the common one, and lives no longer than a call"
)]
pub(crate) enum Whole<'a> {
    Plain(Members<'a>, &'a [u8]),
    Document(Document, &'a [u8]),
}

/// The members of RFC 6749 s5.1 and s5.2, and the ID token.
#[derive(Deserialize)]
pub(crate) struct Members<'a> {
    #[serde(borrow, default)]
    pub(crate) access_token: Member<'a>,
    #[serde(borrow, default)]
    pub(crate) token_type: Member<'a>,
    #[serde(borrow, default)]
    pub(crate) expires_in: Member<'a>,
    #[serde(borrow, default)]
    pub(crate) refresh_token: Member<'a>,
    #[serde(borrow, default)]
    pub(crate) scope: Member<'a>,
    #[serde(borrow, default)]
    pub(crate) id_token: Member<'a>,
    #[serde(borrow, default)]
    error: Member<'a>,
    #[serde(borrow, default)]
    error_description: Member<'a>,
}

/// Reads an answer in the form that the dialect names; `None` if it is not in it.
pub(crate) fn read<'a>(body: &'a [u8], shape: &AnswerShape) -> Option<Whole<'a>> {
    if shape.is_plain() {
        return Some(Whole::Plain(plain(body)?, body));
    }
    // A server that answers with forms may well refuse with JSON.
    let is_form = shape.format == TokenResponseFormat::Form && !is_object(body);
    let document = if is_form { form(body)? } else { serde_json::from_slice(body).ok()? };
    document.is_object().then_some(Whole::Document(Document(document), body))
}

/// serde alone would take a list for it too, the elements for the members in the order in which they are written here.
pub(crate) fn plain(body: &[u8]) -> Option<Members<'_>> {
    is_object(body).then(|| serde_json::from_slice(body).ok())?
}

impl Whole<'_> {
    /// What the server says if this is an error: an `error` member, whatever the status; and what the dialect names.
    pub(crate) fn error(&self, shape: &AnswerShape) -> Option<ErrorResponse> {
        match self {
            Self::Plain(members, _) => {
                let code = match &members.error {
                    Member::Null => return None,
                    Member::Text(code) => code,
                    _ => "error",
                };
                Some(refusal(shape, code, members.error_description.text()))
            }
            Self::Document(document, _) => document.error(shape),
        }
    }

    /// Reads the members of a success, each from where the dialect has it, with the object that they stand in; `None` if
    /// there is no such object.
    pub(crate) fn read<T>(
        &self,
        shape: &AnswerShape,
        grant: Grant,
        members: impl FnOnce(&Members<'_>, &[u8]) -> T,
    ) -> Option<T> {
        match self {
            Self::Plain(plain, body) => Some(members(plain, body)),
            Self::Document(Document(whole), body) => {
                let at = shape.envelope.as_deref();
                let object = at.map_or(Some(whole), |at| whole.pointer(at))?;
                let is_whole = at.is_none() && is_object(body);
                let raw =
                    if is_whole { Cow::Borrowed(*body) } else { written(object.as_object()?) };
                Some(members(&Members::of(object, shape, grant), &raw))
            }
        }
    }
}

impl<'a> Members<'a> {
    fn of(object: &'a Value, shape: &AnswerShape, grant: Grant) -> Self {
        // All of them come from one place, or they would be of two tokens: another's where this one's were looked for.
        let elsewhere = shape.access_token.as_deref().and_then(|place| object.pointer(place));
        let is_standard = grant == Grant::RefreshToken && elsewhere.is_none();
        let at = |place: &Option<Text>, standard: &str| match place.as_deref() {
            Some(pointer) if !is_standard => member(object.pointer(pointer)),
            Some(pointer) if shape.access_token.is_none() => {
                member(object.pointer(pointer).or_else(|| object.get(standard)))
            }
            _ => member(object.get(standard)),
        };
        Self {
            access_token: at(&shape.access_token, "access_token"),
            token_type: member(object.get("token_type")),
            expires_in: at(&shape.expires_in, "expires_in"),
            refresh_token: at(&shape.refresh_token, "refresh_token"),
            scope: at(&shape.scope, "scope"),
            id_token: member(object.get("id_token")),
            error: Member::Null,
            error_description: Member::Null,
        }
    }
}

/// An answer in which pointers are followed; its texts are wiped when it is dropped.
pub(crate) struct Document(Value);

impl Document {
    fn error(&self, shape: &AnswerShape) -> Option<ErrorResponse> {
        let whole = &self.0;
        let at = |pointer: &Option<Text>| whole.pointer(pointer.as_deref()?);
        let standard = whole.get("error").filter(|error| !error.is_null());
        let named = at(&shape.error).filter(|error| !error.is_null());
        let is_error = match &shape.error_when {
            // What says whether this is an error may be that very member.
            Some(when) if is_within_error(&when.at) => is_met(when, whole),
            Some(when) => is_met(when, whole) || standard.is_some(),
            None => standard.is_some() || named.is_some(),
        };
        if !is_error {
            return None;
        }
        let code = named.or(standard).and_then(text).unwrap_or(Cow::Borrowed("error"));
        let words = at(&shape.error_description).or_else(|| whole.get("error_description"));
        Some(refusal(shape, &code, words.and_then(Value::as_str)))
    }
}

impl Drop for Document {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}

fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(list) => list.iter_mut().for_each(wipe),
        Value::Object(members) => members.values_mut().for_each(wipe),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn is_within_error(pointer: &str) -> bool {
    pointer == "/error" || pointer.starts_with("/error/")
}

/// Whether the value that makes an answer an error is the one that does.
fn is_met(when: &ErrorWhen, whole: &Value) -> bool {
    let Some(found) = whole.pointer(&when.at).and_then(text) else { return false };
    match (&when.is, &when.is_not) {
        (Some(is), _) => found == **is,
        (None, Some(is_not)) => found != **is_not,
        (None, None) => false,
    }
}

/// What the provider calls its `invalid_grant` becomes one: that is what ends a session.
fn refusal(shape: &AnswerShape, code: &str, words: Option<&str>) -> ErrorResponse {
    match shape.invalid_grant.iter().any(|known| known == code) {
        true => ErrorResponse::new("invalid_grant", words.or(Some(code))),
        false => ErrorResponse::new(code, words),
    }
}

fn is_object(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"{")
}

/// The fields of a form as an object; `None` if one stands there twice.
fn form(body: &[u8]) -> Option<Value> {
    let mut object = Map::new();
    for (name, value) in url::form_urlencoded::parse(body).into_owned() {
        if object.insert(name, Value::String(value)).is_some() {
            return None;
        }
    }
    Some(Value::Object(object))
}

fn member(value: Option<&Value>) -> Member<'_> {
    value.map_or(Member::Null, Member::from)
}

/// A text, a number or a boolean as text.
fn text(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(Cow::Borrowed(text)),
        Value::Number(number) => Some(Cow::Owned(number.to_string())),
        Value::Bool(answer) => Some(Cow::Borrowed(if *answer { "true" } else { "false" })),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn written(object: &Map<String, Value>) -> Cow<'static, [u8]> {
    Cow::Owned(serde_json::to_vec(object).expect("a JSON object has a JSON form"))
}
