//! What a verified ID token says (OpenID Connect Core s2).

use std::borrow::Cow;
use std::fmt;

use serde::de::DeserializeOwned;

use crate::clock::Timestamp;
use crate::grant::token_response;
use crate::json_object::JsonObject;
use crate::jws::Jws;
use crate::jwt_error::JwtError;
use crate::token::{FieldError, IdToken, Tokens};

/// The claims of an ID token that was verified: who logged in, when and how.
#[derive(Clone)]
pub struct IdTokenClaims {
    identity: Identity,
    registered: Registered,
    auth_time: Option<Timestamp>,
    nonce: Option<String>,
    acr: Option<String>,
    sid: Option<String>,
    /// `at_hash`, `c_hash` and `s_hash`.
    hashes: [Option<String>; 3],
    raw: Vec<u8>,
}

/// The claims that every token of an issuer has (RFC 7519 s4.1).
#[derive(Clone)]
pub(crate) struct Registered {
    pub(crate) issuer: String,
    pub(crate) audience: Vec<String>,
    pub(crate) authorized_party: Option<String>,
    pub(crate) expires_at: Timestamp,
    pub(crate) issued_at: Timestamp,
    pub(crate) not_before: Option<Timestamp>,
}

impl Registered {
    pub(crate) fn read(claims: &JsonObject<'_>) -> Result<Self, JwtError> {
        let required = |name| claims.instant(name)?.ok_or(JwtError::Claim { name });
        Ok(Self {
            issuer: claims.required_text("iss")?.into_owned(),
            audience: claims.texts("aud")?,
            authorized_party: claims.text("azp")?.map(Cow::into_owned),
            expires_at: required("exp")?,
            issued_at: required("iat")?,
            not_before: claims.instant("nbf")?,
        })
    }
}

/// A user's identifier: a text of 1 to 255 characters.
pub(crate) fn subject(claims: &JsonObject<'_>) -> Result<Option<String>, JwtError> {
    let fits = |subject: &str| (1..=LONGEST_SUBJECT).contains(&subject.chars().count());
    match claims.text("sub")? {
        Some(subject) if !fits(&subject) => Err(JwtError::Claim { name: "sub" }),
        subject => Ok(subject.map(Cow::into_owned)),
    }
}

impl IdTokenClaims {
    /// Reads the claims of a token. Their kinds are checked here, and what they say is the rules' to judge.
    pub(crate) fn read(payload: Vec<u8>) -> Result<Self, JwtError> {
        let claims = JsonObject::parse(&payload)
            .ok_or(JwtError::Malformed("its payload is not an object of claims"))?;
        // Back-Channel Logout s2.4: what has `events` is a logout token, or another event.
        if claims.contains("events") {
            return Err(JwtError::Kind);
        }
        let text = |name| Ok::<_, JwtError>(claims.text(name)?.map(Cow::into_owned));
        let subject = subject(&claims)?.ok_or(JwtError::Claim { name: "sub" })?;
        let registered = Registered::read(&claims)?;
        let read = Self {
            identity: Identity { issuer: registered.issuer.clone(), subject },
            registered,
            auth_time: claims.instant("auth_time")?,
            nonce: text("nonce")?,
            acr: text("acr")?,
            sid: text("sid")?,
            hashes: [text("at_hash")?, text("c_hash")?, text("s_hash")?],
            raw: Vec::new(),
        };
        drop(claims);
        Ok(Self { raw: payload, ..read })
    }

    /// REQUIRED. Who the user is: the issuer and the subject together.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// REQUIRED. Who issued the token.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.identity.issuer
    }

    /// REQUIRED. The user's identifier at the issuer: never given to another user, at most 255 characters.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.identity.subject
    }

    /// REQUIRED. Whom the token is for: this client among them.
    #[must_use]
    pub fn audience(&self) -> &[String] {
        &self.registered.audience
    }

    /// OPTIONAL. The client that the token was given to: this one.
    #[must_use]
    pub fn authorized_party(&self) -> Option<&str> {
        self.registered.authorized_party.as_deref()
    }

    /// REQUIRED. Until when the token could be presented; it says nothing of how long the session lasts.
    #[must_use]
    pub fn expires_at(&self) -> Timestamp {
        self.registered.expires_at
    }

    /// REQUIRED. When the token was issued.
    #[must_use]
    pub fn issued_at(&self) -> Timestamp {
        self.registered.issued_at
    }

    /// OPTIONAL. When the user proved who they are at the provider.
    #[must_use]
    pub fn auth_time(&self) -> Option<Timestamp> {
        self.auth_time
    }

    /// OPTIONAL. How well the user proved it: the Authentication Context Class.
    #[must_use]
    pub fn acr(&self) -> Option<&str> {
        self.acr.as_deref()
    }

    /// OPTIONAL. The provider's name for the user's session there, which a back-channel logout names.
    #[must_use]
    pub fn sid(&self) -> Option<&str> {
        self.sid.as_deref()
    }

    /// Reads further claims into a type of yours.
    ///
    /// # Errors
    ///
    /// [`FieldError`] if a claim is missing or of another type. It holds no value of the token.
    pub fn fields<T: DeserializeOwned>(&self) -> Result<T, FieldError> {
        serde_json::from_slice(&self.raw).map_err(|error| FieldError::new(&error))
    }

    pub(crate) fn nonce(&self) -> Option<&str> {
        self.nonce.as_deref()
    }

    pub(crate) fn hash(&self, name: &str) -> Option<&str> {
        let [of_token, of_code, of_state] = &self.hashes;
        let found = match name {
            "at_hash" => of_token,
            "c_hash" => of_code,
            _ => of_state,
        };
        found.as_deref()
    }

    pub(crate) fn registered(&self) -> &Registered {
        &self.registered
    }

    /// A claim that is a text, whatever its name.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        let claims: serde_json::Value = self.value()?;
        claims.get(name)?.as_str().map(str::to_owned)
    }

    /// All claims.
    pub(crate) fn value(&self) -> Option<serde_json::Value> {
        serde_json::from_slice(&self.raw).ok()
    }
}

impl fmt::Debug for IdTokenClaims {
    /// The user's own data are left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdTokenClaims")
            .field("issuer", &self.identity.issuer)
            .field("expires_at", &self.expires_at())
            .finish_non_exhaustive()
    }
}

/// What the ID token that is kept with tokens says. It was verified when it came.
pub(crate) fn kept(tokens: &Tokens) -> Option<IdTokenClaims> {
    unverified(&token_response::reread(tokens)?.id_token?)
}

/// What a token says, whoever has signed it.
pub(crate) fn unverified(token: &IdToken) -> Option<IdTokenClaims> {
    IdTokenClaims::read(Jws::parse(token.expose()).ok()?.payload).ok()
}

/// Who a user is: the issuer and the subject together, and nothing else. Two issuers may give the same subject, and an
/// e-mail address is nobody: it is written into an account by whoever may write there.
///
/// ```
/// use std::collections::HashMap;
///
/// use oauth_runtime::Identity;
///
/// let mut users = HashMap::new();
/// users.insert(Identity::new("https://accounts.google.com", "1815"), "Ada");
///
/// assert_eq!(users.get(&Identity::new("https://accounts.google.com", "1815")), Some(&"Ada"));
/// assert_eq!(users.get(&Identity::new("https://login.example", "1815")), None);
/// ```
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Identity {
    issuer: String,
    subject: String,
}

impl Identity {
    /// The user that an issuer knows by this subject: as a row of a database has them.
    #[must_use]
    pub fn new(issuer: impl Into<String>, subject: impl Into<String>) -> Self {
        Self { issuer: issuer.into(), subject: subject.into() }
    }

    /// Who says so.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// The identifier there.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }
}

/// OpenID Connect Core s2: "It MUST NOT exceed 255 ASCII characters in length."
const LONGEST_SUBJECT: usize = 255;
