use oauth_runtime::oauth_provider;

#[oauth_provider(
    token_endpoint = "https://github.com/login/oauth/access_token",
    scops(ReadUser = "read:user"),
    slug = "Git-Hub",
)]
pub struct GitHub;

fn main() {}
