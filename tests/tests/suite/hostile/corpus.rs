//! The answers, as data.

use bytes::Bytes;
use http::Response;
use http::header::CONTENT_TYPE;

use super::{ACCESS_TOKEN, Outcome};

/// An answer, and what is to come of it.
pub(super) struct Row {
    pub(super) name: String,
    status: u16,
    headers: Vec<(&'static str, Bytes)>,
    body: Body,
    expected: Expected,
}

/// What is to come of an answer: of the token endpoint, of the userinfo endpoint, of the emails endpoint, of the API
/// when it is read as JSON, and of the API when it is read as text.
type Expected = [Outcome; 5];

/// Who reads an answer.
#[derive(Clone, Copy, Debug)]
pub(super) enum Reader {
    Token,
    UserInfo,
    Emails,
    Json,
    Text,
}

/// A body that is bad in itself, or bad for what it does to a good one.
enum Body {
    /// The good one with these members beside its own.
    Beside(String),
    /// The good one, and something done to it.
    Changed(fn(&str) -> Vec<u8>),
    /// The same for everybody.
    Fixed(Bytes),
}

impl Reader {
    /// What it hopes for.
    pub(super) fn good(self) -> String {
        match self {
            Self::Token => format!(
                r#"{{"access_token":"{ACCESS_TOKEN}","token_type":"Bearer","expires_in":60,"refresh_token":"next"}}"#
            ),
            Self::UserInfo => {
                r#"{"id":"1815","mail":"ada@hostile.example","verified":true}"#.to_owned()
            }
            Self::Emails => {
                r#"[{"mail":"ada@hostile.example","verified":true,"primary":true}]"#.to_owned()
            }
            Self::Json | Self::Text => r#"{"a":"b"}"#.to_owned(),
        }
    }
}

impl Row {
    pub(super) fn answer(&self, reader: Reader) -> Response<Bytes> {
        let good = reader.good();
        let body = match &self.body {
            Body::Fixed(body) => body.clone(),
            Body::Changed(change) => change(&good).into(),
            Body::Beside(members) => {
                let end = good.rfind('}').unwrap();
                format!("{},{members}{}", &good[..end], &good[end..]).into()
            }
        };
        let mut response = Response::builder().status(self.status);
        for (name, value) in &self.headers {
            response = response.header(*name, value.as_ref());
        }
        response.body(body).unwrap()
    }

    pub(super) fn expected(&self, reader: Reader) -> Outcome {
        self.expected[reader as usize]
    }

    fn new(name: impl Into<String>, body: Body, expected: Expected) -> Self {
        let headers = vec![(CONTENT_TYPE_NAME, Bytes::from_static(b"application/json"))];
        Self { name: name.into(), status: 200, headers, body, expected }
    }

    fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    fn header(mut self, name: &'static str, value: impl Into<Bytes>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    fn typed(mut self, content_types: &[&'static str]) -> Self {
        self.headers = content_types
            .iter()
            .map(|it| (CONTENT_TYPE_NAME, Bytes::from_static(it.as_bytes())))
            .collect();
        self
    }
}

const CONTENT_TYPE_NAME: &str = "content-type";
const T: Outcome = Outcome::Tolerated;
const E: Outcome = Outcome::Ends;
const U: Outcome = Outcome::Refused("unreadable");
const R: Outcome = Outcome::Refused("rejected");
const S: Outcome = Outcome::Refused("status");
const L: Outcome = Outcome::Refused("transport");

const EVERYBODY: Expected = [T, T, T, T, T];
/// No JSON, and text all the same.
const NO_JSON: Expected = [U, U, U, U, T];
const NOT_EVEN_TEXT: Expected = [U, U, U, U, U];
/// What is skipped by who does not ask for it, and minded by who reads the whole.
const SKIPPED: Expected = [T, U, U, U, T];
/// JSON of another shape.
const NO_OBJECT: Expected = [U, U, T, T, T];

/// Every row.
pub(super) fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    rows.extend(encodings());
    rows.extend(shapes());
    rows.extend(members());
    rows.extend(sizes());
    rows.extend(content_types());
    rows.extend(statuses());
    rows.extend(errors());
    rows.extend(headers());
    rows
}

fn fixed(name: &str, body: impl Into<Bytes>, expected: Expected) -> Row {
    Row::new(name, Body::Fixed(body.into()), expected)
}

fn changed(name: &str, change: fn(&str) -> Vec<u8>, expected: Expected) -> Row {
    Row::new(name, Body::Changed(change), expected)
}

fn beside(name: &str, members: impl Into<String>, expected: Expected) -> Row {
    Row::new(name, Body::Beside(members.into()), expected)
}

fn raw(name: &'static str, string: &[u8], expected: Expected) -> Row {
    let body =
        [br#"{"access_token":"a","token_type":"Bearer","id":"1","x":""#, string, b"\"}"].concat();
    fixed(name, body, expected)
}

fn encodings() -> Vec<Row> {
    vec![
        changed("the good answer", |good| good.into(), EVERYBODY),
        changed("UTF-8 with a byte order mark", |good| format!("\u{feff}{good}").into(), NO_JSON),
        changed("UTF-16, little end first", |good| utf16(good, u16::to_le_bytes), NOT_EVEN_TEXT),
        changed("UTF-16, big end first", |good| utf16(good, u16::to_be_bytes), NOT_EVEN_TEXT),
        changed(
            "UTF-32",
            |good| good.chars().flat_map(|c| (c as u32).to_be_bytes()).collect(),
            NO_JSON,
        ),
        changed("zeros before it", |good| [b"\0\0", good.as_bytes()].concat(), NO_JSON),
        changed("a zero behind it", |good| format!("{good}\0").into(), NO_JSON),
        changed("every letter escaped", every_letter_escaped, EVERYBODY),
        changed(
            "bytes behind it that are no text",
            |good| [good.as_bytes(), b"\xff"].concat(),
            NOT_EVEN_TEXT,
        ),
        fixed(
            "binary garbage",
            (0..4096_u32).map(|i| (i * 197 + 13) as u8).collect::<Vec<u8>>(),
            NOT_EVEN_TEXT,
        ),
        fixed("one byte that is no text", &b"\xff"[..], NOT_EVEN_TEXT),
        fixed(
            "an access token that is no text",
            &b"{\"access_token\":\"\xff\",\"token_type\":\"Bearer\",\"id\":\"\xff\"}"[..],
            NOT_EVEN_TEXT,
        ),
        raw("a member that is no text", b"\xff\xfe", [T, U, U, U, U]),
        raw("a member in overlong UTF-8", b"\xc0\xaf", [T, U, U, U, U]),
        raw("a member with a surrogate in UTF-8", b"\xed\xa0\x80", [T, U, U, U, U]),
        raw("a member with a zero in it", b"a\0b", NO_JSON),
        raw("a member with a line break in it", b"a\r\nb", NO_JSON),
        beside("a member with an escaped zero", r#""x":"\u0000""#, EVERYBODY),
        beside("a member with half a surrogate", r#""x":"\ud800""#, SKIPPED),
        beside("a member with the other half of a surrogate", r#""x":"\udc00""#, SKIPPED),
        beside("a member with surrogates the wrong way round", r#""x":"\udc00\ud800""#, SKIPPED),
        beside("a name with half a surrogate", r#""\ud800":1"#, NO_JSON),
        beside("an escape that is none", r#""x":"\x41""#, NO_JSON),
        beside("an escape that breaks off", r#""x":"\u00""#, NO_JSON),
    ]
}

fn utf16(good: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    std::iter::once(0xfeff).chain(good.encode_utf16()).flat_map(bytes).collect()
}

/// `"a"` as `"\u0061"`, in names and in values.
fn every_letter_escaped(good: &str) -> Vec<u8> {
    let mut quoted = false;
    let escaped = good.chars().map(|c| {
        quoted ^= c == '"';
        if quoted && c != '"' { format!("\\u{:04x}", c as u32) } else { c.to_string() }
    });
    escaped.collect::<String>().into()
}

fn shapes() -> Vec<Row> {
    let deep =
        |open: &str, close: &str| format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
    let shapes: [(&str, &str, Expected); 30] = [
        ("nothing", "", NO_JSON),
        ("white space", " \r\n\t", NO_JSON),
        ("null", "null", NO_OBJECT),
        ("true", "true", NO_OBJECT),
        ("a number", "1", NO_OBJECT),
        ("a text", "\"access_token\"", NO_OBJECT),
        ("an empty list", "[]", NO_OBJECT),
        ("an empty object", "{}", NO_OBJECT),
        (
            "a list of positions",
            r#"["access-token-in-a-list","Bearer",60,null,null,null,null,null]"#,
            NO_OBJECT,
        ),
        ("a list of nulls", "[null,null,null,null]", NO_OBJECT),
        ("a page", "<!doctype html><title>Log in</title>", NO_JSON),
        (
            "a page that leads elsewhere",
            "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
            NO_JSON,
        ),
        (
            "XML",
            "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>",
            NO_JSON,
        ),
        ("a form", "access_token=hostile-access-token&token_type=bearer&id=1", NO_JSON),
        ("a form with an error", "error=invalid_grant", NO_JSON),
        ("YAML", "access_token: a\ntoken_type: Bearer\n", NO_JSON),
        ("a call of a function", "f({\"access_token\":\"a\",\"token_type\":\"Bearer\"})", NO_JSON),
        ("a guard before it", ")]}',\n{\"access_token\":\"a\",\"token_type\":\"Bearer\"}", NO_JSON),
        ("single quotes", "{'access_token':'a','token_type':'Bearer','id':'1'}", NO_JSON),
        ("names without quotes", "{access_token:\"a\",token_type:\"Bearer\",id:\"1\"}", NO_JSON),
        (
            "a comma at the end",
            "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"id\":\"1\",}",
            NO_JSON,
        ),
        (
            "a comment",
            "/**/{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"id\":\"1\"}",
            NO_JSON,
        ),
        (
            "a name that is a number",
            "{1:2,\"access_token\":\"a\",\"token_type\":\"Bearer\",\"id\":\"1\"}",
            NO_JSON,
        ),
        ("no colon", "{\"access_token\" \"a\"}", NO_JSON),
        (
            "only its beginning",
            "{\"access_token\":\"hostile-access-token\",\"token_type\":\"Bearer",
            NO_JSON,
        ),
        ("an opening brace", "{", NO_JSON),
        ("a closing brace", "}", NO_JSON),
        ("a quote", "\"", NO_JSON),
        (
            "a token inside of another object",
            "{\"data\":{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"id\":\"1\"}}",
            NO_OBJECT,
        ),
        (
            "names in other letters",
            "{\"Access_Token\":\"a\",\"TOKEN_TYPE\":\"Bearer\",\"ID\":\"1\"}",
            NO_OBJECT,
        ),
    ];
    let mut rows: Vec<Row> =
        shapes.into_iter().map(|(name, body, it)| fixed(name, body, it)).collect();
    rows.extend([
        changed("twice", |good| format!("{good}{good}").into(), NO_JSON),
        changed("twice, in lines", |good| format!("{good}\n{good}\n").into(), NO_JSON),
        changed("in a list", |good| format!("[{good}]").into(), NO_OBJECT),
        changed("as a text", |good| format!("{good:?}").into(), NO_OBJECT),
        changed("with white space around it", |good| format!(" \r\n{good}\t ").into(), EVERYBODY),
        changed("with a form feed before it", |good| format!("\u{c}{good}").into(), NO_JSON),
        fixed("lists, 10^5 deep", deep("[", "]"), NO_JSON),
        fixed("objects, 10^5 deep", deep("{\"a\":", "}"), [U, U, U, U, T]),
        fixed("lists that are never closed", "[".repeat(100_000), NO_JSON),
        fixed("objects that are never closed", "{\"a\":".repeat(100_000), NO_JSON),
        beside("a member of lists, 10^5 deep", format!("\"x\":{}", deep("[", "]")), SKIPPED),
        beside(
            "a member of objects, 10^5 deep",
            format!("\"x\":{}", deep("{\"a\":", "}")),
            SKIPPED,
        ),
        beside("a scope of lists, 10^5 deep", format!("\"scope\":{}", deep("[", "]")), NO_JSON),
        beside(
            "a scope of lists, 100 deep",
            format!("\"scope\":{}1{}", "[".repeat(100), "]".repeat(100)),
            EVERYBODY,
        ),
        beside(
            "a scope of objects, 10^5 deep",
            format!("\"scope\":{}", deep("{\"a\":", "}")),
            SKIPPED,
        ),
    ]);
    rows
}

fn members() -> Vec<Row> {
    let unknown: Vec<String> =
        (0..10_000).map(|index| format!("\"member-{index}\":{index}")).collect();
    let digits = "7".repeat(100_000);
    let mut rows = vec![
        beside("10^4 unknown members", unknown.join(","), EVERYBODY),
        beside("10^4 members of one name", vec!["\"x\":1"; 10_000].join(","), EVERYBODY),
        beside("a member without a name", "\"\":1", EVERYBODY),
        beside(
            "members of every object's prototype",
            r#""__proto__":{"id":2},"constructor":{}"#,
            EVERYBODY,
        ),
        beside("each member twice", r#""access_token":"b","id":"2","a":"c""#, [U, T, T, T, T]),
        beside("a name twice, once escaped", r#""access\u005ftoken":"b""#, [U, T, T, T, T]),
        beside("the type twice", r#""token_type":"Bearer""#, [U, T, T, T, T]),
        beside("an error of null twice", r#""error":null,"error":null"#, [U, T, T, T, T]),
        fixed(
            "an access token with a line break",
            r#"{"access_token":"a\r\nx: y","token_type":"Bearer","id":"1"}"#,
            [U, T, T, T, T],
        ),
        fixed(
            "an access token that is not ASCII",
            r#"{"access_token":"é","token_type":"Bearer","id":"1"}"#,
            [U, T, T, T, T],
        ),
        fixed(
            "a type that is almost one",
            r#"{"access_token":"a","token_type":"Bearer ","id":"1"}"#,
            [U, T, T, T, T],
        ),
        fixed(
            "a type in wide letters",
            r#"{"access_token":"a","token_type":"Ｂｅａｒｅｒ","id":"1"}"#,
            [U, T, T, T, T],
        ),
        fixed(
            "two types",
            r#"{"access_token":"a","token_type":"Bearer,DPoP","id":"1"}"#,
            [U, T, T, T, T],
        ),
    ];
    // In a member that nobody reads, and in one that the token endpoint's reader does.
    for (name, number, unknown, known) in [
        ("a zero below zero", "-0", EVERYBODY, EVERYBODY),
        ("a number beyond all", "1e400", SKIPPED, NO_JSON),
        ("a number beyond all, below zero", "-1e400", SKIPPED, NO_JSON),
        ("a number next to nothing", "1e-400", EVERYBODY, EVERYBODY),
        ("the greatest number", "1.7976931348623157e308", EVERYBODY, EVERYBODY),
        ("an exponent beyond all", "1e99999999999999999999", SKIPPED, NO_JSON),
        ("nothing with an exponent beyond all", "0e99999999999999999999", EVERYBODY, EVERYBODY),
        ("10^5 digits", &digits, SKIPPED, NO_JSON),
        ("10^5 digits behind the point", &format!("0.{digits}"), EVERYBODY, EVERYBODY),
        ("one more than 64 bits", "18446744073709551616", EVERYBODY, EVERYBODY),
        ("one less than 64 bits", "-9223372036854775809", EVERYBODY, EVERYBODY),
        ("no number", "NaN", NO_JSON, NO_JSON),
        ("infinity", "Infinity", NO_JSON, NO_JSON),
        ("a zero before it", "01", NO_JSON, NO_JSON),
        ("a plus before it", "+1", NO_JSON, NO_JSON),
        ("nothing before the point", ".5", NO_JSON, NO_JSON),
        ("nothing behind the point", "1.", NO_JSON, NO_JSON),
        ("a number of the machine", "0x10", NO_JSON, NO_JSON),
        ("a minus", "-", NO_JSON, NO_JSON),
    ] {
        rows.push(beside(&format!("a member: {name}"), format!("\"x\":{number}"), unknown));
        let body = format!(
            r#"{{"access_token":"{ACCESS_TOKEN}","token_type":"Bearer","expires_in":{number},"id":"1"}}"#
        );
        rows.push(fixed(
            &format!("a lifetime: {name}"),
            body,
            [known[0], unknown[1], unknown[2], unknown[3], T],
        ));
    }
    for text in ["inf", "-inf", "NaN", "infinity", "1e400", "-1e400", "0x10", "١", "1_000", &digits]
    {
        let body = format!(
            r#"{{"access_token":"{ACCESS_TOKEN}","token_type":"Bearer","expires_in":"{text}","id":"1"}}"#
        );
        let name: String = text.chars().take(16).collect();
        rows.push(fixed(&format!("a lifetime in words: {name}"), body, EVERYBODY));
    }
    rows
}

fn sizes() -> Vec<Row> {
    let mib = |name: &str| format!("\"{name}\":\"{}\"", "x".repeat((1 << 20) - 1024));
    vec![
        beside("a member of a MiB", mib("x"), EVERYBODY),
        beside("a name of a MiB", format!("\"{}\":1", "x".repeat((1 << 20) - 1024)), EVERYBODY),
        beside("an ID token of a MiB", mib("id_token"), EVERYBODY),
        beside("a description of a MiB", mib("error_description"), EVERYBODY),
        beside("an error of a MiB", mib("error"), [R, T, T, T, T]),
        fixed(
            "an access token of a MiB",
            format!("{{\"token_type\":\"Bearer\",\"id\":1,{}}}", mib("access_token")),
            [U, T, T, T, T],
        ),
        fixed(
            "a type of a MiB",
            format!("{{\"access_token\":\"a\",\"id\":1,{}}}", mib("token_type")),
            [U, T, T, T, T],
        ),
        changed("a MiB, of which most is white space", |good| padded(good, 1 << 20), EVERYBODY),
        changed("a MiB and a byte", |good| padded(good, (1 << 20) + 1), [L, L, L, T, T]),
        changed("two MiB", |good| padded(good, 2 << 20), [L, L, L, T, T]),
        fixed("16 MiB", vec![b' '; 16 << 20], [L, L, L, U, T]),
        fixed("16 MiB and a byte", vec![b' '; (16 << 20) + 1], [L, L, L, L, L]),
    ]
}

fn padded(good: &str, length: usize) -> Vec<u8> {
    let mut body = good.as_bytes().to_vec();
    body.resize(length, b' ');
    body
}

fn content_types() -> Vec<Row> {
    let good = |name: String| Row::new(name, Body::Changed(|good| good.into()), EVERYBODY);
    // The token endpoint must say that it is JSON. An API need not.
    const ONLY_THE_API: Expected = [U, T, T, T, T];
    let mut rows = Vec::new();
    for (content_types, expected) in [
        (&[][..], ONLY_THE_API),
        (&[""], ONLY_THE_API),
        (&["text/html"], ONLY_THE_API),
        (&["text/plain"], ONLY_THE_API),
        (&["text/json"], ONLY_THE_API),
        (&["application/x-www-form-urlencoded"], ONLY_THE_API),
        (&["application/octet-stream"], ONLY_THE_API),
        (&["application/problem+json"], ONLY_THE_API),
        (&["application/jsonp"], ONLY_THE_API),
        (&["application/json, text/html"], ONLY_THE_API),
        (&["application json"], ONLY_THE_API),
        (&["*/*"], ONLY_THE_API),
        (&["text/html", "application/json"], ONLY_THE_API),
        (&["application/json", "text/html"], EVERYBODY),
        (&["APPLICATION/JSON"], EVERYBODY),
        (&[" application/json ;"], EVERYBODY),
        (&["application/json; charset=utf-16"], EVERYBODY),
        (&["application/json; charset=\"; text/html"], EVERYBODY),
    ] {
        let mut row = good(format!("declared as {content_types:?}")).typed(content_types);
        row.expected = expected;
        rows.push(row);
    }
    let form = "access_token=hostile-access-token&token_type=bearer&scope=repo";
    rows.push(
        fixed("a form that says so", form, NO_JSON).typed(&["application/x-www-form-urlencoded"]),
    );
    let refused = "error=bad_verification_code&error_description=expired";
    rows.push(
        fixed("a refusal as a form", refused, NO_JSON)
            .typed(&["application/x-www-form-urlencoded"]),
    );
    for encoding in ["gzip", "deflate", "br", "zstd", "identity", "gzip, gzip", "x-nothing"] {
        rows.push(
            good(format!("said to be in {encoding}, and is not"))
                .header("content-encoding", encoding),
        );
    }
    rows.push(
        fixed("a bomb of gzip", gzip_bomb(1000), NOT_EVEN_TEXT).header("content-encoding", "gzip"),
    );
    rows
}

/// The head of a gzip stream of zeros, and so many bytes more: each stands for a KiB.
pub(super) fn gzip_bomb(length: usize) -> Vec<u8> {
    const HEAD: [u8; 24] = [
        0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 3, 0xec, 0xc1, 1, 1, 0, 0, 0, 0x80, 0x90, 0xfe, 0xaf,
        0xee, 8, 0x0a,
    ];
    let mut bomb = HEAD.to_vec();
    bomb.resize(HEAD.len() + length, 0);
    bomb
}

fn statuses() -> Vec<Row> {
    let good = |status: u16, expected| {
        Row::new(format!("{status} with a good body"), Body::Changed(|good| good.into()), expected)
            .status(status)
    };
    let mut rows = Vec::new();
    for status in [201, 202, 203, 204, 205, 206, 207, 226, 299] {
        rows.push(good(status, [U, T, T, T, T]));
    }
    for status in [
        100, 101, 103, 199, 300, 301, 302, 303, 304, 305, 306, 307, 308, 399, 400, 401, 402, 405,
        407, 408, 409, 410, 413, 418, 421, 425, 426, 428, 429, 431, 451, 499, 500, 501, 502, 503,
        504, 505, 511, 599, 600, 799, 999,
    ] {
        rows.push(good(status, [U, S, S, T, T]));
    }
    // Without the scope for it the addresses are refused; the user is known all the same.
    for status in [403, 404] {
        rows.push(good(status, [U, S, T, T, T]));
    }
    for status in [400, 401, 500, 503, 999] {
        rows.push(fixed(&format!("{status} with nothing"), "", [U, S, S, U, T]).status(status));
    }
    rows
}

fn errors() -> Vec<Row> {
    let mut rows = Vec::new();
    for (status, token, other) in [
        (200, E, U),
        (201, E, U),
        (302, U, S),
        (400, E, S),
        (401, E, S),
        (500, E, S),
        (503, E, S),
        (999, E, S),
    ] {
        let expected = [token, other, if other == U { T } else { S }, T, T];
        rows.push(
            fixed(
                &format!("{status} with invalid_grant"),
                r#"{"error":"invalid_grant"}"#,
                expected,
            )
            .status(status),
        );
    }
    for code in [
        "invalid_client",
        "invalid_request",
        "unauthorized_client",
        "unsupported_grant_type",
        "invalid_scope",
        "server_error",
        "temporarily_unavailable",
        "access_denied",
        "slow_down",
        "INVALID_GRANT",
        " invalid_grant",
        "invalid_grant ",
        "invalid-grant",
        "invalid_grant_",
        "",
        " ",
        "<script>",
        "ì",
        "a b",
    ] {
        let body = serde_json::json!({ "error": code, "error_description": "x" }).to_string();
        rows.push(fixed(&format!("400 with {code:?}"), body, [R, S, S, T, T]).status(400));
    }
    rows.extend([
        beside("an error beside a token", r#""error":"server_error""#, [R, T, T, T, T]),
        fixed("the end of a session in a page", r#"{"error":"invalid_grant"}"#, [E, S, S, T, T])
            .status(400)
            .typed(&["text/html"]),
        fixed("no JSON at 400", "error=invalid_grant", [U, S, S, U, T]).status(400),
        fixed("a list of errors", r#"[{"error":"invalid_grant"}]"#, [U, S, S, T, T]).status(400),
        fixed("errors in a list", r#"{"errors":["invalid_grant"]}"#, [U, S, S, T, T]).status(400),
    ]);
    rows
}

fn headers() -> Vec<Row> {
    let good = |name: &str| Row::new(name, Body::Changed(|good| good.into()), EVERYBODY);
    let mut cookies = good("200 cookies");
    for index in 0..200 {
        cookies =
            cookies.header("set-cookie", format!("__Host-oauth-hostile-{index}=x; Path=/; Secure"));
    }
    vec![
        cookies,
        good("a cookie of a MiB").header("set-cookie", vec![b'x'; 1 << 20]),
        good("a place of 100 KiB to go to").header("location", vec![b'x'; 100 << 10]),
        good("a place to go to, with 200").header("location", "https://evil.example/"),
        good("a page to go on with").header("refresh", "0; url=https://evil.example/"),
        good("another service to use").header("alt-svc", "h3=\"evil.example:443\"; ma=2592000"),
        good("a place to fetch").header("link", "<https://evil.example/>; rel=preload"),
        good("a challenge with 200").header("www-authenticate", "Bearer error=\"invalid_token\""),
        good("a header that is no text").header("x-hostile", &b"\xff\xfe\x80"[..]),
        good("a wish to be left alone that is no text").header("retry-after", &b"\xff"[..]),
        good("a wish to clear everything").header("clear-site-data", "\"*\""),
        good("a connection to keep").header("connection", "keep-alive, authorization"),
    ]
}

/// Values of every type of JSON.
pub(super) const TYPES: [&str; 16] = [
    "null",
    "true",
    "false",
    "0",
    "1",
    "-1",
    "1.5",
    "\"\"",
    "\" \"",
    "\"text\"",
    "\"true\"",
    "[]",
    "[\"a\"]",
    "[null,1,[{}]]",
    "{}",
    "{\"a\":1}",
];

/// Answers in which one member is of each type, with what comes of them.
pub(super) fn of_every_type(reader: Reader) -> Vec<(String, Response<Bytes>, Outcome)> {
    let all = &TYPES[..];
    let texts = &["\"text\"", "\"true\""][..];
    // A member, the types that are taken, and what comes of the others.
    let fields: &[(&str, &[&str], Outcome)] = match reader {
        Reader::Token => &[
            ("access_token", texts, U),
            ("token_type", &[], U),
            ("expires_in", all, U),
            ("refresh_token", all, U),
            ("scope", all, U),
            ("id_token", all, U),
            ("error", &["null"], R),
            ("error_description", all, U),
            ("error_uri", all, U),
        ],
        Reader::UserInfo => &[
            ("id", &["0", "1", "-1", "\" \"", "\"text\"", "\"true\""], U),
            ("mail", all, U),
            ("verified", all, U),
        ],
        Reader::Emails => &[("mail", all, U), ("verified", all, U), ("primary", all, U)],
        Reader::Json | Reader::Text => &[("a", all, U)],
    };
    let mut answers = Vec::new();
    for (field, tolerated, otherwise) in fields {
        for value in TYPES {
            let good = reader.good();
            let mut whole: serde_json::Value = serde_json::from_str(&good).unwrap();
            let object = if whole.is_array() { &mut whole[0] } else { &mut whole };
            object[*field] = serde_json::from_str(value).unwrap();
            let response = Response::builder().header(CONTENT_TYPE, "application/json");
            let expected = if tolerated.contains(&value) { T } else { *otherwise };
            let response = response.body(Bytes::from(whole.to_string())).unwrap();
            answers.push((format!("`{field}` is {value}"), response, expected));
        }
    }
    answers
}
