//! Proof Key for Code Exchange ([RFC 7636]): only who began the login can finish it.
//!
//! [RFC 7636]: https://www.rfc-editor.org/rfc/rfc7636

use crate::crypto;
use crate::encoding::base64url;
use crate::secret::secret_type;

secret_type! {
    /// The `code_verifier` ([RFC 7636 s4.1]): kept until the code is exchanged, then sent once.
    ///
    /// [RFC 7636 s4.1]: https://www.rfc-editor.org/rfc/rfc7636#section-4.1
    pub CodeVerifier
}

impl CodeVerifier {
    /// 256 bits of randomness in 43 characters.
    pub(crate) fn from_random(bytes: [u8; 32]) -> Self {
        Self::new(base64url(bytes))
    }

    /// `code_challenge = BASE64URL-ENCODE(SHA256(ASCII(code_verifier)))`; there is no other method here.
    #[must_use]
    pub fn s256_challenge(&self) -> String {
        base64url(crypto::sha256(self.expose().as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::entropy::{Entropy as _, SystemEntropy};

    #[test]
    fn pk_02_the_challenge_of_rfc_7636_appendix_b() {
        let verifier = CodeVerifier::new("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");

        assert_eq!(verifier.s256_challenge(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn pk_02_a_verifier_is_43_unreserved_characters() {
        let verifier = CodeVerifier::from_random([0xfb; 32]);

        assert_eq!(verifier.expose().len(), 43);
        assert!(
            verifier.expose().bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~".contains(&b))
        );
    }

    #[test]
    fn pk_02_no_two_verifiers_of_the_systems_randomness_are_alike() {
        let mut counts = [0_u32; 256];
        let mut known = HashSet::new();
        for _ in 0..100_000 {
            let mut bytes = [0; 32];
            SystemEntropy.fill(&mut bytes).unwrap();
            known.insert(CodeVerifier::from_random(bytes).expose().to_owned());
            bytes.iter().for_each(|byte| counts[usize::from(*byte)] += 1);
        }

        assert_eq!(known.len(), 100_000);
        // 12,500 of each on average; chi-square is 255 with a standard deviation of 23.
        let off = |count: &u32| (f64::from(*count) - 12_500.0).powi(2) / 12_500.0;
        assert!(counts.iter().map(off).sum::<f64>() < 400.0);
    }
}
