//! Certificates: the shipped HTTP client takes one that is good, and no other.

use std::net::SocketAddr;
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, StatusCode};
use oauth_providers::{HttpClient as _, Reqwest, TransportErrorKind};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::own_process::is_alone;

/// A certificate authority that is trusted only where a test says so.
fn authority() -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

fn certificate(host: &str) -> CertificateParams {
    CertificateParams::new([host.to_owned()]).unwrap()
}

/// A server with a certificate, signed by an authority or by itself; answers every request with 204.
async fn serve(
    params: CertificateParams,
    issuer: Option<&CertifiedIssuer<'static, KeyPair>>,
) -> SocketAddr {
    let key = KeyPair::generate().unwrap();
    let certificate = match issuer {
        Some(issuer) => params.signed_by(&key, issuer).unwrap(),
        None => params.self_signed(&key).unwrap(),
    };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .unwrap();
    let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let acceptor = TlsAcceptor::from(Arc::new(config));
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let Ok(mut stream) = acceptor.accept(stream).await else { return };
                let _ = stream.read(&mut [0; 4096]).await;
                let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await;
                let _ = stream.shutdown().await;
            });
        }
    });
    address
}

async fn status(address: SocketAddr) -> Result<StatusCode, TransportErrorKind> {
    let url = format!("https://localhost:{}/", address.port());
    let request = Request::get(url).body(Bytes::new()).unwrap();
    let answer = Reqwest::new().unwrap().call(request).await;
    answer.map(|answer| answer.status()).map_err(|error| error.kind())
}

#[test]
fn tr_13_a_certificate_that_is_not_good_is_not_taken() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let authority = authority();
    // What the platform trusts, in the child: our authority and nobody else.
    let root = std::env::var_os("SSL_CERT_FILE");
    let name = "tls::tr_13_a_certificate_that_is_not_good_is_not_taken";
    if !is_alone(name, &[("SSL_CERT_FILE", file.path())]) {
        return;
    }
    std::fs::write(root.unwrap(), authority.pem()).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut expired = certificate("localhost");
        expired.not_before = date_time_ymd(2020, 1, 1);
        expired.not_after = date_time_ymd(2021, 1, 1);
        let another = self::authority();

        let good = serve(certificate("localhost"), Some(&authority)).await;
        let expired = serve(expired, Some(&authority)).await;
        let wrong_host = serve(certificate("other.example"), Some(&authority)).await;
        let unknown_issuer = serve(certificate("localhost"), Some(&another)).await;
        let self_signed = serve(certificate("localhost"), None).await;

        assert_eq!(status(good).await, Ok(StatusCode::NO_CONTENT));
        for bad in [expired, wrong_host, unknown_issuer, self_signed] {
            assert_eq!(status(bad).await, Err(TransportErrorKind::Connect));
        }
    });
}
