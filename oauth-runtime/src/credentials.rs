//! Who the client is to the provider ([RFC 6749 s2]).
//!
//! [RFC 6749 s2]: https://www.rfc-editor.org/rfc/rfc6749#section-2

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use oauth_declaration::{Declaration, TokenEndpointAuthMethod as Method};
use serde_json::json;

use crate::build_error::Fault;
use crate::client_key::ClientKey;
use crate::clock::Clock;
use crate::crypto::signature::{SigningAlgorithm, mac};
use crate::encoding::base64url;
use crate::entropy::Entropy;
use crate::http_client::error::BoxError;
use crate::jws;
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
    /// The dialect has the client sign its secret itself.
    Signed(Box<Assertion>),
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
            Self::Signed(assertion) => assertion.jwt().map(Cow::Owned),
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
    /// `private_key_jwt` and `client_secret_jwt`: a signed assertion in the form (RFC 7523 s2.2).
    Assertion(Box<Assertion>),
    /// `client_secret_basic`: an HTTP Basic header.
    ClientSecretBasic(SecretSource),
    /// `client_secret_post`: two fields of the form.
    ClientSecretPost(SecretSource),
    /// `none`: a public client; only its identifier, in the form.
    None,
}

/// What the application has of its own to prove itself with.
#[derive(Clone)]
pub(crate) struct Credentials<'a> {
    pub(crate) secret: Option<SecretSource>,
    pub(crate) key: Option<ClientKey>,
    /// The secret is a token that the key signs.
    pub(crate) is_secret_signed: bool,
    pub(crate) client_id: &'a str,
    /// Whom an assertion is for: the issuer, or where none is known the token endpoint.
    pub(crate) audience: &'a str,
    pub(crate) clock: &'a Arc<dyn Clock>,
    pub(crate) entropy: &'a Arc<dyn Entropy>,
}

impl ClientAuthentication {
    /// The declared ways, at the exchange and at a refresh.
    pub(crate) fn of(
        declaration: &Declaration,
        credentials: &Credentials<'_>,
        faults: &mut Vec<Fault>,
    ) -> (Self, Self) {
        let method = declaration.token_endpoint_auth_method;
        let (mut of_exchange, mut of_refresh) = (Vec::new(), Vec::new());
        let at_exchange = Self::new(method, credentials, &mut of_exchange);
        let method = declaration.dialect.refresh_auth_method.unwrap_or(method);
        let at_refresh = Self::new(method, credentials, &mut of_refresh);
        // What is missing is missing once.
        faults.append(if of_exchange.is_empty() { &mut of_refresh } else { &mut of_exchange });
        (at_exchange, at_refresh)
    }

    /// One way, with what it needs.
    fn new(method: Method, of: &Credentials<'_>, faults: &mut Vec<Fault>) -> Self {
        let secret = |method, faults: &mut Vec<Fault>| {
            let secret = of.secret.clone().filter(|secret| !secret.is_empty());
            if secret.is_none() {
                faults.push(Fault::ClientSecret { method });
            }
            secret
        };
        let key = |method, faults: &mut Vec<Fault>| {
            if of.key.is_none() {
                faults.push(Fault::ClientKey { method });
            }
            of.key.clone()
        };
        let made = match method {
            Method::ClientSecretBasic => {
                secret("client_secret_basic", faults).map(Self::ClientSecretBasic)
            }
            Method::ClientSecretPost if of.is_secret_signed => {
                let key = key("signed_client_secret", faults);
                let signed = key.map(|key| Box::new(Assertion::new(Proof::Key(key), of)));
                signed.map(|signed| Self::ClientSecretPost(SecretSource::Signed(signed)))
            }
            Method::ClientSecretPost => {
                secret("client_secret_post", faults).map(Self::ClientSecretPost)
            }
            Method::ClientSecretJwt => {
                let secret = secret("client_secret_jwt", faults).map(Proof::Secret);
                secret.map(|proof| Self::Assertion(Box::new(Assertion::new(proof, of))))
            }
            Method::PrivateKeyJwt => {
                let key = key("private_key_jwt", faults).map(Proof::Key);
                key.map(|proof| Self::Assertion(Box::new(Assertion::new(proof, of))))
            }
            Method::None => None,
        };
        made.unwrap_or(Self::None)
    }

    /// The secret of this moment, as it is sent; `None` for a public client, and one that signs.
    pub(crate) fn secret(&self) -> Result<Option<Cow<'_, ClientSecret>>, BoxError> {
        match self {
            Self::ClientSecretBasic(source) | Self::ClientSecretPost(source) => {
                source.secret().map(Some)
            }
            Self::Assertion(_) | Self::None => Ok(None),
        }
    }

    /// The secret that the two sides share; `None` if they share none.
    pub(crate) fn shared_secret(&self) -> Result<Option<Cow<'_, ClientSecret>>, BoxError> {
        match self {
            Self::ClientSecretPost(SecretSource::Signed(_)) => Ok(None),
            Self::Assertion(assertion) => match &assertion.proof {
                Proof::Secret(source) => source.secret().map(Some),
                Proof::Key(_) => Ok(None),
            },
            _ => self.secret(),
        }
    }

    /// Whether there is a secret that the two sides share.
    pub(crate) fn shares_a_secret(&self) -> bool {
        match self {
            Self::ClientSecretBasic(_) => true,
            Self::ClientSecretPost(source) => !matches!(source, SecretSource::Signed(_)),
            Self::Assertion(assertion) => matches!(assertion.proof, Proof::Secret(_)),
            Self::None => false,
        }
    }
}

/// What an assertion is signed with.
#[derive(Clone, Debug)]
enum Proof {
    Key(ClientKey),
    Secret(SecretSource),
}

/// A statement of the client that it is itself, signed anew for each request (RFC 7523 s3).
#[derive(Clone)]
pub(crate) struct Assertion {
    proof: Proof,
    client_id: String,
    audience: String,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
}

impl Assertion {
    fn new(proof: Proof, of: &Credentials<'_>) -> Self {
        Self {
            proof,
            client_id: of.client_id.to_owned(),
            audience: of.audience.to_owned(),
            clock: Arc::clone(of.clock),
            entropy: Arc::clone(of.entropy),
        }
    }

    /// The token: it is for one server, lives for a minute, and is like no other.
    pub(crate) fn jwt(&self) -> Result<ClientSecret, BoxError> {
        let mut random = [0; 16];
        self.entropy.fill(&mut random)?;
        let now = self.clock.now();
        let (algorithm, key) = match &self.proof {
            Proof::Key(key) => (key.algorithm(), Some(key)),
            Proof::Secret(_) => (SigningAlgorithm::Hs256, None),
        };
        let mut header = json!({ "alg": algorithm.as_str(), "typ": "JWT" });
        if let Some(name) = key.and_then(ClientKey::named) {
            header["kid"] = json!(name);
        }
        let claims = json!({
            "iss": key.and_then(ClientKey::signs_as).unwrap_or(&self.client_id),
            "sub": self.client_id,
            "aud": key.and_then(ClientKey::signs_for).unwrap_or(&self.audience),
            "jti": base64url(random),
            "iat": now.as_unix_seconds(),
            "exp": now.after(LIFETIME).as_unix_seconds(),
        });
        let signed = match &self.proof {
            Proof::Key(key) => jws::signed(&header, &claims, |message| key.sign(message)),
            Proof::Secret(source) => {
                let secret = source.secret()?;
                let secret = secret.expose().as_bytes();
                jws::signed(&header, &claims, |message| mac(algorithm, secret, message))
            }
        };
        Ok(ClientSecret::new(signed.ok_or("the key does not sign")?))
    }
}

impl fmt::Debug for Assertion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Assertion").field("proof", &self.proof).finish_non_exhaustive()
    }
}

/// What says that an assertion is one (RFC 7523 s2.2).
pub(crate) const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

const LIFETIME: Duration = Duration::from_secs(60);
