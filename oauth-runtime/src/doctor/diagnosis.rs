//! What the doctor says: what to register, and what was found.

use std::fmt;

use crate::registration::Registration;

/// What is to be registered at a provider, and what was found of the rest: made by [`OAuth::doctor`](crate::OAuth::doctor),
/// shown by `println!("{diagnosis}")`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Diagnosis {
    name: String,
    key: String,
    console: Option<String>,
    service_documentation: Option<String>,
    setup: Vec<String>,
    redirect_uri: String,
    post_logout_redirect_uri: Option<String>,
    scopes: Vec<String>,
    findings: Vec<Finding>,
}

impl Diagnosis {
    pub(crate) fn new(of: &Registration, findings: Vec<Finding>) -> Self {
        let declaration = &of.declaration;
        let ends_sessions =
            declaration.end_session_endpoint.is_some() || declaration.is_discovered();
        let after_logout = of.redirect_uri.join(&of.after_logout).ok().filter(|_| ends_sessions);
        Self {
            name: declaration.name.to_string(),
            key: of.instance.key().to_owned(),
            console: of.console.clone(),
            service_documentation: of.service_documentation.clone(),
            setup: declaration.setup.iter().map(ToString::to_string).collect(),
            redirect_uri: of.redirect_uri.to_string(),
            post_logout_redirect_uri: after_logout.map(String::from),
            scopes: of.scopes.iter().map(ToString::to_string).collect(),
            findings,
        }
    }

    /// What was found, in the order in which it was looked at.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Whether nothing was found that keeps a login from working.
    #[must_use]
    pub fn is_well(&self) -> bool {
        self.findings.iter().all(|finding| finding.verdict != Verdict::Wrong)
    }
}

impl fmt::Display for Diagnosis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} (`{}`)", self.name, self.key)?;
        let mut line = |label: &str, value: &str| writeln!(f, "  {label:<14} {value}");
        if let Some(console) = &self.console {
            line("register at", console)?;
        }
        for (i, step) in self.setup.iter().enumerate() {
            line("", &format!("{}. {step}", i + 1))?;
        }
        line("redirect URI", &self.redirect_uri)?;
        if let Some(uri) = &self.post_logout_redirect_uri {
            line("after a logout", uri)?;
        }
        let scopes = self.scopes.join(" ");
        line("scopes", if scopes.is_empty() { "none" } else { &scopes })?;
        if let Some(documentation) = &self.service_documentation {
            line("described at", documentation)?;
        }
        self.findings.iter().try_for_each(|finding| writeln!(f, "  {finding}"))
    }
}

/// One thing that was looked at.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Finding {
    /// How it is.
    pub verdict: Verdict,
    /// What was looked at.
    pub subject: Subject,
    /// What is to be said of it, in words; never a secret.
    pub words: String,
}

/// How something is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Verdict {
    /// As it should be.
    Good,
    /// To be known, and right on a developer's machine or in a special case.
    Note,
    /// It keeps logins from working.
    Wrong,
}

/// What was looked at.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Subject {
    /// The application's identifier.
    ClientId,
    /// The application's secret, or its key.
    ClientSecret,
    /// This machine's clock beside the provider's.
    Clock,
    /// The cookies, as the application's address allows them.
    Cookies,
    /// Whether the provider answers.
    Server,
}

impl Finding {
    pub(crate) fn good(subject: Subject, words: String) -> Self {
        Self { verdict: Verdict::Good, subject, words }
    }

    pub(crate) fn note(subject: Subject, words: String) -> Self {
        Self { verdict: Verdict::Note, subject, words }
    }

    pub(crate) fn wrong(subject: Subject, words: String) -> Self {
        Self { verdict: Verdict::Wrong, subject, words }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = match self.verdict {
            Verdict::Good => "ok",
            Verdict::Note => "note",
            Verdict::Wrong => "WRONG",
        };
        let subject = match self.subject {
            Subject::ClientId => "client identifier",
            Subject::ClientSecret => "client secret",
            Subject::Clock => "clock",
            Subject::Cookies => "cookies",
            Subject::Server => "provider",
        };
        write!(f, "{verdict:<5} {subject}: {}", self.words)
    }
}
