//! JSON Web Keys ([RFC 7517], RFC 7518 s6, RFC 8037): an issuer's set, and a client's own.
//!
//! [RFC 7517]: https://www.rfc-editor.org/rfc/rfc7517

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use zeroize::{Zeroize as _, ZeroizeOnDrop};

use crate::crypto::signature::{PrivateKey, PublicKey, RsaNumbers, SigningAlgorithm};
use crate::encoding::{base64url, from_base64url};

/// The keys of an issuer that signatures can be checked with. Those of other kinds, for other uses, and those that cannot
/// be read are left out (RFC 7517 s5).
#[derive(Clone, Debug, Default)]
pub(crate) struct KeySet {
    keys: Vec<Key>,
}

#[derive(Clone, Debug)]
struct Key {
    kid: Option<String>,
    algorithm: Option<SigningAlgorithm>,
    public: PublicKey,
}

impl KeySet {
    /// Reads a set; `None` if it is none.
    pub(crate) fn parse(document: &[u8]) -> Option<Self> {
        #[derive(Deserialize)]
        struct Set<'a> {
            #[serde(borrow)]
            keys: Vec<&'a RawValue>,
        }
        let set: Set<'_> = serde_json::from_slice(document).ok()?;
        Some(Self { keys: set.keys.iter().filter_map(|key| Key::parse(key.get())).collect() })
    }

    /// The keys that may have signed a token: those of its `kid`, whose kind and use fit its algorithm; without a `kid`
    /// every one that fits. More than a few are not tried.
    pub(crate) fn candidates(
        &self,
        kid: Option<&str>,
        algorithm: SigningAlgorithm,
    ) -> impl Iterator<Item = &PublicKey> {
        let fits = move |key: &&Key| {
            (kid.is_none() || key.kid.as_deref() == kid)
                && key.algorithm.is_none_or(|own| own == algorithm)
                && key.public.fits(algorithm)
        };
        self.keys.iter().filter(fits).take(MOST_TRIED).map(|key| &key.public)
    }
}

/// The members of a key that are read (RFC 7517 s4, RFC 7518 s6.2 and s6.3, RFC 8037 s2).
#[derive(Deserialize)]
struct Members {
    kty: String,
    #[serde(rename = "use")]
    public_key_use: Option<String>,
    key_ops: Option<Vec<String>>,
    alg: Option<String>,
    kid: Option<String>,
    #[serde(default)]
    crv: String,
    #[serde(default)]
    n: String,
    #[serde(default)]
    e: String,
    #[serde(default)]
    x: String,
    #[serde(default)]
    y: String,
    #[serde(default)]
    d: String,
    #[serde(default)]
    p: String,
    #[serde(default)]
    q: String,
    #[serde(default)]
    dp: String,
    #[serde(default)]
    dq: String,
    #[serde(default)]
    qi: String,
}

impl Drop for Members {
    fn drop(&mut self) {
        for secret in
            [&mut self.d, &mut self.p, &mut self.q, &mut self.dp, &mut self.dq, &mut self.qi]
        {
            secret.zeroize();
        }
    }
}

impl ZeroizeOnDrop for Members {}

impl Members {
    fn public(&self) -> Option<PublicKey> {
        let number = |text: &str| from_base64url(text.as_bytes()).filter(|it| !it.is_empty());
        let coordinate = |text: &str, bytes: usize| number(text).filter(|it| it.len() == bytes);
        let point = |bytes: usize| {
            let (x, y) = (coordinate(&self.x, bytes)?, coordinate(&self.y, bytes)?);
            Some([&[UNCOMPRESSED][..], &x, &y].concat())
        };
        match (&*self.kty, &*self.crv) {
            // Whatever rounds to 256 bytes is not yet 2,048 bits.
            ("RSA", _) if bits(&number(&self.n)?) < LEAST_BITS => None,
            ("RSA", _) => Some(PublicKey::Rsa {
                n: magnitude(number(&self.n)?)?,
                e: magnitude(number(&self.e)?)?,
            }),
            ("EC", "P-256") => point(32).map(PublicKey::P256),
            ("EC", "P-384") => point(48).map(PublicKey::P384),
            ("OKP", "Ed25519") => coordinate(&self.x, 32).map(PublicKey::Ed25519),
            _ => None,
        }
    }
}

impl Key {
    fn parse(text: &str) -> Option<Self> {
        let members: Members = serde_json::from_str(text).ok()?;
        let verifies = |operations: &Vec<String>| operations.iter().any(|it| it == "verify");
        let is_for_signatures = members.public_key_use.as_deref().is_none_or(|it| it == "sig")
            && members.key_ops.as_ref().is_none_or(verifies);
        let algorithm = match &members.alg {
            None => None,
            // A key for something else than signatures that are known here.
            Some(name) => Some(SigningAlgorithm::from_name(name)?),
        };
        let public = members.public().filter(|_| is_for_signatures)?;
        Some(Self { kid: members.kid.clone(), algorithm, public })
    }
}

/// A client's own key from its JWK, with its name and the algorithm that it says it is for.
pub(crate) fn private_key(
    text: &str,
) -> Option<(PrivateKey, Option<String>, Option<SigningAlgorithm>)> {
    let members: Members = serde_json::from_str(text).ok()?;
    let number = |text: &str| from_base64url(text.as_bytes()).filter(|it| !it.is_empty());
    let key = match members.public()? {
        PublicKey::Rsa { n, e } => PrivateKey::from_rsa(&RsaNumbers {
            public: (n, e),
            d: magnitude(number(&members.d)?)?,
            p: magnitude(number(&members.p)?)?,
            q: magnitude(number(&members.q)?)?,
            d_p: magnitude(number(&members.dp)?)?,
            d_q: magnitude(number(&members.dq)?)?,
            q_inv: magnitude(number(&members.qi)?)?,
        })?,
        public => PrivateKey::with_public(&number(&members.d)?, &public)?,
    };
    let algorithm = match &members.alg {
        None => None,
        Some(name) => Some(SigningAlgorithm::from_name(name)?),
    };
    Some((key, members.kid.clone(), algorithm))
}

/// The public half of a key as a member of a set.
pub(crate) fn public_jwk(key: &PublicKey, kid: Option<&str>, algorithm: SigningAlgorithm) -> Value {
    let curve = |name: &str, point: &[u8]| {
        let (x, y) = point[1..].split_at((point.len() - 1) / 2);
        json!({ "kty": "EC", "crv": name, "x": base64url(x), "y": base64url(y) })
    };
    let mut jwk = match key {
        PublicKey::Rsa { n, e } => json!({ "kty": "RSA", "n": base64url(n), "e": base64url(e) }),
        PublicKey::P256(point) => curve("P-256", point),
        PublicKey::P384(point) => curve("P-384", point),
        PublicKey::Ed25519(x) => json!({ "kty": "OKP", "crv": "Ed25519", "x": base64url(x) }),
    };
    if let Some(kid) = kid {
        jwk["kid"] = json!(kid);
    }
    jwk["use"] = json!("sig");
    jwk["alg"] = json!(algorithm.as_str());
    jwk
}

/// A number without the zeros before it, which RFC 7518 s2 forbids and some servers write; `None` for zero.
fn magnitude(mut number: Vec<u8>) -> Option<Vec<u8>> {
    let first = number.iter().position(|byte| *byte != 0)?;
    Some(number.split_off(first))
}

/// How many bits a number has.
fn bits(number: &[u8]) -> usize {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    let first = number.get(zeros).map_or(8, |byte| byte.leading_zeros() as usize);
    (number.len() - zeros) * 8 - if zeros == number.len() { 0 } else { first }
}

/// RFC 7518 s3.3: "A key of size 2048 bits or larger MUST be used".
const LEAST_BITS: usize = 2048;

const UNCOMPRESSED: u8 = 4;

/// Who publishes more keys of one name than that wants work to be done.
const MOST_TRIED: usize = 8;
