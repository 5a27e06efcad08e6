//! What the words of the dialect, the sources of values and `#[param]` answer to a mistake.

use oauth_declaration::{
    ParamValue, ResponseMode, TenantIssuer, TokenEndpointAuthMethod, TokenRequest,
};
use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, parse_quote};

use super::{check, github, mistakes, refused};

fn accepted(more: &TokenStream) {
    github(more).unwrap_or_else(|error| panic!("{error}"));
}

/// The mistakes of a struct whose only field, a `Segment`, has these attributes.
fn of_field(attributes: &TokenStream) -> Vec<String> {
    let args = quote!(issuer = "https://a.example/{tenant}");
    let item: DeriveInput = parse_quote!(struct A { #attributes tenant: Segment });
    mistakes(check(args, &item))
}

#[test]
fn an_issuer_alone_is_enough() {
    let item: DeriveInput = parse_quote!(
        struct A;
    );
    let model = check(quote!(issuer = "https://a.example"), &item);

    assert!(model.unwrap_or_else(|error| panic!("{error}")).declaration.is_discovered());
}

#[test]
fn a_misspelt_issuer_makes_nothing_missing() {
    let item: DeriveInput = parse_quote!(
        struct A;
    );
    let args = quote!(isuer = "https://a.example", scopes(OpenId = "openid"));

    assert_eq!(mistakes(check(args, &item)), ["unknown key `isuer`; did you mean `issuer`?"]);
}

#[test]
fn values_come_from_what_is_known() {
    let model = github(&quote! {
        token_params(a = client_id, b = callback.shop, c = callback."my shop", d = "e"),
        dialect(callback_params("shop", "my shop"), token_request = json, refresh_auth_method = none),
    })
    .unwrap_or_else(|error| panic!("{error}"));

    let declaration = model.declaration;
    let values: Vec<_> = declaration.token_params.iter().map(|param| &param.value).collect();
    assert_eq!(
        values,
        [
            &ParamValue::ClientId,
            &ParamValue::Callback("shop".into()),
            &ParamValue::Callback("my shop".into()),
            &ParamValue::Constant("e".into()),
        ]
    );
    assert_eq!(declaration.dialect.token_request, TokenRequest::Json);
    assert_eq!(declaration.dialect.refresh_auth_method, Some(TokenEndpointAuthMethod::None));
}

#[test]
fn a_value_from_nowhere_is_refused() {
    refused(
        &quote!(token_params(a = client_secret)),
        "`client_secret` is the application's, never the declaration's; pass it to `.client_secret(…)` of the builder",
    );
    refused(
        &quote!(token_params(a = nonce)),
        "unknown `token_params` value `nonce`, expected a string or one of `client_id`, `redirect_uri`, `scope`, `state`, `callback.…`",
    );
    refused(
        &quote!(token_params(a = callbck.shop)),
        "unknown `token_params` value `callbck`; did you mean `callback`?",
    );
    refused(
        &quote!(token_params(a = callback)),
        "`token_params` expects a name behind `callback`, as in `name = callback.name`",
    );
    refused(
        &quote!(token_params(a = 5)),
        "`token_params` expects names and values, as in `device_id = callback.device_id`",
    );
    refused(
        &quote!(headers(a = scope)),
        "`headers` takes no `scope`; expected a string or `client_id`",
    );
    refused(
        &quote!(headers(a = b)),
        "unknown `headers` value `b`, expected a string or `client_id`",
    );
    refused(
        &quote!(dialect(callback_params("shop"), refresh_params(a = callback.shp))),
        "unknown callback parameter `shp`; did you mean `shop`?",
    );
}

#[test]
fn a_list_that_could_not_be_read_hides_nothing() {
    refused(
        &quote!(token_params(a = callback.shop), dialect(callback_params(shop))),
        "`callback_params` expects strings, as in `callback_params(\"…\")`",
    );
    refused(
        &quote!(token_params(a = callback.shop), dialect(callback_parms("shop"))),
        "unknown dialect word `callback_parms`; did you mean `callback_params`?",
    );
    refused(
        &quote!(default_scopes(A), scopes(A "a")),
        "`scopes` expects a variant and its value, as in `ReadUser = \"read:user\"`",
    );
}

#[test]
fn a_mistake_in_one_word_hides_none_of_another() {
    let more = quote!(token_params(a = callback.shop), dialect(refresh_keeps = true));

    assert_eq!(
        mistakes(github(&more)),
        [
            "`refresh_keeps` stands alone; it takes no value",
            "`callback.shop` is not kept; add `callback_params(\"shop\")` to `dialect(…)`",
        ]
    );
}

#[test]
fn the_words_of_openid_connect_are_read() {
    let model = github(&quote! {
        issuer = "https://github.com",
        pushed_authorization_request_endpoint = "https://github.com/par",
        token_endpoint_auth_method = client_secret_post,
        response_mode = form_post,
        dialect(
            tenant_issuer(claim = "tid", template = "https://github.com/{id}"),
            signed_client_secret,
            callback_once("user"),
            refresh_auth_method = private_key_jwt,
            post_logout_redirect_uri_param = "logout_uri",
        ),
    })
    .unwrap_or_else(|error| panic!("{error}"));

    let declaration = model.declaration;
    let pushed = declaration.pushed_authorization_request_endpoint;
    assert_eq!(pushed.as_deref(), Some("https://github.com/par"));
    assert_eq!(declaration.response_mode, ResponseMode::FormPost);
    let dialect = declaration.dialect;
    let template = "https://github.com/{id}".into();
    assert_eq!(dialect.tenant_issuer, Some(TenantIssuer { template, claim: "tid".into() }));
    assert!(dialect.signed_client_secret);
    assert_eq!(*dialect.callback_once, ["user"]);
    assert_eq!(dialect.refresh_auth_method, Some(TokenEndpointAuthMethod::PrivateKeyJwt));
    assert_eq!(dialect.post_logout_redirect_uri_param.as_deref(), Some("logout_uri"));
}

#[test]
fn a_word_that_could_not_be_read_is_not_said_to_be_missing() {
    refused(
        &quote!(token_endpoint_auth_method = post, dialect(signed_client_secret)),
        "unknown `token_endpoint_auth_method` value `post`, expected one of `client_secret_basic`, `client_secret_post`, `none`, `private_key_jwt`, …",
    );
    refused(
        &quote!(
            isuer = "https://github.com",
            dialect(tenant_issuer(template = "https://github.com/{id}", claim = "tid"))
        ),
        "unknown key `isuer`; did you mean `issuer`?",
    );
    refused(
        &quote!(
            issuer = "https://github.com",
            dialect(tenant_issuer(template = "https://github.com/{id}", claim = tid))
        ),
        "`claim` expects a string, as in `claim = \"…\"`",
    );
    refused(
        &quote!(
            end_session_endpint = "https://github.com/logout",
            dialect(post_logout_redirect_uri_param = "logout_uri")
        ),
        "unknown key `end_session_endpint`; did you mean `end_session_endpoint`?",
    );
}

#[test]
fn a_word_of_the_dialect_is_of_its_kind() {
    refused(
        &quote!(dialect(lenient)),
        "unknown dialect word `lenient`, expected one of `callback_issuer`, `token_request`, `refresh_endpoint`, `refresh_keeps`",
    );
    refused(
        &quote!(dialect(token_request = xml)),
        "unknown `token_request` value `xml`, expected one of `json`, `query`, `form`",
    );
    refused(&quote!(dialect(token_types())), "`token_types` is empty; remove it or fill it");
    refused(
        &quote!(dialect(error_when = "/ok")),
        "`error_when` expects a list, as in `error_when(at = \"/ok\", is = \"false\")`",
    );
    refused(
        &quote!(dialect(error_when(at = "/ok", was = "false"))),
        "unknown `error_when` key `was`, expected one of `at`, `is`, `is_not`",
    );
    refused(
        &quote!(dialect(error_when(is = "false"))),
        "missing `at`; it points to the value that tells an error, as in `at = \"/ok\"`",
    );
    accepted(&quote!(dialect(error_when(at = "/status", is_not = "0"))));
}

#[test]
fn a_default_makes_a_field_optional() {
    let args = quote!(
        issuer = "https://a.example/{tenant}",
        jwks_uri = "https://a.example/keys?a={region}"
    );
    let item: DeriveInput = parse_quote!(
        struct A {
            #[param(default = "common")]
            tenant: Segment,
            region: Value,
        }
    );

    let model = check(args, &item).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(model.declaration.placeholders[0].default.as_deref(), Some("common"));
    assert_eq!(model.declaration.placeholders[1].default, None);
    let item = model.item;
    assert!(!quote!(#item).to_string().contains("param"));
}

#[test]
fn a_param_says_its_default_once() {
    for (attributes, sentence) in [
        (quote!(#[param]), "`param` expects a list, as in `#[param(default = \"common\")]`"),
        (quote!(#[param()]), "`param` is empty; remove it or fill it"),
        (quote!(#[param(defualt = "a")]), "unknown `param` key `defualt`; did you mean `default`?"),
        (quote!(#[param(default = 5)]), "`default` expects a string, as in `default = \"…\"`"),
        (quote!(#[param(default = "a", default = "b")]), "`default` is given twice; keep one"),
        (
            quote!(#[param(default = "a")] #[param(default = "b")]),
            "`param` is given twice; keep one",
        ),
        (
            quote!(#[param(default = "..")]),
            "the default of `tenant` must be one segment of a path, found `..`",
        ),
    ] {
        let mistakes = of_field(&attributes);
        assert_eq!(mistakes.last().map(String::as_str), Some(sentence));
    }
}

#[test]
fn a_field_with_a_default_hides_no_method() {
    for name in ["clone", "declaration", "default", "fmt", "into", "parameter"] {
        let field = quote::format_ident!("{name}");
        let url = format!("https://a.example/{{{name}}}");
        let item: DeriveInput = parse_quote!(
            struct A {
                #[param(default = "a")]
                #field: Segment,
            }
        );
        let with_default = check(quote!(issuer = #url), &item);
        let sentence = format!(
            "`{name}` is a method of every provider, and a field with a default has a method of its name; choose another name"
        );
        assert_eq!(mistakes(with_default), [sentence]);

        let item: DeriveInput = parse_quote!(
            struct A {
                #field: Segment,
            }
        );
        assert!(check(quote!(issuer = #url), &item).is_ok());
    }
}

#[test]
fn a_field_with_a_default_is_not_called_new() {
    let item: DeriveInput = parse_quote!(
        struct A {
            #[param(default = "a")]
            new: Segment,
        }
    );

    assert_eq!(
        mistakes(check(
            quote!(
                authorization_endpoint = "https://a.example/{new}",
                token_endpoint = "https://a.example/{new}"
            ),
            &item
        )),
        [
            "`new` is the constructor, and a field with a default has a method of its name; choose another name"
        ]
    );
}
