//! A client's values from the environment: every variable that is missing or wrong is named, and no value of one.

use std::collections::BTreeMap;
use std::fs;

use http::StatusCode;
use oauth_providers::{
    Apple, Emulator, EncryptedCookies, EnvFault, GitHub, HasDeclaration as _, KeyRing, OAuth,
    OAuthBuilder, Provider,
};
use oauth_tests::{StoppedClock, World, key_ring};
use serde_json::Value;

use crate::providers::{Acme, Public};

fn read<P: Provider>(
    provider: P,
    variables: &[(&str, &str)],
) -> Result<OAuthBuilder<P>, oauth_providers::EnvError> {
    let variables: BTreeMap<String, String> =
        variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    OAuth::from_variables(provider, move |name| variables.get(name).cloned())
}

fn built<P: Provider>(builder: OAuthBuilder<P>) -> OAuth<P> {
    let keys = KeyRing::generate().unwrap();
    builder.persistence(EncryptedCookies::new(keys).single_process()).build().unwrap()
}

#[test]
fn what_is_missing_is_named_all_at_once() {
    let refused = read(GitHub, &[("GITHUB_CLIENT_ID", "")]).unwrap_err();

    assert_eq!(
        refused.to_string(),
        format!(
            "the environment does not say enough of GitHub\n  \
             - `GITHUB_CLIENT_ID` is not set: the identifier that the provider gave the application\n  \
             - `GITHUB_CLIENT_SECRET` is not set: the secret that the provider gave the application\n  \
             - `APP_URL` or `GITHUB_REDIRECT_URI` is not set: where browsers find the application, or where they come back to\n\
             An application is registered at {}",
            GitHub::DECLARATION.console.as_deref().unwrap()
        )
    );
    assert_eq!(refused.faults().len(), 3);
}

#[test]
fn a_public_client_needs_no_secret() {
    let builder =
        read(Public, &[("PUBLIC_CLIENT_ID", "app"), ("APP_URL", "https://app.example")]).unwrap();

    assert_eq!(built(builder).redirect_uri(), "https://app.example/auth/public/callback");
}

#[test]
fn a_redirect_uri_counts_more_than_an_address() {
    let variables = [
        ("ACME_CLIENT_ID", "app"),
        ("ACME_CLIENT_SECRET", "secret"),
        ("ACME_REDIRECT_URI", "https://app.example/back"),
        ("APP_URL", "https://other.example"),
    ];

    assert_eq!(built(read(Acme, &variables).unwrap()).redirect_uri(), "https://app.example/back");
}

#[tokio::test]
async fn a_login_works_with_a_secret_from_a_file_that_changes() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("secret");
    fs::write(&file, "emulator-secret\n").unwrap();
    let variables = [
        ("ACME_CLIENT_ID", "emulator-client"),
        ("ACME_CLIENT_SECRET_FILE", file.to_str().unwrap()),
        ("APP_URL", World::<Acme>::ORIGIN),
    ];
    let clock = StoppedClock::new();
    let emulator = Emulator::of(Acme).clock(clock.clone());
    let world = World::around(Acme, emulator.clone(), clock.clone(), |_| {
        read(Acme, &variables)
            .unwrap()
            .persistence(EncryptedCookies::new(key_ring()).single_process())
            .clock(clock.clone())
            .http_client(emulator.clone())
    });

    assert_eq!(world.browser().open("/").await.status(), StatusCode::OK);
    fs::write(&file, "another").unwrap();
    assert_eq!(world.browser().open("/").await.status(), StatusCode::BAD_REQUEST);
    fs::write(&file, "emulator-secret").unwrap();
    assert_eq!(world.browser().open("/").await.status(), StatusCode::OK);
}

#[test]
fn a_file_that_is_not_there_is_named_and_what_it_holds_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("key.pem");
    fs::write(&file, "canary-not-a-key").unwrap();
    let of = |path: &str| {
        let refused = read(
            Apple,
            &[
                ("APPLE_CLIENT_ID", "app"),
                ("APPLE_CLIENT_KEY_FILE", path),
                ("APP_URL", "https://app.example"),
            ],
        );
        refused.unwrap_err()
    };

    let missing = of("/nowhere/key.pem");
    assert!(
        matches!(&missing.faults()[0], EnvFault::File { variable, .. } if variable == "APPLE_CLIENT_KEY_FILE")
    );
    let wrong = of(file.to_str().unwrap());
    assert!(
        matches!(&wrong.faults()[0], EnvFault::Key { variable, .. } if variable == "APPLE_CLIENT_KEY_FILE")
    );
    assert!(!format!("{wrong} {wrong:?}").contains("canary"));
}

#[test]
fn a_key_comes_with_its_name_and_who_signs() {
    let keys: Value = serde_json::from_str(include_str!("../data/client_keys.json")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("pem", keys["ES256"]["pem"].as_str().unwrap().to_owned()),
        ("jwk", keys["ES256"]["jwk"].to_string()),
    ] {
        let file = folder.path().join(name);
        fs::write(&file, text).unwrap();

        let builder = read(
            Apple,
            &[
                ("APPLE_CLIENT_ID", "app"),
                ("APPLE_CLIENT_KEY_FILE", file.to_str().unwrap()),
                ("APPLE_CLIENT_KEY_ID", "ABC123DEFG"),
                ("APPLE_CLIENT_KEY_ISSUER", "TEAM456HIJ"),
                ("APP_URL", "https://app.example"),
            ],
        );

        built(builder.unwrap());
    }
}

#[tokio::test]
async fn an_emulator_may_stand_in_for_the_provider() {
    let variables = [
        ("ACME_CLIENT_ID", "app"),
        ("ACME_CLIENT_SECRET", "secret"),
        ("ACME_ENVIRONMENT", "http://127.0.0.1:4000"),
        ("APP_URL", "http://localhost:3000"),
    ];
    let world = World::with(Acme, |_| {
        read(Acme, &variables)
            .unwrap()
            .persistence(EncryptedCookies::new(key_ring()).single_process())
    });

    let asked = world.browser().look_at(world.oauth.login_path()).await.location().unwrap();

    assert!(
        asked.as_str().starts_with("http://127.0.0.1:4000/acme.example/oauth/authorize?"),
        "{asked}"
    );
}
