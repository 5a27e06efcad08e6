//! From a registration to the URL that the browser is sent to ([RFC 6749 s4.1.1]).
//!
//! [RFC 6749 s4.1.1]: https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1

use oauth_declaration::Pkce;
use zeroize::Zeroizing;

use crate::authorization::pending_login::PendingLogin;
use crate::authorization_url::AuthorizationUrl;
use crate::clock::Timestamp;
use crate::entropy::{Entropy, EntropyError};
use crate::login_options::LoginOptions;
use crate::pkce::CodeVerifier;
use crate::registration::Registration;
use crate::return_to::ReturnTo;
use crate::server::Server;
use crate::state::{Nonce, State};

/// One authorization request: the URL to send the browser to, and what to remember until it comes back.
pub(crate) struct AuthorizationRequest {
    url: String,
    pending: PendingLogin,
}

impl AuthorizationRequest {
    /// Mints `state`, `nonce` and `code_verifier`: all random bytes of a login are drawn at once.
    pub(crate) fn new(
        registration: &Registration,
        server: &Server,
        options: &LoginOptions,
        return_to: ReturnTo,
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Result<Self, EntropyError> {
        let mut random = Zeroizing::new([[0; 32]; 3]);
        entropy.fill(random.as_flattened_mut())?;
        let [state, code_verifier, nonce] = *random;
        let param = |name| server.authorization_url.param(options, name);
        let issuer = server.issuer.as_ref().map(|issuer| issuer.as_text().to_owned());
        let pkce = registration.declaration.pkce != Pkce::Unsupported;
        let pending = PendingLogin {
            provider: registration.instance.key().to_owned(),
            state: State::from_random(state),
            nonce: registration.sends_nonce().then(|| Nonce::from_random(nonce)),
            code_verifier: pkce.then(|| CodeVerifier::from_random(code_verifier)),
            return_to,
            scopes: registration.scopes.clone(),
            issuer,
            demands_issuer: server.announces_issuer,
            max_age: param("max_age").and_then(|seconds| seconds.parse().ok()),
            acr_values: param("acr_values").unwrap_or_default().to_owned(),
            created_at: now,
        };
        Ok(Self { url: url(&server.authorization_url, options, &pending), pending })
    }

    /// Where the browser is sent, and what is remembered.
    pub(crate) fn into_parts(self) -> (String, PendingLogin) {
        (self.url, self.pending)
    }
}

/// The part that `build()` made, and the values of this login. Base64url needs no encoding.
fn url(
    authorization_url: &AuthorizationUrl,
    options: &LoginOptions,
    pending: &PendingLogin,
) -> String {
    let mut url = authorization_url.with(options);
    url.push_str("&state=");
    url.push_str(pending.state.expose());
    if let Some(verifier) = &pending.code_verifier {
        url.push_str("&code_challenge=");
        url.push_str(&verifier.s256_challenge());
    }
    if let Some(nonce) = &pending.nonce {
        url.push_str("&nonce=");
        url.push_str(nonce.expose());
    }
    authorization_url.finished(url)
}
