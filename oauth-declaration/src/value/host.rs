//! The authority of a URL: a host, or a host and a port.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::sentence::short;

/// What is wrong with an authority that holds no placeholder, as the rest of a sentence.
pub(crate) fn check(authority: &str) -> Result<(), String> {
    let (host, port) = match authority.rfind(':') {
        Some(colon) if !authority.ends_with(']') => {
            (&authority[..colon], Some(&authority[colon + 1..]))
        }
        _ => (authority, None),
    };
    if host.is_empty() {
        return Err("has no host; write one behind `://`".to_owned());
    }
    if !is_host(host) {
        let found = short(host);
        return Err(format!("needs a host name or an address, found `{found}`"));
    }
    match port.filter(|port| !is_port(port)) {
        Some("") => Err("has no port behind its `:`; write one or remove the `:`".to_owned()),
        Some(port) => {
            let found = short(port);
            Err(format!("has a port that is no number, found `{found}`"))
        }
        None => Ok(()),
    }
}

/// `localhost`, `127.0.0.1` or `[::1]`, with or without a port.
pub(crate) fn is_loopback(authority: &str) -> bool {
    ["localhost", "127.0.0.1", "[::1]"]
        .iter()
        .filter_map(|host| authority.strip_prefix(host))
        .any(|port| port.is_empty() || port.starts_with(':'))
}

/// A DNS name, an IPv4 address or an IPv6 address in brackets.
fn is_host(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[') {
        let address = address.strip_suffix(']').unwrap_or("");
        return address.parse::<Ipv6Addr>().is_ok();
    }
    // A host whose last label is a number is read as an IPv4 address by every URL parser.
    let last = host.rsplit('.').next().unwrap_or(host);
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !last.is_empty() && (digits(last) || last.starts_with("0x")) {
        return host.parse::<Ipv4Addr>().is_ok();
    }
    host.len() <= 253 && host.split('.').all(is_label)
}

/// RFC 1123 s2.1: letters, digits and inner hyphens.
fn is_label(label: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (1..=63).contains(&label.len())
        && label.bytes().all(letter)
        && !label.starts_with('-')
        && !label.ends_with('-')
}

fn is_port(port: &str) -> bool {
    port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_a_name_or_an_address() {
        for host in [
            "github.com",
            "1password.com",
            "xn--bcher-kva.example:8443",
            "192.0.2.1",
            "[2001:db8::1]:444",
            "localhost:9000",
        ] {
            assert_eq!(check(host), Ok(()), "{host}");
        }
        for host in [
            "",
            "git_hub.com",
            "github..com",
            "-a.com",
            "a-.com",
            "a.com.",
            "256.0.0.1",
            "a.1",
            "[::g]",
            "[::1",
            "a b",
            "a.com:",
            "a.com:99999",
            "a.com:+1",
            "gît.hub",
        ] {
            assert!(check(host).is_err(), "{host}");
        }
    }

    #[test]
    fn loopback_is_a_whole_host() {
        for host in ["localhost", "127.0.0.1:80", "[::1]:3000"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in ["localhost.example.com", "127.0.0.12", "example.com"] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
