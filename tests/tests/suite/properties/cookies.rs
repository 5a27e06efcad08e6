//! Sessions of any size, under any name.

use std::time::Duration;

use http::StatusCode;
use oauth_providers::{EncryptedCookies, OAuthBuilder};
use oauth_tests::{World, key_ring};
use proptest::prelude::*;

use crate::properties::{done, one_case_of};
use crate::providers::Acme;

proptest! {
    #![proptest_config(one_case_of(4))]

    #[test]
    fn ck_07_a_session_of_any_size_is_found_again_or_refused_whole(
        bytes in 0..24 * 1024_usize,
        most_cookies in 1..=8_usize,
        name in proptest::option::of("[a-z0-9_]{1,64}"),
        lifetime in any::<u64>(),
    ) {
        let mut world = World::with(Acme, |builder| {
            let cookies = EncryptedCookies::new(key_ring()).single_process();
            let cookies = cookies.lifetime(Duration::from_secs(lifetime));
            let builder = builder.persistence(cookies.most_cookies(most_cookies));
            name.iter().fold(builder, OAuthBuilder::name)
        });
        world.emulator = world.emulator.token_member("padding", "x".repeat(bytes));
        let mut browser = world.browser_with(async || "");

        let (page, next) = done(async {
            let callback = browser.begin_and_agree("/").await;
            (browser.arrive(callback).await, browser.look_at("/").await)
        });

        prop_assert!(page.set_cookies().iter().all(|line| line.len() <= 4096), "{:?}", page);
        if page.status() == StatusCode::SEE_OTHER {
            prop_assert_eq!(next.status(), StatusCode::OK);
        } else {
            prop_assert!(page.text().contains("<small>store</small>"), "{}", page.text());
            prop_assert!(bytes > 2_000 * most_cookies, "{} bytes in {}", bytes, most_cookies);
            prop_assert_eq!(next.status(), StatusCode::SEE_OTHER);
        }
    }
}
