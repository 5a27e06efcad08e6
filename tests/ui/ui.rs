//! What a mistake in a declaration is answered with, what compiles, and what it becomes.

#![expect(
    clippy::unwrap_used,
    reason = "what a test is made of may fail it as the test itself may"
)]

mod expansion;

use std::process::Command;

use trybuild::TestCases;

#[test]
fn ma_01_the_attribute_says_what_is_wrong_and_where() {
    let cases = TestCases::new();
    cases.pass(PASSES);

    for mistake in
        ["conflict", "duplicate-key", "malformed-value", "missing-key", "unknown-key", "wrong-item"]
    {
        cases.compile_fail(format!("{mistake}/*.rs"));
    }
}

#[test]
fn ma_02_a_declaration_compiles_wherever_it_stands() {
    TestCases::new().pass("pass/*.rs");
}

/// What the declaration does not make possible does not compile, and the message names the key to add.
#[test]
fn ma_04_what_is_not_declared_cannot_be_called() {
    if !is_compiler_of_the_messages() {
        eprintln!("skipped: the messages are those of rustc {MESSAGES_OF}");
        return;
    }

    let cases = TestCases::new();
    cases.pass(PASSES);
    cases.compile_fail("capability/*.rs");
}

/// One case that passes makes trybuild build its dependencies in the same way each time, and so once.
const PASSES: &str = "pass/minimal.rs";

/// Around the words of a trait stand the compiler's own, which change from version to version.
const MESSAGES_OF: &str = "1.95";

fn is_compiler_of_the_messages() -> bool {
    let version = Command::new("rustc").arg("--version").output().map(|it| it.stdout);
    version.is_ok_and(|it| it.starts_with(format!("rustc {MESSAGES_OF}.").as_bytes()))
}
