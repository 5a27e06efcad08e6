//! The two encodings of the wire: base64 ([RFC 4648]) and HTML forms.
//!
//! [RFC 4648]: https://www.rfc-editor.org/rfc/rfc4648

use std::sync::LazyLock;

use base64::Engine;
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
use base64::engine::general_purpose::{GeneralPurpose as Fastest, URL_SAFE_NO_PAD};
use base64::engine::general_purpose::{NO_PAD, STANDARD};
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
use base64::engine::simd::Simd as Fastest;

/// base64url without padding, by the fastest instructions of the machine.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
static URL_SAFE: LazyLock<Fastest> = LazyLock::new(|| Fastest::url_safe(NO_PAD));
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
static URL_SAFE: LazyLock<Fastest> = LazyLock::new(|| URL_SAFE_NO_PAD);

/// Bytes as base64url without padding.
pub(crate) fn base64url(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE.encode(bytes)
}

/// The bytes of a base64url text, which has no padding and no spare bits.
pub(crate) fn from_base64url(text: &[u8]) -> Option<Vec<u8>> {
    URL_SAFE.decode(text).ok()
}

/// Bytes as base64 with padding, as HTTP Basic wants it.
pub(crate) fn base64(bytes: impl AsRef<[u8]>) -> String {
    STANDARD.encode(bytes)
}

/// The bytes of a base64 text in either alphabet, with padding or without: as people write keys.
pub(crate) fn from_any_base64(text: &str) -> Option<Vec<u8>> {
    let plain = text.trim_end_matches('=').replace('+', "-").replace('/', "_");
    from_base64url(plain.as_bytes())
}

/// Pairs as `application/x-www-form-urlencoded`.
pub(crate) fn form<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// One value as it stands in a form.
pub(crate) fn form_value(value: &str) -> String {
    url::form_urlencoded::byte_serialize(value.as_bytes()).collect()
}

/// One value as it stands in the query of a URL. A space is `%20`: it is one everywhere, and some servers take `+` for
/// itself.
pub(crate) fn query_value(value: &str) -> String {
    form_value(value).replace('+', "%20")
}
