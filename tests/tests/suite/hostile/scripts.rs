//! What only a connection can show, as data: heads that are none, lengths that lie, bodies that do not end.

use std::time::Duration;

use super::Outcome;
use super::corpus::gzip_bomb;
use super::wire::Step;

/// What a server plays instead of the good answer, and what is to come of it: where a token is asked for, where JSON
/// is, and where text is.
pub(super) type Row = (&'static str, fn(&str) -> Vec<Step>, [Outcome; 3]);

const T: Outcome = Outcome::Tolerated;
const U: Outcome = Outcome::Refused("unreadable");
const S: Outcome = Outcome::Refused("status");
const L: Outcome = Outcome::Refused("transport");

const EVERYBODY: [Outcome; 3] = [T, T, T];
/// There is an answer, and it is no JSON.
const NO_JSON: [Outcome; 3] = [U, U, T];
const NOT_EVEN_TEXT: [Outcome; 3] = [U, U, U];
const NO_ANSWER: [Outcome; 3] = [L, L, L];

const SECOND: Duration = Duration::from_secs(1);

pub(super) fn rows() -> Vec<Row> {
    [first_lines(), heads(), lengths(), chunks(), interim(), patience(), encodings()].concat()
}

pub(super) fn bytes(text: impl Into<Vec<u8>>) -> Vec<Step> {
    vec![Step::Write(text.into())]
}

/// A head with a body that lasts as long as the connection.
pub(super) fn headed(head: &str, body: &str) -> Vec<Step> {
    bytes(format!("{head}\r\ncontent-type: application/json\r\n\r\n{body}"))
}

/// A good answer with this header.
fn with(header: &[u8], body: &str) -> Vec<Step> {
    let start = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
    bytes([start, header, b"\r\n\r\n", body.as_bytes()].concat())
}

/// A good head, and these chunks.
fn chunked(chunks: &[u8]) -> Vec<Step> {
    let start =
        b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
    bytes([start, chunks].concat())
}

fn chunk(body: &str) -> String {
    format!("{:x}\r\n{body}\r\n", body.len())
}

/// A good answer of exactly this length.
pub(super) fn whole(body: &str) -> Vec<u8> {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n";
    format!("{head}content-length: {}\r\n\r\n{body}", body.len()).into()
}

pub(super) fn then(mut steps: Vec<Step>, step: Step) -> Vec<Step> {
    steps.push(step);
    steps
}

fn first_lines() -> Vec<Row> {
    vec![
        ("a good answer", |good| bytes(whole(good)), EVERYBODY),
        ("HTTP/1.0", |good| headed("HTTP/1.0 200 OK", good), EVERYBODY),
        ("no reason", |good| headed("HTTP/1.1 200", good), EVERYBODY),
        ("another reason", |good| headed("HTTP/1.1 200 invalid_grant", good), EVERYBODY),
        (
            "a reason that is no text",
            |good| {
                bytes(
                    [
                        b"HTTP/1.1 200 \xff\xfe\r\ncontent-type: application/json\r\n\r\n",
                        good.as_bytes(),
                    ]
                    .concat(),
                )
            },
            EVERYBODY,
        ),
        ("HTTP/0.9", |good| bytes(good), NO_ANSWER),
        ("HTTP/1.2", |good| headed("HTTP/1.2 200 OK", good), NO_ANSWER),
        ("HTTP/2.0", |good| headed("HTTP/2.0 200 OK", good), NO_ANSWER),
        ("HTTP/9.9", |good| headed("HTTP/9.9 200 OK", good), NO_ANSWER),
        ("another protocol", |good| headed("ICY 200 OK", good), NO_ANSWER),
        ("small letters", |good| headed("http/1.1 200 ok", good), NO_ANSWER),
        ("no status", |good| headed("HTTP/1.1", good), NO_ANSWER),
        ("a status of letters", |good| headed("HTTP/1.1 abc OK", good), NO_ANSWER),
        ("a status of two digits", |good| headed("HTTP/1.1 20 OK", good), NO_ANSWER),
        ("a status of four digits", |good| headed("HTTP/1.1 2000 OK", good), NO_ANSWER),
        ("a status below zero", |good| headed("HTTP/1.1 -200 OK", good), NO_ANSWER),
        ("a status of 000", |good| headed("HTTP/1.1 000 OK", good), NO_ANSWER),
        ("a status of 099", |good| headed("HTTP/1.1 099 OK", good), NO_ANSWER),
        ("a status of 999", |good| headed("HTTP/1.1 999 OK", good), [U, S, T]),
        ("a zero in the first line", |good| headed("HTTP/1.1 200 O\0K", good), NO_ANSWER),
        ("a line break in the first line", |good| headed("HTTP/1.1\r\n200 OK", good), NO_ANSWER),
        ("empty lines before it", |good| headed("\r\n\r\nHTTP/1.1 200 OK", good), EVERYBODY),
        (
            "a first line that does not end",
            |_| vec![Step::Write(b"HTTP/1.1 200 ".to_vec()), Step::Flood(vec![b'x'; 4096])],
            NO_ANSWER,
        ),
        (
            "binary garbage",
            |_| bytes((0..4096_u32).map(|i| (i * 197 + 13) as u8).collect::<Vec<u8>>()),
            NO_ANSWER,
        ),
        ("endless zeros", |_| vec![Step::Flood(vec![0; 4096])], NO_ANSWER),
        ("endless empty lines", |_| vec![Step::Flood(b"\r\n".repeat(2048))], NO_ANSWER),
        ("a greeting of SSH", |_| bytes("SSH-2.0-OpenSSH_9.9\r\n"), NO_ANSWER),
        ("a greeting of SMTP", |_| bytes("220 mail ESMTP\r\n"), NO_ANSWER),
        ("an alert of TLS", |_| bytes(*b"\x15\x03\x03\x00\x02\x02\x28"), NO_ANSWER),
        ("a preface of HTTP/2", |_| bytes(*b"\0\0\x12\x04\0\0\0\0\0\0\x03\0\0\0d"), NO_ANSWER),
        ("a request", |_| bytes("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n"), NO_ANSWER),
    ]
}

fn heads() -> Vec<Row> {
    vec![
        ("a line without a colon", |good| with(b"nonsense", good), NO_ANSWER),
        ("a header without a name", |good| with(b": x", good), NO_ANSWER),
        ("a space before the colon", |good| with(b"x-a : b", good), NO_ANSWER),
        ("a folded line", |good| with(b"x-a: b\r\n c", good), NO_ANSWER),
        ("a zero in a name", |good| with(b"x\0a: b", good), NO_ANSWER),
        ("a zero in a value", |good| with(b"x-a: b\0c", good), NO_ANSWER),
        ("a bare return in a value", |good| with(b"x-a: b\rc", good), NO_ANSWER),
        ("a name that is no text", |good| with(b"x-\xff: b", good), NO_ANSWER),
        ("a value that is no text", |good| with(b"x-a: \xff\xfe", good), EVERYBODY),
        ("a bare line feed", |good| with(b"x-a: b\nx-c: d", good), EVERYBODY),
        (
            "a type with a zero",
            |good| {
                bytes(format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\0\r\n\r\n{good}"))
            },
            NO_ANSWER,
        ),
        ("90 headers", |good| with(&flood_of(90), good), EVERYBODY),
        ("100 headers too many", |good| with(&flood_of(200), good), NO_ANSWER),
        ("10^4 cookies", |good| with(&flood_of(10_000), good), NO_ANSWER),
        (
            "endless headers",
            |_| {
                vec![
                    Step::Write(b"HTTP/1.1 200 OK\r\n".to_vec()),
                    Step::Flood(b"x-a: b\r\n".repeat(512)),
                ]
            },
            NO_ANSWER,
        ),
        (
            "an endless header",
            |_| {
                vec![
                    Step::Write(b"HTTP/1.1 200 OK\r\nx-a: ".to_vec()),
                    Step::Flood(vec![b'x'; 4096]),
                ]
            },
            NO_ANSWER,
        ),
        (
            "an endless name of a header",
            |_| vec![Step::Write(b"HTTP/1.1 200 OK\r\n".to_vec()), Step::Flood(vec![b'x'; 4096])],
            NO_ANSWER,
        ),
        (
            "a header of 100 KiB",
            |good| with(&[&b"location: "[..], &[b'x'; 100 << 10]].concat(), good),
            EVERYBODY,
        ),
        (
            "a header of a MiB",
            |good| with(&[&b"location: "[..], &vec![b'x'; 1 << 20]].concat(), good),
            NO_ANSWER,
        ),
        ("a head and nothing else", |_| headed("HTTP/1.1 200 OK", ""), NO_JSON),
    ]
}

fn flood_of(cookies: usize) -> Vec<u8> {
    let lines: Vec<String> =
        (0..cookies).map(|it| format!("set-cookie: c{it}=x; Path=/")).collect();
    lines.join("\r\n").into()
}

fn lengths() -> Vec<Row> {
    vec![
        (
            "a length twice",
            |good| {
                with(
                    format!("content-length: {0}\r\ncontent-length: {0}", good.len()).as_bytes(),
                    good,
                )
            },
            EVERYBODY,
        ),
        (
            "two lengths",
            |good| {
                with(
                    format!("content-length: {}\r\ncontent-length: 1", good.len()).as_bytes(),
                    good,
                )
            },
            NO_ANSWER,
        ),
        (
            "a list of lengths",
            |good| with(format!("content-length: {0}, {0}", good.len()).as_bytes(), good),
            EVERYBODY,
        ),
        ("no length", |good| with(b"x-a: b", good), EVERYBODY),
        ("a length of zero", |good| with(b"content-length: 0", good), NO_JSON),
        (
            "a length too short",
            |good| with(format!("content-length: {}", good.len() - 1).as_bytes(), good),
            NO_JSON,
        ),
        (
            "a length too long",
            |good| with(format!("content-length: {}", good.len() + 1).as_bytes(), good),
            NO_ANSWER,
        ),
        (
            "a length too long, and no end",
            |good| {
                then(
                    with(format!("content-length: {}", good.len() + 1).as_bytes(), good),
                    Step::Stall,
                )
            },
            NO_ANSWER,
        ),
        ("a length below zero", |good| with(b"content-length: -1", good), NO_ANSWER),
        (
            "a length with a plus",
            |good| with(format!("content-length: +{}", good.len()).as_bytes(), good),
            NO_ANSWER,
        ),
        ("a length of words", |good| with(b"content-length: many", good), NO_ANSWER),
        ("a length of nothing", |good| with(b"content-length:", good), NO_ANSWER),
        ("a length that is not whole", |good| with(b"content-length: 1.5", good), NO_ANSWER),
        ("a length in another base", |good| with(b"content-length: 0x40", good), NO_ANSWER),
        (
            "a length beyond 64 bits",
            |good| with(b"content-length: 18446744073709551616", good),
            NO_ANSWER,
        ),
        (
            "a length of 64 bits",
            |good| with(b"content-length: 18446744073709551615", good),
            NO_ANSWER,
        ),
        (
            "a length of a TiB, and no end",
            |_| {
                vec![
                    Step::Write(
                        b"HTTP/1.1 200 OK\r\ncontent-length: 1099511627776\r\n\r\n".to_vec(),
                    ),
                    Step::Flood(vec![b'x'; 65_536]),
                ]
            },
            NO_ANSWER,
        ),
        (
            "no length, and no end",
            |_| {
                vec![
                    Step::Write(b"HTTP/1.1 200 OK\r\n\r\n".to_vec()),
                    Step::Flood(vec![b'x'; 65_536]),
                ]
            },
            NO_ANSWER,
        ),
        (
            "more behind it",
            |good| then(bytes(whole(good)), Step::Write(b"more".to_vec())),
            EVERYBODY,
        ),
        (
            "another answer behind it",
            |good| then(bytes(whole(good)), Step::Write(whole("{}"))),
            EVERYBODY,
        ),
        (
            "endless answers behind it",
            |good| then(bytes(whole(good)), Step::Flood(whole("{}"))),
            EVERYBODY,
        ),
        ("no content with a content", |good| headed("HTTP/1.1 204 No Content", good), [U, U, T]),
        ("nothing new with a content", |good| headed("HTTP/1.1 304 Not Modified", good), [U, S, T]),
    ]
}

fn chunks() -> Vec<Row> {
    vec![
        ("chunks", |good| chunked(format!("{}0\r\n\r\n", chunk(good)).as_bytes()), EVERYBODY),
        (
            "chunks of a byte",
            |good| {
                let chunks: String = good.chars().map(|it| chunk(&it.to_string())).collect();
                chunked(format!("{chunks}0\r\n\r\n").as_bytes())
            },
            EVERYBODY,
        ),
        (
            "chunks and a length",
            |good| {
                let chunks = format!(
                    "content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n{}0\r\n\r\n",
                    chunk(good)
                );
                bytes(format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n{chunks}"))
            },
            EVERYBODY,
        ),
        ("chunks without the last", |good| chunked(chunk(good).as_bytes()), NO_ANSWER),
        (
            "chunks without the last, and no end",
            |good| then(chunked(chunk(good).as_bytes()), Step::Stall),
            NO_ANSWER,
        ),
        ("a chunk that breaks off", |good| chunked(format!("fff\r\n{good}").as_bytes()), NO_ANSWER),
        (
            "a chunk that is longer than it says",
            |good| chunked(format!("3\r\n{good}\r\n0\r\n\r\n").as_bytes()),
            NO_ANSWER,
        ),
        (
            "a chunk of no size",
            |good| chunked(format!("\r\n{good}\r\n0\r\n\r\n").as_bytes()),
            NO_ANSWER,
        ),
        (
            "a chunk of words",
            |good| chunked(format!("size\r\n{good}\r\n0\r\n\r\n").as_bytes()),
            NO_ANSWER,
        ),
        (
            "a chunk of a size below zero",
            |good| chunked(format!("-1\r\n{good}\r\n0\r\n\r\n").as_bytes()),
            NO_ANSWER,
        ),
        (
            "a chunk beyond 64 bits",
            |good| chunked(format!("fffffffffffffffff\r\n{good}").as_bytes()),
            NO_ANSWER,
        ),
        (
            "a chunk of 64 bits",
            |good| chunked(format!("ffffffffffffffff\r\n{good}").as_bytes()),
            NO_ANSWER,
        ),
        (
            "endless digits of a size",
            |_| then(chunked(b""), Step::Pulse(vec![b'0'; 256], SECOND / 10)),
            NO_ANSWER,
        ),
        (
            "an endless extension of a chunk",
            |_| then(chunked(b"1;"), Step::Flood(vec![b'x'; 4096])),
            NO_ANSWER,
        ),
        (
            "endless chunks",
            |_| then(chunked(b""), Step::Flood(chunk(&"x".repeat(65_536)).into())),
            NO_ANSWER,
        ),
        (
            "endless chunks of a byte",
            |_| then(chunked(b""), Step::Pulse(chunk("x").repeat(16).into(), SECOND / 10)),
            NO_ANSWER,
        ),
        (
            "endless trailers",
            |good| {
                then(
                    chunked(format!("{}0\r\n", chunk(good)).as_bytes()),
                    Step::Flood(b"x-a: b\r\n".repeat(512)),
                )
            },
            NO_ANSWER,
        ),
        (
            "a trailer with a type and a token",
            |good| {
                chunked(
                    format!(
                        "{}0\r\ncontent-type: text/html\r\nauthorization: x\r\n\r\n",
                        chunk(good)
                    )
                    .as_bytes(),
                )
            },
            EVERYBODY,
        ),
        (
            "chunks that are said to be something else",
            |good| {
                bytes(format!(
                    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: gzip, chunked\r\n\r\n{}0\r\n\r\n",
                    chunk(good)
                ))
            },
            EVERYBODY,
        ),
        (
            "an unknown way to transfer",
            |good| with(b"transfer-encoding: sideways", good),
            EVERYBODY,
        ),
    ]
}

fn interim() -> Vec<Row> {
    const CONTINUE: &str = "HTTP/1.1 100 Continue\r\n\r\n";
    const HINTS: &str =
        "HTTP/1.1 103 Early Hints\r\nlink: <https://evil.example/>; rel=preload\r\n\r\n";
    vec![
        (
            "an interim answer before it",
            |good| bytes([CONTINUE.into(), whole(good)].concat()),
            EVERYBODY,
        ),
        (
            "10^3 interim answers before it",
            |good| bytes([HINTS.repeat(1_000).into(), whole(good)].concat()),
            EVERYBODY,
        ),
        ("an interim answer and nothing else", |_| bytes(CONTINUE), NO_ANSWER),
        ("an interim answer and no end", |_| then(bytes(CONTINUE), Step::Stall), NO_ANSWER),
        (
            "an interim answer each second",
            |_| vec![Step::Pulse(CONTINUE.into(), SECOND)],
            NO_ANSWER,
        ),
        (
            "another protocol from here on",
            |good| {
                headed(
                    "HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade",
                    good,
                )
            },
            [U, S, T],
        ),
    ]
}

fn patience() -> Vec<Row> {
    vec![
        ("no answer", |_| vec![Step::Stall], NO_ANSWER),
        ("an end", |_| vec![], NO_ANSWER),
        ("a break", |_| vec![Step::Reset], NO_ANSWER),
        (
            "a break in the head",
            |_| vec![Step::Write(b"HTTP/1.1 200 OK\r\n".to_vec()), Step::Reset],
            NO_ANSWER,
        ),
        (
            "a head byte by byte",
            |_| vec![Step::Drip(b"HTTP/1.1 200 OK\r\nx-a: b\r\n".to_vec(), SECOND)],
            NO_ANSWER,
        ),
        ("a head and no body", |_| then(with(b"content-length: 10", ""), Step::Stall), NO_ANSWER),
        ("half a body", |good| then(with(b"content-length: 4096", good), Step::Stall), NO_ANSWER),
        (
            "a body byte by byte",
            |_| then(with(b"content-length: 4096", ""), Step::Drip(vec![b' '], SECOND)),
            NO_ANSWER,
        ),
        (
            "a body byte by byte, without a length",
            |_| then(with(b"x-a: b", ""), Step::Drip(vec![b' '], SECOND)),
            NO_ANSWER,
        ),
        (
            "chunks byte by byte",
            |_| then(chunked(b""), Step::Drip(b"1\r\nx\r\n".to_vec(), SECOND)),
            NO_ANSWER,
        ),
    ]
}

fn encodings() -> Vec<Row> {
    /// Said to be in an encoding, and bytes of it without an end.
    fn bomb(encoding: &str, start: &[u8], endless: &[u8]) -> Vec<Step> {
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: {encoding}\r\n\r\n"
        );
        vec![Step::Write([head.as_bytes(), start].concat()), Step::Flood(endless.to_vec())]
    }
    vec![
        (
            "a bomb of gzip, a GiB in a MiB",
            |_| {
                bytes([b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\n\r\n", &gzip_bomb(1_000_000)[..]].concat())
            },
            NOT_EVEN_TEXT,
        ),
        ("an endless bomb of gzip", |_| bomb("gzip", &gzip_bomb(0), &[0; 65_536]), NO_ANSWER),
        (
            "an endless bomb of deflate",
            |_| bomb("deflate", &gzip_bomb(0)[10..], &[0; 65_536]),
            NO_ANSWER,
        ),
        ("an endless bomb of br", |_| bomb("br", b"\x1b", &[0xff; 65_536]), NO_ANSWER),
        (
            "an endless bomb of zstd",
            |_| bomb("zstd", b"\x28\xb5\x2f\xfd\x00\x58", &[2; 65_536]),
            NO_ANSWER,
        ),
    ]
}
