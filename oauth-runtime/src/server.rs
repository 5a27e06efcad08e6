//! The provider's server as our client sees it: known at `build()`, or asked of its issuer when somebody needs it.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::OnceCell;
use tokio::time::Instant;
use url::Url;

use crate::authorization_url::{AuthorizationQuery, AuthorizationUrl};
use crate::build_error::Fault;
use crate::endpoint::Relocation;
use crate::endpoints::Endpoints;
use crate::metadata::{Metadata, MetadataError};

/// Where everything is, moved to where the application's environment has it.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) authorization_url: AuthorizationUrl,
    pub(crate) token: Url,
    /// Where a refresh token is presented: the token endpoint, unless the dialect names another.
    pub(crate) refresh: Url,
    pub(crate) revocation: Option<Url>,
    pub(crate) userinfo: Option<Url>,
    pub(crate) emails: Option<Url>,
    /// It announces that every authorization response names the issuer.
    pub(crate) announces_issuer: bool,
}

impl Server {
    /// `None` if it is not known where a login begins, or where its code is exchanged.
    pub(crate) fn new(
        endpoints: Endpoints,
        relocation: &Relocation,
        query: &AuthorizationQuery,
    ) -> Option<Self> {
        let authorization = relocation.front_channel(endpoints.authorization?);
        let back_channel = |url| relocation.back_channel(url);
        Some(Self {
            authorization_url: AuthorizationUrl::new(authorization, query),
            refresh: back_channel(endpoints.refresh.or_else(|| endpoints.token.clone())?),
            token: back_channel(endpoints.token?),
            revocation: endpoints.revocation.map(back_channel),
            userinfo: endpoints.userinfo.map(back_channel),
            emails: endpoints.emails.map(back_channel),
            announces_issuer: endpoints.announces_issuer,
        })
    }
}

/// A server that is known, or that is asked for.
#[derive(Debug)]
pub(crate) enum ServerSource {
    Known(Arc<Server>),
    Discovered(Box<Discovered>),
}

impl ServerSource {
    /// A server whose endpoints are known, or an issuer to ask for them.
    pub(crate) fn new(
        endpoints: Endpoints,
        relocation: Relocation,
        query: AuthorizationQuery,
        issuer: Option<&str>,
    ) -> Result<Self, Fault> {
        if let Some(server) = Server::new(endpoints.clone(), &relocation, &query) {
            return Ok(Self::Known(Arc::new(server)));
        }
        let issuer = issuer.unwrap_or_default();
        let metadata = Url::parse(&Metadata::url(issuer)).map_err(|_| {
            let found = endpoints.authorization.as_ref().map_or_else(String::new, Url::to_string);
            Fault::Endpoint { endpoint: "token_endpoint", found }
        })?;
        Ok(Self::Discovered(Box::new(Discovered {
            issuer: issuer.to_owned(),
            metadata: relocation.back_channel(metadata),
            declared: endpoints,
            relocation,
            query,
            question: Mutex::default(),
        })))
    }
}

/// A server whose issuer says where it is.
#[derive(Debug)]
pub(crate) struct Discovered {
    pub(crate) issuer: String,
    /// Where the metadata are, moved.
    pub(crate) metadata: Url,
    pub(crate) declared: Endpoints,
    pub(crate) relocation: Relocation,
    pub(crate) query: AuthorizationQuery,
    /// The newest question: whoever comes while it is under way waits for its answer.
    question: Mutex<Arc<Question>>,
}

/// One question, and when it was answered how.
#[derive(Debug, Default)]
pub(crate) struct Question {
    pub(crate) answer: OnceCell<(Result<Arc<Server>, MetadataError>, Instant)>,
}

impl Discovered {
    /// The question to wait for. One that failed is asked again after a while.
    pub(crate) fn question(&self) -> Arc<Question> {
        // Nothing that can panic is done while the lock is held.
        let mut question = self.question.lock().unwrap_or_else(PoisonError::into_inner);
        let is_old =
            |(answer, at): &(Result<_, _>, Instant)| answer.is_err() && at.elapsed() >= PAUSE;
        if question.answer.get().is_some_and(is_old) {
            *question = Arc::default();
        }
        Arc::clone(&question)
    }
}

/// How long an issuer that failed is left alone.
const PAUSE: Duration = Duration::from_secs(1);
