//! What an emulated server remembers, and what it was told to do.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Response, StatusCode};
use serde_json::{Map, Value};

use crate::clock::{Clock, SystemClock, Timestamp};
use crate::crypto::signature::SigningAlgorithm;
use crate::emulator::address::Endpoint;
use crate::emulator::signing::{IdTokenFault, Publishing, Signing};
use crate::emulator::user::{User, Users};
use crate::encoding::base64url;
use crate::entropy::{Entropy as _, SystemEntropy};
use crate::http_client::HttpClient;
use crate::jwk::KeySet;

pub(super) struct Ledger {
    pub(super) clock: Arc<dyn Clock>,
    pub(super) client: (String, String),
    pub(super) users: Users,
    pub(super) consent_page: bool,
    pub(super) token_lifetime: Option<Duration>,
    pub(super) token_members: BTreeMap<String, Value>,
    pub(super) resources: HashMap<String, Value>,
    pub(super) codes: HashMap<String, Grant>,
    pub(super) access_tokens: HashMap<String, Access>,
    pub(super) refresh_tokens: HashMap<String, Refresh>,
    pub(super) refreshes: usize,
    pub(super) rotation: Rotation,
    pub(super) revoke_family_on_reuse: bool,
    pub(super) requests: HashMap<Endpoint, usize>,
    pub(super) script: HashMap<Endpoint, VecDeque<Fault>>,
    /// What happens to every request that the script says nothing of.
    pub(super) lasting: HashMap<Endpoint, LastingFault>,
    pub(super) deny_next: bool,
    pub(super) denies_all: bool,
    pub(super) next_issuer: Option<String>,
    /// The issuer that every callback names instead.
    pub(super) callback_issuer: Option<String>,
    /// How tokens are signed, and by which keys once one was needed.
    pub(super) algorithm: SigningAlgorithm,
    signing: Option<Signing>,
    pub(super) publishing: Publishing,
    /// Where users come from, and the claim that says so.
    pub(super) tenant: String,
    pub(super) tenant_claim: Option<String>,
    pub(super) id_token_fault: Option<IdTokenFault>,
    /// Claims that are added or, without a value, taken away.
    pub(super) id_token_claims: BTreeMap<String, Option<Value>>,
    pub(super) omits_refreshed_id_token: bool,
    pub(super) metadata_members: BTreeMap<String, Value>,
    pub(super) signs_userinfo: bool,
    pub(super) userinfo_fault: Option<IdTokenFault>,
    pub(super) userinfo_members: BTreeMap<String, Value>,
    /// What the way back from a logout carries instead of its state; `None` inside for nothing.
    pub(super) logout_state: Option<Option<String>>,
    /// The keys that the client has registered, and the names that an assertion may have for this server.
    pub(super) client_key: Option<KeySet>,
    pub(super) audiences: Vec<String>,
    /// The assertions that were seen.
    pub(super) assertions: HashSet<String>,
    pub(super) pushed: HashMap<String, String>,
    pub(super) requires_pushed_requests: bool,
    /// The applications that are told of a logout, and what they are reached by.
    pub(super) listeners: Vec<(String, Arc<dyn HttpClient>)>,
    /// The user, and the session, that has just logged out.
    pub(super) ended: Option<(Option<String>, Option<String>)>,
    /// The users who have been here before.
    pub(super) arrivals: HashSet<String>,
    /// The session of the newest login.
    pub(super) newest_sid: Option<String>,
}

/// What a user agreed to, and what the code is bound to.
#[derive(Clone)]
pub(super) struct Grant {
    pub(super) user: User,
    pub(super) redirect_uri: String,
    pub(super) code_challenge: Option<String>,
    pub(super) nonce: Option<String>,
    pub(super) state: Option<String>,
    /// When and how the user proved who they are, and what the session is called.
    pub(super) auth_time: u64,
    pub(super) acr: Option<String>,
    pub(super) sid: String,
    /// What the callback carried beside the protocol's own parameters.
    pub(super) callback: HashMap<String, String>,
    /// The members of the newest token response.
    pub(super) answer: Map<String, Value>,
    pub(super) scope: String,
    /// The callback named the scopes, and the token response does not.
    pub(super) scope_was_told: bool,
    pub(super) offline: bool,
    pub(super) expires_at: Timestamp,
    /// The tokens that the code was exchanged for; it is good for one exchange.
    pub(super) exchanged_for: Option<String>,
}

impl Grant {
    /// Of a user whom no browser has brought here.
    pub(super) fn of_a_user(user: User, now: Timestamp) -> Self {
        Self {
            user,
            redirect_uri: String::new(),
            code_challenge: None,
            nonce: None,
            state: None,
            auth_time: now.as_unix_seconds(),
            acr: None,
            sid: mint("sid"),
            callback: HashMap::new(),
            answer: Map::new(),
            scope: String::new(),
            scope_was_told: false,
            offline: true,
            expires_at: now,
            exchanged_for: None,
        }
    }
}

/// An access token.
pub(super) struct Access {
    pub(super) grant: Grant,
    pub(super) family: String,
    pub(super) expires_at: Option<Timestamp>,
}

/// A refresh token. All that came of one code are a family.
pub(super) struct Refresh {
    pub(super) grant: Grant,
    pub(super) family: String,
    pub(super) consumed: bool,
}

/// What becomes of a refresh token that is used.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(super) enum Rotation {
    /// The answer does not name one: the old one stays good.
    Omit,
    /// The answer names it again.
    Repeat,
    /// The answer names another one, and the old one is consumed.
    Rotate,
}

/// What happens to the next request instead of an answer, or before it.
pub(super) enum Fault {
    /// This is the answer.
    Answer(Response<Bytes>),
    /// The answer waits for somebody to let it go.
    Hold(tokio::sync::oneshot::Receiver<()>),
    /// The connection breaks before the server has read the request.
    LoseRequest,
    /// The connection breaks after the server has acted.
    LoseAnswer,
    /// The answer takes so long.
    Slow(Duration),
}

/// What happens to every request, from when it was asked for.
#[derive(Clone, Copy)]
pub(super) enum LastingFault {
    /// The answer is this status and nothing else.
    Fail(StatusCode),
    /// The connection breaks before the server has read the request.
    LoseRequest,
    /// The connection breaks after the server has acted.
    LoseAnswer,
    /// The answer takes so long.
    Slow(Duration),
}

impl From<LastingFault> for Fault {
    fn from(fault: LastingFault) -> Self {
        match fault {
            LastingFault::Fail(status) => {
                let mut response = Response::new(Bytes::new());
                *response.status_mut() = status;
                Self::Answer(response)
            }
            LastingFault::LoseRequest => Self::LoseRequest,
            LastingFault::LoseAnswer => Self::LoseAnswer,
            LastingFault::Slow(pause) => Self::Slow(pause),
        }
    }
}

impl Ledger {
    pub(super) fn new(client_id: &str, client_secret: &str) -> Self {
        Self {
            clock: Arc::new(SystemClock),
            client: (client_id.to_owned(), client_secret.to_owned()),
            users: Users::new(),
            consent_page: false,
            token_lifetime: Some(Duration::from_secs(3600)),
            token_members: BTreeMap::new(),
            resources: HashMap::new(),
            codes: HashMap::new(),
            access_tokens: HashMap::new(),
            refresh_tokens: HashMap::new(),
            refreshes: 0,
            rotation: Rotation::Repeat,
            revoke_family_on_reuse: false,
            requests: HashMap::new(),
            script: HashMap::new(),
            lasting: HashMap::new(),
            deny_next: false,
            denies_all: false,
            next_issuer: None,
            callback_issuer: None,
            algorithm: SigningAlgorithm::Rs256,
            signing: None,
            publishing: Publishing::default(),
            tenant: "tenant-1".to_owned(),
            tenant_claim: None,
            id_token_fault: None,
            id_token_claims: BTreeMap::new(),
            omits_refreshed_id_token: false,
            metadata_members: BTreeMap::new(),
            signs_userinfo: false,
            userinfo_fault: None,
            userinfo_members: BTreeMap::new(),
            logout_state: None,
            client_key: None,
            audiences: Vec::new(),
            assertions: HashSet::new(),
            pushed: HashMap::new(),
            requires_pushed_requests: false,
            listeners: Vec::new(),
            ended: None,
            arrivals: HashSet::new(),
            newest_sid: None,
        }
    }

    /// Makes an access token good for as long as they live here.
    pub(super) fn admit(&mut self, access_token: &str, grant: &Grant, family: &str) {
        let expires_at = self.token_lifetime.map(|lifetime| self.now().after(lifetime));
        let access = Access { grant: grant.clone(), family: family.to_owned(), expires_at };
        self.access_tokens.insert(access_token.to_owned(), access);
    }

    /// The issuer's keys: made when somebody needs them first.
    pub(super) fn signing(&mut self) -> &mut Signing {
        self.signing.get_or_insert_with(|| Signing::new(self.algorithm))
    }

    /// Counts a request, and says what is to go wrong with it.
    pub(super) fn arrival(&mut self, endpoint: Endpoint) -> Option<Fault> {
        *self.requests.entry(endpoint).or_default() += 1;
        let scripted = self.script.get_mut(&endpoint).and_then(VecDeque::pop_front);
        scripted.or_else(|| self.lasting.get(&endpoint).map(|fault| (*fault).into()))
    }

    /// Revokes every token that came of one code.
    pub(super) fn revoke_family(&mut self, family: &str) {
        self.access_tokens.retain(|_, access| access.family != family);
        self.refresh_tokens.retain(|_, refresh| refresh.family != family);
    }

    /// Whether an access token that came of the same code as a refresh token has not expired.
    pub(super) fn has_good_access(&self, refresh_token: &str) -> bool {
        let family = self.refresh_tokens.get(refresh_token).map(|refresh| &refresh.family);
        let now = self.now();
        let is_good = |access: &Access| access.expires_at.is_none_or(|at| now < at);
        family.is_some_and(|family| {
            self.access_tokens.values().any(|access| access.family == *family && is_good(access))
        })
    }

    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

/// A new secret that says what it is.
pub(super) fn mint(kind: &str) -> String {
    let mut random = [0; 24];
    SystemEntropy.fill(&mut random).expect("an emulator runs where there is randomness");
    format!("{kind}_{}", base64url(random))
}
