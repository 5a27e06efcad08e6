//! One provider in one application: what its cookies are called and what they are bound to.

/// Which provider of the application a persistence is asked about.
///
/// Two providers, or two instances of one provider with a `.name("…")` each, never share a cookie or a key
/// of a store.
#[derive(Clone, Debug)]
pub struct Instance {
    key: String,
    context: Vec<u8>,
    session_cookie: String,
    login_cookie_prefix: String,
    secure: bool,
}

impl Instance {
    /// `client` is a hash of who the client is and where its tokens go: two tenants of one provider type cannot
    /// open each other's cookies. `secure` says whether the application is reached by https, which decides the cookies' prefix.
    pub(crate) fn new(slug: &str, name: Option<&str>, client: &[u8; 32], secure: bool) -> Self {
        let key = Self::key_of(slug, name);
        let prefix = if secure { "__Host-" } else { "" };
        Self {
            context: [key.as_bytes(), b"\0", &client[..16]].concat(),
            session_cookie: format!("{prefix}oauth-{key}"),
            login_cookie_prefix: format!("{prefix}oauth-{key}.login."),
            key,
            secure,
        }
    }

    pub(crate) fn key_of(slug: &str, name: Option<&str>) -> String {
        name.map_or_else(|| slug.to_owned(), |name| format!("{slug}-{name}"))
    }

    /// A name for this provider in this application, `[a-z0-9_-]+`: part of a key in a store.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The name of the cookie that holds, or stands for, a session.
    #[must_use]
    pub fn session_cookie(&self) -> &str {
        &self.session_cookie
    }

    /// What the names of the cookies of logins under way begin with.
    #[must_use]
    pub fn login_cookie_prefix(&self) -> &str {
        &self.login_cookie_prefix
    }

    /// Whether the application is reached by https: its cookies are then `Secure`.
    #[must_use]
    pub fn secure(&self) -> bool {
        self.secure
    }

    /// What a sealed value is bound to, beside its purpose and name: the provider and the client.
    pub(crate) fn context(&self) -> &[u8] {
        &self.context
    }
}
