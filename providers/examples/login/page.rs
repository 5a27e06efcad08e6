//! What the example shows.

use std::time::SystemTime;

use axum::http::StatusCode;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use oauth_providers::{AnyOAuth, Email, MountedProviders, Profile, Provider, Session, Timestamp};

/// What a provider is called here, and the colour of its button.
fn look(slug: &str) -> (&str, &str) {
    match slug {
        "google" => ("Google", "#1a73e8"),
        "github" => ("GitHub", "#24292f"),
        "auth0" => ("Auth0", "#c2410c"),
        "acme" => ("Acme, declared in this example", "#0f766e"),
        other => (other, "#475569"),
    }
}

pub(crate) fn home(providers: &MountedProviders) -> Markup {
    layout(
        "Log in",
        &html! {
            h1 { "Log in" }
            p.lead { "One attribute declares a provider. Choose one of them." }
            nav {
                @for slug in providers.iter().map(AnyOAuth::key) {
                    @let (name, colour) = look(slug);
                    a.provider id=(slug) href={ "/" (slug) } style={ "--colour:" (colour) } {
                        span.mark { (initial(name)) }
                        span { "Continue with " b { (name) } }
                    }
                }
            }
        },
    )
}

pub(crate) fn account<P: Provider>(slug: &str, session: &Session<P>, profile: &Profile) -> Markup {
    layout_with(
        "Your account",
        Some(10),
        &html! {
            header {
                @if let Some(picture) = profile.picture() { img src=(picture) alt=""; }
                div {
                    h1 #name { (profile.name().unwrap_or("Somebody without a name")) }
                    p.lead #email { (email(profile.email())) }
                }
            }
            dl {
                dt { "Provider" }
                dd { (look(slug).0) }
                dt { "Subject" }
                dd #subject { (profile.subject()) }
                dt { "Granted scopes" }
                dd #scopes { @for scope in session.scopes().iter() { code { (scope) } " " } }
                dt { "Token expires" }
                dd #expires { (expiry(session)) }
                dt { "Token issued" }
                dd #issued { (age(session)) }
            }
            p.hint {
                "The page loads again every ten seconds: shortly before its expiry the token is renewed by itself."
            }
            div.actions {
                a.button href={ "/" (slug) "/api" } #call { "Call the API" }
                form method="post" action={ "/" (slug) "/refresh" } { button #refresh { "Refresh now" } }
                (logout(slug))
                a.quiet href="/" { "Other providers" }
            }
        },
    )
}

pub(crate) fn answer(slug: &str, path: &str, status: StatusCode, body: &str) -> Markup {
    let pretty = serde_json::from_str::<serde_json::Value>(body)
        .and_then(|value| serde_json::to_string_pretty(&value))
        .unwrap_or_else(|_| body.to_owned());
    layout(
        "The API's answer",
        &html! {
            h1 { "The API's answer" }
            p.lead { code { "GET " (path) } " gave " b #status { (status) } }
            pre #answer { (pretty) }
            div.actions {
                a.button href={ "/" (slug) } { "Back to your account" }
                (logout(slug))
            }
        },
    )
}

/// A picture for an emulated user.
pub(crate) fn portrait(initials: &str, colour: &str) -> String {
    format!(
        "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 64 64'%3E%3Crect width='64' \
         height='64' fill='{}'/%3E%3Ctext x='32' y='41' font-family='sans-serif' font-size='26' fill='white' \
         text-anchor='middle'%3E{initials}%3C/text%3E%3C/svg%3E",
        colour.replace('#', "%23"),
    )
}

fn logout(slug: &str) -> Markup {
    html! {
        form method="post" action={ "/auth/" (slug) "/logout" } { button #logout { "Log out" } }
    }
}

fn email(email: Option<&Email>) -> Markup {
    match email {
        Some(Email::Verified(address)) => html! { (address) " " span.good { "verified" } },
        Some(Email::Unverified(address)) => {
            html! { (address.as_str()) " " span.warn { "not verified" } }
        }
        None => html! { "no e-mail address" },
    }
}

fn expiry<P: Provider>(session: &Session<P>) -> String {
    match session.expires_at() {
        Some(at) => {
            let seconds = at.since(Timestamp::from(SystemTime::now())).as_secs();
            format!("in {} min {:02} s", seconds / 60, seconds % 60)
        }
        None => "the provider does not say".to_owned(),
    }
}

fn age<P: Provider>(session: &Session<P>) -> String {
    let age = Timestamp::from(SystemTime::now()).since(session.tokens().received_at());
    format!("{} s ago", age.as_secs())
}

fn initial(name: &str) -> &str {
    name.get(..1).unwrap_or_default()
}

fn layout(title: &str, content: &Markup) -> Markup {
    layout_with(title, None, content)
}

/// A page, which loads again after so many seconds.
fn layout_with(title: &str, again: Option<u8>, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width";
                @if let Some(seconds) = again { meta http-equiv="refresh" content=(seconds); }
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body { main { (content) } }
        }
    }
}

const STYLE: &str = "
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;color:#1c1d22;
 background:linear-gradient(160deg,#eef2ff,#fdf6ec);font:16px/1.55 system-ui,sans-serif}
main{width:min(34rem,94vw);background:#fff;border-radius:1.2rem;padding:2.4rem;margin:2rem 0;
 box-shadow:0 1.2rem 3rem #1c1d2214}
h1{margin:0;font-size:1.7rem;letter-spacing:-.01em}
.lead{margin:.3rem 0 1.4rem;color:#5b5d66}
nav{display:grid;gap:.7rem}
.provider{display:flex;align-items:center;gap:.9rem;padding:.8rem 1rem;border:1px solid #e3e4ea;
 border-radius:.8rem;color:inherit;text-decoration:none;transition:.15s}
.provider:hover{border-color:var(--colour);transform:translateY(-1px);box-shadow:0 .4rem 1rem #1c1d2212}
.mark{width:2.1rem;height:2.1rem;display:grid;place-items:center;border-radius:.6rem;
 background:var(--colour);color:#fff;font-weight:700}
header{display:flex;gap:1.2rem;align-items:center;margin-bottom:1rem}
header .lead{margin-bottom:0}
header img{width:4.2rem;height:4.2rem;border-radius:50%;object-fit:cover}
dl{display:grid;grid-template-columns:auto 1fr;gap:.55rem 1.4rem;margin:1.4rem 0;padding:1.2rem;
 background:#f7f8fb;border-radius:.9rem}
dt{color:#6b6d77}dd{margin:0;overflow-wrap:anywhere}
code{background:#eceef5;border-radius:.35rem;padding:.1rem .4rem;font-size:.88em}
pre{background:#20242e;color:#e6e8ef;border-radius:.9rem;padding:1.1rem;overflow:auto;font-size:.86rem;
 max-height:24rem}
.actions{display:flex;flex-wrap:wrap;gap:.8rem;align-items:center}
.button,button{font:inherit;padding:.6rem 1.1rem;border:0;border-radius:.7rem;background:#2456d6;color:#fff;
 text-decoration:none;cursor:pointer}
button{background:#eceef5;color:#1c1d22}
.quiet,.hint{color:#5b5d66}
.hint{font-size:.85rem}
.good,.warn{font-size:.78rem;padding:.1rem .55rem;border-radius:1rem;background:#dcfce7;color:#166534}
.warn{background:#fef3c7;color:#92400e}
";
