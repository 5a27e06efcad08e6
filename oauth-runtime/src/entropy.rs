//! The seam for randomness.

use std::sync::Arc;

use crate::crypto;

/// Where the library takes random bytes from; replaced in tests by a fixed sequence.
///
/// # Security
///
/// State, nonce and code verifier are made of these bytes: in production they must come from a
/// cryptographic generator, as those of [`SystemEntropy`] do.
pub trait Entropy: Send + Sync + 'static {
    /// Fills the buffer.
    ///
    /// # Errors
    ///
    /// [`EntropyError`] if there is no randomness to be had. The login is then refused; nothing falls back
    /// to a weaker generator.
    fn fill(&self, buffer: &mut [u8]) -> Result<(), EntropyError>;
}

impl<E: Entropy + ?Sized> Entropy for Arc<E> {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), EntropyError> {
        (**self).fill(buffer)
    }
}

/// The generator of the operating system.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), EntropyError> {
        crypto::fill_random(buffer).map_err(|crypto::NoRandomness| EntropyError)
    }
}

/// The operating system gave no random bytes.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the system gave no random bytes")]
pub struct EntropyError;
