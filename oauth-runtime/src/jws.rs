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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::signature::verify_mac;
    use crate::jwk::KeySet;

    /// The payload of RFC 7515 A.1 to A.3.
    const PAYLOAD: &str = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

    fn is_signed_by(jwk: &str, token: &str) -> bool {
        let keys = KeySet::parse(format!("{{\"keys\":[{jwk}]}}").as_bytes()).unwrap();
        let jws = Jws::parse(token).unwrap();
        let mut keys = keys.candidates(jws.kid.as_deref(), jws.algorithm);
        keys.any(|key| key.verify(jws.algorithm, jws.signed.as_bytes(), &jws.signature).is_ok())
    }

    #[test]
    fn the_examples_of_rfc_7515_and_rfc_8037_are_verified() {
        let rs256 = format!(
            "eyJhbGciOiJSUzI1NiJ9.{PAYLOAD}.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw"
        );
        let es256 = format!(
            "eyJhbGciOiJFUzI1NiJ9.{PAYLOAD}.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
        );
        let eddsa = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

        for (jwk, token) in [(RSA, &*rs256), (P256, &es256), (ED25519, eddsa)] {
            assert!(is_signed_by(jwk, token), "{token}");
            let other = if token.ends_with('Q') { "A" } else { "Q" };
            let spoilt =
                format!("{}{other}{}", &token[..token.len() - 9], &token[token.len() - 8..]);
            assert!(!is_signed_by(jwk, &spoilt), "{token}");
        }
        for (jwk, token) in [(RSA, &*es256), (P256, eddsa), (ED25519, &rs256)] {
            assert!(!is_signed_by(jwk, token), "a key of another kind is not tried");
        }
    }

    #[test]
    fn the_example_of_hs256_is_verified_and_an_empty_secret_verifies_nothing() {
        let token = format!(
            "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.{PAYLOAD}.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        );
        let key = b"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
        let key = from_base64url(key).unwrap();
        let jws = Jws::parse(&token).unwrap();
        let verify =
            |key: &[u8]| verify_mac(jws.algorithm, key, jws.signed.as_bytes(), &jws.signature);

        assert!(verify(&key).is_ok());
        assert!(verify(b"").is_err() && verify(&key[1..]).is_err());
        assert_eq!(jws.typ.as_deref(), Some("JWT"));
    }

    #[test]
    fn id_23_a_token_has_three_parts_without_padding_or_spare_bits() {
        let header = base64url(r#"{"alg":"RS256"}"#);
        let good = format!("{header}.e30.AAAA");
        assert!(Jws::parse(&good).is_ok());

        for bad in [
            String::new(),
            "e30".to_owned(),
            format!("{header}.e30"),
            format!("{good}.AAAA"),
            format!("{good}.AAAA.AAAA"),
            format!("{header}=.e30.AAAA"),
            format!("{header}.e30.AA+A"),
            format!("{header}.e30.AA/A"),
            format!("{header}.e31.AAAA"),
            format!("{header}. e30.AAAA"),
            format!("{good}\n"),
            format!("\u{feff}{good}"),
            ".".repeat(1_000_000),
            format!("{header}.{}.AAAA", "A".repeat(1 << 20)),
            format!(
                r#"{{"payload":"e30","signatures":[{{"protected":"{header}","signature":"AAAA"}}]}}"#
            ),
        ] {
            let error = Jws::parse(&bad).unwrap_err();
            assert!(matches!(error, JwtError::Malformed(_)), "{}", bad.get(..80).unwrap_or(&bad));
        }
    }

    #[test]
    fn id_06_id_10_only_a_plain_header_with_a_known_algorithm_is_taken() {
        let code = |header: &str| {
            Jws::parse(&format!("{}.e30.AAAA", base64url(header))).unwrap_err().code()
        };

        for none in ["none", "None", "NONE", "nOnE", "", "rs256", "HS1"] {
            assert_eq!(code(&format!(r#"{{"alg":"{none}"}}"#)), "algorithm", "{none}");
        }
        for odd in ["{}", r#"{"alg":null}"#, r#"{"alg":["none"]}"#, r#"{"alg":"RS256","kid":1}"#] {
            assert_eq!(code(odd), "claim", "{odd}");
        }
        for crit in [r#"["exp"]"#, r#"["b64"]"#, "[]", r#""x""#, r#"["bork"]"#, "null"] {
            assert_eq!(code(&format!(r#"{{"alg":"RS256","crit":{crit}}}"#)), "malformed", "{crit}");
        }
        for odd in [
            r#"{"alg":"RS256","b64":false}"#,
            r#"{"alg":"RS256","zip":"DEF"}"#,
            r#"{"alg":"RS256","enc":"A128GCM"}"#,
            r#"{"alg":"RS256","alg":"none"}"#,
            r#"{"alg":"RS256"}{}"#,
            r#"["RS256"]"#,
        ] {
            assert_eq!(code(odd), "malformed", "{odd}");
        }
    }

    const RSA: &str = r#"{"kty":"RSA","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ","e":"AQAB"}"#;
    const P256: &str = r#"{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}"#;
    const ED25519: &str =
        r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
}
