//! Tokens: what the token endpoint answers ([RFC 6749 s5.1]), and what is kept of it.
//!
//! [`TokenResponse`] is one answer, read. [`Tokens`] is what a persistence keeps for a browser: the few
//! fields that each request needs, and the answer's raw bytes from which the rest is read when asked for.
//!
//! [RFC 6749 s5.1]: https://www.rfc-editor.org/rfc/rfc6749#section-5.1

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

use crate::clock::Timestamp;
use crate::crypto::sha256;
use crate::entropy::{Entropy, EntropyError};
use crate::http_client::BodyLimit;
use crate::scope::Scopes;
use crate::secret::{SecretBytes, secret_type};

secret_type! {
    /// What an API call is made with ([RFC 6749 s1.4]).
    ///
    /// [RFC 6749 s1.4]: https://www.rfc-editor.org/rfc/rfc6749#section-1.4
    pub AccessToken
}

secret_type! {
    /// What a new access token is had with ([RFC 6749 s1.5]).
    ///
    /// [RFC 6749 s1.5]: https://www.rfc-editor.org/rfc/rfc6749#section-1.5
    pub RefreshToken
}

secret_type! {
    /// An ID token (OpenID Connect Core s2): what the provider signed about the user who logged in.
    ///
    /// # Security
    ///
    /// It is for this client alone. Another service that is shown it must not take it for a login.
    pub IdToken
}

impl<'de> Deserialize<'de> for AccessToken {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

impl<'de> Deserialize<'de> for RefreshToken {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

/// The type of an access token ([RFC 6749 s7.1]): there is one that this library can use.
///
/// [RFC 6749 s7.1]: https://www.rfc-editor.org/rfc/rfc6749#section-7.1
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum TokenType {
    /// Who holds the token may use it (RFC 6750).
    Bearer,
}

/// A successful answer of the token endpoint.
#[derive(Clone)]
pub struct TokenResponse {
    pub(crate) access_token: AccessToken,
    pub(crate) token_type: TokenType,
    pub(crate) expires_in: Option<Duration>,
    pub(crate) refresh_token: Option<RefreshToken>,
    pub(crate) scope: Option<Scopes>,
    pub(crate) id_token: Option<IdToken>,
    pub(crate) raw: RawAnswer,
}

impl TokenResponse {
    /// REQUIRED. The token for API calls.
    #[must_use]
    pub fn access_token(&self) -> &AccessToken {
        &self.access_token
    }

    /// REQUIRED. The type of the token.
    #[must_use]
    pub fn token_type(&self) -> TokenType {
        self.token_type
    }

    /// RECOMMENDED. How long the token lives, from the answer on; `None` if the provider does not say.
    #[must_use]
    pub fn expires_in(&self) -> Option<Duration> {
        self.expires_in
    }

    /// OPTIONAL. What the next access token is had with.
    #[must_use]
    pub fn refresh_token(&self) -> Option<&RefreshToken> {
        self.refresh_token.as_ref()
    }

    /// OPTIONAL. The scopes granted; `None` if they are those that were asked for.
    #[must_use]
    pub fn scope(&self) -> Option<&Scopes> {
        self.scope.as_ref()
    }

    /// This answer as if it had brought no ID token.
    pub(crate) fn without_id_token(self) -> Self {
        Self { id_token: None, raw: self.raw.without("id_token"), ..self }
    }

    /// The provider's whole answer, as it came. Of an envelope it is what the declaration's `token_response_at` names, and
    /// of a form a JSON object of its fields.
    ///
    /// # Security
    ///
    /// It holds the tokens: do not log it.
    #[must_use]
    pub fn raw(&self) -> &[u8] {
        self.raw.bytes()
    }

    /// Reads further members of the answer into a type of yours.
    ///
    /// # Errors
    ///
    /// [`FieldError`] if a member is missing or of another type. It holds no value of the answer.
    pub fn fields<T: DeserializeOwned>(&self) -> Result<T, FieldError> {
        serde_json::from_slice(self.raw()).map_err(|error| FieldError::new(&error))
    }
}

impl fmt::Debug for TokenResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenResponse")
            .field("token_type", &self.token_type)
            .field("expires_in", &self.expires_in)
            .field("refresh_token", &self.refresh_token)
            .field("scope", &self.scope)
            .field("id_token", &self.id_token)
            .finish_non_exhaustive()
    }
}

/// The bytes of an answer, wiped when dropped.
#[derive(Clone)]
pub(crate) struct RawAnswer(SecretBytes);

impl RawAnswer {
    pub(crate) fn new(bytes: &[u8]) -> Self {
        Self(SecretBytes::new(bytes.to_vec()))
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// This answer without a member; the whole one if it is no JSON object.
    fn without(&self, name: &str) -> Self {
        let members = serde_json::from_slice::<BTreeMap<&str, &RawValue>>(self.bytes());
        let written = members.and_then(|mut members| {
            members.remove(name);
            serde_json::to_vec(&members)
        });
        written.map_or_else(|_| self.clone(), |bytes| Self(SecretBytes::new(bytes)))
    }

    /// This answer with the members of a later one in place of its own. What is not a JSON object gives way whole, and
    /// so does what would become larger than an answer may be: it would grow with every refresh.
    fn updated_by(&self, later: &Self) -> Self {
        type Members<'a> = BTreeMap<&'a str, &'a RawValue>;
        let (Ok(mut members), Ok(newer)) = (
            serde_json::from_slice::<Members<'_>>(self.bytes()),
            serde_json::from_slice::<Members<'_>>(later.bytes()),
        ) else {
            return later.clone();
        };
        members.extend(newer);
        match serde_json::to_vec(&members) {
            Ok(whole) if whole.len() <= BodyLimit::BACK_CHANNEL.0 => Self(SecretBytes::new(whole)),
            _ => later.clone(),
        }
    }
}

/// What is kept for a browser that is logged in.
///
/// An [`OAuthPersistence`](crate::OAuthPersistence) stores it and hands it back; it never has to look
/// inside.
#[derive(Clone)]
pub struct Tokens {
    pub(crate) access_token: AccessToken,
    pub(crate) refresh_token: Option<RefreshToken>,
    pub(crate) scopes: Scopes,
    pub(crate) login: LoginId,
    /// How many times the tokens of this login have been renewed.
    pub(crate) generation: u32,
    pub(crate) logged_in_at: Timestamp,
    pub(crate) received_at: Timestamp,
    pub(crate) expires_at: Option<Timestamp>,
    pub(crate) account: Option<String>,
    /// What the callback carried under the names that the declaration keeps.
    pub(crate) callback: Vec<(String, String)>,
    pub(crate) raw: RawAnswer,
}

impl Tokens {
    /// What is kept of an answer that arrived now.
    ///
    /// An omitted `scope` means the scopes that were asked for ([RFC 6749 s5.1]).
    ///
    /// [RFC 6749 s5.1]: https://www.rfc-editor.org/rfc/rfc6749#section-5.1
    pub(crate) fn received(
        response: TokenResponse,
        requested: &Scopes,
        callback: Vec<(String, String)>,
        login: LoginId,
        now: Timestamp,
    ) -> Self {
        Self {
            login,
            generation: 0,
            access_token: response.access_token,
            refresh_token: response.refresh_token,
            scopes: response.scope.unwrap_or_else(|| requested.clone()),
            logged_in_at: now,
            received_at: now,
            expires_at: response.expires_in.map(|expires_in| now.after(expires_in)),
            account: None,
            callback,
            raw: response.raw,
        }
    }

    /// What is kept of an answer to a refresh: the refresh token and the scopes stay what they were unless the
    /// answer says otherwise ([RFC 6749 s6]), and members that it does not repeat stay in the whole answer.
    ///
    /// [RFC 6749 s6]: https://www.rfc-editor.org/rfc/rfc6749#section-6
    pub(crate) fn renewed(&self, response: &TokenResponse, now: Timestamp) -> Self {
        let refresh_token = response.refresh_token.as_ref().or(self.refresh_token.as_ref());
        Self {
            login: self.login,
            generation: self.generation.saturating_add(1),
            access_token: response.access_token.clone(),
            refresh_token: refresh_token.cloned(),
            scopes: response.scope.as_ref().unwrap_or(&self.scopes).clone(),
            logged_in_at: self.logged_in_at,
            received_at: now,
            expires_at: response.expires_in.map(|expires_in| now.after(expires_in)),
            account: self.account.clone(),
            callback: self.callback.clone(),
            raw: self.raw.updated_by(&response.raw),
        }
    }

    /// What there is of a refresh token that the application kept itself: an access token has to be fetched first.
    pub(crate) fn of_refresh_token(refresh_token: RefreshToken) -> Self {
        let long_ago = Timestamp::from_unix_seconds(0);
        Self {
            login: LoginId::of_refresh_token(&refresh_token),
            generation: 0,
            access_token: AccessToken::new(""),
            refresh_token: Some(refresh_token),
            scopes: Scopes::default(),
            logged_in_at: long_ago,
            received_at: long_ago,
            expires_at: Some(long_ago),
            account: None,
            callback: Vec::new(),
            raw: RawAnswer::new(b"{}"),
        }
    }

    /// What the server must have answered for these to come of it.
    pub(crate) fn to_answer(&self) -> TokenResponse {
        TokenResponse {
            access_token: self.access_token.clone(),
            token_type: TokenType::Bearer,
            expires_in: self.expires_at.map(|expires_at| expires_at.since(self.received_at)),
            refresh_token: self.refresh_token.clone(),
            scope: Some(self.scopes.clone()),
            id_token: None,
            raw: self.raw.clone(),
        }
    }

    /// Whether both are of one login, and hold the same tokens.
    pub(crate) fn are(&self, other: &Self) -> bool {
        self.is_of_one_login(other)
            && self.generation == other.generation
            && self.access_token == other.access_token
            && self.refresh_token == other.refresh_token
    }

    /// Whether both came of one login, renewed or not.
    pub(crate) fn is_of_one_login(&self, other: &Self) -> bool {
        self.login == other.login
    }

    /// Whether these are what the others, of the same login, were renewed to. No clock is asked: it may jump.
    pub(crate) fn is_later_than(&self, other: &Self) -> bool {
        self.is_of_one_login(other) && self.generation > other.generation
    }

    /// The token for API calls.
    #[must_use]
    pub fn access_token(&self) -> &AccessToken {
        &self.access_token
    }

    /// What the next access token is had with, where the provider gave one.
    #[must_use]
    pub fn refresh_token(&self) -> Option<&RefreshToken> {
        self.refresh_token.as_ref()
    }

    /// The scopes that were granted.
    #[must_use]
    pub fn scopes(&self) -> &Scopes {
        &self.scopes
    }

    /// When the user logged in.
    #[must_use]
    pub fn logged_in_at(&self) -> Timestamp {
        self.logged_in_at
    }

    /// When the newest answer arrived.
    #[must_use]
    pub fn received_at(&self) -> Timestamp {
        self.received_at
    }

    /// When the access token expires; `None` if the provider did not say.
    #[must_use]
    pub fn expires_at(&self) -> Option<Timestamp> {
        self.expires_at
    }

    /// The account that the application named at login.
    #[must_use]
    pub fn account(&self) -> Option<&str> {
        self.account.as_deref()
    }

    /// What the callback of the login carried under a name that the declaration keeps (`callback_params`).
    ///
    /// # Security
    ///
    /// It came through the browser, which may have changed it.
    #[must_use]
    pub fn callback_param(&self, name: &str) -> Option<&str> {
        let found = self.callback.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Whether the access token is past its expiry. One of unknown expiry is not.
    #[must_use]
    pub fn is_expired(&self, now: Timestamp) -> bool {
        self.expires_at.is_some_and(|expires_at| now >= expires_at)
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens")
            .field("scopes", &self.scopes)
            .field("received_at", &self.received_at)
            .field("expires_at", &self.expires_at)
            .field("refresh_token", &self.refresh_token)
            .finish_non_exhaustive()
    }
}

/// Which login tokens came of: the same for all that it was renewed to.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
pub(crate) struct LoginId([u8; 16]);

impl LoginId {
    /// A login is told from every other, also from one that was given the same tokens.
    pub(crate) fn random(entropy: &dyn Entropy) -> Result<Self, EntropyError> {
        let mut id = [0; 16];
        entropy.fill(&mut id)?;
        Ok(Self(id))
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Who knows nothing of the login takes the refresh token for it.
    fn of_refresh_token(token: &RefreshToken) -> Self {
        let mut id = [0; 16];
        id.copy_from_slice(&sha256(token.expose().as_bytes())[..16]);
        Self(id)
    }
}

/// A field of a token response, or a claim of an ID token, is missing or of another type.
#[derive(Clone, Debug, thiserror::Error)]
#[error("the answer does not hold what its type declares: {what}")]
pub struct FieldError {
    what: String,
}

impl FieldError {
    /// serde quotes the value it did not expect, which may be a secret: of its sentence only the name of a
    /// missing field is kept.
    pub(crate) fn new(error: &serde_json::Error) -> Self {
        let sentence = error.to_string();
        let what = match sentence.split_once(" at line") {
            Some((what, _)) if what.starts_with("missing field `") => what.to_owned(),
            _ => format!("a field of another type ends in column {}", error.column()),
        };
        Self { what }
    }

    pub(crate) fn missing(name: &str) -> Self {
        Self { what: format!("missing field `{name}`") }
    }

    /// The bytes that were kept are no longer an answer that this version reads.
    pub(crate) fn unreadable() -> Self {
        Self { what: "it was kept by another version".to_owned() }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::sync::Arc;

    use super::*;

    pub(crate) fn tokens_of(received_at: Timestamp, expires_at: Option<Timestamp>) -> Tokens {
        let mut tokens =
            Tokens::received(response("{}"), &Scopes::default(), Vec::new(), LOGIN, received_at);
        tokens.expires_at = expires_at;
        tokens
    }

    const LOGIN: LoginId = LoginId([7; 16]);

    pub(crate) fn response_with(access_token: &str, refresh_token: Option<&str>) -> TokenResponse {
        TokenResponse {
            access_token: AccessToken::new(access_token),
            refresh_token: refresh_token.map(RefreshToken::new),
            ..response("{}")
        }
    }

    pub(crate) fn tokens_with(access_token: &str, refresh_token: Option<&str>) -> Arc<Tokens> {
        let mut tokens = tokens_of(Timestamp::from_unix_seconds(0), None);
        tokens.access_token = AccessToken::new(access_token);
        tokens.refresh_token = refresh_token.map(RefreshToken::new);
        Arc::new(tokens)
    }

    pub(crate) fn response(raw: &str) -> TokenResponse {
        TokenResponse {
            access_token: AccessToken::new("canary-access"),
            token_type: TokenType::Bearer,
            expires_in: Some(Duration::from_secs(60)),
            refresh_token: Some(RefreshToken::new("canary-refresh")),
            scope: None,
            id_token: None,
            raw: RawAnswer::new(raw.as_bytes()),
        }
    }

    #[derive(Debug, Deserialize)]
    struct Company {
        company_id: u64,
    }

    #[test]
    fn a_declared_field_is_read_from_the_whole_answer() {
        let company: Company = response(r#"{"company_id":7}"#).fields().unwrap();

        assert_eq!(company.company_id, 7);
    }

    #[test]
    fn a_field_error_names_the_field_and_shows_no_value() {
        let missing = response("{}").fields::<Company>().unwrap_err();
        let mistyped = response(r#"{"company_id":"canary"}"#).fields::<Company>().unwrap_err();

        assert!(missing.to_string().ends_with("missing field `company_id`"), "{missing}");
        assert!(!format!("{mistyped} {mistyped:?}").contains("canary"));
    }

    #[test]
    fn an_omitted_scope_is_the_one_asked_for() {
        let tokens = Tokens::received(
            response("{}"),
            &Scopes::parse("a b"),
            Vec::new(),
            LOGIN,
            Timestamp::from_unix_seconds(1000),
        );

        assert_eq!(tokens.scopes().to_string(), "a b");
        assert_eq!(tokens.expires_at(), Some(Timestamp::from_unix_seconds(1060)));
    }

    #[test]
    fn tokens_are_expired_from_the_second_of_their_expiry_on() {
        let tokens = Tokens::received(
            response("{}"),
            &Scopes::default(),
            Vec::new(),
            LOGIN,
            Timestamp::from_unix_seconds(0),
        );

        assert!(!tokens.is_expired(Timestamp::from_unix_seconds(59)));
        assert!(tokens.is_expired(Timestamp::from_unix_seconds(60)));
    }

    #[test]
    fn rf_01_an_omitted_refresh_token_stays_and_a_rotated_one_replaces_it() {
        let before = Tokens::received(
            response("{}"),
            &Scopes::parse("a b"),
            Vec::new(),
            LOGIN,
            Timestamp::from_unix_seconds(0),
        );
        let later = Timestamp::from_unix_seconds(100);
        let mut kept = response("{}");
        kept.refresh_token = None;
        let mut rotated = response("{}");
        rotated.refresh_token = Some(RefreshToken::new("rt2"));

        let kept = before.renewed(&kept, later);
        let rotated = before.renewed(&rotated, later);

        assert_eq!(kept.refresh_token().unwrap().expose(), "canary-refresh");
        assert_eq!(rotated.refresh_token().unwrap().expose(), "rt2");
        assert_eq!(rotated.scopes().to_string(), "a b");
        assert_eq!(rotated.expires_at(), Some(Timestamp::from_unix_seconds(160)));
        assert_eq!(rotated.logged_in_at(), Timestamp::from_unix_seconds(0));
    }

    #[test]
    fn a_member_that_a_refresh_does_not_repeat_stays_in_the_whole_answer() {
        let whole = RawAnswer::new(br#"{"access_token":"at1","company_id":7,"nested":{"a":[1]}}"#);

        let updated = whole.updated_by(&RawAnswer::new(br#"{"access_token":"at2","scope":"a"}"#));

        let expected = r#"{"access_token":"at2","company_id":7,"nested":{"a":[1]},"scope":"a"}"#;
        assert_eq!(updated.bytes(), expected.as_bytes());
    }

    #[test]
    fn debug_shows_no_token() {
        let response = response(r#"{"access_token":"canary"}"#);
        let tokens = Tokens::received(
            response.clone(),
            &Scopes::default(),
            Vec::new(),
            LOGIN,
            Timestamp::from_unix_seconds(0),
        );

        assert!(!format!("{response:#?} {tokens:#?}").contains("canary"));
    }
}
