//! Whom the program stands in for: names of the catalogue, all of it, and declarations in files.

use oauth_providers::{Declaration, Declared, Listed, catalogue};

use crate::Failure;
use crate::arguments::Arguments;
use crate::file;
use crate::placeholder::{self, Filled};

/// A provider, with its placeholders filled in.
#[derive(Debug)]
pub(crate) struct Chosen {
    pub(crate) provider: Declared,
    pub(crate) placeholders: Vec<Filled>,
    /// What its type is called in this library; none for a declaration of somebody's own.
    pub(crate) type_name: Option<&'static str>,
}

/// The catalogue, a line each.
pub(crate) fn list() -> String {
    let declarations = || catalogue().iter().map(Listed::declaration);
    let width = declarations().map(|it| it.slug.len()).max().unwrap_or_default();
    declarations().map(|it| format!("{:width$}  {}\n", it.slug, it.name)).collect()
}

/// Whom the arguments name.
pub(crate) fn choose(arguments: &Arguments) -> Result<Vec<Chosen>, Failure> {
    let listed = match arguments.all {
        true => catalogue().iter().collect(),
        false => {
            arguments.providers.iter().map(|name| find(name)).collect::<Result<Vec<_>, _>>()?
        }
    };
    let mut declarations: Vec<(Declaration, Option<&'static str>)> =
        listed.iter().map(|it| (it.declaration().clone(), Some(it.type_name()))).collect();
    for path in &arguments.declaration {
        let declaration: Declaration = file::json_or_toml(path)?;
        let mistakes: Vec<_> =
            declaration.mistakes().iter().map(|mistake| format!("\n  {mistake}")).collect();
        if !mistakes.is_empty() {
            return Err(format!("{}:{}", path.display(), mistakes.concat()).into());
        }
        declarations.push((declaration, None));
    }
    let known: Vec<_> = declarations.iter().map(|(declaration, _)| declaration).collect();
    if known.is_empty() {
        return Err(
            "whom to stand in for? name a provider, or `--all`; `--list` has their names".into()
        );
    }
    for (index, declaration) in known.iter().enumerate() {
        let slug = &declaration.slug;
        if known[..index].iter().any(|it| it.slug == *slug) {
            return Err(format!("{slug} is named twice").into());
        }
        if slug == ISSUER {
            return Err(format!("`{ISSUER}` cannot be served: that path has a meaning here").into());
        }
    }
    placeholder::check(&arguments.set, &known)?;
    let chosen = declarations.iter().map(|(declaration, type_name)| {
        let (provider, placeholders) = placeholder::fill(declaration, &arguments.set)?;
        Ok(Chosen { provider, placeholders, type_name: *type_name })
    });
    chosen.collect()
}

/// The provider of a slug; a type's name is taken too.
fn find(name: &str) -> Result<&'static Listed, Failure> {
    let slug = name.to_lowercase().replace(['-', ' '], "_");
    let is_it = |it: &&Listed| it.declaration().slug == slug || it.type_name() == name;
    catalogue().iter().find(is_it).ok_or_else(|| {
        let slugs = catalogue().iter().map(|it| &*it.declaration().slug);
        let nearest = nearest(&slug, slugs);
        match nearest.is_empty() {
            true => format!("there is no provider {name}; `--list` has their names").into(),
            false => {
                let nearest = nearest.join("`, `");
                format!("there is no provider {name}; did you mean `{nearest}`? `--list` has all")
                    .into()
            }
        }
    })
}

/// The names that are most like the one that was given.
fn nearest<'n>(given: &str, known: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    let likeness = |name: &str| {
        let holds = given.len() > 2 && (name.contains(given) || given.contains(name));
        if holds { 1.0 } else { strsim::jaro_winkler(name, given) }
    };
    let mut likely: Vec<_> =
        known.map(|name| (likeness(name), name)).filter(|(likeness, _)| *likeness > 0.8).collect();
    likely.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    likely.into_iter().take(3).map(|(_, name)| name).collect()
}

/// The segment under which a server is called by its own address.
pub(crate) const ISSUER: &str = "issuer";

#[cfg(test)]
mod tests {
    use clap::Parser as _;
    use oauth_providers::Provider as _;

    use super::*;

    fn chosen(words: &[&str]) -> Result<Vec<String>, String> {
        let arguments = Arguments::parse_from(std::iter::once(&"emulator").chain(words));
        let chosen = choose(&arguments).map_err(|failure| failure.to_string())?;
        Ok(chosen.iter().map(|it| it.provider.declaration().slug.to_string()).collect())
    }

    fn declaration(name: &str, text: &str) -> Result<Vec<String>, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        let path = path.to_str().unwrap();
        chosen(&["--declaration", path]).map_err(|error| error.replace(path, name))
    }

    #[test]
    fn providers_are_named_by_slug_or_type() {
        assert_eq!(chosen(&["google", "GitHub"]).unwrap(), ["google", "github"]);
        assert_eq!(chosen(&["--all"]).unwrap().len(), catalogue().len());
    }

    #[test]
    fn a_name_that_nobody_has_is_told_the_nearest() {
        let error = chosen(&["githib"]).unwrap_err();
        assert!(error.starts_with("there is no provider githib; did you mean `github`"), "{error}");
        let error = "there is no provider zzzzzz; `--list` has their names";
        assert_eq!(chosen(&["zzzzzz"]), Err(error.to_owned()));
        assert_eq!(nearest("micro", ["microsoft", "github"].into_iter()), ["microsoft"]);
    }

    #[test]
    fn somebody_is_named_and_nobody_twice() {
        assert!(chosen(&[]).unwrap_err().starts_with("whom to stand in for?"));
        assert_eq!(chosen(&["github", "GitHub"]), Err("github is named twice".to_owned()));
    }

    #[test]
    fn a_declaration_is_read_from_json_and_toml() {
        let json = r#"{ "name": "Acme", "slug": "acme", "authorization_endpoint": "https://acme.example/a",
                        "token_endpoint": "https://acme.example/t" }"#;
        let toml = "name = \"Acme\"\nslug = \"acme\"\nissuer = \"https://{domain}\"\n\
                    placeholders = [{ name = \"domain\", kind = \"host\" }]\n";

        assert_eq!(declaration("acme.json", json).unwrap(), ["acme"]);
        assert_eq!(declaration("acme.toml", toml).unwrap(), ["acme"]);
    }

    #[test]
    fn every_mistake_of_a_declaration_is_told() {
        let error = declaration(
            "acme.json",
            r#"{ "name": "Acme", "slug": "acme", "token_endpoint": "http://acme.example/t" }"#,
        )
        .unwrap_err();

        assert!(error.starts_with("acme.json:\n  "), "{error}");
        assert!(error.contains("`authorization_endpoint`"), "{error}");
        assert!(error.contains("`token_endpoint`"), "{error}");
    }

    #[test]
    fn a_declaration_that_cannot_be_read_is_told_with_its_line() {
        let error = declaration("acme.json", "{\n  \"nam\": \"Acme\"\n}").unwrap_err();
        assert!(error.starts_with("acme.json: `nam`: unknown field `nam`"), "{error}");
        assert!(error.ends_with("at line 2 column 7"), "{error}");

        let error = declaration("acme.toml", "name = \"Acme\"\nslug = 3\n").unwrap_err();
        assert!(error.contains("at line 2, column 8"), "{error}");
    }

    #[test]
    fn the_path_of_issuers_is_no_slug() {
        let toml = "name = \"It\"\nslug = \"issuer\"\nissuer = \"https://acme.example\"\n";

        assert!(declaration("it.toml", toml).unwrap_err().contains("cannot be served"));
    }
}
