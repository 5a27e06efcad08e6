//! The rules of OpenID Connect Core s3.1.3.7, as a function of values: what an ID token must say to be believed.

use std::time::Duration;

use subtle::ConstantTimeEq as _;

use crate::clock::Timestamp;
use crate::crypto::signature::SigningAlgorithm;
use crate::encoding::from_base64url;
use crate::issuer::Issuer;
use crate::jwt_error::JwtError;
use crate::oidc::claims::{IdTokenClaims, Registered};
use crate::state::Nonce;
use crate::token::AccessToken;

/// What every token of an issuer must say, whatever it came with.
pub(crate) struct Rules<'a> {
    pub(crate) issuer: &'a Issuer,
    /// The tenants that the application takes; `None` takes all.
    pub(crate) tenants: Option<&'a [String]>,
    pub(crate) client_id: &'a str,
    /// Further audiences that the application trusts.
    pub(crate) audiences: &'a [String],
    /// How far the clocks of the two sides may be apart.
    pub(crate) leeway: Duration,
    pub(crate) now: Timestamp,
}

/// What came with an ID token, or before it.
#[derive(Default)]
pub(crate) struct Circumstances<'a> {
    /// The nonce that was sent. A token that is asked for without one may have any.
    pub(crate) nonce: Option<&'a Nonce>,
    pub(crate) access_token: Option<&'a AccessToken>,
    pub(crate) code: Option<&'a str>,
    /// The issuer that the callback named: of several tenants it is this one's token.
    pub(crate) issuer: Option<&'a str>,
    pub(crate) state: Option<&'a str>,
    /// How long ago the user may have proved who they are.
    pub(crate) max_age: Option<Duration>,
    /// The contexts of which the token must name one.
    pub(crate) acr_values: &'a [String],
    /// The token was made for this very answer.
    pub(crate) is_fresh: bool,
    /// What the login's own ID token said, at a refresh.
    pub(crate) before: Option<&'a IdTokenClaims>,
}

impl Rules<'_> {
    /// Judges the claims of a token whose signature is good. In the order of the specification.
    pub(crate) fn judge(
        &self,
        claims: &IdTokenClaims,
        algorithm: SigningAlgorithm,
        came_with: &Circumstances<'_>,
    ) -> Result<(), JwtError> {
        self.judge_registered(claims.registered(), |name| claims.text(name))?;
        if came_with.issuer.is_some_and(|issuer| issuer != claims.issuer()) {
            return Err(JwtError::Issuer);
        }
        if came_with.is_fresh && self.now.since(claims.issued_at()) > OLDEST {
            return Err(JwtError::Stale);
        }
        if let Some(nonce) = came_with.nonce {
            // "If a nonce value was sent in the Authentication Request, a nonce Claim MUST be present".
            let found = claims.nonce().ok_or(JwtError::Nonce)?;
            if !same(found.as_bytes(), nonce.expose().as_bytes()) {
                return Err(JwtError::Nonce);
            }
        }
        for (name, text) in [
            ("at_hash", came_with.access_token.map(AccessToken::expose)),
            ("c_hash", came_with.code),
            ("s_hash", came_with.state),
        ] {
            let (Some(found), Some(text)) = (claims.hash(name), text) else { continue };
            let expected = algorithm.half_hash(text);
            if !from_base64url(found.as_bytes()).is_some_and(|found| same(&found, &expected)) {
                return Err(JwtError::Hash { name });
            }
        }
        self.authentication(claims, came_with)?;
        came_with.before.map_or(Ok(()), |before| continues(before, claims))
    }

    /// What a token says of who made it, whom it is for and when. `text` reads another claim of it.
    pub(crate) fn judge_registered(
        &self,
        claims: &Registered,
        text: impl Fn(&str) -> Option<String>,
    ) -> Result<(), JwtError> {
        self.issuer(&claims.issuer, text)?;
        self.audience(claims)?;
        if self.now >= claims.expires_at.after(self.leeway) {
            return Err(JwtError::Expired);
        }
        let latest = self.now.after(self.leeway);
        let is_early = |it: Timestamp| it > latest;
        match is_early(claims.issued_at) || claims.not_before.is_some_and(is_early) {
            true => Err(JwtError::NotYetValid),
            false => Ok(()),
        }
    }

    fn issuer(&self, issuer: &str, text: impl Fn(&str) -> Option<String>) -> Result<(), JwtError> {
        if !self.issuer.admits(issuer) {
            return Err(JwtError::Issuer);
        }
        let Some((tenant, claim)) = self.issuer.tenant(issuer) else { return Ok(()) };
        if claim.is_some_and(|claim| text(claim).as_deref() != Some(tenant)) {
            return Err(JwtError::Issuer);
        }
        match self.tenants {
            Some(list) if !list.iter().any(|known| known == tenant) => Err(JwtError::Tenant),
            _ => Ok(()),
        }
    }

    /// The token is for this client, and for nobody else that the application does not trust.
    fn audience(&self, claims: &Registered) -> Result<(), JwtError> {
        let is_ours = |party: &String| party == self.client_id;
        let is_trusted = |party: &String| is_ours(party) || self.audiences.contains(party);
        let audience = &claims.audience;
        if !audience.iter().any(is_ours) || !audience.iter().all(is_trusted) {
            return Err(JwtError::Audience);
        }
        match &claims.authorized_party {
            Some(party) if party != self.client_id => Err(JwtError::AuthorizedParty),
            // "If the ID Token contains multiple audiences, the Client SHOULD verify that an azp Claim is present."
            None if audience.len() > 1 => Err(JwtError::AuthorizedParty),
            _ => Ok(()),
        }
    }

    /// How the user proved who they are is what the login asked for.
    fn authentication(
        &self,
        claims: &IdTokenClaims,
        came_with: &Circumstances<'_>,
    ) -> Result<(), JwtError> {
        if let Some(max_age) = came_with.max_age {
            let at = claims.auth_time().ok_or(JwtError::AuthenticationTime)?;
            if self.now.since(at) > max_age.saturating_add(self.leeway)
                || at > self.now.after(self.leeway)
            {
                return Err(JwtError::AuthenticationTime);
            }
        }
        let wanted = came_with.acr_values;
        let has = |acr: &str| wanted.iter().any(|wanted| wanted == acr);
        if !wanted.is_empty() && !claims.acr().is_some_and(has) {
            return Err(JwtError::AuthenticationContext);
        }
        Ok(())
    }
}

/// OpenID Connect Core s12.2: what an ID token of a refresh has in common with that of the login.
fn continues(before: &IdTokenClaims, after: &IdTokenClaims) -> Result<(), JwtError> {
    if before.issuer() != after.issuer() {
        return Err(JwtError::Issuer);
    }
    if before.subject() != after.subject() {
        return Err(JwtError::Subject);
    }
    // "its aud Claim Value MUST include the original ID Token's aud value".
    if !before.audience().iter().all(|party| after.audience().contains(party)) {
        return Err(JwtError::Audience);
    }
    // "if azp was not present in the original, it MUST NOT be present in the new ID Token".
    if before.authorized_party() != after.authorized_party() {
        return Err(JwtError::AuthorizedParty);
    }
    if after.auth_time().is_some_and(|at| before.auth_time().is_some_and(|first| first != at)) {
        return Err(JwtError::AuthenticationTime);
    }
    // "it SHOULD NOT have a nonce Claim, even when the ID Token issued at the time of the original authentication
    // contained nonce; however, if it is present, its value MUST be the same".
    if after.nonce().is_some() && after.nonce() != before.nonce() {
        return Err(JwtError::Nonce);
    }
    Ok(())
}

fn same(one: &[u8], other: &[u8]) -> bool {
    one.ct_eq(other).into()
}

/// A token of this very login is not as old.
const OLDEST: Duration = Duration::from_secs(24 * 60 * 60);
