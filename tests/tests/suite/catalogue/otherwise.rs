//! Where a declaration says something else than the facts, and why.

/// Slugs, fields and the reason, which holds for each of the fields of each of the slugs.
pub(crate) const OTHERWISE: &[(&str, &str, &str)] = &[
    ("adobe_sign meetup trovo unsplash", "scope_separator", "a `+` in a query is a space"),
    ("apple", "client_auth", "a posted secret, which a key of the client signs"),
    ("apple", "extra_authorize_params", "the key `response_mode` says it"),
    ("auth0", "api_base", "its management API is under the tenant's host"),
    ("autodesk gitea gitlab openstreetmap orcid", "issuer", "no ID token is asked for by default"),
    ("autodesk gitlab", "jwks_url", "no ID token is asked for by default"),
    (
        "azure_ad_b2c",
        "authorize_url issuer jwks_url token_url",
        "a directory is named by its UUID, which is a part of the issuer too",
    ),
    ("bungie harvest heroku", "userinfo_url", "the call takes a header of its own"),
    (
        "canvas_lms facebook github lichess livechat mollie oura quickbooks square stripe webflow",
        "revoke_url",
        "it is taken back by another request than that of RFC 7009",
    ),
    ("faceit", "issuer", "its metadata are not where an issuer has them"),
    ("eve_online quickbooks", "issuer jwks_url", "no ID token is asked for by default"),
    ("facebook", "jwks_url", "it is that of another product, with another issuer"),
    ("frappe logto", "issuer", "`openid` asks for an ID token, and the server is its issuer"),
    ("instagram threads", "refresh refresh_url", "a second exchange is needed, which has no word"),
    (
        "linear meetup monday product_hunt snapchat start_gg",
        "userinfo_url",
        "it is a query in GraphQL, and a call of the API",
    ),
    ("logto", "extra_authorize_params", "it is a part of how a refresh token is had"),
    ("mailchimp salesforce wrike", "api_base", "it is learnt after the login"),
    (
        "microsoft",
        "authorize_url issuer jwks_url token_url",
        "who may sign in is said, and not left to a default",
    ),
    ("odnoklassniki", "userinfo_url", "each call is signed with a third credential"),
    (
        "paypal",
        "api_base authorize_url token_url userinfo_url",
        "the sandbox is another environment, and no placeholder",
    ),
    ("qq", "userinfo_url", "the other one asks for what this one answers"),
    ("slack", "default_scopes", "a login without any is refused"),
    ("stack_exchange", "refresh", "there are no refresh tokens; `no_expiry` is a scope"),
    ("start_gg", "api_base", "it is where the queries go"),
    (
        "dingtalk stripe trovo wechat wechat_official",
        "client_auth",
        "the form's two fields, by other names or in other places",
    ),
    ("superoffice", "jwks_url", "its metadata are not under the issuer"),
    ("twitch", "extra_authorize_params", "the address is told only to who asks for it by name"),
    ("vercel", "default_scopes", "it is an issuer of ID tokens"),
];
