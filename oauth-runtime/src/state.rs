//! The two values that bind an answer to the browser and the login that asked for it.

use crate::crypto;
use crate::encoding::base64url;
use crate::secret::secret_type;

secret_type! {
    /// The `state` of a login: stops a foreign callback from logging a browser in (CSRF, [RFC 6749 s10.12]).
    ///
    /// [RFC 6749 s10.12]: https://www.rfc-editor.org/rfc/rfc6749#section-10.12
    pub State
}

secret_type! {
    /// The `nonce` of a login: binds the ID token to it (OpenID Connect Core s3.1.2.1).
    pub Nonce
}

impl State {
    /// 256 bits of randomness in 43 characters.
    pub(crate) fn from_random(bytes: [u8; 32]) -> Self {
        Self::new(base64url(bytes))
    }

    /// A name for the transaction that does not give the state away.
    pub(crate) fn fingerprint(&self) -> [u8; 6] {
        let hash = crypto::sha256(self.expose().as_bytes());
        [hash[0], hash[1], hash[2], hash[3], hash[4], hash[5]]
    }
}

impl Nonce {
    /// 256 bits of randomness in 43 characters.
    pub(crate) fn from_random(bytes: [u8; 32]) -> Self {
        Self::new(base64url(bytes))
    }
}
