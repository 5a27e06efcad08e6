//! The default HTTP client: reqwest with rustls on the crypto crate of this library.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body::Body;
use http_body_util::BodyExt as _;
use rustls::ClientConfig;
use rustls_platform_verifier::BuilderVerifierExt as _;

use crate::http_client::error::TransportError;
use crate::http_client::stream::BodyStream;
use crate::http_client::{BodyLimit, BoxFuture, HttpClient, collect};

/// The HTTP client that is used unless another is given.
///
/// It follows no redirect, retries nothing, sends no cookie, gives up after 5 s without a connection and
/// 10 s without an answer (an hour for a stream), and bounds the body by the request's [`BodyLimit`]. A connection that was
/// idle for 4 s is not used again: the server may be closing it. One client, with its connections, serves the whole process:
/// clone it rather than make another.
#[derive(Clone)]
pub struct Reqwest(reqwest::Client);

impl Reqwest {
    /// A client that trusts the certificates which the platform trusts.
    ///
    /// # Errors
    ///
    /// [`TransportError`] if reqwest cannot be set up.
    pub fn new() -> Result<Self, TransportError> {
        reqwest::Client::builder()
            .tls_backend_preconfigured(tls_config()?)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(TOTAL_TIMEOUT)
            .pool_idle_timeout(IDLE_TIMEOUT)
            .build()
            .map(Self)
            .map_err(TransportError::connect)
    }
}

/// TLS with the provider named here rather than the process-wide one, which panics when an application's
/// features bring two.
fn tls_config() -> Result<ClientConfig, TransportError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = || {
        ClientConfig::builder_with_provider(provider.clone())
            .with_safe_default_protocol_versions()
            .map_err(TransportError::connect)
    };
    match builder()?.with_platform_verifier() {
        Ok(config) => Ok(config.with_no_client_auth()),
        Err(error) => {
            // Plain http to loopback works without certificates; every https call will fail, and say so.
            tracing::warn!(%error, "no trusted root certificates on this machine: install `ca-certificates`");
            let none = rustls::RootCertStore::empty();
            Ok(builder()?.with_root_certificates(none).with_no_client_auth())
        }
    }
}

impl HttpClient for Reqwest {
    fn call(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let limit = BodyLimit::of(&request);
            let request = reqwest::Request::try_from(request).map_err(classify)?;
            collect(self.execute(request).await?, limit).await
        })
    }

    fn stream(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<BodyStream>, TransportError>> {
        Box::pin(async move {
            let mut request = reqwest::Request::try_from(request).map_err(classify)?;
            *request.timeout_mut() = Some(STREAM_TIMEOUT);
            Ok(self.execute(request).await?.map(BodyStream::new))
        })
    }
}

impl Reqwest {
    async fn execute(
        &self,
        request: reqwest::Request,
    ) -> Result<
        http::Response<impl Body<Data = Bytes, Error = TransportError> + Send + 'static>,
        TransportError,
    > {
        let response = self.0.execute(request).await.map_err(classify)?;
        Ok(http::Response::from(response).map(|body| body.map_err(classify)))
    }
}

/// reqwest shows the URL, which may hold what the application put into a query: it is dropped.
fn classify(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    if error.is_connect() || error.is_builder() {
        TransportError::connect(error)
    } else if error.is_timeout() {
        TransportError::timed_out(error)
    } else {
        TransportError::failed(error)
    }
}

impl fmt::Debug for Reqwest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reqwest")
    }
}

/// Shorter than the 5 s after which widespread servers close a connection that nobody uses. A code or a refresh token that is
/// sent just then is not sent again, since it may have arrived.
const IDLE_TIMEOUT: Duration = Duration::from_secs(4);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const TOTAL_TIMEOUT: Duration = Duration::from_secs(10);
/// A stream lasts as long as its caller reads; this only bounds what is forgotten.
const STREAM_TIMEOUT: Duration = Duration::from_secs(3600);
