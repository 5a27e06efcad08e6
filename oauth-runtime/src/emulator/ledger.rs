//! What an emulated server remembers, and what it was told to do.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::Response;
use serde_json::{Map, Value};

use crate::clock::{Clock, SystemClock, Timestamp};
use crate::emulator::address::Endpoint;
use crate::emulator::user::{User, Users};
use crate::encoding::base64url;
use crate::entropy::{Entropy as _, SystemEntropy};

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
    pub(super) deny_next: bool,
    pub(super) next_issuer: Option<String>,
}

/// What a user agreed to, and what the code is bound to.
#[derive(Clone)]
pub(super) struct Grant {
    pub(super) user: User,
    pub(super) redirect_uri: String,
    pub(super) code_challenge: Option<String>,
    pub(super) nonce: Option<String>,
    pub(super) state: Option<String>,
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
            deny_next: false,
            next_issuer: None,
        }
    }

    /// Makes an access token good for as long as they live here.
    pub(super) fn admit(&mut self, access_token: &str, grant: &Grant, family: &str) {
        let expires_at = self.token_lifetime.map(|lifetime| self.now().after(lifetime));
        let access = Access { grant: grant.clone(), family: family.to_owned(), expires_at };
        self.access_tokens.insert(access_token.to_owned(), access);
    }

    /// Revokes every token that came of one code.
    pub(super) fn revoke_family(&mut self, family: &str) {
        self.access_tokens.retain(|_, access| access.family != family);
        self.refresh_tokens.retain(|_, refresh| refresh.family != family);
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
