//! A browser that is logged in, as the filter hands it on: in the extensions of the request.

use std::sync::Arc;

use http::Extensions;

use crate::engine::{Engine, ProviderKey};
use crate::token::Tokens;

/// The tokens of one provider, and the engine that they are used with.
#[derive(Clone, Debug)]
pub(crate) struct Authenticated {
    pub(crate) engine: Arc<Engine>,
    pub(crate) tokens: Arc<Tokens>,
}

impl Authenticated {
    pub(crate) fn new(engine: Arc<Engine>, tokens: Arc<Tokens>) -> Self {
        Self { engine, tokens }
    }
}

/// What the filters that a request has passed found, each for its provider: they may stand one in another.
#[derive(Clone, Debug, Default)]
pub(crate) struct Findings(Vec<Finding>);

#[derive(Clone, Debug)]
struct Finding {
    engine: Arc<Engine>,
    tokens: Option<Arc<Tokens>>,
}

impl Findings {
    /// Notes what the filter of a provider found: a session, or nobody.
    pub(crate) fn note(
        extensions: &mut Extensions,
        engine: &Arc<Engine>,
        tokens: Option<Arc<Tokens>>,
    ) {
        let Self(findings) = extensions.get_or_insert_default();
        findings.retain(|finding| finding.engine.provider != engine.provider);
        findings.push(Finding { engine: Arc::clone(engine), tokens });
    }

    /// What the filter of this provider found; an error if none has seen the request.
    pub(crate) fn of(
        extensions: &Extensions,
        key: &ProviderKey,
    ) -> Result<Option<Authenticated>, NoFilter> {
        let Finding { engine, tokens } = Self::finding(extensions, key)?;
        let session = tokens.as_ref().map(|tokens| (Arc::clone(engine), Arc::clone(tokens)));
        Ok(session.map(|(engine, tokens)| Authenticated::new(engine, tokens)))
    }

    /// Which provider is meant by who knows its type alone: the one that has no name.
    #[cfg(feature = "axum")]
    pub(crate) fn unnamed(
        extensions: &Extensions,
        provider: std::any::TypeId,
    ) -> Result<ProviderKey, Unfound> {
        let Self(findings) = extensions.get().ok_or(NoFilter)?;
        let keys = findings.iter().map(|finding| &finding.engine.provider);
        let mut unnamed = keys.filter(|key| key.provider == provider && !key.is_named);
        match (unnamed.next(), unnamed.next()) {
            (Some(key), None) => Ok(key.clone()),
            (None, _) => Err(NoFilter.into()),
            (Some(_), Some(_)) => Err(Unfound::Ambiguous),
        }
    }

    /// Where a browser logs in with this provider.
    #[cfg(feature = "axum")]
    pub(crate) fn login_url(
        extensions: &Extensions,
        key: &ProviderKey,
    ) -> Result<String, NoFilter> {
        Ok(Self::finding(extensions, key)?.engine.login_url(None))
    }

    fn finding<'e>(extensions: &'e Extensions, key: &ProviderKey) -> Result<&'e Finding, NoFilter> {
        let Self(findings) = extensions.get().ok_or(NoFilter)?;
        findings.iter().find(|finding| finding.engine.provider == *key).ok_or(NoFilter)
    }
}

/// Why a type alone finds no provider.
#[cfg(feature = "axum")]
pub(crate) enum Unfound {
    NoFilter(NoFilter),
    /// Two providers of the type stand before the handler, and neither has a name.
    Ambiguous,
}

#[cfg(feature = "axum")]
impl From<NoFilter> for Unfound {
    fn from(error: NoFilter) -> Self {
        Self::NoFilter(error)
    }
}

/// No filter of the provider stands before the handler: nobody has looked who the browser is.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("no filter of this provider stands before the handler; add `.layer(oauth.filter())`")]
pub struct NoFilter;
