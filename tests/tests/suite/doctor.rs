//! What keeps a login from working is said before anybody tries one.

use http::{Response, StatusCode};
use oauth_providers::{
    Diagnosis, Endpoint, GitHub, HasDeclaration as _, OAuthBuilder, OpenId, Provider, Subject,
    Verdict,
};
use oauth_tests::World;

use crate::oidc::{ISSUER, world_at};
use crate::providers::{Acme, Public};

/// What was found of one thing.
fn of(diagnosis: &Diagnosis, subject: Subject) -> Vec<(Verdict, &str)> {
    let findings = diagnosis.findings().iter().filter(|finding| finding.subject == subject);
    findings.map(|finding| (finding.verdict, &*finding.words)).collect()
}

async fn examined<P: Provider>(
    provider: P,
    configure: impl FnOnce(OAuthBuilder<P>) -> OAuthBuilder<P>,
) -> Diagnosis {
    World::with(provider, configure).oauth.doctor().await
}

#[tokio::test]
async fn what_is_to_be_registered_is_shown_whole() {
    let world = World::new(GitHub);
    let mut answer = Response::new(bytes::Bytes::new());
    answer.headers_mut().insert("date", "Thu, 01 Jan 2026 00:00:00 GMT".parse().unwrap());
    world.emulator.answer_next(Endpoint::Token, answer);

    let diagnosis = world.oauth.doctor().await;

    let declaration = GitHub::DECLARATION;
    let steps: String = declaration
        .setup
        .iter()
        .enumerate()
        .map(|(i, step)| format!("                 {}. {step}\n", i + 1))
        .collect();
    assert_eq!(
        diagnosis.to_string(),
        format!(
            "GitHub (`github`)\n  register at    {}\n{steps}  \
             redirect URI   https://app.example/oauth/github/callback\n  \
             scopes         read:user user:email\n  \
             described at   {}\n  \
             ok    client secret: it looks like one, and travels as `client_secret_post`\n  \
             ok    cookies: `__Host-oauth-github` is sent over https alone, and to this host alone\n  \
             ok    provider: `https://github.com/login/oauth/access_token` answers\n  \
             ok    clock: it is as late here as at the provider\n",
            declaration.console.as_deref().unwrap(),
            declaration.service_documentation.as_deref().unwrap(),
        )
    );
    assert!(diagnosis.is_well());
}

#[tokio::test]
async fn a_secret_that_was_copied_wrong_is_seen_and_not_shown() {
    for (secret, words) in [
        ("\"canary-0123456789\"", "it stands in quotes; copy it from the console again"),
        ("canary", "it is very short; copy it from the console again"),
        ("emulator-client", "it is the client identifier; copy it from the console again"),
    ] {
        let diagnosis = examined(Acme, |builder| builder.client_secret(secret)).await;

        assert_eq!(of(&diagnosis, Subject::ClientSecret), [(Verdict::Wrong, words)]);
        assert!(!diagnosis.is_well());
        assert!(!format!("{diagnosis} {diagnosis:?}").contains("canary"));
    }
}

#[tokio::test]
async fn an_identifier_that_was_copied_wrong_is_seen() {
    let diagnosis = examined(Acme, |builder| builder.client_id("$ACME_CLIENT_ID")).await;

    let words = "it is a place to be filled in; copy it from the console again";
    assert_eq!(of(&diagnosis, Subject::ClientId), [(Verdict::Wrong, words)]);
}

#[tokio::test]
async fn a_secret_that_cannot_be_read_is_said() {
    let diagnosis = examined(Acme, |builder| {
        builder.client_secret_from(|| Err::<oauth_providers::ClientSecret, _>("no such file"))
    })
    .await;

    let words = "it cannot be read: no such file";
    assert_eq!(of(&diagnosis, Subject::ClientSecret), [(Verdict::Wrong, words)]);
}

#[tokio::test]
async fn a_public_client_has_none() {
    let diagnosis = examined(Public, |builder| builder).await;

    let words = "none is needed: the client proves itself by PKCE";
    assert_eq!(of(&diagnosis, Subject::ClientSecret), [(Verdict::Good, words)]);
}

#[tokio::test]
async fn cookies_without_tls_are_for_this_machine() {
    let diagnosis =
        examined(Acme, |builder| builder.redirect_uri("http://localhost:3000/callback")).await;

    let found = of(&diagnosis, Subject::Cookies);
    assert_eq!(found[0].0, Verdict::Note);
    assert!(found[0].1.contains("`oauth-acme` is not `Secure`"), "{found:?}");
    assert!(found[0].1.contains("open the application as `localhost`"), "{found:?}");
    assert!(diagnosis.is_well());
}

#[tokio::test]
async fn a_provider_that_does_not_answer_is_wrong() {
    let world = World::new(Acme);
    world.emulator.lose_next_request(Endpoint::Token);

    let diagnosis = world.oauth.doctor().await;

    let found = of(&diagnosis, Subject::Server);
    assert_eq!(found[0].0, Verdict::Wrong);
    assert!(
        found[0].1.starts_with("`https://acme.example/oauth/token` cannot be reached: "),
        "{found:?}"
    );
    assert_eq!(of(&diagnosis, Subject::Clock), []);
}

#[tokio::test]
async fn metadata_that_cannot_be_had_are_wrong() {
    let world = world_at(OpenId::issuer(ISSUER), |it| it, |builder| builder);
    let found = world.oauth.doctor().await;
    let words = format!("`{ISSUER}` says where its endpoints are");
    assert_eq!(of(&found, Subject::Server)[0], (Verdict::Good, &*words));

    let world = world_at(OpenId::issuer(ISSUER), |it| it, |builder| builder);
    world.emulator.fail_next(Endpoint::Metadata, StatusCode::INTERNAL_SERVER_ERROR);
    let diagnosis = world.oauth.doctor().await;

    let found = of(&diagnosis, Subject::Server);
    assert_eq!(found[0].0, Verdict::Wrong);
    assert!(found[0].1.starts_with("its metadata cannot be had: "), "{found:?}");
}

#[tokio::test]
async fn a_clock_that_is_wrong_is_said() {
    let world = World::new(Acme);
    let mut answer = Response::new(bytes::Bytes::new());
    answer.headers_mut().insert("date", "Thu, 01 Jan 2026 01:00:00 GMT".parse().unwrap());
    world.emulator.answer_next(Endpoint::Token, answer);

    let diagnosis = world.oauth.doctor().await;

    let found = of(&diagnosis, Subject::Clock);
    assert_eq!(found[0].0, Verdict::Wrong);
    assert!(
        found[0].1.starts_with("this machine is 3600 seconds behind the provider"),
        "{found:?}"
    );
}

#[tokio::test]
async fn nothing_that_is_asked_carries_anything() {
    let world = World::new(Acme);

    world.oauth.doctor().await;

    let sent = world.sent.exchanges();
    assert_eq!(sent.len(), 1);
    let request = &sent[0].request;
    assert_eq!(
        format!("{} {}", request.method(), request.uri()),
        "GET https://acme.example/oauth/token"
    );
    assert!(request.body().is_empty() && request.headers().get("authorization").is_none());
}
