//! The values of declared parameters that are known only when a request is made.

use std::borrow::Cow;

use oauth_declaration::{ParamValue, RequestParam};
use serde_json::Value;

use crate::authorization::pending_login::PendingLogin;
use crate::error::TokenError;
use crate::registration::{Registration, STATE};
use crate::token::Tokens;

/// A field of a request to the provider.
pub(crate) type Field<'a> = (Cow<'a, str>, Cow<'a, str>);

/// What a login or its tokens know.
#[derive(Default)]
pub(crate) struct Known<'a> {
    state: Option<&'a str>,
    callback: &'a [(String, String)],
    answer: Option<&'a [u8]>,
}

impl<'a> Known<'a> {
    /// At the exchange of the code.
    pub(crate) fn of_login(pending: &'a PendingLogin, callback: &'a [(String, String)]) -> Self {
        Self { state: Some(pending.state.expose()), callback, answer: None }
    }

    /// Later on.
    pub(crate) fn of_tokens(tokens: &'a Tokens) -> Self {
        let kept = tokens.callback.iter().find(|(name, _)| name == STATE);
        let state = kept.map(|(_, state)| state.as_str());
        Self { state, callback: &tokens.callback, answer: Some(tokens.raw.bytes()) }
    }

    /// The declared parameters with their values.
    pub(crate) fn fields(
        &self,
        params: &'a [RequestParam],
        registration: &'a Registration,
    ) -> Result<Vec<Field<'a>>, TokenError> {
        let field = |param: &'a RequestParam| {
            let value = self.value(&param.value, registration);
            let value = value.ok_or(TokenError::Parameter { name: param.name.to_string() })?;
            Ok((Cow::Borrowed(&*param.name), value))
        };
        params.iter().map(field).collect()
    }

    fn value(&self, value: &'a ParamValue, registration: &'a Registration) -> Option<Cow<'a, str>> {
        match value {
            ParamValue::Constant(text) => Some(Cow::Borrowed(text)),
            ParamValue::ClientId => Some(Cow::Borrowed(&registration.client_id)),
            ParamValue::RedirectUri => Some(Cow::Borrowed(registration.redirect_uri.as_str())),
            ParamValue::Scope => {
                let separator = &registration.declaration.scope_separator;
                Some(Cow::Owned(registration.scopes.join(separator)))
            }
            ParamValue::State => self.state.map(Cow::Borrowed),
            ParamValue::Callback(name) => {
                let found = self.callback.iter().find(|(known, _)| known == name)?;
                Some(Cow::Borrowed(&found.1))
            }
            ParamValue::TokenResponse(name) => {
                let answer: Value = serde_json::from_slice(self.answer?).ok()?;
                match answer.get(&**name)? {
                    Value::String(text) => Some(Cow::Owned(text.clone())),
                    Value::Number(number) => Some(Cow::Owned(number.to_string())),
                    _ => None,
                }
            }
        }
    }
}
