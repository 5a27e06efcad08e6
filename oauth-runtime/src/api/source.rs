//! Where the tokens of an API client come from.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use crate::authenticated::Authenticated;
use crate::engine::Engine;
use crate::error::ApiError;
use crate::refresh::refresher::Standing;
use crate::token::Tokens;

/// The tokens of a session, of an account, or of a refresh token that the application keeps.
#[derive(Clone)]
pub(crate) struct Source {
    engine: Arc<Engine>,
    newest: Arc<Mutex<Arc<Tokens>>>,
    fetching: Fetching,
}

impl Source {
    pub(crate) fn new(engine: Arc<Engine>, tokens: Arc<Tokens>) -> Self {
        Self { engine, newest: Arc::new(Mutex::new(tokens)), fetching: Fetching::Ahead }
    }

    pub(crate) fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Waits for a renewal that is due: nobody else will come for what it gave.
    pub(crate) fn alone(mut self) -> Self {
        self.fetching = Fetching::Alone;
        self
    }

    /// Fetches an access token for each call.
    pub(crate) fn without_cache(mut self) -> Self {
        self.fetching = Fetching::EachTime;
        self
    }

    /// The newest tokens that this source knows of, valid or not.
    pub(crate) fn newest(&self) -> Arc<Tokens> {
        let known = self.known();
        self.engine.refresher.newest(&known).unwrap_or(known)
    }

    /// Tokens to make a call with: valid, and renewed if need be.
    pub(crate) async fn tokens(&self) -> Result<Arc<Tokens>, ApiError> {
        let known = self.known();
        let refresher = &self.engine.refresher;
        let standing = match self.fetching {
            Fetching::Ahead => refresher.standing(&known).await,
            Fetching::Alone => refresher.standing_at_once(&known).await,
            Fetching::EachTime => refresher.replace(&known).await,
        };
        self.taken(standing)
    }

    /// Other tokens than those that the API refused.
    pub(crate) async fn other_than(&self, refused: &Arc<Tokens>) -> Result<Arc<Tokens>, ApiError> {
        let standing = self.engine.refresher.replace(refused).await;
        self.taken(standing)
    }

    fn taken(&self, standing: Standing) -> Result<Arc<Tokens>, ApiError> {
        match standing {
            Standing::Good(tokens) => {
                let mut newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
                if tokens.is_later_than(&newest) {
                    *newest = Arc::clone(&tokens);
                }
                Ok(tokens)
            }
            Standing::Ended => Err(ApiError::Reconnect { login_url: self.engine.login_url(None) }),
            Standing::NoRuntime => Err(ApiError::NoRuntime),
            Standing::Unavailable { retry_after } => Err(ApiError::Unavailable { retry_after }),
        }
    }

    fn known(&self) -> Arc<Tokens> {
        Arc::clone(&self.newest.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// When a source fetches an access token.
#[derive(Clone, Copy)]
enum Fetching {
    /// A while before the expiry, in the background.
    Ahead,
    /// A while before the expiry, and waits for it.
    Alone,
    /// For each call.
    EachTime,
}

impl From<Authenticated> for Source {
    fn from(Authenticated { engine, tokens }: Authenticated) -> Self {
        Self::new(engine, tokens)
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source").field("provider", &self.engine.key()).finish_non_exhaustive()
    }
}
