//! The cookies of a request, and those that a response sets.
//!
//! A value that is too long for one cookie stands in several: `name` holds the count and the first part,
//! `name.1`, `name.2`, … the rest.

use cookie::time::Duration;
use cookie::{Cookie, SameSite};
use http::header::{COOKIE, SET_COOKIE};
use http::{HeaderMap, HeaderValue};
use memchr::memchr;

use crate::error::PersistenceError;

/// Every cookie of a request, in its order; what is not `name=value` is passed over.
pub(crate) fn cookies(headers: &HeaderMap) -> impl Iterator<Item = (&[u8], &[u8])> {
    headers.get_all(COOKIE).iter().flat_map(|line| Pairs(line.as_bytes())).filter_map(|pair| {
        let equals = memchr(b'=', pair)?;
        Some((pair[..equals].trim_ascii(), pair[equals + 1..].trim_ascii()))
    })
}

struct Pairs<'a>(&'a [u8]);

impl<'a> Iterator for Pairs<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        if self.0.is_empty() {
            return None;
        }
        let end = memchr(b';', self.0).unwrap_or(self.0.len());
        let pair = &self.0[..end];
        self.0 = self.0.get(end + 1..).unwrap_or_default();
        Some(pair)
    }
}

/// The value of one cookie, unless the request holds two of that name: one of them is then foreign.
pub(crate) fn single<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a [u8]> {
    let mut values = cookies(headers).filter(|(known, _)| *known == name.as_bytes());
    match (values.next(), values.next()) {
        (Some((_, value)), None) if value.len() <= MOST_BYTES => Some(value),
        _ => None,
    }
}

/// A value that may be split: every part once, none missing, or there is nothing.
pub(crate) fn joined(headers: &HeaderMap, name: &str) -> Option<Vec<u8>> {
    let mut parts: [Option<&[u8]>; MOST_PARTS] = [None; MOST_PARTS];
    for (known, value) in cookies(headers) {
        if let Some(index) = part_index(known, name)
            && (value.len() > MOST_BYTES + 1 || parts[index].replace(value).is_some())
        {
            return None;
        }
    }
    let (count, first) = parts[0]?.split_first()?;
    let count = usize::from(count.checked_sub(b'0')?);
    if !(1..=MOST_PARTS).contains(&count) {
        return None;
    }
    let mut value = first.to_vec();
    for part in &parts[1..count] {
        value.extend_from_slice((*part)?);
    }
    Some(value)
}

/// Which part of the value a cookie holds: `name` is the first, `name.1` the second.
fn part_index(cookie: &[u8], name: &str) -> Option<usize> {
    match cookie.strip_prefix(name.as_bytes())? {
        [] => Some(0),
        [b'.', digit @ b'1'..=b'9'] => Some(usize::from(digit - b'0')).filter(|i| *i < MOST_PARTS),
        _ => None,
    }
}

/// The name of a value that may be split, and over how many cookies.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Split<'a> {
    pub(crate) name: &'a str,
    pub(crate) most_parts: usize,
}

/// What a cookie is set with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attributes {
    /// Only over https, and with the `__Host-` prefix in its name.
    pub(crate) secure: bool,
    /// How long the browser keeps it.
    pub(crate) seconds: u64,
}

/// Sets a value, split if need be, and removes the parts that a longer value before it left behind.
pub(crate) fn set_joined(
    request: &HeaderMap,
    response: &mut HeaderMap,
    Split { name, most_parts }: Split<'_>,
    value: &str,
    attributes: Attributes,
) -> Result<(), PersistenceError> {
    let parts: Vec<&[u8]> = value.as_bytes().chunks(MOST_BYTES).collect();
    if parts.len() > most_parts {
        let most = most_parts * MOST_BYTES;
        return Err(PersistenceError::TooLarge { bytes: value.len(), most });
    }
    for (index, part) in parts.iter().enumerate() {
        let part = std::str::from_utf8(part).expect("a sealed value is ASCII");
        if index == 0 {
            set(response, name, &format!("{}{part}", parts.len()), attributes);
        } else {
            set(response, &format!("{name}.{index}"), part, attributes);
        }
    }
    remove_parts(request, response, name, parts.len(), attributes.secure);
    Ok(())
}

/// Removes a value with all its parts.
pub(crate) fn remove_joined(
    request: &HeaderMap,
    response: &mut HeaderMap,
    name: &str,
    secure: bool,
) {
    remove(response, name, secure);
    remove_parts(request, response, name, 1, secure);
}

fn remove_parts(
    request: &HeaderMap,
    response: &mut HeaderMap,
    name: &str,
    from: usize,
    secure: bool,
) {
    let mut left: Vec<usize> = cookies(request)
        .filter_map(|(known, _)| part_index(known, name))
        .filter(|index| *index >= from)
        .collect();
    left.sort_unstable();
    left.dedup();
    for index in left {
        remove(response, &format!("{name}.{index}"), secure);
    }
}

/// Sets one cookie.
pub(crate) fn set(response: &mut HeaderMap, name: &str, value: &str, attributes: Attributes) {
    let cookie = Cookie::build((name, value))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(attributes.secure)
        .max_age(Duration::seconds(attributes.seconds.try_into().unwrap_or(i64::MAX)));
    let line = cookie.build().to_string();
    response.append(SET_COOKIE, HeaderValue::try_from(line).expect("names and values are ASCII"));
}

/// Removes one cookie: with the attributes it was set with, or a browser would keep it.
pub(crate) fn remove(response: &mut HeaderMap, name: &str, secure: bool) {
    set(response, name, "", Attributes { secure, seconds: 0 });
}

/// What one cookie holds: it has 4,096 bytes with its name and attributes, which take less than 200.
pub(crate) const MOST_BYTES: usize = 3800;

/// A value is never split further, whatever the application allows.
pub(crate) const MOST_PARTS: usize = 8;

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    const HOUR: Attributes = Attributes { secure: true, seconds: 3600 };

    fn split(name: &str) -> Split<'_> {
        Split { name, most_parts: MOST_PARTS }
    }

    fn request(lines: &[&[u8]]) -> HeaderMap {
        lines.iter().map(|line| (COOKIE, HeaderValue::from_bytes(line).unwrap())).collect()
    }

    /// What a browser would send back.
    fn sent_back(response: &HeaderMap) -> HeaderMap {
        let pairs: Vec<&str> = response
            .get_all(SET_COOKIE)
            .iter()
            .map(|line| line.to_str().unwrap())
            .filter(|line| !line.contains("Max-Age=0"))
            .map(|line| line.split(';').next().unwrap())
            .collect();
        request(&[pairs.join("; ").as_bytes()])
    }

    #[test]
    fn ck_01_a_cookie_has_every_attribute() {
        let mut response = HeaderMap::new();

        set(&mut response, "__Host-a", "v", HOUR);

        let line = response[SET_COOKIE].to_str().unwrap();
        assert_eq!(line, "__Host-a=v; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=3600");
    }

    #[test]
    fn ck_07_a_value_of_any_allowed_length_comes_back() {
        for length in
            [0, 1, MOST_BYTES - 1, MOST_BYTES, MOST_BYTES + 1, 2 * MOST_BYTES, 8 * MOST_BYTES]
        {
            let value = "x".repeat(length);
            let mut response = HeaderMap::new();
            let result =
                set_joined(&HeaderMap::new(), &mut response, split("__Host-a"), &value, HOUR);

            assert!(result.is_ok());
            assert!(response.get_all(SET_COOKIE).iter().all(|line| line.len() <= 4096));
            let back = joined(&sent_back(&response), "__Host-a");
            assert_eq!(back.unwrap_or_default(), value.as_bytes(), "{length}");
        }
    }

    #[test]
    fn ck_07_a_longer_value_is_refused_and_nothing_is_set() {
        let mut response = HeaderMap::new();
        let value = "x".repeat(8 * MOST_BYTES + 1);

        let error =
            set_joined(&HeaderMap::new(), &mut response, split("a"), &value, HOUR).unwrap_err();

        assert!(matches!(error, PersistenceError::TooLarge { bytes: 30_401, most: 30_400 }));
        assert!(response.is_empty());
    }

    #[test]
    fn ck_08_a_crafted_set_of_parts_is_nothing() {
        for line in [
            "a=2x",
            "a=2x; a.1=y; a.1=z",
            "a=2x; a.2=y",
            "a=0x",
            "a=9x; a.1=y",
            "a=-1x",
            "a=",
            "a=xx",
            "a=1x; a=1y",
            "a.1=y",
        ] {
            assert_eq!(joined(&request(&[line.as_bytes()]), "a"), None, "{line}");
        }
        let foreign = request(&[b"a=1x; a.8=u; a.9=y; a.10=z; a.x=w; ab=1v; a.login.z=1"]);
        assert_eq!(joined(&foreign, "a"), Some(b"x".to_vec()));
    }

    #[test]
    fn ds_02_a_cookie_that_no_browser_keeps_is_passed_over() {
        let cookie = |head: &str, bytes: usize| {
            request(&[format!("a={head}{}", "x".repeat(bytes)).as_bytes()])
        };

        assert!(joined(&cookie("1", MOST_BYTES), "a").is_some());
        assert!(joined(&cookie("1", MOST_BYTES + 1), "a").is_none());
        assert!(single(&cookie("", MOST_BYTES), "a").is_some());
        assert!(single(&cookie("", MOST_BYTES + 1), "a").is_none());
    }

    #[test]
    fn ck_09_parts_that_are_left_over_are_removed() {
        let before = request(&[b"a=3x; a.1=y; a.2=z"]);
        let mut response = HeaderMap::new();
        set_joined(&before, &mut response, split("a"), "short", HOUR).unwrap();

        let lines: Vec<&str> =
            response.get_all(SET_COOKIE).iter().map(|line| line.to_str().unwrap()).collect();

        assert!(lines[0].starts_with("a=1short; "));
        assert_eq!(
            lines[1..],
            [
                "a.1=; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=0",
                "a.2=; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=0"
            ]
        );
    }

    #[test]
    fn ck_11_any_cookie_header_is_read() {
        for line in [&b""[..], b";;;", b"=", b"a", b"\xff\xfe=\xff", b"a=\"q\"", b" a = b ; c"] {
            let headers = request(&[line]);
            let _ = cookies(&headers).count();
        }
        let split = request(&[b"x=1", b"a=1v; y=2"]);
        assert_eq!(joined(&split, "a"), Some(b"v".to_vec()));
        assert_eq!(single(&split, "y"), Some(&b"2"[..]));
    }

    /// A text of base64url that looks different at every place.
    fn sealed_text(length: usize) -> String {
        (0..length.div_ceil(5)).map(|number| format!("{number:04}-")).collect::<String>()[..length]
            .to_owned()
    }

    /// All lengths that are allowed, most often those at the edge of a part.
    fn lengths() -> impl Strategy<Value = usize> {
        let edge = (0..=MOST_PARTS, 0..=4_usize)
            .prop_map(|(parts, more)| (parts * MOST_BYTES + more).saturating_sub(2));
        prop_oneof![edge, 1..=MOST_PARTS * MOST_BYTES]
            .prop_map(|length| length.clamp(1, MOST_PARTS * MOST_BYTES))
    }

    /// Indexes of parts in any order, with some twice and some missing; more often each once.
    fn picks() -> impl Strategy<Value = Vec<usize>> {
        let each = Just((0..MOST_PARTS).collect::<Vec<usize>>()).prop_shuffle();
        let some = vec(0..MOST_PARTS, 0..MOST_PARTS + 2);
        prop_oneof![2 => each, 1 => some]
    }

    fn set_cookies(value: &str) -> HeaderMap {
        let mut response = HeaderMap::new();
        set_joined(&HeaderMap::new(), &mut response, split("__Host-a"), value, HOUR).unwrap();
        response
    }

    /// Bytes that a header can hold, most often those that mean something to a reader of cookies.
    fn header_bytes() -> impl Strategy<Value = Vec<u8>> {
        let meaning = select(&b"=;. \"a19"[..]);
        vec(prop_oneof![meaning, 0x20..=0x7e_u8, 0x80..=0xff_u8], 0..64)
    }

    /// No file keeps a case that failed: it becomes a test of its own.
    fn usual() -> ProptestConfig {
        ProptestConfig { failure_persistence: None, ..ProptestConfig::default() }
    }

    proptest! {
        #![proptest_config(usual())]

        #[test]
        fn ck_07_a_value_of_any_length_is_kept_by_a_browser(length in lengths()) {
            let value = sealed_text(length);

            let response = set_cookies(&value);

            prop_assert!(response.get_all(SET_COOKIE).iter().all(|line| line.len() <= 4096));
            let back = joined(&sent_back(&response), "__Host-a");
            prop_assert_eq!(back, Some(value.into_bytes()));
        }

        #[test]
        fn ck_08_parts_in_any_order_are_the_value_and_any_other_set_is_nothing(
            length in lengths(),
            picks in picks(),
            (lines, foreign) in (any::<u16>(), any::<u16>()),
        ) {
            let value = sealed_text(length);
            let response = set_cookies(&value);
            let sent = sent_back(&response);
            let parts: Vec<&str> = sent[COOKIE].to_str().unwrap().split("; ").collect();
            let picks: Vec<usize> = picks.into_iter().filter(|pick| *pick < parts.len()).collect();
            let mut cookie = Vec::new();
            for (index, pick) in picks.iter().enumerate() {
                if foreign >> index & 1 == 1 {
                    cookie.push("; __Host-a.9=x; __Host-a.10=x; __Host-ab=1x; a=1x");
                }
                // The cookies of a request stand in one line or in several.
                cookie.extend([if lines >> index & 1 == 1 { "\n" } else { "; " }, parts[*pick]]);
            }
            let lines: Vec<String> = cookie.concat().split('\n').map(str::to_owned).collect();
            let lines: Vec<&[u8]> = lines.iter().map(String::as_bytes).collect();

            let back = joined(&request(&lines), "__Host-a");

            let mut sorted = picks;
            sorted.sort_unstable();
            let whole = sorted.into_iter().eq(0..parts.len());
            prop_assert_eq!(back, whole.then_some(value.into_bytes()));
        }

        #[test]
        fn ck_11_any_cookie_header_leaves_the_others_alone(
            bytes in header_bytes(),
            name in "[a.19]{0,4}",
        ) {
            let headers = request(&[&bytes, b"a=1x"]);

            let _ = (single(&headers, &name), joined(&headers, &name));

            prop_assert!(cookies(&headers).any(|pair| pair == (b"a", b"1x")));
        }
    }
}
