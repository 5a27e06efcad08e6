//! An issuer for each tenant: `{tenantid}` in the metadata, and the tenant's own in the tokens.

use oauth_providers::{Identity, Microsoft, OAuth};
use oauth_tests::World;
use serde_json::json;

use crate::oidc::{ADA, log_in, world_at};

const TENANT: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";

fn issuer(tenant: &str) -> String {
    format!("https://login.microsoftonline.com/{tenant}/v2.0")
}

/// An application for everybody, whose user comes from a tenant; it may take some alone.
fn common(taken: Option<&[&str]>) -> World<Microsoft> {
    world_at(
        Microsoft::new("common").unwrap(),
        |emulator| emulator.tenant(TENANT),
        |builder| match taken {
            Some(tenants) => builder.tenants(tenants.iter().copied()),
            None => builder,
        },
    )
}

#[tokio::test]
async fn id_27_a_user_is_of_the_tenant_that_the_token_names_twice() {
    let world = common(None);

    let session = world.log_in().await;

    assert_eq!(session.claims().unwrap().identity(), &Identity::new(issuer(TENANT), "1815"));
    assert_eq!(session.profile().await.unwrap().identity(), &Identity::new(issuer(TENANT), "1815"));
    // Nothing of a token that is not believed yet says who is asked.
    let metadata = &world.sent.exchanges()[0].request;
    assert_eq!(
        metadata.uri(),
        "https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration"
    );
    assert!(world.sent.exchanges().iter().all(|it| !it.request.uri().path().contains(TENANT)));
}

#[tokio::test]
async fn id_27_the_issuer_and_the_claim_name_one_tenant() {
    for (iss, tid, told) in [
        (issuer(TENANT), Some(json!(TENANT)), ADA),
        (issuer(TENANT), Some(json!("another")), "id_token: issuer"),
        (issuer("another"), Some(json!(TENANT)), "id_token: issuer"),
        // The callback has named the issuer of this tenant.
        (issuer("another"), Some(json!("another")), "id_token: issuer"),
        (issuer(TENANT), None, "id_token: issuer"),
        (issuer(TENANT), Some(json!("")), "id_token: issuer"),
        (issuer(TENANT), Some(json!(null)), "id_token: issuer"),
        (issuer(TENANT), Some(json!([TENANT])), "id_token: issuer"),
        (issuer(TENANT), Some(json!(TENANT.to_uppercase())), "id_token: issuer"),
        (issuer("common"), Some(json!(TENANT)), "id_token: issuer"),
        (format!("https://sts.windows.net/{TENANT}/"), Some(json!(TENANT)), "id_token: issuer"),
        (format!("https://evil.example/{TENANT}/v2.0"), Some(json!(TENANT)), "id_token: issuer"),
        (format!("{}/", issuer(TENANT)), Some(json!(TENANT)), "id_token: issuer"),
        (
            format!("http://login.microsoftonline.com/{TENANT}/v2.0"),
            Some(json!(TENANT)),
            "id_token: issuer",
        ),
    ] {
        let world = common(None);
        world.emulator.id_token_claim("iss", &iss);
        match &tid {
            Some(tid) => world.emulator.id_token_claim("tid", tid),
            None => world.emulator.omit_id_token_claim("tid"),
        }
        assert_eq!(log_in(&world).await, told, "{iss} {tid:?}");
    }
}

/// The template is not an issuer: nobody is of the tenant `{tenantid}`.
#[tokio::test]
async fn id_27_the_template_itself_is_no_issuer() {
    for tid in [json!("{tenantid}"), json!(TENANT), json!("another")] {
        let world = common(Some(&[TENANT]));
        world.emulator.id_token_claim("iss", issuer("{tenantid}"));
        world.emulator.id_token_claim("tid", &tid);
        assert_eq!(log_in(&world).await, "id_token: issuer", "{tid}");
    }
    let world = common(None);
    world.emulator.tamper_next_issuer(&issuer("{tenantid}"));
    assert_eq!(log_in(&world).await, "issuer_mismatch");
}

#[tokio::test]
async fn id_27_what_leads_elsewhere_is_no_tenant() {
    for odd in [
        "a/b",
        "..",
        ".",
        "../a",
        "a/../b",
        "@evil.example",
        "a@b",
        "a%2Fb",
        "a?b",
        "a#b",
        "a\\b",
        "a b",
        "",
        ":8443",
        "evil.example/x",
        "\u{e9}",
        "a\n",
    ] {
        let world = common(None);
        world.emulator.id_token_claim("iss", issuer(odd));
        world.emulator.id_token_claim("tid", odd);
        assert_eq!(log_in(&world).await, "id_token: issuer", "{odd}");
    }
}

#[tokio::test]
async fn id_27_only_the_tenants_of_the_list_may_log_in() {
    assert_eq!(log_in(&common(Some(&[TENANT]))).await, ADA);
    assert_eq!(log_in(&common(Some(&["another", TENANT]))).await, ADA);
    for others in [&["another"][..], &[], &[""], &["9188040D-6C67-4C5B-B112-36A304B66DAD"]] {
        assert_eq!(log_in(&common(Some(others))).await, "id_token: tenant", "{others:?}");
    }
}

/// As Entra answers for one tenant: its metadata name its own issuer, and no template.
#[tokio::test]
async fn id_27_an_application_of_one_tenant_takes_no_other() {
    for (of, told) in [(TENANT, ADA), ("another", "issuer_mismatch")] {
        let world = world_at(
            Microsoft::new(TENANT).unwrap(),
            |emulator| emulator.tenant(of).metadata_member("issuer", issuer(TENANT)),
            |builder| builder,
        );
        assert_eq!(log_in(&world).await, told, "{of}");
    }
    // Also where the callback says what it should, and the token alone is another's.
    let world = world_at(
        Microsoft::new(TENANT).unwrap(),
        |emulator| emulator.tenant(TENANT).metadata_member("issuer", issuer(TENANT)),
        |builder| builder,
    );
    world.emulator.id_token_claim("iss", issuer("another"));
    world.emulator.id_token_claim("tid", "another");
    assert_eq!(log_in(&world).await, "id_token: issuer");
}

#[tokio::test]
async fn id_27_metadata_of_another_issuer_are_not_those_of_a_tenant() {
    for other in
        ["https://evil.example/{tenantid}/v2.0", "https://login.microsoftonline.com/{tenantid}", ""]
    {
        let world = world_at(
            Microsoft::new("common").unwrap(),
            |emulator| emulator.metadata_member("issuer", other),
            |builder| builder,
        );
        assert_eq!(log_in(&world).await, "metadata", "{other}");
    }
}

#[test]
fn id_27_tenants_of_a_provider_that_has_none_are_a_mistake() {
    let error = OAuth::builder(oauth_providers::Google)
        .client_id("app")
        .client_secret("secret")
        .redirect_uri("https://app.example/callback")
        .store(oauth_providers::store::MemoryStore::new(), oauth_tests::key_ring())
        .tenants(["a"])
        .build()
        .unwrap_err();

    assert!(error.to_string().contains("declares no tenants"), "{error}");
}
