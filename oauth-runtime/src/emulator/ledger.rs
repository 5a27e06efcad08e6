//! What an emulated server remembers, and what it was told to do.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::Response;
use serde_json::Value;

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
    pub(super) refresh_tokens: HashMap<String, Grant>,
    pub(super) requests: HashMap<Endpoint, usize>,
    pub(super) scripted: HashMap<Endpoint, VecDeque<Response<Bytes>>>,
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
    pub(super) scope: String,
    pub(super) offline: bool,
    pub(super) expires_at: Timestamp,
    /// The tokens that the code was exchanged for; it is good for one exchange.
    pub(super) exchanged_for: Option<String>,
}

/// An access token.
pub(super) struct Access {
    pub(super) user: User,
    pub(super) expires_at: Option<Timestamp>,
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
            requests: HashMap::new(),
            scripted: HashMap::new(),
            deny_next: false,
            next_issuer: None,
        }
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
