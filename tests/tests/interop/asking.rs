//! What a login asks for, how it is asked for, and how the answer comes.

use std::time::Duration;

use http::StatusCode;
use oauth_providers::{Prompt, ResponseMode};
use serde_json::json;

use crate::agent::{Agent, query, text};
use crate::plan::{CLIENT_ID, declared, op};
use crate::world::{CALLBACK, World};

#[tokio::test]
async fn a_login_is_pushed_where_the_server_demands_it() {
    let Some(world) = World::of(op()).server(&json!({ "pushed": true })).start().await else {
        return;
    };

    is_pushed(&world).await;
}

#[tokio::test]
async fn a_login_is_pushed_where_the_application_wants_it() {
    let world = World::of(op()).build(|it| it.pushed_authorization_requests(true));
    let Some(world) = world.start().await else { return };

    is_pushed(&world).await;
}

async fn is_pushed(world: &World) {
    let mut agent = Agent::new();

    let page = world.enter(&mut agent, "/protected").await;

    assert_eq!(page["claims"]["sub"], "ada-1815");
    assert_eq!(world.server.answered("/request"), [201]);
    let asked: Vec<_> = agent.visit("/auth").query_pairs().into_owned().collect();
    let [(client, client_id), (reference, request_uri)] = &asked[..] else { panic!("{asked:?}") };
    assert_eq!((client.as_str(), client_id.as_str()), ("client_id", CLIENT_ID));
    assert_eq!(reference, "request_uri");
    assert!(request_uri.starts_with("urn:ietf:params:oauth:request_uri:"), "{request_uri}");
}

#[tokio::test]
async fn a_login_is_not_pushed_where_nobody_wants_it() {
    let Some(world) = World::of(op()).start().await else { return };
    let mut agent = Agent::new();

    world.enter(&mut agent, "/protected").await;

    assert_eq!(world.server.requests("/request"), 0);
    assert_eq!(query(agent.visit("/auth"), "request_uri"), None);
}

#[tokio::test]
async fn a_pushed_login_that_the_server_refuses_does_not_begin() {
    let world = World::of(op()).build(|it| it.client_secret("wrong"));
    let world = world.server(&json!({ "pushed": true }));
    let Some(world) = world.start().await else { return };
    let mut agent = Agent::new();

    let page = agent.follow(&world.url("/protected")).await;

    assert_eq!(page.status(), StatusCode::BAD_REQUEST);
    assert_eq!(text(&page), "pushed_request: invalid_client");
    assert_eq!(world.server.answered("/request"), [401]);
    assert_eq!(world.server.requests("/auth"), 0);
    assert!(agent.cookies.is_empty(), "{:?}", agent.cookies);
}

#[tokio::test]
async fn what_a_login_asks_for_is_pushed_with_it() {
    let world = World::of(op()).server(&json!({ "pushed": true }));
    let world = world.login("/silent", |login| login.prompt(&Prompt::None));
    let Some(world) = world.start().await else { return };
    let mut agent = Agent::new();

    let page = agent.follow(&world.url("/silent")).await;

    assert_eq!(world.refuses(&mut agent, &page).await, "provider: login_required");
}

#[tokio::test]
async fn a_silent_login_of_nobody_is_refused_by_the_server() {
    let world = World::of(op()).login("/silent", |login| login.prompt(&Prompt::None));
    let Some(world) = world.start().await else { return };
    let mut agent = Agent::new();

    let page = agent.follow(&world.url("/silent")).await;

    assert_eq!(page.status(), StatusCode::BAD_REQUEST);
    assert_eq!(world.refuses(&mut agent, &page).await, "provider: login_required");
    assert_eq!(agent.interactions(), 0);
    assert_eq!(world.server.requests("/token"), 0);
}

#[tokio::test]
async fn a_silent_login_of_somebody_shows_nothing() {
    let world = World::of(op()).login("/silent", |login| login.prompt(&Prompt::None));
    let Some(world) = world.start().await else { return };
    let mut agent = Agent::new();
    world.enter(&mut agent, "/protected").await;
    assert_eq!(agent.interactions(), 1);

    let page = world.enter(&mut agent, "/silent?return_to=/protected").await;

    assert_eq!(page["claims"]["sub"], "ada-1815");
    assert_eq!(page["claims"]["nonce"], json!(query(agent.visit("/auth"), "nonce")));
    assert_eq!(agent.interactions(), 1);
    assert_eq!(world.server.requests("/token"), 2);
}

#[tokio::test]
async fn a_user_whose_login_is_too_long_ago_is_asked_again() {
    let world = World::of(op()).login("/fresh", |login| login.max_age(HOUR));
    let Some(world) = world.start().await else { return };
    let mut agent = Agent::new();
    world.server.prove_users(7200);
    let first = world.enter(&mut agent, "/protected").await;
    assert_eq!(first["auth_time"], json!(null), "nobody asked for it");

    world.server.prove_users(0);
    let second = world.enter(&mut agent, "/fresh").await;

    assert_eq!(agent.interactions(), 2);
    let auth_time = second["auth_time"].as_u64().unwrap();
    let issued_at = second["claims"]["iat"].as_u64().unwrap();
    assert!((issued_at - 60..=issued_at).contains(&auth_time), "{auth_time} {issued_at}");
}

#[tokio::test]
async fn an_id_token_of_a_login_too_long_ago_logs_nobody_in() {
    let world = World::of(op()).login("/fresh", |login| login.max_age(HOUR));
    let Some(world) = world.start().await else { return };
    let mut agent = Agent::new();
    world.server.prove_users(7200);

    let page = agent.follow(&world.url("/fresh")).await;

    assert_eq!(world.refuses(&mut agent, &page).await, "id_token: authentication_time");
}

#[tokio::test]
async fn an_id_token_that_does_not_say_when_the_user_came_logs_nobody_in() {
    let world = World::of(op()).login("/fresh", |login| login.max_age(HOUR));
    let Some(world) = world.start().await else { return };
    let mut agent = Agent::new();
    let asked = agent.follow_until(&world.url("/fresh"), "/auth").await;
    assert!(asked.contains("&max_age=3600"), "{asked}");

    let page = agent.follow(&asked.replace("&max_age=3600", "")).await;

    assert_eq!(world.refuses(&mut agent, &page).await, "id_token: authentication_time");
}

#[tokio::test]
async fn a_user_who_proves_it_as_well_as_is_asked_for_logs_in() {
    let world = World::of(op()).server(&json!({ "acr": "urn:example:two-factors" }));
    let world = world.login("/strong", |login| {
        login.acr_values(["urn:example:smart-card", "urn:example:two-factors"])
    });
    let Some(world) = world.start().await else { return };
    let mut agent = Agent::new();

    let page = world.enter(&mut agent, "/strong").await;

    let asked = query(agent.visit("/auth"), "acr_values");
    assert_eq!(asked.as_deref(), Some("urn:example:smart-card urn:example:two-factors"));
    assert_eq!(page["acr"], "urn:example:two-factors");
}

#[tokio::test]
async fn a_user_who_proves_it_less_well_than_is_asked_for_does_not_log_in() {
    let world = World::of(op()).server(&json!({ "acr": "urn:example:password" }));
    let world = world.login("/strong", |login| login.acr_values(["urn:example:two-factors"]));
    let Some(world) = world.start().await else { return };
    let mut agent = Agent::new();

    let page = agent.follow(&world.url("/strong")).await;

    assert_eq!(world.refuses(&mut agent, &page).await, "id_token: authentication_context");
}

#[tokio::test]
async fn an_answer_that_is_posted_logs_in() {
    let posting = declared(|it| it.response_mode = ResponseMode::FormPost);
    let Some(world) = World::of(posting).start().await else { return };
    let mut agent = Agent::new();
    let form = agent.follow(&world.url("/protected?a=b")).await;
    assert_eq!(query(agent.visit("/auth"), "response_mode").as_deref(), Some("form_post"));

    let page = agent.submit(&form, None).await;

    assert_eq!(agent.visited.last().unwrap().as_str(), world.url("/protected?a=b"));
    let page = world.known(&mut agent, &page).await;
    assert_eq!(page["profile"]["name"], "Ada Lovelace");
    // Neither the code nor the state stood in a URL of the application.
    let at_the_application = |url: &&url::Url| url.as_str().starts_with(&world.app);
    for url in agent.visited.iter().filter(at_the_application) {
        assert_eq!((query(url, "code"), query(url, "state")), (None, None), "{url}");
    }
}

#[tokio::test]
async fn an_answer_that_is_posted_again_logs_nobody_in() {
    let posting = declared(|it| it.response_mode = ResponseMode::FormPost);
    let Some(world) = World::of(posting).start().await else { return };
    let mut agent = Agent::new();
    let form = agent.follow(&world.url("/protected")).await;
    let mut replaying = agent.clone();
    let page = agent.submit(&form, None).await;
    assert_eq!(page.status(), StatusCode::OK);

    let page = replaying.submit(&form, None).await;

    assert_eq!(world.refuses(&mut replaying, &page).await, "no_pending_login: ");
    assert_eq!(world.server.requests("/token"), 1);
}

#[tokio::test]
async fn an_answer_that_is_posted_to_another_browser_logs_nobody_in() {
    let posting = declared(|it| it.response_mode = ResponseMode::FormPost);
    let Some(world) = World::of(posting).start().await else { return };
    let mut attacker = Agent::new();
    let form = attacker.follow(&world.url("/protected")).await;
    let mut victim = Agent::new();
    victim.visited.push(attacker.visited.last().unwrap().clone());

    let page = victim.submit(&form, None).await;

    assert_eq!(world.refuses(&mut victim, &page).await, "no_pending_login: ");
    assert_eq!(world.server.requests("/token"), 0);
}

#[tokio::test]
async fn a_refusal_that_is_posted_is_the_servers() {
    let posting = declared(|it| it.response_mode = ResponseMode::FormPost);
    let world = World::of(posting).login("/silent", |login| login.prompt(&Prompt::None));
    let Some(world) = world.start().await else { return };
    let mut agent = Agent::new();
    let form = agent.follow(&world.url("/silent")).await;

    let page = agent.submit(&form, None).await;

    assert_eq!(world.refuses(&mut agent, &page).await, "provider: login_required");
    assert_eq!(agent.visited.iter().filter(|url| url.path() == CALLBACK).count(), 2);
}

const HOUR: Duration = Duration::from_secs(3600);
