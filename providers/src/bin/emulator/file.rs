//! Files that a person writes: what is wrong with one is said with its line and its member.

use std::fs;
use std::path::Path;

use serde::de::DeserializeOwned;

use crate::Failure;

/// A file as text.
pub(crate) fn text(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path)
        .map_err(|error| format!("cannot read {}: {error}", path.display()).into())
}

/// What a file in JSON says.
pub(crate) fn json<T: DeserializeOwned>(path: &Path) -> Result<T, Failure> {
    Ok(json_text(&text(path)?).map_err(|words| format!("{}: {words}", path.display()))?)
}

/// What a file says, in JSON or TOML by its extension.
pub(crate) fn json_or_toml<T: DeserializeOwned>(path: &Path) -> Result<T, Failure> {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("json") => json(path),
        Some("toml") => Ok(toml::from_str(&text(path)?)
            .map_err(|error| format!("{}: {}", path.display(), error.to_string().trim_end()))?),
        _ => Err(format!("{}: expected a file `.json` or `.toml`", path.display()).into()),
    }
}

fn json_text<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        // The line and the column stand at the end of what serde_json says.
        match error.path().to_string().as_str() {
            // It is about no member.
            "." | "?" => error.inner().to_string(),
            path => format!("`{path}`: {}", error.inner()),
        }
    })?;
    reader.end().map_err(|error| error.to_string())?;
    Ok(value)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn what_is_no_json_is_named_by_its_line() {
        let error = json_text::<Value>("{\n  \"a\": 1,\n}").unwrap_err();

        assert_eq!(error, "trailing comma at line 3 column 1");
        assert_eq!(
            json_text::<Value>("{} []").unwrap_err(),
            "trailing characters at line 1 column 4"
        );
    }

    #[test]
    fn a_file_is_read_by_its_extension() {
        let error = json_or_toml::<Value>(Path::new("acme.yaml")).unwrap_err();

        assert_eq!(error.to_string(), "acme.yaml: expected a file `.json` or `.toml`");
    }
}
