//! The page: a row for each provider, which opens. Without its script it is the whole list.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use oauth_providers::{
    Declaration, EmailVerified, Listed, Offline, Pkce, Placeholder, PlaceholderKind,
    TokenEndpointAuthMethod,
};

use crate::table::{by_name, console, constructed, pkce, refresh};

/// What a reader may want of a provider: the word in the URL, the words on the button, and who has it.
type Filter = (&'static str, &'static str, fn(&Declaration) -> bool);

const FILTERS: [Filter; 7] = [
    ("refresh", "Refresh tokens", has_refresh),
    ("profile", "Profile", |it| it.profile.is_some()),
    ("email", "Verified e-mail", has_verified_email),
    ("openid", "OpenID Connect", |it| it.issuer.is_some()),
    ("pkce", "PKCE required", |it| it.pkce == Pkce::Required),
    ("revocation", "Revocation", |it| it.revocation_endpoint.is_some()),
    ("plain", "As the RFC has it", |it| it.departures().is_empty()),
];

pub(crate) fn page() -> Markup {
    let providers = by_name();
    let number = providers.len();
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width";
                meta name="color-scheme" content="light dark";
                meta http-equiv="Content-Security-Policy" content=(NOTHING_FROM_ELSEWHERE);
                link rel="icon" href=(ICON);
                title { "Log in with one of " (number) " providers" }
                style { (PreEscaped(include_str!("style.css"))) }
            }
            body {
                header {
                    p.crate { code { "oauth-providers" } }
                    h1 { "Log in with one of " (number) " providers" }
                    p.lead {
                        "Each is declared in one file. Open one to see how an application is registered, what it may ask \
                         for, and the lines that log in."
                    }
                }
                (tools(&providers))
                main {
                    div.columns aria-hidden="true" {
                        @for column in ["Provider", "Type", "Client authentication", "PKCE", "Refresh token", "Says who it is", "Departures"] {
                            span { (column) }
                        }
                    }
                    div #the-list { @for provider in &providers { (entry(provider)) } }
                    p #the-empty hidden { "No provider fits. " button type="button" #the-reset { "Show all of them" } }
                }
                footer {
                    p {
                        "Made from the declarations alone, by " code { "cargo run --example catalogue" }
                        ". One that is not here is declared in the same way, in an application’s own source."
                    }
                }
                script { (PreEscaped(include_str!("script.js"))) }
            }
        }
    }
}

/// The search and its filters, which need the script.
fn tools(providers: &[&Listed]) -> Markup {
    html! {
        search.tools {
            div.box {
                label.unseen for="the-query" { "Search" }
                input #the-query type="search" placeholder="Name, scope or host" autocomplete="off" spellcheck="false"
                    aria-describedby="the-keys";
                span #the-count role="status" { (providers.len()) " providers" }
            }
            fieldset {
                legend.unseen { "Show only providers with" }
                @for (word, name, has) in FILTERS {
                    @let with = providers.iter().filter(|provider| has(provider.declaration())).count();
                    label.filter {
                        input type="checkbox" value=(word);
                        span { (name) " " small { (with) } }
                    }
                }
            }
            p.unseen #the-keys { "A slash leads here, the arrow keys lead through the list, Enter opens a provider." }
        }
    }
}

fn entry(provider: &Listed) -> Markup {
    let declaration = provider.declaration();
    let slug = &declaration.slug;
    let departures = declaration.departures();
    let has = FILTERS.iter().filter(|(.., has)| has(declaration)).map(|(word, ..)| *word);
    html! {
        details data-slug=(slug) data-has=(has.collect::<Vec<_>>().join(" ")) data-search=(searched(provider)) {
            summary {
                span.name {
                    span.mark style={ "--hue:" (hue(slug)) } aria-hidden="true" { (initial(&declaration.name)) }
                    span { b { (declaration.name) } small { (slug) } }
                }
                span.type { code { (provider.type_name()) } }
                span.fact data-of="Client" { (authentication(declaration)) }
                span.fact.(tone(declaration.pkce)) data-of="PKCE" { (pkce(declaration)) }
                span.fact data-of="Refresh token" { (text(&or_dash(refresh(declaration)))) }
                span.fact.usual[declaration.profile.is_none()] data-of="Says" { (who(declaration)) }
                span.fact data-of="Departures" { @if departures.is_empty() { "none" } @else { (departures.len()) } }
            }
            // The fragment of a URL opens what holds its target.
            div.body id=(slug) {
                div {
                    (registration(declaration))
                    (usage(provider))
                    (endpoints(declaration))
                }
                div {
                    (facts(declaration))
                    (departed(&departures))
                    (scopes(provider))
                }
            }
        }
    }
}

/// How an application is registered.
fn registration(declaration: &Declaration) -> Markup {
    let callback = format!("/auth/{}/callback", declaration.slug);
    html! {
        section {
            h2 { "Register" }
            @if !declaration.setup.is_empty() {
                ol { @for step in declaration.setup.iter() { li { (text(step)) } } }
            }
            dl {
                @if let Some(url) = console(declaration) {
                    dt { "Console" } dd { (link(&url)) }
                }
                @if let Some(url) = &declaration.service_documentation {
                    dt { "Documentation" } dd { (link(url)) }
                }
                dt { "Redirect URI" }
                dd.copied { code { span.host { "https://app.example" } (callback) } (copy()) }
            }
        }
    }
}

/// The lines that log in, and what they read.
fn usage(provider: &Listed) -> Markup {
    let constructed = constructed(provider, argument);
    let code = format!(
        "let keys = KeyRing::from_env(\"OAUTH_KEYS\")?;\n\
         let oauth = OAuth::from_env({constructed})?\n    \
             .persistence(EncryptedCookies::new(keys).single_process())\n    \
             .build()?;"
    );
    html! {
        section {
            h2 { "Use" }
            div.copied { pre { code { (code) } } (copy()) }
            div.copied { pre { code { (variables(provider.declaration())) } } (copy()) }
            (placeholders(provider.declaration()))
        }
    }
}

/// What `OAuth::from_env` reads.
fn variables(declaration: &Declaration) -> String {
    let slug = &declaration.slug;
    let prefix = slug.to_uppercase();
    let signs = declaration.dialect.signed_client_secret;
    let secret = match declaration.token_endpoint_auth_method {
        TokenEndpointAuthMethod::None => String::new(),
        _ if signs => format!(
            "{prefix}_CLIENT_KEY_FILE=key.pem\n{prefix}_CLIENT_KEY_ID=…\n{prefix}_CLIENT_KEY_ISSUER=…\n"
        ),
        _ if declaration.needs_client_key() => format!("{prefix}_CLIENT_KEY_FILE=key.pem\n"),
        _ => format!("{prefix}_CLIENT_SECRET=…\n"),
    };
    format!(
        "{prefix}_CLIENT_ID=…\n{secret}APP_URL=https://app.example\nOAUTH_KEYS=…   # openssl rand -base64 32"
    )
}

fn placeholders(declaration: &Declaration) -> Markup {
    html! {
        @if !declaration.placeholders.is_empty() {
            p.note { "Its URLs hold what the application fills in:" }
            ul {
                @for placeholder in declaration.placeholders.iter() {
                    @let (name, kind) = (&placeholder.name, kind(placeholder));
                    li {
                        code { (name) } ", " (kind) ": "
                        @match &placeholder.default {
                            Some(default) => {
                                code { (default) } ", unless " code { "." (name) "(\"…\")?" } " says another"
                            }
                            None => { "an argument of " code { "new" } }
                        }
                    }
                }
            }
        }
    }
}

fn facts(declaration: &Declaration) -> Markup {
    let refresh =
        declaration.offline.in_words().unwrap_or_else(|| "nothing is declared".to_owned());
    html! {
        section {
            h2 { "What is known" }
            dl {
                dt { "Client authentication" } dd { (authentication(declaration)) }
                dt { "PKCE" }
                dd {
                    @match declaration.pkce {
                        Pkce::Required => "S256 is sent, and required",
                        Pkce::Optional => "S256 is sent",
                        Pkce::Unsupported => "left out, since the provider refuses it",
                    }
                }
                dt { "Refresh tokens" } dd { (text(&refresh)) }
                @if let Some(profile) = &declaration.profile {
                    dt { "User" }
                    dd {
                        "known by " code { (profile.subject) }
                        @let parts = [("name", &profile.name), ("e-mail", &profile.email), ("picture", &profile.picture)];
                        @for (name, _) in parts.iter().filter(|(_, pointer)| pointer.is_some()) { ", " (name) }
                    }
                }
                dt { "E-mail" } dd { (email(declaration)) }
            }
        }
    }
}

fn departed(clauses: &[String]) -> Markup {
    html! {
        section {
            h2 { "Departs from the RFCs" }
            @if clauses.is_empty() {
                p.note { "In nothing that is declared." }
            } @else {
                ul { @for clause in clauses { li { (text(clause)) } } }
            }
        }
    }
}

fn scopes(provider: &Listed) -> Markup {
    let declaration = provider.declaration();
    html! {
        section {
            h2 { "Scopes" }
            @if declaration.scopes.is_empty() {
                p.note { "None are declared." }
            } @else {
                dl.scopes {
                    @for scope in declaration.scopes.iter() {
                        dt {
                            code { (scope.value) }
                            @if declaration.default_scopes.contains(&scope.value) { " " span.default { "by default" } }
                        }
                        dd { (text(&scope.doc)) " " small { code { (provider.type_name()) "Scope::" (scope.variant) } } }
                    }
                }
            }
        }
    }
}

fn endpoints(declaration: &Declaration) -> Markup {
    let endpoints = [
        ("Issuer", &declaration.issuer),
        ("Authorization", &declaration.authorization_endpoint),
        ("Token", &declaration.token_endpoint),
        ("Revocation", &declaration.revocation_endpoint),
        ("User", &declaration.userinfo_endpoint),
        ("Keys", &declaration.jwks_uri),
        ("Logout", &declaration.end_session_endpoint),
        ("Pushed requests", &declaration.pushed_authorization_request_endpoint),
        ("API", &declaration.api_base),
    ];
    html! {
        section {
            h2 { "Endpoints" }
            dl.endpoints {
                @for (name, url) in endpoints {
                    @if let Some(url) = url { dt { (name) } dd { code { (url) } } }
                }
            }
            @if declaration.is_discovered() { p.note { "The issuer is asked for the others." } }
        }
    }
}

fn authentication(declaration: &Declaration) -> Markup {
    html! {
        code { (declaration.token_endpoint_auth_method.as_str()) }
        @if declaration.dialect.signed_client_secret { ", signed by a key" }
    }
}

/// What a login says of the user, in a word.
fn who(declaration: &Declaration) -> &'static str {
    let email = declaration.emails.is_some()
        || declaration.profile.as_ref().is_some_and(|profile| profile.email.is_some());
    match (has_verified_email(declaration), email, declaration.profile.is_some()) {
        (true, ..) => "verified e-mail",
        (_, true, _) => "e-mail",
        (.., true) => "profile",
        _ => "–",
    }
}

fn email(declaration: &Declaration) -> &'static str {
    match (declaration.emails.is_some(), who(declaration)) {
        (true, _) => "verified, by a second call",
        (_, "verified e-mail") => "verified, as the provider says",
        (_, "e-mail") => "never taken for verified",
        _ => "not said",
    }
}

fn has_verified_email(declaration: &Declaration) -> bool {
    let said = declaration.profile.as_ref().is_some_and(|profile| {
        profile.email.is_some() && profile.email_verified != EmailVerified::Never
    });
    said || declaration.emails.as_ref().is_some_and(|emails| emails.verified.is_some())
}

fn has_refresh(declaration: &Declaration) -> bool {
    !matches!(declaration.offline, Offline::Never | Offline::Undeclared)
}

/// A value that a placeholder may have.
fn argument(placeholder: &Placeholder) -> String {
    let name = placeholder.name.replace('_', "-");
    match placeholder.kind {
        PlaceholderKind::Host => format!("\"{name}.example\""),
        PlaceholderKind::Segment | PlaceholderKind::Value => format!("\"{name}\""),
    }
}

fn kind(placeholder: &Placeholder) -> &'static str {
    match placeholder.kind {
        PlaceholderKind::Host => "a host",
        PlaceholderKind::Segment => "a segment of a path",
        PlaceholderKind::Value => "a value in a query",
    }
}

/// What is searched: names, scopes, and the hosts of its URLs.
fn searched(provider: &Listed) -> String {
    let declaration = provider.declaration();
    let urls = [
        &declaration.issuer,
        &declaration.authorization_endpoint,
        &declaration.token_endpoint,
        &declaration.userinfo_endpoint,
        &declaration.api_base,
        &declaration.console,
        &declaration.service_documentation,
    ];
    let hosts = urls.into_iter().flatten().filter_map(|url| url.split('/').nth(2));
    let scopes = declaration.scopes.iter().map(|scope| &*scope.value);
    let defaults = declaration.placeholders.iter().filter_map(|it| it.default.as_deref());
    let mut words: Vec<&str> = [&*declaration.name, &*declaration.slug, provider.type_name()]
        .into_iter()
        .chain(hosts.filter(|host| !host.contains('{')))
        .chain(defaults)
        .chain(scopes)
        .collect();
    words.dedup();
    words.join(" ").to_lowercase()
}

/// Prose in Markdown, of which there is code alone.
fn text(markdown: &str) -> Markup {
    let mut rest = markdown;
    let mut parts = Vec::new();
    while let Some(start) = rest.find('`') {
        let (before, from) = rest.split_at(start);
        let fence = &from[..from.len() - from.trim_start_matches('`').len()];
        let Some((code, after)) = from[fence.len()..].split_once(fence) else { break };
        // A space is put in where the code would touch the fence.
        let inner = code.strip_prefix(' ').and_then(|code| code.strip_suffix(' '));
        parts.push((before, inner.filter(|inner| !inner.is_empty()).unwrap_or(code)));
        rest = after;
    }
    html! {
        @for (before, code) in parts { (before) code { (code) } }
        (rest)
    }
}

fn or_dash(cell: String) -> String {
    if cell.is_empty() { "–".to_owned() } else { cell }
}

/// A page of the provider; with a placeholder it leads nowhere.
fn link(url: &str) -> Markup {
    let shown = url.trim_start_matches("https://").trim_end_matches('/');
    html! {
        @if url.contains('{') { code { (url) } } @else { a href=(url) rel="noreferrer" { (shown) } }
    }
}

fn copy() -> Markup {
    html! { button.copy type="button" { "Copy" } }
}

fn tone(pkce: Pkce) -> &'static str {
    match pkce {
        Pkce::Required => "good",
        Pkce::Optional => "usual",
        Pkce::Unsupported => "warn",
    }
}

fn initial(name: &str) -> String {
    name.chars().take(1).flat_map(char::to_uppercase).collect()
}

/// A colour that stays with the provider.
fn hue(slug: &str) -> u32 {
    slug.bytes().fold(7, |hue, byte| (hue * 31 + u32::from(byte)) % 360)
}

const NOTHING_FROM_ELSEWHERE: &str =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";

const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' \
    height='32' rx='9' fill='%233457d5'/%3E%3Cpath d='M9 16a4 4 0 1 1 7.5 2H24v3h-3v-3' fill='none' stroke='white' \
    stroke-width='3'/%3E%3C/svg%3E";
