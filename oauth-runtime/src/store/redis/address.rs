//! Where Redis is, and who asks.

use percent_encoding::percent_decode_str;
use redis::RedisConnectionInfo;
use url::{Host, Url};

/// What the application's URL says.
pub(super) struct Address {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) tls: bool,
    pub(super) login: RedisConnectionInfo,
}

impl Address {
    /// Reads `redis[s]://[[user]:password@]host[:port][/database]`. What is not understood is refused rather than
    /// left out.
    pub(super) fn parse(url: &str) -> Option<Self> {
        let url = Url::parse(url).ok()?;
        let tls = match url.scheme() {
            "redis" => false,
            "rediss" => true,
            _ => return None,
        };
        if url.query().is_some() || url.fragment().is_some() {
            return None;
        }
        let host = match url.host()? {
            Host::Domain("") => return None,
            Host::Domain(domain) => domain.to_owned(),
            Host::Ipv4(address) => address.to_string(),
            Host::Ipv6(address) => address.to_string(),
        };
        let database = match url.path().trim_start_matches('/') {
            "" => 0,
            number => number.parse::<u16>().ok()?,
        };
        // `CLIENT SETINFO` is one command more that an ACL would have to allow.
        let mut login =
            RedisConnectionInfo::default().set_skip_set_lib_name().set_db(database.into());
        if !url.username().is_empty() {
            login = login.set_username(percent_decode_str(url.username()).decode_utf8().ok()?);
        }
        if let Some(password) = url.password() {
            login = login.set_password(percent_decode_str(password).decode_utf8().ok()?);
        }
        Some(Self { host, port: url.port().unwrap_or(DEFAULT_PORT), tls, login })
    }
}

const DEFAULT_PORT: u16 = 6379;

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn an_address_is_read_whole_or_not_at_all() {
        let read = |url| {
            let Address { host, port, tls, login } = Address::parse(url)?;
            let text = |text: Option<&str>| text.unwrap_or("-").to_owned();
            let (user, password) = (text(login.username()), text(login.password()));
            Some(format!("{host} {port} {tls} {user} {password} {}", login.db()))
        };

        assert_eq!(read("redis://127.0.0.1").unwrap(), "127.0.0.1 6379 false - - 0");
        assert_eq!(
            read("rediss://app:p%40ss@redis.example:6380/3").unwrap(),
            "redis.example 6380 true app p@ss 3"
        );
        assert_eq!(read("redis://:secret@[::1]:1/").unwrap(), "::1 1 false - secret 0");
        for url in [
            "",
            "127.0.0.1:6379",
            "http://127.0.0.1",
            "redis:///var/run/redis.sock",
            "redis://",
            "redis://host/x",
            "redis://host/-1",
            "redis://host:99999",
            "rediss://host/#insecure",
            "redis://host/?protocol=resp3",
            "redis://user:%ff@host",
        ] {
            assert_eq!(read(url), None, "{url}");
        }
    }
}
