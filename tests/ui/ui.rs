//! What a mistake in a declaration is answered with, what compiles, and what it becomes.

#![expect(
    clippy::unwrap_used,
    reason = "what a test is made of may fail it as the test itself may"
)]

mod expansion;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use trybuild::TestCases;

/// The kinds of mistakes, each a folder of cases.
const MISTAKES: [&str; 6] =
    ["conflict", "duplicate-key", "malformed-value", "missing-key", "unknown-key", "wrong-item"];

#[test]
fn ma_01_the_attribute_says_what_is_wrong_and_where() {
    let cases = TestCases::new();
    cases.pass(PASSES);

    for mistake in MISTAKES {
        cases.compile_fail(format!("{mistake}/*.rs"));
    }
}

#[test]
fn ma_01_every_key_and_every_word_has_a_case() {
    let vocabulary = read(&folder("../../oauth-derive/src").join("key.rs"));
    let words = vocabulary.lines().filter_map(|line| {
        let (_, word) = line.strip_prefix("pub(crate) const ")?.split_once(": &str = \"")?;
        word.strip_suffix("\";")
    });
    let words: Vec<&str> = words.collect();
    let messages: Vec<String> = expected().iter().map(|file| read(file)).collect();
    let subjects: Vec<&str> =
        messages.iter().flat_map(|text| sentences(text)).map(subject).collect();

    let speaks_of = |word: &str| subjects.iter().any(|it| it.contains(&format!("`{word}`")));
    let silent: Vec<&str> = words.iter().copied().filter(|word| !speaks_of(word)).collect();

    assert!(words.contains(&"token_endpoint") && words.contains(&"userinfo_params"), "{words:?}");
    assert_eq!(silent, [""; 0], "no case speaks of these");
}

/// Around our own sentences stands nothing of the compiler's, so that a new compiler changes nothing.
#[test]
fn ma_01_an_answer_is_one_short_sentence_and_where_it_belongs() {
    for file in expected() {
        let text = read(&file);
        for line in text.lines() {
            let source = line.trim_start_matches([' ', '.']);
            let source = source.trim_start_matches(|letter: char| letter.is_ascii_digit());
            let known = line.is_empty()
                || line.starts_with("error: ")
                || line == "..."
                || source.starts_with("--> ")
                || source.trim_start().starts_with('|');
            assert!(known, "{}: {line}", file.display());
        }
        for sentence in sentences(&text) {
            assert!(is_a_sentence(sentence), "{}: {sentence}", file.display());
        }
    }
}

#[test]
fn ma_01_a_case_has_at_most_twelve_lines() {
    for kind in MISTAKES.into_iter().chain(["capability"]) {
        for file in files(kind, "rs") {
            let lines = read(&file).lines().count();
            assert!(lines <= 12, "{} has {lines} lines", file.display());
        }
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

/// What the attribute answers, a file a case.
fn expected() -> Vec<PathBuf> {
    MISTAKES.iter().flat_map(|kind| files(kind, "stderr")).collect()
}

fn files(kind: &str, extension: &str) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder(kind)).unwrap().map(|entry| entry.unwrap().path());
    let files: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|it| it == extension)).collect();
    assert!(!files.is_empty(), "there are cases in {kind}");
    files
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap()
}

fn sentences(answer: &str) -> impl Iterator<Item = &str> {
    answer.lines().filter_map(|line| line.strip_prefix("error: "))
}

/// What a sentence is about, without the advice that follows.
fn subject(sentence: &str) -> &str {
    let end = ["; ", ", expected "].iter().filter_map(|advice| sentence.find(advice)).min();
    &sentence[..end.unwrap_or(sentence.len())]
}

/// Of a readable length, in lower case behind the key that it may begin with, and without a full stop.
fn is_a_sentence(text: &str) -> bool {
    let behind_the_key = match text.strip_prefix('`') {
        Some(key) => key.split_once('`').map_or("", |(_, rest)| rest.trim_start()),
        None => text,
    };
    let lower = behind_the_key.starts_with(char::is_lowercase);
    lower && !text.ends_with('.') && text.chars().count() <= 140
}
