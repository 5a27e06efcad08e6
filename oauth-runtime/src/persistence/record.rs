//! Tokens and logins as sealed text, for a database of the application's own.

use crate::authorization::pending_login::PendingLogin;
use crate::clock::Timestamp;
use crate::entropy::{EntropyError, SystemEntropy};
use crate::instance::Instance;
use crate::persistence::Context;
use crate::seal::{KeyRing, Place, Purpose};
use crate::token::Tokens;
use crate::token_record::{from_record, to_record};

impl Tokens {
    /// The tokens as sealed text, for a database of yours. `row` is what the text is kept under: in another row, or
    /// for another provider, it cannot be opened.
    ///
    /// # Errors
    ///
    /// [`EntropyError`] if the system gives no random bytes.
    pub fn seal(
        &self,
        keys: &KeyRing,
        instance: &Instance,
        row: &str,
    ) -> Result<String, EntropyError> {
        keys.seal(&place(instance, row), FOREVER, &to_record(self), &SystemEntropy)
    }

    /// Opens a text that [`seal`](Self::seal) made for this row; `None` if it did not.
    #[must_use]
    pub fn open(keys: &KeyRing, instance: &Instance, row: &str, sealed: &str) -> Option<Self> {
        let long_ago = Timestamp::from_unix_seconds(0);
        let opened = keys.open(&place(instance, row), long_ago, sealed.as_bytes())?;
        from_record(opened.plaintext())
    }
}

impl PendingLogin {
    /// The login as sealed text, for a store of yours that is found by [`state`](Self::state).
    ///
    /// # Errors
    ///
    /// [`EntropyError`] if the system gives no random bytes.
    ///
    /// # Security
    ///
    /// Bind it to the browser too, by a cookie: who knows a state is not yet who began the login.
    pub fn seal(&self, keys: &KeyRing, cx: &Context<'_>) -> Result<String, EntropyError> {
        let place = Place { purpose: Purpose::PendingRecord, ..place(cx.instance, "") };
        keys.seal(&place, self.expires_at(), &self.to_record(), cx.entropy)
    }

    /// Opens a text that [`seal`](Self::seal) made, unless the login is over; `None` if it did not.
    #[must_use]
    pub fn open(keys: &KeyRing, cx: &Context<'_>, sealed: &str) -> Option<Self> {
        let place = Place { purpose: Purpose::PendingRecord, ..place(cx.instance, "") };
        let opened = keys.open(&place, cx.now, sealed.as_bytes())?;
        Self::from_record(opened.plaintext(), cx.application)
    }
}

fn place<'a>(instance: &'a Instance, row: &'a str) -> Place<'a> {
    Place { purpose: Purpose::Record, name: row, context: instance.context() }
}

/// A row of a database lives as long as its owner wants.
const FOREVER: Timestamp = Timestamp::from_unix_seconds(u64::MAX);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token_record::tests::tokens;

    #[test]
    fn sealed_tokens_open_in_their_row_alone() {
        let keys = KeyRing::generate().unwrap();
        let acme = Instance::new("acme", None, &[1; 32], true);
        let other = Instance::new("other", None, &[1; 32], true);
        let sealed = tokens("{}", "at", None).seal(&keys, &acme, "user-1").unwrap();

        assert!(Tokens::open(&keys, &acme, "user-1", &sealed).is_some());
        assert!(Tokens::open(&keys, &acme, "user-2", &sealed).is_none());
        assert!(Tokens::open(&keys, &other, "user-1", &sealed).is_none());
    }
}
