//! What is printed when the server listens: everything that somebody needs to configure an application.

use std::fmt::Write as _;
use std::net::SocketAddr;

use crate::behaviour::Told;
use crate::stand_in::{Proof, StandIn};
use crate::users::Person;

/// The lines for all of them: where the server listens, and where it is found.
pub(crate) fn announcement(
    address: SocketAddr,
    url: &str,
    stand_ins: &[StandIn],
    told: &Told<'_>,
) -> String {
    let mut text = format!("Listening on http://{address}\n\n");
    match stand_ins.len() {
        0..=4 => stand_ins.iter().for_each(|it| one(&mut text, it, told)),
        5..=MOST_WITH_A_LINE => several(&mut text, stand_ins),
        many => push(&mut text, format_args!("{many} providers, each at {url}/{{slug}}\n\n")),
    }
    let people: Vec<_> = told.people.iter().map(Person::title).collect();
    line(&mut text, "client id", told.client_id());
    line(&mut text, "client secret", told.client_secret());
    line(&mut text, "redirect URI", "any");
    line(&mut text, "users", &people.join(", "));
    told.notable().iter().for_each(|clause| line(&mut text, "told", clause));
    text.push('\n');
    push(&mut text, format_args!("All of it, with buttons to copy: {url}/\nCtrl-C ends it.\n"));
    text
}

fn one(text: &mut String, it: &StandIn, told: &Told<'_>) {
    push(text, format_args!("{} ({}) is at {}\n", it.name(), it.slug(), it.base));
    it.placeholders().iter().for_each(|filled| line(text, "placeholder", filled));
    it.addresses().iter().for_each(|(label, url)| line(text, label, url));
    let declaration = it.declaration();
    let method = declaration.token_endpoint_auth_method.as_str();
    let proof = match it.client_proof() {
        Proof::Key => format!("{method}, signed by a key: `--client-jwk` says its public half"),
        Proof::Nothing | Proof::Secret => method.to_owned(),
    };
    line(text, "client authentication", &proof);
    if !declaration.default_scopes.is_empty() {
        line(text, "scopes", &declaration.default_scopes.join(&declaration.scope_separator));
    }
    let others = declaration.scopes.iter().map(|scope| &*scope.value);
    let others: Vec<_> =
        others.filter(|it| !declaration.default_scopes.contains(&(*it).into())).collect();
    if !others.is_empty() {
        line(text, "further scopes", &others.join(&declaration.scope_separator));
    }
    line(text, "with this library", &format!("OAuth::builder({})", it.constructor()));
    line(text, "", &format!("    {}", it.environment()));
    if let Some(variables) = it.variables(told) {
        line(text, "or OAuth::from_env", &variables);
    }
    text.push('\n');
}

fn several(text: &mut String, stand_ins: &[StandIn]) {
    let width = stand_ins.iter().map(|it| it.slug().len()).max().unwrap_or_default();
    for it in stand_ins {
        push(text, format_args!("  {:width$}  {}\n", it.slug(), it.base));
    }
    text.push('\n');
}

fn line(text: &mut String, label: &str, value: &str) {
    push(text, format_args!("  {label:29} {value}\n"));
}

fn push(text: &mut String, words: std::fmt::Arguments<'_>) {
    text.write_fmt(words).expect("a String takes all that is written");
}

/// More than that are told of by the page alone.
const MOST_WITH_A_LINE: usize = 20;

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;
    use crate::arguments::Arguments;
    use crate::stand_in::tests::stand_ins;

    fn announced(words: &str) -> String {
        let base = "http://127.0.0.1:4000";
        let arguments = Arguments::parse_from(format!("emulator {words}").split_whitespace());
        let told = arguments.behaviour.read().unwrap();
        announcement(([127, 0, 0, 1], 4000).into(), base, &stand_ins(words, base), &told)
    }

    #[test]
    fn one_is_told_with_all_that_an_application_needs() {
        let text = announced("auth0 --deny");

        assert!(text.starts_with("Listening on http://127.0.0.1:4000\n"), "{text}");
        for line in [
            "Auth0 (auth0) is at http://127.0.0.1:4000/auth0",
            "  placeholder                   domain = auth0.example",
            "  issuer                        http://127.0.0.1:4000/auth0/issuer/auth0.example/",
            "  client authentication         client_secret_basic",
            "  scopes                        openid profile email",
            "  further scopes                offline_access",
            "  with this library             OAuth::builder(Auth0::new(\"auth0.example\")?)",
            "  client id                     emulator-client",
            "  client secret                 emulator-secret",
            "  users                         Ada Lovelace (1815), Grace Hopper (1906)",
            "  told                          every login is declined",
        ] {
            assert!(text.lines().any(|it| it == line), "{line}\n{text}");
        }
    }

    #[test]
    fn many_are_told_with_a_line_each_or_with_one_for_all() {
        let several = announced("apple auth0 github google microsoft");
        let all = announced("--all");

        assert!(several.contains("  github     http://127.0.0.1:4000/github\n"), "{several}");
        assert!(all.contains(" providers, each at http://127.0.0.1:4000/{slug}\n"), "{all}");
        assert!(!several.contains("token endpoint") && !all.contains("token endpoint"));
    }
}
