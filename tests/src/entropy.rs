//! Randomness that is the same in every run.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use oauth_providers::{Entropy, EntropyError};

/// Counts instead of throwing dice: 4 bytes hold the next number, so that nothing repeats and every value can
/// be written into a test. A clone counts on.
#[derive(Clone, Debug, Default)]
pub struct CountingEntropy(Arc<AtomicU32>);

impl CountingEntropy {
    /// The state of the first login that is begun.
    pub const FIRST_STATE: &str = "AAAAAAAAAAEAAAACAAAAAwAAAAQAAAAFAAAABgAAAAc";
}

impl Entropy for CountingEntropy {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), EntropyError> {
        for chunk in buffer.chunks_mut(4) {
            let number = self.0.fetch_add(1, Ordering::SeqCst).to_be_bytes();
            chunk.copy_from_slice(&number[..chunk.len()]);
        }
        Ok(())
    }
}
