//! Tokens that no honest issuer signs.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ring::hmac;
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, EcdsaSigningAlgorithm, Ed25519KeyPair,
    KeyPair as _, RSA_PKCS1_SHA256, RsaEncoding, RsaKeyPair, RsaPublicKeyComponents,
};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::pki_types::pem::PemObject as _;
use serde_json::{Value, json};

/// Bytes as base64url.
pub(crate) fn base64url(bytes: impl AsRef<[u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// The two RSA keys of the emulator, in their order: it signs with the first one and calls it `key-1`.
pub(crate) const RSA_KEYS: [&str; 2] = [
    include_str!("../../../../oauth-runtime/src/emulator/keys/rsa-1.pem"),
    include_str!("../../../../oauth-runtime/src/emulator/keys/rsa-2.pem"),
];

/// One of them.
pub(crate) fn rsa(index: usize) -> RsaKeyPair {
    let der = PrivatePkcs8KeyDer::from_pem_slice(RSA_KEYS[index].as_bytes()).unwrap();
    RsaKeyPair::from_pkcs8(der.secret_pkcs8_der()).unwrap()
}

/// The header that the emulator writes.
pub(crate) fn header() -> Value {
    json!({ "alg": "RS256", "kid": "key-1", "typ": "JWT" })
}

/// The same with members of the test's own in place of those of their names; `null` takes one away.
pub(crate) fn header_with(members: Value) -> Value {
    with(header(), members)
}

/// An object with other members; `null` takes one away.
#[expect(
    clippy::needless_pass_by_value,
    reason = "`with(claims, json!({ … }))` reads as it is meant"
)]
pub(crate) fn with(mut object: Value, members: Value) -> Value {
    let known = object.as_object_mut().unwrap();
    for (name, value) in members.as_object().unwrap() {
        match value {
            Value::Null => drop(known.remove(name)),
            value => drop(known.insert(name.clone(), value.clone())),
        }
    }
    object
}

/// Header and payload as they are signed.
#[expect(clippy::needless_pass_by_value, reason = "a header is given as it is, or borrowed")]
pub(crate) fn unsigned(header: impl ToString, payload: impl ToString) -> String {
    format!("{}.{}", base64url(header.to_string()), base64url(payload.to_string()))
}

/// A token with this signature.
pub(crate) fn token(
    header: impl ToString,
    payload: impl ToString,
    sign: impl FnOnce(&[u8]) -> Vec<u8>,
) -> String {
    let message = unsigned(header, payload);
    let signature = sign(message.as_bytes());
    format!("{message}.{}", base64url(signature))
}

/// Signs as `RS256`, with one of the emulator's keys.
pub(crate) fn rs256(index: usize) -> impl FnOnce(&[u8]) -> Vec<u8> {
    rsa_by(index, &RSA_PKCS1_SHA256)
}

/// Signs in another way with an RSA key of the emulator.
pub(crate) fn rsa_by(
    index: usize,
    padding: &'static dyn RsaEncoding,
) -> impl FnOnce(&[u8]) -> Vec<u8> {
    move |message| {
        let key = rsa(index);
        let mut signature = vec![0; key.public().modulus_len()];
        key.sign(padding, &SystemRandom::new(), message, &mut signature).unwrap();
        signature
    }
}

/// Signs as `HS256`.
pub(crate) fn hs256(secret: &[u8]) -> impl FnOnce(&[u8]) -> Vec<u8> {
    move |message| hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret), message).as_ref().to_vec()
}

/// A public RSA key of the emulator's, as it publishes it.
pub(crate) fn rsa_jwk(index: usize) -> Value {
    let RsaPublicKeyComponents { n, e } =
        RsaPublicKeyComponents::<Vec<u8>>::from(rsa(index).public());
    json!({ "kty": "RSA", "kid": "key-1", "use": "sig", "alg": "RS256", "n": base64url(n), "e": base64url(e) })
}

/// A key on an elliptic curve that is new, and its public half.
pub(crate) struct Ec {
    pub(crate) key: EcdsaKeyPair,
    pub(crate) jwk: Value,
}

impl Ec {
    pub(crate) fn p256() -> Self {
        Self::new(&ECDSA_P256_SHA256_FIXED_SIGNING, "P-256", "ES256")
    }

    pub(crate) fn new(curve: &'static EcdsaSigningAlgorithm, name: &str, algorithm: &str) -> Self {
        let random = SystemRandom::new();
        let der = EcdsaKeyPair::generate_pkcs8(curve, &random).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(curve, der.as_ref(), &random).unwrap();
        let (x, y) = key.public_key().as_ref()[1..].split_at(key.public_key().as_ref().len() / 2);
        let jwk = json!({
            "kty": "EC", "crv": name, "kid": "key-1", "use": "sig", "alg": algorithm,
            "x": base64url(x), "y": base64url(y),
        });
        Self { key, jwk }
    }

    pub(crate) fn sign(&self) -> impl FnOnce(&[u8]) -> Vec<u8> {
        |message| self.key.sign(&SystemRandom::new(), message).unwrap().as_ref().to_vec()
    }
}

/// A key for `EdDSA` that is new, and its public half.
pub(crate) fn ed25519() -> (Ed25519KeyPair, Value) {
    let der = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
    let key = Ed25519KeyPair::from_pkcs8(der.as_ref()).unwrap();
    let x = base64url(key.public_key());
    let jwk = json!({ "kty": "OKP", "crv": "Ed25519", "kid": "key-1", "alg": "EdDSA", "x": x });
    (key, jwk)
}
