//! A client's values from the environment: what differs between a developer's machine and production.
//!
//! Nothing here is read unless the application asks for it by [`OAuth::from_env`].

use std::env;
use std::fmt;
use std::fs;

use oauth_declaration::{Declaration, TokenEndpointAuthMethod};

use crate::client_key::{ClientKey, ClientKeyError};
use crate::credentials::ClientSecret;
use crate::endpoint::Environment;
use crate::oauth::{OAuth, OAuthBuilder};
use crate::provider::Provider;

impl<P: Provider> OAuth<P> {
    /// Begins with what the environment says of the client. The variables begin with the provider's slug in capitals:
    ///
    /// | variable | what |
    /// | --- | --- |
    /// | `GITHUB_CLIENT_ID` | REQUIRED. The identifier that the provider gave the application |
    /// | `GITHUB_CLIENT_SECRET` | the secret; REQUIRED where the provider's clients have one |
    /// | `GITHUB_CLIENT_SECRET_FILE` | a file with the secret, read anew for each use; in place of the one above |
    /// | `GITHUB_CLIENT_KEY_FILE` | a file with the client's key, in PEM or as a JSON Web Key; REQUIRED where the client signs |
    /// | `GITHUB_CLIENT_KEY_ID`, `GITHUB_CLIENT_KEY_ISSUER` | what the provider calls the key, and who signs (Apple's team) |
    /// | `GITHUB_REDIRECT_URI` | where browsers come back; REQUIRED, unless there is an `APP_URL` |
    /// | `APP_URL` | where browsers find the application: they come back to `{APP_URL}/auth/github/callback` |
    /// | `GITHUB_ENVIRONMENT` | an emulator in place of the provider: `http://127.0.0.1:4000` |
    ///
    /// An empty variable is one that is not set. What is said to the builder afterwards counts more.
    ///
    /// ```no_run
    /// # use oauth_runtime::{EncryptedCookies, KeyRing, OAuth, oauth_provider};
    /// # #[oauth_provider(slug = "github", authorization_endpoint = "https://a.example/a", token_endpoint = "https://a.example/t")]
    /// # struct GitHub;
    /// let github = OAuth::from_env(GitHub)?
    ///     .persistence(EncryptedCookies::new(KeyRing::from_env("OAUTH_KEYS")?).single_process())
    ///     .build()?;
    /// # let _ = github;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`EnvError`], which names every variable that is missing or wrong.
    ///
    /// # Security
    ///
    /// A process's environment is seen by its children and by who may look at the process: a file is better for a secret.
    pub fn from_env(provider: P) -> Result<OAuthBuilder<P>, EnvError> {
        Self::from_variables(provider, |name| env::var(name).ok())
    }

    /// The same, from wherever an application keeps such values: `read` is asked for each by its name.
    ///
    /// # Errors
    ///
    /// As of [`from_env`](Self::from_env).
    pub fn from_variables(
        provider: P,
        read: impl Fn(&str) -> Option<String>,
    ) -> Result<OAuthBuilder<P>, EnvError> {
        let declaration = provider.declaration().clone();
        let prefix = declaration.slug.to_uppercase();
        let mut of = Variables { prefix: &prefix, read: &read, faults: Vec::new() };
        let client_id =
            of.required("CLIENT_ID", "the identifier that the provider gave the application");
        let proof = of.proof(&declaration);
        let address = of.address();
        let environment = of.own("ENVIRONMENT").map(|(_, base)| Environment::at(base));
        if !of.faults.is_empty() {
            return Err(EnvError::new(&declaration, of.faults));
        }
        let mut builder = Self::builder(provider);
        if let Some(client_id) = client_id {
            builder = builder.client_id(client_id);
        }
        builder = match proof {
            Some(Proof::Key(key)) => builder.client_key(*key),
            Some(Proof::Secret(secret)) => builder.client_secret(secret),
            Some(Proof::SecretFile(path)) => builder.client_secret_from(move || read_secret(&path)),
            None => builder,
        };
        builder = match address {
            Some(Address::RedirectUri(uri)) => builder.redirect_uri(uri),
            Some(Address::BaseUrl(url)) => builder.base_url(url),
            None => builder,
        };
        Ok(match environment {
            Some(environment) => builder.environment(environment),
            None => builder,
        })
    }
}

/// What the client proves itself with.
enum Proof {
    Key(Box<ClientKey>),
    Secret(String),
    SecretFile(String),
}

/// Where browsers find the application.
enum Address {
    RedirectUri(String),
    BaseUrl(String),
}

/// The variables of one provider.
struct Variables<'a> {
    prefix: &'a str,
    read: &'a dyn Fn(&str) -> Option<String>,
    faults: Vec<EnvFault>,
}

impl Variables<'_> {
    fn name(&self, rest: &str) -> String {
        format!("{}_{rest}", self.prefix)
    }

    /// A variable that is set, by its whole name.
    fn any(&self, name: &str) -> Option<String> {
        (self.read)(name).filter(|value| !value.is_empty())
    }

    /// A variable of this provider that is set, with its whole name.
    fn own(&self, rest: &str) -> Option<(String, String)> {
        let name = self.name(rest);
        let value = self.any(&name)?;
        Some((name, value))
    }

    fn required(&mut self, rest: &str, what: &'static str) -> Option<String> {
        let value = self.own(rest).map(|(_, value)| value);
        if value.is_none() {
            let variable = self.name(rest);
            self.faults.push(EnvFault::NotSet { variable, what });
        }
        value
    }

    /// As the declaration has the client prove itself.
    fn proof(&mut self, declaration: &Declaration) -> Option<Proof> {
        match declaration.token_endpoint_auth_method {
            TokenEndpointAuthMethod::None => None,
            _ if declaration.needs_client_key() => self.key(),
            _ => self.secret(),
        }
    }

    fn secret(&mut self) -> Option<Proof> {
        if let Some((variable, path)) = self.own("CLIENT_SECRET_FILE") {
            return match read_secret(&path) {
                Ok(_) => Some(Proof::SecretFile(path)),
                Err(error) => {
                    let why = error.to_string();
                    self.faults.push(EnvFault::File { variable, path, why });
                    None
                }
            };
        }
        let what = "the secret that the provider gave the application";
        self.required("CLIENT_SECRET", what).map(Proof::Secret)
    }

    fn key(&mut self) -> Option<Proof> {
        let what = "a file with the client's private key, which signs for it";
        let path = self.required("CLIENT_KEY_FILE", what)?;
        let variable = self.name("CLIENT_KEY_FILE");
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) => {
                let why = error.to_string();
                self.faults.push(EnvFault::File { variable, path, why });
                return None;
            }
        };
        let key = match text.trim_start().starts_with('{') {
            true => ClientKey::from_jwk(&text),
            false => ClientKey::from_pem(&text),
        };
        let mut key = match key {
            Ok(key) => key,
            Err(source) => {
                self.faults.push(EnvFault::Key { variable, path, source });
                return None;
            }
        };
        if let Some((_, id)) = self.own("CLIENT_KEY_ID") {
            key = key.key_id(id);
        }
        if let Some((_, issuer)) = self.own("CLIENT_KEY_ISSUER") {
            key = key.issuer(issuer);
        }
        Some(Proof::Key(Box::new(key)))
    }

    fn address(&mut self) -> Option<Address> {
        if let Some((_, uri)) = self.own("REDIRECT_URI") {
            return Some(Address::RedirectUri(uri));
        }
        let base = self.any(APP_URL);
        if base.is_none() {
            let variable = format!("{APP_URL}` or `{}", self.name("REDIRECT_URI"));
            let what = "where browsers find the application, or where they come back to";
            self.faults.push(EnvFault::NotSet { variable, what });
        }
        base.map(Address::BaseUrl)
    }
}

/// What a file holds, without the line break at its end.
fn read_secret(path: &str) -> std::io::Result<ClientSecret> {
    fs::read_to_string(path).map(|text| ClientSecret::new(text.trim_end()))
}

/// The environment lacks what a client needs, every variable at once. No value of one stands in it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EnvError {
    provider: String,
    console: Option<String>,
    faults: Vec<EnvFault>,
}

impl EnvError {
    fn new(declaration: &Declaration, faults: Vec<EnvFault>) -> Self {
        // One that holds a placeholder leads nowhere.
        let console = declaration.console.as_deref().filter(|url| !url.contains('{'));
        Self { provider: declaration.name.to_string(), console: console.map(str::to_owned), faults }
    }

    /// What is missing or wrong, in the order in which it was looked for.
    #[must_use]
    pub fn faults(&self) -> &[EnvFault] {
        &self.faults
    }
}

impl fmt::Display for EnvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the environment does not say enough of {}", self.provider)?;
        self.faults.iter().try_for_each(|fault| write!(f, "\n  - {fault}"))?;
        match &self.console {
            Some(console) => write!(f, "\nAn application is registered at {console}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for EnvError {}

/// One variable that is missing or wrong.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum EnvFault {
    /// A file that a variable names cannot be read.
    #[error("`{variable}` names the file `{path}`, which cannot be read: {why}")]
    File {
        /// The variable.
        variable: String,
        /// The file.
        path: String,
        /// What the system says.
        why: String,
    },
    /// A file that a variable names holds no key.
    #[error("`{variable}` names the file `{path}`, which holds no key: {source}")]
    Key {
        /// The variable.
        variable: String,
        /// The file.
        path: String,
        /// What is wrong with it.
        source: ClientKeyError,
    },
    /// A variable is not set.
    #[error("`{variable}` is not set: {what}")]
    NotSet {
        /// The variable.
        variable: String,
        /// What it is for.
        what: &'static str,
    },
}

/// Where browsers find the application, whatever provider they come from.
const APP_URL: &str = "APP_URL";
