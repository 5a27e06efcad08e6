//! The one place that names the crypto crate: hashing, key derivation, sealing, random bytes.

pub(crate) mod signature;

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::rand::{SecureRandom as _, SystemRandom};
use ring::{digest, hmac};

/// Bytes of a sealing key.
pub(crate) const KEY_BYTES: usize = 32;

/// Bytes of the random value that makes each seal different.
pub(crate) const NONCE_BYTES: usize = NONCE_LEN;

/// SHA-256 (FIPS 180-4).
pub(crate) fn sha256(data: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest::digest(&digest::SHA256, data).as_ref());
    hash
}

/// HMAC-SHA-256 (RFC 2104): derives one independent key for each label.
pub(crate) fn derive(key: &[u8], label: &[u8]) -> [u8; KEY_BYTES] {
    let mut derived = [0; KEY_BYTES];
    derived.copy_from_slice(hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), label).as_ref());
    derived
}

/// An HMAC-SHA-256 key, made ready once.
pub(crate) struct MacKey(hmac::Key);

impl MacKey {
    pub(crate) fn new(key: &[u8; KEY_BYTES]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, key))
    }

    pub(crate) fn sign(&self, data: &[u8]) -> [u8; KEY_BYTES] {
        let mut tag = [0; KEY_BYTES];
        tag.copy_from_slice(hmac::sign(&self.0, data).as_ref());
        tag
    }
}

/// Fills the buffer from the generator of the operating system.
pub(crate) fn fill_random(buffer: &mut [u8]) -> Result<(), NoRandomness> {
    SystemRandom::new().fill(buffer).map_err(|_| NoRandomness)
}

/// An AES-256-GCM key, its key schedule made once.
pub(crate) struct Aead(LessSafeKey);

impl Aead {
    pub(crate) fn new(key: &[u8; KEY_BYTES]) -> Self {
        let key = UnboundKey::new(&AES_256_GCM, key).expect("AES-256 takes a key of 32 bytes");
        Self(LessSafeKey::new(key))
    }

    /// Encrypts what stands in `buffer` from `from` on, and appends the tag.
    ///
    /// Fails only if the message is longer than AES-GCM allows, which is 64 GiB.
    pub(crate) fn seal(
        &self,
        nonce: [u8; NONCE_BYTES],
        associated_data: &[u8],
        buffer: &mut Vec<u8>,
        from: usize,
    ) -> Result<(), AeadError> {
        let nonce = Nonce::assume_unique_for_key(nonce);
        let tag = self
            .0
            .seal_in_place_separate_tag(nonce, Aad::from(associated_data), &mut buffer[from..])
            .map_err(|_| AeadError)?;
        buffer.extend_from_slice(tag.as_ref());
        Ok(())
    }

    /// Decrypts in place; the plain text is the returned part of the buffer.
    pub(crate) fn open<'buffer>(
        &self,
        nonce: [u8; NONCE_BYTES],
        associated_data: &[u8],
        buffer: &'buffer mut [u8],
    ) -> Result<&'buffer mut [u8], AeadError> {
        let nonce = Nonce::assume_unique_for_key(nonce);
        self.0.open_in_place(nonce, Aad::from(associated_data), buffer).map_err(|_| AeadError)
    }
}

/// The operating system gave none.
#[derive(Debug)]
pub(crate) struct NoRandomness;

/// The value was not sealed with this key and this associated data.
#[derive(Debug)]
pub(crate) struct AeadError;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_opened_value_is_what_was_sealed() {
        let aead = Aead::new(&[7; KEY_BYTES]);
        let mut buffer = b"head|message".to_vec();
        aead.seal([1; NONCE_BYTES], b"context", &mut buffer, 5).unwrap();

        let opened = aead.open([1; NONCE_BYTES], b"context", &mut buffer[5..]).unwrap();

        assert_eq!(opened, b"message");
    }
}
