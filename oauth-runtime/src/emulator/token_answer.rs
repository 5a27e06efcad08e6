//! What the token endpoint answers, with everything where the dialect has it.

use http::StatusCode;
use oauth_declaration::{Dialect, ExpiresIn, TokenResponseFormat};
use serde_json::{Map, Value, json};

use crate::clock::Timestamp;
use crate::emulator::pointer::set;
use crate::emulator::reply::Reply;

/// Why a request is refused: the code of RFC 6749 s5.2 and words for a developer.
#[derive(Debug)]
pub(super) struct Refusal {
    code: &'static str,
    words: &'static str,
}

impl Refusal {
    pub(super) fn new(code: &'static str, words: &'static str) -> Self {
        Self { code, words }
    }
}

/// The answer to a request for a token.
pub(super) fn answer(
    dialect: &Dialect,
    outcome: Result<Map<String, Value>, Refusal>,
    now: Timestamp,
) -> Reply {
    let shape = Shape::of(dialect);
    match outcome {
        Ok(members) => shape.success(members, now),
        Err(refusal) => shape.refusal(&refusal),
    }
}

/// The words of the dialect about answers, each read here alone.
struct Shape<'d> {
    format: TokenResponseFormat,
    envelope: Option<&'d str>,
    places: [(&'static str, Option<&'d str>); 4],
    unit: ExpiresIn,
    lacks_token_type: bool,
    token_type: Option<&'d str>,
    error_at: Option<&'d str>,
    error_description_at: Option<&'d str>,
    invalid_grant: Option<&'d str>,
    error_when: Option<(&'d str, Option<&'d str>, Option<&'d str>)>,
}

impl<'d> Shape<'d> {
    fn of(dialect: &'d Dialect) -> Self {
        let when = dialect.error_when.as_ref();
        Self {
            format: dialect.token_response,
            envelope: dialect.token_response_at.as_deref(),
            places: [
                ("access_token", dialect.access_token_at.as_deref()),
                ("refresh_token", dialect.refresh_token_at.as_deref()),
                ("expires_in", dialect.expires_in_at.as_deref()),
                ("scope", dialect.scope_at.as_deref()),
            ],
            unit: dialect.expires_in,
            lacks_token_type: dialect.missing_token_type,
            token_type: dialect.token_types.first().map(|kind| &**kind),
            error_at: dialect.error_at.as_deref(),
            error_description_at: dialect.error_description_at.as_deref(),
            invalid_grant: dialect.invalid_grant.first().map(|code| &**code),
            error_when: when.map(|it| (&*it.at, it.is.as_deref(), it.is_not.as_deref())),
        }
    }

    fn success(&self, mut members: Map<String, Value>, now: Timestamp) -> Reply {
        if let Some(seconds) = members.get("expires_in").and_then(Value::as_u64) {
            let lifetime = match self.unit {
                ExpiresIn::Seconds => seconds,
                ExpiresIn::Milliseconds => seconds * 1000,
                ExpiresIn::Timestamp => now.as_unix_seconds() + seconds,
            };
            members.insert("expires_in".to_owned(), json!(lifetime));
        }
        if self.lacks_token_type {
            members.remove("token_type");
        } else if let Some(kind) = self.token_type {
            members.insert("token_type".to_owned(), json!(kind));
        }
        let moved = self.places.into_iter().filter_map(|(name, place)| Some((name, place?)));
        let moved: Vec<_> =
            moved.filter_map(|(name, place)| Some((place, members.remove(name)?))).collect();
        let mut object = Value::Object(members);
        for (place, value) in moved {
            set(&mut object, place, value);
        }
        if let Some(envelope) = self.envelope {
            let mut whole = json!({});
            set(&mut whole, envelope, object);
            object = whole;
        }
        match self.error_when {
            Some((at, _, Some(is_not))) => set(&mut object, at, value_of(is_not)),
            Some((at, Some("false"), _)) => set(&mut object, at, json!(true)),
            _ => {}
        }
        match self.format {
            TokenResponseFormat::Form => form(&object),
            TokenResponseFormat::Json => Reply::json(&object),
            TokenResponseFormat::Text => Reply::text(object.to_string()),
        }
    }

    fn refusal(&self, refusal: &Refusal) -> Reply {
        let Refusal { code, words } = *refusal;
        let code = self.invalid_grant.filter(|_| code == "invalid_grant").unwrap_or(code);
        let mut whole = json!({});
        match self.error_when {
            Some((at, Some(is), _)) => set(&mut whole, at, value_of(is)),
            Some((at, None, _)) => set(&mut whole, at, json!(503)),
            None => {}
        }
        let code_at = self.error_at.unwrap_or("/error");
        // A number that says that this is an error stays where it stands, unless the provider has one for the code.
        let is_said = self.error_when.is_some_and(|(at, ..)| at == code_at);
        if !is_said || self.invalid_grant == Some(code) {
            set(&mut whole, code_at, value_of(code));
        }
        set(&mut whole, self.error_description_at.unwrap_or("/error_description"), json!(words));
        // Who does not use the RFC's members does not use its status either.
        let is_standard = self.error_at.is_none() && self.error_when.is_none();
        let status = match (is_standard, code) {
            (false, _) => StatusCode::OK,
            (true, "invalid_client") => StatusCode::UNAUTHORIZED,
            (true, _) => StatusCode::BAD_REQUEST,
        };
        Reply::json_with(status, &whole)
    }
}

/// A number or a boolean where the text is one.
fn value_of(text: &str) -> Value {
    match serde_json::from_str(text) {
        Ok(value @ (Value::Number(_) | Value::Bool(_))) => value,
        _ => json!(text),
    }
}

fn form(object: &Value) -> Reply {
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in object.as_object().into_iter().flatten() {
        match value {
            Value::String(text) => form.append_pair(name, text),
            other => form.append_pair(name, &other.to_string()),
        };
    }
    Reply::form(form.finish())
}
