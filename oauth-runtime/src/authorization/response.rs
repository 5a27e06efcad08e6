//! From the callback's query to a verified [`AuthorizationCode`] ([RFC 6749 s4.1.2], RFC 9207).
//!
//! The order is fixed: the state finds the login; then the issuer; then the error; then the code. Nothing of
//! the query is used before the state has matched.
//!
//! [RFC 6749 s4.1.2]: https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2

use std::borrow::Cow;

use oauth_declaration::{Dialect, Text};

use crate::authorization::pending_login::PendingLogin;
use crate::clock::Timestamp;
use crate::error::CallbackError;
use crate::error_response::{ErrorCode, ErrorResponse};
use crate::issuer;
use crate::scope::Scopes;
use crate::secret::secret_type;
use crate::state::State;

secret_type! {
    /// The `code` of a verified response: there is no other way to one.
    pub(crate) AuthorizationCode
}

/// A verified response.
#[derive(Debug)]
pub(crate) struct Authorized {
    pub(crate) code: AuthorizationCode,
    /// The issuer that it named.
    pub(crate) issuer: Option<String>,
    /// What it carried under the names that the declaration keeps.
    pub(crate) callback: Vec<(String, String)>,
    /// What it carried for the application alone, which is not kept.
    pub(crate) once: Vec<(String, String)>,
    /// The scopes that were granted, where the callback says so.
    pub(crate) scopes: Option<Scopes>,
}

/// What the provider sent back through the browser, not yet verified.
#[derive(Debug)]
pub(crate) struct AuthorizationResponse {
    state: State,
    issuer: Option<String>,
    error: Option<ErrorResponse>,
    code: Option<AuthorizationCode>,
    callback: Vec<(String, String)>,
    once: Vec<(String, String)>,
    /// Whether each parameter is there that the declaration keeps.
    is_whole: bool,
    scopes: Option<Scopes>,
}

impl AuthorizationResponse {
    /// Reads the query. A parameter that is read and stands there twice, and a token in the front channel, are refused.
    pub(crate) fn parse(query: &str, dialect: &Dialect) -> Result<Self, CallbackError> {
        if query.len() > MOST_BYTES {
            return Err(CallbackError::Malformed("it is too long"));
        }
        let mut params = Params::default();
        let kept = &dialect.callback_params;
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            keep(&mut params.kept, kept, &name, &value, MOST_KEPT_BYTES)?;
            keep(&mut params.once, &dialect.callback_once, &name, &value, MOST_ONCE_BYTES)?;
            params.take(&name, value)?;
        }
        let scopes = params.scope.filter(|_| dialect.callback_scope);
        let state = params.state.filter(|state| !state.trim().is_empty());
        let description = params.error_description.as_deref();
        Ok(Self {
            state: State::new(state.ok_or(CallbackError::Malformed("it has no state"))?),
            issuer: params.iss.map(Cow::into_owned),
            error: params.error.map(|code| ErrorResponse::new(&code, description)),
            code: params.code.filter(|code| !code.is_empty()).map(AuthorizationCode::new),
            is_whole: params.kept.len() == kept.len(),
            callback: params.kept,
            once: params.once,
            scopes: scopes.as_deref().map(Scopes::parse),
        })
    }

    /// What finds the login that this belongs to.
    pub(crate) fn state(&self) -> &State {
        &self.state
    }

    /// Compares the response with the login it claims to finish.
    pub(crate) fn verify(
        self,
        pending: &PendingLogin,
        provider: &str,
        now: Timestamp,
    ) -> Result<Authorized, CallbackError> {
        if self.state != pending.state || pending.provider != provider {
            return Err(CallbackError::StateMismatch);
        }
        if now >= pending.expires_at() {
            return Err(CallbackError::NoPendingLogin);
        }
        // RFC 9207 s2.4: "clients MUST compare the result with the issuer identifier of the authorization
        // server where the authorization request was sent to". Where none is known there is nothing to
        // compare; each provider then has its own redirect URI.
        let is_expected = match (&self.issuer, &pending.issuer) {
            (Some(issuer), Some(expected)) => issuer::fits(expected, issuer),
            // "If the authorization server provides an iss parameter", and says so, one that lacks it is another's.
            (None, _) => !pending.demands_issuer,
            (Some(_), None) => true,
        };
        if !is_expected {
            return Err(CallbackError::IssuerMismatch);
        }
        match (self.error, self.code) {
            (Some(error), _) if *error.code() == ErrorCode::AccessDenied => {
                Err(CallbackError::Denied(error))
            }
            (Some(error), _) => Err(CallbackError::Provider(error)),
            (None, Some(_)) if !self.is_whole => {
                Err(CallbackError::Malformed("it lacks a parameter that the provider declares"))
            }
            (None, Some(code)) => Ok(Authorized {
                issuer: self.issuer,
                code,
                callback: self.callback,
                once: self.once,
                scopes: self.scopes,
            }),
            (None, None) => Err(CallbackError::Malformed("it has neither a code nor an error")),
        }
    }
}

/// No code and no error needs more than this.
const MOST_BYTES: usize = 32 * 1024;

/// What is kept with the tokens must fit into a cookie with them.
const MOST_KEPT_BYTES: usize = 512;

/// What is handed to the application and not kept may be longer.
const MOST_ONCE_BYTES: usize = 4096;

/// Takes note of a parameter that the declaration names.
fn keep(
    taken: &mut Vec<(String, String)>,
    names: &[Text],
    name: &str,
    value: &str,
    most: usize,
) -> Result<(), CallbackError> {
    if !names.iter().any(|known| known == name) {
        return Ok(());
    }
    if taken.iter().any(|(known, _)| known == name) {
        return Err(CallbackError::Malformed("it holds a parameter twice"));
    }
    if value.len() > most {
        return Err(CallbackError::Malformed("it holds a parameter that is too long"));
    }
    taken.push((name.to_owned(), value.to_owned()));
    Ok(())
}

/// The parameters that are read, each at most once.
#[derive(Default)]
struct Params<'q> {
    state: Option<Cow<'q, str>>,
    iss: Option<Cow<'q, str>>,
    error: Option<Cow<'q, str>>,
    error_description: Option<Cow<'q, str>>,
    code: Option<Cow<'q, str>>,
    scope: Option<Cow<'q, str>>,
    kept: Vec<(String, String)>,
    once: Vec<(String, String)>,
}

impl<'q> Params<'q> {
    fn take(&mut self, name: &str, value: Cow<'q, str>) -> Result<(), CallbackError> {
        let slot = match name {
            "state" => &mut self.state,
            "iss" => &mut self.iss,
            "error" => &mut self.error,
            "error_description" => &mut self.error_description,
            "code" => &mut self.code,
            "scope" => &mut self.scope,
            // RFC 9700 s2.1.2: tokens do not travel through the browser in this grant.
            "access_token" | "id_token" | "refresh_token" => {
                return Err(CallbackError::Malformed("it carries a token"));
            }
            _ => return Ok(()),
        };
        // RFC 6749 s3.1: "Request and response parameters MUST NOT be included more than once."
        if slot.replace(value).is_some() {
            return Err(CallbackError::Malformed("it holds a parameter twice"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::return_to::ReturnTo;

    fn pending() -> PendingLogin {
        PendingLogin {
            provider: "acme".to_owned(),
            state: State::new("s"),
            nonce: None,
            code_verifier: None,
            return_to: ReturnTo::default(),
            scopes: Scopes::default(),
            issuer: Some("https://acme.example".to_owned()),
            demands_issuer: false,
            max_age: None,
            acr_values: String::new(),
            created_at: Timestamp::from_unix_seconds(0),
        }
    }

    fn verified(query: &str) -> Result<String, &'static str> {
        AuthorizationResponse::parse(query, &Dialect::NONE)
            .and_then(|response| {
                response.verify(&pending(), "acme", Timestamp::from_unix_seconds(1))
            })
            .map(|authorized| authorized.code.expose().to_owned())
            .map_err(|error| error.code())
    }

    #[test]
    fn ds_02_a_query_of_more_than_32_kib_is_not_read() {
        let query = |bytes: usize| {
            let head = "state=s&code=";
            AuthorizationResponse::parse(
                &format!("{head}{}", "c".repeat(bytes - head.len())),
                &Dialect::NONE,
            )
        };

        assert!(query(MOST_BYTES).is_ok());
        let error = query(MOST_BYTES + 1).unwrap_err();
        assert!(matches!(error, CallbackError::Malformed("it is too long")), "{error}");
        assert_eq!(MOST_BYTES, 32_768);
    }

    #[test]
    fn the_code_is_taken_as_it_came() {
        assert_eq!(verified("state=s&code=a%2Bb%2F%25%3D%26"), Ok("a+b/%=&".to_owned()));
    }

    #[test]
    fn st_02_only_the_right_state_proceeds() {
        for (query, code) in [
            ("code=c", "malformed"),
            ("state=&code=c", "malformed"),
            ("state=%20&code=c", "malformed"),
            ("state=x&code=c", "state_mismatch"),
        ] {
            assert_eq!(verified(query), Err(code), "{query}");
        }
    }

    #[test]
    fn st_09_a_parameter_twice_is_refused() {
        for query in [
            "state=s&state=s&code=c",
            "state=s&code=c&code=c",
            "state=s&code=c&iss=a&iss=a",
            "state=s&error=a&error=a",
        ] {
            assert_eq!(verified(query), Err("malformed"), "{query}");
        }
    }

    #[test]
    fn mx_01_the_issuer_is_compared_when_it_is_named() {
        assert_eq!(verified("state=s&code=c&iss=https%3A%2F%2Facme.example"), Ok("c".to_owned()));
        for issuer in ["https://evil.example", "https://acme.example/", "HTTPS://acme.example", ""]
        {
            let query = format!("state=s&code=c&iss={issuer}");
            assert_eq!(verified(&query), Err("issuer_mismatch"), "{issuer}");
            let denied = format!("state=s&error=access_denied&iss={issuer}");
            assert_eq!(verified(&denied), Err("issuer_mismatch"), "{issuer}");
        }
    }

    #[test]
    fn cb_02_an_error_wins_over_a_code_and_nothing_is_malformed() {
        assert_eq!(verified("state=s&code=c&error=access_denied"), Err("denied"));
        assert_eq!(verified("state=s&code=c&error=server_error"), Err("provider"));
        assert_eq!(verified("state=s"), Err("malformed"));
        assert_eq!(verified("state=s&code="), Err("malformed"));
    }

    #[test]
    fn cb_03_a_token_in_the_front_channel_is_refused() {
        for query in
            ["state=s&code=c&access_token=x", "state=s&code=c&id_token=x", "access_token=x"]
        {
            assert_eq!(verified(query), Err("malformed"), "{query}");
        }
    }

    #[test]
    fn a_login_is_over_after_its_lifetime_and_belongs_to_one_provider() {
        let late = Timestamp::from_unix_seconds(PendingLogin::LIFETIME.as_secs());
        let response = || AuthorizationResponse::parse("state=s&code=c", &Dialect::NONE).unwrap();

        let too_late = response().verify(&pending(), "acme", late).unwrap_err();
        let now = Timestamp::from_unix_seconds(1);
        let elsewhere = response().verify(&pending(), "other", now).unwrap_err();

        assert_eq!((too_late.code(), elsewhere.code()), ("no_pending_login", "state_mismatch"));
    }

    #[test]
    fn declared_parameters_of_a_callback_are_kept_and_demanded_of_a_success_alone() {
        let dialect = Dialect {
            callback_params: vec!["realmId".into(), "device_id".into()].into(),
            callback_scope: true,
            ..Dialect::NONE
        };
        let verified = |query: &str| {
            let now = Timestamp::from_unix_seconds(1);
            AuthorizationResponse::parse(query, &dialect)
                .and_then(|response| response.verify(&pending(), "acme", now))
                .map_err(|error| error.code())
        };

        let whole =
            verified("state=s&code=c&device_id=d&other=x&realmId=7&scope=read,write").unwrap();
        let kept = [("device_id", "d"), ("realmId", "7")];
        assert_eq!(whole.callback, kept.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert_eq!(whole.scopes.unwrap().to_string(), "read write");
        let long = format!("state=s&code=c&device_id=d&realmId={}", "7".repeat(513));
        for query in ["state=s&code=c&device_id=d", "state=s&code=c&realmId=7&realmId=7", &long] {
            assert_eq!(verified(query).unwrap_err(), "malformed", "{query}");
        }
        assert_eq!(verified("state=s&error=access_denied").unwrap_err(), "denied");
    }
}
