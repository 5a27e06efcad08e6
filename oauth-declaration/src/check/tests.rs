//! Each rule, on values.

use std::borrow::Cow;

use crate::auth_method::TokenEndpointAuthMethod;
use crate::declaration::{
    Declaration, DeclaredField, DeclaredScope, EmailVerified, EmailsCall, Offline, Pkce,
    Placeholder, PlaceholderKind, ProfilePointers,
};
use crate::dialect::{
    Dialect, ErrorWhen, RevocationRequest, TenantIssuer, TokenRequest, TokenRequestMethod,
    TokenResponseFormat, UserinfoRequest,
};
use crate::param::{Param, ParamValue, RequestParam};
use crate::text::{List, Text};

/// The least declaration without a mistake.
fn github() -> Declaration {
    Declaration {
        name: "GitHub".into(),
        slug: "github".into(),
        authorization_endpoint: Some("https://github.com/login/oauth/authorize".into()),
        token_endpoint: Some("https://github.com/login/oauth/access_token".into()),
        ..Declaration::EMPTY
    }
}

fn speaking(dialect: Dialect) -> Declaration {
    Declaration { dialect, ..github() }
}

fn with_placeholder(url: &'static str, kind: PlaceholderKind) -> Declaration {
    Declaration {
        token_endpoint: Some(url.into()),
        placeholders: vec![placeholder("tenant", kind)].into(),
        ..github()
    }
}

fn placeholder(name: &'static str, kind: PlaceholderKind) -> Placeholder {
    Placeholder { name: name.into(), kind, default: None }
}

fn texts(texts: &[&'static str]) -> List<Text> {
    texts.iter().map(|text| Cow::Borrowed(*text)).collect()
}

fn scopes(scopes: &[(&'static str, &'static str)]) -> List<DeclaredScope> {
    let scope = |(variant, value): &(&'static str, &'static str)| DeclaredScope {
        variant: (*variant).into(),
        value: (*value).into(),
        doc: "".into(),
    };
    scopes.iter().map(scope).collect()
}

fn params(params: &[(&'static str, &'static str)]) -> List<Param> {
    let param = |(name, value): &(&'static str, &'static str)| Param {
        name: (*name).into(),
        value: (*value).into(),
    };
    params.iter().map(param).collect()
}

fn request(params: &[(&'static str, ParamValue)]) -> List<RequestParam> {
    let param = |(name, value): &(&'static str, ParamValue)| RequestParam {
        name: (*name).into(),
        value: value.clone(),
    };
    params.iter().map(param).collect()
}

fn text(text: &'static str) -> ParamValue {
    ParamValue::Constant(text.into())
}

fn profile(subject: &'static str) -> ProfilePointers {
    ProfilePointers {
        subject: subject.into(),
        name: None,
        email: None,
        email_verified: EmailVerified::Never,
        picture: None,
    }
}

#[track_caller]
fn refused(declaration: &Declaration, sentences: &[&str]) {
    let mistakes: Vec<String> = declaration.mistakes().iter().map(ToString::to_string).collect();
    assert_eq!(mistakes, sentences);
    for mistake in declaration.mistakes() {
        assert!(mistake.message().chars().count() <= 140, "{mistake}");
    }
}

#[track_caller]
fn accepted(declaration: &Declaration) {
    refused(declaration, &[]);
}

#[test]
fn the_least_declaration_is_accepted() {
    accepted(&github());
}

#[test]
fn a_declaration_that_says_nothing_lacks_everything() {
    refused(
        &Declaration::EMPTY,
        &[
            "missing `name`; it is what people call the provider",
            "missing `slug`; it is a part of cookie names and paths",
            "missing `authorization_endpoint`; it is where the browser is sent",
            "missing `token_endpoint`; it is where the authorization code is exchanged",
        ],
    );
}

#[test]
fn an_issuer_stands_in_for_the_endpoints() {
    accepted(&Declaration {
        issuer: Some("https://login.example/".into()),
        authorization_endpoint: None,
        token_endpoint: None,
        ..github()
    });
}

#[test]
fn names_are_texts() {
    refused(
        &Declaration { name: "a\nb".into(), scope_separator: "".into(), ..github() },
        &[
            "`name` expects a text without control characters",
            "`scope_separator` is empty; write a text or remove it",
        ],
    );
    refused(
        &Declaration { slug: "Git-Hub".into(), ..github() },
        &["`slug` expects `a` to `z`, `0` to `9` and `_`, found `Git-Hub`"],
    );
}

#[test]
fn every_url_is_checked() {
    let bad = || Some(Text::from("/x"));
    let declaration = Declaration {
        console: bad(),
        service_documentation: bad(),
        issuer: bad(),
        authorization_endpoint: bad(),
        token_endpoint: bad(),
        revocation_endpoint: bad(),
        userinfo_endpoint: bad(),
        jwks_uri: bad(),
        end_session_endpoint: bad(),
        api_base: bad(),
        api_origins: texts(&["/x"]),
        emails: Some(EmailsCall {
            endpoint: "/x".into(),
            address: "/a".into(),
            verified: None,
            primary: None,
        }),
        profile: Some(profile("/id")),
        dialect: Dialect { refresh_endpoint: bad(), ..Dialect::NONE },
        ..github()
    };

    let mistakes: Vec<_> = declaration.mistakes();
    let places: Vec<String> = mistakes.iter().map(|mistake| mistake.place().to_string()).collect();
    assert_eq!(
        places,
        [
            "console",
            "service_documentation",
            "issuer",
            "authorization_endpoint",
            "token_endpoint",
            "revocation_endpoint",
            "userinfo_endpoint",
            "jwks_uri",
            "end_session_endpoint",
            "api_base",
            "api_origins[0]",
            "emails.endpoint",
            "dialect.refresh_endpoint",
        ]
    );
    let shown: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
    assert_eq!(shown[0], "`console` must be an absolute `https` URL, found `/x`");
    assert_eq!(
        shown[10],
        "`api_origins[0]`: `api_origins` must be an absolute `https` URL, found `/x`"
    );
}

#[test]
fn some_urls_are_stricter() {
    refused(
        &Declaration {
            issuer: Some("https://a.example/?b".into()),
            api_base: Some("https://a.example/?c=d".into()),
            api_origins: texts(&["https://a.example/e", "https://f.example", "https://f.example"]),
            ..github()
        },
        &[
            "`issuer` takes no query; remove `?b`",
            "`api_base` takes no query; remove `?c=d`",
            "`api_origins[0]`: `api_origins` takes origins, which have no path; remove `/e`",
            "`api_origins[2]`: `https://f.example` is given twice; keep one",
        ],
    );
}

#[test]
fn placeholders_are_declared_and_used() {
    accepted(&with_placeholder("https://{tenant}/token", PlaceholderKind::Host));
    accepted(&with_placeholder("https://a.example/v-{tenant}", PlaceholderKind::Segment));
    accepted(&with_placeholder("https://a.example/?x=v-{tenant}", PlaceholderKind::Value));
    refused(
        &with_placeholder("https://{domain}/{tenant}", PlaceholderKind::Host),
        &[
            "`{domain}` in `token_endpoint` is not declared; add the host `domain` to `placeholders`",
            "`placeholders[0].kind`: `{tenant}` in `token_endpoint` is in the path; expected `segment`, found `host`",
        ],
    );
    refused(
        &with_placeholder("https://{tenant}/{tenant}?x={tenant}", PlaceholderKind::Host),
        &[
            "`{tenant}` in `token_endpoint` is in the path; expected `segment`, found `host`",
            "`{tenant}` in `token_endpoint` is in the query; expected `value`, found `host`",
        ],
    );
    refused(
        &with_placeholder("https://a.example/token", PlaceholderKind::Host),
        &[
            "`placeholders[0].name`: the placeholder `tenant` stands in no URL; write `{tenant}` in one or remove it",
        ],
    );
}

#[test]
fn a_placeholder_stands_in_its_own_place() {
    let twice = Declaration {
        placeholders: vec![
            placeholder("tenant", PlaceholderKind::Host),
            placeholder("tenant", PlaceholderKind::Host),
        ]
        .into(),
        ..with_placeholder("https://{tenant}/token", PlaceholderKind::Host)
    };
    refused(&twice, &["`placeholders[1].name`: `tenant` is given twice; keep one"]);
}

#[test]
fn a_default_may_stand_in_its_place() {
    for (url, kind, good, bad, sentence) in [
        (
            "https://{tenant}/",
            PlaceholderKind::Host,
            "a.example",
            "a/b",
            "`placeholders[0].default`: the default of `tenant` must be a host such as `tenant.example.com`, found `a/b`",
        ),
        (
            "https://a.example/{tenant}",
            PlaceholderKind::Segment,
            "common",
            "..",
            "`placeholders[0].default`: the default of `tenant` must be one segment of a path, found `..`",
        ),
        (
            "https://a.example/?a={tenant}",
            PlaceholderKind::Value,
            "a b",
            "",
            "`placeholders[0].default`: the default of `tenant` must be a text that is not empty",
        ),
    ] {
        let mut declaration = with_placeholder(url, kind);
        declaration.placeholders.to_mut()[0].default = Some(good.into());
        accepted(&declaration);
        declaration.placeholders.to_mut()[0].default = Some(bad.into());
        refused(&declaration, &[sentence]);
    }
}

#[test]
fn scopes_are_tokens_given_once() {
    refused(
        &Declaration {
            scopes: scopes(&[
                ("A", "a b"),
                ("A", "c"),
                ("D", "c"),
                ("E", "é"),
                ("F", ""),
                ("OpenId", "openid"),
            ]),
            ..github()
        },
        &[
            "`scopes[0].value`: a scope holds no space; write two scopes, `\"a\"` and `\"b\"`",
            "`scopes[1].variant`: `A` is given twice; keep one",
            "`scopes[2].value`: `c` is given twice; keep one",
            "`scopes[3].value`: a scope holds no `é`; expected visible ASCII other than `\"` and `\\`",
            "`scopes[4].value`: a scope is not empty; remove it",
            "`scopes[5].value`: `openid` asks for an ID token, which needs `issuer`; add it",
        ],
    );
}

#[test]
fn what_is_asked_for_is_declared() {
    refused(
        &Declaration {
            scopes: scopes(&[("Read", "read")]),
            default_scopes: texts(&["read", "read", "raed", "write"]),
            offline: Offline::Scope("offline".into()),
            ..github()
        },
        &[
            "`default_scopes[1]`: `read` is given twice; keep one",
            "`default_scopes[2]`: unknown scope `raed`; did you mean `read`?",
            "`default_scopes[3]`: unknown scope `write`, expected `read`",
            "`offline.scope`: unknown scope `offline`, expected `read`",
        ],
    );
    refused(
        &Declaration { default_scopes: texts(&["read"]), ..github() },
        &["`default_scopes[0]`: `read` is not declared; add it to `scopes`"],
    );
}

#[test]
fn a_public_client_needs_pkce() {
    let sentence = "`token_endpoint_auth_method = none` needs PKCE; remove `pkce = unsupported`";
    refused(
        &Declaration {
            pkce: Pkce::Unsupported,
            token_endpoint_auth_method: TokenEndpointAuthMethod::None,
            ..github()
        },
        &[&format!("`pkce`: {sentence}"), &format!("`token_endpoint_auth_method`: {sentence}")],
    );
}

#[test]
fn the_protocol_keeps_its_parameters() {
    refused(
        &Declaration {
            authorization_params: params(&[("state", "1"), ("", "2"), ("a", "3"), ("a", "4")]),
            offline: Offline::Params(params(&[("nonce", "1"), ("key", "2")])),
            dialect: Dialect { client_id_param: Some("key".into()), ..Dialect::NONE },
            ..github()
        },
        &[
            "`authorization_params.state`: `state` belongs to the protocol, which sets it itself; remove it",
            "`authorization_params.\"\"`: the name of a parameter is empty; write one or remove the parameter",
            "`authorization_params.a`: `a` is given twice; keep one",
            "`offline.params.nonce`: `nonce` belongs to the protocol, which sets it itself; remove it",
            "`offline.params.key`: `key` belongs to the protocol, which sets it itself; remove it",
        ],
    );
    refused(
        &Declaration { offline: Offline::Params(params(&[])), ..github() },
        &["`offline.params`: `params` is empty; remove it or fill it"],
    );
}

#[test]
fn a_token_request_takes_what_is_known_then() {
    accepted(&Declaration {
        token_params: request(&[
            ("audience", text("api")),
            ("app", ParamValue::ClientId),
            ("to", ParamValue::RedirectUri),
            ("scope", ParamValue::Scope),
            ("state", ParamValue::State),
            ("shop", ParamValue::Callback("shop".into())),
        ]),
        dialect: Dialect { callback_params: texts(&["shop"]), ..Dialect::NONE },
        ..github()
    });
    refused(
        &Declaration {
            token_params: request(&[
                ("code", text("1")),
                ("client_secret", text("hunter2")),
                ("secret", text("hunter2")),
                ("key", text("2")),
                ("user", ParamValue::TokenResponse("id".into())),
                ("shop", ParamValue::Callback("shop".into())),
                ("none", ParamValue::Callback("".into())),
            ]),
            dialect: Dialect {
                client_id_param: Some("key".into()),
                client_secret_param: Some("secret".into()),
                refresh_auth_method: Some(TokenEndpointAuthMethod::ClientSecretPost),
                ..Dialect::NONE
            },
            ..github()
        },
        &[
            "`token_params.code`: `code` belongs to the protocol, which sets it itself; remove it",
            "`token_params.client_secret`: `client_secret` is a secret, which never stands in a source; pass it to `.client_secret(…)` of the builder",
            "`token_params.secret`: `secret` is a secret, which never stands in a source; pass it to `.client_secret(…)` of the builder",
            "`token_params.key`: `key` belongs to the protocol, which sets it itself; remove it",
            "`token_params.user`: `token_params` takes no `token_response.…`; expected a string or one of `client_id`, `redirect_uri`, `scope`, `state`, `callback.…`",
            "`token_params.shop`: `callback.shop` is not kept; add `callback_params(\"shop\")` to `dialect(…)`",
            "`token_params.none`: `callback.…` names a parameter of the callback; add its name",
        ],
    );
}

#[test]
fn a_header_is_one_line_of_ascii() {
    refused(
        &Declaration {
            headers: request(&[
                ("Authorization", text("a")),
                ("Accept", text("a")),
                ("accept", text("b")),
                ("User Agent", text("a")),
                ("X-A", text("a\nb")),
                ("X-B", ParamValue::State),
                ("X-C", text("")),
                ("", text("a")),
                ("Client-Id", ParamValue::ClientId),
            ]),
            ..github()
        },
        &[
            "`headers.Authorization`: `Authorization` belongs to the protocol, which sets it itself; remove it",
            "`headers.accept`: `accept` is given twice; keep one",
            "`headers.\"User Agent\"`: `User Agent` is not the name of a header; expected letters, digits and `-`",
            "`headers.X-A`: the value of header `X-A` expects visible ASCII with spaces only inside",
            "`headers.X-B`: `headers` takes no `state`; expected a string or `client_id`",
            "`headers.X-C`: the value of header `X-C` is empty; fill it or remove the header",
            "`headers.\"\"`: the name of a header is empty; write one or remove the header",
        ],
    );
}

#[test]
fn a_field_of_the_token_response_is_no_standard_one() {
    let field = |name: &'static str| DeclaredField { name: name.into(), rust_type: "u64".into() };
    refused(
        &Declaration {
            token_response: vec![
                field("scope"),
                field(""),
                field("a"),
                field("a"),
                field("id_token"),
            ]
            .into(),
            ..github()
        },
        &[
            "`token_response[0].name`: `scope` is a field of every token response; remove it",
            "`token_response[1].name`: the name of a field of `token_response` is empty; write one",
            "`token_response[3].name`: `a` is given twice; keep one",
            "`token_response[4].name`: `id_token` is read by the library; remove it, and call `.id_token()` of the session",
        ],
    );
}

#[test]
fn a_field_of_the_token_response_is_no_token_of_another_name() {
    let field = |name: &'static str| DeclaredField { name: name.into(), rust_type: "u64".into() };
    refused(
        &Declaration {
            token_response: vec![field("ticket"), field("user"), field("renewal")].into(),
            ..speaking(Dialect {
                access_token_at: Some("/ticket".into()),
                refresh_token_at: Some("/renewal".into()),
                expires_in_at: Some("/user/ends".into()),
                ..Dialect::NONE
            })
        },
        &[
            "`token_response[0].name`: `ticket` is a token, which the library reads itself; remove it",
            "`token_response[2].name`: `renewal` is a token, which the library reads itself; remove it",
        ],
    );
}

#[test]
fn a_profile_has_something_to_read() {
    let emails = EmailsCall {
        endpoint: "".into(),
        address: "".into(),
        verified: Some("v".into()),
        primary: None,
    };
    refused(
        &Declaration {
            profile: Some(ProfilePointers {
                email: Some("email".into()),
                email_verified: EmailVerified::At("/a~".into()),
                ..profile("")
            }),
            ..github()
        },
        &[
            "`profile` reads the answer of `userinfo_endpoint`, or an ID token; add that key or `issuer`",
            "`profile.subject`: missing `subject`; it is the user's identifier, as in `profile(subject = \"/id\")`",
            "`profile.email`: `email` is a JSON pointer and begins with `/`; write `\"/email\"`",
            "`profile.email_verified`: `email_verified` holds a lone `~`; a JSON pointer writes it `~0`",
        ],
    );
    refused(
        &Declaration { emails: Some(emails), ..github() },
        &[
            "`emails` completes a profile; add `profile(subject = \"/…\")`",
            "`emails.endpoint`: missing `endpoint`; it is where the list of addresses comes from",
            "`emails.address`: missing `address`; it points to the address in an element of the list",
            "`emails.verified`: `verified` is a JSON pointer and begins with `/`; write `\"/v\"`",
        ],
    );
    let issuer = || Some("https://a.example".into());
    accepted(&Declaration {
        issuer: issuer(),
        token_endpoint: None,
        profile: Some(profile("/sub")),
        ..github()
    });
    // The claims of the ID token are a profile too.
    accepted(&Declaration {
        issuer: issuer(),
        jwks_uri: Some("https://a.example/keys".into()),
        profile: Some(profile("/sub")),
        ..github()
    });
}

#[test]
fn a_renamed_parameter_has_a_name_of_its_own() {
    refused(
        &speaking(Dialect {
            client_id_param: Some("state".into()),
            client_secret_param: Some("key".into()),
            scope_param: Some("key".into()),
            refresh_auth_method: Some(TokenEndpointAuthMethod::ClientSecretPost),
            refresh_token_param: Some("grant_type".into()),
            refresh_grant_type: Some("".into()),
            access_token_param: Some("".into()),
            ..Dialect::NONE
        }),
        &[
            "`dialect.client_id_param`: `client_id_param` names `state`, which is another parameter; choose another name",
            "`dialect.scope_param`: `scope_param` names `key`, which is another parameter; choose another name",
            "`dialect.refresh_grant_type`: `refresh_grant_type` is empty; write a text or remove it",
            "`dialect.refresh_token_param`: `refresh_token_param` names `grant_type`, which is another parameter; choose another name",
            "`dialect.access_token_param`: `access_token_param` is empty; write a text or remove it",
        ],
    );
}

#[test]
fn the_callback_carries_what_can_be_told() {
    refused(
        &Declaration {
            issuer: Some("https://a.example".into()),
            dialect: Dialect {
                authorization_fragment: Some("#a".into()),
                callback_issuer: Some("https://a.example".into()),
                callback_params: texts(&["code", "shop", "shop", ""]),
                ..Dialect::NONE
            },
            ..github()
        },
        &[
            "`dialect.authorization_fragment`: `authorization_fragment` stands without its `#`; write `\"a\"`",
            "`callback_issuer` stands in for `issuer`, which is declared; keep one",
            "`dialect.callback_issuer`: `callback_issuer` stands in for `issuer`, which is declared; keep one",
            "`dialect.callback_params[2]`: `shop` is given twice; keep one",
            "`dialect.callback_params[3]`: `callback_params` holds an empty text; fill it or remove it",
            "`dialect.callback_params[0]`: `code` belongs to the protocol, which reads it itself; remove it",
        ],
    );
}

#[test]
fn no_token_is_kept_of_a_callback() {
    for name in ["access_token", "id_token", "refresh_token"] {
        let sentence = format!(
            "`dialect.callback_params[0]`: `{name}` belongs to the protocol, which reads it itself; remove it"
        );
        refused(
            &speaking(Dialect { callback_params: texts(&[name]), ..Dialect::NONE }),
            &[&sentence],
        );
    }
}

#[test]
fn a_get_has_no_body() {
    let sentence = "`token_request_method = get` has no body; remove `token_request = json`";
    refused(
        &speaking(Dialect {
            token_request: TokenRequest::Json,
            token_request_method: TokenRequestMethod::Get,
            ..Dialect::NONE
        }),
        &[
            &format!("`dialect.token_request`: {sentence}"),
            &format!("`dialect.token_request_method`: {sentence}"),
        ],
    );
}

#[test]
fn every_pointer_begins_with_a_slash() {
    let bad = || Some(Text::from("data"));
    let declaration = speaking(Dialect {
        token_response_at: bad(),
        access_token_at: bad(),
        refresh_token_at: bad(),
        expires_in_at: bad(),
        scope_at: bad(),
        error_when: Some(ErrorWhen { at: "data".into(), is: bad(), is_not: None }),
        error_at: bad(),
        error_description_at: bad(),
        ..Dialect::NONE
    });

    let mistakes = declaration.mistakes();
    assert_eq!(mistakes.len(), 8);
    for mistake in mistakes {
        let right = "is a JSON pointer and begins with `/`; write `\"/data\"`";
        assert!(mistake.message().ends_with(right), "{mistake}");
    }
}

#[test]
fn an_error_is_told_by_one_value() {
    let when = |at: &'static str, is: Option<&'static str>, is_not: Option<&'static str>| {
        let (is, is_not) = (is.map(Text::from), is_not.map(Text::from));
        let error_when = Some(ErrorWhen { at: at.into(), is, is_not });
        speaking(Dialect { error_when, ..Dialect::NONE })
    };
    accepted(&when("/ok", Some("false"), None));
    accepted(&when("/status", None, Some("0")));
    refused(
        &when("", None, None),
        &[
            "`dialect.error_when.at`: missing `at`; it points to the value that tells an error, as in `at = \"/ok\"`",
            "`dialect.error_when`: `error_when` compares with a text; add `is = \"…\"` or `is_not = \"…\"`",
        ],
    );
    let sentence = "`error_when` takes `is` or `is_not`, and not both; keep one";
    refused(
        &when("/ok", Some("a"), Some("b")),
        &[
            &format!("`dialect.error_when.is`: {sentence}"),
            &format!("`dialect.error_when.is_not`: {sentence}"),
        ],
    );
}

#[test]
fn a_refresh_takes_what_is_known_then() {
    refused(
        &speaking(Dialect {
            refresh_params: request(&[
                ("redirect_uri", ParamValue::RedirectUri),
                ("scope", ParamValue::Scope),
                ("refresh_token", text("a")),
                ("ticket", text("a")),
                ("client_secret", text("a")),
            ]),
            refresh_token_param: Some("ticket".into()),
            ..Dialect::NONE
        }),
        &[
            "`dialect.refresh_params.refresh_token`: `refresh_token` belongs to the protocol, which sets it itself; remove it",
            "`dialect.refresh_params.ticket`: `ticket` belongs to the protocol, which sets it itself; remove it",
            "`dialect.refresh_params.client_secret`: `client_secret` is a secret, which never stands in a source; pass it to `.client_secret(…)` of the builder",
        ],
    );
}

#[test]
fn nothing_is_said_of_a_refresh_that_there_is_not() {
    let sentence =
        "speaks of a refresh token, and `offline(never)` says that there is none; keep one";
    refused(
        &Declaration {
            offline: Offline::Never,
            dialect: Dialect {
                refresh_token_at: Some("/a".into()),
                refresh_keeps: true,
                refresh_when_expired: true,
                ..Dialect::NONE
            },
            ..github()
        },
        &[
            &format!("`offline`: `refresh_token_at` {sentence}"),
            &format!("`dialect.refresh_token_at`: `refresh_token_at` {sentence}"),
            &format!("`dialect.refresh_keeps`: `refresh_keeps` {sentence}"),
            &format!("`dialect.refresh_when_expired`: `refresh_when_expired` {sentence}"),
        ],
    );
    let sentence = "`refresh_from_access_token` says that there is no refresh token; remove `refresh_token_at`";
    refused(
        &speaking(Dialect {
            refresh_from_access_token: true,
            refresh_token_at: Some("/a".into()),
            ..Dialect::NONE
        }),
        &[
            &format!("`dialect.refresh_token_at`: {sentence}"),
            &format!("`dialect.refresh_from_access_token`: {sentence}"),
        ],
    );
}

#[test]
fn a_call_of_the_api_carries_its_token_in_one_place() {
    let sentence =
        "`access_token_param` leaves out the header that `bearer_scheme` is for; keep one";
    refused(
        &speaking(Dialect {
            bearer_scheme: Some("two words".into()),
            access_token_param: Some("token".into()),
            ..Dialect::NONE
        }),
        &[
            "`dialect.bearer_scheme`: `bearer_scheme` expects one word, as in `\"token\"`, found `two words`",
            &format!("`dialect.bearer_scheme`: {sentence}"),
            &format!("`dialect.access_token_param`: {sentence}"),
        ],
    );
}

#[test]
fn a_token_alone_in_a_header_is_nowhere_else() {
    let of = |name: &'static str, dialect: Dialect| Declaration {
        headers: vec![RequestParam {
            name: "X-Api".into(),
            value: ParamValue::Constant("1".into()),
        }]
        .into(),
        ..speaking(Dialect { access_token_header: Some(name.into()), ..dialect })
    };
    accepted(&of("X-Token", Dialect::NONE));
    let refuses = |name, dialect, places: [&str; 2], sentence: &str| {
        let shown = places.map(|place| format!("{place}: {sentence}"));
        refused(&of(name, dialect), &shown.each_ref().map(String::as_str));
    };
    refuses(
        "X-Token",
        Dialect { bearer_scheme: Some("token".into()), ..Dialect::NONE },
        ["`dialect.bearer_scheme`", "`dialect.access_token_header`"],
        "`access_token_header` stands for the header that `bearer_scheme` is for; keep one",
    );
    refuses(
        "X-Token",
        Dialect { access_token_param: Some("token".into()), ..Dialect::NONE },
        ["`dialect.access_token_param`", "`dialect.access_token_header`"],
        "`access_token_param` and `access_token_header` are two places for one token; keep one",
    );
    refuses(
        "x-api",
        Dialect::NONE,
        ["`headers.X-Api`", "`dialect.access_token_header`"],
        "`access_token_header` is one of the `headers`; remove it from them",
    );
    for (name, sentence) in [
        ("", "is empty; write a text or remove it"),
        ("two words", "expects the name of a header, found `two words`"),
        ("Cookie", "is `Cookie`, which the library writes itself; write another header"),
    ] {
        let sentence = format!("`dialect.access_token_header`: `access_token_header` {sentence}");
        refused(&of(name, Dialect::NONE), &[&sentence]);
    }
}

#[test]
fn what_is_said_of_id_tokens_needs_somebody_who_gives_them() {
    let of = |method, issuer: Option<Text>| Declaration {
        issuer,
        token_endpoint_auth_method: method,
        ..speaking(Dialect { missing_nonce: true, secret_signs_id_token: true, ..Dialect::NONE })
    };
    let issuer = || Some(Text::from("https://a.example"));
    let basic = TokenEndpointAuthMethod::ClientSecretBasic;
    accepted(&of(basic, issuer()));
    refused(
        &of(basic, None),
        &[
            "`dialect.missing_nonce`: `missing_nonce` says what the ID tokens of `issuer` are; add that key",
            "`dialect.secret_signs_id_token`: `secret_signs_id_token` says what the ID tokens of `issuer` are; add that key",
        ],
    );
    for method in [TokenEndpointAuthMethod::None, TokenEndpointAuthMethod::PrivateKeyJwt] {
        refused(
            &of(method, issuer()),
            &[
                "`dialect.secret_signs_id_token`: `secret_signs_id_token` needs a secret that both sides know; the client has none",
            ],
        );
    }
}

#[test]
fn openid_may_bring_no_id_token() {
    let of = |issuer: Option<Text>| Declaration {
        issuer,
        scopes: vec![DeclaredScope {
            variant: "OpenId".into(),
            value: "openid".into(),
            doc: "".into(),
        }]
        .into(),
        default_scopes: texts(&["openid"]),
        ..speaking(Dialect { missing_id_token: true, ..Dialect::NONE })
    };
    accepted(&of(None));
    assert!(!of(None).expects_id_token(true));
    let sentence = "`missing_id_token` leaves nothing for `issuer` to sign; keep one";
    refused(
        &of(Some("https://a.example".into())),
        &[sentence, &format!("`dialect.missing_id_token`: {sentence}")],
    );
}

#[test]
fn a_step_says_something() {
    refused(
        &Declaration { setup: texts(&["Create an application.", "", "a\nb"]), ..github() },
        &[
            "`setup[1]`: `setup` is empty; write a text or remove it",
            "`setup[2]`: `setup` expects a text without control characters",
        ],
    );
}

#[test]
fn a_request_has_an_endpoint() {
    refused(
        &speaking(Dialect {
            revocation_request: RevocationRequest::Bearer,
            userinfo_request: UserinfoRequest::Form,
            userinfo_params: request(&[("access_token", text("a")), ("client_id", text("b"))]),
            ..Dialect::NONE
        }),
        &[
            "`dialect.revocation_request`: `revocation_request` says how `revocation_endpoint` is asked; add that key",
            "`dialect.userinfo_request`: `userinfo_request` says how `userinfo_endpoint` is asked; add that key",
            "`dialect.userinfo_params`: `userinfo_params` says how `userinfo_endpoint` is asked; add that key",
            "`dialect.userinfo_params.access_token`: `access_token` belongs to the protocol, which sets it itself; remove it",
        ],
    );
    accepted(&Declaration {
        issuer: Some("https://a.example".into()),
        token_endpoint: None,
        dialect: Dialect {
            revocation_request: RevocationRequest::Bearer,
            userinfo_params: request(&[("openid", ParamValue::TokenResponse("openid".into()))]),
            ..Dialect::NONE
        },
        ..github()
    });
    refused(
        &Declaration {
            userinfo_endpoint: Some("https://a.example".into()),
            dialect: Dialect {
                userinfo_params: request(&[
                    ("a", ParamValue::Scope),
                    ("b", ParamValue::TokenResponse("".into())),
                ]),
                ..Dialect::NONE
            },
            ..github()
        },
        &[
            "`dialect.userinfo_params.a`: `userinfo_params` takes no `scope`; expected a string or one of `client_id`, `callback.…`, `token_response.…`",
            "`dialect.userinfo_params.b`: `token_response.…` names a member of the answer; add its name",
        ],
    );
}

#[test]
fn a_renamed_parameter_is_none_of_the_token_request() {
    for (name, taken) in [
        ("grant_type", true),
        ("code_verifier", true),
        ("refresh_token", true),
        ("token", true),
        ("token_type_hint", true),
        ("ticket", false),
    ] {
        let given = || Some(Text::from(name));
        let none = || Dialect::NONE;
        for dialect in [
            Dialect { client_id_param: given(), ..none() },
            Dialect { client_secret_param: given(), ..none() },
            Dialect { scope_param: given(), ..none() },
            Dialect { refresh_token_param: given(), ..none() },
        ] {
            let standard = dialect.refresh_token_param.as_deref() == Some("refresh_token");
            let declaration = Declaration {
                token_endpoint_auth_method: TokenEndpointAuthMethod::ClientSecretPost,
                ..speaking(dialect)
            };
            assert_eq!(declaration.mistakes().len(), usize::from(taken && !standard), "{name}");
        }
    }
}

#[test]
fn no_token_travels_as_a_parameter() {
    let from = |name: &'static str| ("a", ParamValue::TokenResponse(name.into()));
    let asked = |name: &'static str| Declaration {
        userinfo_endpoint: Some("https://a.example/me".into()),
        dialect: Dialect {
            access_token_at: Some("/ticket".into()),
            userinfo_params: request(&[from(name)]),
            ..Dialect::NONE
        },
        ..github()
    };
    accepted(&asked("openid"));
    for name in ["access_token", "id_token", "refresh_token", "ticket"] {
        let sentence = format!(
            "`dialect.userinfo_params.a`: `token_response.{name}` is a secret, which never travels as a parameter; remove it"
        );
        refused(&asked(name), &[&sentence]);
    }
    for name in ["expires_in", "scope", "token_type"] {
        let sentence = format!(
            "`dialect.userinfo_params.a`: `token_response.{name}` is a field of every token response; name a further member"
        );
        refused(&asked(name), &[&sentence]);
    }
}

#[test]
fn an_issuer_that_is_not_asked_names_no_userinfo_endpoint() {
    refused(
        &Declaration {
            issuer: Some("https://a.example".into()),
            jwks_uri: Some("https://a.example/keys".into()),
            dialect: Dialect {
                userinfo_request: UserinfoRequest::Form,
                userinfo_params: request(&[("a", text("b"))]),
                ..Dialect::NONE
            },
            ..github()
        },
        &[
            "`dialect.userinfo_request`: `userinfo_request` says how `userinfo_endpoint` is asked; add that key",
            "`dialect.userinfo_params`: `userinfo_params` says how `userinfo_endpoint` is asked; add that key",
        ],
    );
}

#[test]
fn the_access_token_stands_in_a_query_once() {
    refused(
        &Declaration {
            userinfo_endpoint: Some("https://a.example/me".into()),
            dialect: Dialect {
                access_token_param: Some("tok".into()),
                userinfo_params: request(&[("tok", text("a"))]),
                ..Dialect::NONE
            },
            ..github()
        },
        &[
            "`dialect.userinfo_params.tok`: `tok` belongs to the protocol, which sets it itself; remove it",
        ],
    );
}

#[test]
fn a_form_is_flat() {
    let form = |dialect: Dialect| {
        speaking(Dialect { token_response: TokenResponseFormat::Form, ..dialect })
    };
    accepted(&form(Dialect { expires_in_at: Some("/expires".into()), ..Dialect::NONE }));
    let sentence = "`token_response = form` holds no object; remove `token_response_at`";
    refused(
        &form(Dialect { token_response_at: Some("/data".into()), ..Dialect::NONE }),
        &[
            &format!("`dialect.token_response`: {sentence}"),
            &format!("`dialect.token_response_at`: {sentence}"),
        ],
    );
    for (key, dialect) in [
        ("access_token_at", Dialect { access_token_at: Some("/a/b".into()), ..Dialect::NONE }),
        ("refresh_token_at", Dialect { refresh_token_at: Some("/a/b".into()), ..Dialect::NONE }),
        ("expires_in_at", Dialect { expires_in_at: Some("/a/b".into()), ..Dialect::NONE }),
        ("scope_at", Dialect { scope_at: Some("/a/b".into()), ..Dialect::NONE }),
    ] {
        let sentence = format!(
            "`token_response = form` holds no object; let `{key}` point to a field, as in `\"/name\"`"
        );
        let format = format!("`dialect.token_response`: {sentence}");
        refused(&form(dialect), &[&format, &format!("`dialect.{key}`: {sentence}")]);
    }
}

#[test]
fn an_endpoint_holds_no_parameter_that_the_library_sets() {
    let with = |login: &'static str, token: &'static str, dialect: Dialect| Declaration {
        authorization_endpoint: Some(login.into()),
        token_endpoint: Some(token.into()),
        ..speaking(dialect)
    };
    let (login, token) = ("https://a.example/login?brand=a", "https://a.example/token?scope=b&v=2");
    accepted(&with(login, "https://a.example/token?grant_type=b", Dialect::NONE));
    accepted(&with(login, token, Dialect { token_request: TokenRequest::Query, ..Dialect::NONE }));
    refused(
        &with(
            "https://a.example/?a=b&state=c&client_secret=d&key",
            token,
            Dialect { client_id_param: Some("key".into()), ..Dialect::NONE },
        ),
        &[
            "`authorization_endpoint` holds `state`, which the library sets itself; remove it from the query",
            "`authorization_endpoint`: `client_secret` is a secret, which never stands in a source; pass it to `.client_secret(…)` of the builder",
            "`authorization_endpoint` holds `key`, which the library sets itself; remove it from the query",
        ],
    );
    for dialect in [
        Dialect { token_request: TokenRequest::Query, ..Dialect::NONE },
        Dialect { token_request_method: TokenRequestMethod::Get, ..Dialect::NONE },
    ] {
        let refresh_endpoint =
            Some("https://a.example/renew?refresh_token=a&redirect_uri=b".into());
        refused(
            &with(
                login,
                "https://a.example/token?grant_type=b",
                Dialect { refresh_endpoint, ..dialect },
            ),
            &[
                "`token_endpoint` holds `grant_type`, which the library sets itself; remove it from the query",
                "`dialect.refresh_endpoint`: `refresh_endpoint` holds `refresh_token`, which the library sets itself; remove it from the query",
            ],
        );
    }
}

#[test]
fn the_secret_stands_in_no_url() {
    let sentence = |name: &str| {
        format!(
            "`{name}` is a secret, which never stands in a source; pass it to `.client_secret(…)` of the builder"
        )
    };
    refused(
        &Declaration {
            authorization_endpoint: Some("https://a.example/login?app_secret=hunter2".into()),
            token_endpoint: Some("https://a.example/token?client_secret=hunter2".into()),
            token_endpoint_auth_method: TokenEndpointAuthMethod::ClientSecretPost,
            ..speaking(Dialect { client_secret_param: Some("app_secret".into()), ..Dialect::NONE })
        },
        &[
            &format!("`authorization_endpoint`: {}", sentence("app_secret")),
            &format!("`token_endpoint`: {}", sentence("client_secret")),
        ],
    );
}

#[test]
fn a_slug_is_no_longer_than_it_has_to_be() {
    accepted(&Declaration { slug: "a".repeat(64).into(), ..github() });
    refused(
        &Declaration { slug: "a".repeat(65).into(), ..github() },
        &["`slug` has 65 letters, and 64 are enough; write a shorter one"],
    );
}

#[test]
fn a_header_of_the_connection_is_not_declared() {
    for name in [
        "Connection",
        "Keep-Alive",
        "Proxy-Authorization",
        "Proxy-Connection",
        "Set-Cookie",
        "TE",
        "Trailer",
        "Upgrade",
    ] {
        let sentence = format!(
            "`headers.{name}`: `{name}` belongs to the protocol, which sets it itself; remove it"
        );
        refused(&Declaration { headers: request(&[(name, text("a"))]), ..github() }, &[&sentence]);
    }
}

#[test]
fn no_word_says_nothing() {
    let post = TokenEndpointAuthMethod::ClientSecretPost;
    let called = |method: TokenEndpointAuthMethod, refresh: Option<TokenEndpointAuthMethod>| {
        let dialect = Dialect {
            client_secret_param: Some("secret".into()),
            refresh_auth_method: refresh,
            ..Dialect::NONE
        };
        Declaration { token_endpoint_auth_method: method, ..speaking(dialect) }
    };
    accepted(&called(post, None));
    accepted(&called(TokenEndpointAuthMethod::ClientSecretBasic, Some(post)));
    for method in [TokenEndpointAuthMethod::ClientSecretBasic, TokenEndpointAuthMethod::None] {
        refused(
            &called(method, None),
            &[
                "`dialect.client_secret_param`: `client_secret_param` names a posted secret; write `token_endpoint_auth_method = client_secret_post`",
            ],
        );
    }
    refused(
        &speaking(Dialect {
            token_types: texts(&["bot", "bearer"]),
            invalid_grant: texts(&["INVALID_GRANT", "invalid_grant"]),
            ..Dialect::NONE
        }),
        &[
            "`dialect.token_types[1]`: `token_types` adds to `Bearer`, which is always known; remove it",
            "`dialect.invalid_grant[1]`: `invalid_grant` adds to `invalid_grant`, which is always known; remove it",
        ],
    );
}

#[test]
fn a_token_in_a_query_has_a_call() {
    for place in ["access_token_param", "access_token_header"] {
        let in_query = place == "access_token_param";
        let declaration = |api_base: Option<Text>| Declaration {
            userinfo_endpoint: Some("https://a.example/me".into()),
            api_base,
            dialect: Dialect {
                userinfo_request: UserinfoRequest::Form,
                access_token_param: in_query.then(|| "token".into()),
                access_token_header: (!in_query).then(|| "X-Token".into()),
                ..Dialect::NONE
            },
            ..github()
        };
        accepted(&declaration(Some("https://a.example/api/".into())));
        let sentence = format!(
            "`userinfo_request = form` leaves no call for `{place}`; remove it or add `api_base`"
        );
        refused(
            &declaration(None),
            &[
                &format!("`dialect.userinfo_request`: {sentence}"),
                &format!("`dialect.{place}`: {sentence}"),
            ],
        );
    }
}

#[test]
fn a_scope_has_a_variant() {
    refused(
        &Declaration { scopes: scopes(&[("", "read"), ("", "write")]), ..github() },
        &[
            "`scopes[0].variant`: the variant of a scope is empty; write its name, as in `ReadProfile`",
            "`scopes[1].variant`: the variant of a scope is empty; write its name, as in `ReadProfile`",
        ],
    );
}

#[test]
fn an_endpoint_without_a_query_holds_no_parameter() {
    refused(
        &speaking(Dialect { client_id_param: Some("".into()), ..Dialect::NONE }),
        &["`dialect.client_id_param`: `client_id_param` is empty; write a text or remove it"],
    );
}

#[test]
fn an_issuer_is_asked_for_what_a_login_lacks() {
    let whole = Declaration {
        issuer: Some("https://a.example".into()),
        jwks_uri: Some("https://a.example/keys".into()),
        ..github()
    };
    assert!(!whole.is_discovered());
    for (lacking, is_discovered) in [
        (Declaration { authorization_endpoint: None, ..whole.clone() }, true),
        (Declaration { token_endpoint: None, ..whole.clone() }, true),
        (Declaration { jwks_uri: None, ..whole.clone() }, true),
        (Declaration { issuer: None, ..whole.clone() }, false),
        (Declaration { issuer: None, jwks_uri: None, ..whole }, false),
        (Declaration::EMPTY, false),
    ] {
        assert_eq!(lacking.is_discovered(), is_discovered, "{lacking:?}");
    }
}

/// A declaration whose issuer many tenants share.
fn tenants(issuer: &'static str, template: &'static str, claim: &'static str) -> Declaration {
    let tenant_issuer = Some(TenantIssuer { template: template.into(), claim: claim.into() });
    Declaration {
        issuer: Some(issuer.into()),
        ..speaking(Dialect { tenant_issuer, ..Dialect::NONE })
    }
}

#[test]
fn a_template_of_tenants_binds_to_no_field() {
    let issuer = "https://login.example/{tenant}/v2.0";
    let template = "https://login.example/{tenantid}/v2.0";

    accepted(&Declaration {
        placeholders: vec![placeholder("tenant", PlaceholderKind::Segment)].into(),
        ..tenants(issuer, template, "tid")
    });
    refused(
        &Declaration {
            placeholders: vec![placeholder("tenantid", PlaceholderKind::Segment)].into(),
            ..tenants("https://login.example", template, "tid")
        },
        &[
            "`placeholders[0].name`: the placeholder `tenantid` stands in no URL; write `{tenantid}` in one or remove it",
        ],
    );
}

#[test]
fn tenants_are_those_of_the_issuer() {
    let template = "https://login.example/{tenantid}/v2.0";
    refused(
        &Declaration { issuer: None, ..tenants("", template, "tid") },
        &[
            "`dialect.tenant_issuer`: `tenant_issuer` says who the tenants of `issuer` are; add that key",
        ],
    );
    let other =
        "`dialect.tenant_issuer.template`: `template` is of another origin than `issuer`; expected";
    for (issuer, expected) in [
        ("https://login.example:8443/a", "https://login.example:8443"),
        ("https://LOGIN.example", "https://LOGIN.example"),
        ("http://localhost/a", "http://localhost"),
    ] {
        refused(&tenants(issuer, template, "tid"), &[&format!("{other} `{expected}`")]);
    }
    // Whose host it is comes with the application.
    accepted(&Declaration {
        placeholders: vec![placeholder("domain", PlaceholderKind::Host)].into(),
        ..tenants("https://{domain}/v2.0", template, "tid")
    });
}

#[test]
fn a_template_and_its_claim_are_whole() {
    let issuer = "https://login.example/v2.0";
    refused(
        &tenants(issuer, "", ""),
        &[
            "`dialect.tenant_issuer.template`: missing `template`; it is the `iss` of an ID token, as in `template = \"https://…/{tenantid}\"`",
            "`dialect.tenant_issuer.claim`: missing `claim`; it names the tenant in an ID token, as in `claim = \"tid\"`",
        ],
    );
    refused(
        &tenants(issuer, "https://other.example/v2.0", "urn:tid"),
        &[
            "`dialect.tenant_issuer.template`: `template` takes one placeholder, which is a whole segment of its path; write `https://…/{tenantid}`",
            "`dialect.tenant_issuer.claim`: `claim` expects letters, digits and `_`, found `urn:tid`",
        ],
    );
}

#[test]
fn a_parameter_of_the_callback_is_kept_or_handed_over() {
    accepted(&speaking(Dialect {
        callback_params: texts(&["shop"]),
        callback_once: texts(&["user"]),
        ..Dialect::NONE
    }));
    let both = "`user` is in `callback_params` and in `callback_once`; keep one";
    refused(
        &speaking(Dialect {
            callback_params: texts(&["shop", "user"]),
            callback_once: texts(&["user", "code", "a", "a", ""]),
            ..Dialect::NONE
        }),
        &[
            "`dialect.callback_once[3]`: `a` is given twice; keep one",
            "`dialect.callback_once[4]`: `callback_once` holds an empty text; fill it or remove it",
            "`dialect.callback_once[1]`: `code` belongs to the protocol, which reads it itself; remove it",
            &format!("`dialect.callback_params[1]`: {both}"),
            &format!("`dialect.callback_once[0]`: {both}"),
        ],
    );
}

#[test]
fn a_signed_secret_is_posted() {
    let signed = |method: TokenEndpointAuthMethod| Declaration {
        token_endpoint_auth_method: method,
        ..speaking(Dialect { signed_client_secret: true, ..Dialect::NONE })
    };
    accepted(&signed(TokenEndpointAuthMethod::ClientSecretPost));
    let sentence = "`signed_client_secret` is a posted secret; write `token_endpoint_auth_method = client_secret_post`";
    let word = format!("`dialect.signed_client_secret`: {sentence}");
    refused(&signed(TokenEndpointAuthMethod::ClientSecretBasic), &[&word]);
    for method in [
        TokenEndpointAuthMethod::None,
        TokenEndpointAuthMethod::PrivateKeyJwt,
        TokenEndpointAuthMethod::ClientSecretJwt,
    ] {
        let key = format!("`token_endpoint_auth_method`: {sentence}");
        refused(&signed(method), &[&key, &word]);
    }
}

#[test]
fn an_assertion_is_sent_by_the_library() {
    let asserting = |method: TokenEndpointAuthMethod, refresh: Option<TokenEndpointAuthMethod>| {
        let refresh_params = request(&[("client_assertion_type", text("a"))]);
        let dialect = Dialect { refresh_auth_method: refresh, refresh_params, ..Dialect::NONE };
        Declaration {
            token_endpoint_auth_method: method,
            token_params: request(&[("client_assertion", text("a"))]),
            ..speaking(dialect)
        }
    };
    accepted(&asserting(TokenEndpointAuthMethod::ClientSecretPost, None));
    for declaration in [
        asserting(TokenEndpointAuthMethod::PrivateKeyJwt, None),
        asserting(TokenEndpointAuthMethod::ClientSecretJwt, None),
        asserting(TokenEndpointAuthMethod::None, Some(TokenEndpointAuthMethod::PrivateKeyJwt)),
    ] {
        let owned = "belongs to the protocol, which sets it itself; remove it";
        refused(
            &declaration,
            &[
                &format!("`token_params.client_assertion`: `client_assertion` {owned}"),
                &format!(
                    "`dialect.refresh_params.client_assertion_type`: `client_assertion_type` {owned}"
                ),
            ],
        );
    }
}

#[test]
fn the_way_back_from_a_logout_has_a_name_of_its_own() {
    let called = |name: &'static str| Declaration {
        end_session_endpoint: Some("https://a.example/logout".into()),
        ..speaking(Dialect {
            client_id_param: Some("key".into()),
            post_logout_redirect_uri_param: Some(name.into()),
            ..Dialect::NONE
        })
    };
    accepted(&called("logout_uri"));
    for name in ["client_id", "id_token_hint", "key", "logout_hint", "state", "ui_locales"] {
        let sentence = format!(
            "`dialect.post_logout_redirect_uri_param`: `post_logout_redirect_uri_param` names `{name}`, which is another parameter; choose another name"
        );
        refused(&called(name), &[&sentence]);
    }
    refused(
        &called(""),
        &[
            "`dialect.post_logout_redirect_uri_param`: `post_logout_redirect_uri_param` is empty; write a text or remove it",
        ],
    );
    refused(
        &Declaration { end_session_endpoint: None, ..called("logout_uri") },
        &[
            "`dialect.post_logout_redirect_uri_param`: `post_logout_redirect_uri_param` says how `end_session_endpoint` is asked; add that key",
        ],
    );
    accepted(&Declaration {
        end_session_endpoint: None,
        issuer: Some("https://a.example".into()),
        ..called("logout_uri")
    });
}

#[test]
fn a_logout_holds_no_parameter_that_the_library_sets() {
    let ending = |url: &'static str, name: Option<Text>| Declaration {
        end_session_endpoint: Some(url.into()),
        ..speaking(Dialect { post_logout_redirect_uri_param: name, ..Dialect::NONE })
    };
    let set = |name: &str| {
        format!(
            "`end_session_endpoint` holds `{name}`, which the library sets itself; remove it from the query"
        )
    };
    let back = "https://a.example/logout?federated&post_logout_redirect_uri=b";
    accepted(&ending(back, Some("logout_uri".into())));
    refused(&ending(back, None), &[&set("post_logout_redirect_uri")]);
    refused(
        &ending("https://a.example/logout?client_id=a&logout_uri=b", Some("logout_uri".into())),
        &[&set("client_id"), &set("logout_uri")],
    );
}
