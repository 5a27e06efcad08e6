use super::*;
use crate::token::tests::{response_with, tokens_with};

fn flights() -> Arc<Flights> {
    Arc::new(Flights::new(true).unwrap())
}

fn at(seconds: u64) -> Timestamp {
    Timestamp::from_unix_seconds(seconds)
}

fn answer(access_token: &str, refresh_token: &str, now: u64) -> Arc<Answer> {
    answer_of(1, access_token, refresh_token, now)
}

fn answer_of(generation: u32, access_token: &str, refresh_token: &str, now: u64) -> Arc<Answer> {
    let response = response_with(access_token, Some(refresh_token));
    let login = tokens_with(access_token, None).login;
    Arc::new(Answer { response, received_at: at(now), login, generation, is_found: false })
}

/// What is held after some renewals.
fn held_of(generation: u32, access_token: &str, refresh_token: &str) -> Arc<Tokens> {
    let tokens = Tokens::clone(&tokens_with(access_token, Some(refresh_token)));
    Arc::new(Tokens { generation, ..tokens })
}

/// Somebody who holds `at1` comes with a refresh token.
fn board(flights: &Arc<Flights>, token: &str, now: u64) -> Boarding {
    flights.board(&tokens_with("at1", Some(token)), &RefreshToken::new(token), at(now))
}

fn lead(flights: &Arc<Flights>, token: &str, now: u64) -> Flight {
    match board(flights, token, now) {
        Boarding::Leads(flight, _) => flight,
        Boarding::Joined(_) => panic!("joined"),
        Boarding::Landed(outcome) => panic!("{outcome:?}"),
    }
}

fn landed(flights: &Arc<Flights>, token: &str, now: u64) -> Option<Outcome> {
    match board(flights, token, now) {
        Boarding::Landed(outcome) => Some(outcome),
        Boarding::Joined(_) | Boarding::Leads(..) => None,
    }
}

/// The access token that the holder of a refresh token finds.
fn newest(flights: &Flights, access: &str, refresh: &str, now: u64) -> Option<String> {
    match flights.newest(&tokens_with(access, Some(refresh)), at(now)) {
        Newest::Successor(tokens) => Some(tokens.access_token().expose().to_owned()),
        Newest::Same => Some(access.to_owned()),
        Newest::Dead => None,
    }
}

#[test]
fn one_caller_leads_and_the_others_join() {
    let flights = flights();
    let flight = lead(&flights, "rt1", 0);
    let Boarding::Joined(joined) = board(&flights, "rt1", 0) else { panic!("a second leader") };

    assert!(flight.succeed(&answer("at2", "rt2", 0)));

    let outcome = joined.borrow().clone();
    let Some(Outcome::Refreshed(answer)) = outcome else { panic!("{outcome:?}") };
    assert_eq!(answer.response.access_token().expose(), "at2");
}

#[test]
fn who_waits_keeps_its_own_login_and_account() {
    let flights = flights();
    assert!(lead(&flights, "rt1", 0).succeed(&answer("at2", "rt2", 0)));
    let mut held = Tokens::clone(&tokens_with("at1", Some("rt1")));
    held.account = Some("ada".to_owned());

    let Newest::Successor(renewed) = flights.newest(&held, at(1)) else { panic!("not renewed") };

    assert_eq!(renewed.account(), Some("ada"));
    assert!(renewed.is_of_one_login(&held));
}

#[test]
fn a_late_presenter_is_given_the_successor_for_a_minute_after_somebody_came_with_it() {
    let flights = flights();
    assert!(lead(&flights, "rt1", 0).succeed(&answer("at2", "rt2", 0)));
    assert!(matches!(landed(&flights, "rt1", 1000), Some(Outcome::Refreshed(_))));

    flights.arrive(&tokens_with("at2", Some("rt2")), at(1000));

    assert!(matches!(landed(&flights, "rt1", 1059), Some(Outcome::Refreshed(_))));
    assert!(matches!(landed(&flights, "rt1", 1060), Some(Outcome::Rejected)));
}

#[test]
fn a_look_at_the_newest_is_not_somebody_who_came_with_it() {
    let flights = flights();
    assert!(lead(&flights, "rt1", 0).succeed(&answer("at2", "rt2", 0)));

    assert_eq!(newest(&flights, "at2", "rt2", 1), Some("at2".to_owned()));

    assert!(matches!(landed(&flights, "rt1", 3599), Some(Outcome::Refreshed(_))));
}

#[test]
fn a_consumed_token_is_not_presented_again() {
    let flights = flights();
    assert!(lead(&flights, "rt1", 0).succeed(&answer("at2", "rt2", 0)));

    assert!(matches!(landed(&flights, "rt1", 3600), Some(Outcome::Rejected)));
    assert!(matches!(landed(&flights, "rt1", 1_000_000), Some(Outcome::Rejected)));
}

#[test]
fn a_rejected_token_is_not_presented_again() {
    let flights = flights();
    lead(&flights, "rt1", 0).reject(at(0));

    assert!(matches!(landed(&flights, "rt1", 1_000_000), Some(Outcome::Rejected)));
}

#[test]
fn the_newest_of_a_chain_is_found_from_every_link() {
    let flights = flights();
    assert!(lead(&flights, "rt1", 0).succeed(&answer("at2", "rt2", 0)));
    assert!(lead(&flights, "rt2", 1).succeed(&answer_of(2, "at3", "rt3", 1)));

    assert_eq!(newest(&flights, "at1", "rt1", 2).as_deref(), Some("at3"));
    assert_eq!(newest(&flights, "at2", "rt2", 2).as_deref(), Some("at3"));
    assert_eq!(newest(&flights, "at3", "rt3", 2).as_deref(), Some("at3"));
}

#[test]
fn a_refresh_token_that_is_kept_leads_again() {
    let flights = flights();
    assert!(lead(&flights, "rt1", 0).succeed(&answer("at2", "rt1", 0)));

    let kept = RefreshToken::new("rt1");
    assert_eq!(newest(&flights, "at1", "rt1", 1).as_deref(), Some("at2"));
    assert!(matches!(landed(&flights, "rt1", 1), Some(Outcome::Refreshed(_))));
    let again = flights.board(&held_of(1, "at2", "rt1"), &kept, at(2));
    assert!(matches!(again, Boarding::Leads(..)));
    drop(again);
    assert!(matches!(board(&flights, "rt1", 100), Boarding::Leads(..)));
}

#[test]
fn a_kept_refresh_token_takes_nothing_newer_back() {
    let flights = flights();
    assert!(lead(&flights, "rt1", 0).succeed(&answer("at2", "rt1", 0)));
    // Another process has renewed it since.
    let newer = held_of(2, "at3", "rt1");

    assert!(matches!(flights.newest(&newer, at(1)), Newest::Same));
    let boarding = flights.board(&newer, &RefreshToken::new("rt1"), at(1));
    assert!(matches!(boarding, Boarding::Leads(..)));
}

#[test]
fn cc_07_what_lands_after_a_logout_is_not_taken() {
    let flights = flights();
    let flight = lead(&flights, "rt1", 0);
    flights.bury(&tokens_with("at1", Some("rt1")), at(0));

    assert!(!flight.succeed(&answer("at2", "rt2", 0)));

    assert_eq!(newest(&flights, "at1", "rt1", 1), None);
    assert!(matches!(landed(&flights, "rt1", 1), Some(Outcome::Rejected)));
}

#[test]
fn a_logout_ends_every_link_of_a_chain_and_names_the_newest() {
    let flights = flights();
    assert!(lead(&flights, "rt1", 0).succeed(&answer("at2", "rt2", 0)));

    let buried = flights.bury(&tokens_with("at1", Some("rt1")), at(1));

    assert_eq!(buried.refresh_token().unwrap().expose(), "rt2");
    assert_eq!(newest(&flights, "at2", "rt2", 2), None);
}

#[test]
fn a_login_that_brings_a_dead_token_again_makes_it_good() {
    let flights = flights();
    flights.bury(&tokens_with("at1", Some("same")), at(0));
    lead(&flights, "other", 0).reject(at(0));
    assert!(matches!(landed(&flights, "other", 100), Some(Outcome::Rejected)));

    for token in ["same", "other"] {
        flights.revive(&RefreshToken::new(token));
        assert!(matches!(board(&flights, token, 101), Boarding::Leads(..)));
    }
}

#[test]
fn cc_10_a_failing_server_is_left_alone_for_longer_each_time() {
    let flights = flights();
    let mut now = 0;
    for pause in [1, 2, 4, 8, 16, 32, 64, 64] {
        lead(&flights, "rt1", now).postpone(None, at(now));
        let Some(Outcome::Transient { retry_after }) = landed(&flights, "rt1", now) else {
            panic!("tried again at once");
        };
        assert_eq!(retry_after.as_secs(), pause);
        now += pause;
    }
    lead(&flights, "rt1", now).postpone(Some(Duration::from_secs(300)), at(now));
    assert!(matches!(landed(&flights, "rt1", now + 299), Some(Outcome::Transient { .. })));
}

#[test]
fn cc_12_a_flight_that_is_lost_wedges_nothing() {
    let flights = flights();
    drop(lead(&flights, "rt1", 0));

    assert!(matches!(landed(&flights, "rt1", 0), Some(Outcome::Transient { .. })));
    drop(lead(&flights, "rt1", 1));
}

#[test]
fn cc_08_an_idle_process_holds_nothing_but_fingerprints() {
    let flights = flights();
    for i in 0..100 {
        let next = format!("next{i}");
        assert!(lead(&flights, &format!("rt{i}"), 0).succeed(&answer("at2", &next, 0)));
        flights.arrive(&tokens_with("at2", Some(&next)), at(1));
    }
    flights.end_login(tokens_with("at1", None).login, at(0));

    drop(lead(&flights, "last", 1000));

    let known = flights.known();
    assert_eq!((known.entries.len(), known.unseen.len(), known.ended.len()), (1, 0, 0));
    assert_eq!(known.spent.known.len(), 100);
}

#[test]
fn what_is_known_is_bounded_and_no_flight_is_lost_for_it() {
    let flights = flights();
    let first = lead(&flights, "first", 0);
    for i in 0..MOST_ENTRIES + 100 {
        let next = format!("next{i}");
        assert!(lead(&flights, &format!("rt{i}"), 0).succeed(&answer("at2", &next, 0)));
    }

    assert_eq!(flights.known().entries.len(), MOST_ENTRIES);
    assert!(first.succeed(&answer("at2", "rt2", 0)));
}

#[test]
fn a_process_full_of_flights_takes_no_more_for_the_moment() {
    let flights = flights();
    let mut under_way: Vec<Flight> = Vec::new();
    for i in 0..MOST_ENTRIES {
        under_way.push(lead(&flights, &format!("rt{i}"), 0));
    }

    assert!(matches!(landed(&flights, "one more", 0), Some(Outcome::Transient { .. })));
    assert!(under_way.pop().unwrap().succeed(&answer("at2", "rt2", 0)));
}

#[test]
fn an_answer_with_the_same_access_token_is_an_answer() {
    let flights = flights();
    assert!(lead(&flights, "rt1", 9).succeed(&answer("at1", "rt2", 9)));
    assert!(lead(&flights, "kept", 9).succeed(&answer("at1", "kept", 9)));

    for held in ["rt1", "kept"] {
        let newest = flights.newest(&tokens_with("at1", Some(held)), at(10));
        let Newest::Successor(tokens) = newest else { panic!("{held}") };
        assert_eq!((tokens.generation, tokens.received_at()), (1, at(9)));
        assert!(matches!(flights.newest(&tokens, at(10)), Newest::Same), "{held}");
        assert!(matches!(landed(&flights, held, 10), Some(Outcome::Refreshed(_))), "{held}");
    }
}
