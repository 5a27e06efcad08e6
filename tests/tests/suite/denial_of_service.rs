//! What strangers can make the application do: little, and nothing that lasts.

use std::fs;

use bytes::Bytes;
use http::header::COOKIE;
use http::{HeaderValue, Request, StatusCode};
use oauth_providers::{Endpoint, SystemEntropy};
use oauth_tests::World;

use crate::own_process::is_alone;
use crate::providers::Acme;
use crate::state::with_parameter;

/// The memory of this process that is in use, in KiB.
#[cfg(target_os = "linux")]
fn resident() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn ds_01_strangers_who_begin_logins_cost_no_memory() {
    if !is_alone("denial_of_service::ds_01_strangers_who_begin_logins_cost_no_memory", &[]) {
        return;
    }
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let world = World::with(Acme, |builder| builder.entropy(SystemEntropy));
    let site = world.site();
    let strangers = |count: u32| {
        runtime.block_on(async {
            for stranger in 0..count {
                let request =
                    Request::get(format!("/page/{stranger}")).header("accept", "text/html");
                let answer = site.call(request.body(Bytes::new()).unwrap()).await;
                assert_eq!(answer.status(), StatusCode::SEE_OTHER);
            }
        });
    };
    strangers(2_000);

    let before = resident();
    strangers(30_000);
    let grown = resident().saturating_sub(before);

    // A map with an entry for each of them would be several MiB.
    assert!(grown < 1024, "{grown} KiB more");
}

#[tokio::test]
async fn ds_02_what_is_too_large_is_refused_before_it_is_looked_at() {
    let world = World::new(Acme);
    let mut browser = world.browser();
    let callback = browser.begin_and_agree("/").await;
    let large = "x".repeat(40_000);

    for name in ["state", "code", "error", "error_description", "iss", "unknown"] {
        let page = browser.arrive(with_parameter(&callback, name, Some(&large))).await;

        assert_eq!(page.status(), StatusCode::BAD_REQUEST, "{name}");
        assert!(page.text().len() < 4096 && !page.text().contains("xxxx"), "{}", page.text());
    }
    let mut many = callback.clone();
    many.query_pairs_mut().extend_pairs((0..1000).map(|n| (format!("p{n}"), n.to_string())));
    assert_eq!(browser.arrive(&many).await.status(), StatusCode::SEE_OTHER);
    assert_eq!(world.sent.count(), 1);
}

#[tokio::test]
async fn ds_02_a_megabyte_of_cookies_is_nobody() {
    let world = World::new(Acme);
    let name = world.oauth.instance().session_cookie();
    let parts: String = (0..20_000).map(|n| format!("{name}.{n}=x; ")).collect();

    for cookies in [
        format!("{name}={}", "A".repeat(1 << 20)),
        format!("{name}=9~{}; {name}.1={}", "A".repeat(1 << 19), "A".repeat(1 << 19)),
        parts,
        "=;".repeat(1 << 19),
    ] {
        let request = Request::get("/").header("accept", "text/html");
        let request = request.header(COOKIE, HeaderValue::try_from(cookies).unwrap());
        let answer = world.site().call(request.body(Bytes::new()).unwrap()).await;

        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn ds_06_a_login_under_way_is_worth_one_token_request() {
    let world = World::new(Acme);
    let mut browser = world.browser();
    let callback = browser.begin_and_agree("/").await;
    let jar = browser.jar().clone();

    for guess in 0..50 {
        // The cookies of before, though the application has removed them.
        *browser.jar_mut() = jar.clone();
        let code = format!("guess-{guess}");
        browser.arrive(with_parameter(&callback, "code", Some(&code))).await;
    }

    assert_eq!(world.emulator.requests(Endpoint::Token), 1);
}
