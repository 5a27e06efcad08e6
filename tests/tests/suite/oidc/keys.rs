//! The keys that an issuer signs with: which of them may have signed, and how long they are believed.

use std::time::Duration;

use http::StatusCode;
use oauth_providers::{Emulator, Endpoint, IdTokenFault, OpenId, SigningAlgorithm};
use oauth_tests::World;
use ring::signature::{ECDSA_P384_SHA384_FIXED_SIGNING, KeyPair as _};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::pki_types::pem::PemObject as _;
use serde_json::{Value, json};

use crate::oidc::forge::{
    self, Ec, base64url, header, header_with, hs256, rs256, rsa, rsa_jwk, token, with,
};
use crate::oidc::{ADA, claims, judged, log_in, log_in_with, publish, world, world_of};

const ANNOUNCED: &str = "id_token_signing_alg_values_supported";

/// An issuer that announces these algorithms.
fn announcing(algorithms: &[&str]) -> World<OpenId> {
    world_of(|emulator| emulator.metadata_member(ANNOUNCED, algorithms), |builder| builder)
}

fn good() -> String {
    token(header(), claims("a-nonce"), rs256(0))
}

#[tokio::test]
async fn id_07_a_public_key_is_never_a_secret() {
    let key = rsa(0);
    let pkcs1 = key.public().as_ref().to_vec();
    // SubjectPublicKeyInfo: the algorithm's name before the key.
    let spki = {
        let bits = [&[0][..], &pkcs1].concat();
        let body = [&RSA_ENCRYPTION[..], &der(3, &bits)].concat();
        der(0x30, &body)
    };
    let pem = |label: &str, bytes: &[u8]| {
        let text = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, bytes);
        let lines: Vec<&str> =
            text.as_bytes().chunks(64).map(|it| str::from_utf8(it).unwrap()).collect();
        format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
    };
    let jwk = rsa_jwk(0);
    let modulus = base64::Engine::decode(
        &base64::prelude::BASE64_URL_SAFE_NO_PAD,
        jwk["n"].as_str().unwrap(),
    );
    let secrets: Vec<Vec<u8>> = vec![
        pem("PUBLIC KEY", &spki).into(),
        pem("PUBLIC KEY", &spki).trim_end().into(),
        pem("RSA PUBLIC KEY", &pkcs1).into(),
        pem("RSA PUBLIC KEY", &pkcs1).trim_end().into(),
        spki,
        pkcs1,
        jwk.to_string().into(),
        format!("{jwk}\n").into(),
        json!({ "e": jwk["e"], "kty": "RSA", "n": jwk["n"] }).to_string().into(),
        modulus.unwrap(),
        jwk["n"].as_str().unwrap().into(),
        Emulator::CLIENT_SECRET.into(),
        Vec::new(),
    ];
    // By what the issuer announces, by what it does not say, by what was registered, and by what it claims.
    let worlds = [
        world(),
        announcing(&[]),
        announcing(&["RS256", "HS256"]),
        world_of(|it| it, |builder| builder.id_token_signed_response_alg(SigningAlgorithm::Rs256)),
    ];
    for world in &worlds {
        for secret in &secrets {
            for algorithm in ["HS256", "HS384", "HS512"] {
                let header = header_with(json!({ "alg": algorithm }));
                let told = log_in_with(world, |claims| token(&header, claims, hs256(secret))).await;
                assert_eq!(told, format!("id_token: algorithm {algorithm}"), "{header}");
            }
        }
        // No key was looked for.
        assert_eq!(world.emulator.requests(Endpoint::Jwks), 0);
    }
}

/// The other way round: where a secret was registered, no public key of the issuer's counts.
#[tokio::test]
async fn id_07_where_a_secret_was_registered_no_public_key_counts() {
    let world = world_of(
        |emulator| emulator.signing_algorithm(SigningAlgorithm::Hs256),
        |builder| builder.id_token_signed_response_alg(SigningAlgorithm::Hs256),
    );
    publish(&world, &[rsa_jwk(0)]);

    assert_eq!(judged(&world, &good()).await, "algorithm RS256");
    assert_eq!(log_in(&world).await, ADA);
    let by_nothing = token(header_with(json!({ "alg": "HS256" })), claims("a-nonce"), hs256(b""));
    assert_eq!(judged(&world, &by_nothing).await, "signature");
}

fn der(tag: u8, body: &[u8]) -> Vec<u8> {
    let [.., high, low] = body.len().to_be_bytes();
    [&[tag, 0x82, high, low][..], body].concat()
}

/// `SEQUENCE { OBJECT IDENTIFIER rsaEncryption, NULL }`
const RSA_ENCRYPTION: [u8; 15] =
    [0x30, 0x0d, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1, 5, 0];

#[tokio::test]
async fn id_08_a_good_key_is_found_among_others_of_its_name() {
    let ec = Ec::p256();
    let (_, ed25519) = forge::ed25519();
    let decoys = [
        ec.jwk.clone(),
        ed25519,
        with(rsa_jwk(1), json!({ "use": "enc" })),
        with(rsa_jwk(1), json!({ "key_ops": ["encrypt"] })),
        with(rsa_jwk(1), json!({ "alg": "RSA-OAEP" })),
        with(rsa_jwk(1), json!({ "alg": "PS256" })),
        rsa_jwk(1),
    ];
    for place in [0, decoys.len()] {
        let world = world();
        let mut keys = decoys.to_vec();
        keys.insert(place, rsa_jwk(0));
        publish(&world, &keys);

        assert_eq!(judged(&world, &good()).await, "taken", "at {place}");
    }
    let world = world_of(Emulator::publish_decoys, |builder| builder);
    assert_eq!(log_in(&world).await, ADA);
}

#[tokio::test]
async fn id_08_a_key_is_tried_with_its_own_algorithm_alone() {
    for (what, key) in [
        ("an EC key of its name", Ec::p256().jwk),
        ("an Ed25519 key of its name", forge::ed25519().1),
        ("use", with(rsa_jwk(0), json!({ "use": "enc" }))),
        ("use", with(rsa_jwk(0), json!({ "use": "" }))),
        ("key_ops", with(rsa_jwk(0), json!({ "key_ops": ["encrypt"] }))),
        ("key_ops", with(rsa_jwk(0), json!({ "key_ops": [] }))),
        ("alg", with(rsa_jwk(0), json!({ "alg": "RS384" }))),
        ("alg", with(rsa_jwk(0), json!({ "alg": "PS256" }))),
        ("alg", with(rsa_jwk(0), json!({ "alg": "HS256" }))),
        ("alg", with(rsa_jwk(0), json!({ "alg": "none" }))),
        ("alg", with(rsa_jwk(0), json!({ "alg": "RSA-OAEP-256" }))),
        ("kty", with(rsa_jwk(0), json!({ "kty": "EC" }))),
        ("kty", with(rsa_jwk(0), json!({ "kty": "oct" }))),
        ("kid", with(rsa_jwk(0), json!({ "kid": "KEY-1" }))),
        ("kid", with(rsa_jwk(0), json!({ "kid": null }))),
    ] {
        let world = announcing(&["RS256", "ES256", "PS256", "RS384", "EdDSA"]);
        publish(&world, std::slice::from_ref(&key));

        assert_eq!(judged(&world, &good()).await, "unknown_key", "{what}: {key}");
    }
    for good_key in [
        with(rsa_jwk(0), json!({ "use": null, "alg": null })),
        with(rsa_jwk(0), json!({ "key_ops": ["verify"] })),
        with(rsa_jwk(0), json!({ "use": null, "key_ops": ["sign", "verify"] })),
    ] {
        let world = world();
        publish(&world, std::slice::from_ref(&good_key));
        assert_eq!(judged(&world, &good()).await, "taken", "{good_key}");
    }
}

/// A point on one curve is no key of another.
#[tokio::test]
async fn id_08_the_curve_of_a_key_is_that_of_the_algorithm() {
    let (p256, p384) = (Ec::p256(), Ec::new(&ECDSA_P384_SHA384_FIXED_SIGNING, "P-384", "ES384"));
    let by = |name: &str, key: &Ec| {
        token(header_with(json!({ "alg": name })), claims("a-nonce"), key.sign())
    };
    for (key, made, told) in [
        (&p256.jwk, by("ES256", &p256), "taken"),
        (&p384.jwk, by("ES384", &p384), "taken"),
        (&p256.jwk, by("ES384", &p256), "unknown_key"),
        (&p384.jwk, by("ES256", &p384), "unknown_key"),
        (
            &with(p256.jwk.clone(), json!({ "crv": "P-384", "alg": null })),
            by("ES256", &p256),
            "unknown_key",
        ),
        (
            &with(p256.jwk.clone(), json!({ "crv": "P-521", "alg": null })),
            by("ES256", &p256),
            "unknown_key",
        ),
        (
            &with(p256.jwk.clone(), json!({ "crv": "secp256k1", "alg": null })),
            by("ES256", &p256),
            "unknown_key",
        ),
    ] {
        let world = announcing(&["ES256", "ES384"]);
        publish(&world, std::slice::from_ref(key));
        assert_eq!(judged(&world, &made).await, told, "{key}");
    }
}

#[tokio::test]
async fn id_09_what_a_token_says_of_its_key_is_not_looked_at() {
    let world = world();
    let certificate = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, [48; 64]);
    for members in [
        json!({ "jwk": rsa_jwk(1) }),
        json!({ "jwk": rsa_jwk(1), "kid": null }),
        json!({ "jku": "https://evil.example/jwks" }),
        json!({ "jku": "https://evil.example/jwks", "kid": null }),
        json!({ "jku": "https://op.example/jwks#@evil.example" }),
        json!({ "x5u": "https://evil.example/cert.pem" }),
        json!({ "x5c": [certificate] }),
        json!({ "x5t": base64url([7; 20]), "x5t#S256": base64url([7; 32]) }),
    ] {
        let header = header_with(members);
        // The attacker's key signs: by what the header says it would be the right one.
        let told = log_in_with(&world, |claims| token(&header, claims, rs256(1))).await;
        assert_eq!(told, "id_token: signature", "{header}");
        // And the issuer's own key is found without.
        let told = log_in_with(&world, |claims| token(&header, claims, rs256(0))).await;
        assert_eq!(told, "logged in", "{header}");
    }
    for exchange in world.sent.exchanges() {
        assert_eq!(exchange.request.uri().host(), Some("op.example"));
    }
}

#[tokio::test]
async fn id_11_no_degenerate_signature_of_ecdsa_is_one() {
    let ec = Ec::p256();
    let header = header_with(json!({ "alg": "ES256" }));
    let message = forge::unsigned(&header, claims("a-nonce"));
    let good = ec.sign()(message.as_bytes());
    let (r, s) = good.split_at(32);
    let one = [vec![0; 31], vec![1]].concat();
    let in_der = {
        let number = |bytes: &[u8]| {
            let first = bytes.iter().position(|byte| *byte != 0).unwrap();
            let pad: &[u8] = if bytes[first] & 0x80 == 0 { &[] } else { &[0] };
            let body = [pad, &bytes[first..]].concat();
            [&[2, u8::try_from(body.len()).unwrap()][..], &body].concat()
        };
        let body = [number(r), number(s)].concat();
        [&[0x30, u8::try_from(body.len()).unwrap()][..], &body].concat()
    };
    let world = announcing(&["ES256"]);
    publish(&world, std::slice::from_ref(&ec.jwk));
    assert_eq!(judged(&world, &token(&header, claims("a-nonce"), |_| good.clone())).await, "taken");

    for (what, signature) in [
        ("r = s = 0", vec![0; 64]),
        ("r = 0", [&[0; 32], s].concat()),
        ("s = 0", [r, &[0; 32]].concat()),
        ("r = n", [&ORDER_OF_P256, s].concat()),
        ("s = n", [r, &ORDER_OF_P256].concat()),
        ("r = s = n", [ORDER_OF_P256, ORDER_OF_P256].concat()),
        ("r = s = 1", [&one[..], &one].concat()),
        ("all ones", vec![0xff; 64]),
        ("in DER", in_der),
        ("nothing", Vec::new()),
        ("half", r.to_vec()),
        ("twice", [&good[..], &good].concat()),
        ("padded", [&[0][..], r, &[0], s].concat()),
    ] {
        let forged = token(&header, claims("a-nonce"), |_| signature);
        assert_eq!(judged(&world, &forged).await, "signature", "{what}");
    }
}

const ORDER_OF_P256: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6,
    0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
];

#[tokio::test]
async fn id_11_a_point_that_is_not_on_the_curve_is_no_key() {
    let ec = Ec::p256();
    let header = header_with(json!({ "alg": "ES256" }));
    let made = token(&header, claims("a-nonce"), ec.sign());
    let zero = base64url([0; 32]);
    for (key, told) in [
        // At infinity, and off the curve.
        (with(ec.jwk.clone(), json!({ "x": zero, "y": zero })), "signature"),
        (with(ec.jwk.clone(), json!({ "x": ec.jwk["y"], "y": ec.jwk["x"] })), "signature"),
        (with(ec.jwk.clone(), json!({ "y": ec.jwk["x"] })), "signature"),
        // Coordinates of another length, and none.
        (with(ec.jwk.clone(), json!({ "x": base64url([1; 31]) })), "unknown_key"),
        (with(ec.jwk.clone(), json!({ "x": base64url([0; 33]) })), "unknown_key"),
        (with(ec.jwk.clone(), json!({ "x": "" })), "unknown_key"),
        (with(ec.jwk.clone(), json!({ "y": null })), "unknown_key"),
        (with(ec.jwk.clone(), json!({ "x": "!" })), "unknown_key"),
    ] {
        let world = announcing(&["ES256"]);
        publish(&world, std::slice::from_ref(&key));
        assert_eq!(judged(&world, &made).await, told, "{key}");
    }
}

/// With the exponent 1 a signature is the padded hash itself: anybody can write it.
#[tokio::test]
async fn id_11_an_rsa_key_whose_exponent_is_one_verifies_nothing() {
    let padded = |message: &[u8]| {
        let hash = ring::digest::digest(&ring::digest::SHA256, message);
        let tail = [&SHA256_INFO[..], hash.as_ref()].concat();
        [&[0, 1][..], &vec![0xff; 256 - 3 - tail.len()], &[0], &tail].concat()
    };
    for exponent in [vec![1], vec![0, 1], vec![2], vec![0], vec![1, 0, 0]] {
        let world = world();
        publish(&world, &[with(rsa_jwk(0), json!({ "e": base64url(&exponent) }))]);
        let forged = token(header(), claims("a-nonce"), padded);

        let told = judged(&world, &forged).await;

        let expected = if exponent == [0] { "unknown_key" } else { "signature" };
        assert_eq!(told, expected, "{exponent:?}");
    }
}

/// `DigestInfo` of SHA-256 (RFC 8017 s9.2), before the hash.
const SHA256_INFO: [u8; 19] =
    [0x30, 0x31, 0x30, 0x0d, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1, 5, 0, 4, 0x20];

/// The signatures are good, by keys that somebody may have factored.
#[tokio::test]
async fn id_11_an_rsa_key_of_less_than_2048_bits_verifies_nothing() {
    let weak: Value = serde_json::from_str(include_str!("../../data/weak_rsa.json")).unwrap();
    for bits in ["512", "1024", "2040"] {
        let world = world();
        publish(&world, std::slice::from_ref(&weak[bits]["jwk"]));

        let told = judged(&world, weak[bits]["token"].as_str().unwrap()).await;

        assert_eq!(told, "unknown_key", "{bits} bits");
    }
    // The same, of a key that is long enough, so that it is the length that counts.
    let world = world();
    publish(&world, std::slice::from_ref(&weak["2048"]["jwk"]));
    assert_eq!(judged(&world, weak["2048"]["token"].as_str().unwrap()).await, "taken");
}

#[tokio::test]
async fn id_11_nothing_is_signed_with_an_empty_secret() {
    let error = oauth_providers::OAuth::builder(OpenId::issuer(crate::oidc::ISSUER))
        .client_id("app")
        .client_secret("")
        .redirect_uri("https://app.example/callback")
        .store(oauth_providers::store::MemoryStore::new(), oauth_tests::key_ring())
        .id_token_signed_response_alg(SigningAlgorithm::Hs256)
        .build()
        .unwrap_err();
    assert!(error.to_string().contains("no client secret"), "{error}");

    // One that is empty later on: it was read anew.
    let world = world_of(
        |emulator| emulator.client(Emulator::CLIENT_ID, ""),
        |builder| {
            builder
                .client_secret_from(|| {
                    Ok::<_, std::io::Error>(oauth_providers::ClientSecret::new(""))
                })
                .id_token_signed_response_alg(SigningAlgorithm::Hs256)
        },
    );
    let forged = token(header_with(json!({ "alg": "HS256" })), claims("a-nonce"), hs256(b""));
    // It is the application's to mend, and nobody's login ends for it.
    assert_eq!(judged(&world, &forged).await, "keys");
}

#[tokio::test(start_paused = true)]
async fn id_17_a_thousand_unknown_names_ask_for_the_keys_once_and_once_a_pause() {
    let world = world();
    assert_eq!(log_in(&world).await, ADA);
    assert_eq!(world.emulator.requests(Endpoint::Jwks), 1);

    for number in 0..1000 {
        let header = header_with(json!({ "kid": format!("random-{number}") }));
        let forged = token(&header, claims("a-nonce"), |_| vec![7; 256]);
        assert_eq!(judged(&world, &forged).await, "unknown_key");
        tokio::time::advance(Duration::from_millis(60)).await;
    }

    // At once, after 30 s, and after 60 s at the latest.
    let asked = world.emulator.requests(Endpoint::Jwks) - 1;
    assert!((1..=3).contains(&asked), "{asked}");
    // Who had a session is not disturbed, and a login goes on.
    assert_eq!(log_in(&world).await, ADA);
}

#[tokio::test(start_paused = true)]
async fn id_17_the_first_rotation_is_never_kept_waiting() {
    for pause in [0, 1, 29, 31, 299, 301, 3599, 3601] {
        let world = world();
        assert_eq!(log_in(&world).await, ADA);
        tokio::time::advance(Duration::from_secs(pause)).await;
        world.emulator.rotate_keys();

        assert_eq!(log_in(&world).await, ADA, "after {pause} s");
    }
}

#[tokio::test(start_paused = true)]
async fn id_17_a_second_rotation_waits_for_the_pause_at_most() {
    let world = world();
    assert_eq!(log_in(&world).await, ADA);
    world.emulator.rotate_keys();
    assert_eq!(log_in(&world).await, ADA);
    world.emulator.rotate_keys();
    assert_eq!(log_in(&world).await, "id_token: unknown_key");
    assert_eq!(world.emulator.requests(Endpoint::Jwks), 2);

    tokio::time::advance(Duration::from_secs(30)).await;

    assert_eq!(log_in(&world).await, ADA);
    assert_eq!(world.emulator.requests(Endpoint::Jwks), 3);
}

#[tokio::test(start_paused = true)]
async fn id_17_many_tokens_at_once_wait_for_one_answer() {
    let world = world();
    assert_eq!(log_in(&world).await, ADA);
    let held = world.emulator.hold_next(Endpoint::Jwks);
    let tasks: Vec<_> = (0..50)
        .map(|number| {
            let oauth = world.oauth.clone();
            tokio::spawn(async move {
                let header = header_with(json!({ "kid": format!("random-{number}") }));
                let forged = token(&header, claims("a-nonce"), |_| vec![7; 256]);
                oauth.verify_id_token(&forged, Some("a-nonce")).await.unwrap_err().code()
            })
        })
        .collect();
    tokio::task::yield_now().await;
    drop(held);
    for task in tasks {
        assert_eq!(task.await.unwrap(), "unknown_key");
    }
    assert_eq!(world.emulator.requests(Endpoint::Jwks), 2);
}

#[tokio::test(start_paused = true)]
async fn id_17_the_keys_serve_for_a_day_while_the_issuer_cannot_be_asked() {
    let world = world();
    assert_eq!(judged(&world, &good()).await, "taken");
    for _ in 0..1000 {
        world.emulator.fail_next(Endpoint::Jwks, StatusCode::INTERNAL_SERVER_ERROR);
    }
    for (hours, told) in [(0, "taken"), (1, "taken"), (12, "taken"), (23, "taken"), (24, "keys")] {
        let world = self::world();
        assert_eq!(judged(&world, &good()).await, "taken");
        for _ in 0..10 {
            world.emulator.fail_next(Endpoint::Jwks, StatusCode::INTERNAL_SERVER_ERROR);
        }
        tokio::time::advance(Duration::from_secs(hours * 3600)).await;

        assert_eq!(judged(&world, &good()).await, told, "after {hours} h");
    }
}

/// An issuer that is down is asked by tokens that nobody knows once in a pause, as one that is up is.
#[tokio::test(start_paused = true)]
async fn id_17_an_issuer_that_fails_is_not_asked_more_often() {
    let world = world();
    assert_eq!(judged(&world, &good()).await, "taken");
    for _ in 0..200 {
        world.emulator.fail_next(Endpoint::Jwks, StatusCode::INTERNAL_SERVER_ERROR);
    }
    for number in 0..600 {
        let header = header_with(json!({ "kid": format!("random-{number}") }));
        let forged = token(&header, claims("a-nonce"), |_| vec![7; 256]);
        assert_eq!(judged(&world, &forged).await, "unknown_key");
        tokio::time::advance(Duration::from_millis(100)).await;
    }

    let asked = world.emulator.requests(Endpoint::Jwks) - 1;
    assert!(asked <= 3, "{asked}");
}

#[tokio::test(start_paused = true)]
async fn id_18_a_key_that_was_taken_back_verifies_nothing_after_an_hour() {
    // Nobody has asked for anything meanwhile: the next one waits for the new keys.
    let world = world();
    assert_eq!(judged(&world, &good()).await, "taken");
    world.emulator.rotate_keys();
    tokio::time::advance(Duration::from_secs(3599)).await;
    assert_eq!(judged(&world, &good()).await, "taken");
    tokio::time::advance(Duration::from_secs(1)).await;
    assert_eq!(judged(&world, &good()).await, "unknown_key");
}

#[tokio::test(start_paused = true)]
async fn id_18_a_key_that_was_taken_back_is_gone_soon_after_five_minutes_where_there_is_traffic() {
    let world = world();
    assert_eq!(judged(&world, &good()).await, "taken");
    world.emulator.rotate_keys();
    tokio::time::advance(Duration::from_secs(299)).await;
    assert_eq!(judged(&world, &good()).await, "taken");
    assert_eq!(world.emulator.requests(Endpoint::Jwks), 1);

    // Five minutes old: this one is not kept waiting, and has the keys asked for in the background.
    tokio::time::advance(Duration::from_secs(1)).await;
    assert_eq!(judged(&world, &good()).await, "taken");
    for _ in 0..10 {
        tokio::task::yield_now().await;
    }

    assert_eq!(judged(&world, &good()).await, "unknown_key");
    assert_eq!(log_in(&world).await, ADA);
}

#[tokio::test]
async fn id_19_what_nobody_can_read_in_a_set_of_keys_is_passed_over() {
    let world = world();
    let odd = [
        json!({ "kty": "AKP", "alg": "ML-DSA-999", "kid": "key-1", "pub": "AAAA" }),
        json!({ "kty": "made-up", "kid": "key-1" }),
        json!({ "kty": "RSA", "kid": "key-1", "e": "AQAB" }),
        json!({ "kty": "RSA", "kid": "key-1", "n": "AQAB" }),
        json!({ "kty": "RSA", "kid": "key-1", "n": "", "e": "" }),
        json!({ "kty": "RSA", "kid": "key-1", "n": "\u{e9}", "e": "AQAB" }),
        json!({ "kty": "RSA", "kid": 1, "n": "AQAB", "e": "AQAB" }),
        json!({ "kty": "RSA", "kid": "key-1", "use": ["sig"], "n": "AQAB", "e": "AQAB" }),
        json!({ "kty": "EC", "crv": "P-999", "kid": "key-1", "x": "AA", "y": "AA" }),
        json!({ "kty": "OKP", "crv": "Ed448", "kid": "key-1", "x": "AA" }),
        json!({ "kty": "oct", "kid": "key-1", "k": "AAAA" }),
        json!({ "kid": "key-1" }),
        json!({}),
        json!("not a key"),
        json!(null),
        json!([1, 2]),
        json!(1),
    ];
    let twice = r#"{"kty":"EC","kty":"RSA","kid":"key-1","n":"AQAB","e":"AQAB"}"#;
    let keys: Vec<String> = odd.iter().map(Value::to_string).collect();
    let set = format!("{{\"keys\":[{},{twice},{}],\"x\":1}}", keys.join(","), rsa_jwk(0));
    let answer = crate::answers::answer(StatusCode::OK, "application/json", set);
    world.emulator.answer_next(Endpoint::Jwks, answer);

    assert_eq!(judged(&world, &good()).await, "taken");
}

#[tokio::test]
async fn id_19_a_good_key_is_found_behind_five_hundred_others() {
    let world = world();
    let others =
        (0..500).map(|number| with(rsa_jwk(1), json!({ "kid": format!("other-{number}") })));
    let keys: Vec<Value> = others.chain([rsa_jwk(0)]).collect();
    publish(&world, &keys);

    assert_eq!(judged(&world, &good()).await, "taken");
}

#[tokio::test]
async fn id_19_what_is_no_set_of_keys_is_an_issuer_that_cannot_be_asked() {
    for body in
        ["", "{}", "[]", "null", "{\"keys\":{}}", "{\"keys\":null}", "<html>", "{\"keys\":[]} x"]
    {
        let world = world();
        for _ in 0..2 {
            let answer = crate::answers::answer(StatusCode::OK, "application/json", body);
            world.emulator.answer_next(Endpoint::Jwks, answer);
        }
        assert_eq!(log_in(&world).await, "id_token: keys", "{body}");
    }
    let world = world();
    publish(&world, &[]);
    assert_eq!(log_in(&world).await, "id_token: unknown_key");
}

#[tokio::test]
async fn id_20_without_a_name_each_key_that_fits_is_tried() {
    let nameless = || token(header_with(json!({ "kid": null })), claims("a-nonce"), rs256(0));
    let encrypts = with(rsa_jwk(0), json!({ "use": "enc", "kid": "enc" }));
    for (keys, told) in [
        (vec![rsa_jwk(0)], "taken"),
        (vec![with(rsa_jwk(0), json!({ "kid": null }))], "taken"),
        (vec![rsa_jwk(1), rsa_jwk(0)], "taken"),
        (vec![rsa_jwk(0), rsa_jwk(1)], "taken"),
        (vec![encrypts.clone(), Ec::p256().jwk, rsa_jwk(0)], "taken"),
        (vec![rsa_jwk(1)], "signature"),
        (vec![encrypts, Ec::p256().jwk], "unknown_key"),
        // Eight are tried.
        ([vec![rsa_jwk(1); 7], vec![rsa_jwk(0)]].concat(), "taken"),
        ([vec![rsa_jwk(1); 8], vec![rsa_jwk(0)]].concat(), "signature"),
    ] {
        let world = world();
        publish(&world, &keys);
        assert_eq!(judged(&world, &nameless()).await, told, "{} keys", keys.len());
    }
}

#[tokio::test]
async fn id_20_a_name_that_nobody_has_is_no_reason_to_try_another_key() {
    let world = world();
    world.emulator.tamper(IdTokenFault::UnknownKeyId);
    assert_eq!(log_in(&world).await, "id_token: unknown_key");

    for kid in ["", "key-2", "KEY-1", "key-1 "] {
        let made = token(header_with(json!({ "kid": kid })), claims("a-nonce"), rs256(0));
        assert_eq!(judged(&world, &made).await, "unknown_key", "{kid}");
    }
    for odd in ["1", "[\"key-1\"]", "null", "{}"] {
        let header = format!(r#"{{"alg":"RS256","kid":{odd}}}"#);
        let made = token(&header, claims("a-nonce"), rs256(0));
        assert_eq!(judged(&world, &made).await, "claim kid", "{odd}");
    }
}

/// The emulator's keys are read as the application's would be.
#[test]
fn the_keys_that_tests_sign_with_are_pkcs8() {
    for pem in forge::RSA_KEYS {
        assert!(PrivatePkcs8KeyDer::from_pem_slice(pem.as_bytes()).is_ok());
    }
    assert_ne!(rsa(0).public_key().as_ref(), rsa(1).public_key().as_ref());
}

/// The issuer has signed with a new key, and is not there to name it; or somebody has just asked for keys that nobody has.
#[tokio::test]
async fn a_refresh_whose_id_token_cannot_be_verified_yet_ends_no_login() {
    let world = world_of(
        |emulator| {
            let strict = emulator.rotate_refresh().revoke_family_on_reuse();
            Emulator::expire_in(strict, Duration::from_secs(60))
        },
        |builder| builder.offline_access(true),
    );
    let mut browser = world.browser_with(crate::oidc::who::<OpenId>);
    assert_eq!(browser.open("/").await.text(), ADA);
    world.emulator.rotate_keys();
    world.emulator.fail_next(Endpoint::Jwks, StatusCode::INTERNAL_SERVER_ERROR);
    for refreshes in 1..=2 {
        world.clock.advance(Duration::from_secs(61));

        assert_eq!(browser.look_at("/").await.text(), ADA, "{refreshes}");

        assert_eq!(world.emulator.refreshes(), refreshes);
    }
    // A token that names another user is another matter, whoever has signed it.
    world.emulator.tamper(IdTokenFault::WrongSubject);
    world.clock.advance(Duration::from_secs(61));
    assert_eq!(browser.look_at("/").await.status(), StatusCode::SEE_OTHER);
}
