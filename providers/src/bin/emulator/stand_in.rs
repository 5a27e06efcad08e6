//! One provider as it is served: where it is, and what an application is told of it.

use std::net::IpAddr;

use oauth_providers::{Declaration, Emulator, Endpoint, Provider as _, TokenEndpointAuthMethod};
use url::Host;

use crate::behaviour::Told;
use crate::choice::{Chosen, ISSUER};
use crate::endpoint::ENDPOINTS;

/// A provider at an address.
#[derive(Debug)]
pub(crate) struct StandIn {
    chosen: Chosen,
    /// The base for `Environment::at`.
    pub(crate) base: String,
    /// It calls itself the provider.
    pub(crate) emulator: Emulator,
    /// The same, which calls itself by where it is.
    pub(crate) announced: Emulator,
}

impl StandIn {
    pub(crate) fn new(chosen: Chosen, base: String, told: &Told<'_>) -> Self {
        let emulator = told.tell(Emulator::of(chosen.provider.clone()));
        let announced = emulator.clone().announced_at(&match has_issuer(&chosen) {
            true => format!("{base}/{ISSUER}"),
            false => base.clone(),
        });
        Self { chosen, base, emulator, announced }
    }

    pub(crate) fn declaration(&self) -> &Declaration {
        self.chosen.provider.declaration()
    }

    pub(crate) fn slug(&self) -> &str {
        &self.declaration().slug
    }

    pub(crate) fn name(&self) -> &str {
        &self.declaration().name
    }

    /// What another application is configured with: what it is, and where.
    pub(crate) fn addresses(&self) -> Vec<(&'static str, String)> {
        let issuer = self.announced.issuer().filter(|_| has_issuer(&self.chosen));
        let issuer = issuer.map(|issuer| ("issuer", issuer));
        let endpoints = ENDPOINTS.iter().filter_map(|(endpoint, _, label)| {
            Some((*label, self.announced.url(*endpoint)?.to_owned()))
        });
        issuer.into_iter().chain(endpoints).collect()
    }

    /// Where its issuer says where everything is.
    pub(crate) fn discovery(&self) -> Option<&str> {
        self.announced.url(Endpoint::Metadata)
    }

    /// `domain = acme.example`
    pub(crate) fn placeholders(&self) -> Vec<String> {
        let filled = self.chosen.placeholders.iter();
        filled.map(|it| format!("{} = {}", it.name, it.value)).collect()
    }

    /// How an application of this library makes the provider.
    pub(crate) fn constructor(&self) -> String {
        let placeholders = &self.chosen.placeholders;
        let Some(type_name) = self.chosen.type_name else {
            let with = placeholders.iter().filter(|it| !it.is_default);
            let with = with.map(|it| format!(".with({:?}, {:?})?", it.name, it.value));
            return format!("Declared::from(declaration){}", with.collect::<String>());
        };
        if placeholders.is_empty() {
            return type_name.to_owned();
        }
        let required: Vec<_> = placeholders.iter().filter(|it| !it.has_default).collect();
        let arguments: Vec<_> = required.iter().map(|it| format!("{:?}", it.value)).collect();
        let fallible = if required.is_empty() { "" } else { "?" };
        let others = placeholders.iter().filter(|it| it.has_default && !it.is_default);
        let others = others.map(|it| format!(".{}({:?})?", it.name, it.value));
        let others: String = others.collect();
        format!("{type_name}::new({}){fallible}{others}", arguments.join(", "))
    }

    /// How an application of this library finds it.
    pub(crate) fn environment(&self) -> String {
        let opt_in = if self.is_in_clear() { ".insecure_http()" } else { "" };
        format!(".environment(Environment::at({:?}){opt_in})", self.base)
    }

    /// The same as variables for `OAuth::from_env`; none where they cannot say it.
    pub(crate) fn variables(&self, told: &Told<'_>) -> Option<String> {
        let prefix = self.slug().to_uppercase();
        let client = format!("{prefix}_CLIENT_ID={}", told.client_id());
        let proof = match self.client_proof() {
            Proof::Secret => format!(" {prefix}_CLIENT_SECRET={}", told.client_secret()),
            Proof::Key => format!(" {prefix}_CLIENT_KEY_FILE=…"),
            Proof::Nothing => String::new(),
        };
        let environment = format!(" {prefix}_ENVIRONMENT={}", self.base);
        (!self.is_in_clear()).then(|| format!("{client}{proof}{environment}"))
    }

    /// How the client proves itself.
    pub(crate) fn client_proof(&self) -> Proof {
        let declaration = self.declaration();
        match declaration.token_endpoint_auth_method {
            TokenEndpointAuthMethod::None => Proof::Nothing,
            TokenEndpointAuthMethod::PrivateKeyJwt => Proof::Key,
            _ if declaration.dialect.signed_client_secret => Proof::Key,
            _ => Proof::Secret,
        }
    }

    /// What travels to it can be read on the way.
    fn is_in_clear(&self) -> bool {
        let Ok(url) = url::Url::parse(&self.base) else { return false };
        let is_loopback = match url.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => IpAddr::from(address).is_loopback(),
            Some(Host::Ipv6(address)) => IpAddr::from(address).is_loopback(),
            None => false,
        };
        url.scheme() == "http" && !is_loopback
    }
}

/// What a client proves itself by.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Proof {
    /// It signs, by a key whose public half is known by `--client-jwk`.
    Key,
    /// It is public.
    Nothing,
    /// By its secret.
    Secret,
}

/// An application may be told of the issuer alone.
fn has_issuer(chosen: &Chosen) -> bool {
    chosen.provider.declaration().issuer.is_some()
}

#[cfg(test)]
pub(crate) mod tests {
    use clap::Parser as _;

    use super::*;
    use crate::arguments::Arguments;
    use crate::choice::choose;

    /// The stand-ins that a command line asks for, each under its slug.
    pub(crate) fn stand_ins(words: &str, base: &str) -> Vec<StandIn> {
        let arguments = Arguments::parse_from(format!("emulator {words}").split_whitespace());
        let told = arguments.behaviour.read().unwrap();
        let chosen = choose(&arguments).unwrap().into_iter();
        let at = |it: Chosen| {
            let base = format!("{base}/{}", it.provider.declaration().slug);
            StandIn::new(it, base, &told)
        };
        chosen.map(at).collect()
    }

    fn one(words: &str, base: &str) -> StandIn {
        let arguments = Arguments::parse_from(format!("emulator {words}").split_whitespace());
        let told = arguments.behaviour.read().unwrap();
        let chosen = choose(&arguments).unwrap().remove(0);
        StandIn::new(chosen, base.to_owned(), &told)
    }

    #[test]
    fn an_application_is_told_where_everything_is() {
        let github = one("github", "http://127.0.0.1:4000");

        let base = "http://127.0.0.1:4000";
        let expected = [
            ("authorization endpoint", "/github.com/login/oauth/authorize"),
            ("token endpoint", "/github.com/login/oauth/access_token"),
            ("userinfo endpoint", "/api.github.com/user"),
            ("e-mail endpoint", "/api.github.com/user/emails"),
            ("API base", "/api.github.com/"),
        ]
        .map(|(label, path)| (label, format!("{base}{path}")));
        assert_eq!(github.addresses(), expected);
    }

    #[test]
    fn everybody_of_the_catalogue_says_where_to_log_in() {
        for it in stand_ins("--all", "http://127.0.0.1:4000") {
            for endpoint in [Endpoint::Authorization, Endpoint::Token] {
                let url = it.announced.url(endpoint).unwrap_or_default();
                assert!(url.starts_with(&it.base), "{}: {url}", it.slug());
            }
        }
    }

    #[test]
    fn an_issuer_is_called_by_where_it_is() {
        let google = one("google", "http://127.0.0.1:4000");
        let addresses = google.addresses();

        let issuer = "http://127.0.0.1:4000/issuer/accounts.google.com";
        assert_eq!(addresses[0], ("issuer", issuer.to_owned()));
        let discovery = format!("{issuer}/.well-known/openid-configuration");
        assert_eq!(addresses[1], ("discovery", discovery));
        assert_eq!(google.emulator.issuer().unwrap(), "https://accounts.google.com");
    }

    #[test]
    fn this_library_is_told_in_its_own_words() {
        let line = |words: &str| one(words, "http://127.0.0.1:4000").constructor();

        assert_eq!(line("github"), "GitHub");
        assert_eq!(line("okta"), "Okta::new(\"okta.example\")?");
        assert_eq!(
            line("okta --set authorization_server=x"),
            "Okta::new(\"okta.example\")?.authorization_server(\"x\")?"
        );
        let github = one("github", "http://127.0.0.1:4000");
        assert_eq!(
            github.environment(),
            ".environment(Environment::at(\"http://127.0.0.1:4000\"))"
        );
    }

    #[test]
    fn http_beyond_this_machine_is_asked_for_by_name() {
        let arguments = Arguments::parse_from(["emulator", "github"]);
        let told = arguments.behaviour.read().unwrap();
        let variables = |base: &str| one("github", base).variables(&told);

        assert!(one("github", "http://emulator:4000").environment().contains(".insecure_http()"));
        assert_eq!(variables("http://emulator:4000"), None);
        assert_eq!(
            variables("http://localhost:4000").unwrap(),
            "GITHUB_CLIENT_ID=emulator-client GITHUB_CLIENT_SECRET=emulator-secret \
             GITHUB_ENVIRONMENT=http://localhost:4000"
        );
    }

    #[test]
    fn a_client_proves_itself_as_declared() {
        assert_eq!(one("github", "http://[::1]:1").client_proof(), Proof::Secret);
        assert_eq!(one("apple", "http://[::1]:1").client_proof(), Proof::Key);
    }
}
