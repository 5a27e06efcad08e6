//! Mail.ru: mailboxes and accounts of people.

use oauth_runtime::oauth_provider;

/// Signs in with Mail.ru.
///
/// Tokens: an access token lives for an hour; refresh tokens come with every login.
/// An e-mail address is never taken for verified.
/// Departs from RFC 6749: the answer of the token endpoint has no `token_type`.
/// Departs from RFC 6750: the access token travels in the query, as `access_token`.
/// Believed, not read: an access token lives for an hour; an answer has no `token_type`.
#[oauth_provider(
    name = "Mail.ru",
    slug = "mailru",
    console = "https://oauth.mail.ru/app/",
    service_documentation = "https://help.mail.ru/developers/oauth/about",
    setup(
        "Create an application.",
        "Enter the redirect URI, exactly as the library sends it.",
        "Copy the client ID and the client secret.",
    ),
    authorization_endpoint = "https://oauth.mail.ru/login",
    token_endpoint = "https://oauth.mail.ru/token",
    userinfo_endpoint = "https://oauth.mail.ru/userinfo",
    scopes(
        /// Read the user's name, picture and e-mail address.
        UserInfo = "userinfo",
        /// Read the user's mail by IMAP.
        MailImap = "mail.imap",
    ),
    default_scopes(UserInfo),
    offline(always),
    profile(subject = "/id", name = "/name", email = "/email", picture = "/image"),
    dialect(missing_token_type, access_token_param = "access_token"),
)]
pub struct MailRu;
