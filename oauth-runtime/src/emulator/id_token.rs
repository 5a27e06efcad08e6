//! The tokens that an emulated issuer signs: ID tokens, userinfo answers and logout tokens.

use serde_json::{Map, Value, json};

use oauth_declaration::Declaration;

use crate::emulator::ledger::{Grant, Ledger, mint};
use crate::emulator::signing::IdTokenFault;
use crate::encoding::base64url;

/// The ID token of a login, or of a refresh; `None` if none is to come.
pub(super) fn id_token(
    declaration: &Declaration,
    ledger: &mut Ledger,
    issuer: Option<&str>,
    grant: &Grant,
    access_token: &str,
    is_refresh: bool,
) -> Option<String> {
    let fault = ledger.id_token_fault;
    if fault == Some(IdTokenFault::MissingToken) || (is_refresh && ledger.omits_refreshed_id_token)
    {
        return None;
    }
    let now = ledger.now().as_unix_seconds();
    let client_id = ledger.client.0.clone();
    let half_hash = |token: &str| base64url(ledger.algorithm.half_hash(token));
    let mut claims = json!({
        "iss": issuer,
        "sub": grant.user.subject,
        "aud": client_id,
        "iat": now,
        "exp": now + 3600,
        "auth_time": grant.auth_time,
        "sid": grant.sid,
        "at_hash": half_hash(access_token),
    });
    // A refresh repeats no nonce (OpenID Connect Core s12.2).
    let repeats = !is_refresh && !declaration.dialect.missing_nonce;
    if let Some(nonce) = grant.nonce.as_ref().filter(|_| repeats) {
        claims["nonce"] = json!(nonce);
    }
    if let Some(acr) = &grant.acr {
        claims["acr"] = json!(acr);
    }
    if let Some(claim) = &ledger.tenant_claim {
        claims[claim] = json!(ledger.tenant);
    }
    // Where nobody else says who the user is, the ID token does.
    if let (Some(profile), None) = (&declaration.profile, &declaration.userinfo_endpoint) {
        grant.user.told_by(profile, &mut claims);
    }
    let members = claims.as_object_mut().expect("claims are an object");
    if let Some(fault) = fault {
        spoil(members, fault, now, &half_hash("another access token"));
    }
    for (name, value) in &ledger.id_token_claims {
        match value {
            Some(value) => drop(members.insert(name.clone(), value.clone())),
            None => drop(members.remove(name)),
        }
    }
    Some(sign(ledger, "JWT", &claims, fault))
}

/// What a fault does to the claims.
fn spoil(claims: &mut Map<String, Value>, fault: IdTokenFault, now: u64, other_hash: &str) {
    let audience = claims["aud"].clone();
    let mut set = |name: &str, value: Value| drop(claims.insert(name.to_owned(), value));
    match fault {
        IdTokenFault::AnotherAudience => set("aud", json!([audience, "a-second-client"])),
        IdTokenFault::AnotherAuthorizedParty => set("azp", json!("another-client")),
        IdTokenFault::Expired => set("exp", json!(now - 3600)),
        IdTokenFault::FromTheFuture => set("iat", json!(now + 3600)),
        IdTokenFault::MissingAudience => drop(claims.remove("aud")),
        IdTokenFault::MissingExpiry => drop(claims.remove("exp")),
        IdTokenFault::MissingIssuedAt => drop(claims.remove("iat")),
        IdTokenFault::MissingIssuer => drop(claims.remove("iss")),
        IdTokenFault::MissingNonce => drop(claims.remove("nonce")),
        IdTokenFault::MissingSubject => drop(claims.remove("sub")),
        IdTokenFault::WrongAccessTokenHash => set("at_hash", json!(other_hash)),
        IdTokenFault::WrongAudience => set("aud", json!("another-client")),
        IdTokenFault::WrongIssuer => set("iss", json!("https://another-issuer.example")),
        IdTokenFault::WrongNonce => set("nonce", json!("another-nonce")),
        IdTokenFault::WrongSubject => set("sub", json!("somebody-else")),
        // These are the header's, the signature's, or the answer's.
        IdTokenFault::AlgNone
        | IdTokenFault::AnotherAlgorithm
        | IdTokenFault::BadSignature
        | IdTokenFault::Critical
        | IdTokenFault::MissingToken
        | IdTokenFault::NoKeyId
        | IdTokenFault::UnknownKeyId => {}
    }
}

/// The userinfo answer as a token (OpenID Connect Core s5.3.2).
pub(super) fn userinfo(ledger: &mut Ledger, issuer: Option<&str>, answer: &Value) -> String {
    let mut claims = answer.clone();
    claims["iss"] = json!(issuer);
    claims["aud"] = json!(ledger.client.0);
    for (name, value) in &ledger.userinfo_members {
        claims[name] = value.clone();
    }
    let fault = ledger.userinfo_fault;
    sign(ledger, "JWT", &claims, fault)
}

/// What is wrong with a logout token: each is a mistake that a client must notice (Back-Channel Logout s2.6).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum LogoutTokenFault {
    /// `alg` is `none`.
    AlgNone,
    /// It is signed by another algorithm than the issuer announces.
    AnotherAlgorithm,
    /// A bit of the signature is another one.
    BadSignature,
    /// `exp` is an hour ago.
    Expired,
    /// There are no `events`.
    MissingEvent,
    /// There is no `exp`.
    MissingExpiry,
    /// There is no `iat`.
    MissingIssuedAt,
    /// There is no `jti`.
    MissingTokenId,
    /// There is neither `sub` nor `sid`.
    MissingUser,
    /// There is a `nonce`, as if it were an ID token.
    WithNonce,
    /// `aud` is another client.
    WrongAudience,
    /// `events` names another event.
    WrongEvent,
    /// `iss` is another issuer.
    WrongIssuer,
}

/// Says that a user has logged out; of one session where there is a `sid`.
pub(super) fn logout_token(
    ledger: &mut Ledger,
    issuer: Option<&str>,
    subject: Option<&str>,
    sid: Option<&str>,
    fault: Option<LogoutTokenFault>,
) -> String {
    let now = ledger.now().as_unix_seconds();
    let mut claims = json!({
        "iss": issuer,
        "aud": ledger.client.0,
        "iat": now,
        "exp": now + 120,
        "jti": mint("logout"),
        "events": { EVENT: {} },
        "of_the_emulator": "a claim that nobody knows",
    });
    let members = claims.as_object_mut().expect("claims are an object");
    let mut set = |name: &str, value: Value| drop(members.insert(name.to_owned(), value));
    for (name, value) in [("sub", subject), ("sid", sid)] {
        if let Some(value) = value.filter(|_| fault != Some(LogoutTokenFault::MissingUser)) {
            set(name, json!(value));
        }
    }
    let mut of_signature = None;
    match fault {
        Some(LogoutTokenFault::AlgNone) => of_signature = Some(IdTokenFault::AlgNone),
        Some(LogoutTokenFault::AnotherAlgorithm) => {
            of_signature = Some(IdTokenFault::AnotherAlgorithm);
        }
        Some(LogoutTokenFault::BadSignature) => of_signature = Some(IdTokenFault::BadSignature),
        Some(LogoutTokenFault::Expired) => set("exp", json!(now - 3600)),
        Some(LogoutTokenFault::MissingEvent) => drop(members.remove("events")),
        Some(LogoutTokenFault::MissingExpiry) => drop(members.remove("exp")),
        Some(LogoutTokenFault::MissingIssuedAt) => drop(members.remove("iat")),
        Some(LogoutTokenFault::MissingTokenId) => drop(members.remove("jti")),
        Some(LogoutTokenFault::WithNonce) => set("nonce", json!("a-nonce")),
        Some(LogoutTokenFault::WrongAudience) => set("aud", json!("another-client")),
        Some(LogoutTokenFault::WrongEvent) => {
            set("events", json!({ "http://schemas.openid.net/event/another": {} }));
        }
        Some(LogoutTokenFault::WrongIssuer) => {
            set("iss", json!("https://another-issuer.example"));
        }
        Some(LogoutTokenFault::MissingUser) | None => {}
    }
    sign(ledger, "logout+jwt", &claims, of_signature)
}

fn sign(ledger: &mut Ledger, typ: &str, claims: &Value, fault: Option<IdTokenFault>) -> String {
    if std::mem::take(&mut ledger.publishing.rotates_before_signing) {
        ledger.signing().rotate();
    }
    let secret = ledger.client.1.clone();
    ledger.signing().token(typ, claims, &secret, fault)
}

const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
