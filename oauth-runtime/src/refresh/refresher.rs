//! The sequence, in one function downwards.

use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::watch;
use tracing::field::Empty;
use tracing::{Instrument as _, Span, debug, error, info_span, warn};

use crate::clock::Clock;
use crate::error::{TokenError, causes};
use crate::error_response::ErrorCode;
use crate::grant::answer::Grant;
use crate::grant::{refresh_token, revocation, token_endpoint};
use crate::http_client::HttpClient;
use crate::instance::Instance;
use crate::oidc::discovery;
use crate::oidc::peer::Peer;
use crate::refresh::accounts::Accounts;
use crate::refresh::continued::continued;
use crate::refresh::flights::{Answer, Boarding, Flight, Flights, Landing, Newest, Outcome};
use crate::refresh::guard::{Guard, Turn};
use crate::refresh::hold::{Committed, Unsettled};
use crate::refresh::window::is_due;
use crate::registration::Registration;
use crate::store::StoreError;
use crate::token::{RefreshToken, TokenResponse, Tokens};

/// Renews the tokens of one provider.
pub(crate) struct Refresher {
    pub(crate) registration: Arc<Registration>,
    pub(crate) http_client: Arc<dyn HttpClient>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) flights: Arc<Flights>,
    pub(crate) guard: Guard,
    pub(crate) accounts: Option<Accounts>,
    /// How many renewals are under way, or have something to do yet.
    pub(crate) flying: watch::Sender<usize>,
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
        let known = self.flights.arrive(held, self.clock.now());
        self.stand(successor(Arc::clone(held), known)).await
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
        let known = self.flights.newest(held, self.clock.now());
        successor(Arc::clone(held), known)
    }

    /// A number that is the same as before while nobody's tokens are renewed and no session ends in this process.
    pub(crate) fn changes(&self) -> u64 {
        self.flights.changes()
    }

    /// A login brings tokens: whatever was known of their refresh token, it is good now.
    pub(crate) fn welcome(&self, tokens: &Tokens) {
        if let Some(token) = tokens.refresh_token() {
            self.flights.revive(token);
        }
    }

    /// Keeps the tokens of a login for the account that the application named.
    pub(crate) async fn keep(&self, tokens: &Tokens) -> Result<(), StoreError> {
        match &self.accounts {
            Some(accounts) => accounts.insert(self.instance(), tokens).await,
            None => Ok(()),
        }
    }

    /// A login has succeeded: it replaces the session that the browser had.
    pub(crate) async fn begin_session(&self, before: Option<Tokens>, tokens: &Tokens) {
        match before.map(Arc::new) {
            // A provider that keeps its refresh tokens gives the same again: the session ends, the token does not.
            Some(before) if before.refresh_token() == tokens.refresh_token() => {
                self.flights.end_login(before.login, self.clock.now());
            }
            // A refresh of the session before must not land in this one.
            Some(before) => {
                self.end(&before, false).await;
            }
            None => {}
        }
    }

    /// The tokens that are kept for an account.
    pub(crate) async fn account(&self, account: &str) -> Result<Option<Arc<Tokens>>, StoreError> {
        match &self.accounts {
            Some(accounts) => accounts.get(self.instance(), account).await,
            None => Ok(None),
        }
    }

    /// Ends the session of these tokens: what is in flight brings it back no more. The account goes on with them, if they
    /// are kept for one, unless it is disconnected too. Returns the newest tokens that there were.
    ///
    /// A store that is down keeps nobody logged in: this process knows of the end, and the others do when they come to renew
    /// what the browser had.
    pub(crate) async fn end(&self, tokens: &Arc<Tokens>, disconnect: bool) -> Arc<Tokens> {
        let now = self.clock.now();
        self.flights.end_login(tokens.login, now);
        let kept = match &self.accounts {
            Some(accounts) => accounts.of_one_login(self.instance(), tokens, disconnect).await,
            None => Ok(None),
        };
        let kept = match kept {
            Ok(kept) => kept,
            Err(error) => {
                warn!(
                    causes = causes(&error),
                    "it is not known whether an account has these tokens"
                );
                // It may go on with them.
                tokens.account().map(|_| Arc::clone(tokens))
            }
        };
        if let Some(kept) = kept.as_ref().filter(|_| !disconnect) {
            return Arc::clone(kept);
        }
        let buried = self.flights.bury(tokens, now);
        let newest = match kept {
            Some(kept) if kept.is_later_than(&buried) => self.flights.bury(&kept, now),
            _ => buried,
        };
        let newest = self.guard.newest_given(newest);
        self.guard.end(&newest).await.unwrap_or_else(|error| {
            warn!(causes = causes(&error), "the other processes do not hear of a logout");
            newest
        })
    }

    /// Whether the session of these tokens has ended.
    pub(crate) fn has_ended(&self, tokens: &Tokens) -> bool {
        self.flights.has_ended(tokens.login, self.clock.now())
    }

    /// Waits until nothing is under way.
    pub(crate) async fn drain(&self) {
        // The sender is here: it is not gone before.
        let _ = self.flying.subscribe().wait_for(|flying| *flying == 0).await;
    }

    /// The refresh token of tokens that should be renewed although they are valid; none where that would be refused.
    fn due<'t>(&self, tokens: &'t Tokens) -> Option<&'t RefreshToken> {
        if self.registration.declaration.dialect.refresh_when_expired {
            return None;
        }
        let token = tokens.refresh_token()?;
        let now = self.clock.now();
        (is_due(tokens, 0, now) && is_due(tokens, self.flights.share(token), now)).then_some(token)
    }

    async fn renew(self: &Arc<Self>, held: &Arc<Tokens>) -> Standing {
        let mut tokens = Arc::clone(held);
        for _ in 0..MOST_FOUND {
            let Some(token) = tokens.refresh_token() else { return Standing::Ended };
            let outcome = match self.begin(&tokens, token) {
                Begun::Landed(outcome) => Some(outcome),
                Begun::NoRuntime => return Standing::NoRuntime,
                Begun::UnderWay(mut landing) => {
                    landing.wait_for(Option::is_some).await.ok().and_then(|outcome| outcome.clone())
                }
            };
            let answer = match outcome {
                Some(Outcome::Refreshed(answer)) => answer,
                Some(Outcome::Rejected) => return Standing::Ended,
                Some(Outcome::Transient { retry_after }) => {
                    return Standing::Unavailable { retry_after };
                }
                None => break,
            };
            tokens = Arc::new(answer.renew(&tokens));
            // What another process was given long ago may have to be renewed itself.
            if !(answer.is_found && tokens.is_expired(self.clock.now())) {
                return Standing::Good(tokens);
            }
        }
        Standing::Unavailable { retry_after: Duration::from_secs(1) }
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
                let (refresher, tokens) = (Arc::clone(self), Arc::clone(tokens));
                let flying = Flying::of(self);
                let task = async move {
                    let _flying = flying;
                    refresher.fly(flight, tokens).await;
                };
                runtime.spawn(task.instrument(span));
                Begun::UnderWay(landing)
            }
        }
    }

    /// Renews tokens, and tells those who wait. What is overtaken by another process is looked at anew.
    async fn fly(self: Arc<Self>, flight: Flight, before: Arc<Tokens>) {
        let Some(token) = before.refresh_token() else { return };
        let mut attempt = self.attempt(token, &before).await;
        for _ in 1..MOST_ATTEMPTS {
            if matches!(attempt, Attempt::Overtaken) {
                attempt = self.attempt(token, &before).await;
            }
        }
        let now = self.clock.now();
        let outcome = match attempt {
            Attempt::Refreshed(answer, tokens) => {
                self.keep_renewed(&tokens).await;
                if flight.succeed(&Arc::new(answer)) {
                    "refreshed"
                } else {
                    self.end_late(&before, &tokens).await;
                    "logged_out"
                }
            }
            Attempt::Found(tokens) => {
                // Nobody is given them if the session has ended here, and they are another process's to give back.
                let _ = flight.succeed(&Arc::new(Answer::found(&tokens)));
                "found"
            }
            Attempt::LoggedOut(tokens) => {
                flight.reject(now);
                self.give_back(&before, &tokens).await;
                "logged_out"
            }
            Attempt::Rejected => {
                self.forget_rejected(&before).await;
                flight.reject(now);
                "rejected"
            }
            Attempt::Transient { wait } => {
                flight.postpone(wait, now);
                "transient"
            }
            Attempt::Unsettled(unsettled, tokens) => {
                error!(causes = causes(&unsettled.error), "a renewed token was not kept yet");
                flight.postpone(None, now);
                match unsettled.go_on(&tokens).await {
                    Some(Committed::Yes) if self.newest(&before).is_none() => {
                        self.end_late(&before, &tokens).await;
                    }
                    Some(Committed::Yes) => self.keep_renewed(&tokens).await,
                    Some(Committed::Ended) => self.give_back(&before, &tokens).await,
                    Some(Committed::Overtaken) | None => {}
                }
                "unsettled"
            }
            Attempt::Overtaken => {
                flight.postpone(None, now);
                "overtaken"
            }
        };
        Span::current().record("outcome", outcome);
    }

    /// The sequence: waits for its turn, presents the refresh token, once, and commits what came of it before anybody gets
    /// it.
    async fn attempt(&self, token: &RefreshToken, before: &Arc<Tokens>) -> Attempt {
        let mut hold = match self.guard.turn(before).await {
            Ok(Turn::Ours(hold)) => hold,
            Ok(Turn::Newer(tokens)) => return Attempt::Found(tokens),
            Ok(Turn::Ended) => return Attempt::Rejected,
            Ok(Turn::LoggedOut(tokens)) => return Attempt::LoggedOut(tokens),
            Ok(Turn::Later { retry_after }) => {
                return Attempt::Transient { wait: Some(retry_after) };
            }
            Err(error) => return Attempt::without_store(&error),
        };
        let (answer, tokens) = if let Some(tokens) = hold.unsettled() {
            (Answer::found(&tokens), tokens)
        } else {
            if !hold.is_sure().await {
                hold.release().await;
                return Attempt::Transient { wait: None };
            }
            match hold.during(self.present(token, before)).await {
                Ok(response) => {
                    let tokens = Arc::new(before.renewed(&response, self.clock.now()));
                    (Answer::new(response, &tokens), tokens)
                }
                Err(error) if is_rejection(&error) => {
                    debug!(causes = causes(&error), "the refresh token is good for nothing");
                    return match hold.reject().await {
                        Ok(Committed::Yes | Committed::Ended) => Attempt::Rejected,
                        Ok(Committed::Overtaken) => Attempt::Overtaken,
                        Err(error) => Attempt::without_store(&error),
                    };
                }
                Err(error) => {
                    let (code, causes) = (error.code(), causes(&error));
                    warn!(code, causes, "the token could not be renewed");
                    let wait = hold.postpone(before, error.retry_after()).await;
                    return Attempt::Transient { wait };
                }
            }
        };
        match hold.commit(&tokens).await {
            Ok(Committed::Yes) => Attempt::Refreshed(answer, tokens),
            Ok(Committed::Ended) => Attempt::LoggedOut(tokens),
            Ok(Committed::Overtaken) => Attempt::Overtaken,
            Err(unsettled) => Attempt::Unsettled(unsettled, tokens),
        }
    }

    async fn forget_rejected(&self, tokens: &Tokens) {
        if let Some(accounts) = &self.accounts
            && let Err(error) = accounts.reject(self.instance(), tokens).await
        {
            warn!(causes = causes(&error), "an account keeps a refresh token that is dead");
        }
    }

    /// The account's row is brought forward; where that fails, whoever comes with the older tokens is told by the guard.
    async fn keep_renewed(&self, tokens: &Tokens) {
        if let Some(accounts) = &self.accounts
            && let Err(error) = accounts.update(self.instance(), tokens).await
        {
            warn!(causes = causes(&error), "an account was not given its renewed tokens yet");
        }
    }

    fn instance(&self) -> &Instance {
        &self.registration.instance
    }

    async fn present(
        &self,
        token: &RefreshToken,
        before: &Tokens,
    ) -> Result<TokenResponse, TokenError> {
        let registration = &self.registration;
        let server = discovery::server(&self.peer()).await?;
        let request = refresh_token::request(registration, &server.refresh, token, before)?;
        let (http_client, now) = (&*self.http_client, self.clock.now());
        let grant = Grant::RefreshToken;
        let response = token_endpoint::send(http_client, registration, request, grant, now).await?;
        continued(&self.peer(), response, before, self.clock.now()).await
    }

    /// The provider, to be asked for what it publishes.
    pub(crate) fn peer(&self) -> Peer {
        Peer {
            registration: Arc::clone(&self.registration),
            http_client: Arc::clone(&self.http_client),
        }
    }

    /// The login has ended here while its tokens were being renewed: the store may not have heard of it.
    async fn end_late(&self, before: &Tokens, tokens: &Arc<Tokens>) {
        if let Err(error) = self.guard.end(tokens).await {
            warn!(causes = causes(&error), "the other processes do not hear of a logout");
        }
        self.give_back(before, tokens).await;
    }

    /// Nobody is logged in any more who could use these. A refresh token that the server has kept is whoever else's has it.
    async fn give_back(&self, before: &Tokens, tokens: &Tokens) {
        if tokens.refresh_token() == before.refresh_token() {
            return;
        }
        if let Err(error) = self.revoke(tokens).await {
            warn!("a token that came after the logout could not be revoked: {}", causes(&error));
        }
    }

    async fn revoke(&self, tokens: &Tokens) -> Result<(), TokenError> {
        let server = discovery::server(&self.peer()).await?;
        let Some(endpoint) = &server.revocation else { return Ok(()) };
        let request = revocation::request(&self.registration, endpoint, tokens)?;
        self.http_client.call(request).await?;
        Ok(())
    }
}

/// A renewal that is under way, until it is dropped.
struct Flying(watch::Sender<usize>);

impl Flying {
    fn of(refresher: &Refresher) -> Self {
        refresher.flying.send_modify(|flying| *flying += 1);
        Self(refresher.flying.clone())
    }
}

impl Drop for Flying {
    fn drop(&mut self) {
        self.0.send_modify(|flying| *flying -= 1);
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

/// What came of an attempt to renew tokens.
enum Attempt {
    /// They were, and everybody may have them.
    Refreshed(Answer, Arc<Tokens>),
    /// Another process has renewed them.
    Found(Arc<Tokens>),
    /// They were, and nobody is logged in any more who could use them.
    LoggedOut(Arc<Tokens>),
    /// The refresh token is dead.
    Rejected,
    /// It did not work now.
    Transient {
        /// When it is worth another try, if anybody said so.
        wait: Option<Duration>,
    },
    /// They were, and the store has not taken them: nobody is given them.
    Unsettled(Unsettled, Arc<Tokens>),
    /// Another process has gone on while this one did not hold the lease.
    Overtaken,
}

impl Attempt {
    /// Nothing is known for sure, so nobody is given anything, and nothing is forgotten.
    fn without_store(error: &StoreError) -> Self {
        error!(causes = causes(error), "the store was not there to renew a token with");
        Self::Transient { wait: None }
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
        // It brought another user's tokens, or somebody else's.
        TokenError::IdToken(_) | TokenError::Parameter { .. } => true,
        _ => false,
    }
}

/// How often a process that was overtaken looks anew.
const MOST_ATTEMPTS: usize = 3;

/// How many generations are taken from other processes one after another: each has been renewed by somebody meanwhile.
const MOST_FOUND: usize = 8;
