//! What an issuer publishes about itself ([RFC 8414 s2], OpenID Connect Discovery s3). Nothing here does I/O.
//!
//! [RFC 8414 s2]: https://www.rfc-editor.org/rfc/rfc8414#section-2

use std::sync::Arc;

use bytes::Bytes;
use http::{Response, StatusCode};
use serde::Deserialize;
use url::Url;

use oauth_declaration::TenantIssuer;

use crate::http_client::error::TransportError;
use crate::issuer::Issuer;

/// The members that the library reads.
#[derive(Debug, Deserialize)]
pub(crate) struct Metadata {
    issuer: String,
    pub(crate) authorization_endpoint: Option<String>,
    pub(crate) token_endpoint: Option<String>,
    pub(crate) revocation_endpoint: Option<String>,
    pub(crate) userinfo_endpoint: Option<String>,
    pub(crate) jwks_uri: Option<String>,
    pub(crate) end_session_endpoint: Option<String>,
    pub(crate) pushed_authorization_request_endpoint: Option<String>,
    /// A login that does not begin with a pushed request is refused (RFC 9126 s5).
    #[serde(default)]
    pub(crate) require_pushed_authorization_requests: bool,
    /// How the issuer signs ID tokens.
    #[serde(default)]
    pub(crate) id_token_signing_alg_values_supported: Vec<String>,
    /// How it signs answers of the userinfo endpoint, where it does.
    #[serde(default)]
    pub(crate) userinfo_signing_alg_values_supported: Vec<String>,
    /// Every authorization response names the issuer (RFC 9207 s3).
    #[serde(default)]
    pub(crate) authorization_response_iss_parameter_supported: bool,
}

impl Metadata {
    /// Where an issuer publishes them (OpenID Connect Discovery s4.1).
    pub(crate) fn url(issuer: &str) -> String {
        format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'))
    }

    /// Where an issuer that is no OpenID Connect provider publishes them ([RFC 8414 s3.1]).
    ///
    /// [RFC 8414 s3.1]: https://www.rfc-editor.org/rfc/rfc8414#section-3.1
    pub(crate) fn oauth_url(issuer: &Url) -> Url {
        let mut url = issuer.clone();
        let path = issuer.path().trim_end_matches('/');
        url.set_path(&format!("/.well-known/oauth-authorization-server{path}"));
        url
    }

    /// Reads what the issuer answered, and who it says that it is.
    pub(crate) fn read(
        response: &Response<Bytes>,
        issuer: &str,
        tenants: Option<&TenantIssuer>,
    ) -> Result<(Self, Issuer), MetadataError> {
        if response.status() != StatusCode::OK {
            return Err(MetadataError::Status { status: response.status() });
        }
        let metadata: Self = serde_json::from_slice(response.body())
            .map_err(|_| MetadataError::Unreadable { what: "the document" })?;
        // RFC 8414 s3.3: "The issuer value returned MUST be identical to the authorization server's issuer identifier
        // value into which the well-known URI string was inserted".
        let issuer = Issuer::announced(&metadata.issuer, issuer, tenants);
        Ok((metadata, issuer.ok_or(MetadataError::IssuerMismatch)?))
    }
}

/// The issuer's metadata, which say where its endpoints are, or its keys could not be had.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MetadataError {
    /// The metadata are those of another issuer.
    #[error("the metadata name another issuer than the one asked")]
    IssuerMismatch,
    /// The issuer answered with a status that is not `200`.
    #[error("the issuer answered {status} when it was asked for its metadata or its keys")]
    Status {
        /// The status.
        status: StatusCode,
    },
    /// No answer came, or none that could be taken.
    #[error("the issuer could not be reached")]
    Transport(#[source] Arc<TransportError>),
    /// A member that is needed is missing, or of another kind: an endpoint that is not https.
    #[error("the metadata cannot be used: {what} is missing or not what it should be")]
    Unreadable {
        /// What cannot be used.
        what: &'static str,
    },
}
