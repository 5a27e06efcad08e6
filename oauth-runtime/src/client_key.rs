//! The client's own key, with which it proves who it is (RFC 7523 s2.2, OpenID Connect Core s9).

use std::sync::Arc;

use rustls_pki_types::PrivateKeyDer;
use rustls_pki_types::pem::PemObject as _;

use crate::crypto::signature::{PrivateKey, SigningAlgorithm};
use crate::jwk::{private_key, public_jwk};

/// A key of the application, for a provider that is given its public half: `private_key_jwt`, and Apple's client secret.
///
/// ```
/// use oauth_runtime::ClientKey;
///
/// # fn read() -> Result<ClientKey, Box<dyn std::error::Error>> {
/// let key = ClientKey::from_pem(&std::fs::read_to_string("/run/secrets/AuthKey_ABC123.p8")?)?
///     .key_id("ABC123")
///     .issuer("TEAM456");
/// # Ok(key) }
/// # let _ = read;
/// ```
///
/// An RSA key signs with `RS256`, one on P-256 with `ES256`, on P-384 with `ES384`, on Ed25519 with `EdDSA`.
#[derive(Clone, Debug)]
pub struct ClientKey {
    key: Arc<PrivateKey>,
    key_id: Option<String>,
    algorithm: SigningAlgorithm,
    issuer: Option<String>,
    audience: Option<String>,
}

impl ClientKey {
    /// Reads a key in PEM: PKCS#8 ("BEGIN PRIVATE KEY"), or PKCS#1 ("BEGIN RSA PRIVATE KEY").
    ///
    /// # Errors
    ///
    /// [`ClientKeyError`] if it is none that can sign.
    pub fn from_pem(pem: &str) -> Result<Self, ClientKeyError> {
        let der = PrivateKeyDer::from_pem_slice(pem.as_bytes());
        let key = match der.map_err(|_| ClientKeyError::NotPem)? {
            PrivateKeyDer::Pkcs8(der) => PrivateKey::from_pkcs8(der.secret_pkcs8_der()),
            PrivateKeyDer::Pkcs1(der) => PrivateKey::from_pkcs1(der.secret_pkcs1_der()),
            _ => return Err(ClientKeyError::Sec1),
        };
        let key = key.ok_or(ClientKeyError::Unknown)?;
        Ok(Self::new(key, None, None))
    }

    /// Reads a key as a JSON Web Key, with its private members. Its `kid` and `alg` are taken over.
    ///
    /// # Errors
    ///
    /// [`ClientKeyError`] if it is none that can sign.
    pub fn from_jwk(jwk: &str) -> Result<Self, ClientKeyError> {
        let (key, key_id, algorithm) = private_key(jwk).ok_or(ClientKeyError::NotJwk)?;
        Ok(Self::new(key, key_id, algorithm))
    }

    fn new(key: PrivateKey, key_id: Option<String>, algorithm: Option<SigningAlgorithm>) -> Self {
        // One that does not fit the key could not sign.
        let algorithm = algorithm.filter(|algorithm| key.public().fits(*algorithm));
        let algorithm = algorithm.unwrap_or_else(|| key.algorithm());
        Self { key: Arc::new(key), key_id, algorithm, issuer: None, audience: None }
    }

    /// What the provider calls the key: the `kid` of what is signed.
    #[must_use]
    pub fn key_id(mut self, key_id: impl Into<String>) -> Self {
        self.key_id = Some(key_id.into());
        self
    }

    /// Who signs, where that is not the client: the team at Apple.
    #[must_use]
    pub fn issuer(mut self, issuer: impl Into<String>) -> Self {
        self.issuer = Some(issuer.into());
        self
    }

    /// Whom it is signed for. The provider's issuer unless set, or where none is declared its token endpoint; some want the
    /// token endpoint in any case.
    #[must_use]
    pub fn audience(mut self, audience: impl Into<String>) -> Self {
        self.audience = Some(audience.into());
        self
    }

    /// The public half as a JSON Web Key, to register at the provider.
    #[must_use]
    pub fn public_jwk(&self) -> String {
        let key_id = self.key_id.as_deref();
        public_jwk(&self.key.public(), key_id, self.algorithm).to_string()
    }

    pub(crate) fn algorithm(&self) -> SigningAlgorithm {
        self.algorithm
    }

    pub(crate) fn named(&self) -> Option<&str> {
        self.key_id.as_deref()
    }

    pub(crate) fn signs_as(&self) -> Option<&str> {
        self.issuer.as_deref()
    }

    pub(crate) fn signs_for(&self) -> Option<&str> {
        self.audience.as_deref()
    }

    pub(crate) fn sign(&self, message: &[u8]) -> Option<Vec<u8>> {
        self.key.sign(self.algorithm, message)
    }
}

/// A client's key cannot be used. Nothing of the key stands in it.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ClientKeyError {
    /// It is not a JSON Web Key with its private members, of a kind that can sign.
    #[error("it is not a private JSON Web Key of the type RSA, EC (P-256, P-384) or OKP (Ed25519)")]
    NotJwk,
    /// There is no private key in PEM.
    #[error("it holds no private key in PEM, which begins with `-----BEGIN PRIVATE KEY-----`")]
    NotPem,
    /// It is in the form of SEC 1, which is not read.
    #[error(
        "a key that begins with `-----BEGIN EC PRIVATE KEY-----` has to be converted: `openssl pkcs8 -topk8 -nocrypt`"
    )]
    Sec1,
    /// It is of another kind, or too short.
    #[error("it is neither an RSA key of 2048 bits or more nor one on P-256, P-384 or Ed25519")]
    Unknown,
}
