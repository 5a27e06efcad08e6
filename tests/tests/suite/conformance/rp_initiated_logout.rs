//! `oidcc-client-rp-initiated-logout-rp-basic`: the user is logged out at the provider too, and comes back.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::{Request, StatusCode};
use oauth_providers::{Emulator, ResponseMode};

use crate::conformance::{Client, Next};

/// Logs out here and there, and returns what the way back carried.
async fn log_out(client: &mut Client) -> Option<String> {
    assert_eq!(client.log_in().await, Next::goes_on());
    let id_token = newest_id_token(client);

    let leaving = client.browser.send(Request::post("/logout").body(Bytes::new()).unwrap()).await;
    let there = leaving.location().unwrap();
    assert_eq!(there.path(), "/end_session");
    let asked: BTreeMap<String, String> = there.query_pairs().into_owned().collect();
    assert_eq!(asked["state"].len(), 43);
    let state = asked["state"].as_str();
    let whole = BTreeMap::from([
        ("id_token_hint", id_token.as_str()),
        ("client_id", Emulator::CLIENT_ID),
        ("post_logout_redirect_uri", "https://app.example/goodbye"),
        ("state", state),
    ]);
    assert_eq!(
        asked.iter().map(|(name, it)| (name.as_str(), it.as_str())).collect::<BTreeMap<_, _>>(),
        whole
    );
    // The browser is logged out here before it goes there.
    assert_eq!(client.browser.jar().names(), [""; 0]);

    let back = client.browser.arrive(there).await.location().unwrap();
    let page = client.browser.arrive(&back).await;
    assert_eq!((page.status(), page.text()), (StatusCode::OK, "goodbye"));
    assert_eq!(page.set_cookies(), [""; 0]);
    assert_eq!(client.look().await.page, "has to log in");
    let came_back =
        back.query_pairs().find(|(name, _)| name == "state").map(|(_, it)| it.to_string());
    if came_back.as_deref() == Some(state) { Some("its own".to_owned()) } else { came_back }
}

fn newest_id_token(client: &Client) -> String {
    let sent = client.world.sent.exchanges();
    let answer = sent.iter().rfind(|it| it.request.uri().path() == "/token").unwrap();
    let answer = answer.response.as_ref().unwrap().body();
    let answer: serde_json::Value = serde_json::from_slice(answer).unwrap();
    answer["id_token"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn oidcc_client_test_rp_init_logout() {
    let mut client = Client::new(ResponseMode::Query);

    assert_eq!(log_out(&mut client).await.as_deref(), Some("its own"));
}

#[tokio::test]
async fn oidcc_client_test_rp_init_logout_other_state() {
    let mut client = Client::new(ResponseMode::Query);
    client.world.emulator.tamper_logout_state(Some("another-state"));

    assert_eq!(log_out(&mut client).await.as_deref(), Some("another-state"));
}

#[tokio::test]
async fn oidcc_client_test_rp_init_logout_no_state() {
    let mut client = Client::new(ResponseMode::Query);
    client.world.emulator.tamper_logout_state(None);

    assert_eq!(log_out(&mut client).await, None);
}
