//! Who the client is to the provider ([RFC 6749 s2]).
//!
//! [RFC 6749 s2]: https://www.rfc-editor.org/rfc/rfc6749#section-2

use crate::secret::secret_type;

secret_type! {
    /// The secret that the provider gave the application at registration ([RFC 6749 s2.3.1]).
    ///
    /// [RFC 6749 s2.3.1]: https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1
    pub ClientSecret
}

/// How the client proves itself at the token endpoint, with what it needs for it ([RFC 7591 s2]).
///
/// [RFC 7591 s2]: https://www.rfc-editor.org/rfc/rfc7591#section-2
#[derive(Clone, Debug)]
pub(crate) enum ClientAuthentication {
    /// `client_secret_basic`: an HTTP Basic header.
    ClientSecretBasic(ClientSecret),
    /// `client_secret_post`: two fields of the form.
    ClientSecretPost(ClientSecret),
    /// `none`: a public client; only its identifier, in the form.
    None,
}
