//! URLs that are made of what an application says: where they lead is what the declaration says, with `url` as
//! the referee.

use std::net::{Ipv4Addr, Ipv6Addr};

use oauth_providers::{Declared, Host, Placeholder, PlaceholderKind, Provider, Segment};
use oauth_tests::strings::{addresses, hostile};
use oauth_tests::{Site, World};
use percent_encoding::percent_decode_str;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use url::Url;

use crate::properties::{done, one_case_of};
use crate::providers::{Acme, Plain};

/// A URL with placeholders, as the attribute takes it.
#[derive(Clone, Debug)]
struct Template {
    authority: &'static str,
    segments: Vec<&'static str>,
    query: &'static str,
}

impl Template {
    fn url(&self) -> String {
        let path: String = self.segments.iter().map(|segment| format!("/{segment}")).collect();
        format!("https://{}{path}{}", self.authority, self.query)
    }

    /// The template's last segment is `last`, so that it differs from others of the declaration.
    fn ending(&self, last: &'static str) -> Self {
        let mut other = self.clone();
        other.segments.push(last);
        other
    }

    /// Whether a URL is this one, with the values in their places and nowhere else.
    fn holds(&self, filled: &str, domain: &Host, tenant: &str) -> Result<(), TestCaseError> {
        let authority = self.authority.replace("{domain}", domain.as_str());
        let behind = filled.strip_prefix("https://").unwrap_or_default();
        let end = behind.find(['/', '\\', '?', '#']).unwrap_or(behind.len());
        prop_assert_eq!(&behind[..end], &authority);

        let url = Url::parse(filled).unwrap();
        prop_assert_eq!(url.origin().ascii_serialization(), format!("https://{authority}"));
        prop_assert_eq!((url.username(), url.password(), url.fragment()), ("", None, None));
        let decoded =
            |segment: &str| percent_decode_str(segment).decode_utf8().unwrap().into_owned();
        let found: Vec<String> = url.path_segments().unwrap().map(decoded).collect();
        // A path is never empty.
        let segments = if self.segments.is_empty() { &[""][..] } else { &self.segments };
        let expected = segments.iter().map(|segment| decoded(segment).replace("{tenant}", tenant));
        prop_assert_eq!(found, expected.collect::<Vec<String>>());
        prop_assert!(url[url::Position::AfterPath..].starts_with(self.query), "{}", url);
        Ok(())
    }
}

fn templates() -> impl Strategy<Value = Template> {
    let authority = select(&["{domain}", "{domain}", "id.example", "id.example:8443"][..]);
    let segment = select(
        &[
            "",
            "a",
            "a%20b",
            "{tenant}",
            "{tenant}",
            "v2-{tenant}",
            ".{tenant}",
            "{tenant}.",
            "{tenant}{tenant}",
        ][..],
    );
    (authority, vec(segment, 0..4), select(&["", "?a=b%20c"][..]))
        .prop_map(|(authority, segments, query)| Template { authority, segments, query })
}

/// Hosts, and what wants to pass for one.
fn hosts() -> impl Strategy<Value = String> {
    let name = "[a-z0-9]([a-zA-Z0-9-]{0,8}[a-z0-9])?(\\.[a-z0-9-]{1,6}){0,3}(:[0-9]{1,5})?";
    prop_oneof![
        6 => name,
        1 => any::<Ipv4Addr>().prop_map(|address| address.to_string()),
        1 => any::<Ipv6Addr>().prop_map(|address| format!("[{address}]")),
        2 => hostile(),
        2 => (name, hostile()).prop_map(|(name, rest)| format!("{name}{rest}")),
    ]
}

proptest! {
    #![proptest_config(one_case_of(1))]

    #[test]
    fn no_parameter_moves_a_url_out_of_its_template(
        template in templates(),
        (domain, tenant) in (hosts(), hostile()),
    ) {
        let given = domain;
        let (Ok(domain), Ok(segment)) =
            (Host::parse("domain", &given), Segment::parse("tenant", &tenant))
        else {
            return Ok(());
        };
        let mut declaration = Plain.declaration().clone();
        declaration.authorization_endpoint = Some(template.url().into());
        declaration.token_endpoint = Some(template.ending("token").url().into());
        declaration.api_base = Some(template.ending("v1").url().replace(template.query, "").into());
        let used = |name: &str| template.url().contains(&format!("{{{name}}}"));
        let placeholder =
            |name: &'static str, kind| Placeholder { name: name.into(), kind, default: None };
        declaration.placeholders = [
            placeholder("domain", PlaceholderKind::Host),
            placeholder("tenant", PlaceholderKind::Segment),
        ]
        .into_iter()
        .filter(|placeholder| used(&placeholder.name))
        .collect();
        let values = [("domain", &given), ("tenant", &tenant)];
        let provider = values
            .into_iter()
            .filter(|(name, _)| used(name))
            .try_fold(Declared::from(declaration), |it, (name, value)| it.with(name, value))
            .unwrap();
        prop_assert_eq!(provider.parameter("tenant"), used("tenant").then_some(segment.as_str()));
        let world = World::new(provider);

        let login = Site::new(world.oauth.login());
        let authorization = done(world.browser_of(login).look_at(world.oauth.login_path()));
        let client = world.oauth.offline("refresh-token");
        let _ = done(client.get("/x").unwrap().send());

        let given = given.strip_suffix(":443").unwrap_or(&given);
        prop_assert!(domain.as_str().eq_ignore_ascii_case(given), "{:?}", domain);
        template.holds(authorization.header("location"), &domain, &tenant)?;
        let token = world.sent.exchanges()[0].request.uri().to_string();
        template.ending("token").holds(&token, &domain, &tenant)?;
    }

    #[test]
    fn an_authorization_url_holds_what_it_was_given_and_nothing_else(
        client_id in hostile().prop_filter("none", |id| !id.is_empty()),
        (hint, name, value) in (hostile(), hostile(), hostile()),
    ) {
        let world = World::with(Plain, |builder| builder.client_id(&client_id));
        let Ok(login) = world.oauth.login().login_hint(&hint).param(&name, &value) else {
            return Ok(());
        };
        let mut browser = world.browser_of(Site::new(login));

        let page = done(browser.look_at(world.oauth.login_path()));

        let location = page.header("location");
        prop_assert!(location.starts_with("https://plain.example/authorize?response_type=code&"));
        let url = Url::parse(location).unwrap();
        let found: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        let mut expected = vec![
            ("response_type", "code"),
            ("client_id", &client_id),
            ("redirect_uri", world.oauth.redirect_uri()),
            ("code_challenge_method", "S256"),
            ("login_hint", &hint),
            (&name, &value),
            ("state", "AAAAAAAAAAEAAAACAAAAAwAAAAQAAAAFAAAABgAAAAc"),
            ("code_challenge", "kV_a4rdEIOMBGIzdvtPHpZaAUZe1UBR9KEa6gEqRGvU"),
        ];
        if name == "login_hint" {
            expected.remove(4);
        }
        let found: Vec<(&str, &str)> =
            found.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        prop_assert_eq!(found, expected);
        prop_assert_eq!(url.fragment(), None);
    }

    #[test]
    fn tr_01_no_target_of_a_call_leads_out_of_the_declared_api(
        target in prop_oneof![addresses("api.acme.example"), addresses("files.acme.example")],
        query in hostile(),
    ) {
        let world = World::new(Acme);

        let outcome = done(async {
            let session = world.log_in().await;
            world.sent.clear();
            session.client().get(&target)?.query("q", &query).send().await
        });

        let sent = world.sent.exchanges();
        if let Err(error) = &outcome {
            prop_assert!(["foreign_origin", "malformed"].contains(&error.code()), "{}", error);
        }
        prop_assert_eq!(sent.len(), usize::from(outcome.is_ok()));
        for exchange in sent {
            let uri = exchange.request.uri();
            let url = Url::parse(&uri.to_string()).unwrap();
            let origin = url.origin().ascii_serialization();
            let whole = target.contains("://") && !target.starts_with('/');
            match &*origin {
                "https://api.acme.example" => {
                    prop_assert!(whole || url.path().starts_with("/v1/"), "{}", uri);
                }
                "https://files.acme.example" => prop_assert!(whole, "{}", uri),
                _ => prop_assert!(false, "{}", uri),
            }
            prop_assert_eq!((url.username(), url.password()), ("", None));
            // The client that sends it reads it as the referee does.
            prop_assert_eq!(uri.host(), url.host_str());
            prop_assert_eq!(uri.port_u16(), url.port());
            prop_assert_eq!(url.query_pairs().last().unwrap(), ("q".into(), query.as_str().into()));
        }
    }

    #[test]
    fn a_call_goes_to_the_path_that_it_names(
        path in "/?([a-zA-Z0-9_~!$&'()*+,;=:@-]{1,6}/){0,3}[a-zA-Z0-9_~!$&'()*+,;=:@-]{0,6}",
        query in "(\\?[a-zA-Z0-9._~!$&()*+,;=:@/?-]{0,12})?",
    ) {
        let world = World::new(Acme);

        done(async {
            let session = world.log_in().await;
            world.sent.clear();
            session.client().get(&format!("{path}{query}")).unwrap().send().await.unwrap();
        });

        let relative = path.strip_prefix('/').unwrap_or(&path);
        let uri = world.sent.exchanges()[0].request.uri().to_string();
        prop_assert_eq!(uri, format!("https://api.acme.example/v1/{relative}{query}"));
    }
}
