//! `oidcc-client-test-3rd-party-init-login-test-plan`: somebody else begins the login.

use oauth_providers::ResponseMode;

use crate::conformance::{Client, Next};

#[tokio::test]
async fn oidcc_client_test_3rd_party_init_login() {
    let mut client = Client::new(ResponseMode::Query);

    let next = client.open("/initiate?iss=https%3A%2F%2Fop.example&login_hint=ada").await;

    assert_eq!(next, Next::goes_on());
    let history = client.browser.history();
    let asked = history.iter().find(|url| url.path() == "/authorize").unwrap();
    assert!(asked.query_pairs().any(|pair| pair == ("login_hint".into(), "ada".into())));
}
