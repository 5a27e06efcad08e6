//! What every stand-in is told, read and checked.

use std::path::Path;
use std::time::Duration;

use oauth_providers::{Emulator, Endpoint};

use crate::Failure;
use crate::arguments::Behaviour;
use crate::endpoint;
use crate::fault::{self, Fault};
use crate::file;
use crate::users::Person;

/// What the arguments say, with the files that they name.
#[derive(Debug)]
pub(crate) struct Told<'a> {
    arguments: &'a Behaviour,
    pub(crate) people: Vec<Person>,
    client_jwk: Option<String>,
}

impl Behaviour {
    /// Reads the files, and refuses what cannot be.
    pub(crate) fn read(&self) -> Result<Told<'_>, Failure> {
        let people = match &self.users {
            Some(path) => Person::read(path)?,
            None => Person::everybody(),
        };
        let client_jwk = self.client_jwk.as_deref().map(client_jwk).transpose()?;
        let lasting: Vec<_> = self.faults().filter(|fault| fault.is_lasting()).collect();
        for (index, fault) in lasting.iter().enumerate() {
            if let Some(other) = lasting[..index].iter().find(|it| it.endpoint == fault.endpoint) {
                return Err(format!("{other}, and {fault}: only one of them can be").into());
            }
        }
        Ok(Told { arguments: self, people, client_jwk })
    }

    /// In the order in which they happen where there are several at one endpoint.
    fn faults(&self) -> impl Iterator<Item = &Fault> {
        let lost = self.lose_request.iter().chain(&self.lose_answer);
        self.fail.iter().chain(lost).chain(&self.slow)
    }
}

impl Told<'_> {
    /// Has an emulator behave like that.
    pub(crate) fn tell(&self, emulator: Emulator) -> Emulator {
        let told = self.arguments;
        let people = self.people.iter().map(Person::user);
        let mut emulator = people.fold(emulator, Emulator::user);
        emulator = emulator.client(&told.client_id, &told.client_secret);
        if let Some(key) = &self.client_jwk {
            emulator = emulator.client_jwk(key);
        }
        if !told.no_consent {
            emulator = emulator.consent_page();
        }
        if told.require_pushed_requests {
            emulator = emulator.require_pushed_requests();
        }
        if let Some(tenant) = &told.tenant {
            emulator = emulator.tenant(tenant);
        }
        self.tell_faults(&emulator);
        self.tell_tokens(emulator)
    }

    fn tell_tokens(&self, mut emulator: Emulator) -> Emulator {
        let told = self.arguments;
        if let Some(seconds) = told.expire_in {
            emulator = emulator.expire_in(Duration::from_secs(seconds));
        }
        if told.omit_expires_in {
            emulator = emulator.omit_expires_in();
        }
        if told.rotate {
            emulator = emulator.rotate_refresh();
        }
        if told.omit_refresh_token {
            emulator = emulator.omit_refresh_token();
        }
        if told.revoke_family_on_reuse {
            emulator = emulator.revoke_family_on_reuse();
        }
        if let Some(algorithm) = told.signing_algorithm {
            emulator = emulator.signing_algorithm(algorithm);
        }
        if told.sign_userinfo {
            emulator = emulator.sign_userinfo();
        }
        if told.omit_refreshed_id_token {
            emulator = emulator.omit_refreshed_id_token();
        }
        emulator
    }

    fn tell_faults(&self, emulator: &Emulator) {
        let told = self.arguments;
        if told.deny {
            emulator.deny_all();
        }
        if let Some(issuer) = &told.issuer_in_callback {
            emulator.tamper_issuer(issuer);
        }
        if let Some(fault) = told.id_token_fault {
            emulator.tamper(fault);
        }
        for fault in told.faults() {
            fault.tell(emulator);
        }
    }

    /// Refuses a fault at an endpoint that nobody has: it would never be seen.
    pub(crate) fn check(&self, emulators: &[&Emulator]) -> Result<(), Failure> {
        for fault in self.arguments.faults() {
            if !emulators.iter().any(|it| it.url(fault.endpoint).is_some()) {
                let word = endpoint::word(fault.endpoint);
                let hint = match fault.endpoint {
                    Endpoint::Refresh => "; tokens are renewed at `token`",
                    _ => "",
                };
                return Err(format!("nobody who is served has the endpoint {word}{hint}").into());
            }
        }
        Ok(())
    }

    pub(crate) fn client_id(&self) -> &str {
        &self.arguments.client_id
    }

    pub(crate) fn client_secret(&self) -> &str {
        &self.arguments.client_secret
    }

    /// What is not as it would be at a provider, a clause each.
    pub(crate) fn notable(&self) -> Vec<String> {
        let told = self.arguments;
        let mut clauses = Vec::new();
        let mut say = |is_so: bool, clause: &str| clauses.extend(is_so.then(|| clause.to_owned()));
        say(told.deny, "every login is declined");
        say(told.no_consent && !told.deny, "every login is granted at once, as the first user");
        say(told.require_pushed_requests, "a login begins with a pushed request");
        say(told.omit_expires_in, "no answer says how long an access token lives");
        say(told.rotate, "a refresh token is good for one refresh");
        say(told.omit_refresh_token, "a refresh names no refresh token");
        say(told.revoke_family_on_reuse, "a refresh token that comes again ends the login");
        say(told.sign_userinfo, "the userinfo answer is signed");
        say(told.omit_refreshed_id_token, "a refresh brings no ID token");
        if let Some(seconds) = told.expire_in {
            clauses.push(format!("an access token lives for {seconds} s"));
        }
        if let Some(issuer) = &told.issuer_in_callback {
            clauses.push(format!("every callback names the issuer {issuer}"));
        }
        if let Some(fault) = told.id_token_fault {
            clauses.push(format!("every ID token has the fault {}", fault::name_of(fault)));
        }
        clauses.extend(told.faults().map(Fault::to_string));
        clauses
    }
}

/// A public key, as a JSON Web Key.
fn client_jwk(path: &Path) -> Result<String, Failure> {
    let key: serde_json::Value = file::json(path)?;
    let words = match (key["kty"].is_string(), key.get("d")) {
        (true, None) => return Ok(key.to_string()),
        (true, Some(_)) => "it is a private key; the emulator needs the public half alone",
        (false, _) => "expected a JSON Web Key: an object with a `kty`",
    };
    Err(format!("{}: {words}", path.display()).into())
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;
    use crate::arguments::Arguments;

    fn arguments(words: &str) -> Arguments {
        Arguments::parse_from(format!("emulator github {words}").split_whitespace())
    }

    fn refused(words: &str) -> String {
        arguments(words).behaviour.read().map(|_| ()).unwrap_err().to_string()
    }

    #[test]
    fn two_faults_of_all_requests_of_an_endpoint_are_refused() {
        assert_eq!(
            refused("--fail token:503 --slow token:2s"),
            "every request to token is answered 503, and every request to token waits 2s for its answer: \
             only one of them can be"
        );
        let few = arguments("--fail token:503:2 --slow token:2s --fail api:500");
        assert!(few.behaviour.read().is_ok());
    }

    #[test]
    fn a_fault_at_an_endpoint_that_nobody_has_is_refused() {
        let arguments = arguments("--fail refresh:503");
        let told = arguments.behaviour.read().unwrap();
        let github = told.tell(Emulator::of(oauth_providers::GitHub));

        let error = told.check(&[&github]).unwrap_err().to_string();

        assert_eq!(
            error,
            "nobody who is served has the endpoint refresh; tokens are renewed at `token`"
        );
    }

    #[test]
    fn what_is_notable_is_said() {
        let arguments = arguments("--no-consent --expire-in 5 --fail userinfo:500:1");
        let told = arguments.behaviour.read().unwrap();

        assert_eq!(
            told.notable(),
            [
                "every login is granted at once, as the first user",
                "an access token lives for 5 s",
                "the next request to userinfo is answered 500",
            ]
        );
    }

    #[test]
    fn a_key_of_the_client_is_a_public_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key.json");
        for (text, words) in [
            ("[]", "expected a JSON Web Key"),
            (r#"{ "kty": "EC", "d": "AA" }"#, "it is a private key"),
            ("nothing", "expected ident at line 1"),
        ] {
            std::fs::write(&path, text).unwrap();
            let error = refused(&format!("--client-jwk {}", path.display()));
            assert!(error.contains(words), "{error}");
        }
    }
}
