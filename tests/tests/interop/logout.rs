//! Logouts that both sides hear of: the user leaves by the application's door, or by the server's.

use http::StatusCode;
use oauth_providers::store::MemoryStore;
use oauth_providers::{KeyRing, Sessions, SigningAlgorithm};
use serde_json::{Value, json};
use url::Url;

use crate::agent::{Agent, location, query, text};
use crate::plan::{AFTER_LOGOUT, CLIENT_ID, log_out, op};
use crate::world::World;

#[tokio::test]
async fn a_logout_ends_the_session_at_the_server_too() {
    let Some(world) = World::of(op()).start().await else { return };
    let mut agent = Agent::new();
    let id_token = world.enter(&mut agent, "/protected").await["id_token"].take();
    assert_eq!(agent.interactions(), 1);

    let answer = log_out(&world, &mut agent).await;
    let leaving = Url::parse(location(&answer).unwrap()).unwrap();
    let question = agent.follow(leaving.as_str()).await;
    let goodbye = agent.submit(&question, Some(("logout", "yes"))).await;

    assert_eq!(
        leaving.as_str().split('?').next(),
        Some(&*format!("{}/session/end", world.server.base))
    );
    let state = query(&leaving, "state").unwrap();
    let asked: Vec<(String, String)> = leaving.query_pairs().into_owned().collect();
    let expected = [
        ("id_token_hint", id_token.as_str().unwrap()),
        ("client_id", CLIENT_ID),
        ("post_logout_redirect_uri", &world.url(AFTER_LOGOUT)),
        ("state", &state),
    ];
    assert_eq!(asked, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    assert!(text(&question).contains("Do you want to sign-out"), "{}", text(&question));
    assert_eq!(text(&goodbye), "goodbye");
    let back = format!("{}?state={state}", world.url(AFTER_LOGOUT));
    assert_eq!(agent.visited.last().unwrap().as_str(), back);
    assert_eq!(world.server.answered("/token/revocation"), [200]);
    world.enter(&mut agent, "/protected").await;
    assert_eq!(agent.interactions(), 2);
}

#[tokio::test]
async fn a_user_who_wants_to_stay_at_the_server_is_logged_out_of_the_application() {
    let Some(world) = World::of(op()).start().await else { return };
    let mut agent = Agent::new();
    world.enter(&mut agent, "/protected").await;

    let answer = log_out(&world, &mut agent).await;
    let question = agent.follow(location(&answer).unwrap()).await;
    let goodbye = agent.submit(&question, None).await;

    assert_eq!(text(&goodbye), "goodbye");
    assert!(world.asks_to_log_in(&mut agent).await);
    world.enter(&mut agent, "/protected").await;
    assert_eq!(agent.interactions(), 1);
}

#[tokio::test]
async fn a_logout_at_the_server_is_signed_as_an_id_token_is() {
    for algorithm in [SigningAlgorithm::Es256, SigningAlgorithm::EdDsa, SigningAlgorithm::Hs256] {
        let name = algorithm.as_str();
        let world = World::of(op())
            .registered(&json!({ "id_token_signed_response_alg": name }))
            .build(move |it| {
                let sessions = Sessions::new(MemoryStore::new(), KeyRing::generate().unwrap());
                it.persistence(sessions).id_token_signed_response_alg(algorithm)
            });
        let Some(world) = world.start().await else { return };
        let mut agent = Agent::new();
        world.enter(&mut agent, "/protected").await;
        agent.rest();

        leave_the_server(&world, &mut agent).await;

        assert_eq!(world.server.posted(), one_post(), "{name}");
        assert!(world.asks_to_log_in(&mut agent).await, "{name}");
    }
}

/// An application whose sessions can be ended, with two users and a second browser of one of them.
async fn three_browsers(with_sid: bool) -> Option<(World, [Agent; 3])> {
    let world = World::of(op())
        .registered(&json!({ "backchannel_logout_session_required": with_sid }))
        .build(|it| it.persistence(Sessions::new(MemoryStore::new(), KeyRing::generate().unwrap())))
        .login("/grace", |login| login.login_hint("grace-1906"));
    let world = world.start().await?;
    let mut browsers = [Agent::new(), Agent::new(), Agent::new()];
    let [ada, ada_elsewhere, grace] = &mut browsers;
    let sid_of = |page: &Value| page["claims"]["sid"].clone();
    let first = world.enter(ada, "/protected").await;
    let second = world.enter(ada_elsewhere, "/protected").await;
    let third = world.enter(grace, "/grace").await;
    assert_eq!(third["claims"]["sub"], "grace-1906");
    assert_eq!(sid_of(&first).is_string(), with_sid);
    assert_eq!(sid_of(&first) != sid_of(&second), with_sid);
    // A session that ends moments after the login is taken for one that the browser did not keep.
    browsers.iter_mut().for_each(Agent::rest);
    Some((world, browsers))
}

/// The user logs out at the server, and not by way of the application.
async fn leave_the_server(world: &World, agent: &mut Agent) {
    let question = agent.get(&format!("{}/session/end", world.server.base)).await;
    let answer = agent.submit(&question, Some(("logout", "yes"))).await;
    assert_eq!(answer.status(), StatusCode::OK);
}

async fn is_logged_in(world: &World, agent: &mut Agent) -> bool {
    agent.get(&world.url("/userinfo")).await.status() == StatusCode::OK
}

fn one_post() -> Value {
    json!([{ "path": "/oauth/backchannel-logout", "status": 200 }])
}

#[tokio::test]
async fn a_logout_at_the_server_ends_the_one_session_that_it_names() {
    let Some((world, [mut ada, mut ada_elsewhere, mut grace])) = three_browsers(true).await else {
        return;
    };

    leave_the_server(&world, &mut ada).await;

    assert_eq!(world.server.posted(), one_post());
    assert!(world.asks_to_log_in(&mut ada).await);
    assert!(is_logged_in(&world, &mut ada_elsewhere).await);
    assert!(is_logged_in(&world, &mut grace).await);
    world.enter(&mut ada, "/protected").await;
    assert_eq!(ada.interactions(), 2);
}

#[tokio::test]
async fn a_logout_at_the_server_that_names_the_user_ends_all_their_sessions() {
    let Some((world, [mut ada, mut ada_elsewhere, mut grace])) = three_browsers(false).await else {
        return;
    };

    leave_the_server(&world, &mut ada).await;

    assert_eq!(world.server.posted(), one_post());
    assert!(world.asks_to_log_in(&mut ada).await);
    assert!(world.asks_to_log_in(&mut ada_elsewhere).await);
    assert!(is_logged_in(&world, &mut grace).await);
}

#[tokio::test]
async fn a_logout_by_either_door_is_heard_at_the_other() {
    let Some((world, [mut ada, _, mut grace])) = three_browsers(true).await else { return };

    let answer = log_out(&world, &mut grace).await;
    let question = grace.follow(location(&answer).unwrap()).await;
    let goodbye = grace.submit(&question, Some(("logout", "yes"))).await;

    // Nobody is left to be logged out when the server says it: that is a success too.
    assert_eq!(text(&goodbye), "goodbye");
    assert_eq!(world.server.posted(), one_post());
    assert!(is_logged_in(&world, &mut ada).await);
}

#[tokio::test]
async fn a_logout_at_the_server_is_heard_when_it_has_new_keys() {
    let Some((world, [mut ada, _, mut grace])) = three_browsers(true).await else { return };
    world.server.change_keys();

    leave_the_server(&world, &mut ada).await;

    assert_eq!(world.server.posted(), one_post());
    assert_eq!(world.server.requests("/jwks"), 2);
    assert!(world.asks_to_log_in(&mut ada).await);
    assert!(is_logged_in(&world, &mut grace).await);
}
