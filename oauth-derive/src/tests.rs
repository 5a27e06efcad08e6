//! What holds for whatever is written: the attribute answers with a declaration without mistakes, or says what is wrong.

use oauth_declaration::{Declaration, Dialect};
use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};
use proptest::collection::vec;
use proptest::prelude::{BoxedStrategy, Just, Strategy, any, prop_oneof, proptest};
use proptest::sample::select;
use quote::quote;
use syn::{DeriveInput, parse_quote};

use crate::args::Args;
use crate::notes::Notes;
use crate::{check, key};

/// A token that can be shown and copied.
#[derive(Clone, Debug)]
enum Tree {
    Leaf(String),
    Text(String),
    Group(Delimiter, Vec<Tree>),
}

/// A change of one token: which, and what becomes of it.
#[derive(Clone, Copy, Debug)]
enum Change {
    Delete,
    Duplicate,
    Swap,
}

fn tokens(trees: &[Tree]) -> TokenStream {
    trees.iter().flat_map(token).collect()
}

fn token(tree: &Tree) -> TokenStream {
    match tree {
        Tree::Leaf(text) => text.parse().unwrap(),
        Tree::Text(text) => TokenTree::from(Literal::string(text)).into(),
        Tree::Group(delimiter, trees) => {
            TokenTree::from(Group::new(*delimiter, tokens(trees))).into()
        }
    }
}

fn trees(tokens: TokenStream) -> Vec<Tree> {
    let tree = |token| match token {
        TokenTree::Group(group) => Tree::Group(group.delimiter(), trees(group.stream())),
        TokenTree::Literal(literal) => match syn::parse_str::<syn::LitStr>(&literal.to_string()) {
            Ok(text) => Tree::Text(text.value()),
            Err(_) => Tree::Leaf(literal.to_string()),
        },
        other => Tree::Leaf(other.to_string()),
    };
    tokens.into_iter().map(tree).collect()
}

fn words() -> impl Strategy<Value = String> {
    let known = [key::ALL, key::ALL_DIALECT, key::ALL_OFFLINE, key::ALL_PROFILE, key::ALL_EMAILS];
    let known = known.concat();
    let others = [
        &[key::REDIRECT_URI, key::STATE, key::CALLBACK, key::TOKEN_RESPONSE],
        key::ALL_TENANT_ISSUER,
        key::ALL_ERROR_WHEN,
        key::ALL_PARAM,
        &["client_secret", "none", "json", "get", "form", "bearer", "required", "unsupported"],
        &["Host", "Segment", "Value", "pub", "struct", "enum", "union", "type", "r#type", "doc"],
    ];
    let others = others.concat();
    prop_oneof![
        select(known).prop_map(str::to_owned),
        select(others).prop_map(str::to_owned),
        "[a-zA-Z_][a-z0-9_]{0,8}",
    ]
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof!["https://(a\\.example|\\{[a-z]\\})/[a-z{}?=#%]{0,8}", "/?[a-z~]{0,6}", ".{0,4}",]
}

fn leaf() -> impl Strategy<Value = Tree> {
    prop_oneof![
        4 => words().prop_map(Tree::Leaf),
        3 => texts().prop_map(Tree::Text),
        4 => select(vec!["=", ",", ".", ":", "::", "#", "!", "-", "&", "<", ">", "'", ";"])
            .prop_filter("a quote alone is no token", |punct| *punct != "'")
            .prop_map(|punct| Tree::Leaf(punct.to_owned())),
        1 => select(vec!["5", "1.5", "'a'", "b\"a\"", "true", "'life"])
            .prop_map(|literal| Tree::Leaf(literal.to_owned())),
    ]
}

/// Whole entries, so that random attributes come further than their first token.
fn entry(inner: BoxedStrategy<Tree>) -> impl Strategy<Value = Vec<Tree>> {
    let (equals, comma) = (Tree::Leaf("=".to_owned()), Tree::Leaf(",".to_owned()));
    let value = prop_oneof![texts().prop_map(Tree::Text), words().prop_map(Tree::Leaf)];
    let (last, after) = (comma.clone(), comma);
    prop_oneof![
        (words(), value).prop_map(move |(key, value)| {
            vec![Tree::Leaf(key), equals.clone(), value, last.clone()]
        }),
        (words(), inner)
            .prop_map(move |(key, group)| { vec![Tree::Leaf(key), group, after.clone()] }),
    ]
}

fn tree() -> BoxedStrategy<Tree> {
    let delimiters =
        vec![Delimiter::Parenthesis, Delimiter::Parenthesis, Delimiter::Brace, Delimiter::Bracket];
    leaf()
        .prop_recursive(4, 64, 8, move |inner| {
            let trees = prop_oneof![
                vec(inner.clone(), 0..8),
                vec(entry(inner.boxed()), 0..4).prop_map(|entries| entries.concat()),
            ];
            (select(delimiters.clone()), trees)
                .prop_map(|(delimiter, trees)| Tree::Group(delimiter, trees))
        })
        .boxed()
}

fn stream() -> impl Strategy<Value = Vec<Tree>> {
    prop_oneof![vec(tree(), 0..12), vec(entry(tree()), 0..6).prop_map(|entries| entries.concat()),]
}

/// An attribute in which nearly everything stands, and no mistake.
fn whole() -> TokenStream {
    quote! {
        name = "Acme",
        slug = "acme",
        console = "https://{domain}/apps",
        service_documentation = "https://acme.example/docs",
        setup("Create an application.", "Enter the redirect URI."),
        issuer = "https://{domain}",
        authorization_endpoint = "https://{domain}/authorize?region={region}",
        token_endpoint = "https://{domain}/{tenant}/token",
        revocation_endpoint = "https://{domain}/revoke",
        userinfo_endpoint = "https://{domain}/me",
        end_session_endpoint = "https://{domain}/logout",
        pushed_authorization_request_endpoint = "https://{domain}/par",
        api_origins("https://b.example"),
        scopes(#[doc = " Read."] Read = "read", Write = "write"),
        default_scopes(Read),
        pkce = required,
        token_endpoint_auth_method = client_secret_post,
        response_mode = form_post,
        authorization_params(prompt = "consent", "a-b" = "c"),
        token_params(shop = callback."my shop", app = client_id),
        offline(scope = Write),
        headers("User-Agent" = "acme", client_id = client_id),
        token_response { #[serde(default, rename = "companyId")] company_id: Option<u64>, a: u8 },
        profile(subject = "/id", email_verified = always),
        emails(endpoint = "https://{domain}/emails", address = "/email"),
        dialect(
            tenant_issuer(template = "https://a.example/{id}", claim = "tid"),
            client_id_param = "key",
            signed_client_secret,
            callback_params("my shop"),
            callback_once("user"),
            token_request = json,
            error_when(at = "/ok", is = "false"),
            refresh_params(scope = scope),
            refresh_auth_method = none,
            refresh_keeps,
            userinfo_params(openid = token_response.openid),
            post_logout_redirect_uri_param = "logout_uri",
        ),
    }
}

fn acme() -> TokenStream {
    quote! {
        /// Signs in with Acme.
        #[derive(PartialEq)]
        pub struct Acme {
            domain: Host,
            #[param(default = "common")]
            tenant: Segment,
            #[param(default = "eu")]
            region: Value,
        }
    }
}

/// Applies a change to the token that `at` counts to, depth first.
fn change(trees: &mut Vec<Tree>, at: &mut usize, what: Change) -> bool {
    let mut i = 0;
    while i < trees.len() {
        if *at == 0 {
            match what {
                Change::Delete => drop(trees.remove(i)),
                Change::Duplicate => trees.insert(i, trees[i].clone()),
                Change::Swap => {
                    let next = (i + 1) % trees.len();
                    trees.swap(i, next);
                }
            }
            return true;
        }
        *at -= 1;
        if let Tree::Group(_, inner) = &mut trees[i]
            && change(inner, at, what)
        {
            return true;
        }
        i += 1;
    }
    false
}

fn changes() -> impl Strategy<Value = Vec<(usize, Change)>> {
    let kind = prop_oneof![Just(Change::Delete), Just(Change::Duplicate), Just(Change::Swap)];
    vec((any::<u16>().prop_map(|at| usize::from(at) % 350), kind), 1..4)
}

fn changed(whole: TokenStream, changes: &[(usize, Change)]) -> TokenStream {
    let mut trees = trees(whole);
    for (at, kind) in changes {
        change(&mut trees, &mut at.clone(), *kind);
    }
    tokens(&trees)
}

/// Whether a sentence is none of those that the parser has for Rust.
fn is_ours(sentence: &str) -> bool {
    let ours = ["expected `,` before this", "expected a key, as in `"];
    let parser = ["expected", "unexpected", "cannot", "lex"];
    ours.iter().any(|start| sentence.starts_with(start))
        || !parser.iter().any(|start| sentence.starts_with(start))
}

/// What must hold for every attribute on every item.
fn holds(args: TokenStream, item: &TokenStream) {
    let written = crate::provider(args.clone(), item, parse_quote!(::oauth_runtime)).to_string();
    let refused = written.contains("compile_error");
    let Ok(item) = syn::parse2::<DeriveInput>(item.clone()) else {
        assert!(refused, "{written}");
        return;
    };
    let mut notes = Notes::new();
    let args = Args::parse(args, &mut notes);
    match check::provider(&args, &item, parse_quote!(::oauth_runtime), notes) {
        Ok(model) => {
            assert!(!refused, "{written}");
            assert_eq!(model.declaration.mistakes(), []);
        }
        Err(mistakes) => {
            assert!(refused);
            for mistake in mistakes {
                let sentence = mistake.to_string();
                assert!(!sentence.is_empty() && sentence.chars().count() <= 140, "{sentence}");
                assert!(is_ours(&sentence), "{sentence}");
            }
        }
    }
}

#[test]
fn the_whole_attribute_is_accepted() {
    let written = crate::provider(whole(), &acme(), parse_quote!(::oauth_runtime)).to_string();

    assert!(!written.contains("compile_error"), "{written}");
}

#[test]
fn a_token_of_every_kind_is_read_back() {
    let punct = TokenTree::from(Punct::new('#', Spacing::Alone));
    let ident = TokenTree::from(Ident::new_raw("type", Span::call_site()));
    let stream: TokenStream = [punct, ident].into_iter().collect();

    assert_eq!(tokens(&trees(stream.clone())).to_string(), stream.to_string());
}

/// The names of the fields that `Debug` shows, at the outermost level.
fn shown_fields(debug: &str) -> Vec<String> {
    let lines = debug.lines().filter_map(|line| line.strip_prefix("    "));
    let fields = lines.filter(|line| line.starts_with(char::is_alphabetic));
    fields.filter_map(|line| Some(line.split_once(':')?.0.to_owned())).collect()
}

#[test]
fn the_vocabulary_is_that_of_a_declaration() {
    let mut keys = shown_fields(&format!("{:#?}", Declaration::EMPTY));
    // The fields of the struct.
    keys.retain(|key| key != "placeholders");
    keys.push(key::CRATE.to_owned());

    assert_eq!(keys, key::ALL);
    assert_eq!(shown_fields(&format!("{:#?}", Dialect::NONE)), key::ALL_DIALECT);
}

#[test]
fn the_reference_has_a_row_for_every_key_and_word() {
    let reference = include_str!("lib.rs");
    let rows: Vec<&str> =
        reference.lines().filter_map(|line| line.strip_prefix("/// | `")).collect();
    let mut rest = rows.iter();

    for name in key::ALL.iter().chain(key::ALL_DIALECT) {
        let row = |row: &&&str| {
            let end = row.strip_prefix(name).and_then(|rest| rest.chars().next());
            end.is_some_and(|end| "`( ".contains(end))
        };
        assert!(rest.find(row).is_some(), "no row for `{name}`, or not in its place");
    }
}

proptest! {
    #[test]
    fn any_attribute_is_accepted_or_refused(args in stream()) {
        holds(tokens(&args), &acme());
    }

    #[test]
    fn any_item_is_accepted_or_refused(item in stream()) {
        holds(whole(), &tokens(&item));
    }

    #[test]
    fn a_changed_attribute_is_accepted_or_refused(changes in changes()) {
        holds(changed(whole(), &changes), &acme());
    }

    #[test]
    fn a_changed_item_is_accepted_or_refused(changes in changes()) {
        holds(whole(), &changed(acme(), &changes));
    }
}
