//! A time as a person writes it: `5`, `5s`, `500ms`, `10m`, `1h`.

use std::time::Duration;

/// Whole seconds, as a token response has them.
pub(crate) type Seconds = u64;

/// A time; a number without a unit is seconds.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let number: Option<u64> = number.parse().ok().filter(|number| *number <= MOST);
    let time = number.and_then(|number| match unit {
        "ms" => Some(Duration::from_millis(number)),
        "" | "s" => Some(Duration::from_secs(number)),
        "m" => Some(Duration::from_secs(number * 60)),
        "h" => Some(Duration::from_secs(number * 3600)),
        _ => None,
    });
    time.ok_or_else(|| format!("expected a time such as `2s`, `500ms` or `10m`, found `{text}`"))
}

/// A time of at least a second.
pub(crate) fn seconds(text: &str) -> Result<Seconds, String> {
    match duration(text)? {
        time if time.subsec_nanos() == 0 && !time.is_zero() => Ok(time.as_secs()),
        _ => Err(format!("expected whole seconds, at least one, found `{text}`")),
    }
}

/// A year and more in any unit but the smallest.
const MOST: u64 = 1_000_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_has_a_unit_or_is_seconds() {
        for (text, milliseconds) in
            [("2", 2000), ("2s", 2000), ("500ms", 500), ("10m", 600_000), ("1h", 3_600_000)]
        {
            assert_eq!(duration(text), Ok(Duration::from_millis(milliseconds)), "{text}");
        }
        for text in ["", "s", "2 s", "-1", "1.5s", "2d", "99999999999999999999", "２s"] {
            assert!(duration(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_token_lives_for_whole_seconds() {
        assert_eq!(seconds("5"), Ok(5));
        assert_eq!(seconds("2000ms"), Ok(2));
        assert!(seconds("0").is_err() && seconds("1500ms").is_err());
    }
}
