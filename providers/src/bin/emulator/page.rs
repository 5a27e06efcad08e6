//! The pages for people: everybody who is served, and one provider alone.

use bytes::Bytes;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::behaviour::Told;
use crate::stand_in::{Proof, StandIn};

/// The pages, made once.
#[derive(Debug)]
pub(crate) struct Pages {
    pub(crate) index: Bytes,
    /// In the order of the providers.
    pub(crate) providers: Vec<Bytes>,
}

impl Pages {
    pub(crate) fn new(url: &str, stand_ins: &[StandIn], told: &Told<'_>) -> Self {
        let bytes = |page: Markup| Bytes::from(page.into_string());
        let index = match stand_ins {
            [alone] => provider(url, alone, told, true),
            _ => index(url, stand_ins, told),
        };
        let providers =
            stand_ins.iter().map(|it| bytes(provider(url, it, told, stand_ins.len() == 1)));
        Self { index: bytes(index), providers: providers.collect() }
    }
}

fn index(url: &str, stand_ins: &[StandIn], told: &Told<'_>) -> Markup {
    layout(
        "Emulated providers",
        &html! {
            header {
                p.tag { "emulator" }
                h1 { (stand_ins.len()) " emulated providers" }
                p.lead { "They answer at " code { (url) } ". Nothing here is real, and nothing is registered anywhere." }
            }
            (client(told))
            div.find {
                input #search type="search" placeholder="Search by name, slug or host" aria-label="Search" autocomplete="off" autofocus;
                span #count aria-live="polite" { (stand_ins.len()) }
            }
            div #providers {
                @for it in stand_ins {
                    details.provider data-words=(words(it)) {
                        summary {
                            span.name { (it.name()) }
                            code.slug { (it.slug()) }
                        }
                        (facts(it, told))
                        p.more { a href={ (url) "/" (it.slug()) } { "Scopes, and a page of its own" } }
                    }
                }
                p #nobody hidden { "Nobody here is called that." }
            }
        },
    )
}

fn provider(url: &str, it: &StandIn, told: &Told<'_>, is_alone: bool) -> Markup {
    let declaration = it.declaration();
    layout(
        it.name(),
        &html! {
            header {
                p.tag { "emulator" }
                h1 { (it.name()) }
                p.lead {
                    "It answers at " code { (it.base) } ". Nothing here is real, and nothing is registered anywhere."
                    @if !is_alone { " " a href={ (url) "/" } { "Everybody else" } }
                }
            }
            (client(told))
            section.card { h2 { "Endpoints" } (facts(it, told)) }
            @if !declaration.scopes.is_empty() {
                section.card {
                    h2 { "Scopes" }
                    ul.scopes {
                        @for scope in &*declaration.scopes {
                            li {
                                code { (scope.value) }
                                @if declaration.default_scopes.contains(&scope.value) { " " span.tag { "default" } }
                                span.doc { (scope.doc.trim()) }
                            }
                        }
                    }
                }
            }
        },
    )
}

/// Who the application is, and who can log in.
fn client(told: &Told<'_>) -> Markup {
    html! {
        section.card {
            h2 { "Your application" }
            (row("client id", told.client_id()))
            (row("client secret", told.client_secret()))
            (said("redirect URI", &html! { "any" }))
            (said("users", &html! {
                @for person in &told.people { span.person { (person.title()) } " " }
            }))
            @for clause in told.notable() { (said("told", &html! { span.told { (clause) } })) }
        }
    }
}

/// Where everything is, and how an application says so.
fn facts(it: &StandIn, told: &Told<'_>) -> Markup {
    let method = it.declaration().token_endpoint_auth_method.as_str();
    html! {
        @for filled in it.placeholders() { (row("placeholder", &filled)) }
        @for (label, url) in it.addresses() { (row(label, &url)) }
        (said("client authentication", &html! {
            code { (method) }
            @if it.client_proof() == Proof::Key { " signed by a key: " code { "--client-jwk" } " says its public half" }
        }))
        h3 { "With this library" }
        (row("builder", &format!("OAuth::builder({}){}", it.constructor(), it.environment())))
        @if let Some(variables) = it.variables(told) { (row("from_env", &variables)) }
        @if let Some(discovery) = it.discovery() {
            p.hint {
                "An application of this library goes on to expect the issuer that is declared. Every other one is given the issuer above, whose "
                a href=(discovery) { "metadata" } " name the addresses above."
            }
        }
    }
}

/// A value with a button to copy it.
fn row(label: &str, value: &str) -> Markup {
    html! {
        div.row {
            span.label { (label) }
            code.value { (value) }
            button.copy type="button" aria-label={ "Copy " (label) } { "Copy" }
        }
    }
}

fn said(label: &str, value: &Markup) -> Markup {
    html! { div.row { span.label { (label) } span.value { (value) } } }
}

/// What somebody may search for.
fn words(it: &StandIn) -> String {
    let hosts = it.addresses().into_iter().filter_map(|(_, address)| {
        let path = address.strip_prefix(&it.base)?.trim_start_matches("/issuer");
        Some(path.trim_start_matches('/').split('/').next()?.to_owned())
    });
    let mut words = vec![it.name().to_lowercase(), it.slug().to_owned()];
    words.extend(hosts);
    words.dedup();
    words.join(" ")
}

fn layout(title: &str, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width";
                meta name="color-scheme" content="light dark";
                link rel="icon" href="data:,";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body { main { (content) } script { (PreEscaped(SCRIPT)) } }
        }
    }
}

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;
    use crate::arguments::Arguments;
    use crate::stand_in::tests::stand_ins;

    const BASE: &str = "http://127.0.0.1:4000";

    fn pages(arguments: &str) -> (String, Vec<String>) {
        let read = Arguments::parse_from(format!("emulator {arguments}").split_whitespace());
        let told = read.behaviour.read().unwrap();
        let Pages { index, providers } = Pages::new(BASE, &stand_ins(arguments, BASE), &told);
        let text = |page: &Bytes| String::from_utf8(page.to_vec()).unwrap();
        (text(&index), providers.iter().map(text).collect())
    }

    #[test]
    fn everybody_is_on_the_index_with_their_endpoints_and_a_button() {
        let (index, _) = pages("github google");

        for value in [
            format!("{BASE}/github/github.com/login/oauth/authorize"),
            format!("{BASE}/google/issuer/accounts.google.com/.well-known/openid-configuration"),
        ] {
            assert!(
                index.contains(&format!("<code class=\"value\">{value}</code><button")),
                "{value}"
            );
        }
        assert!(index.contains("data-words=\"github github.com api.github.com\""), "{index}");
        assert!(index.contains("2 emulated providers"));
    }

    #[test]
    fn a_provider_has_a_page_with_its_scopes() {
        let (index, providers) = pages("github");

        assert_eq!(index, providers[0]);
        assert!(
            index.contains("<code>read:user</code>") && index.contains("Read the user's profile.")
        );
    }

    #[test]
    fn what_a_person_wrote_is_text_on_the_page() {
        let (index, _) = pages("github --client-id <script>alert(1)</script>");

        assert!(index.contains("&lt;script&gt;alert(1)"), "{index}");
    }
}
