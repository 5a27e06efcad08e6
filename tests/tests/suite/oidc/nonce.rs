//! The nonce binds an ID token to one login.

use std::collections::BTreeSet;

use oauth_providers::Provider as _;
use oauth_providers::{
    Declaration, Declared, Endpoint, GitHub, Google, IdTokenFault, OpenId, SystemEntropy,
};
use oauth_tests::World;
use serde_json::{Value, json};

use crate::answers;
use crate::oidc::forge::{header, rs256, token};
use crate::oidc::{ISSUER, claims, log_in, log_in_with, nonce_of, who, world, world_of};
use crate::providers::Acme;

#[tokio::test]
async fn no_01_a_nonce_is_256_random_bits_wherever_an_id_token_is_asked_for() {
    let world = world_of(|emulator| emulator, |builder| builder.entropy(SystemEntropy));
    let mut seen = BTreeSet::new();

    for _ in 0..200 {
        let authorization = world.browser().begin("/").await;
        let nonce = nonce_of(&authorization);
        assert_eq!(nonce.len(), 43);
        assert!(
            nonce.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_".contains(&it)),
            "{nonce}"
        );
        for (name, value) in authorization.query_pairs() {
            assert!(name == "nonce" || !value.contains(&nonce), "{name}");
        }
        assert!(seen.insert(nonce));
    }
    let google = World::new(Google).browser().begin("/").await;
    assert_eq!(nonce_of(&google).len(), 43);
}

#[tokio::test]
async fn no_01_without_openid_there_is_no_nonce() {
    let plain = Declaration {
        default_scopes: vec!["profile".into()].into(),
        ..OpenId::issuer(ISSUER).declaration().clone()
    };
    let github = World::new(GitHub).browser().begin("/").await;
    let without = World::new(Declared::from(plain)).browser().begin("/").await;

    for authorization in [github, without] {
        assert!(authorization.query_pairs().all(|(name, _)| name != "nonce"), "{authorization}");
    }
}

#[tokio::test]
async fn no_02_another_nonce_or_none_logs_nobody_in() {
    for fault in [IdTokenFault::WrongNonce, IdTokenFault::MissingNonce] {
        let world = world();
        world.emulator.tamper(fault);
        assert_eq!(log_in(&world).await, "id_token: nonce", "{fault:?}");
    }
    let world = world();
    for change in [
        |_: &str| json!(""),
        |nonce: &str| json!(nonce.to_lowercase()),
        |nonce: &str| json!(format!("{nonce} ")),
        |nonce: &str| json!(nonce[..42]),
        |nonce: &str| json!(format!("{nonce}A")),
    ] {
        let told = log_in_with(&world, |mut claims| {
            claims["nonce"] = change(claims["nonce"].as_str().unwrap());
            token(header(), claims, rs256(0))
        });
        assert_eq!(told.await, "id_token: nonce");
    }
    for odd in [json!(1), json!([]), json!(null), json!(true)] {
        let told = log_in_with(&world, |mut claims| {
            claims["nonce"] = match odd {
                Value::Array(_) => json!([claims["nonce"]]),
                _ => odd.clone(),
            };
            token(header(), claims, rs256(0))
        });
        assert_eq!(told.await, "id_token: claim nonce", "{odd}");
    }
}

#[tokio::test]
async fn no_03_no_id_token_no_login() {
    let world = world();
    world.emulator.tamper(IdTokenFault::MissingToken);
    assert_eq!(log_in(&world).await, "id_token: missing");

    let google = crate::oidc::world_at(Google, |emulator| emulator, |builder| builder);
    google.emulator.tamper(IdTokenFault::MissingToken);
    assert_eq!(log_in(&google).await, "id_token: missing");
}

/// Something stands there that is none.
#[tokio::test]
async fn no_03_an_id_token_that_is_no_text_is_none() {
    for (odd, told) in [
        (json!(null), "id_token: missing"),
        (json!(""), "id_token: missing"),
        (json!("x.y.z"), "id_token: malformed"),
        (json!(1), "id_token: missing"),
        (json!({}), "id_token: missing"),
        (json!(["x"]), "id_token: missing"),
    ] {
        let world = world();
        let mut browser = world.browser_with(who::<OpenId>);
        let callback = browser.begin_and_agree("/").await;
        let answer = json!({ "access_token": "a", "token_type": "Bearer", "id_token": odd });
        world.emulator.answer_next(Endpoint::Token, answers::json(&answer));

        let page = browser.arrive(callback).await;

        assert_eq!(page.text(), told, "{odd}");
        assert_eq!(browser.jar().names(), [""; 0], "{odd}");
    }
}

#[tokio::test]
async fn no_04_the_id_token_of_one_tab_is_no_good_in_another() {
    let world = world();
    let mut browser = world.browser_with(who::<OpenId>);
    let (first, second) = (browser.begin("/one").await, browser.begin("/two").await);
    let (nonces, callbacks) = (
        [nonce_of(&first), nonce_of(&second)],
        [browser.agree(first).await, browser.agree(second).await],
    );
    assert_ne!(nonces[0], nonces[1]);
    let answer_with = |nonce: &str| {
        let id_token = token(header(), claims(nonce), rs256(0));
        let answer = json!({ "access_token": "a", "token_type": "Bearer", "id_token": id_token });
        world.emulator.answer_next(Endpoint::Token, answers::json(&answer));
    };

    // The first tab's token comes in the second tab's answer.
    answer_with(&nonces[0]);
    let swapped = browser.arrive(&callbacks[1]).await;
    assert_eq!(swapped.text(), "id_token: nonce");

    // The first tab has lost nothing by it.
    answer_with(&nonces[0]);
    let own = browser.arrive(&callbacks[0]).await;
    assert_eq!(own.header("location"), "/one");
}

/// A pure OAuth provider that sends one all the same: nobody reads it.
#[tokio::test]
async fn no_05_an_id_token_that_nobody_asked_for_says_nothing() {
    for id_token in [token(header(), claims("a-nonce"), rs256(1)), "no token at all".to_owned()] {
        let mut world = World::new(Acme);
        world.emulator = world.emulator.token_member("id_token", &id_token);

        let session = world.log_in().await;

        let profile = session.profile().await.unwrap();
        assert_eq!((profile.subject(), profile.identity().issuer()), ("1815", "acme"));
    }
}

/// An issuer that was not asked for one: there are no claims, whatever the token says.
#[tokio::test]
async fn no_05_without_openid_there_are_no_claims() {
    let plain = Declaration {
        default_scopes: vec!["profile".into()].into(),
        ..OpenId::issuer(ISSUER).declaration().clone()
    };
    let mut world = World::new(Declared::from(plain));
    let mut forged = claims("a-nonce");
    forged["sub"] = json!("the-admin");
    let id_token = token(header(), forged, rs256(1));
    world.emulator = world.emulator.token_member("id_token", &id_token);

    let session = world.log_in().await;

    assert!(session.claims().is_none());
    assert!(session.id_token().is_none());
    assert_eq!(session.profile().await.unwrap().subject(), "1815");
}
