//! Who the client is to the provider ([RFC 6749 s2]).
//!
//! [RFC 6749 s2]: https://www.rfc-editor.org/rfc/rfc6749#section-2

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use oauth_declaration::TokenEndpointAuthMethod;

use crate::build_error::Fault;
use crate::http_client::error::BoxError;
use crate::secret::secret_type;

secret_type! {
    /// The secret that the provider gave the application at registration ([RFC 6749 s2.3.1]).
    ///
    /// [RFC 6749 s2.3.1]: https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1
    pub ClientSecret
}

/// Where the client's secret is found: in memory for good, or asked for anew for each request, so that it may
/// change while the process runs.
#[derive(Clone)]
pub(crate) enum SecretSource {
    Fixed(ClientSecret),
    Read(Arc<dyn Fn() -> Result<ClientSecret, BoxError> + Send + Sync>),
}

impl SecretSource {
    /// The secret of this moment.
    fn secret(&self) -> Result<Cow<'_, ClientSecret>, BoxError> {
        match self {
            Self::Fixed(secret) => Ok(Cow::Borrowed(secret)),
            Self::Read(read) => match read()? {
                secret if secret.expose().is_empty() => Err("it is empty".into()),
                secret => Ok(Cow::Owned(secret)),
            },
        }
    }

    /// Whether it is known already that there is none.
    pub(crate) fn is_empty(&self) -> bool {
        matches!(self, Self::Fixed(secret) if secret.expose().is_empty())
    }
}

impl fmt::Debug for SecretSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretSource(..)")
    }
}

/// How the client proves itself at the token endpoint, with what it needs for it ([RFC 7591 s2]).
///
/// [RFC 7591 s2]: https://www.rfc-editor.org/rfc/rfc7591#section-2
#[derive(Clone, Debug)]
pub(crate) enum ClientAuthentication {
    /// `client_secret_basic`: an HTTP Basic header.
    ClientSecretBasic(SecretSource),
    /// `client_secret_post`: two fields of the form.
    ClientSecretPost(SecretSource),
    /// `none`: a public client; only its identifier, in the form.
    None,
}

impl ClientAuthentication {
    /// The declared way, with the secret that it needs.
    pub(crate) fn new(
        method: TokenEndpointAuthMethod,
        secret: Option<SecretSource>,
        faults: &mut Vec<Fault>,
    ) -> Self {
        let secret = secret.filter(|secret| !secret.is_empty());
        match (method, secret) {
            (TokenEndpointAuthMethod::ClientSecretBasic, Some(secret)) => {
                Self::ClientSecretBasic(secret)
            }
            (TokenEndpointAuthMethod::ClientSecretPost, Some(secret)) => {
                Self::ClientSecretPost(secret)
            }
            (TokenEndpointAuthMethod::ClientSecretJwt, _) => {
                faults.push(Fault::ClientSecret { method: "client_secret_jwt" });
                Self::None
            }
            (TokenEndpointAuthMethod::PrivateKeyJwt, _) => {
                faults.push(Fault::ClientSecret { method: "private_key_jwt" });
                Self::None
            }
            (TokenEndpointAuthMethod::None, _) => Self::None,
            (TokenEndpointAuthMethod::ClientSecretBasic, None) => {
                faults.push(Fault::ClientSecret { method: "client_secret_basic" });
                Self::None
            }
            (TokenEndpointAuthMethod::ClientSecretPost, None) => {
                faults.push(Fault::ClientSecret { method: "client_secret_post" });
                Self::None
            }
        }
    }

    /// The secret of this moment; `None` for a public client.
    pub(crate) fn secret(&self) -> Result<Option<Cow<'_, ClientSecret>>, BoxError> {
        match self {
            Self::ClientSecretBasic(source) | Self::ClientSecretPost(source) => {
                source.secret().map(Some)
            }
            Self::None => Ok(None),
        }
    }
}
