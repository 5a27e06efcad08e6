//! A test that needs a process of its own: another environment, a memory that nobody else uses.

use std::env;
use std::path::Path;
use std::process::Command;

/// Runs the test of this name once more, alone in a process with these variables; true in that process.
///
/// # Panics
///
/// If the test fails there.
pub(crate) fn is_alone(test: &str, variables: &[(&str, &Path)]) -> bool {
    if env::var_os(ALONE).is_some_and(|name| *name == *test) {
        return true;
    }
    let output = Command::new(env::current_exe().unwrap())
        .args(["--exact", test])
        .env(ALONE, test)
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
    false
}

const ALONE: &str = "OAUTH_TEST_ALONE";
