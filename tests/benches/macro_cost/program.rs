//! P9: what a program holds of the providers that it does not use.

use crate::cargo::Workshop;
use crate::declared::{MANY, PROVIDERS, library};

/// A program that uses one provider.
pub(crate) struct Program {
    /// Its bytes, when no other is declared.
    pub(crate) with_one: usize,
    /// Its bytes, when there are many.
    pub(crate) with_many: usize,
    /// Whose hosts stand in it although it does not use them, those of the catalogue too.
    pub(crate) unused: Vec<String>,
}

impl Program {
    /// Compiles it as it would be shipped.
    pub(crate) fn compiled(workshop: &Workshop) -> Self {
        let sources = [("main.rs", MAIN), ("lib.rs", &library(1))];
        let made = workshop.make("program", PROVIDERS, &sources);
        eprintln!("release builds of a program: with one provider, and with {MANY}");
        let with_one = made.release();
        made.write("lib.rs", &library(MANY));
        let with_many = made.release();
        assert!(contains(&with_many, "//provider-0.example/"), "what is used is in it");
        let catalogue = oauth_providers::catalogue().iter().filter_map(|it| {
            let url = it.declaration().authorization_endpoint.as_deref()?;
            let host = url.split('/').nth(2).filter(|host| !host.contains('{'));
            host.map(|host| format!("//{host}/"))
        });
        let declared = (1..MANY).map(|number| format!("//provider-{number}.example/"));
        let unused = catalogue.chain(declared).filter(|it| contains(&with_many, it));
        Self { with_one: with_one.len(), with_many: with_many.len(), unused: unused.collect() }
    }
}

fn contains(program: &[u8], text: &str) -> bool {
    program.windows(text.len()).any(|window| window == text.as_bytes())
}

const MAIN: &str = "\
use oauth_providers::{EncryptedCookies, KeyRing, OAuth, Session};
use program::Provider0;

fn main() {
    let cookies = EncryptedCookies::new(KeyRing::generate().unwrap());
    let oauth = OAuth::builder(Provider0)
        .client_id(\"client\")
        .client_secret(\"secret\")
        .redirect_uri(\"https://app.example/callback\")
        .persistence(cookies)
        .build();
    println!(\"{oauth:?} {:?}\", company as fn(&Session<Provider0>) -> Option<String>);
}

fn company(session: &Session<Provider0>) -> Option<String> {
    session.token_response().ok()?.company.clone()
}
";
