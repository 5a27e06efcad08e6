//! A question that cannot be answered with no is none: each is asked of a history in which it is violated.

use crate::event::{Access, Actor, At, Event, MILLI, Outcome, Refresh, Verdict, What};
use crate::judge::{History, judge};
use crate::oracle::Mode;

const KEY: &str = "login:key";

/// The server, and the users' browsers.
const PARENT: Actor = Actor { process: 1, task: 0 };

fn of(process: u32) -> Actor {
    Actor { process, task: 7 }
}

fn event(millis: u64, by: Actor, what: What) -> Event {
    Event { at: at(millis), by, what }
}

fn at(millis: u64) -> At {
    millis * MILLI
}

fn phase(millis: u64, name: &str) -> Event {
    event(millis, PARENT, What::Phase(name.to_owned()))
}

fn access(serial: u32) -> Access {
    Access { family: 1, serial }
}

fn acquired(millis: u64, process: u32, version: u64) -> Event {
    let (key, owner) = (KEY.to_owned(), format!("owner-{process}"));
    event(millis, of(process), What::Acquired { key, version, owner, began: at(millis - 1) })
}

fn sending(millis: u64, process: u32, generation: u32) -> Event {
    event(millis, of(process), What::Sending { token: Refresh { family: 1, generation } })
}

fn presented(millis: u64, process: u32, generation: u32, verdict: Verdict) -> Event {
    let token = Refresh { family: 1, generation };
    event(
        millis,
        of(process),
        What::Presented { number: millis, token, arrived: at(millis), verdict },
    )
}

fn answer(millis: u64, process: u32, status: u16) -> Event {
    event(millis, of(process), What::Answer { status, is_invalid_grant: status == 400 })
}

fn writing(millis: u64, process: u32, expected: u64) -> Event {
    let (key, owner) = (KEY.to_owned(), Some(format!("owner-{process}")));
    event(millis, of(process), What::Writing { key, expected, owner, is_end: false })
}

fn wrote(millis: u64, process: u32, version: u64, is_end: bool) -> Event {
    let (key, owner) = (KEY.to_owned(), Some(format!("owner-{process}")));
    event(millis, of(process), What::Wrote { key, version, owner, is_end, began: at(millis - 1) })
}

fn used(millis: u64, process: u32, serial: u32) -> Event {
    event(millis, of(process), What::Used { token: access(serial), is_good: true })
}

fn killed(millis: u64, process: u32) -> Event {
    let by = Actor { process, task: 0 };
    event(millis, by, What::Killed { began: at(millis) })
}

fn called(millis: u64, began: u64, sent: Option<(u64, u32)>) -> Event {
    let sent = sent.map(|(millis, serial)| (at(millis), access(serial)));
    let outcome = Outcome::Done;
    event(millis, of(2), What::Called { account: 0, began: at(began), sent, outcome })
}

/// The first renewal of a login, as far as the server's answer.
fn half_a_renewal() -> Vec<Event> {
    vec![acquired(100, 2, 1), sending(101, 2, 0), presented(102, 2, 0, Verdict::Rotated(access(1)))]
}

/// A login, and its first renewal.
fn renewal() -> Vec<Event> {
    let end = [
        answer(104, 2, 200),
        writing(105, 2, 1),
        wrote(107, 2, 2, false),
        used(110, 2, 1),
        called(112, 108, Some((109, 1))),
    ];
    half_a_renewal().into_iter().chain(end).collect()
}

/// What is violated, if all this happens in a phase.
fn violated_in(
    name: &str,
    mode: Mode,
    events: impl IntoIterator<Item = Event>,
) -> Vec<&'static str> {
    let begin = [event(1, PARENT, What::LoggedIn { account: 0, family: 1 }), phase(2, name)];
    let mut events: Vec<_> = begin.into_iter().chain(events).collect();
    if !events.iter().any(|event| event.what == What::Phase("end".to_owned())) {
        events.push(phase(60_000, "end"));
    }
    let findings = judge(&History::new(events), mode, &[]);
    findings.iter().filter(|it| !it.violations.is_empty()).map(|it| it.name).collect()
}

fn violated(events: impl IntoIterator<Item = Event>) -> Vec<&'static str> {
    violated_in("kills", Mode::Strict, events)
}

#[test]
fn nothing_is_violated_by_a_renewal() {
    for mode in [Mode::Strict, Mode::Grace, Mode::Keep] {
        let held =
            What::Final { key: KEY.to_owned(), version: 2, is_held: false, has_canary: false };
        let end = [event(70_000, PARENT, held)];

        assert_eq!(violated_in("quiet", mode, renewal().into_iter().chain(end)), [""; 0]);
    }
}

#[test]
fn i1_sees_a_token_that_is_sent_after_its_successor_is_committed() {
    let late = [sending(200, 3, 0), presented(201, 3, 0, Verdict::Again(access(2)))];

    assert_eq!(violated_in("kills", Mode::Grace, renewal().into_iter().chain(late)), ["I1"]);
}

#[test]
fn i1_sees_what_another_process_has_read() {
    let late = [
        answer(104, 2, 200),
        writing(105, 2, 1),
        killed(106, 2),
        event(150, of(3), What::Saw { key: KEY.to_owned(), version: 2 }),
        sending(200, 3, 0),
        presented(201, 3, 0, Verdict::Again(access(2))),
    ];

    let events = half_a_renewal().into_iter().chain(late);
    assert_eq!(violated_in("logouts", Mode::Grace, events), ["I1", "I8"]);
}

#[test]
fn i2_sees_a_token_that_is_presented_twice() {
    let second = [sending(103, 3, 0), presented(103, 3, 0, Verdict::Again(access(2)))];

    assert_eq!(violated_in("quiet", Mode::Grace, renewal().into_iter().chain(second)), ["I2"]);
}

#[test]
fn i2_sees_a_token_that_is_kept_and_presented_too_early() {
    let first = presented(100, 2, 0, Verdict::Kept(access(1)));
    let second = presented(900, 3, 0, Verdict::Kept(access(2)));
    let third = presented(2000, 3, 0, Verdict::Kept(access(3)));

    assert_eq!(violated_in("quiet", Mode::Keep, [first.clone(), third]), [""; 0]);
    assert_eq!(violated_in("quiet", Mode::Keep, [first, second]), ["I2"]);
}

#[test]
fn i3_sees_a_login_that_is_lost_without_a_death() {
    let lost = [acquired(4000, 3, 1), sending(4001, 3, 0), presented(4002, 3, 0, Verdict::Reused)];
    let events = || half_a_renewal().into_iter().chain(lost.clone());

    assert_eq!(violated(events()), ["I3"]);
    assert_eq!(violated(events().chain([killed(103, 2)])), ["I8"]);
}

#[test]
fn i3_excuses_who_stood_still_and_commits_what_is_lost_already() {
    let stopped = [answer(103, 2, 200), event(104, of(2), What::Stopped)];
    let lost = [acquired(4000, 3, 1), sending(4001, 3, 0), presented(4002, 3, 0, Verdict::Reused)];
    let commits = [acquired(6000, 2, 1), writing(6001, 2, 1), wrote(6002, 2, 2, false)];

    let events = half_a_renewal().into_iter().chain(stopped).chain(lost).chain(commits);
    assert_eq!(violated(events), [""; 0]);
}

#[test]
fn i3_excuses_who_stood_still_before_the_request_was_written() {
    let stopped = [acquired(90, 3, 1), sending(95, 3, 0), event(96, of(3), What::Stopped)];
    let late = [presented(6000, 3, 0, Verdict::Reused)];
    let until = |first: &[Event]| [first, &renewal(), &late].concat();

    assert_eq!(violated(until(&stopped)), [""; 0]);
    assert_eq!(violated(until(&stopped[..2])), ["I3"]);
}

#[test]
fn i3_excuses_an_answer_that_was_not_waited_for() {
    let gives_up = |millis| event(millis, of(2), What::NoAnswer);
    let later = [acquired(4000, 3, 1), sending(4001, 3, 0)];
    let reused = presented(4002, 3, 0, Verdict::Reused);
    let acted_on_first = half_a_renewal().into_iter().chain([gives_up(3000)]);
    assert_eq!(violated(acted_on_first.chain(later.clone()).chain([reused])), [""; 0]);

    let slow = |verdict| {
        let token = Refresh { family: 1, generation: 0 };
        let what = What::Presented { number: 102, token, arrived: at(102), verdict };
        event(5000, of(2), what)
    };
    let sent = [acquired(100, 2, 1), sending(101, 2, 0)];
    let consumed = presented(4002, 3, 0, Verdict::Rotated(access(1)));
    let acted_on_last = || sent.iter().cloned().chain(later.clone()).chain([consumed.clone()]);
    assert_eq!(violated(acted_on_last().chain([slow(Verdict::Reused)])), ["I3"]);
    let events = acted_on_last().chain([gives_up(3000), slow(Verdict::Reused)]);
    assert_eq!(violated(events), [""; 0]);
}

#[test]
fn i3_excuses_a_lost_answer_and_a_store_that_fails() {
    let lost = presented(4002, 3, 0, Verdict::Reused);
    let no_answer = event(103, of(2), What::Answered { number: 102, is_lost: true });
    let (key, owner) = (KEY.to_owned(), Some("owner-2".to_owned()));
    let what = What::NotWritten { key, expected: 1, owner, is_error: true };
    let no_store = [answer(103, 2, 200), writing(104, 2, 1), event(3000, of(2), what)];

    let events = half_a_renewal().into_iter().chain([no_answer, lost.clone()]);
    assert_eq!(violated(events), [""; 0]);
    let events = half_a_renewal().into_iter().chain(no_store).chain([lost]);
    assert_eq!(violated(events), [""; 0]);
}

#[test]
fn i4_sees_a_login_that_is_lost_although_there_is_a_grace() {
    let lost = [killed(103, 2), presented(9000, 3, 0, Verdict::Reused)];
    let events = || half_a_renewal().into_iter().chain(lost.clone());

    assert_eq!(violated_in("logouts", Mode::Grace, events()), ["I4", "I8"]);
    // Two processes have died over it.
    let second = [
        acquired(3200, 4, 1),
        sending(3201, 4, 0),
        presented(3202, 4, 0, Verdict::Again(access(2))),
        killed(3300, 4),
    ];
    assert_eq!(violated_in("logouts", Mode::Grace, events().chain(second.clone())), ["I8"]);
    // One of the two has stood still instead.
    let stopped = [event(103, of(2), What::Stopped), presented(9000, 3, 0, Verdict::Reused)];
    let events = half_a_renewal().into_iter().chain(stopped).chain(second);
    assert_eq!(violated_in("logouts", Mode::Grace, events), ["I8"]);
}

#[test]
fn i5_sees_a_version_that_is_written_twice_or_out_of_order() {
    assert_eq!(violated(renewal().into_iter().chain([wrote(120, 2, 2, false)])), ["I5"]);
    let next = [acquired(110, 2, 2), wrote(112, 2, 3, false)];
    let before = [acquired(130, 2, 1), wrote(140, 2, 2, false)];
    assert_eq!(violated(next.into_iter().chain(before)), ["I5"]);
}

#[test]
fn i5_sees_a_commit_of_who_has_lost_the_lease() {
    let zombie = [acquired(100, 2, 1), acquired(4000, 3, 1), wrote(9000, 2, 2, false)];

    assert_eq!(violated(zombie), ["I5"]);
}

#[test]
fn i6_sees_a_row_that_is_ended_although_its_login_is_good() {
    let end = [acquired(200, 2, 2), wrote(210, 2, 3, true)];

    assert_eq!(violated(renewal().into_iter().chain(end)), ["I6"]);
}

#[test]
fn i6_sees_a_user_who_is_asked_to_log_in_without_need() {
    let what = What::Reconnect { account: 0, family: 1, began: at(200) };

    let events = renewal().into_iter().chain([event(201, PARENT, what)]);
    assert_eq!(violated(events), ["I3", "I6"]);
}

#[test]
fn i7_sees_a_token_that_is_used_before_its_commit() {
    let early = [answer(103, 2, 200), used(104, 2, 1), writing(105, 2, 1), wrote(107, 2, 2, false)];

    assert_eq!(violated(half_a_renewal().into_iter().chain(early)), ["I7"]);
}

#[test]
fn i7_lets_another_process_read_what_is_written() {
    let read = [answer(103, 2, 200), writing(104, 2, 1), used(105, 3, 1), wrote(107, 2, 2, false)];

    assert_eq!(violated(half_a_renewal().into_iter().chain(read)), [""; 0]);
}

#[test]
fn i8_sees_an_account_that_nobody_can_use_after_a_death() {
    let after = |millis| {
        let renewed = [
            acquired(millis - 10, 3, 1),
            sending(millis - 9, 3, 0),
            presented(millis - 8, 3, 0, Verdict::Again(access(2))),
            answer(millis - 7, 3, 200),
            writing(millis - 6, 3, 1),
            wrote(millis - 5, 3, 2, false),
            used(millis, 3, 2),
        ];
        half_a_renewal().into_iter().chain([killed(103, 2)]).chain(renewed)
    };

    assert_eq!(violated_in("kills", Mode::Grace, after(14_000)), [""; 0]);
    assert_eq!(violated_in("kills", Mode::Grace, after(14_200)), ["I8"]);
}

#[test]
fn i9_sees_a_call_that_waits_with_a_valid_token() {
    let waits = |millis| renewal().into_iter().chain([called(1400, 120, Some((millis, 1)))]);
    let slow = [
        presented(150, 3, 1, Verdict::Rotated(access(2))),
        event(1250, of(3), What::Answered { number: 150, is_lost: false }),
    ];

    assert_eq!(violated_in("quiet", Mode::Strict, waits(1300)), [""; 0]);
    assert_eq!(violated_in("quiet", Mode::Strict, waits(500).chain(slow.clone())), [""; 0]);
    assert_eq!(violated_in("quiet", Mode::Strict, waits(1300).chain(slow)), ["I9"]);
}

#[test]
fn i10_sees_a_renewal_that_begins_after_a_logout() {
    let logout = [
        event(200, PARENT, What::Revoked { family: 1 }),
        event(201, PARENT, What::LoggedOut { account: 0, family: 1, ended: at(201) }),
    ];
    let flight = [
        acquired(300, 3, 2),
        sending(301, 3, 1),
        presented(302, 3, 1, Verdict::Refused),
        wrote(310, 3, 3, true),
    ];

    let events = renewal().into_iter().chain(logout).chain(flight);
    assert_eq!(violated(events), ["I10"]);
}

#[test]
fn i10_sees_a_login_that_is_alive_after_a_logout() {
    let logout = event(201, PARENT, What::LoggedOut { account: 0, family: 1, ended: at(201) });

    assert_eq!(violated(renewal().into_iter().chain([logout])), ["I10"]);
}

#[test]
fn i11_sees_who_never_ends_and_what_is_left() {
    let unfinished = event(61_000, of(2), What::Quiet { unfinished: 1 });
    let held = What::Final { key: KEY.to_owned(), version: 2, is_held: true, has_canary: false };
    let end = phase(60_000, "end");

    assert_eq!(violated([unfinished]), ["I11"]);
    assert_eq!(violated([event(61_000, PARENT, held)]), ["I11"]);
    assert_eq!(violated([called(80_000, 100, None)]), ["I11"]);
    assert_eq!(violated([end, killed(90_000, 2)]), ["I11"]);
}

#[test]
fn i12_sees_a_token_in_a_row_and_in_a_file() {
    let row = What::Final { key: KEY.to_owned(), version: 2, is_held: false, has_canary: true };
    assert_eq!(violated([event(61_000, PARENT, row)]), ["I12"]);

    let findings = judge(&History::new(Vec::new()), Mode::Strict, &["worker.trace".to_owned()]);
    let violations: Vec<_> = findings.into_iter().flat_map(|finding| finding.violations).collect();
    assert_eq!(violations, ["tokens stand in worker.trace"]);
}

#[test]
fn i13_sees_a_server_that_is_asked_too_early() {
    let asked = |millis: &[u64], verdict| {
        let events = millis.iter().map(|&millis| presented(millis, 2, 0, verdict));
        violated_in("faults", Mode::Strict, events.collect::<Vec<_>>())
    };

    assert_eq!(asked(&[5900, 6000, 8000, 12_000], Verdict::Unavailable), [""; 0]);
    assert_eq!(asked(&[5900, 5950], Verdict::Unavailable), ["I13"]);
    assert_eq!(asked(&[5900, 6000, 7900], Verdict::Unavailable), ["I13"]);
    assert_eq!(asked(&[5900, 7000], Verdict::Limited(2)), [""; 0]);
    assert_eq!(asked(&[5900, 6900], Verdict::Limited(2)), ["I13"]);
}
