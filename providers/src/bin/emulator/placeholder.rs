//! The placeholders of a provider: what is said by `--set`, and a value for everything else.

use std::str::FromStr;

use oauth_providers::{Declaration, Declared, Placeholder, PlaceholderKind};

use crate::Failure;

/// `domain=acme.example`, or `auth0.domain=acme.example`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Setting {
    slug: Option<String>,
    name: String,
    value: String,
}

impl FromStr for Setting {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (place, value) =
            text.split_once('=').ok_or("expected a value: `domain=acme.example`")?;
        let (slug, name) = match place.split_once('.') {
            Some((slug, name)) => (Some(slug.to_owned()), name),
            None => (None, place),
        };
        Ok(Self { slug, name: name.to_owned(), value: value.to_owned() })
    }
}

impl Setting {
    /// Whether it is meant for this provider. Without a slug it is for whoever has such a placeholder.
    fn concerns(&self, declaration: &Declaration) -> bool {
        match &self.slug {
            Some(slug) => *slug == declaration.slug,
            None => declaration.placeholders.iter().any(|it| it.name == self.name),
        }
    }
}

/// Every setting must be about one provider: otherwise it is a mistake of who wrote it.
pub(crate) fn check(settings: &[Setting], declarations: &[&Declaration]) -> Result<(), Failure> {
    for Setting { slug, name, value } in settings {
        let given = format!("--set {name}={value}");
        let having = |it: &&&Declaration| it.placeholders.iter().any(|it| it.name == *name);
        let mut slugs = declarations.iter().filter(having).map(|it| &*it.slug);
        match (slug, slugs.next(), slugs.next()) {
            (Some(slug), ..) if !declarations.iter().any(|it| it.slug == *slug) => {
                return Err(format!("--set {slug}.{name}={value}: {slug} is not served").into());
            }
            (Some(_), ..) | (None, Some(_), None) => {}
            (None, Some(first), Some(second)) => {
                let words =
                    format!("{given}: {first} and {second} have it; write {first}.{name}={value}");
                return Err(words.into());
            }
            (None, None, _) => {
                return Err(format!("{given}: nobody who is served has such a placeholder").into());
            }
        }
    }
    Ok(())
}

/// The value of a placeholder.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Filled {
    pub(crate) name: String,
    pub(crate) value: String,
    /// The declaration has it too.
    pub(crate) is_default: bool,
    /// The declaration has one, this or another.
    pub(crate) has_default: bool,
}

/// A provider whose placeholders have values.
pub(crate) fn fill(
    declaration: &Declaration,
    settings: &[Setting],
) -> Result<(Declared, Vec<Filled>), Failure> {
    let slug = &declaration.slug;
    let mut provider = Declared::from(declaration.clone());
    let mut filled = Vec::new();
    for placeholder in &*declaration.placeholders {
        let said = settings
            .iter()
            .rev()
            .find(|setting| setting.name == placeholder.name && setting.concerns(declaration));
        let default = placeholder.default.as_deref();
        let value = match (said, default) {
            (Some(setting), _) => setting.value.clone(),
            (None, Some(default)) => default.to_owned(),
            (None, None) => sensible(declaration, placeholder),
        };
        provider = provider
            .with(&placeholder.name, &value)
            .map_err(|error| format!("--set {slug}.{}={value}: {error}", placeholder.name))?;
        filled.push(Filled {
            name: placeholder.name.to_string(),
            is_default: default == Some(&value),
            has_default: default.is_some(),
            value,
        });
    }
    let unknown = settings.iter().find(|setting| {
        setting.concerns(declaration) && !filled.iter().any(|it| it.name == setting.name)
    });
    match unknown {
        None => Ok((provider, filled)),
        Some(Setting { name, value, .. }) => {
            let known: Vec<_> = filled.iter().map(|it| it.name.as_str()).collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            Err(format!("--set {slug}.{name}={value}: the placeholders are {known}").into())
        }
    }
}

/// A value that fits its place, for who does not care.
fn sensible(declaration: &Declaration, placeholder: &Placeholder) -> String {
    let host = format!("{}.example", declaration.slug.replace('_', "-"));
    let mut hosts = declaration.placeholders.iter().filter(|it| it.kind == PlaceholderKind::Host);
    match placeholder.kind {
        PlaceholderKind::Host if hosts.nth(1).is_none() => host,
        PlaceholderKind::Host => format!("{}.{host}", placeholder.name.replace('_', "-")),
        PlaceholderKind::Segment => "tenant".to_owned(),
        PlaceholderKind::Value => placeholder.name.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use oauth_providers::{HasDeclaration, Host, Provider, Segment, oauth_provider};

    use super::*;

    /// An organisation's own.
    #[oauth_provider(issuer = "https://{domain}/{realm}/{part}")]
    struct Acme {
        domain: Host,
        realm: Segment,
        #[param(default = "main")]
        part: Segment,
    }

    /// One with two hosts.
    #[oauth_provider(
        authorization_endpoint = "https://{domain}/authorize",
        token_endpoint = "https://{api_domain}/token"
    )]
    struct TwoHosts {
        domain: Host,
        api_domain: Host,
    }

    fn settings(texts: &[&str]) -> Vec<Setting> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    fn filled(declaration: &Declaration, texts: &[&str]) -> Result<Vec<String>, String> {
        let (provider, filled) =
            fill(declaration, &settings(texts)).map_err(|failure| failure.to_string())?;
        for it in &filled {
            assert_eq!(provider.parameter(&it.name), Some(it.value.as_str()));
        }
        Ok(filled.iter().map(|it| format!("{}={}", it.name, it.value)).collect())
    }

    #[test]
    fn what_is_not_said_has_a_value_that_fits_its_place() {
        let acme = filled(Acme::DECLARATION, &[]).unwrap();
        let two_hosts = filled(TwoHosts::DECLARATION, &[]).unwrap();

        assert_eq!(acme, ["domain=acme.example", "realm=tenant", "part=main"]);
        assert_eq!(
            two_hosts,
            ["domain=domain.two-hosts.example", "api_domain=api-domain.two-hosts.example"]
        );
    }

    #[test]
    fn what_is_said_counts_and_the_last_of_two() {
        let said = ["domain=a.example", "acme.domain=b.example", "two_hosts.domain=c.example"];

        let acme = filled(Acme::DECLARATION, &said).unwrap();

        assert_eq!(acme[0], "domain=b.example");
    }

    #[test]
    fn a_value_that_does_not_fit_is_refused() {
        let refused = |text| filled(Acme::DECLARATION, &[text]).unwrap_err();

        let error = "--set acme.domain=a/b: `domain` must be a host such as `tenant.example.com`";
        assert_eq!(refused("domain=a/b"), error);
        let error = "--set acme.nothing=x: the placeholders are domain, realm, part";
        assert_eq!(refused("acme.nothing=x"), error);
        assert!("domain".parse::<Setting>().is_err());
    }

    #[test]
    fn a_setting_is_about_one_provider() {
        let both = [Acme::DECLARATION, TwoHosts::DECLARATION];
        let checked =
            |text: &str| check(&settings(&[text]), &both).map_err(|failure| failure.to_string());

        assert_eq!(checked("realm=x"), Ok(()));
        assert_eq!(checked("acme.domain=x"), Ok(()));
        for (text, error) in [
            ("domain=x", "--set domain=x: acme and two_hosts have it; write acme.domain=x"),
            ("nothing=x", "--set nothing=x: nobody who is served has such a placeholder"),
            ("auth0.domain=x", "--set auth0.domain=x: auth0 is not served"),
        ] {
            assert_eq!(checked(text), Err(error.to_owned()));
        }
    }
}
