//! `refresh-torture` finds no fault with the guard, and finds one that is broken out.

use std::process::Command;

/// The exit code, and the invariants that are violated.
fn torture(options: &[&str]) -> (Option<i32>, Vec<String>) {
    let output = Command::new(env!("CARGO_BIN_EXE_refresh-torture"))
        .args(["--store", "sqlite", "--mode", "strict", "--phase", "quiet", "--markdown"])
        .args(["--seconds", "5", "--workers", "3", "--tasks", "16"])
        .args(options)
        .output()
        .expect("the program can be started");
    let text = String::from_utf8(output.stdout).expect("a table is text");
    let rows = text.lines().filter(|line| line.starts_with("| I"));
    let rows = rows.map(|row| row.split(" | ").collect::<Vec<_>>());
    let violated = rows.filter(|cells| cells[3] != "0");
    let names = violated.map(|cells| cells[0].trim_start_matches("| ").to_owned());
    (output.status.code(), names.collect())
}

#[test]
fn cc_02_processes_that_share_a_guard_violate_nothing() {
    assert_eq!(torture(&[]), (Some(0), Vec::new()));
}

#[test]
fn cc_02_processes_with_a_guard_each_are_found_out() {
    let (code, violated) = torture(&["--broken"]);

    assert_eq!(code, Some(1));
    for invariant in ["I1", "I2", "I3", "I5"] {
        assert!(violated.contains(&invariant.to_owned()), "{invariant}: {violated:?}");
    }
}
