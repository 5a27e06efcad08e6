//! Strings that must not be seen.
//!
//! Each secret of the protocol is a type of its own over [`SecretString`]: it shows nothing in `Debug`, has
//! no `Display` and no `Serialize`, compares in constant time and is wiped from memory when dropped. Only
//! copies of this library are wiped; the buffers of an HTTP stack are out of its reach.

use std::ops::{Deref, DerefMut};

use subtle::ConstantTimeEq as _;
use zeroize::{Zeroize as _, ZeroizeOnDrop};

/// The bytes behind every secret type. It is not `Debug`, so that no derive can show it by accident.
#[derive(Clone)]
pub(crate) struct SecretString(String);

impl SecretString {
    pub(crate) fn new(value: String) -> Self {
        Self(value)
    }

    pub(crate) fn expose(&self) -> &str {
        &self.0
    }

    /// As one slice: `String` is wiped byte by byte, which takes longer than opening what was in it. What was cut off
    /// its end before is not wiped.
    fn wipe(&mut self) {
        self.0.as_mut_str().zeroize();
    }

    pub(crate) fn matches(&self, other: &str) -> bool {
        self.0.as_bytes().ct_eq(other.as_bytes()).into()
    }
}

impl Drop for SecretString {
    fn drop(&mut self) {
        self.wipe();
    }
}

impl ZeroizeOnDrop for SecretString {}

/// Bytes that hold a secret, wiped when dropped. What was cut off their end before is not.
#[derive(Clone)]
pub(crate) struct SecretBytes(Vec<u8>);

impl SecretBytes {
    pub(crate) fn new(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    fn wipe(&mut self) {
        self.0.as_mut_slice().zeroize();
    }
}

impl Deref for SecretBytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl DerefMut for SecretBytes {
    fn deref_mut(&mut self) -> &mut [u8] {
        &mut self.0
    }
}

impl Drop for SecretBytes {
    fn drop(&mut self) {
        self.wipe();
    }
}

impl ZeroizeOnDrop for SecretBytes {}

/// Declares one secret type: its documentation, and all that such a type may do.
macro_rules! secret_type {
    ($(#[$meta:meta])* $vis:vis $name:ident) => {
        $(#[$meta])*
        #[derive(Clone)]
        $vis struct $name($crate::secret::SecretString);

        impl $name {
            /// Takes over a value.
            #[must_use]
            $vis fn new(value: impl Into<String>) -> Self {
                Self($crate::secret::SecretString::new(value.into()))
            }

            /// The value itself.
            ///
            /// # Security
            ///
            /// Do not log it, show it, or put it in a URL.
            #[must_use]
            $vis fn expose(&self) -> &str {
                self.0.expose()
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }

        /// Compares in constant time for values of one length.
        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.0.matches(other.expose())
            }
        }

        impl Eq for $name {}
    };
}

pub(crate) use secret_type;

#[cfg(test)]
mod tests {
    use super::*;

    secret_type! {
        /// A secret for the tests.
        pub(crate) Sample
    }

    #[test]
    fn a_secret_shows_its_type_and_nothing_else() {
        let secret = Sample::new("canary");

        assert_eq!(format!("{secret:?} {secret:#?}"), "Sample(..) Sample(..)");
    }

    #[test]
    fn se_03_a_secret_is_wiped_when_it_is_dropped() {
        fn is_wiped_when_dropped<T: ZeroizeOnDrop>(_: &T) {}
        let Sample(mut text) = Sample::new("canary");
        let mut bytes = SecretBytes::new(b"canary".to_vec());

        is_wiped_when_dropped(&text);
        is_wiped_when_dropped(&bytes);
        text.wipe();
        bytes.wipe();

        assert_eq!(text.expose(), "\0\0\0\0\0\0");
        assert_eq!(*bytes, [0; 6]);
    }

    #[test]
    fn secrets_compare_by_value() {
        assert_eq!(Sample::new("a"), Sample::new("a"));
        assert_ne!(Sample::new("a"), Sample::new("b"));
        assert_ne!(Sample::new("a"), Sample::new("aa"));
    }
}
