//! The table of `tests/checks.md` says what is so.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use oauth_tests::fuzz::TARGETS;

use crate::sources;

/// `st_01_a_callback_…` gives `ST-01`.
fn check_of(test: &str) -> Option<String> {
    let (area, rest) = test.split_once('_')?;
    let (number, _) = rest.split_once('_')?;
    let is_check = area.len() == 2
        && area.bytes().all(|byte| byte.is_ascii_lowercase())
        && number.len() == 2
        && number.bytes().all(|byte| byte.is_ascii_digit());
    is_check.then(|| format!("{}-{number}", area.to_ascii_uppercase()))
}

/// The rows: check, tests, result.
fn rows(table: &str) -> BTreeMap<String, (BTreeSet<String>, String)> {
    let rows = table.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| check"));
    rows.filter(|line| !line.starts_with("| ---"))
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
            let [check, _, _, tests, result] = cells[..] else { panic!("five cells: {line}") };
            let tests = tests.split('`').skip(1).step_by(2).map(str::to_owned).collect();
            (check.to_owned(), (tests, result.to_owned()))
        })
        .collect()
}

/// The names of the tests of the whole repository.
fn tests() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let folders = [
        "tests/tests",
        "tests/fixtures",
        "tests/ui",
        "oauth-declaration/src",
        "oauth-derive/src",
        "oauth-runtime/src",
    ];
    for folder in folders {
        for (_, text) in sources::in_folder(folder) {
            let mut is_test = false;
            for line in text.lines().map(str::trim) {
                is_test |= line == "#[test]" || line.starts_with("#[tokio::test");
                let Some((_, rest)) = line.split_once("fn ").filter(|_| is_test) else { continue };
                found.insert(rest.split('(').next().unwrap().to_owned());
                is_test = false;
            }
        }
    }
    found
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn every_promise_names_tests_that_there_are() {
    let text = fs::read_to_string(root().join("../SECURITY.md")).unwrap();
    let known_tests = tests();
    let (_, promised) = text.split_once("## What is promised").unwrap();
    let (promised, _) = promised.split_once("## What is not promised").unwrap();

    for promise in promised.split("\n### ").skip(1) {
        let words: Vec<&str> = promise.split('`').skip(1).step_by(2).collect();
        let tests: Vec<&&str> = words.iter().filter(|word| check_of(word).is_some()).collect();
        assert!(tests.len() >= 2, "{promise}");
        for test in tests {
            assert!(known_tests.contains(*test), "{test}");
        }
        let (_, targets) = promise.split_once("the fuzz target").unwrap_or_default();
        for target in targets.split('`').skip(1).step_by(2) {
            assert!(TARGETS.iter().any(|(name, _)| *name == target), "{target}");
        }
    }
}

#[test]
fn every_check_has_its_tests_in_the_table() {
    let known_tests = tests();
    let table = rows(&fs::read_to_string(root().join("checks.md")).unwrap());

    assert!(table.len() >= 183, "{} rows", table.len());
    for (check, (tests, result)) in &table {
        let unknown: Vec<&String> = tests.difference(&known_tests).collect();
        assert!(unknown.is_empty(), "{check} names {unknown:?}, which no source has");
        let own = known_tests.iter().filter(|test| check_of(test).as_ref() == Some(check));
        let missing: Vec<&String> = own.filter(|test| !tests.contains(*test)).collect();
        assert!(missing.is_empty(), "{check} does not name {missing:?}");
        let known = ["passes", "partly: ", "does not apply: ", "measured"];
        assert!(known.iter().any(|word| result.starts_with(word)), "{check}: {result}");
        let explained = !result.starts_with("passes") || !tests.is_empty();
        assert!(explained, "{check} passes by no test");
    }
}
