//! The seam for randomness.

use std::sync::{Arc, Mutex, PoisonError};

use zeroize::Zeroize as _;

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

/// The random bytes of one request: what its steps need is drawn at once, since each draw is a call of the system.
pub(crate) struct DrawnAtOnce {
    source: Arc<dyn Entropy>,
    bytes: usize,
    drawn: Mutex<Drawn>,
}

/// What was drawn, and how much of it is given away.
struct Drawn {
    bytes: [u8; MOST_BYTES],
    given: Option<usize>,
}

impl DrawnAtOnce {
    /// That many bytes are drawn when the first are asked for; who needs more draws for itself.
    pub(crate) fn new(source: &Arc<dyn Entropy>, bytes: usize) -> Self {
        let drawn = Mutex::new(Drawn { bytes: [0; MOST_BYTES], given: None });
        Self { source: Arc::clone(source), bytes: bytes.min(MOST_BYTES), drawn }
    }
}

impl Entropy for DrawnAtOnce {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), EntropyError> {
        let mut drawn = self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        let Drawn { bytes, given } = &mut *drawn;
        let from = match *given {
            Some(from) => from,
            None => {
                self.source.fill(&mut bytes[..self.bytes])?;
                0
            }
        };
        let to = from + buffer.len();
        *given = Some(to.min(self.bytes));
        if to > self.bytes {
            return self.source.fill(buffer);
        }
        buffer.copy_from_slice(&bytes[from..to]);
        Ok(())
    }
}

impl Drop for Drawn {
    fn drop(&mut self) {
        self.bytes.as_mut_slice().zeroize();
    }
}

/// As many as a login needs, and some for a persistence.
const MOST_BYTES: usize = 128;

/// The operating system gave no random bytes.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the system gave no random bytes")]
pub struct EntropyError;
