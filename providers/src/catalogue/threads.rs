//! Threads: accounts of people, and their posts.

use oauth_runtime::oauth_provider;

/// Signs in with Threads.
///
/// Tokens: an access token lives for an hour; there are no refresh tokens. The exchange for a token that lives for
/// sixty days, and its renewal, are not part of it.
/// There is no e-mail address.
/// Departs from RFC 6749: scopes are separated by commas; the answer has no `token_type`; an error is in `error_type`
/// and `error_message`.
/// Believed, not read: where an error is.
#[oauth_provider(
    console = "https://developers.facebook.com/apps/",
    service_documentation = "https://developers.facebook.com/docs/threads",
    setup(
        "Create an app with the use case Access the Threads API.",
        "Add the redirect URI under Redirect Callback URLs in the settings of the use case.",
        "Copy Threads App ID and Threads App secret from App settings, Basic.",
        "Submit the app for App Review, before others than its testers sign in.",
    ),
    authorization_endpoint = "https://threads.net/oauth/authorize",
    token_endpoint = "https://graph.threads.net/oauth/access_token",
    userinfo_endpoint =
        "https://graph.threads.net/v1.0/me?fields=id,username,name,threads_profile_picture_url",
    api_base = "https://graph.threads.net/",
    scopes(
        /// Read the user's profile and posts.
        ThreadsBasic = "threads_basic",
        /// Publish posts.
        ThreadsContentPublish = "threads_content_publish",
        /// Read the replies to the user's posts.
        ThreadsReadReplies = "threads_read_replies",
        /// Answer, hide and show replies.
        ThreadsManageReplies = "threads_manage_replies",
        /// Read how often posts are seen.
        ThreadsManageInsights = "threads_manage_insights",
    ),
    default_scopes(ThreadsBasic),
    scope_separator = ",",
    token_endpoint_auth_method = client_secret_post,
    offline(never),
    profile(subject = "/id", name = "/name", picture = "/threads_profile_picture_url"),
    dialect(missing_token_type, error_at = "/error_type", error_description_at = "/error_message"),
)]
pub struct Threads;
