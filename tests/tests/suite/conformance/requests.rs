//! What the suite looks at in every run, whatever the module: `rp_conformance.md`, section 5.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use http::header::AUTHORIZATION;
use oauth_tests::Exchange;
use ring::digest;
use url::form_urlencoded;

use crate::conformance::Client;

type Params = BTreeMap<String, String>;

impl Client {
    /// Looks at all that was sent until now: by the browser to the authorization endpoint, and by the client itself.
    pub(crate) fn check_every_request(&self) {
        let exchanges = self.world.sent.exchanges();
        let mut asked: Vec<Params> = Vec::new();
        for url in self.browser.history().iter().filter(|url| url.path() == "/authorize") {
            let query = params(url.query().unwrap().as_bytes());
            if query.contains_key("request_uri") {
                // EnsureAuthorizationRequestContainsOnlyExpectedParamsWhenUsingPAR
                assert_eq!(query.keys().collect::<Vec<_>>(), ["client_id", "request_uri"]);
            } else {
                asked.push(query);
            }
        }
        asked.extend(at(&exchanges, "/par").map(|it| params(it.request.body())));
        self.check_authorization_requests(&asked);
        for exchange in &exchanges {
            let query = exchange.request.uri().query().unwrap_or_default();
            // OIDCCExtractBearerAccessTokenFromRequest: never in the query.
            assert_eq!(query, "", "the client itself asks without a query");
        }
        self.check_token_requests(&asked, &exchanges);
        check_userinfo_requests(&exchanges);
    }

    fn check_authorization_requests(&self, asked: &[Params]) {
        let redirect_uri = self.world.oauth.redirect_uri();
        assert!(!redirect_uri.contains('#'));
        for params in asked {
            // EnsureOpenIDInScopeRequest
            assert!(params["scope"].split(' ').any(|scope| scope == "openid"), "{params:?}");
            // EnsureValidRedirectUriForAuthorizationEndpointRequest
            assert_eq!(params["redirect_uri"], redirect_uri);
            assert_eq!(params["response_type"], "code");
            assert_eq!(params["code_challenge_method"], "S256");
            // CheckNonceMaximumLength, CheckForInvalidCharsInNonce, and the same of the state: 256 bits in base64url.
            for name in ["nonce", "state"] {
                let is_plain = |it: u8| it.is_ascii_alphanumeric() || b"-_.~".contains(&it);
                assert_eq!(params[name].len(), 43, "{name}");
                assert!(params[name].bytes().all(is_plain), "{name}");
            }
        }
        for name in ["nonce", "state", "code_challenge"] {
            let values: BTreeSet<&str> = asked.iter().map(|it| it[name].as_str()).collect();
            assert_eq!(values.len(), asked.len(), "{name} is fresh");
        }
    }

    fn check_token_requests(&self, asked: &[Params], exchanges: &[Exchange]) {
        let mut used = BTreeSet::new();
        let scopes: Vec<&str> = asked.iter().flat_map(|it| it["scope"].split(' ')).collect();
        let client_id = asked.first().map(|it| it["client_id"].as_str());
        for exchange in at(exchanges, "/token") {
            let (form, headers) = (params(exchange.request.body()), exchange.request.headers());
            // CheckClientIdMatchesOnTokenRequestIfPresent; the secret travels in one way.
            assert!(form.get("client_id").is_none_or(|id| Some(id.as_str()) == client_id));
            assert!(!form.contains_key("client_secret"));
            let basic = headers[AUTHORIZATION].to_str().unwrap().strip_prefix("Basic ").unwrap();
            let basic = String::from_utf8(BASE64_STANDARD.decode(basic).unwrap()).unwrap();
            let (id, _) = basic.split_once(':').unwrap();
            let id: String = form_urlencoded::parse(id.as_bytes()).map(|(id, _)| id).collect();
            assert_eq!(Some(id.as_str()), client_id);
            if form["grant_type"] == "refresh_token" {
                // EnsureScopeInRefreshRequestContainsNoMoreThanOriginallyGranted
                let asked_again = form.get("scope").map(String::as_str).unwrap_or_default();
                let asked_again = asked_again.split(' ').filter(|scope| !scope.is_empty());
                assert!(asked_again.into_iter().all(|scope| scopes.contains(&scope)), "{form:?}");
                continue;
            }
            // ValidateRedirectUriForTokenEndpointRequest
            assert_eq!(form["redirect_uri"], self.world.oauth.redirect_uri());
            // ValidateCodeVerifierWithS256, EnsureMinimumPkceCodeVerifierEntropy, …Length, EnsurePkceCodeVerifierNotUsed
            let verifier = &form["code_verifier"];
            let challenge = digest::digest(&digest::SHA256, verifier.as_bytes());
            let challenge = BASE64_URL_SAFE_NO_PAD.encode(challenge);
            assert!(asked.iter().any(|it| it["code_challenge"] == challenge));
            assert!(verifier.len() >= 43 && estimated_bits(verifier) >= 180.0, "{verifier}");
            assert!(used.insert(verifier.clone()), "{verifier} is used again");
        }
    }
}

/// A call has the newest access token, once, in the header.
fn check_userinfo_requests(exchanges: &[Exchange]) {
    let mut newest = None;
    for exchange in exchanges {
        match exchange.request.uri().path() {
            "/token" => {
                let answer = exchange.response.as_ref().map(|it| it.body().clone());
                let answer: Option<serde_json::Value> =
                    answer.and_then(|body| serde_json::from_slice(&body).ok());
                newest = answer.and_then(|it| Some(it["access_token"].as_str()?.to_owned()));
            }
            "/userinfo" => {
                let headers: Vec<_> =
                    exchange.request.headers().get_all(AUTHORIZATION).iter().collect();
                let bearer = format!("Bearer {}", newest.as_deref().unwrap());
                assert_eq!(headers, [bearer.as_str()]);
                assert!(exchange.request.body().is_empty());
            }
            _ => {}
        }
    }
}

fn at<'e>(exchanges: &'e [Exchange], path: &'static str) -> impl Iterator<Item = &'e Exchange> {
    exchanges.iter().filter(move |it| it.request.uri().path() == path)
}

/// Each name once.
fn params(form: &[u8]) -> Params {
    let mut params = Params::new();
    for (name, value) in form_urlencoded::parse(form).into_owned() {
        assert!(params.insert(name.clone(), value).is_none(), "{name} stands there twice");
    }
    params
}

/// Shannon's estimate of what a text holds, as the suite makes it.
fn estimated_bits(text: &str) -> f64 {
    let length = f64::from(u32::try_from(text.len()).unwrap());
    let mut counts: BTreeMap<char, f64> = BTreeMap::new();
    for character in text.chars() {
        *counts.entry(character).or_default() += 1.0;
    }
    counts.values().map(|count| -count * (count / length).log2()).sum()
}
