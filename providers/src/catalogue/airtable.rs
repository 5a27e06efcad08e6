//! Airtable: bases, their tables and records.

use oauth_runtime::oauth_provider;

/// Signs in with Airtable.
///
/// Tokens: an access token lives for an hour, a refresh token for 60 days; each refresh brings a new one.
/// `token_response.refresh_expires_in` says how long the refresh token lives.
/// E-mail addresses are never taken for verified.
/// Believed, not read: there is a refresh token with every login, and PKCE is required.
#[oauth_provider(
    console = "https://airtable.com/create/oauth",
    service_documentation = "https://airtable.com/developers/web/api/oauth-reference",
    setup(
        "Click Register new OAuth integration.",
        "Enter the redirect URI under OAuth redirect URLs.",
        "Copy the Client ID, and click Generate client secret.",
        "Select the scopes and save the changes.",
    ),
    authorization_endpoint = "https://airtable.com/oauth2/v1/authorize",
    token_endpoint = "https://airtable.com/oauth2/v1/token",
    userinfo_endpoint = "https://api.airtable.com/v0/meta/whoami",
    api_base = "https://api.airtable.com/v0/",
    scopes(
        /// Read the user's e-mail address.
        UserEmailRead = "user.email:read",
        /// Read records.
        DataRecordsRead = "data.records:read",
        /// Create, change and delete records.
        DataRecordsWrite = "data.records:write",
        /// Read the comments of records.
        DataRecordCommentsRead = "data.recordComments:read",
        /// Read which tables and fields a base has.
        SchemaBasesRead = "schema.bases:read",
        /// Create and change tables and fields.
        SchemaBasesWrite = "schema.bases:write",
        /// Manage the webhooks of a base.
        WebhookManage = "webhook:manage",
    ),
    default_scopes(UserEmailRead),
    pkce = required,
    offline(always),
    token_response {
        /// The seconds after which the refresh token ends.
        refresh_expires_in: Option<u64>,
    },
    profile(subject = "/id", email = "/email"),
)]
pub struct Airtable;
