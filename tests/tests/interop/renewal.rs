//! ID tokens that come with a refresh.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::StatusCode;
use oauth_providers::Clock as _;
use oauth_tests::StoppedClock;
use serde_json::{Value, json};

use crate::agent::Agent;
use crate::id_tokens::{header, unsigned, with_another_name};
use crate::plan::op;
use crate::refresh::{LIFETIME, until};
use crate::world::World;

#[tokio::test]
async fn two_expiries_are_two_id_tokens_of_the_same_login() {
    let world =
        World::of(op()).server(&json!({ "seconds": LIFETIME })).build(|it| it.offline_access(true));
    let Some(world) = world.start().await else { return };
    let mut agent = Agent::new();
    let first = world.enter(&mut agent, "/protected").await;
    let (mut before, mut presented) = (first.clone(), world.wire.newest_refresh_token());

    for expiry in 1..=2 {
        let renewed = tokio::time::Instant::now();
        let is_over = async || renewed.elapsed() > Duration::from_secs(u64::from(LIFETIME) + 1);
        until(is_over).await;
        let page = agent.get(&world.url("/protected")).await;

        let page: Value = serde_json::from_slice(page.body()).unwrap();
        assert_eq!(world.wire.refreshes(), expiry);
        assert_eq!(world.server.answered("/token"), vec![200; expiry + 1]);
        assert_ne!(world.wire.newest_refresh_token(), presented, "they rotate");
        assert_ne!(page["id_token"], before["id_token"]);
        assert_eq!(world.verify(&page["id_token"]).await, "ada-1815");
        for claim in ["iss", "sub", "aud", "nonce"] {
            assert_eq!(page["claims"][claim], first["claims"][claim], "{claim}");
        }
        let issued_at = |page: &Value| page["claims"]["iat"].as_u64().unwrap();
        assert!(issued_at(&page) >= issued_at(&before) + u64::from(LIFETIME));
        assert_eq!(page["userinfo"], first["userinfo"]);
        (before, presented) = (page, world.wire.newest_refresh_token());
    }
    assert_eq!(agent.interactions(), 1);
    assert_eq!(world.server.requests("/jwks"), 1);
}

/// A user who is logged in, and the clock of the application.
async fn logged_in() -> Option<(World, StoppedClock, Agent)> {
    let clock = today();
    let moved = clock.clone();
    let world = World::of(op())
        .login("/grace", |login| login.login_hint("grace-1906"))
        .build(|it| it.offline_access(true).clock(moved));
    let world = world.start().await?;
    let mut agent = Agent::new();
    world.enter(&mut agent, "/protected").await;
    agent.rest();
    Some((world, clock, agent))
}

#[tokio::test]
async fn an_id_token_of_a_refresh_that_is_not_the_servers_ends_the_login() {
    for forgery in [with_another_name, unsigned] {
        let Some((world, clock, mut agent)) = logged_in().await else { return };
        world.wire.forge(forgery);

        clock.advance(HOUR);

        assert!(world.asks_to_log_in(&mut agent).await);
        assert_eq!(world.server.answered("/token"), [200, 200]);
    }
}

#[tokio::test]
async fn an_id_token_of_a_refresh_that_is_of_another_user_ends_the_login() {
    let Some((world, clock, mut agent)) = logged_in().await else { return };
    let mut grace = Agent::new();
    let of_grace = world.enter(&mut grace, "/grace").await["id_token"].take();
    assert_eq!(world.verify(&of_grace).await, "grace-1906");
    world.wire.forge(move |answer| answer["id_token"] = of_grace.clone());

    clock.advance(HOUR);

    assert!(world.asks_to_log_in(&mut agent).await);
    assert_eq!(world.server.answered("/token"), [200, 200, 200]);
}

#[tokio::test]
async fn an_id_token_of_a_refresh_by_a_new_key_is_believed() {
    let Some((world, clock, mut agent)) = logged_in().await else { return };
    world.server.change_keys();

    clock.advance(HOUR);
    let page = agent.get(&world.url("/protected")).await;

    assert_eq!(page.status(), StatusCode::OK);
    let page: Value = serde_json::from_slice(page.body()).unwrap();
    assert_eq!(header(&page["id_token"])["kid"], "rsa-2");
    assert_eq!(page["claims"]["sub"], "ada-1815");
    assert_eq!(world.server.requests("/jwks"), 2);
    assert_eq!(world.wire.refreshes(), 1);
}

/// A clock that stands still at this moment.
pub(crate) fn today() -> StoppedClock {
    let clock = StoppedClock::new();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    clock.advance(now - Duration::from_secs(clock.now().as_unix_seconds()));
    clock
}

/// How long an access token of the server lives, and an ID token, unless it is told otherwise.
pub(crate) const HOUR: Duration = Duration::from_secs(3600);
