//! `tests/conformance.md` says what is so.

use std::collections::BTreeMap;
use std::path::Path;

use crate::sources;

/// The rows: the test that each names, and the result.
fn rows(table: &str) -> Vec<(String, String)> {
    let rows = table.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| plan"));
    rows.filter(|line| !line.starts_with("| ---"))
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
            let [plan, module, _, test, result] = cells[..] else { panic!("five cells: {line}") };
            assert!(!plan.is_empty() && !module.is_empty(), "{line}");
            let test = test.trim_matches('`');
            let of_module = module.trim_matches('`').replace('-', "_");
            let (file, name) = test.split_once("::").unwrap_or_default();
            let own = if file == "fapi2" { format!("fapi2_{of_module}") } else { of_module };
            assert!(test == "–" || name == own, "{test} is not named after {module}");
            (test.to_owned(), result.to_owned())
        })
        .collect()
}

/// The tests of the plans: `config::oidcc_client_test_idtoken_sig_none`.
fn tests() -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in sources::in_folder("tests/tests/suite/conformance") {
        let file = Path::new(&path).file_stem().unwrap().to_str().unwrap().to_owned();
        for (head, rest) in
            text.split("#[tokio::test]\n").skip(1).map(|it| it.split_once('(').unwrap())
        {
            assert!(!rest.is_empty());
            found.push(format!("{file}::{}", head.trim_start_matches("async fn ")));
        }
    }
    found.sort_unstable();
    found
}

#[test]
fn every_module_has_its_row_and_every_row_its_test() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("conformance.md");
    let rows = rows(&std::fs::read_to_string(path).unwrap());
    let mut named: BTreeMap<&str, usize> = BTreeMap::new();

    for (test, result) in &rows {
        let is_known = result.starts_with("passes") || result.starts_with("not implemented: ");
        assert!(is_known, "{test}: {result}");
        assert_eq!(test == "–", !result.starts_with("passes"), "{test}: {result}");
        *named.entry(test).or_default() += usize::from(test != "–");
    }

    named.remove("–");
    let tests = tests();
    assert_eq!(named.keys().copied().collect::<Vec<_>>(), tests);
    assert!(named.values().all(|rows| *rows == 1), "{named:?}");
    assert!(tests.len() >= 68, "{}", tests.len());
}
