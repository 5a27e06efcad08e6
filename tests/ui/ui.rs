//! What a mistake in a declaration is answered with, and what compiles.

#[test]
fn the_attribute_says_what_is_wrong_and_where() {
    let cases = trybuild::TestCases::new();

    for mistake in
        ["conflict", "duplicate-key", "malformed-value", "missing-key", "unknown-key", "wrong-item"]
    {
        cases.compile_fail(format!("{mistake}/*.rs"));
    }
    cases.pass("pass/*.rs");
}
