//! The keys of an emulated issuer, and what it does wrong with them when it is told to.

use rustls_pki_types::PrivatePkcs8KeyDer;
use rustls_pki_types::pem::PemObject as _;
use serde_json::{Value, json};

use crate::crypto::signature::{PrivateKey, SigningAlgorithm, mac};
use crate::jwk::public_jwk;
use crate::jws;

/// What an emulated issuer does wrong with the tokens that it signs: each is a mistake that a client must notice.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum IdTokenFault {
    /// `alg` is `none`, and there is no signature.
    AlgNone,
    /// It is signed by another algorithm than the issuer announces, and by a key that the issuer has for it.
    AnotherAlgorithm,
    /// `aud` names a second client, which nobody knows.
    AnotherAudience,
    /// `azp` names another client.
    AnotherAuthorizedParty,
    /// A bit of the signature is another one.
    BadSignature,
    /// `crit` names an extension that nobody knows.
    Critical,
    /// `exp` is an hour ago.
    Expired,
    /// `iat` is an hour ahead.
    FromTheFuture,
    /// There is no `aud`.
    MissingAudience,
    /// There is no `exp`.
    MissingExpiry,
    /// There is no `iat`.
    MissingIssuedAt,
    /// There is no `iss`.
    MissingIssuer,
    /// There is no `nonce`, although one was sent.
    MissingNonce,
    /// There is no `sub`.
    MissingSubject,
    /// There is no ID token in the answer.
    MissingToken,
    /// The header names no `kid`.
    NoKeyId,
    /// The header names a `kid` that the issuer does not have.
    UnknownKeyId,
    /// `at_hash` is of another access token.
    WrongAccessTokenHash,
    /// `aud` is another client.
    WrongAudience,
    /// `iss` is another issuer.
    WrongIssuer,
    /// `nonce` is another one.
    WrongNonce,
    /// `sub` is another user.
    WrongSubject,
}

impl IdTokenFault {
    /// Every one of them.
    pub const ALL: &[Self] = &[
        Self::AlgNone,
        Self::AnotherAlgorithm,
        Self::AnotherAudience,
        Self::AnotherAuthorizedParty,
        Self::BadSignature,
        Self::Critical,
        Self::Expired,
        Self::FromTheFuture,
        Self::MissingAudience,
        Self::MissingExpiry,
        Self::MissingIssuedAt,
        Self::MissingIssuer,
        Self::MissingNonce,
        Self::MissingSubject,
        Self::MissingToken,
        Self::NoKeyId,
        Self::UnknownKeyId,
        Self::WrongAccessTokenHash,
        Self::WrongAudience,
        Self::WrongIssuer,
        Self::WrongNonce,
        Self::WrongSubject,
    ];
}

/// What the issuer signs with, and what it publishes.
pub(super) struct Signing {
    algorithm: SigningAlgorithm,
    key: PrivateKey,
    kid: String,
    /// A key for another algorithm than the announced one; it is published too.
    other: (SigningAlgorithm, PrivateKey),
    /// How many keys there have been.
    turn: usize,
}

/// What it was told to publish, and when to change its keys.
#[derive(Clone, Copy, Default)]
pub(super) struct Publishing {
    pub(super) rotates_before_signing: bool,
    pub(super) decoys: bool,
    pub(super) two_keys: bool,
}

impl Signing {
    pub(super) fn new(algorithm: SigningAlgorithm) -> Self {
        let other = match algorithm {
            SigningAlgorithm::Es384 => SigningAlgorithm::Es256,
            _ => SigningAlgorithm::Es384,
        };
        Self {
            algorithm,
            key: key(algorithm, 0),
            kid: "key-1".to_owned(),
            other: (other, key(other, 0)),
            turn: 1,
        }
    }

    /// From now on there is another key, and the one before is published no more.
    pub(super) fn rotate(&mut self) {
        self.key = key(self.algorithm, self.turn);
        self.turn += 1;
        self.kid = format!("key-{}", self.turn);
    }

    /// The document at `jwks_uri`.
    pub(super) fn published(&self, publishing: Publishing) -> Value {
        let named = |key: &PrivateKey, kid: &str, algorithm| {
            public_jwk(&key.public(), Some(kid), algorithm)
        };
        let mut keys = Vec::new();
        if publishing.decoys {
            keys.extend(self.decoys());
        }
        if publishing.two_keys {
            keys.push(named(&key(self.algorithm, self.turn), "a-second-key", self.algorithm));
        }
        if !self.algorithm.is_symmetric() {
            keys.push(named(&self.key, &self.kid, self.algorithm));
        }
        keys.push(named(&self.other.1, "another-algorithm", self.other.0));
        json!({ "keys": keys })
    }

    /// Keys that are none of the issuer's, under the name of its own, and what a client cannot read.
    fn decoys(&self) -> Vec<Value> {
        let rsa = key(SigningAlgorithm::Rs256, self.turn).public();
        let like = |member: &str, value: Value| {
            let mut jwk = public_jwk(&rsa, Some(&self.kid), SigningAlgorithm::Rs256);
            jwk[member] = value;
            jwk
        };
        let ed25519 = key(SigningAlgorithm::EdDsa, 0).public();
        vec![
            json!({ "kty": "AKP", "alg": "ML-DSA-999", "kid": self.kid, "pub": "AAAA" }),
            json!({ "kty": "made-up", "kid": self.kid }),
            json!({ "kty": "RSA", "kid": self.kid, "e": "AQAB" }),
            json!("not a key"),
            public_jwk(&ed25519, Some(&self.kid), SigningAlgorithm::EdDsa),
            like("use", json!("enc")),
            like("key_ops", json!(["encrypt"])),
            like("alg", json!("RSA-OAEP")),
        ]
    }

    /// A token, signed as it should be, or as it was told to be.
    pub(super) fn token(
        &self,
        typ: &str,
        claims: &Value,
        secret: &str,
        fault: Option<IdTokenFault>,
    ) -> String {
        let mut header = json!({ "alg": self.algorithm.as_str(), "kid": self.kid, "typ": typ });
        match fault {
            Some(IdTokenFault::AlgNone) => {
                header["alg"] = json!("none");
                return signed(&header, claims, |_| Some(Vec::new()));
            }
            Some(IdTokenFault::AnotherAlgorithm) => {
                let (algorithm, key) = &self.other;
                header["alg"] = json!(algorithm.as_str());
                header["kid"] = json!("another-algorithm");
                return signed(&header, claims, |message| key.sign(*algorithm, message));
            }
            Some(IdTokenFault::Critical) => header["crit"] = json!(["bork"]),
            Some(IdTokenFault::NoKeyId) => drop(header.as_object_mut().map(|it| it.remove("kid"))),
            Some(IdTokenFault::UnknownKeyId) => header["kid"] = json!("nobody-has-this"),
            _ => {}
        }
        let token = signed(&header, claims, |message| match self.algorithm.is_symmetric() {
            true => mac(self.algorithm, secret.as_bytes(), message),
            false => self.key.sign(self.algorithm, message),
        });
        match fault {
            Some(IdTokenFault::BadSignature) => with_another_bit(&token),
            _ => token,
        }
    }
}

fn signed(header: &Value, claims: &Value, sign: impl FnOnce(&[u8]) -> Option<Vec<u8>>) -> String {
    jws::signed(header, claims, sign).expect("the key is of the algorithm's kind")
}

/// The first character of the signature is another one.
fn with_another_bit(token: &str) -> String {
    let (signed, signature) = token.rsplit_once('.').unwrap_or((token, ""));
    let first = if signature.starts_with('A') { 'B' } else { 'A' };
    format!("{signed}.{first}{}", signature.get(1..).unwrap_or_default())
}

/// A key for an algorithm. Those of RSA come with the emulator and take turns, since none can be made here.
fn key(algorithm: SigningAlgorithm, turn: usize) -> PrivateKey {
    let made = PrivateKey::generate(algorithm);
    made.unwrap_or_else(|| {
        let der = PrivatePkcs8KeyDer::from_pem_slice(KEYS[turn % KEYS.len()].as_bytes());
        let der = der.expect("the emulator's keys are PKCS#8");
        PrivateKey::from_pkcs8(der.secret_pkcs8_der()).expect("they are RSA keys of 2048 bits")
    })
}

/// They are no secret: nothing but an emulator signs with them.
const KEYS: [&str; 2] = [include_str!("keys/rsa-1.pem"), include_str!("keys/rsa-2.pem")];
