//! Mailchimp: audiences and campaigns of accounts.

use oauth_runtime::oauth_provider;

/// Signs in with Mailchimp.
///
/// Tokens: access tokens do not expire; there are no refresh tokens. There are no scopes.
/// The API is on a host of the account's data centre, which the profile's answer names in `api_endpoint`.
/// An e-mail address is never taken for verified.
/// Departs from RFC 6749: the answer of the token endpoint has no `token_type`.
/// Departs from RFC 6750: the word before an access token is `OAuth`.
/// Believed, not read: access tokens do not expire; an answer has no `token_type`.
#[oauth_provider(
    console = "https://admin.mailchimp.com/account/oauth2/",
    service_documentation =
        "https://mailchimp.com/developer/marketing/guides/access-user-data-oauth-2/",
    setup(
        "Open Registered Apps, and register an app.",
        "Enter the redirect URI in Redirect URI.",
        "Copy Client ID and Client Secret.",
    ),
    authorization_endpoint = "https://login.mailchimp.com/oauth2/authorize",
    token_endpoint = "https://login.mailchimp.com/oauth2/token",
    userinfo_endpoint = "https://login.mailchimp.com/oauth2/metadata",
    token_endpoint_auth_method = client_secret_post,
    offline(never),
    profile(subject = "/login/login_id", name = "/login/login_name", email = "/login/login_email"),
    dialect(missing_token_type, bearer_scheme = "OAuth"),
)]
pub struct Mailchimp;
