//! How a client proves itself, in the words of RFC 7591.

/// How the client proves itself at the token endpoint (RFC 7591 s2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum TokenEndpointAuthMethod {
    /// Identifier and secret in an HTTP Basic header (RFC 6749 s2.3.1). It needs the secret, and so does the next one.
    #[default]
    ClientSecretBasic,
    /// Identifier and secret in the form.
    ClientSecretPost,
    /// A public client: only its identifier, in the form. It needs PKCE.
    None,
    /// A JWT that is signed with a key of the client (RFC 7523 s2.2, OpenID Connect Core s9). It needs the private key, whose
    /// public half the provider knows; there is no secret.
    PrivateKeyJwt,
    /// A JWT that is signed with the secret, by HMAC (RFC 7523 s2.2, OpenID Connect Core s9). It needs the secret, which
    /// never travels.
    ClientSecretJwt,
}

impl TokenEndpointAuthMethod {
    /// The method as RFC 7591 spells it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ClientSecretBasic => "client_secret_basic",
            Self::ClientSecretPost => "client_secret_post",
            Self::None => "none",
            Self::PrivateKeyJwt => "private_key_jwt",
            Self::ClientSecretJwt => "client_secret_jwt",
        }
    }

    /// Whether the client proves itself by an assertion (RFC 7521 s4.2).
    pub(crate) fn is_assertion(self) -> bool {
        matches!(self, Self::PrivateKeyJwt | Self::ClientSecretJwt)
    }
}
