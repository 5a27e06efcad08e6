//! What a run has found, for people.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::event::{Outcome, What};
use crate::judge::{Finding, History};
use crate::plan::Request;
use crate::rig::Plan;

/// The table, and what it was made of.
pub(crate) fn render(
    request: &Request,
    plan: &Plan,
    history: &History,
    findings: &[Finding],
) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = write(&mut text, request, plan, history, findings);
    text
}

fn write(
    text: &mut String,
    request: &Request,
    plan: &Plan,
    history: &History,
    findings: &[Finding],
) -> std::fmt::Result {
    let (store, mode, seed) = (&request.store, plan.mode.name(), plan.seed);
    let (workers, tasks, accounts) = (plan.workers, plan.tasks, plan.accounts);
    let seconds = request.seconds;
    let phases: Vec<_> = plan.phases.iter().map(|(phase, _)| phase.name()).collect();
    let phases = phases.join(", ");
    let title = format!("{store}, {mode}, seed {seed}");
    let setting =
        format!("{workers} workers of {tasks} tasks, {accounts} accounts, {seconds} s: {phases}");
    if request.markdown {
        writeln!(text, "### {title}\n\n{setting}.\n\n{}.\n", counts(history))?;
        writeln!(text, "| | invariant | asked | violations | |\n| --- | --- | --: | --: | --- |")?;
    } else {
        writeln!(text, "{title}\n{setting}\n{}\n", counts(history))?;
    }
    for Finding { name, question, asked, violations, note } in findings {
        let violated = violations.len();
        let asked = if *asked == 0 { "–".to_owned() } else { asked.to_string() };
        if request.markdown {
            writeln!(text, "| {name} | {question} | {asked} | {violated} | {note} |")?;
        } else {
            writeln!(text, "{name:<4} {question:<58} {asked:>7} {violated:>4}  {note}")?;
        }
    }
    for Finding { name, violations, .. } in findings {
        for violation in violations.iter().take(SHOWN) {
            writeln!(text, "\n{name}: {violation}")?;
        }
    }
    writeln!(text)
}

/// How much there was to be seen.
fn counts(history: &History) -> String {
    let mut calls = BTreeMap::new();
    let (mut kills, mut logins, mut anew) = (0, 0, 0);
    let mut failpoints: BTreeMap<&str, usize> = BTreeMap::new();
    for event in &history.events {
        match &event.what {
            What::Called { outcome, .. } => *calls.entry(word(*outcome)).or_insert(0) += 1,
            What::Killed { .. } => kills += 1,
            What::LoggedIn { .. } => logins += 1,
            What::Reconnect { .. } => anew += 1,
            What::Failpoint(name) => *failpoints.entry(name).or_default() += 1,
            _ => {}
        }
    }
    let presented = history.presentations.len();
    let renewed = history.presentations.iter().filter(|it| it.given().is_some()).count();
    let calls = list(&calls);
    let failpoints = list(&failpoints);
    format!(
        "{presented} refresh requests, {renewed} renewals; {kills} deaths ({failpoints}); {logins} logins, {anew} of them \
         since one was lost; calls: {calls}"
    )
}

fn list(counts: &BTreeMap<&str, usize>) -> String {
    let words: Vec<_> = counts.iter().map(|(name, count)| format!("{count} {name}")).collect();
    if words.is_empty() { "none at a chosen place".to_owned() } else { words.join(", ") }
}

fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Done => "done",
        Outcome::Refused => "refused",
        Outcome::Reconnect => "told to log in",
        Outcome::Unavailable => "told to come later",
        Outcome::Failed => "failed",
        Outcome::Dropped => "dropped",
    }
}

/// One sequence that went wrong is like the next.
const SHOWN: usize = 3;
