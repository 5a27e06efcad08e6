//! Signatures of JSON Web Algorithms ([RFC 7518 s3], RFC 8037): an algorithm has its kind of key, and no other is tried
//! with it.
//!
//! [RFC 7518 s3]: https://www.rfc-editor.org/rfc/rfc7518#section-3

use std::fmt;

use ring::rand::SystemRandom;
use ring::rsa::{self, PublicKeyComponents};
use ring::signature::{self as of, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RsaKeyPair};
use ring::{digest, hmac};

/// How a token is signed: an `alg` of [RFC 7518 s3.1] or RFC 8037 that the library knows.
///
/// [RFC 7518 s3.1]: https://www.rfc-editor.org/rfc/rfc7518#section-3.1
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum SigningAlgorithm {
    /// `RS256`: RSASSA-PKCS1-v1_5 with SHA-256. What a client has registered unless it said otherwise.
    Rs256,
    /// `RS384`
    Rs384,
    /// `RS512`
    Rs512,
    /// `PS256`: RSASSA-PSS with SHA-256.
    Ps256,
    /// `PS384`
    Ps384,
    /// `PS512`
    Ps512,
    /// `ES256`: ECDSA on P-256 with SHA-256.
    Es256,
    /// `ES384`: ECDSA on P-384 with SHA-384.
    Es384,
    /// `EdDSA` on Ed25519.
    EdDsa,
    /// `HS256`: HMAC with SHA-256, keyed with the client's secret.
    Hs256,
    /// `HS384`
    Hs384,
    /// `HS512`
    Hs512,
}

impl SigningAlgorithm {
    /// Every one of them.
    pub const ALL: &[Self] = &[
        Self::Rs256,
        Self::Rs384,
        Self::Rs512,
        Self::Ps256,
        Self::Ps384,
        Self::Ps512,
        Self::Es256,
        Self::Es384,
        Self::EdDsa,
        Self::Hs256,
        Self::Hs384,
        Self::Hs512,
    ];

    /// The algorithm of this name, letter for letter; `None` for `none` and what is not known.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|known| known.as_str() == name)
    }

    /// The name on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Rs384 => "RS384",
            Self::Rs512 => "RS512",
            Self::Ps256 => "PS256",
            Self::Ps384 => "PS384",
            Self::Ps512 => "PS512",
            Self::Es256 => "ES256",
            Self::Es384 => "ES384",
            Self::EdDsa => "EdDSA",
            Self::Hs256 => "HS256",
            Self::Hs384 => "HS384",
            Self::Hs512 => "HS512",
        }
    }

    /// Whether the key is a secret that both sides know.
    #[must_use]
    pub fn is_symmetric(self) -> bool {
        matches!(self, Self::Hs256 | Self::Hs384 | Self::Hs512)
    }

    /// The left half of the hash of a text, by the hash that goes with the algorithm (OpenID Connect Core s3.1.3.6).
    pub(crate) fn half_hash(self, text: &str) -> Vec<u8> {
        let hash = match self {
            Self::Rs256 | Self::Ps256 | Self::Es256 | Self::Hs256 => &digest::SHA256,
            Self::Rs384 | Self::Ps384 | Self::Es384 | Self::Hs384 => &digest::SHA384,
            // Ed25519 hashes with SHA-512.
            Self::Rs512 | Self::Ps512 | Self::EdDsa | Self::Hs512 => &digest::SHA512,
        };
        let hash = digest::digest(hash, text.as_bytes());
        hash.as_ref()[..hash.as_ref().len() / 2].to_vec()
    }

    fn mac(self) -> Option<hmac::Algorithm> {
        match self {
            Self::Hs256 => Some(hmac::HMAC_SHA256),
            Self::Hs384 => Some(hmac::HMAC_SHA384),
            Self::Hs512 => Some(hmac::HMAC_SHA512),
            _ => None,
        }
    }
}

impl fmt::Display for SigningAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The public half of a key.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum PublicKey {
    /// Modulus and exponent, big-endian.
    Rsa {
        n: Vec<u8>,
        e: Vec<u8>,
    },
    /// The point, uncompressed.
    P256(Vec<u8>),
    /// The point, uncompressed.
    P384(Vec<u8>),
    Ed25519(Vec<u8>),
}

impl PublicKey {
    /// Whether the algorithm works with this kind of key.
    pub(crate) fn fits(&self, algorithm: SigningAlgorithm) -> bool {
        use SigningAlgorithm as Alg;
        match self {
            Self::Rsa { .. } => matches!(
                algorithm,
                Alg::Rs256 | Alg::Rs384 | Alg::Rs512 | Alg::Ps256 | Alg::Ps384 | Alg::Ps512
            ),
            Self::P256(_) => algorithm == Alg::Es256,
            Self::P384(_) => algorithm == Alg::Es384,
            Self::Ed25519(_) => algorithm == Alg::EdDsa,
        }
    }

    /// Checks a signature. A key that does not fit, an RSA key of less than 2048 bits and a point off its curve verify
    /// nothing.
    pub(crate) fn verify(
        &self,
        algorithm: SigningAlgorithm,
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), BadSignature> {
        use SigningAlgorithm as Alg;
        let plain = |kind: &'static dyn of::VerificationAlgorithm, key: &[u8]| {
            of::UnparsedPublicKey::new(kind, key).verify(message, signature)
        };
        let verified = match (self, algorithm) {
            (Self::Rsa { n, e }, _) => {
                let parameters = match algorithm {
                    Alg::Rs256 => &of::RSA_PKCS1_2048_8192_SHA256,
                    Alg::Rs384 => &of::RSA_PKCS1_2048_8192_SHA384,
                    Alg::Rs512 => &of::RSA_PKCS1_2048_8192_SHA512,
                    Alg::Ps256 => &of::RSA_PSS_2048_8192_SHA256,
                    Alg::Ps384 => &of::RSA_PSS_2048_8192_SHA384,
                    Alg::Ps512 => &of::RSA_PSS_2048_8192_SHA512,
                    _ => return Err(BadSignature),
                };
                PublicKeyComponents { n, e }.verify(parameters, message, signature)
            }
            (Self::P256(point), Alg::Es256) => plain(&of::ECDSA_P256_SHA256_FIXED, point),
            (Self::P384(point), Alg::Es384) => plain(&of::ECDSA_P384_SHA384_FIXED, point),
            (Self::Ed25519(key), Alg::EdDsa) => plain(&of::ED25519, key),
            _ => return Err(BadSignature),
        };
        verified.map_err(|_| BadSignature)
    }
}

/// Checks an HMAC by a secret that both sides know, in constant time. An empty secret is nobody's.
pub(crate) fn verify_mac(
    algorithm: SigningAlgorithm,
    secret: &[u8],
    message: &[u8],
    tag: &[u8],
) -> Result<(), BadSignature> {
    let kind = algorithm.mac().filter(|_| !secret.is_empty()).ok_or(BadSignature)?;
    hmac::verify(&hmac::Key::new(kind, secret), message, tag).map_err(|_| BadSignature)
}

/// An HMAC by a secret that both sides know; `None` for an algorithm that has none.
pub(crate) fn mac(algorithm: SigningAlgorithm, secret: &[u8], message: &[u8]) -> Option<Vec<u8>> {
    let key = hmac::Key::new(algorithm.mac()?, secret);
    Some(hmac::sign(&key, message).as_ref().to_vec())
}

/// A key that signs.
pub(crate) enum PrivateKey {
    Rsa(Box<RsaKeyPair>),
    P256(EcdsaKeyPair),
    P384(EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

/// The numbers of an RSA key (RFC 7518 s6.3), big-endian.
pub(crate) struct RsaNumbers {
    pub(crate) public: (Vec<u8>, Vec<u8>),
    pub(crate) d: Vec<u8>,
    pub(crate) p: Vec<u8>,
    pub(crate) q: Vec<u8>,
    pub(crate) d_p: Vec<u8>,
    pub(crate) d_q: Vec<u8>,
    pub(crate) q_inv: Vec<u8>,
}

impl PrivateKey {
    /// Reads PKCS#8, the form of "BEGIN PRIVATE KEY": an RSA key of 2048 bits or more, or one on P-256, P-384 or Ed25519.
    pub(crate) fn from_pkcs8(der: &[u8]) -> Option<Self> {
        let random = SystemRandom::new();
        let p256 = || EcdsaKeyPair::from_pkcs8(&of::ECDSA_P256_SHA256_FIXED_SIGNING, der, &random);
        let p384 = || EcdsaKeyPair::from_pkcs8(&of::ECDSA_P384_SHA384_FIXED_SIGNING, der, &random);
        let rsa = || RsaKeyPair::from_pkcs8(der).ok().map(|key| Self::Rsa(Box::new(key)));
        let ed25519 = || Ed25519KeyPair::from_pkcs8_maybe_unchecked(der).ok().map(Self::Ed25519);
        rsa()
            .or_else(|| p256().ok().map(Self::P256))
            .or_else(|| p384().ok().map(Self::P384))
            .or_else(ed25519)
    }

    /// Reads PKCS#1, the form of "BEGIN RSA PRIVATE KEY".
    pub(crate) fn from_pkcs1(der: &[u8]) -> Option<Self> {
        RsaKeyPair::from_der(der).ok().map(|key| Self::Rsa(Box::new(key)))
    }

    pub(crate) fn from_rsa(numbers: &RsaNumbers) -> Option<Self> {
        let (n, e) = &numbers.public;
        let components = rsa::KeyPairComponents {
            public_key: PublicKeyComponents { n, e },
            d: &numbers.d,
            p: &numbers.p,
            q: &numbers.q,
            dP: &numbers.d_p,
            dQ: &numbers.d_q,
            qInv: &numbers.q_inv,
        };
        RsaKeyPair::from_components(&components).ok().map(|key| Self::Rsa(Box::new(key)))
    }

    /// The key of a number and the point that goes with it, which must be the public key's.
    pub(crate) fn with_public(secret: &[u8], public: &PublicKey) -> Option<Self> {
        let random = SystemRandom::new();
        let ecdsa = |curve, point: &[u8]| {
            EcdsaKeyPair::from_private_key_and_public_key(curve, secret, point, &random).ok()
        };
        match public {
            PublicKey::P256(point) => {
                ecdsa(&of::ECDSA_P256_SHA256_FIXED_SIGNING, point).map(Self::P256)
            }
            PublicKey::P384(point) => {
                ecdsa(&of::ECDSA_P384_SHA384_FIXED_SIGNING, point).map(Self::P384)
            }
            PublicKey::Ed25519(key) => {
                Ed25519KeyPair::from_seed_and_public_key(secret, key).ok().map(Self::Ed25519)
            }
            PublicKey::Rsa { .. } => None,
        }
    }

    /// Makes a key; `None` for RSA, which is not made here, and for what is symmetric.
    #[cfg(feature = "emulator")]
    pub(crate) fn generate(algorithm: SigningAlgorithm) -> Option<Self> {
        let random = SystemRandom::new();
        let ecdsa = |curve| EcdsaKeyPair::generate_pkcs8(curve, &random).ok();
        let der = match algorithm {
            SigningAlgorithm::Es256 => ecdsa(&of::ECDSA_P256_SHA256_FIXED_SIGNING)?,
            SigningAlgorithm::Es384 => ecdsa(&of::ECDSA_P384_SHA384_FIXED_SIGNING)?,
            SigningAlgorithm::EdDsa => Ed25519KeyPair::generate_pkcs8(&random).ok()?,
            _ => return None,
        };
        Self::from_pkcs8(der.as_ref())
    }

    /// What it signs with unless it is told otherwise.
    pub(crate) fn algorithm(&self) -> SigningAlgorithm {
        match self {
            Self::Rsa(_) => SigningAlgorithm::Rs256,
            Self::P256(_) => SigningAlgorithm::Es256,
            Self::P384(_) => SigningAlgorithm::Es384,
            Self::Ed25519(_) => SigningAlgorithm::EdDsa,
        }
    }

    pub(crate) fn public(&self) -> PublicKey {
        match self {
            Self::Rsa(key) => {
                let PublicKeyComponents { n, e } = PublicKeyComponents::from(key.public_key());
                PublicKey::Rsa { n, e }
            }
            Self::P256(key) => PublicKey::P256(key.public_key().as_ref().to_vec()),
            Self::P384(key) => PublicKey::P384(key.public_key().as_ref().to_vec()),
            Self::Ed25519(key) => PublicKey::Ed25519(key.public_key().as_ref().to_vec()),
        }
    }

    /// Signs; `None` if the algorithm is not one of this kind of key, or there is no randomness.
    pub(crate) fn sign(&self, algorithm: SigningAlgorithm, message: &[u8]) -> Option<Vec<u8>> {
        use SigningAlgorithm as Alg;
        let random = SystemRandom::new();
        match (self, algorithm) {
            (Self::Rsa(key), _) => {
                let padding: &dyn of::RsaEncoding = match algorithm {
                    Alg::Rs256 => &of::RSA_PKCS1_SHA256,
                    Alg::Rs384 => &of::RSA_PKCS1_SHA384,
                    Alg::Rs512 => &of::RSA_PKCS1_SHA512,
                    Alg::Ps256 => &of::RSA_PSS_SHA256,
                    Alg::Ps384 => &of::RSA_PSS_SHA384,
                    Alg::Ps512 => &of::RSA_PSS_SHA512,
                    _ => return None,
                };
                let mut signature = vec![0; key.public().modulus_len()];
                key.sign(padding, &random, message, &mut signature).ok()?;
                Some(signature)
            }
            (Self::P256(key), Alg::Es256) | (Self::P384(key), Alg::Es384) => {
                Some(key.sign(&random, message).ok()?.as_ref().to_vec())
            }
            (Self::Ed25519(key), Alg::EdDsa) => Some(key.sign(message).as_ref().to_vec()),
            _ => None,
        }
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PrivateKey({})", self.algorithm())
    }
}

/// The signature is not that of the message by this key.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct BadSignature;
