//! By what two providers of one application could be taken for each other.

use std::fmt;

use crate::providers::any::AnyOAuth;

/// Providers that could be taken for each other, every pair at once: made by [`Providers::build`](crate::Providers::build).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ConfusedProviders {
    confusions: Vec<Confusion>,
}

impl ConfusedProviders {
    pub(crate) fn new(confusions: Vec<Confusion>) -> Self {
        Self { confusions }
    }

    /// What is shared that should not be, in the order of the providers.
    #[must_use]
    pub fn confusions(&self) -> &[Confusion] {
        &self.confusions
    }
}

impl fmt::Display for ConfusedProviders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("two providers could be taken for each other")?;
        self.confusions.iter().try_for_each(|confusion| write!(f, "\n  - {confusion}"))
    }
}

impl std::error::Error for ConfusedProviders {}

/// What two providers share, by their keys, and what mends it.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Confusion {
    /// The same client at the same server: an answer to one is good for the other.
    #[error(
        "`{first}` and `{second}` are the client `{client_id}` at `{server}`; register two clients, or mount it once"
    )]
    Client {
        /// The one that was there first.
        first: String,
        /// The other.
        second: String,
        /// The client identifier of both.
        client_id: String,
        /// The issuer, or the token endpoint where no issuer is known.
        server: String,
    },
    /// The cookies have the same names.
    #[error(
        "`{first}` is there twice, and so is the cookie `{cookie}`; call `.name(\"…\")` on one"
    )]
    Cookie {
        /// The key of both.
        first: String,
        /// The name of the cookie of a session.
        cookie: String,
    },
    /// A path of one is a path of the other.
    #[error(
        "`{first}` and `{second}` both answer at `{path}`; call `.redirect_uri(…)`, `.login_path(…)` or `.name(\"…\")` on one"
    )]
    Path {
        /// The one that was there first.
        first: String,
        /// The other.
        second: String,
        /// The path.
        path: String,
    },
}

/// All that is shared by any two.
pub(crate) fn confusions<'a>(all: impl Iterator<Item = &'a AnyOAuth>) -> Vec<Confusion> {
    let all: Vec<&AnyOAuth> = all.collect();
    let mut found = Vec::new();
    for (i, second) in all.iter().enumerate() {
        found.extend(own_paths(second));
        for first in &all[..i] {
            found.extend(shared_paths(first, second));
            found.extend(shared_cookie(first, second));
            found.extend(shared_client(first, second));
        }
    }
    found
}

fn paths(of: &AnyOAuth) -> [&str; 3] {
    [of.login_path(), of.callback_path(), of.logout_path()]
}

/// Where its redirect URI ends in `/logout`, one provider is in its own way.
fn own_paths(of: &AnyOAuth) -> Option<Confusion> {
    let path = of.logout_path();
    let twice = path == of.callback_path() || path == of.login_path();
    let (first, second) = (of.key().to_owned(), of.key().to_owned());
    twice.then(|| Confusion::Path { first, second, path: path.to_owned() })
}

fn shared_paths(first: &AnyOAuth, second: &AnyOAuth) -> Vec<Confusion> {
    let shared = paths(second).into_iter().filter(|path| paths(first).contains(path));
    let confusion = |path: &str| Confusion::Path {
        first: first.key().to_owned(),
        second: second.key().to_owned(),
        path: path.to_owned(),
    };
    shared.map(confusion).collect()
}

fn shared_cookie(first: &AnyOAuth, second: &AnyOAuth) -> Option<Confusion> {
    let cookie = first.instance().session_cookie();
    (cookie == second.instance().session_cookie())
        .then(|| Confusion::Cookie { first: first.key().to_owned(), cookie: cookie.to_owned() })
}

fn shared_client(first: &AnyOAuth, second: &AnyOAuth) -> Option<Confusion> {
    let of = |any: &AnyOAuth| {
        let registration = &any.engine().registration;
        (registration.server_name(), registration.client_id.clone())
    };
    let (server, client_id) = of(first);
    (of(second) == (server.clone(), client_id.clone())).then(|| Confusion::Client {
        first: first.key().to_owned(),
        second: second.key().to_owned(),
        client_id,
        server,
    })
}
