//! Where the browser goes after a login, with `url` as the referee.

use std::future::ready;

use http::Uri;
use oauth_providers::Admission;
use oauth_tests::strings::addresses;
use oauth_tests::{Page, World};
use proptest::prelude::*;
use url::{Position, Url};

use crate::properties::{done, one_case_of};
use crate::providers::Acme;
use crate::redirect::{finished, login_request, navigation, stays_here};

/// Where a place leads to in the eyes of `url`: its path, query and fragment, behind one slash; the root if that is
/// another origin or has a user.
fn referee(place: &str) -> String {
    let root = Url::parse("https://app.example/").unwrap();
    let url = root.join(place).ok().filter(|url| url.origin() == root.origin());
    let url = url.filter(|url| url.username().is_empty() && url.password().is_none());
    let path = url.map(|url| url[Position::BeforePath..].trim_start_matches('/').to_owned());
    format!("/{}", path.unwrap_or_default())
}

/// A path with its query, as a browser writes it: `path-absolute [ "?" query ]` of RFC 3986 without the segments
/// `.` and `..` and, in a query, without the apostrophe, which browsers encode.
fn pages() -> impl Strategy<Value = String> {
    let encoded = "%[013-9A-F][0-9A-F]|%2[0-9A-DF]";
    let letter = format!("[a-zA-Z0-9_~!$&'()*+,;=:@-]|\\.[a-z]|{encoded}");
    let path = format!("/((({letter}){{1,6}}/){{0,3}}({letter}){{0,6}}(//({letter}){{1,3}})?)?");
    let query = format!("[a-zA-Z0-9._~!$&()*+,;=:@/?-]|{encoded}");
    let one_slash = |path: &String| !path.starts_with("//");
    let path = proptest::string::string_regex(&path).unwrap().prop_filter("a host", one_slash);
    let query = proptest::string::string_regex(&format!("(\\?({query}){{0,12}})?")).unwrap();
    (path, query).prop_map(|(path, query)| format!("{path}{query}"))
}

/// A login that is to return there.
async fn returned(world: &World<Acme>, place: &str) -> Page {
    let mut browser = world.browser();
    let began = browser.send(login_request(place.as_bytes())).await;
    finished(&mut browser, &began).await
}

/// A login that began by asking for a page.
async fn asked_for(world: &World<Acme>, target: Uri) -> Page {
    let mut browser = world.browser();
    let began = browser.send_as_it_is(navigation(target)).await;
    finished(&mut browser, &began).await
}

proptest! {
    #![proptest_config(one_case_of(2))]

    #[test]
    fn rd_01_no_return_to_leads_out_and_what_is_kept_stays_as_it_is(
        place in addresses("app.example"),
    ) {
        let world = World::new(Acme);

        let page = done(returned(&world, &place));
        let kept = page.header("location");
        let again = done(returned(&world, kept));

        stays_here(&page, place.as_bytes());
        prop_assert!(kept == "/" || kept == referee(&place), "{}", kept);
        prop_assert_eq!(again.header("location"), kept);
    }

    #[test]
    fn rd_01_no_place_that_on_login_names_leads_out(place in addresses("app.example")) {
        let named = place.clone();
        let world = World::with(Acme, |builder| {
            builder.on_login(move |_| ready(Ok(Admission::new().return_to(&named))))
        });

        let page = done(returned(&world, "/"));

        stays_here(&page, place.as_bytes());
        let kept = page.header("location");
        prop_assert!(kept == "/" || kept == referee(&place), "{}", kept);
    }

    #[test]
    fn rd_01_no_target_of_a_request_leads_out(target in addresses("app.example")) {
        // What the http crate refuses, no server hands on.
        let Ok(uri) = Uri::try_from(&target) else { return Ok(()) };

        let page = done(asked_for(&World::new(Acme), uri));

        stays_here(&page, target.as_bytes());
    }

    #[test]
    fn rd_02_every_page_of_the_application_is_returned_to_as_it_is(
        page in pages(),
        fragment in "(#[a-zA-Z0-9._~!$&'()*+,;=:@/?-]{0,8})?",
    ) {
        let world = World::new(Acme);
        let place = format!("{page}{fragment}");

        let returned = done(returned(&world, &place));
        let whole = done(self::returned(&world, &format!("https://app.example{place}")));
        let asked_for = done(asked_for(&world, page.parse().unwrap()));

        prop_assert_eq!(returned.header("location"), &place);
        prop_assert_eq!(whole.header("location"), &place);
        prop_assert_eq!(asked_for.header("location"), page);
    }
}
