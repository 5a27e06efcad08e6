//! What an issuer publishes, signs and answers, made of any bytes.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{Request, Response, StatusCode};
use http_body_util::Full;
use oauth_providers::store::MemoryStore;
use oauth_providers::{Emulator, Endpoint, Google, OpenId, Sessions, SigningAlgorithm};
use ring::hmac;
use serde_json::Value;
use serde_json::value::RawValue;
use tower::ServiceExt as _;
use url::Url;

use super::block_on;
use crate::world::{World, key_ring};

/// Header and claims of an ID token, a line each, which the client's secret signs; or, behind a byte `0xff`, a whole token.
///
/// # Panics
///
/// If a token is believed whose claims are not, to another parser, those of a login at this issuer for this client.
pub fn id_token(data: &[u8]) {
    let world = symmetric();
    let verified = block_on(world.oauth.verify_id_token(&token(data), Some("nonce")));
    let Ok(claims) = verified else { return };
    let said = claims_of(data).expect("what is believed was signed");
    assert_is_of_the_issuer(&said, world.now());
    assert_eq!(said["nonce"], "nonce");
    assert_eq!(said["sub"], claims.subject());
    assert!((1..=255).contains(&claims.subject().chars().count()));
    assert!(!said.contains_key("events"));
}

/// Header and claims of a logout token, as for [`id_token`].
///
/// # Panics
///
/// If a token is taken whose claims are not those of a logout at this issuer for this client.
pub fn logout_token(data: &[u8]) {
    let world = symmetric();
    let form = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("logout_token", &token(data))
        .finish();
    let request = Request::post("/oauth/backchannel-logout")
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Full::from(form))
        .expect("a form is a request");
    let logout = world.oauth.backchannel_logout();
    let status =
        block_on(logout.oneshot(request)).map_or_else(|never| match never {}, |it| it.status());
    assert!(
        [StatusCode::OK, StatusCode::BAD_REQUEST, StatusCode::PAYLOAD_TOO_LARGE].contains(&status)
    );
    if status != StatusCode::OK {
        return;
    }
    let said = claims_of(data).expect("what is believed was signed");
    assert_is_of_the_issuer(&said, world.now());
    assert!(said["events"]["http://schemas.openid.net/event/backchannel-logout"].is_object());
    assert!(!said.contains_key("nonce") && said["jti"].is_string());
    assert!(said.contains_key("sub") || said.contains_key("sid"));
}

/// The document of an issuer's keys, before a login with a token that is good.
///
/// # Panics
///
/// If the token is believed although the document does not hold the issuer's key.
pub fn jwks(data: &[u8]) {
    let world = World::new(Google);
    world.emulator.answer_next(Endpoint::Jwks, answer("application/json", data));
    let mut browser = world.browser();
    let page = block_on(browser.open("/page"));
    let asked = world.emulator.requests(Endpoint::Jwks);
    if page.status() == StatusCode::OK && asked == 1 {
        let document: Value = serde_json::from_slice(data).expect("a set that was read is JSON");
        let published: Value = serde_json::from_str(&world.emulator.jwks()).expect("JSON");
        let own = &published["keys"][0]["n"];
        let keys = document["keys"].as_array().expect("a set that was read has keys");
        assert!(keys.iter().any(|key| key["n"] == *own), "{document}");
    }
}

/// The metadata of an issuer, before a login begins.
///
/// # Panics
///
/// If a browser is sent to another place than the metadata of this very issuer name, or to one that is not https.
pub fn metadata(data: &[u8]) {
    let world = World::new(OpenId::issuer(ISSUER));
    world.emulator.answer_next(Endpoint::Metadata, answer("application/json", data));
    let page = block_on(world.browser().look_at("/page"));
    let Some(location) = page.location() else {
        // Metadata that demand pushed requests may name a place for them where nobody is.
        let told = [StatusCode::SERVICE_UNAVAILABLE, StatusCode::BAD_GATEWAY];
        assert!(told.contains(&page.status()), "{}", page.status());
        return;
    };
    // What stands in a member that nobody reads need not be text.
    let text = String::from_utf8_lossy(data);
    let said: Value = serde_json::from_str(&text).expect("metadata that were read are JSON");
    assert_eq!(said["issuer"], ISSUER);
    let named = said["authorization_endpoint"].as_str().expect("an endpoint is a text");
    let named = Url::parse(named).expect("an endpoint is a URL");
    assert_eq!((location.origin(), location.path()), (named.origin(), named.path()));
    assert_eq!(location.scheme(), "https");
}

/// What the userinfo endpoint answers: the first byte chooses the content type.
///
/// # Panics
///
/// If a profile is made of what is not an object about the user who has logged in.
pub fn userinfo(data: &[u8]) {
    let Some((kind, body)) = data.split_first() else { return };
    let types = ["application/json", "application/jwt", "text/html", "text/plain"];
    let kind = types[usize::from(*kind) % types.len()];
    let world = World::new(Google);
    let session = block_on(world.log_in());
    world.emulator.answer_next(Endpoint::UserInfo, answer(kind, body));
    let Ok(profile) = block_on(session.profile()) else { return };
    // Nobody but the issuer signs a token.
    assert!(kind != "application/jwt" && kind != "text/html");
    let said: Value = serde_json::from_slice(body).expect("a profile that was read is JSON");
    assert_eq!(said["sub"], "1815");
    assert_eq!(profile.subject(), "1815");
}

/// A world in which the client's secret signs, so that any claims can be signed.
struct Symmetric(World<Google>);

impl Symmetric {
    fn now(&self) -> u64 {
        oauth_providers::Clock::now(&self.0.clock).as_unix_seconds()
    }
}

impl std::ops::Deref for Symmetric {
    type Target = World<Google>;

    fn deref(&self) -> &World<Google> {
        &self.0
    }
}

fn symmetric() -> Symmetric {
    Symmetric(World::with(Google, |builder| {
        builder
            .persistence(Sessions::new(MemoryStore::new(), key_ring()))
            .id_token_signed_response_alg(SigningAlgorithm::Hs256)
    }))
}

/// The token that the bytes are.
fn token(data: &[u8]) -> String {
    if let Some(whole) = data.strip_prefix(&[0xff]) {
        return String::from_utf8_lossy(whole).into_owned();
    }
    let (header, claims) = parts(data);
    let signed = [header, claims].map(|part| BASE64_URL_SAFE_NO_PAD.encode(part)).join(".");
    let key = hmac::Key::new(hmac::HMAC_SHA256, Emulator::CLIENT_SECRET.as_bytes());
    let tag = BASE64_URL_SAFE_NO_PAD.encode(hmac::sign(&key, signed.as_bytes()));
    format!("{signed}.{tag}")
}

fn parts(data: &[u8]) -> (&[u8], &[u8]) {
    let end = data.iter().position(|byte| *byte == b'\n').unwrap_or(data.len());
    (&data[..end], data.get(end + 1..).unwrap_or_default())
}

/// The claims as another reader has them: each name once.
fn claims_of(data: &[u8]) -> Option<BTreeMap<String, Value>> {
    if data.first() == Some(&0xff) {
        return None;
    }
    let (header, claims) = parts(data);
    let header: Value = serde_json::from_slice(header).ok()?;
    assert_eq!(header["alg"], "HS256");
    assert!(header.get("crit").is_none());
    let members: BTreeMap<String, &RawValue> = serde_json::from_slice(claims).ok()?;
    let all: BTreeMap<String, Value> = serde_json::from_slice(claims).ok()?;
    assert_eq!(members.len(), all.len());
    Some(all)
}

fn assert_is_of_the_issuer(said: &BTreeMap<String, Value>, now: u64) {
    #[expect(clippy::cast_precision_loss, reason = "the year is before 9999")]
    let now = now as f64;
    assert_eq!(said["iss"], "https://accounts.google.com");
    let is_ours = |party: &Value| party == Emulator::CLIENT_ID;
    match &said["aud"] {
        Value::Array(list) => assert!(!list.is_empty() && list.iter().all(is_ours)),
        one => assert!(is_ours(one)),
    }
    assert!(said.get("azp").is_none_or(is_ours));
    assert!(said["exp"].as_f64().is_some_and(|exp| exp > now - 61.0));
    assert!(said["iat"].as_f64().is_some_and(|iat| (0.0..now + 61.0).contains(&iat)));
}

fn answer(content_type: &'static str, body: &[u8]) -> Response<Bytes> {
    let response = Response::builder().header(CONTENT_TYPE, content_type);
    response.body(Bytes::copy_from_slice(body)).expect("a text header")
}

const ISSUER: &str = "https://login.company.example/realms/all";
