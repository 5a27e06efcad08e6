//! One login under way: everything that must be known when the browser comes back.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::pkce::CodeVerifier;
use crate::return_to::ReturnTo;
use crate::scope::Scopes;
use crate::state::{Nonce, State};

/// A login under way, kept by an [`OAuthPersistence`](crate::OAuthPersistence) from the redirect to the
/// provider until the browser comes back.
///
/// It is one value, stored and taken whole, keyed by its [`State`]: two tabs have two of them.
#[derive(Clone, Debug)]
pub struct PendingLogin {
    pub(crate) provider: String,
    pub(crate) state: State,
    pub(crate) nonce: Option<Nonce>,
    pub(crate) code_verifier: Option<CodeVerifier>,
    pub(crate) return_to: ReturnTo,
    pub(crate) scopes: Scopes,
    pub(crate) issuer: Option<String>,
    /// The server announces that the answer names the issuer.
    pub(crate) demands_issuer: bool,
    /// How long ago the user may have proved who they are, in seconds.
    pub(crate) max_age: Option<u64>,
    /// The authentication contexts of which one is wanted, separated by spaces; empty for any.
    pub(crate) acr_values: String,
    pub(crate) created_at: Timestamp,
}

impl PendingLogin {
    /// How long a login may take: 10 minutes.
    pub const LIFETIME: Duration = Duration::from_secs(600);

    /// What the login is found by when the browser comes back.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// When the login began.
    #[must_use]
    pub fn created_at(&self) -> Timestamp {
        self.created_at
    }

    /// From when on the login is over, finished or not.
    #[must_use]
    pub fn expires_at(&self) -> Timestamp {
        self.created_at.after(Self::LIFETIME)
    }

    /// The compact record that a cookie or a store holds, to be sealed.
    pub(crate) fn to_record(&self) -> Vec<u8> {
        let record = Record {
            provider: &self.provider,
            state: self.state.expose(),
            nonce: self.nonce.as_ref().map(Nonce::expose),
            code_verifier: self.code_verifier.as_ref().map(CodeVerifier::expose),
            return_to: self.return_to.as_str(),
            scopes: &self.scopes.join(" "),
            issuer: self.issuer.as_deref(),
            demands_issuer: self.demands_issuer,
            max_age: self.max_age,
            acr_values: &self.acr_values,
            created_at: self.created_at,
        };
        postcard::to_allocvec(&record).expect("strings and numbers always have a record")
    }

    /// Reads a record; the place to return to is checked again, since the record may be old.
    pub(crate) fn from_record(record: &[u8], application: &url::Url) -> Option<Self> {
        let record: Record<'_> = postcard::from_bytes(record).ok()?;
        Some(Self {
            provider: record.provider.to_owned(),
            state: State::new(record.state),
            nonce: record.nonce.map(Nonce::new),
            code_verifier: record.code_verifier.map(CodeVerifier::new),
            return_to: ReturnTo::parse(record.return_to, application),
            scopes: Scopes::from_record(record.scopes),
            issuer: record.issuer.map(str::to_owned),
            demands_issuer: record.demands_issuer,
            max_age: record.max_age,
            acr_values: record.acr_values.to_owned(),
            created_at: record.created_at,
        })
    }
}

#[derive(Deserialize, Serialize)]
struct Record<'a> {
    provider: &'a str,
    state: &'a str,
    nonce: Option<&'a str>,
    code_verifier: Option<&'a str>,
    return_to: &'a str,
    scopes: &'a str,
    issuer: Option<&'a str>,
    demands_issuer: bool,
    max_age: Option<u64>,
    acr_values: &'a str,
    created_at: Timestamp,
}
