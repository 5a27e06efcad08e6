//! Who can log in.
//!
//! A file of users is a list in JSON. Only `subject` is needed; an address that is not said to be verified is not.
//!
//! ```json
//! [
//!   {
//!     "subject": "1815",
//!     "name": "Ada Lovelace",
//!     "email": "ada@users.example",
//!     "email_verified": true,
//!     "picture": "https://pictures.example/ada.png",
//!     "members": { "login": "ada", "/plan/name": "free" }
//!   }
//! ]
//! ```
//!
//! `members` is what else is answered to who asks who the user is, by name or by JSON pointer, in place of what
//! would stand there: a provider's number where the subject is text, a nickname.

use std::collections::HashSet;
use std::path::Path;

use oauth_providers::User;
use serde::Deserialize;

use crate::Failure;
use crate::file;

/// Somebody, as a file has them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Person {
    pub(crate) subject: String,
    name: Option<String>,
    email: Option<String>,
    #[serde(default)]
    email_verified: bool,
    picture: Option<String>,
    #[serde(default)]
    members: serde_json::Map<String, serde_json::Value>,
}

impl Person {
    fn new(subject: &str, name: &str, email: &str, email_verified: bool) -> Self {
        Self {
            subject: subject.to_owned(),
            name: Some(name.to_owned()),
            email: Some(email.to_owned()),
            email_verified,
            picture: None,
            members: serde_json::Map::new(),
        }
    }

    /// The two who are there unless a file names others: one whose address is verified, and one whose is not.
    pub(crate) fn everybody() -> Vec<Self> {
        vec![
            Self::new("1815", "Ada Lovelace", "ada@users.example", true),
            Self::new("1906", "Grace Hopper", "grace@users.example", false),
        ]
    }

    /// Those of a file.
    pub(crate) fn read(path: &Path) -> Result<Vec<Self>, Failure> {
        let people: Vec<Self> = file::json(path)?;
        check(&people).map_err(|words| format!("{}: {words}", path.display()))?;
        Ok(people)
    }

    /// What to call them: `Ada Lovelace (1815)`.
    pub(crate) fn title(&self) -> String {
        match &self.name {
            Some(name) => format!("{name} ({})", self.subject),
            None => self.subject.clone(),
        }
    }

    /// The same as an emulator has them.
    pub(crate) fn user(&self) -> User {
        let mut user = User::new(&self.subject);
        if let Some(name) = &self.name {
            user = user.name(name);
        }
        user = match (&self.email, self.email_verified) {
            (Some(email), true) => user.verified_email(email),
            (Some(email), false) => user.unverified_email(email),
            (None, _) => user,
        };
        if let Some(picture) = &self.picture {
            user = user.picture(picture);
        }
        self.members.iter().fold(user, |user, (place, value)| user.member(place, value))
    }
}

/// What no single member is wrong about.
fn check(people: &[Person]) -> Result<(), String> {
    if people.is_empty() {
        return Err("expected at least one user".to_owned());
    }
    let mut subjects = HashSet::new();
    for (index, person) in people.iter().enumerate() {
        let Person { subject, email, email_verified, .. } = person;
        if subject.is_empty() {
            return Err(format!("`[{index}].subject` is empty"));
        }
        if !subjects.insert(subject) {
            return Err(format!("`[{index}].subject` is that of another user, `{subject}`"));
        }
        if *email_verified && email.is_none() {
            return Err(format!("`[{index}].email_verified`: there is no `email`"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<User>, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("users.json");
        std::fs::write(&path, text).unwrap();
        let people = Person::read(&path).map_err(|failure| {
            failure.to_string().replace(&path.display().to_string(), "users.json")
        });
        Ok(people?.iter().map(Person::user).collect())
    }

    #[test]
    fn a_user_has_what_the_file_says() {
        let users = read(
            r#"[{ "subject": "1815", "name": "Ada", "email": "ada@a.example", "email_verified": true,
                  "picture": "https://a.example/", "members": { "login": "ada" } },
                { "subject": "1906" }]"#,
        );

        let ada = User::new("1815").name("Ada").verified_email("ada@a.example");
        let ada = ada.picture("https://a.example/").member("login", "ada");
        assert_eq!(users.unwrap(), [ada, User::new("1906")]);
    }

    #[test]
    fn a_wrong_file_is_told_with_line_and_member() {
        for (text, words) in [
            (
                "[\n  { \"subject\": \"1\" },\n  { \"subject\": \"2\", \"email_verified\": \"yes\" }\n]",
                "users.json: `[1].email_verified`: invalid type: string \"yes\", expected a boolean at line 3 column 43",
            ),
            (
                "[\n  { \"nam\": \"Ada\" }\n]",
                "users.json: `[0].nam`: unknown field `nam`, expected one of `subject`, `name`, `email`, \
                 `email_verified`, `picture`, `members` at line 2 column 9",
            ),
            (
                "[\n  { \"name\": \"Ada\" }\n]",
                "users.json: `[0]`: missing field `subject` at line 2 column 19",
            ),
            ("{}", "users.json: invalid type: map, expected a sequence at line 1 column 0"),
            ("[]", "users.json: expected at least one user"),
            (
                r#"[{ "subject": "1" }, { "subject": "1" }]"#,
                "users.json: `[1].subject` is that of another user, `1`",
            ),
            (
                r#"[{ "subject": "1", "email_verified": true }]"#,
                "users.json: `[0].email_verified`: there is no `email`",
            ),
            (r#"[{ "subject": "" }]"#, "users.json: `[0].subject` is empty"),
        ] {
            assert_eq!(read(text), Err(words.to_owned()), "{text}");
        }
    }
}
