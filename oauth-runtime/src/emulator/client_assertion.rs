//! What a client signs to prove itself (RFC 7523 s3), as a strict server reads it.

use serde_json::Value;

use crate::crypto::signature::verify_mac;
use crate::emulator::ledger::Ledger;
use crate::jws::Jws;

/// Whether an assertion is this client's, for this server, and new.
pub(super) fn proves(ledger: &mut Ledger, assertion: &str, by_key: bool) -> bool {
    let Ok(jws) = Jws::parse(assertion) else { return false };
    let (client_id, secret) = &ledger.client;
    let is_signed = match (by_key, &ledger.client_key) {
        (true, Some(keys)) => {
            let mut candidates = keys.candidates(jws.kid.as_deref(), jws.algorithm);
            candidates
                .any(|key| key.verify(jws.algorithm, jws.signed.as_bytes(), &jws.signature).is_ok())
        }
        (true, None) => false,
        (false, _) => {
            let (signed, tag) = (jws.signed.as_bytes(), &jws.signature);
            verify_mac(jws.algorithm, secret.as_bytes(), signed, tag).is_ok()
        }
    };
    let Ok(claims) = serde_json::from_slice::<Value>(&jws.payload) else { return false };
    let now = ledger.now().as_unix_seconds();
    let is_for_us =
        claims["aud"].as_str().is_some_and(|it| ledger.audiences.iter().any(|own| own == it));
    let is_in_time = claims["exp"].as_u64().is_some_and(|exp| now < exp && exp <= now + 300);
    let is_the_client = claims["sub"] == **client_id;
    let Some(jti) = claims["jti"].as_str() else { return false };
    let is_new = ledger.assertions.insert(jti.to_owned());
    is_signed && is_for_us && is_in_time && is_the_client && is_new
}
