//! The people whom an emulated provider knows.

use oauth_declaration::{EmailVerified, ProfilePointers};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::emulator::pointer::set;

/// Somebody who can log in at an [`Emulator`](crate::Emulator).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct User {
    pub(super) subject: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) email_verified: bool,
    pub(super) picture: Option<String>,
    /// What else is said of them.
    members: Map<String, Value>,
}

impl User {
    /// A user with a stable identifier.
    pub fn new(subject: impl Into<String>) -> Self {
        let subject = subject.into();
        Self {
            name: format!("User {subject}"),
            email: format!("{subject}@users.example"),
            email_verified: false,
            picture: None,
            members: Map::new(),
            subject,
        }
    }

    /// What the user is called.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// An address that the provider has verified.
    #[must_use]
    pub fn verified_email(mut self, address: impl Into<String>) -> Self {
        self.email = address.into();
        self.email_verified = true;
        self
    }

    /// An address that nobody has verified.
    #[must_use]
    pub fn unverified_email(mut self, address: impl Into<String>) -> Self {
        self.email = address.into();
        self.email_verified = false;
        self
    }

    /// The URL of a picture.
    #[must_use]
    pub fn picture(mut self, url: impl Into<String>) -> Self {
        self.picture = Some(url.into());
        self
    }

    /// Answers with this member whenever somebody asks who the user is, in place of what would stand there. It is a name, or
    /// a JSON pointer (RFC 6901).
    ///
    /// # Panics
    ///
    /// If the value has no JSON form.
    #[must_use]
    pub fn member(mut self, place: impl Into<String>, value: impl Serialize) -> Self {
        let value = serde_json::to_value(value).expect("a member of the answer is JSON");
        self.members.insert(place.into(), value);
        self
    }
}

impl User {
    /// Puts what is known of the user where the declaration says that it stands.
    pub(super) fn told_by(&self, profile: &ProfilePointers, answer: &mut Value) {
        set(answer, &profile.subject, json!(self.subject));
        if let Some(pointer) = &profile.name {
            set(answer, pointer, json!(self.name));
        }
        if let Some(pointer) = &profile.email {
            set(answer, pointer, json!(self.email));
        }
        if let EmailVerified::At(pointer) = &profile.email_verified {
            set(answer, pointer, json!(self.email_verified));
        }
        if let Some(pointer) = &profile.picture {
            set(answer, pointer, json!(self.picture));
        }
        self.told_besides(answer);
    }

    /// Puts what no declaration knows of into an answer.
    pub(super) fn told_besides(&self, answer: &mut Value) {
        for (place, value) in &self.members {
            match place.starts_with('/') {
                true => set(answer, place, value.clone()),
                false => answer[place] = value.clone(),
            }
        }
    }
}

/// Everybody, with somebody to start with.
pub(super) struct Users {
    everybody: Vec<User>,
    untouched: bool,
}

impl Users {
    pub(super) fn new() -> Self {
        let ada = User::new("1815").name("Ada Lovelace").verified_email("ada@users.example");
        Self { everybody: vec![ada], untouched: true }
    }

    pub(super) fn add(&mut self, user: User) {
        if std::mem::take(&mut self.untouched) {
            self.everybody.clear();
        }
        self.everybody.push(user);
    }

    pub(super) fn first(&self) -> &User {
        &self.everybody[0]
    }

    pub(super) fn find(&self, subject: &str) -> Option<&User> {
        self.everybody.iter().find(|user| user.subject == subject)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &User> {
        self.everybody.iter()
    }
}
