//! The sequence, in one function downwards.

use std::sync::Arc;

use tokio::runtime::Handle;
use tracing::field::Empty;
use tracing::{Instrument as _, Span, info_span, warn};

use crate::clock::Clock;
use crate::error::TokenError;
use crate::error_response::ErrorCode;
use crate::grant::{refresh_token, revocation, token_endpoint};
use crate::http_client::HttpClient;
use crate::refresh::accounts::Accounts;
use crate::refresh::flights::{Boarding, Flight, Flights, Newest, Outcome};
use crate::refresh::window::is_due;
use crate::registration::Registration;
use crate::token::{RefreshToken, Tokens};

/// Renews the tokens of one provider.
pub(crate) struct Refresher {
    pub(crate) registration: Arc<Registration>,
    pub(crate) http_client: Arc<dyn HttpClient>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) flights: Arc<Flights>,
    pub(crate) accounts: Option<Accounts>,
}

/// What a caller may do with the tokens that it holds.
#[derive(Debug)]
pub(crate) enum Standing {
    /// Use these: the newest that there are, and valid.
    Good(Arc<Tokens>),
    /// The user must log in again.
    Ended,
    /// The tokens are expired, and cannot be renewed now.
    Unavailable {
        /// When it is worth another try.
        retry_after: std::time::Duration,
    },
}

impl Refresher {
    /// The tokens to use instead of those that a caller holds, renewed if need be. While they are valid nobody
    /// waits.
    pub(crate) async fn standing(self: &Arc<Self>, held: &Arc<Tokens>) -> Standing {
        let now = self.clock.now();
        let Some(newest) = self.newest(held) else { return Standing::Ended };
        match newest.refresh_token() {
            Some(token) if newest.is_expired(now) => self.renew(&newest, token).await,
            None if newest.is_expired(now) => Standing::Ended,
            Some(token) => {
                if is_due(&newest, self.flights.share(token), now) {
                    // It lands for whoever comes after the expiry.
                    let _ = self.begin(&newest, token);
                }
                Standing::Good(newest)
            }
            None => Standing::Good(newest),
        }
    }

    /// Renews tokens that the provider did not take, although they look valid; unless that was done meanwhile.
    pub(crate) async fn replace(self: &Arc<Self>, refused: &Arc<Tokens>) -> Standing {
        match (self.newest(refused), refused.refresh_token()) {
            (None, _) | (_, None) => Standing::Ended,
            (Some(newest), Some(_)) if newest.access_token() != refused.access_token() => {
                Standing::Good(newest)
            }
            (Some(_), Some(token)) => self.renew(refused, token).await,
        }
    }

    /// The newest tokens that came of these; `None` if their session has ended.
    pub(crate) fn newest(&self, held: &Arc<Tokens>) -> Option<Arc<Tokens>> {
        let held = self.kept(held).unwrap_or_else(|| Arc::clone(held));
        let Some(token) = held.refresh_token() else { return Some(held) };
        match self.flights.newest(token, self.clock.now()) {
            Newest::Same => Some(held),
            Newest::Successor(tokens) => Some(tokens),
            Newest::Dead => None,
        }
    }

    /// What a background job made of the same login, long ago perhaps.
    fn kept(&self, held: &Tokens) -> Option<Arc<Tokens>> {
        let kept = self.accounts.as_ref()?.get(held.account()?)?;
        (kept.is_of_one_login(held) && kept.received_at() > held.received_at()).then_some(kept)
    }

    /// Keeps the tokens of a login for the account that the application named.
    pub(crate) fn begin_account(&self, tokens: Tokens) {
        if let Some(accounts) = &self.accounts {
            accounts.insert(&Arc::new(tokens));
        }
    }

    /// The tokens that are kept for an account.
    pub(crate) fn account(&self, account: &str) -> Option<Arc<Tokens>> {
        self.accounts.as_ref()?.get(account)
    }

    /// Ends the session of these tokens in this process: what is in flight brings it back no more. The account goes
    /// on with them, if they are kept for one, unless it is disconnected too.
    pub(crate) fn end(&self, tokens: &Tokens, disconnect: bool) {
        let now = self.clock.now();
        self.flights.end_login(tokens.login, now);
        let account = self.accounts.as_ref().zip(tokens.account());
        match account.filter(|(accounts, account)| {
            accounts.get(account).is_some_and(|kept| kept.is_of_one_login(tokens))
        }) {
            Some((accounts, account)) if disconnect => accounts.forget(account),
            Some(_) => return,
            None => {}
        }
        if let Some(token) = tokens.refresh_token() {
            self.flights.bury(token, now);
        }
    }

    /// Whether the session of these tokens has ended.
    pub(crate) fn has_ended(&self, tokens: &Tokens) -> bool {
        self.flights.has_ended(tokens.login, self.clock.now())
    }

    async fn renew(self: &Arc<Self>, tokens: &Arc<Tokens>, token: &RefreshToken) -> Standing {
        let outcome = match self.begin(tokens, token) {
            Ok(mut landing) => match landing.wait_for(Option::is_some).await {
                Ok(outcome) => outcome.clone(),
                Err(_) => None,
            },
            Err(outcome) => Some(outcome),
        };
        match outcome {
            Some(Outcome::Refreshed(tokens)) => Standing::Good(tokens),
            Some(Outcome::Rejected) => Standing::Ended,
            Some(Outcome::Transient { retry_after }) => Standing::Unavailable { retry_after },
            None => Standing::Unavailable { retry_after: std::time::Duration::from_secs(1) },
        }
    }

    /// Boards the flight of a refresh token; who leads it sends a task on its way, detached from every caller.
    fn begin(
        self: &Arc<Self>,
        tokens: &Arc<Tokens>,
        token: &RefreshToken,
    ) -> Result<tokio::sync::watch::Receiver<Option<Outcome>>, Outcome> {
        match self.flights.board(tokens.access_token(), token, self.clock.now()) {
            Boarding::Landed(outcome) => Err(outcome),
            Boarding::Joined(landing) => Ok(landing),
            Boarding::Leads(flight, landing) => {
                match Handle::try_current() {
                    Ok(runtime) => {
                        let span = info_span!(
                            "oauth.refresh",
                            provider = self.registration.instance.key(),
                            outcome = Empty
                        );
                        let task = Arc::clone(self).fly(flight, Arc::clone(tokens));
                        runtime.spawn(task.instrument(span));
                    }
                    Err(_) => warn!("tokens are renewed on a tokio runtime, and there is none"),
                }
                Ok(landing)
            }
        }
    }

    /// Presents the refresh token, once, and commits what came of it before anybody gets it.
    async fn fly(self: Arc<Self>, flight: Flight, before: Arc<Tokens>) {
        let Some(token) = before.refresh_token() else { return };
        let request = refresh_token::request(&self.registration, token);
        let answer = token_endpoint::send(&*self.http_client, request, self.clock.now()).await;
        let now = self.clock.now();
        match answer {
            Ok(response) => {
                Span::current().record("outcome", "refreshed");
                let tokens = Arc::new(before.renewed(response, now));
                if let Some(accounts) = &self.accounts {
                    accounts.update(&tokens);
                }
                if !flight.succeed(&tokens, now) {
                    Span::current().record("outcome", "logged_out");
                    self.give_back(&tokens).await;
                }
            }
            Err(error) if is_rejection(&error) => {
                Span::current().record("outcome", "rejected");
                flight.reject(now);
            }
            Err(error) => {
                Span::current().record("outcome", "transient");
                warn!(code = error.code(), "the token could not be renewed: {error}");
                flight.postpone(error.retry_after(), now);
            }
        }
    }

    /// Nobody is logged in any more who could use these.
    async fn give_back(&self, tokens: &Tokens) {
        if let Some(request) = revocation::request(&self.registration, tokens)
            && let Err(error) = self.http_client.call(request).await
        {
            warn!("a token that came after the logout could not be revoked: {error}");
        }
    }
}

/// Only what says that the refresh token itself is dead ends a session.
fn is_rejection(error: &TokenError) -> bool {
    matches!(error, TokenError::Rejected { response, .. } if *response.code() == ErrorCode::InvalidGrant)
}
