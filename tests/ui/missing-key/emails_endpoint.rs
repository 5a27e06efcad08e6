use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://github.com/login/oauth/authorize",
    token_endpoint = "https://github.com/login/oauth/access_token",
    userinfo_endpoint = "https://api.github.com/user",
    profile(subject = "/id"),
    emails(verified = "/verified"),
)]
pub struct GitHub;

fn main() {}
