//! The sequence, in one function downwards.

use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Handle;
use tracing::field::Empty;
use tracing::{Instrument as _, Span, debug, info_span, warn};

use crate::clock::Clock;
use crate::error::{TokenError, causes};
use crate::error_response::ErrorCode;
use crate::grant::answer::Grant;
use crate::grant::{refresh_token, revocation, token_endpoint};
use crate::http_client::HttpClient;
use crate::oidc::discovery;
use crate::refresh::accounts::Accounts;
use crate::refresh::flights::{Answer, Boarding, Flight, Flights, Landing, Newest, Outcome};
use crate::refresh::window::is_due;
use crate::registration::Registration;
use crate::token::{RefreshToken, TokenResponse, Tokens};

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
    /// The tokens are expired, and there is no tokio runtime to renew them on.
    NoRuntime,
    /// The tokens are expired, and cannot be renewed now.
    Unavailable {
        /// When it is worth another try.
        retry_after: Duration,
    },
}

impl Refresher {
    /// The tokens to use instead of those that a caller holds, renewed if need be. While they are valid nobody
    /// waits.
    pub(crate) async fn standing(self: &Arc<Self>, held: &Arc<Tokens>) -> Standing {
        self.stand(self.newest(held)).await
    }

    /// As [`standing`](Self::standing), for somebody who comes with tokens from outside of this process.
    pub(crate) async fn standing_of_arrival(self: &Arc<Self>, held: &Arc<Tokens>) -> Standing {
        let now = self.clock.now();
        let kept = self.kept(held);
        let known = self.flights.arrive(held, now);
        let newest = match kept {
            Some(kept) => self.newest(&kept),
            None => successor(Arc::clone(held), known),
        };
        self.stand(newest).await
    }

    async fn stand(self: &Arc<Self>, newest: Option<Arc<Tokens>>) -> Standing {
        let Some(newest) = newest else { return Standing::Ended };
        if newest.is_expired(self.clock.now()) {
            return self.renew(&newest).await;
        }
        if let Some(token) = self.due(&newest) {
            // It lands for whoever comes after the expiry.
            let _ = self.begin(&newest, token);
        }
        Standing::Good(newest)
    }

    /// As [`standing`](Self::standing), but who is first waits for the renewal that is due: it may be gone before it
    /// lands. Tokens that are still valid serve if that fails.
    pub(crate) async fn standing_at_once(self: &Arc<Self>, held: &Arc<Tokens>) -> Standing {
        let Some(newest) = self.newest(held) else { return Standing::Ended };
        let expired = newest.is_expired(self.clock.now());
        if !expired && self.due(&newest).is_none() {
            return Standing::Good(newest);
        }
        match self.renew(&newest).await {
            Standing::Good(renewed) => Standing::Good(renewed),
            _ if !expired => Standing::Good(newest),
            standing => standing,
        }
    }

    /// Renews tokens that the provider did not take, although they look valid; unless that was done meanwhile.
    pub(crate) async fn replace(self: &Arc<Self>, refused: &Arc<Tokens>) -> Standing {
        let Some(newest) = self.newest(refused) else { return Standing::Ended };
        let other = newest.access_token() != refused.access_token();
        if other && !newest.is_expired(self.clock.now()) {
            return Standing::Good(newest);
        }
        self.renew(&newest).await
    }

    /// The newest tokens that came of these; `None` if their session has ended.
    pub(crate) fn newest(&self, held: &Arc<Tokens>) -> Option<Arc<Tokens>> {
        let held = self.kept(held).unwrap_or_else(|| Arc::clone(held));
        let known = self.flights.newest(&held, self.clock.now());
        successor(held, known)
    }

    /// A number that is the same as before while nobody's tokens are renewed and no session ends in this process.
    pub(crate) fn changes(&self) -> u64 {
        self.flights.changes()
    }

    /// What a background job made of the same login, long ago perhaps.
    fn kept(&self, held: &Tokens) -> Option<Arc<Tokens>> {
        let kept = self.accounts.as_ref()?.get(held.account()?)?;
        kept.is_later_than(held).then_some(kept)
    }

    /// A login brings tokens: whatever was known of their refresh token, it is good now.
    pub(crate) fn welcome(&self, tokens: &Tokens) {
        if let Some(token) = tokens.refresh_token() {
            self.flights.revive(token);
        }
    }

    /// A login has succeeded: it replaces the session that the browser had. Its tokens are kept for the account that
    /// the application named.
    pub(crate) fn begin_session(&self, before: Option<Tokens>, tokens: &Arc<Tokens>) {
        match before.map(Arc::new) {
            // A provider that keeps its refresh tokens gives the same again: the session ends, the token does not.
            Some(before) if before.refresh_token() == tokens.refresh_token() => {
                self.flights.end_login(before.login, self.clock.now());
            }
            // A refresh of the session before must not land in this one.
            Some(before) => {
                self.end(&before, false);
            }
            None => {}
        }
        if let Some(accounts) = &self.accounts {
            accounts.insert(tokens);
        }
    }

    /// The tokens that are kept for an account.
    pub(crate) fn account(&self, account: &str) -> Option<Arc<Tokens>> {
        self.accounts.as_ref()?.get(account)
    }

    /// Ends the session of these tokens in this process: what is in flight brings it back no more. The account goes
    /// on with them, if they are kept for one, unless it is disconnected too. Returns the newest tokens that there
    /// were.
    pub(crate) fn end(&self, tokens: &Arc<Tokens>, disconnect: bool) -> Arc<Tokens> {
        let now = self.clock.now();
        self.flights.end_login(tokens.login, now);
        let account = self.accounts.as_ref().zip(tokens.account());
        let kept = account
            .and_then(|(accounts, account)| accounts.of_one_login(account, tokens, disconnect));
        match kept {
            Some(kept) if !disconnect => kept,
            Some(kept) if kept.is_later_than(tokens) => {
                self.flights.bury(tokens, now);
                self.flights.bury(&kept, now)
            }
            _ => self.flights.bury(tokens, now),
        }
    }

    /// Whether the session of these tokens has ended.
    pub(crate) fn has_ended(&self, tokens: &Tokens) -> bool {
        self.flights.has_ended(tokens.login, self.clock.now())
    }

    /// Waits until nothing is under way.
    pub(crate) async fn drain(&self) {
        for mut landing in self.flights.under_way() {
            // An error says that the flight is gone: it is under way no more.
            let _ = landing.wait_for(Option::is_some).await;
        }
    }

    /// The refresh token of tokens that should be renewed although they are valid.
    fn due<'t>(&self, tokens: &'t Tokens) -> Option<&'t RefreshToken> {
        let token = tokens.refresh_token()?;
        let now = self.clock.now();
        (is_due(tokens, 0, now) && is_due(tokens, self.flights.share(token), now)).then_some(token)
    }

    async fn renew(self: &Arc<Self>, tokens: &Arc<Tokens>) -> Standing {
        let Some(token) = tokens.refresh_token() else { return Standing::Ended };
        let outcome = match self.begin(tokens, token) {
            Begun::Landed(outcome) => Some(outcome),
            Begun::NoRuntime => return Standing::NoRuntime,
            Begun::UnderWay(mut landing) => {
                landing.wait_for(Option::is_some).await.ok().and_then(|outcome| outcome.clone())
            }
        };
        match outcome {
            Some(Outcome::Refreshed(answer)) => {
                Standing::Good(Arc::new(tokens.renewed(&answer.response, answer.received_at)))
            }
            Some(Outcome::Rejected) => Standing::Ended,
            Some(Outcome::Transient { retry_after }) => Standing::Unavailable { retry_after },
            None => Standing::Unavailable { retry_after: Duration::from_secs(1) },
        }
    }

    /// Boards the flight of a refresh token; who leads it sends a task on its way, detached from every caller.
    fn begin(self: &Arc<Self>, tokens: &Arc<Tokens>, token: &RefreshToken) -> Begun {
        match self.flights.board(tokens, token, self.clock.now()) {
            Boarding::Landed(outcome) => Begun::Landed(outcome),
            Boarding::Joined(landing) => Begun::UnderWay(landing),
            Boarding::Leads(flight, landing) => {
                let Ok(runtime) = Handle::try_current() else { return Begun::NoRuntime };
                let provider = self.registration.instance.key();
                let span = info_span!("oauth.refresh", provider, outcome = Empty);
                let task = Arc::clone(self).fly(flight, Arc::clone(tokens));
                runtime.spawn(task.instrument(span));
                Begun::UnderWay(landing)
            }
        }
    }

    /// Presents the refresh token, once, and commits what came of it before anybody gets it.
    async fn fly(self: Arc<Self>, flight: Flight, before: Arc<Tokens>) {
        let Some(token) = before.refresh_token() else { return };
        let answer = self.present(token, &before).await;
        let now = self.clock.now();
        match answer {
            Ok(response) => {
                let answer = Arc::new(Answer { response, received_at: now });
                let tokens = Arc::new(before.renewed(&answer.response, now));
                if let Some(accounts) = &self.accounts {
                    accounts.update(&tokens);
                }
                if flight.succeed(&answer) {
                    Span::current().record("outcome", "refreshed");
                } else {
                    Span::current().record("outcome", "logged_out");
                    self.give_back(&tokens).await;
                }
            }
            Err(error) if is_rejection(&error) => {
                Span::current().record("outcome", "rejected");
                debug!(causes = causes(&error), "the refresh token is good for nothing");
                if let Some(accounts) = &self.accounts {
                    accounts.reject(&before);
                }
                flight.reject(now);
            }
            Err(error) => {
                Span::current().record("outcome", "transient");
                warn!(
                    code = error.code(),
                    causes = causes(&error),
                    "the token could not be renewed"
                );
                flight.postpone(error.retry_after(), now);
            }
        }
    }

    async fn present(
        &self,
        token: &RefreshToken,
        before: &Tokens,
    ) -> Result<TokenResponse, TokenError> {
        let registration = &self.registration;
        let server = discovery::server(registration, &*self.http_client).await?;
        let request = refresh_token::request(registration, &server.refresh, token, before)?;
        let (http_client, now) = (&*self.http_client, self.clock.now());
        token_endpoint::send(http_client, registration, request, Grant::RefreshToken, now).await
    }

    /// Nobody is logged in any more who could use these.
    async fn give_back(&self, tokens: &Tokens) {
        if let Err(error) = self.revoke(tokens).await {
            warn!("a token that came after the logout could not be revoked: {}", causes(&error));
        }
    }

    async fn revoke(&self, tokens: &Tokens) -> Result<(), TokenError> {
        let server = discovery::server(&self.registration, &*self.http_client).await?;
        let Some(endpoint) = &server.revocation else { return Ok(()) };
        let request = revocation::request(&self.registration, endpoint, tokens)?;
        self.http_client.call(request).await?;
        Ok(())
    }
}

/// The tokens to use, from those held and what is known of them.
fn successor(held: Arc<Tokens>, known: Newest) -> Option<Arc<Tokens>> {
    match known {
        Newest::Same => Some(held),
        Newest::Successor(tokens) => Some(tokens),
        Newest::Dead => None,
    }
}

/// How far a renewal is.
enum Begun {
    Landed(Outcome),
    NoRuntime,
    UnderWay(Landing),
}

/// Only what says that the refresh token itself is dead ends a session; and one that lacks what only a login brings is.
fn is_rejection(error: &TokenError) -> bool {
    match error {
        TokenError::Rejected { response, .. } => *response.code() == ErrorCode::InvalidGrant,
        TokenError::Parameter { .. } => true,
        _ => false,
    }
}
