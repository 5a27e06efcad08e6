//! Whom the catalogue has, whom it leaves out, and what is not known for certain (`providers/unsure.md`).

use std::collections::BTreeSet;

use crate::catalogue::facts::facts;

const UNSURE: &str = include_str!("../../../../providers/unsure.md");

/// The slugs that the lines of a section of `unsure.md` begin with.
pub(crate) fn named(section: &str) -> BTreeSet<&'static str> {
    let heading = format!("\n## {section}\n");
    let (_, text) = UNSURE.split_once(&*heading).expect("a section of unsure.md");
    let text = text.split("\n## ").next().unwrap_or_default();
    text.lines().filter_map(|line| line.strip_prefix("- `")?.split('`').next()).collect()
}

fn declared() -> BTreeSet<&'static str> {
    oauth_providers::catalogue().iter().map(|listed| &*listed.declaration().slug).collect()
}

fn left_out() -> BTreeSet<&'static str> {
    &named("Left out, closed") | &named("Left out, a word is needed")
}

#[test]
fn everyone_of_whom_something_is_known_is_declared_or_left_out_for_a_reason() {
    let facts = facts();
    let known: BTreeSet<&str> = facts.keys().map(String::as_str).collect();
    let (declared, left_out) = (declared(), left_out());

    let said = &declared | &left_out;
    let forgotten: Vec<_> = known.difference(&said).collect();
    assert_eq!(forgotten, [&""; 0], "declare them, or say in providers/unsure.md why not");
    let both: Vec<_> = declared.intersection(&left_out).collect();
    assert_eq!(both, [&""; 0], "they are declared: take them out of providers/unsure.md");
    let unknown: Vec<_> = said.difference(&known).collect();
    assert_eq!(unknown, [&""; 0], "tests/data/facts.json does not have them");
    assert!(declared.len() >= 195, "{} are declared", declared.len());
}

#[test]
fn whoever_is_left_out_as_closed_is_known_to_be_closed() {
    let facts = facts();
    let closed = facts.iter().filter(|(_, known)| known.contains_key("status"));
    let closed: BTreeSet<&str> = closed.map(|(slug, _)| &**slug).collect();

    assert_eq!(named("Left out, closed"), &closed - &declared());
}

#[test]
fn a_question_stands_for_everyone_of_whom_the_sources_disagree() {
    let facts = facts();
    let disagree = facts.iter().filter(|(_, known)| known.get("agree") == Some(&false.into()));
    let disagree: BTreeSet<&str> = disagree.map(|(slug, _)| &**slug).collect();
    let (declared, questions) = (declared(), named("Questions"));

    let disagree = &disagree & &declared;
    let unasked: Vec<_> = disagree.difference(&questions).collect();
    assert_eq!(unasked, [&""; 0], "ask it under Questions in providers/unsure.md");
    let nobody: Vec<_> = questions.difference(&declared).collect();
    assert_eq!(nobody, [&""; 0], "questions of providers/unsure.md about nobody");
}
