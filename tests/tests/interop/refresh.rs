//! Tokens that live for five seconds, and refresh tokens that are good once.

use std::time::Duration;

use http::header::CONTENT_TYPE;
use http::{Request, StatusCode};
use oauth_providers::{HttpClient as _, Reqwest};
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::agent::Agent;
use crate::world::{BASIC, Op, World};

pub(crate) const LIFETIME: u32 = 5;

/// Looks again and again until something holds.
pub(crate) async fn until(condition: impl AsyncFn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(30);
    while !condition().await {
        assert!(Instant::now() < deadline, "it never held");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// A browser that is logged in, with an access token that the server takes no more.
async fn expired(world: &World) -> Agent {
    let mut agent = Agent::new();
    let page = agent.follow(&world.url("/protected")).await;
    assert_eq!(page.status(), StatusCode::OK);
    let logged_in = Instant::now();
    until(async || logged_in.elapsed() > Duration::from_secs(u64::from(LIFETIME) + 1)).await;
    agent
}

#[tokio::test]
async fn three_expiries_in_a_row_are_three_refreshes_and_no_login() {
    let Some(world) = World::refreshing(Op, BASIC, LIFETIME).await else { return };
    let mut agent = expired(&world).await;

    for expiry in 1..=3 {
        let answer = agent.get(&world.url("/userinfo")).await;
        assert_eq!(answer.status(), StatusCode::OK, "{expiry}");
        assert_eq!(world.wire.refreshes(), expiry);
        let renewed = Instant::now();
        until(async || renewed.elapsed() > Duration::from_secs(u64::from(LIFETIME) + 1)).await;
    }
}

#[tokio::test]
async fn fifty_requests_with_an_expired_token_are_one_refresh() {
    let Some(world) = World::refreshing(Op, BASIC, LIFETIME).await else { return };
    let before = expired(&world).await;

    let mut burst = JoinSet::new();
    for _ in 0..50 {
        let (mut tab, url) = (before.clone(), world.url("/userinfo"));
        burst.spawn(async move { (tab.get(&url).await.status(), tab) });
    }
    let answers = burst.join_all().await;

    assert!(answers.iter().all(|(status, _)| *status == StatusCode::OK), "{}", answers.len());
    assert_eq!(world.wire.refreshes(), 1);
    let (_, mut after) = answers.into_iter().next_back().unwrap();
    assert_eq!(after.get(&world.url("/userinfo")).await.status(), StatusCode::OK);
    assert_eq!(before.clone().get(&world.url("/userinfo")).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_browser_that_hangs_up_during_a_refresh_loses_nothing() {
    let Some(world) = World::refreshing(Op, BASIC, LIFETIME).await else { return };
    let mut agent = expired(&world).await;
    world.wire.keep_back(true);
    let (mut impatient, url) = (agent.clone(), world.url("/userinfo"));
    let request = tokio::spawn(async move { impatient.get(&url).await });
    until(async || world.wire.refreshes() == 1).await;

    request.abort();
    assert!(request.await.unwrap_err().is_cancelled());
    world.wire.keep_back(false);

    assert_eq!(agent.get(&world.url("/userinfo")).await.status(), StatusCode::OK);
    assert_eq!(world.wire.refreshes(), 1);
}

#[tokio::test]
async fn a_refresh_token_that_the_server_has_revoked_leads_to_a_new_login() {
    let Some(world) = World::refreshing(Op, BASIC, LIFETIME).await else { return };
    let mut agent = expired(&world).await;
    agent.cookies.retain(|cookie| !cookie.name().ends_with(".arrived"));

    let form = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("token", &world.wire.newest_refresh_token())
        .finish();
    let revocation = Request::post(format!("{}/token/revocation", world.server.base))
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("authorization", BASIC.authorization())
        .body(form.into())
        .unwrap();
    let revoked = Reqwest::new().unwrap().call(revocation).await.unwrap();

    assert_eq!(revoked.status(), StatusCode::OK);
    assert!(world.asks_to_log_in(&mut agent).await);
    let page = agent.follow(&world.url("/protected")).await;
    assert_eq!(page.status(), StatusCode::OK);
}
