//! What the tests share; see `tests/`.
