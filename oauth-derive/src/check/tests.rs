//! Each rule, on tokens.

use oauth_declaration::{EmailVerified, Offline, Pkce, PlaceholderKind, TokenEndpointAuthMethod};
use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, parse_quote};

use crate::args::Args;
use crate::model::ProviderModel;
use crate::notes::Notes;

mod grammar;
mod recovery;
mod serde;

fn check(args: TokenStream, item: &DeriveInput) -> syn::Result<ProviderModel> {
    let mut notes = Notes::new();
    let args = Args::parse(args, &mut notes);
    super::provider(&args, item, parse_quote!(::oauth_runtime), notes)
}

/// The model of `struct GitHub` with both endpoints and `more`.
fn github(more: &TokenStream) -> syn::Result<ProviderModel> {
    let endpoints = quote! {
        authorization_endpoint = "https://github.com/login/oauth/authorize",
        token_endpoint = "https://github.com/login/oauth/access_token",
    };
    check(
        quote!(#endpoints #more),
        &parse_quote!(
            struct GitHub;
        ),
    )
}

/// Every mistake, in order.
fn mistakes(result: syn::Result<ProviderModel>) -> Vec<String> {
    let error = result.err().expect("a mistake is refused");
    error.into_iter().map(|error| error.to_string()).collect()
}

/// The only mistake of `struct GitHub` with `more`.
fn refused(more: &TokenStream, sentence: &str) {
    assert_eq!(mistakes(github(more)), [sentence]);
}

#[test]
fn the_least_declaration_has_the_defaults() {
    let model = github(&quote!()).unwrap_or_else(|error| panic!("{error}")).declaration;

    assert_eq!((&*model.name, &*model.slug), ("GitHub", "git_hub"));
    assert_eq!(model.scope_separator, " ");
    assert_eq!(model.pkce, Pkce::Optional);
    assert_eq!(model.token_endpoint_auth_method, TokenEndpointAuthMethod::ClientSecretBasic);
    assert!(matches!(model.offline, Offline::Undeclared));
}

#[test]
fn a_whole_declaration_is_read() {
    let model = github(&quote! {
        slug = "github",
        userinfo_endpoint = "https://api.github.com/user",
        scopes(#[doc = " Read."] ReadUser = "read:user", Offline = "offline"),
        default_scopes(ReadUser),
        offline(scope = Offline),
        headers("User-Agent" = "acme", x_api_version = "1"),
        token_response { #[serde(default, rename = "companyId")] company_id: Option<u64>, a: u8 },
        profile(subject = "/id", email_verified = "/verified"),
    })
    .unwrap_or_else(|error| panic!("{error}"))
    .declaration;

    assert_eq!(*model.default_scopes, ["read:user"]);
    assert!(matches!(model.offline, Offline::Scope(scope) if scope == "offline"));
    assert_eq!(model.headers[1].name, "x-api-version");
    assert_eq!(model.token_response[0].name, "companyId");
    let verified = model.profile.map(|profile| profile.email_verified);
    assert!(matches!(verified, Some(EmailVerified::At(at)) if at == "/verified"));
}

#[test]
fn serde_renames_are_followed_when_reading() {
    let model = github(&quote! {
        token_response {
            #[serde(rename(serialize = "x", deserialize = "y"))] a: u8,
            #[serde(with = "c", default)] b: u8,
        },
    })
    .unwrap_or_else(|error| panic!("{error}"));

    let names: Vec<_> = model.token_response.iter().map(|f| &f.wire_name).collect();
    assert_eq!(names, ["y", "b"]);
}

#[test]
fn both_endpoints_are_required() {
    let nothing = check(
        quote!(),
        &parse_quote!(
            struct GitHub;
        ),
    );

    assert_eq!(
        mistakes(nothing),
        [
            "missing `authorization_endpoint`; it is where the browser is sent",
            "missing `token_endpoint`; it is where the authorization code is exchanged",
        ]
    );
}

#[test]
fn a_misspelt_endpoint_is_not_missing_too() {
    let misspelt =
        quote!(authorization_endpoint = "https://a.b/c", token_endpont = "https://a.b/d");

    assert_eq!(
        mistakes(check(
            misspelt,
            &parse_quote!(
                struct GitHub;
            )
        )),
        ["unknown key `token_endpont`; did you mean `token_endpoint`?"]
    );
}

#[test]
fn mistakes_of_every_stage_are_shown_at_once() {
    let more = quote!(logo = "a", pkce = "required", slug = "Git-Hub", 5, scopes(A "a", B = "b c"));

    assert_eq!(
        mistakes(github(&more)),
        [
            "unknown key `logo`, expected one of `authorization_endpoint`, `token_endpoint`, `api_base`, `scopes`",
            "`pkce` expects a word, as in `pkce = required`",
            "expected a key, as in `token_endpoint = \"https://…\"`",
            "`scopes` expects a variant and its value, as in `ReadUser = \"read:user\"`",
            "`slug` expects `a` to `z`, `0` to `9` and `_`, found `Git-Hub`",
            "a scope holds no space; write two scopes, `\"b\"` and `\"c\"`",
        ]
    );
}

#[test]
fn a_key_is_given_once() {
    refused(&quote!(pkce = required, pkce = optional), "`pkce` is given twice; keep one");
    refused(&quote!(scopes(A = "a", A = "b")), "`A` is given twice; keep one");
    refused(&quote!(scopes(A = "a", B = "a")), "`a` is given twice; keep one");
    refused(
        &quote!(api_origins("https://a.b", "https://a.b")),
        "`https://a.b` is given twice; keep one",
    );
    refused(&quote!(headers("Accept" = "a", accept = "b")), "`accept` is given twice; keep one");
}

#[test]
fn a_value_is_of_its_kind() {
    refused(&quote!(name = GitHub), "`name` expects a string, as in `name = \"…\"`");
    refused(
        &quote!(default_scopes("a")),
        "`default_scopes` expects variants of `scopes`, as in `default_scopes(ReadUser)`",
    );
    refused(
        &quote!(token_response(a: u8)),
        "`token_response` expects fields in braces, as in `token_response { company_id: u64 }`",
    );
    refused(
        &quote!(token_response { a: 5 }),
        "`token_response` expects typed fields, as in `token_response { company_id: u64 }`",
    );
    refused(&quote!(crate = 5), "`crate` expects a path, as in `crate = ::my_oauth`");
    refused(&quote!(name = "a" "b"), "expected `,` before this");
    refused(&quote!(scopes()), "`scopes` is empty; remove it or fill it");
    refused(&quote!(name), "`name` expects a string, as in `name = \"…\"`");
}

#[test]
fn the_applications_values_are_not_declared() {
    refused(
        &quote!(client_secret = "hunter2"),
        "`client_secret` is the application's, never the declaration's; pass it to `.client_secret(…)` of the builder",
    );
}

#[test]
fn scopes_are_declared_before_they_are_used() {
    refused(
        &quote!(scopes(ReadUser = "a"), default_scopes(ReadUsr)),
        "unknown scope `ReadUsr`; did you mean `ReadUser`?",
    );
    refused(&quote!(offline(scope = A)), "`A` is not declared; add `scopes(A = \"…\")`");
    refused(
        &quote!(scopes(OpenId = "openid")),
        "`openid` asks for an ID token, which needs `issuer`; add it",
    );
    refused(
        &quote!(scopes(Custom = "custom")),
        "`Custom` is the variant of undeclared scopes; choose another name",
    );
}

#[test]
fn one_way_to_ask_for_a_refresh_token() {
    refused(&quote!(offline(always, never)), "`offline` takes one way to ask; keep one");
    refused(
        &quote!(offline(params(scope = "a"))),
        "`scope` belongs to the protocol, which sets it itself; remove it",
    );
}

#[test]
fn the_protocol_keeps_its_parameters_headers_and_fields() {
    refused(
        &quote!(authorization_params(state = "1")),
        "`state` belongs to the protocol, which sets it itself; remove it",
    );
    refused(
        &quote!(headers("authorization" = "Bearer a")),
        "`authorization` belongs to the protocol, which sets it itself; remove it",
    );
    refused(
        &quote!(token_response {
            #[serde(rename = "access_token")]
            token: String
        }),
        "`access_token` is a field of every token response; remove it",
    );
    refused(
        &quote!(token_response { standard: String }),
        "`standard` holds the RFC's own fields; choose another name",
    );
}

#[test]
fn a_public_client_needs_pkce() {
    let sentence = "`token_endpoint_auth_method = none` needs PKCE; remove `pkce = unsupported`";
    let both = github(&quote!(pkce = unsupported, token_endpoint_auth_method = none));

    assert_eq!(mistakes(both), [sentence, sentence]);
}

#[test]
fn profile_and_emails_need_what_they_read() {
    refused(
        &quote!(profile(subject = "/id")),
        "`profile` reads the answer of `userinfo_endpoint`, or an ID token; add that key or `issuer`",
    );
    refused(
        &quote!(emails(endpoint = "https://a.b/c", address = "/email")),
        "`emails` completes a profile; add `profile(subject = \"/…\")`",
    );
    refused(
        &quote!(userinfo_endpoint = "https://a.b/c", profile(name = "/name")),
        "missing `subject`; it is the user's identifier, as in `profile(subject = \"/id\")`",
    );
    refused(
        &quote!(
            userinfo_endpoint = "https://a.b/c",
            profile(subject = "/id", email_verified = yes)
        ),
        "`email_verified` expects a pointer, `always` or `never`, as in `email_verified = always`",
    );
}

#[test]
fn urls_of_some_keys_are_stricter() {
    refused(&quote!(issuer = "https://a.b/?c"), "`issuer` takes no query; remove `?c`");
    refused(
        &quote!(api_origins("https://a.b/c")),
        "`api_origins` takes origins, which have no path; remove `/c`",
    );
    refused(
        &quote!(dialect(callback_issuer = "github")),
        "`callback_issuer` must be an absolute `https` URL, found `github`",
    );
}

#[test]
fn a_provider_is_a_struct_with_named_fields_or_none() {
    let endpoints =
        quote!(authorization_endpoint = "https://a.b/c", token_endpoint = "https://a.b/d");
    let sentence = "`#[oauth_provider]` goes on a struct with named fields or none";
    for item in [
        quote!(
            enum A {
                B,
            }
        ),
        quote!(union A { b: u8 }),
        quote!(
            struct A(u8);
        ),
        quote!(
            enum A<T> {
                B(T),
            }
        ),
    ] {
        let item = syn::parse2(item).unwrap();
        assert_eq!(mistakes(check(endpoints.clone(), &item)), [sentence]);
    }
    assert_eq!(
        mistakes(check(
            endpoints,
            &parse_quote!(
                struct A<T> {
                    b: T,
                }
            )
        )),
        ["`#[oauth_provider]` goes on a struct without generics"]
    );
}

#[test]
fn placeholders_and_fields_bind_both_ways() {
    let args = quote!(
        authorization_endpoint = "https://{domain}/authorize",
        token_endpoint = "https://{domain}/{tenant}/token"
    );
    let whole: DeriveInput = parse_quote!(
        struct A {
            domain: my::Host,
            tenant: Segment,
        }
    );
    let swapped: DeriveInput = parse_quote!(
        struct A {
            domain: Segment,
            tenant: Host,
        }
    );
    let others: DeriveInput = parse_quote!(
        struct A {
            domain: String,
            region: Segment,
        }
    );

    let model = check(args.clone(), &whole).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(model.parameters[0].kind, PlaceholderKind::Host);
    assert_eq!(
        mistakes(check(args.clone(), &swapped)),
        [
            "`{domain}` in `authorization_endpoint` is the host; expected `Host`, found `Segment`",
            "`{tenant}` in `token_endpoint` is in the path; expected `Segment`, found `Host`",
        ]
    );
    assert_eq!(
        mistakes(check(args, &others)),
        [
            "the field `domain` fills a URL; expected `Host`, `Segment` or `Value`",
            "`{tenant}` in `token_endpoint` has no field; add `tenant: Segment` to `A`",
            "the field `region` stands in no URL; write `{region}` in one or remove it",
        ]
    );
}

#[test]
fn a_url_that_cannot_be_read_hides_no_field() {
    let args = quote!(
        authorization_endpoint = "https://{domain}/a b",
        token_endpoint = "https://a.b/token"
    );

    assert_eq!(
        mistakes(check(
            args,
            &parse_quote!(
                struct A {
                    domain: Host,
                }
            )
        )),
        ["`authorization_endpoint` holds white space; remove it"]
    );
}

#[test]
fn no_sentence_is_longer_than_140_letters() {
    let long = "https://".to_owned() + &"very-long-name.".repeat(20);
    let two = format!("{long} {long}");
    let query = format!("https://a.b/?{long}");
    let http = long.replace("https", "http");
    let errors = mistakes(github(&quote!(
        issuer = #http,
        token_endpoint_auth_method = client_assertion,
        scopes(A = #long, B = #long, C = #two),
        api_base = #query,
        api_origins(#query),
        offline(scope = D),
        revocation_endpoint = #long,
    )));

    for error in errors {
        assert!(error.chars().count() <= 140, "{error}");
    }
}
