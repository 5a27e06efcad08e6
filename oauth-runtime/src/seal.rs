//! Sealing: what a browser or a store keeps for us, and can neither read nor change nor move.
//!
//! A sealed value is `version | key | expiry | nonce | AES-256-GCM`; as text, for a cookie, base64url of it. Its associated data are the
//! version, the key, the expiry, what it is for, the name it stands under, and the provider and client it
//! belongs to: in another place, or later, it is worth nothing. Random 96-bit nonces are safe for 2^32 values
//! under one key (NIST SP 800-38D s8.3); rotate the key before that.

use std::io::{ErrorKind, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::{env, fmt, fs, io};

use zeroize::Zeroizing;

use crate::clock::Timestamp;
use crate::crypto::{Aead, KEY_BYTES, NONCE_BYTES, derive};
use crate::encoding::{base64url, from_any_base64, from_base64url};
use crate::entropy::{Entropy, EntropyError, SystemEntropy};
use crate::secret::SecretBytes;

/// The keys that seal cookies and stored tokens: the first seals, all of them open.
///
/// To rotate: put the new key in front and keep the old one behind it until what it sealed has expired; then
/// remove it. On several machines add the new key at the end everywhere first, then move it to the front.
///
/// ```
/// use oauth_runtime::KeyRing;
///
/// let old = KeyRing::generate()?;
/// let new = KeyRing::generate()?.also_accept(&old);
/// # Ok::<(), oauth_runtime::KeyError>(())
/// ```
#[derive(Clone)]
pub struct KeyRing {
    keys: Arc<[SealingKey]>,
}

impl KeyRing {
    /// A ring of one key of 32 random bytes.
    ///
    /// # Errors
    ///
    /// [`KeyError::Length`] if it is not 32 bytes, [`KeyError::Weak`] if it is text or one byte repeated.
    pub fn new(key: &[u8]) -> Result<Self, KeyError> {
        Ok(Self { keys: Arc::new([SealingKey::new(key)?]) })
    }

    /// A ring of one new key, which is gone with the process: whoever was logged in then logs in again.
    ///
    /// # Errors
    ///
    /// [`KeyError::Entropy`] if the system gives no random bytes.
    pub fn generate() -> Result<Self, KeyError> {
        let mut key = Zeroizing::new([0; KEY_BYTES]);
        SystemEntropy.fill(&mut *key)?;
        Self::new(&*key)
    }

    /// The keys of an environment variable: 32 bytes each in base64 or hexadecimal, separated by commas or
    /// white space, the one that seals first. `openssl rand -base64 32` makes one.
    ///
    /// # Errors
    ///
    /// [`KeyError`] if the variable is not set, or what is wrong with the first key that does not fit.
    pub fn from_env(variable: &str) -> Result<Self, KeyError> {
        let text = env::var(variable).map(Zeroizing::new);
        Self::parse(&text.map_err(|_| KeyError::NotSet { variable: variable.to_owned() })?)
    }

    /// The keys of a file, written as in [`KeyRing::from_env`]; the file is made, with one new key, if there is
    /// none: a restart then logs nobody out.
    ///
    /// # Errors
    ///
    /// [`KeyError::File`] if it can be neither read nor made, or what is wrong with the first key that does
    /// not fit.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, KeyError> {
        let path = path.as_ref();
        let file = |source: io::Error| KeyError::File { path: path.display().to_string(), source };
        match fs::read_to_string(path).map(Zeroizing::new) {
            Ok(text) => Self::parse(&text),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let mut key = Zeroizing::new([0; KEY_BYTES]);
                SystemEntropy.fill(&mut *key)?;
                match create_private(path, &Zeroizing::new(base64url(*key))) {
                    // Another process was faster: its key is the one.
                    Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                        Self::parse(&Zeroizing::new(fs::read_to_string(path).map_err(file)?))
                    }
                    Err(error) => Err(file(error)),
                    Ok(()) => Self::new(&*key),
                }
            }
            Err(error) => Err(file(error)),
        }
    }

    fn parse(text: &str) -> Result<Self, KeyError> {
        let words = text.split([',', ' ', '\t', '\r', '\n']).filter(|word| !word.is_empty());
        let keys: Vec<SealingKey> = words
            .map(|word| {
                let bytes = from_hex(word).or_else(|| from_any_base64(word)).map(Zeroizing::new);
                SealingKey::new(&bytes.ok_or(KeyError::Encoding)?)
            })
            .collect::<Result<_, _>>()?;
        if keys.is_empty() {
            return Err(KeyError::Length { bytes: 0 });
        }
        Ok(Self { keys: keys.into() })
    }

    /// Also opens what the keys of another ring have sealed; seals with its own first key as before.
    #[must_use]
    pub fn also_accept(self, previous: &Self) -> Self {
        Self { keys: self.keys.iter().chain(previous.keys.iter()).cloned().collect() }
    }

    /// Seals a value for one place until an instant, as text.
    pub(crate) fn seal(
        &self,
        place: &Place<'_>,
        expires_at: Timestamp,
        plaintext: &[u8],
        entropy: &dyn Entropy,
    ) -> Result<String, EntropyError> {
        self.seal_bytes(place, expires_at, plaintext, entropy).map(base64url)
    }

    /// Seals a value for one place until an instant.
    pub(crate) fn seal_bytes(
        &self,
        place: &Place<'_>,
        expires_at: Timestamp,
        plaintext: &[u8],
        entropy: &dyn Entropy,
    ) -> Result<Vec<u8>, EntropyError> {
        let key = &self.keys[0];
        let mut nonce = [0; NONCE_BYTES];
        entropy.fill(&mut nonce)?;
        let mut sealed = Vec::with_capacity(HEAD_BYTES + NONCE_BYTES + plaintext.len() + TAG_BYTES);
        sealed.push(VERSION);
        sealed.extend_from_slice(&key.id);
        sealed.extend_from_slice(&expires_at.as_unix_seconds().to_be_bytes());
        let associated_data = place.associated_data(&sealed);
        sealed.extend_from_slice(&nonce);
        let from = sealed.len();
        sealed.extend_from_slice(plaintext);
        key.aead.seal(nonce, &associated_data, &mut sealed, from).map_err(|_| EntropyError)?;
        Ok(sealed)
    }

    /// Opens a text that was sealed for this place and has not expired. An unknown key, a changed bit and
    /// another place look the same: there is nothing.
    pub(crate) fn open(&self, place: &Place<'_>, now: Timestamp, sealed: &[u8]) -> Option<Opened> {
        self.open_bytes(place, now, from_base64url(sealed)?)
    }

    /// The same with bytes.
    pub(crate) fn open_bytes(
        &self,
        place: &Place<'_>,
        now: Timestamp,
        sealed: Vec<u8>,
    ) -> Option<Opened> {
        let mut buffer = SecretBytes::new(sealed);
        let (head, rest) = buffer.split_at_mut_checked(HEAD_BYTES)?;
        let (nonce, message) = rest.split_at_mut_checked(NONCE_BYTES)?;
        let head = Head::read(head)?;
        if head.version != VERSION || now >= head.expires_at {
            return None;
        }
        let key = self.keys.iter().find(|key| key.id == head.key_id)?;
        let associated_data = place.associated_data(&head.bytes);
        let nonce = (*nonce).try_into().ok()?;
        let length = key.aead.open(nonce, &associated_data, message).ok()?.len();
        Some(Opened { buffer, length })
    }
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyRing({} keys)", self.keys.len())
    }
}

/// When a sealed value expires, as it says itself; for ordering only, since nothing has checked it.
pub(crate) fn claimed_expiry(sealed: &[u8]) -> Option<Timestamp> {
    // 20 characters of base64url hold the 13 bytes of the head, and are whole bytes themselves.
    let head = from_base64url(sealed.get(..20)?)?;
    Head::read(head.get(..HEAD_BYTES)?).map(|head| head.expires_at)
}

/// Where a sealed value belongs: nowhere else can it be opened.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'a> {
    pub(crate) purpose: Purpose,
    pub(crate) name: &'a str,
    pub(crate) context: &'a [u8],
}

impl Place<'_> {
    fn associated_data(&self, head: &[u8]) -> Vec<u8> {
        let purpose = [self.purpose as u8];
        [head, &purpose, self.name.as_bytes(), b"\0", self.context].concat()
    }
}

/// What a sealed value is for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Purpose {
    /// A login under way.
    PendingLogin = 1,
    /// The tokens of a browser.
    Session = 2,
    /// Tokens that an application's own persistence keeps.
    Record = 3,
    /// A login under way that an application's own persistence keeps.
    PendingRecord = 4,
    /// The tokens of a session in a store.
    Row = 5,
    /// What a provider posted through the browser.
    PostedResponse = 6,
}

/// A value that was sealed here; wiped when dropped.
pub(crate) struct Opened {
    buffer: SecretBytes,
    length: usize,
}

impl Opened {
    pub(crate) fn plaintext(&self) -> &[u8] {
        let from = HEAD_BYTES + NONCE_BYTES;
        &self.buffer[from..from + self.length]
    }
}

/// A key with a name that does not give it away.
#[derive(Clone)]
struct SealingKey {
    id: [u8; 4],
    aead: Arc<Aead>,
}

impl SealingKey {
    fn new(key: &[u8]) -> Result<Self, KeyError> {
        if key.len() != KEY_BYTES {
            return Err(KeyError::Length { bytes: key.len() });
        }
        let text = key.iter().all(|byte| byte.is_ascii_graphic() || *byte == b' ');
        if text || key.iter().all(|byte| *byte == key[0]) {
            return Err(KeyError::Weak);
        }
        let name = derive(key, b"oauth-runtime key id");
        let sealing = Zeroizing::new(derive(key, b"oauth-runtime sealing key"));
        Ok(Self { id: [name[0], name[1], name[2], name[3]], aead: Arc::new(Aead::new(&sealing)) })
    }
}

struct Head {
    bytes: [u8; HEAD_BYTES],
    version: u8,
    key_id: [u8; 4],
    expires_at: Timestamp,
}

impl Head {
    fn read(bytes: &[u8]) -> Option<Self> {
        let bytes: [u8; HEAD_BYTES] = bytes.try_into().ok()?;
        let [version, k0, k1, k2, k3, expiry @ ..] = bytes;
        let expires_at = Timestamp::from_unix_seconds(u64::from_be_bytes(expiry));
        Some(Self { bytes, version, key_id: [k0, k1, k2, k3], expires_at })
    }
}

/// Makes the file whole or not at all; only its owner may read it.
fn create_private(path: &Path, text: &str) -> io::Result<()> {
    let mut unfinished = path.as_os_str().to_owned();
    unfinished.push(format!(".{}", std::process::id()));
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&unfinished).and_then(|mut file| {
        writeln!(file, "{text}")?;
        file.sync_all()?;
        fs::hard_link(&unfinished, path)
    });
    let _ = fs::remove_file(&unfinished);
    written
}

fn from_hex(word: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> =
        word.chars().map(|digit| digit.to_digit(16)?.try_into().ok()).collect::<Option<_>>()?;
    (digits.len() == 2 * KEY_BYTES)
        .then(|| digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}

/// A key that cannot seal.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// It is neither base64 nor hexadecimal.
    #[error("a key is 32 bytes in base64 or hexadecimal; `openssl rand -base64 32` makes one")]
    Encoding,
    /// There is no randomness to be had.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
    /// The file can be neither read nor made.
    #[error("the key file `{path}` can be neither read nor made")]
    File {
        /// Its path.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// It is longer or shorter than a key.
    #[error("a key is 32 bytes, found {bytes}; `openssl rand -base64 32` makes one")]
    Length {
        /// How many it has.
        bytes: usize,
    },
    /// The variable is not set.
    #[error("`{variable}` is not set; `openssl rand -base64 32` makes a key for it")]
    NotSet {
        /// Its name.
        variable: String,
    },
    /// It is text, or one byte repeated: somebody could guess it.
    #[error(
        "a key is 32 random bytes, found text or one repeated byte; `openssl rand -base64 32` makes one"
    )]
    Weak,
}

const VERSION: u8 = 1;
const HEAD_BYTES: usize = 1 + 4 + 8;
const TAG_BYTES: usize = 16;

#[cfg(test)]
mod tests {
    use proptest::array::uniform32;
    use proptest::bool::weighted;
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::{Index, select};

    use super::*;
    use crate::instance::Instance;

    const NOW: Timestamp = Timestamp::from_unix_seconds(1000);
    const LATER: Timestamp = Timestamp::from_unix_seconds(2000);

    const PLACE: Place<'_> =
        Place { purpose: Purpose::Session, name: "oauth-acme", context: b"acme\0client" };

    fn key(seed: u8) -> [u8; KEY_BYTES] {
        std::array::from_fn(|i| seed.wrapping_add(u8::try_from(i).unwrap()).wrapping_mul(37))
    }

    fn ring(seed: u8) -> KeyRing {
        KeyRing::new(&key(seed)).unwrap()
    }

    fn sealed(ring: &KeyRing) -> String {
        ring.seal(&PLACE, LATER, b"message", &SystemEntropy).unwrap()
    }

    fn opened(ring: &KeyRing, place: &Place<'_>, text: &str) -> Option<Vec<u8>> {
        ring.open(place, NOW, text.as_bytes()).map(|opened| opened.plaintext().to_vec())
    }

    #[test]
    fn an_opened_value_is_what_was_sealed() {
        let ring = ring(1);

        assert_eq!(opened(&ring, &PLACE, &sealed(&ring)), Some(b"message".to_vec()));
    }

    #[test]
    fn ck_02_every_changed_bit_is_refused() {
        let ring = ring(1);
        let text = sealed(&ring);
        let bytes = from_base64url(text.as_bytes()).unwrap();

        for bit in 0..bytes.len() * 8 {
            let mut changed = bytes.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(opened(&ring, &PLACE, &base64url(changed)).is_none(), "bit {bit}");
        }
        for length in 0..text.len() {
            assert!(opened(&ring, &PLACE, &text[..length]).is_none(), "length {length}");
        }
    }

    #[test]
    fn ck_02_no_two_seals_are_alike() {
        let ring = ring(1);
        let seals: std::collections::HashSet<String> =
            (0..100_000).map(|_| sealed(&ring)).collect();

        assert_eq!(seals.len(), 100_000);
    }

    #[test]
    fn ck_03_a_value_is_worth_nothing_in_another_place() {
        let ring = ring(1);
        let text = sealed(&ring);

        for place in [
            Place { purpose: Purpose::PendingLogin, ..PLACE },
            Place { name: "oauth-other", ..PLACE },
            Place { context: b"acme\0another", ..PLACE },
        ] {
            assert!(opened(&ring, &place, &text).is_none(), "{place:?}");
        }
    }

    #[test]
    fn ck_04_an_expired_value_is_refused() {
        let ring = ring(1);
        let text = sealed(&ring);

        assert!(ring.open(&PLACE, LATER, text.as_bytes()).is_none());
        assert_eq!(claimed_expiry(text.as_bytes()), Some(LATER));
    }

    #[test]
    fn ck_05_the_first_key_seals_and_all_open() {
        let (old, new) = (ring(1), ring(2));
        let both = ring(2).also_accept(&old);

        assert!(opened(&both, &PLACE, &sealed(&old)).is_some());
        assert!(opened(&new, &PLACE, &sealed(&both)).is_some());
        assert!(opened(&new, &PLACE, &sealed(&old)).is_none());
    }

    #[test]
    fn ck_06_a_weak_key_is_refused() {
        for weak in [
            &b"changeme"[..],
            &[0; 32],
            &[7; 32],
            &[1; 31],
            b"0123456789abcdef0123456789abcdef",
            b"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        ] {
            assert!(KeyRing::new(weak).is_err(), "{weak:?}");
        }
    }

    #[test]
    fn a_ring_is_read_from_text() {
        let hex: String = key(1).iter().map(|byte| format!("{byte:02x}")).collect();
        let both = KeyRing::parse(&format!("{}=\n{hex},", base64url(key(2)))).unwrap();

        assert!(opened(&both, &PLACE, &sealed(&ring(1))).is_some());
        assert!(opened(&ring(2), &PLACE, &sealed(&both)).is_some());
        for wrong in ["", " , ", "short", "!!", &"00".repeat(32)] {
            assert!(KeyRing::parse(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_key_file_is_made_once_and_read_again() {
        let path = env::temp_dir().join(format!("oauth-runtime-keys-{}", std::process::id()));
        let _ = fs::remove_file(&path);

        let made = KeyRing::from_file(&path).unwrap();
        let read = KeyRing::from_file(&path).unwrap();

        fs::remove_file(&path).unwrap();
        assert!(opened(&read, &PLACE, &sealed(&made)).is_some());
    }

    /// A part of the usual number of cases, for what takes long. No file keeps a case that failed: it becomes a
    /// test of its own.
    fn one_case_of(usual: u32) -> ProptestConfig {
        let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
        ProptestConfig { cases: config.cases.div_ceil(usual), ..config }
    }

    /// Places that are easily taken for one another: few letters, and NUL among them, which also ends a name.
    fn places() -> impl Strategy<Value = (Purpose, String, Vec<u8>)> {
        use Purpose::{PendingLogin, PendingRecord, Record, Session};

        let purpose = select(&[PendingLogin, Session, Record, PendingRecord][..]);
        let name = prop_oneof![8 => "a{0,3}", 1 => "[a\0]{0,4}", 1 => any::<String>()];
        let client = prop_oneof![6 => Just([0; 32]), 1 => uniform32(any::<u8>())];
        let instance = ("a{1,3}", proptest::option::weighted(0.2, "a{1,2}"), client);
        let context = instance.prop_map(|(slug, name, client)| {
            Instance::new(&slug, name.as_deref(), &client, true).context().to_vec()
        });
        (purpose, name, context)
    }

    /// Rings of one key that are not alike.
    fn rings(count: std::ops::RangeInclusive<usize>) -> impl Strategy<Value = Vec<KeyRing>> {
        proptest::collection::btree_set(uniform32(any::<u8>()), count).prop_filter_map(
            "a weak key",
            |keys| {
                let rings: Result<_, KeyError> = keys.iter().map(|key| KeyRing::new(key)).collect();
                rings.ok()
            },
        )
    }

    fn with_other_bit(bytes: &[u8], bit: usize) -> Vec<u8> {
        let mut changed = bytes.to_vec();
        changed[bit / 8] ^= 1 << (bit % 8);
        changed
    }

    /// Every text that differs from a sealed one in one bit: of the text, or of the bytes that it stands for.
    fn with_other_bits(text: &str, bit: usize) -> [Vec<u8>; 2] {
        let bytes = from_base64url(text.as_bytes()).unwrap();
        let of_bytes = base64url(with_other_bit(&bytes, bit % (8 * bytes.len())));
        [with_other_bit(text.as_bytes(), bit % (8 * text.len())), of_bytes.into_bytes()]
    }

    proptest! {
        #![proptest_config(one_case_of(4))]

        #[test]
        fn any_value_is_opened_in_its_place_until_it_expires(
            (purpose, name, context) in places(),
            plaintext in vec(any::<u8>(), 0..8192),
            (now, expires_at) in (0..20_u64, 0..20_u64),
        ) {
            let place = Place { purpose, name: &name, context: &context };
            let [now, expires_at] = [now, expires_at].map(Timestamp::from_unix_seconds);
            let ring = ring(1);

            let text = ring.seal(&place, expires_at, &plaintext, &SystemEntropy).unwrap();
            let opened = ring.open(&place, now, text.as_bytes());

            let expected = (now < expires_at).then_some(&*plaintext);
            prop_assert_eq!(opened.as_ref().map(Opened::plaintext), expected);
            prop_assert_eq!(claimed_expiry(text.as_bytes()), Some(expires_at));
        }

        #[test]
        fn ck_02_a_value_of_any_length_with_one_other_bit_is_refused(
            plaintext in vec(any::<u8>(), 0..8192),
            bits in vec(any::<Index>(), 16),
        ) {
            let ring = ring(1);
            let text = ring.seal(&PLACE, LATER, &plaintext, &SystemEntropy).unwrap();

            for bit in bits {
                let bit = bit.index(8 * text.len());
                for changed in with_other_bits(&text, bit) {
                    prop_assert!(ring.open(&PLACE, NOW, &changed).is_none(), "bit {bit}");
                }
            }
        }

        #[test]
        fn ck_02_a_value_of_any_length_cut_short_or_lengthened_is_refused(
            plaintext in vec(any::<u8>(), 0..8192),
            (cut, more) in (any::<Index>(), vec(any::<u8>(), 1..32)),
        ) {
            let ring = ring(1);
            let text = ring.seal(&PLACE, LATER, &plaintext, &SystemEntropy).unwrap().into_bytes();
            let bytes = from_base64url(&text).unwrap();

            for changed in [
                text[..cut.index(text.len())].to_vec(),
                base64url(&bytes[..cut.index(bytes.len())]).into_bytes(),
                [&text[..], &more].concat(),
                [&more, &text[..]].concat(),
                base64url([&bytes[..], &more].concat()).into_bytes(),
                base64url([&more, &bytes[..]].concat()).into_bytes(),
            ] {
                prop_assert!(ring.open(&PLACE, NOW, &changed).is_none());
            }
        }
    }

    proptest! {
        #![proptest_config(one_case_of(16))]

        #[test]
        fn ck_02_a_short_value_with_any_one_other_bit_is_refused(
            plaintext in vec(any::<u8>(), 0..24),
        ) {
            let ring = ring(1);
            let text = ring.seal(&PLACE, LATER, &plaintext, &SystemEntropy).unwrap();

            for bit in 0..8 * text.len() {
                for changed in with_other_bits(&text, bit) {
                    prop_assert!(ring.open(&PLACE, NOW, &changed).is_none(), "bit {bit}");
                }
            }
        }
    }

    proptest! {
        #![proptest_config(one_case_of(1))]

        #[test]
        fn ck_02_what_nobody_sealed_is_refused(bytes in vec(any::<u8>(), 0..256)) {
            let ring = ring(1);
            let head = [&[VERSION], &ring.keys[0].id[..]].concat();

            let begun = base64url([&head[..], &bytes].concat());

            for text in [&bytes[..], base64url(&bytes).as_bytes(), begun.as_bytes()] {
                let _ = claimed_expiry(text);
                prop_assert!(ring.open(&PLACE, NOW, text).is_none());
            }
        }

        #[test]
        fn ck_03_a_value_is_opened_where_it_was_sealed_and_nowhere_else(
            here in places(),
            there in places(),
            moved in [weighted(0.3), weighted(0.8), weighted(0.8)],
        ) {
            let ring = ring(1);
            let place = Place { purpose: here.0, name: &here.1, context: &here.2 };
            let other = Place {
                purpose: if moved[0] { there.0 } else { here.0 },
                name: if moved[1] { &there.1 } else { &here.1 },
                context: if moved[2] { &there.2 } else { &here.2 },
            };
            let parts = |place: &Place<'_>| {
                (place.purpose as u8, place.name.to_owned(), place.context.to_owned())
            };

            let text = ring.seal(&place, LATER, b"message", &SystemEntropy).unwrap();

            let same = parts(&place) == parts(&other);
            prop_assert_eq!(opened(&ring, &other, &text).is_some(), same);
        }

        #[test]
        fn ck_04_an_expiry_that_is_moved_is_no_expiry(
            (sealed, claimed) in (any::<u64>(), any::<u64>()),
        ) {
            prop_assume!(sealed != claimed);
            let ring = ring(1);
            let sealed = Timestamp::from_unix_seconds(sealed);
            let text = ring.seal(&PLACE, sealed, b"message", &SystemEntropy).unwrap();
            let mut bytes = from_base64url(text.as_bytes()).unwrap();

            bytes[HEAD_BYTES - 8..HEAD_BYTES].copy_from_slice(&claimed.to_be_bytes());

            let now = Timestamp::from_unix_seconds(0);
            let text = base64url(bytes);
            prop_assert_eq!(
                claimed_expiry(text.as_bytes()),
                Some(Timestamp::from_unix_seconds(claimed))
            );
            prop_assert!(ring.open(&PLACE, now, text.as_bytes()).is_none());
        }

        #[test]
        fn ck_05_a_ring_opens_what_each_of_its_keys_has_sealed_and_no_more(
            rings in rings(2..=6),
            (at, without) in (any::<Index>(), any::<Index>()),
        ) {
            let together = |rings: &[KeyRing]| {
                let (first, rest) = rings.split_first().unwrap();
                rest.iter().fold(first.clone(), KeyRing::also_accept)
            };
            let text = sealed(&rings[at.index(rings.len())]);

            let known = opened(&together(&rings), &PLACE, &text);
            let mut others = rings.clone();
            let removed = without.index(others.len());
            others.remove(removed);
            let left = opened(&together(&others), &PLACE, &text);

            prop_assert_eq!(known, Some(b"message".to_vec()));
            prop_assert_eq!(left.is_some(), at.index(rings.len()) != removed);
            prop_assert!(opened(&rings[0], &PLACE, &sealed(&together(&rings))).is_some());
        }
    }
}
