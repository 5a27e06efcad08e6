//! A signed token in its compact form ([RFC 7515 s3.1], [s7.1]): read strictly, and made.
//!
//! Nothing of a token is believed before its signature is checked; the key is never taken from the token itself.
//!
//! [RFC 7515 s3.1]: https://www.rfc-editor.org/rfc/rfc7515#section-3.1
//! [s7.1]: https://www.rfc-editor.org/rfc/rfc7515#section-7.1

use std::borrow::Cow;

use crate::crypto::signature::SigningAlgorithm;
use crate::encoding::{base64url, from_base64url};
use crate::json_object::JsonObject;
use crate::jwt_error::JwtError;

/// A token whose parts could be read. Nothing of it is to be believed yet.
#[derive(Debug)]
pub(crate) struct Jws<'t> {
    pub(crate) algorithm: SigningAlgorithm,
    pub(crate) kid: Option<String>,
    pub(crate) typ: Option<String>,
    /// What the signature is over.
    pub(crate) signed: &'t str,
    pub(crate) payload: Vec<u8>,
    pub(crate) signature: Vec<u8>,
}

impl<'t> Jws<'t> {
    /// Takes a token apart: three parts, base64url without padding or spare bits, a header that is a JSON object whose
    /// names stand there once.
    pub(crate) fn parse(token: &'t str) -> Result<Self, JwtError> {
        if token.len() > MOST_BYTES {
            return Err(JwtError::Malformed("it is too long"));
        }
        let three = || -> Option<(&str, &str, &str)> {
            let (header, rest) = token.split_once('.')?;
            let (payload, signature) = rest.split_once('.')?;
            Some((header, payload, signature))
        };
        let (header, payload, signature) =
            three().ok_or(JwtError::Malformed("it has less than three parts"))?;
        if signature.contains('.') {
            return Err(JwtError::Malformed(
                "it has more than three parts; encrypted tokens are not taken",
            ));
        }
        let signed = &token[..header.len() + 1 + payload.len()];
        let bytes = |part: &str| {
            let bytes = from_base64url(part.as_bytes());
            bytes.ok_or(JwtError::Malformed("a part of it is not base64url"))
        };
        let header = bytes(header)?;
        let header =
            JsonObject::parse(&header).ok_or(JwtError::Malformed("its header is not an object"))?;
        // RFC 7515 s4.1.11: extensions that must be understood, and none is; `b64` is one of them.
        if header.contains("crit") || header.contains("b64") {
            return Err(JwtError::Malformed("its header names an extension that is critical"));
        }
        if header.contains("zip") || header.contains("enc") {
            return Err(JwtError::Malformed("it is encrypted or compressed"));
        }
        let text = |name| header.text(name).map(|text| text.map(Cow::into_owned));
        let named = text("alg")?.ok_or(JwtError::Claim { name: "alg" })?;
        let algorithm = SigningAlgorithm::from_name(&named);
        let algorithm = algorithm.ok_or_else(|| JwtError::algorithm(&named))?;
        let (kid, typ) = (text("kid")?, text("typ")?);
        let (payload, signature) = (bytes(payload)?, bytes(signature)?);
        Ok(Self { algorithm, kid, typ, signed, payload, signature })
    }
}

/// A token with this header and these claims, signed by `sign`.
pub(crate) fn signed(
    header: &serde_json::Value,
    claims: &serde_json::Value,
    sign: impl FnOnce(&[u8]) -> Option<Vec<u8>>,
) -> Option<String> {
    let mut token = format!("{}.{}", base64url(header.to_string()), base64url(claims.to_string()));
    let signature = sign(token.as_bytes())?;
    token.push('.');
    token.push_str(&base64url(signature));
    Some(token)
}

/// No token that says who a user is needs more.
const MOST_BYTES: usize = 64 * 1024;
