//! Who the user is: the provider's userinfo answer, read where the declaration says.

use std::fmt;

use http::header::CONTENT_TYPE;
use http::{Method, StatusCode};
use oauth_declaration::{EmailVerified, EmailsCall, UserinfoRequest};
use serde::de::DeserializeOwned;
use serde_json::Value;
use url::Url;

use crate::api::request::ApiRequest;
use crate::api::response::ApiResponse;
use crate::api::source::Source;
use crate::error::ApiError;
use crate::grant::parameters::Known;
use crate::http_client::BodyLimit;
use crate::jwt_error::JwtError;
use crate::oidc::claims::{self, IdTokenClaims, Identity};
use crate::oidc::userinfo as signed;

/// Who the user is, by the provider's word.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Profile {
    identity: Identity,
    name: Option<String>,
    email: Option<Email>,
    picture: Option<String>,
    raw: Value,
}

impl Profile {
    /// Who the user is: what an account is known by. The issuer is that of the ID token; a provider that has none is known
    /// by its declared `callback_issuer`, or else its slug.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// The user's stable identifier at the provider.
    #[must_use]
    pub fn subject(&self) -> &str {
        self.identity.subject()
    }

    /// The name to show.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The e-mail address, and whether the provider has verified it.
    #[must_use]
    pub fn email(&self) -> Option<&Email> {
        self.email.as_ref()
    }

    /// The URL of a picture.
    #[must_use]
    pub fn picture(&self) -> Option<&str> {
        self.picture.as_deref()
    }

    /// The whole answer of the userinfo endpoint, or the claims of the ID token where there is no such endpoint.
    #[must_use]
    pub fn raw(&self) -> &Value {
        &self.raw
    }

    /// Reads the whole answer into a type of yours.
    ///
    /// # Errors
    ///
    /// [`ApiError::Unreadable`] if it is not of that shape.
    pub fn fields<T: DeserializeOwned>(&self) -> Result<T, ApiError> {
        T::deserialize(&self.raw).map_err(|_| ApiError::Unreadable {
            reason: "the profile has another shape".to_owned(),
        })
    }
}

/// An address, whose type says whether it may be believed.
///
/// # Security
///
/// Find an account by a [`Verified`](Self::Verified) address only: anybody can write any address into an
/// account of a provider that does not verify.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Email {
    /// The provider has verified that it is the user's.
    Verified(VerifiedEmail),
    /// Nobody has.
    Unverified(UnverifiedEmail),
}

impl Email {
    fn new(address: String, verified: bool) -> Self {
        if verified {
            Self::Verified(VerifiedEmail(address))
        } else {
            Self::Unverified(UnverifiedEmail(address))
        }
    }

    /// The address, if it may be believed.
    #[must_use]
    pub fn verified(&self) -> Option<&VerifiedEmail> {
        match self {
            Self::Verified(email) => Some(email),
            Self::Unverified(_) => None,
        }
    }

    /// The address, believed or not: to show it.
    #[must_use]
    pub fn address(&self) -> &str {
        match self {
            Self::Verified(VerifiedEmail(address)) | Self::Unverified(UnverifiedEmail(address)) => {
                address
            }
        }
    }
}

/// An address that the provider has verified.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct VerifiedEmail(String);

impl VerifiedEmail {
    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for VerifiedEmail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An address that nobody has verified.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct UnverifiedEmail(String);

impl UnverifiedEmail {
    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Asks the provider who the user is: one call, or two where the address needs its own; none where the ID token has said it
/// and there is nobody else to ask.
pub(crate) async fn fetch(source: &Source) -> Result<Profile, ApiError> {
    let registration = &source.engine().registration;
    let declaration = &registration.declaration;
    let server = source.engine().server().await?;
    let pointers = declaration.profile.as_ref().ok_or(ApiError::Undeclared { key: "profile" })?;
    let claims = registration.is_openid().then(|| claims::kept(&source.newest())).flatten();
    let said = || claims.as_ref().and_then(IdTokenClaims::value);
    let raw = match &server.userinfo {
        Some(endpoint) => asked(source, endpoint, claims.as_ref()).await?,
        None => said().ok_or(ApiError::Undeclared { key: "userinfo_endpoint" })?,
    };
    let at = |pointer: &Option<_>| pointer.as_deref().and_then(|pointer| text_at(&raw, pointer));
    let subject = text_at(&raw, &pointers.subject).ok_or_else(|| ApiError::Unreadable {
        reason: format!("no subject at `{}`", pointers.subject),
    })?;
    let mut email = at(&pointers.email).map(|address| {
        let verified = match &pointers.email_verified {
            EmailVerified::Always => true,
            EmailVerified::Never => false,
            EmailVerified::At(pointer) => is_true_at(&raw, pointer),
        };
        Email::new(address, verified)
    });
    if let (Some(emails), Some(endpoint)) = (&declaration.emails, &server.emails) {
        // Without the scope for it the provider refuses the second call: the user is known all the same.
        match read(ApiRequest::new(source.clone(), Method::GET, endpoint.clone())).await {
            Ok(list) => email = best_email(&list, emails).or(email),
            Err(ApiError::Status { status: StatusCode::FORBIDDEN | StatusCode::NOT_FOUND }) => {}
            Err(error) => return Err(error),
        }
    }
    let known_as = registration.issuer.as_deref().unwrap_or(&declaration.slug);
    let issuer = claims.as_ref().map_or(known_as, IdTokenClaims::issuer);
    let identity = Identity::new(issuer, subject);
    let (name, picture) = (at(&pointers.name), at(&pointers.picture));
    Ok(Profile { identity, name, email, picture, raw })
}

/// What the userinfo endpoint says, in JSON or in a token that the issuer signed. Where there is an ID token it must be about
/// the same user: "The sub Claim in the UserInfo Response MUST be verified to exactly match the sub Claim in the ID Token".
async fn asked(
    source: &Source,
    endpoint: &Url,
    claims: Option<&IdTokenClaims>,
) -> Result<Value, ApiError> {
    let answer = sent(userinfo(source, endpoint)?).await?;
    let Some(claims) = claims else { return answer.json().await };
    let content_type = answer.headers().get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let kind = content_type.and_then(|it| it.split(';').next()).unwrap_or_default().trim();
    let raw: Value = if kind.eq_ignore_ascii_case("application/jwt") {
        let peer = source.engine().peer();
        let token = answer.text().await?;
        signed::verified(&peer, &token, source.engine().clock.now())
            .await
            .map_err(ApiError::Profile)?
    } else if kind.eq_ignore_ascii_case("text/html") {
        return Err(ApiError::Unreadable { reason: "it is a page".to_owned() });
    } else {
        answer.json().await?
    };
    match raw.get("sub").and_then(Value::as_str) {
        Some(subject) if subject == claims.subject() => Ok(raw),
        _ => Err(ApiError::Profile(JwtError::Subject)),
    }
}

/// The question who the user is, as the dialect asks it.
pub(crate) fn userinfo(source: &Source, endpoint: &Url) -> Result<ApiRequest, ApiError> {
    let registration = &source.engine().registration;
    let dialect = &registration.declaration.dialect;
    let tokens = source.newest();
    let known = Known::of_tokens(&tokens);
    let fields = known.fields(&dialect.userinfo_params, registration);
    let fields = fields.map_err(|error| ApiError::Malformed(error.into()))?;
    let fields = fields.into_iter().map(|(name, value)| (name.into_owned(), value.into_owned()));
    let asks = |method| ApiRequest::new(source.clone(), method, endpoint.clone());
    let (method, posts_a_form) = match dialect.userinfo_request {
        UserinfoRequest::Bearer => (Method::GET, false),
        UserinfoRequest::Post => (Method::POST, false),
        UserinfoRequest::Form => (Method::POST, true),
    };
    Ok(match posts_a_form {
        true => asks(method).form_with_token(fields.collect()),
        false => fields.fold(asks(method), |request, (name, value)| request.query(&name, &value)),
    })
}

async fn read(request: ApiRequest) -> Result<Value, ApiError> {
    sent(request).await?.json().await
}

/// A value in memory may be a hundred times what it is on the wire: no profile is as large as a file.
async fn sent(request: ApiRequest) -> Result<ApiResponse, ApiError> {
    request.limit(BodyLimit::BACK_CHANNEL).send().await?.error_for_status()
}

/// A verified address before one that is not, the primary one before the others.
fn best_email(list: &Value, emails: &EmailsCall) -> Option<Email> {
    let addresses = list.as_array()?.iter().filter_map(|element| {
        let is = |pointer: &Option<_>| {
            pointer.as_deref().is_some_and(|pointer| is_true_at(element, pointer))
        };
        Some((is(&emails.verified), is(&emails.primary), text_at(element, &emails.address)?))
    });
    let best = addresses.max_by_key(|(verified, primary, _)| (*verified, *primary));
    best.map(|(verified, _, address)| Email::new(address, verified))
}

/// The text or the whole number at a pointer (RFC 6901), as text; an empty one is none. A number that is not whole, or
/// of more than 64 bits, is read as one near it, which may be another user's.
fn text_at(value: &Value, pointer: &str) -> Option<String> {
    match value.pointer(pointer)? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) if !number.is_f64() => Some(number.to_string()),
        _ => None,
    }
}

/// Some providers write their booleans as text.
fn is_true_at(value: &Value, pointer: &str) -> bool {
    match value.pointer(pointer) {
        Some(Value::Bool(flag)) => *flag,
        Some(Value::String(text)) => text == "true",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const EMAILS: EmailsCall = EmailsCall {
        endpoint: std::borrow::Cow::Borrowed("https://api.acme.example/emails"),
        address: std::borrow::Cow::Borrowed("/email"),
        verified: Some(std::borrow::Cow::Borrowed("/verified")),
        primary: Some(std::borrow::Cow::Borrowed("/primary")),
    };

    #[test]
    fn the_verified_primary_address_is_the_best() {
        let best = |list: Value| {
            best_email(&list, &EMAILS).map(|email| (email.verified().is_some(), email))
        };

        let (verified, email) = best(json!([
            {"email": "unverified@a.example", "verified": false, "primary": true},
            {"email": "second@a.example", "verified": true, "primary": false},
            {"email": "first@a.example", "verified": true, "primary": true},
        ]))
        .unwrap();
        assert_eq!((verified, email.address()), (true, "first@a.example"));

        let (verified, _) = best(json!([{"email": "a@a.example", "primary": true}])).unwrap();
        assert!(!verified);
        assert!(best(json!({"email": "a@a.example"})).is_none());
        assert!(best(json!([])).is_none());
    }

    #[test]
    fn a_subject_may_be_a_number() {
        assert_eq!(text_at(&json!({"id": 583_231}), "/id").as_deref(), Some("583231"));
        assert_eq!(text_at(&json!({"id": u64::MAX}), "/id"), Some(u64::MAX.to_string()));
        for near in ["18446744073709551616", "1.5", "1e3"] {
            let value = serde_json::from_str(&format!("{{\"id\":{near}}}")).unwrap();
            assert_eq!(text_at(&value, "/id"), None, "{near}");
        }
        assert_eq!(text_at(&json!({"id": ""}), "/id"), None);
        assert_eq!(text_at(&json!({"id": null}), "/id"), None);
    }
}
