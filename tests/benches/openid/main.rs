//! P6: an ID token is checked, with warm keys.
//!
//! `cargo run --release --manifest-path tests/benches/openid/Cargo.toml` prints the rows of `BENCHMARKS.md`.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench may fail, and prints what it saw"
)]

#[expect(dead_code, reason = "the other benches use the rest")]
#[path = "../peers/table.rs"]
mod table;

use std::hint::black_box;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use oauth_providers::{Emulator, EncryptedCookies, Google, KeyRing, OAuth, SigningAlgorithm};
use openidconnect::core::{CoreIdToken, CoreIdTokenVerifier, CoreJsonWebKeySet};
use openidconnect::{ClientId, IssuerUrl, Nonce};
use ring::signature::{self, RsaPublicKeyComponents, UnparsedPublicKey};
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};

use table::{Aim, Case, Row, Seen};

const ROUNDS: usize = 101;
const TOKENS: u32 = 100;
const NONCE: &str = "n-0S6_WzA2Mj";

fn main() {
    println!("{}", table::HEAD);
    println!("| P6 {}", row("ID token checked with warm keys, RS256", SigningAlgorithm::Rs256));
    println!("| P6 {}", row("the same, ES256", SigningAlgorithm::Es256));
}

fn row(work: &'static str, algorithm: SigningAlgorithm) -> Row {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let emulator = Emulator::of(Google).signing_algorithm(algorithm);
    let token = emulator.id_token(Some(NONCE)).unwrap();
    let jwks: Value = serde_json::from_str(&emulator.jwks()).unwrap();
    let oauth = application(emulator);
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).unwrap();
    let key = Bare::of(&jwks["keys"][0]);
    let issuer = IssuerUrl::new("https://accounts.google.com".to_owned()).unwrap();
    let client = ClientId::new(Emulator::CLIENT_ID.to_owned());
    let keys: CoreJsonWebKeySet = serde_json::from_value(jwks).unwrap();
    let verifier = CoreIdTokenVerifier::new_public_client(client, issuer, keys)
        .set_allowed_algs([peers_name(algorithm)]);
    let nonce = Nonce::new(NONCE.to_owned());

    let cases = vec![
        Case::floor("bare ring", || times(|| key.verify(signed.as_bytes(), &signature))),
        Case::ours("`verify_id_token`", || ours(&runtime, &oauth, &token)),
        Case::peer("`openidconnect`", || {
            times(|| {
                let token: CoreIdToken = black_box(&token).parse().unwrap();
                black_box(token.claims(&verifier, &nonce).unwrap());
            })
        }),
    ];
    let seen = Seen::in_turns(ROUNDS, TOKENS, cases);
    let aims = vec![
        Aim::at_most(1.2, "of the bare check", seen.ratio("`verify_id_token`", "bare ring")),
        Aim::at_most(
            0.25,
            "of `openidconnect`",
            seen.ratio("`verify_id_token`", "`openidconnect`"),
        ),
    ];
    Row { work, seen, aims }
}

/// An application whose keys are warm after the first token.
fn application(emulator: Emulator) -> OAuth<Google> {
    OAuth::builder(Google)
        .client_id(Emulator::CLIENT_ID)
        .client_secret(Emulator::CLIENT_SECRET)
        .redirect_uri("https://app.example/callback")
        .persistence(EncryptedCookies::new(KeyRing::generate().unwrap()).single_process())
        .http_client(emulator)
        .build()
        .unwrap()
}

fn ours(runtime: &Runtime, oauth: &OAuth<Google>, token: &str) -> Duration {
    runtime.block_on(async {
        let start = Instant::now();
        for _ in 0..TOKENS {
            black_box(oauth.verify_id_token(black_box(token), Some(NONCE)).await.unwrap());
        }
        start.elapsed()
    })
}

fn times(mut work: impl FnMut()) -> Duration {
    let start = Instant::now();
    for _ in 0..TOKENS {
        work();
    }
    start.elapsed()
}

/// A key as ring takes it, read once.
enum Bare {
    Rsa { n: Vec<u8>, e: Vec<u8> },
    P256(Vec<u8>),
}

impl Bare {
    fn of(jwk: &Value) -> Self {
        let number =
            |name: &str| BASE64_URL_SAFE_NO_PAD.decode(jwk[name].as_str().unwrap()).unwrap();
        match jwk["kty"].as_str().unwrap() {
            "RSA" => Self::Rsa { n: number("n"), e: number("e") },
            _ => Self::P256([&[4][..], &number("x"), &number("y")].concat()),
        }
    }

    fn verify(&self, signed: &[u8], tag: &[u8]) {
        match self {
            Self::Rsa { n, e } => RsaPublicKeyComponents { n, e }.verify(
                &signature::RSA_PKCS1_2048_8192_SHA256,
                black_box(signed),
                tag,
            ),
            Self::P256(point) => UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, point)
                .verify(black_box(signed), tag),
        }
        .unwrap();
    }
}

fn peers_name(algorithm: SigningAlgorithm) -> openidconnect::core::CoreJwsSigningAlgorithm {
    use openidconnect::core::CoreJwsSigningAlgorithm as Name;
    match algorithm {
        SigningAlgorithm::Es256 => Name::EcdsaP256Sha256,
        _ => Name::RsaSsaPkcs1V15Sha256,
    }
}
