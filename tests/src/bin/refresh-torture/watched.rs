//! The store and the HTTP client of a worker, with somebody beside them who writes down what they do.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, Request, Response};
use oauth_providers::store::{
    Acquired, MemoryStore, Owner, Replaced, Row, Store, StoreError, Version,
};
use oauth_providers::{BoxFuture, HttpClient, Reqwest, TransportError};
use tokio::sync::RwLock;

use crate::event::{Access, Actor, At, Log, Refresh, What, now};
use crate::failpoint::{
    AFTER_ACQUIRE, AFTER_COMMIT, AFTER_RESPONSE, BEFORE_COMMIT, BEFORE_SEND, Failpoint, MID_COMMIT,
};
use crate::oracle::{access_token, refresh_token};
use crate::server::lock;

/// A store, watched.
pub(crate) struct WatchedStore {
    inner: Arc<dyn Store>,
    log: Log,
    failpoint: Arc<Failpoint>,
    seen: Mutex<HashMap<String, Version>>,
    /// Every step that is under way.
    steps: RwLock<()>,
    /// A guard that is broken on purpose: each process has the rows of logins for itself.
    own: Option<MemoryStore>,
}

impl WatchedStore {
    pub(crate) fn new(inner: Arc<dyn Store>, log: Log, failpoint: Arc<Failpoint>) -> Self {
        Self { inner, log, failpoint, seen: Mutex::default(), steps: RwLock::default(), own: None }
    }

    #[must_use]
    pub(crate) fn broken(mut self) -> Self {
        self.own = Some(MemoryStore::new());
        self
    }

    fn of(&self, key: &str) -> &dyn Store {
        match &self.own {
            Some(own) if is_login(key) => own,
            _ => &*self.inner,
        }
    }

    async fn write(
        &self,
        key: &str,
        expected: Version,
        value: &[u8],
        lifetime: Duration,
        owner: Option<&Owner>,
    ) -> Result<Replaced, StoreError> {
        let name = owner.map(|owner| owner.as_str().to_owned());
        // A row that ends a login is kept for minutes, one with tokens for a month.
        let is_end = lifetime < Duration::from_secs(24 * 60 * 60);
        let is_commit = is_login(key) && owner.is_some() && !is_end;
        if is_commit {
            self.failpoint.pass(BEFORE_COMMIT);
            // A process that is stopped in the middle of a write may leave a lock of the database behind. That is another
            // question than this one.
            if self.failpoint.is_armed(MID_COMMIT) {
                let _alone = self.steps.write().await;
                self.failpoint.pass(MID_COMMIT);
            }
        }
        let _step = self.steps.read().await;
        let began = now();
        let (key_name, owner_name) = (key.to_owned(), name.clone());
        self.log.say(What::Writing { key: key_name, expected, owner: owner_name, is_end });
        let replaced = self.of(key).replace(key, expected, value, lifetime, owner).await;
        let key_name = key.to_owned();
        if let Ok(Replaced::Yes(version)) = &replaced {
            let version = *version;
            self.log.say(What::Wrote { key: key_name, version, owner: name, is_end, began });
            if is_commit {
                self.failpoint.pass(AFTER_COMMIT);
            }
        } else {
            let is_error = replaced.is_err();
            self.log.say(What::NotWritten { key: key_name, expected, owner: name, is_error });
        }
        replaced
    }

    fn see(&self, key: &str, version: Version) {
        let before = lock(&self.seen).insert(key.to_owned(), version);
        if is_login(key) && before.is_none_or(|before| before < version) {
            self.log.say(What::Saw { key: key.to_owned(), version });
        }
    }
}

/// Whether a row is one that says whose turn it is.
pub(crate) fn is_login(key: &str) -> bool {
    key.starts_with("login:")
}

impl Store for WatchedStore {
    fn load<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<Row>, StoreError>> {
        Box::pin(async move {
            let _step = self.steps.read().await;
            let row = self.of(key).load(key).await?;
            if let Some(row) = &row {
                self.see(key, row.version);
            }
            Ok(row)
        })
    }

    fn insert<'a>(
        &'a self,
        key: &'a str,
        value: &'a [u8],
        lifetime: Duration,
        indexes: &'a [&'a str],
    ) -> BoxFuture<'a, Result<bool, StoreError>> {
        Box::pin(async move {
            let _step = self.steps.read().await;
            self.of(key).insert(key, value, lifetime, indexes).await
        })
    }

    fn replace<'a>(
        &'a self,
        key: &'a str,
        expected: Version,
        value: &'a [u8],
        lifetime: Duration,
        owner: Option<&'a Owner>,
    ) -> BoxFuture<'a, Result<Replaced, StoreError>> {
        Box::pin(self.write(key, expected, value, lifetime, owner))
    }

    fn touch<'a>(
        &'a self,
        key: &'a str,
        lifetime: Duration,
    ) -> BoxFuture<'a, Result<bool, StoreError>> {
        self.of(key).touch(key, lifetime)
    }

    fn remove<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<bool, StoreError>> {
        self.of(key).remove(key)
    }

    fn acquire<'a>(
        &'a self,
        key: &'a str,
        expected: Version,
        owner: &'a Owner,
        lease: Duration,
    ) -> BoxFuture<'a, Result<Acquired, StoreError>> {
        Box::pin(async move {
            let step = self.steps.read().await;
            let began = now();
            let acquired = self.of(key).acquire(key, expected, owner, lease).await?;
            drop(step);
            if let Acquired::Yes { .. } = acquired {
                let (key, owner) = (key.to_owned(), owner.as_str().to_owned());
                self.log.say(What::Acquired { key, version: expected, owner, began });
                self.failpoint.pass(AFTER_ACQUIRE);
            }
            Ok(acquired)
        })
    }

    fn renew<'a>(
        &'a self,
        key: &'a str,
        owner: &'a Owner,
        lease: Duration,
    ) -> BoxFuture<'a, Result<bool, StoreError>> {
        Box::pin(async move {
            let _step = self.steps.read().await;
            self.of(key).renew(key, owner, lease).await
        })
    }

    fn release<'a>(
        &'a self,
        key: &'a str,
        owner: &'a Owner,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            let _step = self.steps.read().await;
            let released = self.of(key).release(key, owner).await;
            let (key, owner) = (key.to_owned(), owner.as_str().to_owned());
            self.log.say(What::Released { key, owner });
            released
        })
    }

    fn keys<'a>(&'a self, index: &'a str) -> BoxFuture<'a, Result<Vec<String>, StoreError>> {
        self.inner.keys(index)
    }
}

tokio::task_local! {
    /// When the call of this task sent its request, and with which token.
    pub(crate) static SENT: Arc<Mutex<Option<(At, Access)>>>;
}

/// The shipped client, watched.
pub(crate) struct WatchedClient {
    inner: Reqwest,
    log: Log,
    failpoint: Arc<Failpoint>,
}

impl WatchedClient {
    pub(crate) fn new(inner: Reqwest, log: Log, failpoint: Arc<Failpoint>) -> Self {
        Self { inner, log, failpoint }
    }

    async fn refresh(
        &self,
        token: Refresh,
        mut request: Request<Bytes>,
    ) -> Result<Response<Bytes>, TransportError> {
        if let Some(name) = self.failpoint.at_server() {
            request.headers_mut().insert("x-failpoint", HeaderValue::from_static(name));
        }
        self.failpoint.pass(BEFORE_SEND);
        self.log.say(What::Sending { token });
        let answer = self.inner.call(request).await;
        let Ok(read) = &answer else {
            self.log.say(What::NoAnswer);
            return answer;
        };
        let is_invalid_grant = read.body().windows(13).any(|it| it == b"invalid_grant");
        self.log.say(What::Answer { status: read.status().as_u16(), is_invalid_grant });
        if read.status().is_success() {
            self.failpoint.pass(AFTER_RESPONSE);
        }
        answer
    }
}

impl HttpClient for WatchedClient {
    fn call(
        &self,
        mut request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let Actor { process, task } = Actor::here();
        let actor = HeaderValue::from_str(&format!("{process}-{task}"));
        request.headers_mut().insert("x-actor", actor.expect("numbers stand in a header"));
        let bearer = request.headers().get("authorization").and_then(|it| it.to_str().ok());
        let access = bearer.and_then(|it| it.strip_prefix("Bearer ")).and_then(access_token);
        if let Some(access) = access {
            // The last one counts: what was refused is sent once more.
            let _ = SENT.try_with(|sent| *lock(sent) = Some((now(), access)));
        }
        let form = url::form_urlencoded::parse(request.body());
        let token = form.into_iter().find(|(name, _)| name == "refresh_token");
        match token.and_then(|(_, token)| refresh_token(&token)) {
            Some(token) => Box::pin(self.refresh(token, request)),
            None => self.inner.call(request),
        }
    }
}
