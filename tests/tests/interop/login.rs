//! Whole logins.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::agent::{Agent, query, text};
use crate::world::{BASIC, CALLBACK, Client, Op, OpPost, POST, World};

#[tokio::test]
async fn a_client_that_proves_itself_in_a_header_logs_in() {
    let Some(world) = World::new(Op, BASIC).await else { return };

    logs_in(&world).await;
}

#[tokio::test]
async fn a_client_that_proves_itself_in_the_form_logs_in() {
    let Some(world) = World::new(OpPost, POST).await else { return };

    logs_in(&world).await;
}

/// The whole way, from the page that was asked for to the server and back.
async fn logs_in(world: &World) {
    let mut agent = Agent::new();

    let page = agent.follow(&world.url("/protected")).await;

    assert_eq!(page.status(), StatusCode::OK);
    assert_eq!(agent.visited.last().unwrap().as_str(), world.url("/protected"));
    let mut page: Value = serde_json::from_slice(page.body()).unwrap();
    let id_token = page["id_token"].take();
    let scopes = page["scopes"].take();
    assert_eq!(
        page,
        json!({
            "subject": "ada-1815",
            "name": "Ada Lovelace",
            "verified_email": "ada@users.example",
            "picture": "https://op.example/ada.png",
            "expires": true,
            "id_token": null,
            "scopes": null,
        })
    );
    // `phone` was asked for, and the server does not know it.
    let mut scopes: Vec<&str> = scopes.as_str().unwrap().split(' ').collect();
    scopes.sort_unstable();
    assert_eq!(scopes, ["email", "openid", "profile"]);
    // The ID token that is kept is the answer to the nonce that went out.
    let asked = agent.visited.iter().find(|url| url.path() == "/auth").unwrap();
    let parts: Vec<&str> = id_token.as_str().unwrap().split('.').collect();
    assert_eq!(parts.len(), 3);
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(parts[1]).unwrap()).unwrap();
    assert_eq!(claims["nonce"], json!(query(asked, "nonce").unwrap()));
    assert_eq!(claims["iss"], "https://op.example");
    assert_eq!(claims["sub"], "ada-1815");
    // RFC 9207: the server named itself in the callback.
    let callback = agent.visited.iter().find(|url| url.path() == CALLBACK).unwrap();
    assert_eq!(query(callback, "iss").as_deref(), Some("https://op.example"));

    let answer = agent.follow(&world.url("/userinfo")).await;

    assert_eq!(answer.status(), StatusCode::OK);
    let claims: Value = serde_json::from_slice(answer.body()).unwrap();
    assert_eq!(claims["sub"], "ada-1815");
}

#[tokio::test]
async fn a_wrong_secret_in_a_header_logs_nobody_in() {
    let Some(world) = World::new(Op, Client { secret: "wrong", ..BASIC }).await else { return };

    logs_nobody_in(&world).await;
}

#[tokio::test]
async fn a_wrong_secret_in_the_form_logs_nobody_in() {
    let Some(world) = World::new(OpPost, Client { secret: "wrong", ..POST }).await else { return };

    logs_nobody_in(&world).await;
}

/// The server takes the user and refuses the client: the library says so itself.
async fn logs_nobody_in(world: &World) {
    let mut agent = Agent::new();

    let page = agent.follow(&world.url("/protected")).await;

    assert_eq!(page.status(), StatusCode::BAD_REQUEST);
    assert!(text(&page).contains("The login did not succeed"), "{}", text(&page));
    assert_eq!(agent.visited.last().unwrap().path(), CALLBACK);
    assert!(world.asks_to_log_in(&mut agent).await);
}

#[tokio::test]
async fn a_callback_that_comes_again_logs_nobody_in() {
    let Some(world) = World::new(Op, BASIC).await else { return };
    let mut agent = Agent::new();
    let callback = agent.follow_until(&world.url("/protected"), CALLBACK).await;
    let mut replaying = agent.clone();
    let first = agent.get(&callback).await;
    assert_eq!(first.status(), StatusCode::SEE_OTHER);

    let second = replaying.get(&callback).await;

    assert_eq!(second.status(), StatusCode::BAD_REQUEST);
    assert!(text(&second).contains("This login is over"), "{}", text(&second));
    assert!(world.asks_to_log_in(&mut replaying).await);
    // The first login is as good as it was.
    assert_eq!(agent.get(&world.url("/userinfo")).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_code_that_another_process_sends_again_is_refused_by_the_server() {
    let Some(world) = World::new(Op, BASIC).await else { return };
    // It has the keys of the first process, and does not know which states have come back there.
    let twin = world.twin(Op, BASIC).await;
    let mut agent = Agent::new();
    let callback = agent.follow_until(&world.url("/protected"), CALLBACK).await;
    let mut replaying = agent.clone();
    let first = agent.get(&callback).await;
    assert_eq!(first.status(), StatusCode::SEE_OTHER);

    let second = replaying.get(&callback.replace(&world.app, &twin)).await;

    assert_eq!(second.status(), StatusCode::BAD_REQUEST);
    assert!(text(&second).contains("The login did not succeed"), "{}", text(&second));
    assert!(world.asks_to_log_in(&mut replaying).await);
    // RFC 6749 s4.1.2: the server has revoked what the first use of the code got.
    assert_eq!(agent.get(&world.url("/userinfo")).await.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_logout_gives_the_token_back() {
    let Some(world) = World::new(Op, BASIC).await else { return };
    let mut agent = Agent::new();
    agent.follow(&world.url("/protected")).await;
    let mut copy = agent.clone();
    assert_eq!(copy.get(&world.url("/userinfo")).await.status(), StatusCode::OK);

    let goodbye = agent.send(Method::POST, &world.url("/logout")).await;

    assert_eq!(goodbye.status(), StatusCode::SEE_OTHER);
    assert!(world.asks_to_log_in(&mut agent).await);
    // A copy of the cookie opens nothing in this process; in another its token is worth nothing any more.
    copy.cookies.retain(|cookie| !cookie.name().ends_with(".arrived"));
    assert!(world.asks_to_log_in(&mut copy.clone()).await);
    let twin = world.twin(Op, BASIC).await;
    let answer = copy.get(&format!("{twin}/userinfo")).await;
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    assert!(text(&answer).contains("invalid_token"), "{}", text(&answer));
}
