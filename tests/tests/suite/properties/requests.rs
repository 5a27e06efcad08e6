//! Token requests: what was put in comes out at the server.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use http::Request;
use http::header::AUTHORIZATION;
use oauth_providers::{InsecureCookies, Provider};
use oauth_tests::World;
use oauth_tests::strings::hostile;
use proptest::prelude::*;
use url::form_urlencoded;

use crate::properties::{done, one_case_of};
use crate::providers::{Acme, Public};
use crate::record::forge;
use crate::state::with_parameter;
use crate::token_endpoint::form;

fn some_text() -> impl Strategy<Value = String> {
    hostile().prop_filter("none", |text| !text.is_empty())
}

/// The token request of a login with this code and this verifier.
fn exchanged<P: Provider>(
    provider: P,
    (id, secret): (&str, &str),
    code: &str,
    verifier: &str,
) -> Request<Bytes> {
    let world = World::with(provider, |builder| {
        builder.client_id(id).client_secret(secret).persistence(InsecureCookies::new())
    });
    done(async {
        let mut browser = world.browser();
        let url = browser.begin("/").await;
        forge(&mut browser, |record| record.code_verifier = Some(verifier.to_owned()));
        let mut callback = url::Url::parse(world.oauth.redirect_uri()).unwrap();
        let (_, state) = url.query_pairs().find(|(name, _)| name == "state").unwrap();
        callback.query_pairs_mut().append_pair("state", &state);
        browser.arrive(with_parameter(&callback, "code", Some(code))).await;
    });
    let mut sent = world.sent.exchanges();
    assert!(!sent.is_empty());
    sent.swap_remove(0).request
}

proptest! {
    #![proptest_config(one_case_of(2))]

    #[test]
    fn te_02_any_identifier_and_secret_arrive_as_they_are(
        (id, secret) in (some_text(), some_text()),
        (code, verifier) in (some_text(), some_text()),
    ) {
        let request = exchanged(Acme, (&id, &secret), &code, &verifier);

        let header = request.headers()[AUTHORIZATION].to_str().unwrap();
        let pair = BASE64_STANDARD.decode(header.strip_prefix("Basic ").unwrap()).unwrap();
        let pair = String::from_utf8(pair).unwrap();
        let (user, password) = pair.split_once(':').unwrap();
        let decoded = |text: &str| -> Vec<(String, String)> {
            form_urlencoded::parse(format!("v={text}").as_bytes()).into_owned().collect()
        };
        prop_assert_eq!(decoded(user), [("v".to_owned(), id)]);
        prop_assert_eq!(decoded(password), [("v".to_owned(), secret)]);
        prop_assert!(pair.is_ascii());
    }

    #[test]
    fn te_10_any_code_and_verifier_arrive_as_they_are(
        (id, code, verifier) in (some_text(), some_text(), some_text()),
    ) {
        let request = exchanged(Public, (&id, "unused"), &code, &verifier);

        let pairs = form(request.body());
        let pairs: Vec<(&str, &str)> =
            pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        prop_assert_eq!(
            pairs,
            [
                ("grant_type", "authorization_code"),
                ("code", &code),
                ("redirect_uri", "https://app.example/oauth/public/callback"),
                ("code_verifier", &verifier),
                ("client_id", &id),
            ]
        );
    }
}
