//! Who the user is: the userinfo answer must be about the user of the ID token.

use http::{Response, StatusCode};
use oauth_providers::{
    Admission, Emulator, Endpoint, IdTokenFault, OAuthBuilder, OpenId, SigningAlgorithm, User,
};
use oauth_tests::World;
use serde_json::{Value, json};

use crate::answers::{answer, json as in_json};
use crate::oidc::forge::{header, header_with, rs256, token};
use crate::oidc::{ADA, ISSUER, NOW, log_in, who, world, world_of};

/// An application that asks who the user is before it lets them in.
fn asking() -> World<OpenId> {
    world_of(
        |emulator| emulator.user(User::new("alice").name("Alice")),
        |builder| {
            builder.on_login(|login| async move {
                let profile = login.session().profile().await?;
                Ok(Admission::new().account(profile.subject()))
            })
        },
    )
}

fn about(subject: &Value) -> Value {
    json!({ "sub": subject, "name": "Somebody Else", "email": "bob@users.example" })
}

#[tokio::test]
async fn id_16_a_profile_of_another_user_logs_nobody_in() {
    for other in [
        json!("bob"),
        json!(""),
        json!("Alice"),
        json!("ALICE"),
        json!(1),
        json!(["alice"]),
        json!("alice "),
        json!(" alice"),
        json!("alice\u{0}"),
        json!("\u{430}lice"),
        json!(null),
        json!({ "sub": "alice" }),
    ] {
        let world = asking();
        world.emulator.userinfo_member("sub", &other);
        let mut browser = world.browser();

        let page = browser.open("/").await;

        assert_eq!(page.text(), "refused: profile: subject", "{other}");
        assert_eq!(browser.jar().names(), [""; 0], "{other}");
    }
    let world = asking();
    world.emulator.answer_next(Endpoint::UserInfo, in_json(&json!({ "name": "Nobody" })));
    assert_eq!(world.browser().open("/").await.text(), "refused: profile: subject");
    assert_eq!(asking().browser().open("/").await.text(), "alice reads /");
}

#[tokio::test]
async fn id_16_no_claim_of_another_user_reaches_a_session_that_there_is() {
    for other in [json!("bob"), json!(1815), json!("1815 "), json!(null)] {
        let world = world();
        let session = world.log_in().await;
        world.emulator.answer_next(Endpoint::UserInfo, in_json(&about(&other)));

        let error = session.profile().await.unwrap_err();

        assert_eq!(error.code(), "profile", "{other}");
        let shown = format!("{error:?} {error}");
        assert!(!shown.contains("Somebody") && !shown.contains("bob"), "{shown}");
    }
    let world = world();
    let session = world.log_in().await;
    world.emulator.answer_next(Endpoint::UserInfo, in_json(&about(&json!("1815"))));
    assert_eq!(session.profile().await.unwrap().name(), Some("Somebody Else"));
}

/// A login, and a page that asks who the user is; the userinfo endpoint answers like this.
async fn answered(world: &World<OpenId>, response: Response<bytes::Bytes>) -> String {
    world.emulator.answer_next(Endpoint::UserInfo, response);
    world.browser_with(who::<OpenId>).open("/").await.text().to_owned()
}

/// An issuer that says how it signs its answers.
fn announcing(emulator: Emulator) -> Emulator {
    emulator.metadata_member("userinfo_signing_alg_values_supported", ["RS256"])
}

/// The algorithm is that of the answers, and not that of ID tokens.
#[tokio::test]
async fn id_26_an_answer_is_signed_as_it_was_registered_or_announced() {
    use SigningAlgorithm::{Es384, Rs256};
    for (registered, announces, found, told) in [
        (None, false, Rs256, ADA),
        // Nothing is said of it: any key of the issuer's may have signed.
        (None, false, Es384, ADA),
        (None, true, Rs256, ADA),
        (None, true, Es384, "profile: algorithm ES384"),
        (Some(Rs256), false, Rs256, ADA),
        (Some(Rs256), false, Es384, "profile: algorithm ES384"),
        (Some(Es384), true, Es384, ADA),
        (Some(Es384), true, Rs256, "profile: algorithm RS256"),
    ] {
        let world = world_of(
            |it| if announces { announcing(it.sign_userinfo()) } else { it.sign_userinfo() },
            |builder| {
                let builder = builder.id_token_signed_response_alg(Rs256);
                registered.into_iter().fold(builder, OAuthBuilder::userinfo_signed_response_alg)
            },
        );
        if found == Es384 {
            world.emulator.tamper_userinfo(IdTokenFault::AnotherAlgorithm);
        }
        assert_eq!(log_in(&world).await, told, "{registered:?} {announces} {found}");
    }
}

#[tokio::test]
async fn id_26_a_signed_answer_is_the_issuers_for_this_client_about_this_user() {
    let signed = || world_of(|it| announcing(it.sign_userinfo()), |builder| builder);
    assert_eq!(log_in(&signed()).await, ADA);
    for (fault, told) in [
        (IdTokenFault::BadSignature, "profile: signature"),
        (IdTokenFault::AlgNone, "profile: algorithm none"),
        (IdTokenFault::AnotherAlgorithm, "profile: algorithm ES384"),
        (IdTokenFault::UnknownKeyId, "profile: unknown_key"),
        (IdTokenFault::Critical, "profile: malformed"),
    ] {
        let world = signed();
        world.emulator.tamper_userinfo(fault);
        assert_eq!(log_in(&world).await, told, "{fault:?}");
    }
    for (name, value, told) in [
        ("aud", json!("another-client"), "profile: audience"),
        ("aud", json!([]), "profile: audience"),
        ("aud", json!(1), "profile: claim aud"),
        ("aud", json!([Emulator::CLIENT_ID]), ADA),
        ("iss", json!("https://another.example"), "profile: issuer"),
        ("iss", json!("https://op.example/"), "profile: issuer"),
        ("iss", json!(null), "profile: claim iss"),
        ("iss", json!([ISSUER]), "profile: claim iss"),
        ("sub", json!("somebody-else"), "profile: subject"),
        ("sub", json!(1815), "profile: subject"),
        ("name", json!("Augusta"), "1815 Augusta <ada@users.example>"),
    ] {
        let world = signed();
        world.emulator.userinfo_member(name, &value);
        assert_eq!(log_in(&world).await, told, "{name}: {value}");
    }
}

#[tokio::test]
async fn id_26_what_kind_of_answer_it_is_says_its_content_type() {
    let claims = json!({ "iss": ISSUER, "aud": Emulator::CLIENT_ID, "sub": "1815", "name": "Ada" });
    let signed = || token(header(), &claims, rs256(0));
    let ok = |kind: &str, body: String| answer(StatusCode::OK, kind, body);
    for (response, told) in [
        (ok("application/jwt", signed()), "1815 Ada <>"),
        (ok("application/jwt; charset=utf-8", signed()), "1815 Ada <>"),
        (ok("Application/JWT", signed()), "1815 Ada <>"),
        (ok("application/json", claims.to_string()), "1815 Ada <>"),
        (ok("application/json; charset=utf-8", claims.to_string()), "1815 Ada <>"),
        // Each as the other.
        (ok("application/jwt", claims.to_string()), "profile: malformed"),
        (ok("application/json", signed()), "profile: unreadable"),
        (ok("application/json", json!(signed()).to_string()), "profile: subject"),
        // Neither: a value that is no object has no subject.
        (ok("text/html", claims.to_string()), "profile: unreadable"),
        (ok("text/html; charset=utf-8", claims.to_string()), "profile: unreadable"),
        (ok("application/json", json!([claims]).to_string()), "profile: subject"),
        (ok("application/json", "[\"sub\",\"1815\"]".to_owned()), "profile: subject"),
        (ok("application/json", "null".to_owned()), "profile: subject"),
        (ok("application/json", String::new()), "profile: unreadable"),
        (ok("application/jwt", String::new()), "profile: malformed"),
    ] {
        let shown = format!("{:?} {:?}", response.headers(), response.body());
        let page = answered(&world(), response).await;
        assert_eq!(page, told, "{shown}");
    }
}

/// By the key of another, by no key, and inside of another token.
#[tokio::test]
async fn id_26_a_signed_answer_is_held_to_the_rules_of_an_id_token() {
    let claims = json!({ "iss": ISSUER, "aud": Emulator::CLIENT_ID, "sub": "1815" });
    let by_another = token(header(), &claims, rs256(1));
    let with_its_key =
        token(header_with(json!({ "jwk": crate::oidc::forge::rsa_jwk(1) })), &claims, rs256(1));
    let encrypted = "e30.e30.e30.e30.e30".to_owned();
    let list = token(header(), json!([claims]), rs256(0));
    let twice =
        token(header(), format!("{{\"sub\":\"1815\",{}", &claims.to_string()[1..]), rs256(0));
    for (body, told) in [
        (by_another, "profile: signature"),
        (with_its_key, "profile: signature"),
        (encrypted, "profile: malformed"),
        (list, "profile: malformed"),
        (twice, "profile: malformed"),
    ] {
        let response = answer(StatusCode::OK, "application/jwt", body.clone());
        assert_eq!(answered(&world(), response).await, told, "{body}");
    }
}

/// OpenID Connect Core s5.3.2 leaves `exp` to the issuer; one that is there is believed (RFC 7519 s4.1.4).
#[tokio::test]
async fn id_26_a_signed_answer_that_is_over_or_of_another_kind_is_none() {
    let claims =
        json!({ "iss": ISSUER, "aud": Emulator::CLIENT_ID, "sub": "1815", "exp": NOW - 3600 });
    let over = token(header(), &claims, rs256(0));
    let claims = json!({ "iss": ISSUER, "aud": Emulator::CLIENT_ID, "sub": "1815" });
    let access_token = token(header_with(json!({ "typ": "at+jwt" })), &claims, rs256(0));
    for (body, told) in [(over, "profile: expired"), (access_token, "profile: kind")] {
        let response = answer(StatusCode::OK, "application/jwt", body);
        assert_eq!(answered(&world(), response).await, told);
    }
}
