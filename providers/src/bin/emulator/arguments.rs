//! What the program can be told on its command line.

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser};
use oauth_providers::{Emulator, IdTokenFault, SigningAlgorithm};

use crate::duration::{self, Seconds};
use crate::fault::{self, Fault};
use crate::placeholder::Setting;

/// Stands in for OAuth 2.0 providers, for an application in any language.
///
/// It answers as the provider's declaration says, and checks what a strict server checks. Nothing is registered, and nothing
/// real is called. It prints the addresses to configure, and has a page with them.
#[derive(Debug, Parser)]
#[command(name = "emulator", version, after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Whom to stand in for, by slug: `github`. One is found at the server's own address, several under their slugs
    #[arg(value_name = "PROVIDER")]
    pub(crate) providers: Vec<String>,

    /// Stand in for every provider of the catalogue
    #[arg(long, conflicts_with = "providers")]
    pub(crate) all: bool,

    /// Print the slugs and names of the catalogue, and end
    #[arg(long)]
    pub(crate) list: bool,

    /// A provider of your own: a declaration in JSON or TOML
    #[arg(long, value_name = "FILE")]
    pub(crate) declaration: Vec<PathBuf>,

    /// The value of a placeholder: `domain=acme.example`, or `auth0.domain=acme.example` where several have it. Each has a
    /// value to start with
    #[arg(long, value_name = "[SLUG.]NAME=VALUE")]
    pub(crate) set: Vec<Setting>,

    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:4000")]
    pub(crate) addr: String,

    /// Where applications and browsers find it, if that is not where it listens: `http://emulator:4000`
    #[arg(long, value_name = "URL", value_parser = base_url)]
    pub(crate) url: Option<String>,

    #[command(flatten)]
    pub(crate) behaviour: Behaviour,
}

/// What every provider is told.
#[derive(Args, Debug)]
pub(crate) struct Behaviour {
    /// The client that is registered
    #[arg(long, value_name = "ID", default_value = Emulator::CLIENT_ID, help_heading = CLIENT)]
    pub(crate) client_id: String,

    /// Its secret
    #[arg(long, value_name = "SECRET", default_value = Emulator::CLIENT_SECRET, help_heading = CLIENT)]
    pub(crate) client_secret: String,

    /// Its public key, as a JSON Web Key: where the client signs, as for Apple
    #[arg(long, value_name = "FILE", help_heading = CLIENT)]
    pub(crate) client_jwk: Option<PathBuf>,

    /// Who can log in: `[{ "subject": "1815", "name": "Ada Lovelace", "email": "ada@users.example", "email_verified": true,
    /// "picture": "https://…", "members": { "login": "ada" } }]`. Only `subject` is needed; `members` is what else is
    /// answered to who asks who the user is
    #[arg(long, value_name = "FILE", help_heading = LOGINS)]
    pub(crate) users: Option<PathBuf>,

    /// Ask a person who they are and whether they agree; so unless told otherwise
    #[arg(long, overrides_with = "no_consent", help_heading = LOGINS)]
    pub(crate) consent: bool,

    /// Grant every login at once, as the first user
    #[arg(long, overrides_with = "consent", help_heading = LOGINS)]
    pub(crate) no_consent: bool,

    /// Decline every login
    #[arg(long, help_heading = LOGINS)]
    pub(crate) deny: bool,

    /// Take no login that does not begin with a pushed request (RFC 9126)
    #[arg(long, help_heading = LOGINS)]
    pub(crate) require_pushed_requests: bool,

    /// Name this issuer in every callback: the mix-up of RFC 9207
    #[arg(long, value_name = "URL", help_heading = LOGINS)]
    pub(crate) issuer_in_callback: Option<String>,

    /// The tenant of the users, where the provider has tenants
    #[arg(long, value_name = "ID", help_heading = LOGINS)]
    pub(crate) tenant: Option<String>,

    /// How long an access token lives: `5` or `5s`, `10m`, `1h`; an hour unless told otherwise
    #[arg(long, value_name = "TIME", value_parser = duration::seconds, help_heading = TOKENS)]
    pub(crate) expire_in: Option<Seconds>,

    /// Say nothing of how long an access token lives
    #[arg(long, conflicts_with = "expire_in", help_heading = TOKENS)]
    pub(crate) omit_expires_in: bool,

    /// Give another refresh token with each refresh; the one before is consumed
    #[arg(long, help_heading = TOKENS)]
    pub(crate) rotate: bool,

    /// Name no refresh token in the answer to a refresh: the old one stays good
    #[arg(long, conflicts_with = "rotate", help_heading = TOKENS)]
    pub(crate) omit_refresh_token: bool,

    /// Take a consumed refresh token that comes again for stolen, and revoke all that came of its code
    #[arg(long, requires = "rotate", help_heading = TOKENS)]
    pub(crate) revoke_family_on_reuse: bool,

    /// How tokens are signed: `RS256` unless told otherwise
    #[arg(long, value_name = "ALG", value_parser = algorithm, help_heading = TOKENS)]
    pub(crate) signing_algorithm: Option<SigningAlgorithm>,

    /// Sign the answers of the userinfo endpoint
    #[arg(long, help_heading = TOKENS)]
    pub(crate) sign_userinfo: bool,

    /// Give no ID token with a refresh
    #[arg(long, help_heading = TOKENS)]
    pub(crate) omit_refreshed_id_token: bool,

    /// Make this mistake in every ID token: `wrong-issuer`, `expired`, `bad-signature`; a wrong word lists them all
    #[arg(long, value_name = "FAULT", value_parser = fault::of_id_token, help_heading = FAULTS)]
    pub(crate) id_token_fault: Option<IdTokenFault>,

    /// Answer with a status and nothing else: every request, `token:503`, or the next two, `token:503:2`
    #[arg(long, value_name = "ENDPOINT:STATUS[:TIMES]", value_parser = fault::fail, help_heading = FAULTS, action = ArgAction::Append)]
    pub(crate) fail: Vec<Fault>,

    /// Keep the answer back: `token:2s`, `api:500ms:1`
    #[arg(long, value_name = "ENDPOINT:TIME[:TIMES]", value_parser = fault::slow, help_heading = FAULTS, action = ArgAction::Append)]
    pub(crate) slow: Vec<Fault>,

    /// Break the connection before the request is read: `token`, `token:1`
    #[arg(long, value_name = "ENDPOINT[:TIMES]", value_parser = fault::lose_request, help_heading = FAULTS, action = ArgAction::Append)]
    pub(crate) lose_request: Vec<Fault>,

    /// Break the connection after the server has acted: `token`, `token:1`
    #[arg(long, value_name = "ENDPOINT[:TIMES]", value_parser = fault::lose_answer, help_heading = FAULTS, action = ArgAction::Append)]
    pub(crate) lose_answer: Vec<Fault>,
}

fn algorithm(name: &str) -> Result<SigningAlgorithm, String> {
    SigningAlgorithm::from_name(name).ok_or_else(|| {
        let known: Vec<_> = SigningAlgorithm::ALL.iter().map(|it| it.as_str()).collect();
        format!("expected one of {}", known.join(", "))
    })
}

/// A base without a slash at its end.
fn base_url(text: &str) -> Result<String, String> {
    let url = url::Url::parse(text).map_err(|error| error.to_string())?;
    let is_plain = url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    match url.scheme() {
        "http" | "https" if is_plain => Ok(url.as_str().trim_end_matches('/').to_owned()),
        _ => Err("expected `http://host:port` or `https://host`".to_owned()),
    }
}

const CLIENT: &str = "The application";
const LOGINS: &str = "Logins";
const TOKENS: &str = "Tokens";
const FAULTS: &str = "Faults (each may be given several times, for several endpoints)";

const EXAMPLES: &str = "\
Endpoints are authorization, pushed-authorization, token, refresh, revocation, userinfo, emails, jwks, end-session, metadata \
and api.

Examples:
  emulator github --expire-in 5
      GitHub, with access tokens that live for five seconds.
  emulator --all --no-consent --fail token:503:2
      Every provider; nobody is asked, and the first two requests for a token fail at each.";

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &str) -> Result<Arguments, String> {
        let words = std::iter::once("emulator").chain(words.split_whitespace());
        Arguments::try_parse_from(words).map_err(|error| error.to_string())
    }

    #[test]
    fn the_definition_is_sound() {
        <Arguments as clap::CommandFactory>::command().debug_assert();
    }

    #[test]
    fn what_is_not_said_is_as_a_person_would_have_it() {
        let arguments = read("github").unwrap();

        assert_eq!(arguments.providers, ["github"]);
        assert_eq!(arguments.addr, "127.0.0.1:4000");
        assert_eq!(arguments.behaviour.client_id, "emulator-client");
        assert!(!arguments.behaviour.no_consent && arguments.behaviour.expire_in.is_none());
    }

    #[test]
    fn of_two_words_about_consent_the_last_one_counts() {
        assert!(!read("github --no-consent --consent").unwrap().behaviour.no_consent);
        assert!(read("github --consent --no-consent").unwrap().behaviour.no_consent);
    }

    #[test]
    fn what_does_not_go_together_is_refused() {
        for words in [
            "github --all",
            "github --rotate --omit-refresh-token",
            "github --revoke-family-on-reuse",
            "github --expire-in 5 --omit-expires-in",
            "github --signing-algorithm none",
            "github --url ftp://a.example",
            "github --url http://a.example/?x",
        ] {
            assert!(read(words).is_err(), "{words}");
        }
    }

    #[test]
    fn a_base_has_no_slash_at_its_end() {
        let arguments = read("github --url http://emulator:4000/").unwrap();

        assert_eq!(arguments.url.as_deref(), Some("http://emulator:4000"));
    }

    #[test]
    fn an_algorithm_that_nobody_knows_lists_the_others() {
        let error = read("github --signing-algorithm rs256").unwrap_err();

        assert!(error.contains("expected one of RS256, RS384"), "{error}");
    }
}
