//! What `build()` says when an application's values do not fit: every fault at once.

use std::fmt;

use oauth_declaration::Mistake;

/// What the application's values lack, every fault of one builder at once.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct BuildError {
    provider: String,
    faults: Vec<Fault>,
}

impl BuildError {
    pub(crate) fn new(provider: &str, faults: Vec<Fault>) -> Self {
        Self { provider: provider.to_owned(), faults }
    }

    /// The faults, in the order of the builder's calls.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let provider = if self.provider.is_empty() { "the provider" } else { &self.provider };
        write!(f, "{provider} cannot be set up")?;
        for fault in &self.faults {
            write!(f, "\n  - {fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for BuildError {}

/// One value that does not fit, and the call that mends it.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// No client identifier.
    #[error("no client identifier; call `.client_id(\"…\")`")]
    ClientId,
    /// The declared client authentication needs a key.
    #[error(
        "no client key, which `{method}` needs; call `.client_key(ClientKey::from_pem(\"…\")?)`"
    )]
    ClientKey {
        /// The declared method.
        method: &'static str,
    },
    /// The declared client authentication needs a secret.
    #[error("no client secret, which `{method}` needs; call `.client_secret(\"…\")`")]
    ClientSecret {
        /// The declared method.
        method: &'static str,
    },
    /// The declaration breaks a rule. One that `#[oauth_provider]` has written breaks none.
    #[error("in the declaration, {0}")]
    Declaration(Mistake),
    /// An endpoint is not a URL that may be called.
    #[error("`{endpoint}` must be an https URL (http on loopback), found `{found}`")]
    Endpoint {
        /// The key of the declaration.
        endpoint: &'static str,
        /// What it came to.
        found: String,
    },
    /// The base of the environment is not a URL that may be called.
    #[error(
        "the environment's base must be an https URL (http on loopback) without query, found `{found}`; \
         call `.environment(Environment::at(\"http://127.0.0.1:9000\"))`"
    )]
    Environment {
        /// What was given.
        found: String,
    },
    /// The system gives no random bytes.
    #[error("the system gives no random bytes")]
    Entropy,
    /// A declared header cannot hold the client's identifier.
    #[error(
        "the header `{name}` cannot hold the client identifier; call `.client_id(\"…\")` with visible ASCII"
    )]
    Header {
        /// Its name.
        name: String,
    },
    /// The HTTP client could not be set up.
    #[error("no HTTP client ({why}); call `.http_client(…)`, or enable the feature `reqwest`")]
    HttpClient {
        /// Why there is none.
        why: String,
    },
    /// A login would begin where it ends.
    #[error(
        "a login begins at `{found}`, where the redirect URI is; call `.login_path(\"/oauth/login\")`"
    )]
    LoginPath {
        /// The path.
        found: String,
    },
    /// The instance's name would not stand in a cookie's name.
    #[error(
        "the name `{found}` must be of at most 64 `a-z`, `0-9` and `_`; call `.name(\"work\")`"
    )]
    Name {
        /// What was given.
        found: String,
    },
    /// The provider has no way to ask for a refresh token.
    #[error(
        "the provider declares no way to ask for a refresh token; remove `.offline_access(true)`, or add \
         `offline(…)` to its declaration"
    )]
    Offline,
    /// A parameter of the authorization request belongs to the protocol.
    #[error("`{name}` belongs to the protocol; remove `.authorization_param(\"{name}\", …)`")]
    Parameter {
        /// Its name.
        name: String,
    },
    /// A path of this application does not start with one slash.
    #[error("`{call}` takes a path of this application such as `{example}`, found `{found}`")]
    Path {
        /// The call.
        call: &'static str,
        /// What would do.
        example: &'static str,
        /// What was given.
        found: String,
    },
    /// Nothing would remember a login.
    #[error(
        "no persistence; call `.persistence(EncryptedCookies::new(KeyRing::from_env(\"OAUTH_KEYS\")?))`"
    )]
    Persistence,
    /// A placeholder of the declaration has no value.
    #[error("`{{{name}}}` has no value; call `.with(\"{name}\", \"…\")` of the provider")]
    Placeholder {
        /// Its name.
        name: String,
    },
    /// The provider takes no pushed requests.
    #[error(
        "the provider declares no endpoint for pushed requests; remove `.pushed_authorization_requests(true)`, or add \
         `pushed_authorization_request_endpoint = \"https://…\"` to its declaration"
    )]
    PushedRequests,
    /// The redirect URI is missing, or not one that a provider would take.
    #[error(
        "the redirect URI must be an absolute https URL (http on loopback) in its normal form, found \
         `{found}`; call `.redirect_uri(\"https://app.example/auth/{slug}/callback\")`, or `.base_url(\"https://app.example\")`"
    )]
    RedirectUri {
        /// What was given.
        found: String,
        /// The provider's slug.
        slug: String,
    },
    /// Two servers could use one refresh token at once, which logs the user out.
    #[error(
        "a provider that rotates refresh tokens logs a user out when two servers use one at once, and \
         `EncryptedCookies` cannot prevent it; call `.single_process()` on them if one process serves the \
         application, or `.coordinator(store)` with a store that all share, or declare `offline(never)` or `dialect(refresh_keeps)`"
    )]
    Rotation,
    /// A scope holds a character that no scope may hold.
    #[error("`{found}` is not a scope; one scope has no space and no quote")]
    Scope {
        /// What was given.
        found: String,
    },
    /// The provider has no tenants to choose from.
    #[error(
        "the provider declares no tenants; remove `.tenants(…)`, or add `dialect(tenant_issuer(…))` to its declaration"
    )]
    Tenants,
    /// Tokens would be signed with a secret that there is none of.
    #[error(
        "`{algorithm}` signs tokens with the client secret, and there is none; call `.client_secret(\"…\")`, or \
         name an algorithm of keys"
    )]
    TokenAlgorithm {
        /// The algorithm that the application named.
        algorithm: &'static str,
    },
}
