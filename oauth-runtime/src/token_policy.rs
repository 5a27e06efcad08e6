//! Which of the provider's signed tokens the application takes.

use std::time::Duration;

use crate::build_error::Fault;
use crate::credentials::ClientAuthentication;
use crate::crypto::signature::SigningAlgorithm;

/// What the application says of the provider's tokens.
#[derive(Debug)]
pub(crate) struct TokenPolicy {
    /// The one way in which they are signed; what the provider announces unless it is named.
    pub(crate) algorithm: Option<SigningAlgorithm>,
    /// The one way in which answers of the userinfo endpoint are signed.
    pub(crate) userinfo_algorithm: Option<SigningAlgorithm>,
    /// Audiences that are trusted beside the client.
    pub(crate) audiences: Vec<String>,
    /// The tenants that may log in; all unless they are named.
    pub(crate) tenants: Option<Vec<String>>,
    /// How far the clocks may be apart.
    pub(crate) leeway: Duration,
}

impl Default for TokenPolicy {
    fn default() -> Self {
        Self {
            algorithm: None,
            userinfo_algorithm: None,
            audiences: Vec::new(),
            tenants: None,
            leeway: LEEWAY,
        }
    }
}

impl TokenPolicy {
    /// Tokens that could be signed in no way, or are of tenants that there are none of.
    pub(crate) fn check(
        &self,
        has_tenants: bool,
        authentication: &ClientAuthentication,
        faults: &mut Vec<Fault>,
    ) {
        for algorithm in [self.algorithm, self.userinfo_algorithm].into_iter().flatten() {
            if algorithm.is_symmetric() && !authentication.shares_a_secret() {
                faults.push(Fault::TokenAlgorithm { algorithm: algorithm.as_str() });
            }
        }
        if self.tenants.is_some() && !has_tenants {
            faults.push(Fault::Tenants);
        }
    }
}

/// What clocks that are set are apart.
const LEEWAY: Duration = Duration::from_secs(60);
