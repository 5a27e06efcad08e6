//! What an ID token must be, and must say, to be believed.

use std::collections::HashMap;
use std::time::Duration;

use oauth_providers::{
    Emulator, IdTokenFault, Identity, OAuthBuilder, OpenId, SigningAlgorithm, User,
};
use oauth_tests::World;
use ring::digest::{self, Algorithm, SHA256, SHA384, SHA512, digest};
use ring::signature::{
    ECDSA_P384_SHA384_FIXED_SIGNING, RSA_PKCS1_SHA384, RSA_PKCS1_SHA512, RSA_PSS_SHA256,
};
use serde_json::{Value, json};

use crate::oidc::forge::{self, base64url, header, header_with, rs256, rsa_by, token, with};
use crate::oidc::{
    ADA, ISSUER, NOW, claims, judged, log_in, log_in_by, log_in_with, publish, world, world_of,
};

/// What becomes of a login whose ID token says this.
async fn with_claim(world: &World<OpenId>, name: &str, value: &Value) -> String {
    world.emulator.id_token_claim(name, value);
    log_in(world).await
}

/// What becomes of a login whose ID token does not say this.
async fn without_claim(world: &World<OpenId>, name: &str) -> String {
    world.emulator.omit_id_token_claim(name);
    log_in(world).await
}

#[tokio::test]
async fn id_01_the_issuer_is_the_one_that_was_asked_letter_for_letter() {
    let world = world();
    for other in [
        "https://another.example",
        "http://op.example",
        "https://op.example/",
        "https://OP.example",
        "HTTPS://op.example",
        "https://op.example:443",
        "https://\u{43e}p.example",
        "https://op.example@evil.example",
        "https://user@op.example",
        "https://op.example.evil.example",
        " https://op.example",
        "op.example",
    ] {
        assert_eq!(with_claim(&world, "iss", &json!(other)).await, "id_token: issuer", "{other}");
    }
    for no_text in [json!([ISSUER]), json!(null), json!(1), json!({ "iss": ISSUER }), json!("")] {
        let told = with_claim(&world, "iss", &no_text).await;
        assert_eq!(told, "id_token: claim iss", "{no_text}");
    }
    assert_eq!(without_claim(&world, "iss").await, "id_token: claim iss");
    assert_eq!(with_claim(&world, "iss", &json!(ISSUER)).await, ADA);
}

#[tokio::test]
async fn id_02_the_audience_is_this_client() {
    let (world, me) = (world(), Emulator::CLIENT_ID);
    for good in [json!(me), json!([me])] {
        assert_eq!(with_claim(&world, "aud", &good).await, ADA, "{good}");
    }
    for other in [json!("other"), json!(["other"]), json!([]), json!(""), json!("EMULATOR-CLIENT")]
    {
        assert_eq!(with_claim(&world, "aud", &other).await, "id_token: audience", "{other}");
    }
    for odd in [json!(123), json!([null]), json!({ me: 1 }), json!([me, 1]), json!(null)] {
        assert_eq!(with_claim(&world, "aud", &odd).await, "id_token: claim aud", "{odd}");
    }
    assert_eq!(without_claim(&world, "aud").await, "id_token: audience");
}

#[tokio::test]
async fn id_03_a_further_audience_makes_it_nobodys_unless_it_is_trusted() {
    let me = Emulator::CLIENT_ID;
    let told = async |audience: &str, party: Option<&str>, trusted: Option<&str>| {
        let world = world_of(
            |emulator| emulator,
            |builder| trusted.into_iter().fold(builder, OAuthBuilder::trusted_audience),
        );
        world.emulator.id_token_claim("aud", [me, audience]);
        if let Some(party) = party {
            world.emulator.id_token_claim("azp", party);
        }
        log_in(&world).await
    };

    assert_eq!(told("evil", None, None).await, "id_token: audience");
    assert_eq!(told("evil", Some("evil"), None).await, "id_token: audience");
    assert_eq!(told("evil", Some(me), None).await, "id_token: audience");
    assert_eq!(told("api", Some(me), Some("api")).await, ADA);
    assert_eq!(told("evil", Some(me), Some("api")).await, "id_token: audience");
    assert_eq!(told("api", None, Some("api")).await, "id_token: authorized_party");
    assert_eq!(told("api", Some("api"), Some("api")).await, "id_token: authorized_party");
}

#[tokio::test]
async fn id_03_a_trusted_audience_alone_is_not_this_client() {
    let world = world_of(|emulator| emulator, |builder| builder.trusted_audience("api"));

    assert_eq!(with_claim(&world, "aud", &json!("api")).await, "id_token: audience");
    assert_eq!(with_claim(&world, "aud", &json!(["api"])).await, "id_token: audience");
}

#[tokio::test]
async fn id_04_an_authorized_party_is_this_client_also_with_one_audience() {
    let (world, me) = (world(), Emulator::CLIENT_ID);
    for other in ["evil", "", "EMULATOR-CLIENT"] {
        let told = with_claim(&world, "azp", &json!(other)).await;
        assert_eq!(told, "id_token: authorized_party", "{other}");
    }
    for odd in [json!(1), json!([me]), json!(null)] {
        assert_eq!(with_claim(&world, "azp", &odd).await, "id_token: claim azp", "{odd}");
    }
    assert_eq!(with_claim(&world, "azp", &json!(me)).await, ADA);
}

#[tokio::test]
async fn id_05_one_other_bit_anywhere_in_a_token_and_nobody_is_logged_in() {
    let world = world();
    let good = token(header(), claims("a-nonce"), rs256(0));
    assert_eq!(judged(&world, &good).await, "taken");
    let parts: Vec<Vec<u8>> = good
        .split('.')
        .map(|part| base64::Engine::decode(&base64::prelude::BASE64_URL_SAFE_NO_PAD, part).unwrap())
        .collect();

    for (index, part) in parts.iter().enumerate() {
        for byte in 0..part.len() {
            let mut changed = parts.clone();
            changed[index][byte] ^= 1 << (byte % 8);
            let changed: Vec<String> = changed.iter().map(base64url).collect();
            let told = judged(&world, &changed.join(".")).await;
            // What the header says decides what is wrong; the others are covered by the signature.
            let is_refused = if index == 0 { told != "taken" } else { told == "signature" };
            assert!(is_refused, "part {index}, byte {byte}: {told}");
        }
    }
}

#[tokio::test]
async fn id_05_a_signature_that_is_cut_short_lengthened_or_missing_is_none() {
    for algorithm in [SigningAlgorithm::Rs256, SigningAlgorithm::Es256, SigningAlgorithm::Hs256] {
        let world = world_of(
            |emulator| emulator.signing_algorithm(algorithm),
            |builder| builder.id_token_signed_response_alg(algorithm),
        );
        assert_eq!(log_in(&world).await, ADA, "{algorithm}");
        world.emulator.tamper(IdTokenFault::BadSignature);
        assert_eq!(log_in(&world).await, "id_token: signature", "{algorithm}");
    }
    let world = world();
    let whole = rs256(0)(forge::unsigned(header(), claims("a-nonce")).as_bytes());
    let cut = &whole[..whole.len() - 1];
    let long = [&whole[..], &[0]].concat();
    for signature in [&[][..], cut, &whole[1..], &long, &[0; 256], &[0xff; 256]] {
        let forged = token(header(), claims("a-nonce"), |_| signature.to_vec());
        assert_eq!(judged(&world, &forged).await, "signature", "{} bytes", signature.len());
        let told =
            log_in_with(&world, |claims| token(header(), claims, |_| signature.to_vec())).await;
        assert_eq!(told, "id_token: signature", "{} bytes", signature.len());
    }
}

#[tokio::test]
async fn id_06_no_spelling_of_none_is_an_algorithm() {
    let world = world();
    for (algorithm, told) in [
        (json!("none"), "id_token: algorithm none"),
        (json!("None"), "id_token: algorithm None"),
        (json!("NONE"), "id_token: algorithm NONE"),
        (json!("nOnE"), "id_token: algorithm nOnE"),
        (json!("none "), "id_token: algorithm none"),
        (json!(""), "id_token: algorithm "),
        (json!(["none"]), "id_token: claim alg"),
        (json!(0), "id_token: claim alg"),
    ] {
        for signature in [Vec::new(), vec![7; 256], b"garbage".to_vec()] {
            let header = header_with(json!({ "alg": algorithm }));
            let made = |claims| token(&header, claims, |_| signature.clone());
            assert_eq!(log_in_with(&world, made).await, told, "{header}");
        }
    }
    for header in [r#"{"alg":null,"kid":"key-1"}"#, r#"{"kid":"key-1","typ":"JWT"}"#] {
        let told = log_in_with(&world, |claims| token(header, claims, rs256(0))).await;
        assert_eq!(told, "id_token: claim alg", "{header}");
    }
}

/// Where `none` was registered with the client, nothing is taken either: it is no algorithm of the library's.
#[test]
fn id_06_none_cannot_be_asked_for() {
    assert_eq!(SigningAlgorithm::from_name("none"), None);
    assert!(SigningAlgorithm::ALL.iter().all(|it| !it.as_str().eq_ignore_ascii_case("none")));
}

#[tokio::test]
async fn id_10_an_extension_that_has_to_be_understood_is_not() {
    let world = world();
    for members in [
        json!({ "crit": ["exp"], "exp": NOW }),
        json!({ "crit": ["b64"], "b64": false }),
        json!({ "crit": ["b64"], "b64": true }),
        json!({ "b64": false }),
        json!({ "crit": [] }),
        json!({ "crit": "x" }),
        json!({ "crit": ["bork"] }),
        json!({ "crit": ["bork"], "bork": 1 }),
        json!({ "crit": ["alg"] }),
        json!({ "crit": {} }),
    ] {
        let header = header_with(members);
        let told = log_in_with(&world, |claims| token(&header, claims, rs256(0))).await;
        assert_eq!(told, "id_token: malformed", "{header}");
    }
    let header = r#"{"alg":"RS256","kid":"key-1","crit":null}"#;
    let told = log_in_with(&world, |claims| token(header, claims, rs256(0))).await;
    assert_eq!(told, "id_token: malformed", "{header}");
    // What nobody has to understand is passed over.
    let header = header_with(json!({ "bork": 1 }));
    let told = log_in_with(&world, |claims| token(&header, claims, rs256(0))).await;
    assert_eq!(told, "logged in");
}

#[tokio::test]
async fn id_12_a_time_is_a_number_of_seconds_and_nothing_else() {
    let world = world();
    for name in ["exp", "iat", "nbf"] {
        let wrong = format!("id_token: claim {name}");
        for odd in [
            json!(NOW.to_string()),
            json!("NaN"),
            json!(""),
            json!(-1),
            json!(-1.5),
            json!(1e300),
            json!(i64::MAX),
            json!(u64::MAX),
            json!(null),
            json!([NOW]),
            json!({}),
            json!(true),
        ] {
            let world = self::world();
            assert_eq!(with_claim(&world, name, &odd).await, wrong, "{name}: {odd}");
        }
        // No JSON, which a lenient reader takes for one.
        for odd in ["NaN", "Infinity", "-Infinity", "0x7fffffff", "01", "1e", "1e999"] {
            let told = log_in_with(&world, |claims| {
                let claims = with(claims, json!({ name: "HERE" })).to_string();
                token(header(), claims.replace("\"HERE\"", odd), rs256(0))
            });
            let told = told.await;
            let is_refused = told == "id_token: malformed" || told == wrong;
            assert!(is_refused, "{name}: {odd}: {told}");
        }
    }
    for (name, value, told) in [
        ("exp", json!(0), "id_token: expired"),
        ("iat", json!(0), "id_token: stale"),
        ("nbf", json!(0), ADA),
        ("exp", json!(1_767_225_600.5), ADA),
        ("iat", json!(1_767_225_600.9), ADA),
        ("nbf", json!(1_767_225_599.25), ADA),
    ] {
        let world = self::world();
        assert_eq!(with_claim(&world, name, &value).await, told, "{name}: {value}");
    }
    for (name, told) in
        [("exp", "id_token: claim exp"), ("iat", "id_token: claim iat"), ("nbf", ADA)]
    {
        assert_eq!(without_claim(&self::world(), name).await, told, "{name}");
    }
}

#[tokio::test]
async fn id_13_a_token_is_good_for_as_long_as_it_says_and_a_minute() {
    let told = async |name: &str, at: u64, leeway: Option<u64>| {
        let world = world_of(
            |emulator| emulator,
            |builder| match leeway {
                Some(leeway) => builder.clock_leeway(Duration::from_secs(leeway)),
                None => builder,
            },
        );
        world.emulator.id_token_claim(name, at);
        log_in(&world).await
    };

    assert_eq!(told("exp", NOW + 1, None).await, ADA);
    assert_eq!(told("exp", NOW - 59, None).await, ADA);
    assert_eq!(told("exp", NOW - 60, None).await, "id_token: expired");
    for name in ["iat", "nbf"] {
        assert_eq!(told(name, NOW + 60, None).await, ADA, "{name}");
        assert_eq!(told(name, NOW + 61, None).await, "id_token: not_yet_valid", "{name}");
    }
    assert_eq!(told("iat", NOW - 7 * 24 * 3600, None).await, "id_token: stale");
    assert_eq!(told("iat", NOW - 24 * 3600, None).await, ADA);
    assert_eq!(told("iat", NOW - 24 * 3600 - 1, None).await, "id_token: stale");
    // None at all, and never more than five minutes.
    assert_eq!(told("exp", NOW + 1, Some(0)).await, ADA);
    assert_eq!(told("exp", NOW, Some(0)).await, "id_token: expired");
    assert_eq!(told("iat", NOW + 1, Some(0)).await, "id_token: not_yet_valid");
    assert_eq!(told("exp", NOW - 299, Some(3600)).await, ADA);
    assert_eq!(told("exp", NOW - 300, Some(3600)).await, "id_token: expired");
    assert_eq!(told("iat", NOW + 301, Some(3600)).await, "id_token: not_yet_valid");
}

#[tokio::test]
async fn id_14_a_subject_is_a_text_of_255_characters_at_most() {
    for odd in [json!(""), json!(null), json!(123), json!(["1815"]), json!("x".repeat(256))] {
        assert_eq!(with_claim(&world(), "sub", &odd).await, "id_token: claim sub", "{odd}");
    }
    assert_eq!(without_claim(&world(), "sub").await, "id_token: claim sub");
    for good in ["x", &"x".repeat(255), "Ada \u{1f600} Lovelace", "é"] {
        let world = world_of(|emulator| emulator.user(User::new(good)), |builder| builder);
        let session = world.log_in().await;
        assert_eq!(session.claims().unwrap().subject(), good);
        assert_eq!(session.profile().await.unwrap().subject(), good);
    }
}

/// The left half of the hash of the access token that [`log_in_with`] is given.
fn half_hash(hash: &'static Algorithm) -> String {
    let hash: digest::Digest = digest(hash, b"an-access-token");
    base64url(&hash.as_ref()[..hash.as_ref().len() / 2])
}

#[tokio::test]
async fn id_15_a_hash_of_the_access_token_is_its_hash_by_the_algorithm_of_the_signature() {
    let announced = ["RS256", "RS384", "RS512", "PS256", "ES384", "EdDSA"];
    let name = "id_token_signing_alg_values_supported";
    let world = || world_of(|emulator| emulator.metadata_member(name, announced), |it| it);
    let hashes = [
        (&SHA256, half_hash(&SHA256)),
        (&SHA384, half_hash(&SHA384)),
        (&SHA512, half_hash(&SHA512)),
    ];
    for algorithm in announced {
        let right: &Algorithm = match algorithm {
            "RS384" | "ES384" => &SHA384,
            // Ed25519 hashes with SHA-512.
            "RS512" | "EdDSA" => &SHA512,
            _ => &SHA256,
        };
        for (hash, at_hash) in &hashes {
            let world = world();
            let ec = forge::Ec::new(&ECDSA_P384_SHA384_FIXED_SIGNING, "P-384", "ES384");
            let (ed25519, ed25519_jwk) = forge::ed25519();
            let rsa = with(forge::rsa_jwk(0), json!({ "alg": null }));
            publish(&world, &[rsa, ec.jwk.clone(), ed25519_jwk]);
            let header = header_with(json!({ "alg": algorithm }));
            let told = log_in_with(&world, |claims| {
                let claims = with(claims, json!({ "at_hash": at_hash }));
                match algorithm {
                    "RS256" => token(&header, claims, rs256(0)),
                    "RS384" => token(&header, claims, rsa_by(0, &RSA_PKCS1_SHA384)),
                    "RS512" => token(&header, claims, rsa_by(0, &RSA_PKCS1_SHA512)),
                    "PS256" => token(&header, claims, rsa_by(0, &RSA_PSS_SHA256)),
                    "ES384" => token(&header, claims, ec.sign()),
                    _ => token(&header, claims, |it| ed25519.sign(it).as_ref().to_vec()),
                }
            });

            let expected = if *hash == right { "logged in" } else { "id_token: hash" };
            assert_eq!(told.await, expected, "{algorithm} {at_hash}");
        }
    }
}

#[tokio::test]
async fn id_15_what_is_no_half_of_the_hash_is_refused() {
    let world = world();
    let whole = base64url(digest(&SHA256, b"an-access-token"));
    for wrong in ["", "x", &whole, &format!("{}=", half_hash(&SHA256)), &half_hash(&SHA256)[1..]] {
        let told = log_in_with(&world, |claims| {
            token(header(), with(claims, json!({ "at_hash": wrong })), rs256(0))
        });
        assert_eq!(told.await, "id_token: hash", "{wrong}");
    }
    let told = log_in_with(&world, |claims| {
        token(header(), with(claims, json!({ "at_hash": 1 })), rs256(0))
    });
    assert_eq!(told.await, "id_token: claim at_hash");
    // By an algorithm that nobody knows nothing is hashed: the token is refused before.
    let header = header_with(json!({ "alg": "RS999" }));
    let told = log_in_with(&world, |claims| {
        token(&header, with(claims, json!({ "at_hash": half_hash(&SHA256) })), rs256(0))
    });
    assert_eq!(told.await, "id_token: algorithm RS999");
}

#[tokio::test]
async fn id_15_a_hash_of_another_code_or_state_is_refused() {
    let world = world();
    for name in ["c_hash", "s_hash"] {
        let told = log_in_with(&world, |claims| {
            token(header(), with(claims, json!({ name: half_hash(&SHA256) })), rs256(0))
        });
        assert_ne!(told.await, "logged in", "{name}");
    }
}

#[tokio::test]
async fn id_21_what_is_signed_for_something_else_is_no_id_token() {
    let world = world();
    for typ in [
        "at+jwt",
        "AT+JWT",
        "application/at+jwt",
        "logout+jwt",
        "secevent+jwt",
        "",
        "JOSE",
        "dpop+jwt",
    ] {
        let header = header_with(json!({ "typ": typ }));
        let told = log_in_with(&world, |claims| token(&header, claims, rs256(0))).await;
        assert_eq!(told, "id_token: kind", "{typ}");
    }
    for header in [header_with(json!({ "typ": "jwt" })), header_with(json!({ "typ": null }))] {
        let told = log_in_with(&world, |claims| token(&header, claims, rs256(0))).await;
        assert_eq!(told, "logged in", "{header}");
    }
    for events in
        [json!({ "http://schemas.openid.net/event/backchannel-logout": {} }), json!({}), json!(1)]
    {
        let told = log_in_with(&world, |claims| {
            token(header(), with(claims, json!({ "events": events })), rs256(0))
        });
        assert_eq!(told.await, "id_token: kind", "{events}");
    }
    let logout = world.emulator.logout_token(Some("1815"), None, None);
    assert_eq!(log_in_with(&world, |_| logout).await, "id_token: kind");
}

/// The userinfo answer of the same issuer, for the same client, by the same key.
#[tokio::test]
async fn id_21_a_signed_userinfo_answer_is_no_id_token() {
    let world = world();
    let told = log_in_with(&world, |_| {
        let claims =
            json!({ "iss": ISSUER, "aud": Emulator::CLIENT_ID, "sub": "1815", "name": "Ada" });
        token(header(), claims, rs256(0))
    });

    assert_eq!(told.await, "id_token: claim exp");
}

#[tokio::test]
async fn id_22_nothing_encrypted_is_decrypted() {
    let world = world();
    let part = base64url([7; 48]);
    for header in [
        json!({ "alg": "RSA-OAEP", "enc": "A256GCM", "kid": "key-1" }),
        json!({ "alg": "RSA1_5", "enc": "A128CBC-HS256", "kid": "key-1" }),
        json!({ "alg": "PBES2-HS256+A128KW", "enc": "A128GCM", "p2c": 1_000_000_000, "p2s": "AAAA" }),
        json!({ "alg": "dir", "enc": "A256GCM", "zip": "DEF" }),
        json!({ "alg": "RS256", "kid": "key-1" }),
    ] {
        let head = base64url(header.to_string());
        // Encrypted, and encrypted without a key of its own.
        for made in
            [format!("{head}.{part}.{part}.{part}.{part}"), format!("{head}..{part}.{part}.{part}")]
        {
            assert_eq!(log_in_with(&world, |_| made).await, "id_token: malformed", "{header}");
        }
    }
    // Three parts that pretend to be what they are not, with a good signature.
    for members in [
        json!({ "enc": "A256GCM" }),
        json!({ "zip": "DEF" }),
        json!({ "zip": "DEF", "enc": "A256GCM" }),
    ] {
        let header = header_with(members);
        let told = log_in_with(&world, |claims| token(&header, claims, rs256(0))).await;
        assert_eq!(told, "id_token: malformed", "{header}");
    }
    // A signed token inside of a signed token is no object of claims.
    let header = header_with(json!({ "cty": "JWT" }));
    let told = log_in_with(&world, |claims| {
        token(&header, token(forge::header(), claims, rs256(0)), rs256(0))
    });
    assert_eq!(told.await, "id_token: malformed");
}

#[tokio::test]
async fn id_23_the_form_of_a_token_is_strict() {
    let world = world();
    let good = token(header(), claims("a-nonce"), rs256(0));
    assert_eq!(judged(&world, &good).await, "taken");
    let [head, payload, signature] = good.split('.').collect::<Vec<_>>()[..] else { panic!() };
    // Nothing is base64url too: it is what the signature is not over.
    assert_eq!(judged(&world, &format!("{head}..{signature}")).await, "signature");
    // The last character of 256 bytes has four bits to spare: 342 characters hold 2052 bits.
    let spare = {
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        let last = alphabet.find(signature.chars().last().unwrap()).unwrap();
        format!("{}{}", &signature[..signature.len() - 1], &alphabet[last + 1..last + 2])
    };
    let json_form = json!({ "payload": payload, "signatures": [{ "protected": head, "signature": signature }] });
    let flat = json!({ "payload": payload, "protected": head, "signature": signature });
    for odd in [
        String::new(),
        ".".to_owned(),
        "..".to_owned(),
        "...".to_owned(),
        head.to_owned(),
        format!("{head}.{payload}"),
        format!(".{payload}.{signature}"),
        format!("{good}."),
        format!(".{good}"),
        format!("{good}.{signature}"),
        format!("{good}="),
        format!("{good}=="),
        format!("{head}=.{payload}.{signature}"),
        format!("{head}.{payload}==.{signature}"),
        format!("{head}.{payload}.{}+{}", &signature[..5], &signature[6..]),
        format!("{head}.{payload}.{}/{}", &signature[..5], &signature[6..]),
        format!("{head}.{payload}.{spare}"),
        format!(" {good}"),
        format!("{good} "),
        format!("{good}\n"),
        format!("{head}. {payload}.{signature}"),
        format!("\u{feff}{good}"),
        format!("{good}\0"),
        format!("Bearer {good}"),
        json_form.to_string(),
        flat.to_string(),
        format!("{good}{}", "A".repeat(1 << 20)),
        "A".repeat(1 << 20),
        ".".repeat(1_000_000),
        good.replace('.', "%2E"),
    ] {
        let told = judged(&world, &odd).await;
        assert_eq!(told, "malformed", "{}", &odd[..odd.floor_char_boundary(60)]);
        if odd.len() < 1000 {
            assert_eq!(
                log_in_with(&world, |_| odd).await.replace("missing", "malformed"),
                "id_token: malformed"
            );
        }
    }
}

#[tokio::test]
async fn id_23_the_json_of_a_token_is_one_object_whose_names_stand_there_once() {
    let world = world();
    let whole = claims("a-nonce").to_string();
    let more = |text: &str| format!("{},{text}}}", whole.strip_suffix('}').unwrap());
    for payload in [
        format!("{whole} x"),
        format!("{whole}{whole}"),
        format!("\u{feff}{whole}"),
        format!("[{whole}]"),
        format!("\"{}\"", whole.replace('"', "\\\"")),
        "null".to_owned(),
        String::new(),
        more("\"sub\":\"1815\""),
        more("\"s\\u0075b\":\"1816\""),
        more("\"x\":1,\"x\":1"),
        more("\"x\":1,"),
        more("'x':1"),
        format!("{}{}", "[".repeat(1000), "]".repeat(1000)),
    ] {
        let made = token(header(), &payload, rs256(0));
        assert_eq!(judged(&world, &made).await, "malformed", "{payload}");
    }
    // What no claim of ours holds is passed over however deep it is, and never read by a function that calls itself.
    let deep = more(&format!("\"x\":{}{}", "[".repeat(20_000), "]".repeat(20_000)));
    let deep = token(header(), &deep, rs256(0));
    let read = world.oauth.verify_id_token(&deep, Some("a-nonce")).await.unwrap();
    assert_eq!(read.subject(), "1815");
    read.fields::<Value>().unwrap_err();
    let header = header().to_string();
    let more = |text: &str| format!("{},{text}}}", header.strip_suffix('}').unwrap());
    for header in [
        more("\"alg\":\"RS256\""),
        more("\"alg\":\"none\""),
        more("\"al\\u0067\":\"none\""),
        more("\"kid\":\"key-2\""),
        format!("{header} x"),
        format!("[{header}]"),
        "{}}".to_owned(),
        String::new(),
    ] {
        let made = token(&header, claims("a-nonce"), rs256(0));
        assert_eq!(judged(&world, &made).await, "malformed", "{header}");
    }
    let not_utf8 = [whole.as_bytes(), &[0xff]].concat();
    let message = format!("{}.{}", base64url(header), base64url(not_utf8));
    let made = format!("{message}.{}", base64url(rs256(0)(message.as_bytes())));
    assert_eq!(judged(&world, &made).await, "malformed");
}

/// Sixty seconds ago is the most, and a minute for the clocks.
#[tokio::test]
async fn id_24_who_proved_it_too_long_ago_is_asked_again() {
    let minute = Duration::from_secs(60);
    for (value, expected) in [
        (json!(NOW), ADA),
        (json!(NOW - 60), ADA),
        (json!(NOW - 120), ADA),
        (json!(NOW - 121), "id_token: authentication_time"),
        (json!(NOW + 60), ADA),
        (json!(NOW + 61), "id_token: authentication_time"),
        (json!(0), "id_token: authentication_time"),
        (json!(NOW.to_string()), "id_token: claim auth_time"),
        (json!(null), "id_token: claim auth_time"),
        (json!([NOW]), "id_token: claim auth_time"),
        (json!(-1), "id_token: claim auth_time"),
    ] {
        let by_login = world();
        by_login.emulator.id_token_claim("auth_time", &value);
        assert_eq!(
            log_in_by(&by_login, by_login.oauth.login().max_age(minute)).await,
            expected,
            "{value}"
        );
        let by_param = world_of(|it| it, |builder| builder.authorization_param("max_age", "60"));
        by_param.emulator.id_token_claim("auth_time", &value);
        assert_eq!(log_in(&by_param).await, expected, "{value}");
    }
    let world = world();
    world.emulator.omit_id_token_claim("auth_time");
    assert_eq!(
        log_in_by(&world, world.oauth.login().max_age(minute)).await,
        "id_token: authentication_time"
    );
    // Nobody asked: it need not be there.
    assert_eq!(log_in(&world).await, ADA);
}

#[tokio::test]
async fn id_24_how_well_the_user_proved_it_is_one_of_what_was_asked_for() {
    for (value, expected) in [
        (json!("gold"), ADA),
        (json!("silver"), ADA),
        (json!("bronze"), "id_token: authentication_context"),
        (json!("gold silver"), "id_token: authentication_context"),
        (json!("GOLD"), "id_token: authentication_context"),
        (json!(""), "id_token: authentication_context"),
        (json!(["gold"]), "id_token: claim acr"),
        (json!(2), "id_token: claim acr"),
    ] {
        let by_login = world();
        by_login.emulator.id_token_claim("acr", &value);
        let login = by_login.oauth.login().acr_values(["gold", "silver"]);
        let told = log_in_by(&by_login, login).await;
        assert_eq!(told, expected, "{value}");
        let by_param =
            world_of(|it| it, |builder| builder.authorization_param("acr_values", "gold silver"));
        by_param.emulator.id_token_claim("acr", &value);
        assert_eq!(log_in(&by_param).await, expected, "{value}");
    }
    let world = world_of(|it| it, |builder| builder.authorization_param("acr_values", "gold"));
    assert_eq!(log_in(&world).await, ADA, "the emulator names what was asked for first");
    world.emulator.omit_id_token_claim("acr");
    assert_eq!(log_in(&world).await, "id_token: authentication_context");
}

#[tokio::test]
async fn id_25_a_user_is_an_issuer_and_a_subject_and_never_an_address() {
    let profile = async |issuer: &str| {
        let provider = OpenId::issuer(issuer);
        let clock = oauth_tests::StoppedClock::new();
        let ada = User::new("1815").verified_email("ada@users.example");
        let emulator = Emulator::of(provider.clone()).clock(clock.clone()).user(ada);
        World::around(provider, emulator, clock, |it| it).log_in().await.profile().await.unwrap()
    };

    let (here, there) = (profile("https://a.example").await, profile("https://b.example").await);

    assert_eq!(here.email(), there.email());
    assert_eq!(here.subject(), there.subject());
    assert_ne!(here.identity(), there.identity());
    assert_eq!(here.identity(), &Identity::new("https://a.example", "1815"));
    let users = HashMap::from([(here.identity().clone(), "Ada")]);
    assert_eq!(users.get(there.identity()), None);
    assert_eq!(users.get(&Identity::new("https://a.example", "1815")), Some(&"Ada"));
}

#[tokio::test]
async fn id_25_whether_an_address_is_verified_is_in_its_type() {
    for (told, is_verified) in [
        (json!(true), true),
        (json!("true"), true),
        (json!(false), false),
        (json!("false"), false),
        (json!(1), false),
        (json!(null), false),
    ] {
        let world = world();
        world.emulator.userinfo_member("email_verified", &told);

        let profile = world.log_in().await.profile().await.unwrap();

        let email = profile.email().unwrap();
        assert_eq!(email.address(), "ada@users.example");
        assert_eq!(email.verified().is_some(), is_verified, "{told}");
    }
}
