//! What the answers of a token endpoint look like: the words of a dialect that say so, read once at `build()`.

use oauth_declaration::{Dialect, ErrorWhen, ExpiresIn, List, Text, TokenResponseFormat};

/// Where the members of an answer stand and what they mean. A place that is not set is the RFC's.
#[derive(Debug)]
pub(crate) struct AnswerShape {
    pub(crate) format: TokenResponseFormat,
    /// JSON pointer to the object that holds the members.
    pub(crate) envelope: Option<Text>,
    pub(crate) access_token: Option<Text>,
    pub(crate) refresh_token: Option<Text>,
    pub(crate) expires_in: Option<Text>,
    pub(crate) scope: Option<Text>,
    pub(crate) unit: ExpiresIn,
    pub(crate) may_lack_token_type: bool,
    pub(crate) further_token_types: List<Text>,
    pub(crate) error_when: Option<ErrorWhen>,
    pub(crate) error: Option<Text>,
    pub(crate) error_description: Option<Text>,
    pub(crate) invalid_grant: List<Text>,
    /// The access token is presented at a refresh.
    pub(crate) refreshes_itself: bool,
}

impl AnswerShape {
    pub(crate) fn of(dialect: &Dialect) -> Self {
        Self {
            format: dialect.token_response,
            envelope: dialect.token_response_at.clone(),
            access_token: dialect.access_token_at.clone(),
            refresh_token: dialect.refresh_token_at.clone(),
            expires_in: dialect.expires_in_at.clone(),
            scope: dialect.scope_at.clone(),
            unit: dialect.expires_in,
            may_lack_token_type: dialect.missing_token_type,
            further_token_types: dialect.token_types.clone(),
            error_when: dialect.error_when.clone(),
            error: dialect.error_at.clone(),
            error_description: dialect.error_description_at.clone(),
            invalid_grant: dialect.invalid_grant.clone(),
            refreshes_itself: dialect.refresh_from_access_token,
        }
    }

    /// Whether every member stands where the RFC has it, so that one pass reads them all.
    pub(crate) fn is_plain(&self) -> bool {
        let places = [
            &self.envelope,
            &self.access_token,
            &self.refresh_token,
            &self.expires_in,
            &self.scope,
            &self.error,
            &self.error_description,
        ];
        self.format != TokenResponseFormat::Form
            && self.error_when.is_none()
            && places.iter().all(|place| place.is_none())
    }
}
