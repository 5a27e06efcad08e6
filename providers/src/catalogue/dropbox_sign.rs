//! Dropbox Sign: accounts that send documents to be signed.

use oauth_runtime::oauth_provider;

/// Signs in with Dropbox Sign.
///
/// Tokens: an access token lives for an hour; refresh tokens come with every login.
/// The scopes are those of the app's settings. Until the app is approved, it works for its own account only.
/// Departs from RFC 6749: the token request repeats the `state`; a refresh has an endpoint of its own.
#[oauth_provider(
    name = "Dropbox Sign",
    console = "https://app.hellosign.com/oauth/createAppForm",
    service_documentation = "https://developers.hellosign.com/docs/guides/o-auth/overview",
    setup(
        "Create an API app, and enable OAuth for it.",
        "Enter the redirect URI under OAuth callback, and choose who pays and the scopes.",
        "Copy the client ID and the OAuth secret.",
        "Have the app approved, so that others may use it.",
    ),
    authorization_endpoint = "https://app.hellosign.com/oauth/authorize",
    token_endpoint = "https://app.hellosign.com/oauth/token",
    api_base = "https://api.hellosign.com/",
    token_endpoint_auth_method = client_secret_post,
    token_params(state = state),
    offline(always),
    dialect(refresh_endpoint = "https://app.hellosign.com/oauth/token?refresh"),
)]
pub struct DropboxSign;
