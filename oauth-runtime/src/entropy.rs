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

/// No less than a login needs.
const MOST_BYTES: usize = 128;

/// The operating system gave no random bytes.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the system gave no random bytes")]
pub struct EntropyError;

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};

    use super::*;

    /// Counts what it gives, and fails as often as it is told to.
    #[derive(Default)]
    struct Counting {
        next: AtomicU8,
        draws: AtomicUsize,
        failures: AtomicUsize,
    }

    impl Entropy for Counting {
        fn fill(&self, buffer: &mut [u8]) -> Result<(), EntropyError> {
            let take = |left: usize| left.checked_sub(1);
            if self.failures.fetch_update(Ordering::SeqCst, Ordering::SeqCst, take).is_ok() {
                return Err(EntropyError);
            }
            self.draws.fetch_add(1, Ordering::SeqCst);
            buffer.fill_with(|| self.next.fetch_add(1, Ordering::SeqCst));
            Ok(())
        }
    }

    fn drawn(entropy: &DrawnAtOnce, bytes: usize) -> Vec<u8> {
        let mut buffer = vec![0xff; bytes];
        entropy.fill(&mut buffer).unwrap();
        buffer
    }

    #[test]
    fn what_is_drawn_at_once_is_given_once() {
        let source = Arc::new(Counting::default());
        let shared: Arc<dyn Entropy> = source.clone();
        let entropy = DrawnAtOnce::new(&shared, 10);

        assert_eq!(drawn(&entropy, 4), [0, 1, 2, 3]);
        assert_eq!(drawn(&entropy, 6), [4, 5, 6, 7, 8, 9]);
        assert_eq!(source.draws.load(Ordering::SeqCst), 1);

        // Nothing is left: the source is asked, and nothing is given a second time.
        assert_eq!(drawn(&entropy, 2), [10, 11]);
        assert_eq!(drawn(&entropy, 1), [12]);
    }

    #[test]
    fn what_does_not_fit_comes_from_the_source() {
        let source: Arc<dyn Entropy> = Arc::new(Counting::default());
        let entropy = DrawnAtOnce::new(&source, 4);

        assert_eq!(drawn(&entropy, 3), [0, 1, 2]);
        assert_eq!(drawn(&entropy, 3), [4, 5, 6]);
        assert_eq!(drawn(&entropy, 1), [7]);
        assert_eq!(drawn(&DrawnAtOnce::new(&source, 1000), MOST_BYTES).len(), MOST_BYTES);
    }

    #[test]
    fn a_draw_that_failed_gives_nothing_and_is_tried_again() {
        let source = Arc::new(Counting { failures: AtomicUsize::new(1), ..Counting::default() });
        let shared: Arc<dyn Entropy> = source;
        let entropy = DrawnAtOnce::new(&shared, 4);

        assert!(entropy.fill(&mut [0; 2]).is_err());
        assert_eq!(drawn(&entropy, 2), [0, 1]);
    }
}
