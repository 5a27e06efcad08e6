//! How often a piece of work asks for memory.

/// The allocations of one piece of work on this thread, once it is warm.
#[expect(clippy::cast_precision_loss, reason = "a handful")]
pub(crate) fn of(mut work: impl FnMut()) -> f64 {
    work();
    allocation_counter::measure(work).count_total as f64
}
