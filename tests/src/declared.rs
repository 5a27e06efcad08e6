//! A provider whose declaration is made while the program runs.

use oauth_providers::{
    Declaration, GitHubTokenResponse, HasProfile, Host, Provider, Scope, ScopeOf, Segment,
};

/// A provider that the attribute has not checked, so that what it declares can be anything.
#[derive(Clone, Debug)]
pub struct Declared {
    /// What it declares.
    pub declaration: Declaration,
    /// The values of the placeholders `{domain}` and `{tenant}`.
    pub values: Option<(Host, Segment)>,
}

impl Declared {
    /// A provider without placeholders.
    #[must_use]
    pub fn new(declaration: Declaration) -> Self {
        Self { declaration, values: None }
    }
}

impl Provider for Declared {
    type Scope = AnyScope;
    type TokenResponse = GitHubTokenResponse;

    fn declaration(&self) -> &Declaration {
        &self.declaration
    }

    fn parameter(&self, name: &str) -> Option<&str> {
        let (domain, tenant) = self.values.as_ref()?;
        match name {
            "domain" => Some(domain.as_str()),
            "tenant" => Some(tenant.as_str()),
            _ => None,
        }
    }
}

impl HasProfile for Declared {}

/// Any scope.
#[derive(Clone, Debug)]
pub struct AnyScope(Scope);

impl ScopeOf<Declared> for AnyScope {
    fn into_scope(self) -> Scope {
        self.0
    }
}
