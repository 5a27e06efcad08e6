//! Scopes: what was asked for and what was granted, there and back.

use http::StatusCode;
use oauth_providers::{Endpoint, Scope, Session};
use oauth_tests::World;
use oauth_tests::strings::scope_token;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::answers;
use crate::properties::{done, one_case_of};
use crate::providers::{Acme, AcmeScope};

/// Each once, in the order in which they were first named.
fn set<'a>(tokens: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut set: Vec<String> = Vec::new();
    for token in tokens {
        if !set.iter().any(|known| known == token) {
            set.push(token.to_owned());
        }
    }
    set
}

/// The scopes of a session in a browser, whose login was answered like this.
async fn granted(world: &World<Acme>, scope: Option<Value>) -> Vec<String> {
    let mut answer = json!({ "access_token": "a", "token_type": "Bearer" });
    if let Some(scope) = scope {
        answer["scope"] = scope;
    }
    world.emulator.answer_next(Endpoint::Token, answers::json(&answer));
    let names = async |session: Session<Acme>| {
        session.scopes().iter().map(Scope::as_str).collect::<Vec<&str>>().join("\n")
    };
    let page = world.browser_with(names).open("/").await;
    assert_eq!(page.status(), StatusCode::OK, "{page:?}");
    page.text().lines().map(str::to_owned).collect()
}

proptest! {
    #![proptest_config(one_case_of(2))]

    #[test]
    fn scopes_are_asked_for_in_their_order_and_each_once(tokens in vec(scope_token(), 0..8)) {
        let scopes: Vec<AcmeScope> = tokens.iter().cloned().map(AcmeScope::custom).collect();
        let world = World::with(Acme, |builder| builder.scopes(scopes));

        let url = done(world.browser().begin("/"));
        let kept = done(granted(&world, None));

        let (_, asked) = url.query_pairs().find(|(name, _)| name == "scope").unwrap();
        let expected = set(["read:profile"].into_iter().chain(tokens.iter().map(String::as_str)));
        prop_assert_eq!(asked.split(' ').collect::<Vec<&str>>(), expected.clone());
        // An answer without a scope grants what was asked for.
        prop_assert_eq!(kept, expected);
    }

    #[test]
    fn te_09_scopes_are_granted_in_a_string_a_comma_list_or_an_array(
        tokens in vec(scope_token().prop_map(|token| token.replace(',', ".")), 0..8),
    ) {
        let world = World::new(Acme);
        let expected = set(tokens.iter().map(String::as_str));

        for scope in [
            json!(tokens.join(" ")),
            json!(tokens.join(",")),
            json!(tokens.join(", ")),
            json!(tokens),
        ] {
            let granted = done(granted(&world, Some(scope.clone())));

            prop_assert_eq!(granted, expected.clone(), "{}", scope);
        }
    }

    #[test]
    fn te_09_an_array_grants_every_scope_that_there_can_be(tokens in vec(scope_token(), 0..8)) {
        let world = World::new(Acme);

        let kept = done(granted(&world, Some(json!(tokens))));

        prop_assert_eq!(kept, set(tokens.iter().map(String::as_str)));
    }
}
