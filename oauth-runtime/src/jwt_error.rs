//! Why a signed token is not believed.

use crate::metadata::MetadataError;

/// A token that a provider signed, or that claims so, cannot be believed: an ID token, a logout token, a userinfo answer.
///
/// No claim of the token stands in it.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JwtError {
    /// It is signed in a way that is not taken from this provider.
    #[error("it is signed by `{found}`, which is not an algorithm that this client takes")]
    Algorithm {
        /// The `alg` of its header, shortened.
        found: String,
    },
    /// It is meant for another client, or for others besides.
    #[error("`aud` names another client")]
    Audience,
    /// `acr` is none of those that the login asked for.
    #[error("`acr` is none of those that were asked for")]
    AuthenticationContext,
    /// The user logged in at the provider longer ago than the login allows, or the token does not say when.
    #[error("`auth_time` is missing, or longer ago than `max_age`")]
    AuthenticationTime,
    /// It was given to another client.
    #[error("`azp` names another client")]
    AuthorizedParty,
    /// A claim is missing, or not what it must be.
    #[error("`{name}` is missing, or of another kind than it must be")]
    Claim {
        /// The name of the claim.
        name: &'static str,
    },
    /// It has expired.
    #[error("`exp` is in the past")]
    Expired,
    /// A hash is not that of what came with it: `at_hash` of the access token, `c_hash` of the code, `s_hash` of the state.
    #[error("`{name}` is of something else than came with it")]
    Hash {
        /// The name of the claim.
        name: &'static str,
    },
    /// It was issued by somebody else.
    #[error("`iss` is another issuer")]
    Issuer,
    /// The keys of the issuer could not be had.
    #[error("the issuer's keys could not be had")]
    Keys(#[from] MetadataError),
    /// It is another kind of token.
    #[error("it is another kind of token")]
    Kind,
    /// It is not a token in the compact form of RFC 7515.
    #[error("it is not a signed token: {0}")]
    Malformed(&'static str),
    /// There is none, although there must be one.
    #[error("there is none in the answer")]
    Missing,
    /// `nonce` is not that of the login.
    #[error("`nonce` is missing, or of another login")]
    Nonce,
    /// It is from the future.
    #[error("`iat` or `nbf` is in the future")]
    NotYetValid,
    /// It was seen before.
    #[error("its `jti` was seen before")]
    Replayed,
    /// The signature does not fit.
    #[error("the signature does not fit")]
    Signature,
    /// It was issued too long ago to be of this login.
    #[error("`iat` is too long ago")]
    Stale,
    /// It is about another user than the login.
    #[error("`sub` is another user than before")]
    Subject,
    /// The user's organisation is not on the application's list.
    #[error("the tenant is not one that the application takes")]
    Tenant,
    /// The issuer has no key by that name, nor has it one after its keys were asked for anew.
    #[error("the issuer has no key that it could be signed with")]
    UnknownKey,
}

impl JwtError {
    /// What a header says is shown as far as it can be a name.
    pub(crate) fn algorithm(found: &str) -> Self {
        let letters = found.chars().filter(char::is_ascii_alphanumeric);
        Self::Algorithm { found: letters.take(MOST_SHOWN).collect() }
    }

    /// A stable word for what happened.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Algorithm { .. } => "algorithm",
            Self::Audience => "audience",
            Self::AuthenticationContext => "authentication_context",
            Self::AuthenticationTime => "authentication_time",
            Self::AuthorizedParty => "authorized_party",
            Self::Claim { .. } => "claim",
            Self::Expired => "expired",
            Self::Hash { .. } => "hash",
            Self::Issuer => "issuer",
            Self::Keys(_) => "keys",
            Self::Kind => "kind",
            Self::Malformed(_) => "malformed",
            Self::Missing => "missing",
            Self::Nonce => "nonce",
            Self::NotYetValid => "not_yet_valid",
            Self::Replayed => "replayed",
            Self::Signature => "signature",
            Self::Stale => "stale",
            Self::Subject => "subject",
            Self::Tenant => "tenant",
            Self::UnknownKey => "unknown_key",
        }
    }
}

const MOST_SHOWN: usize = 16;
