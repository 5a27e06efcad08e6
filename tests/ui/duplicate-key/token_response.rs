use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://github.com/login/oauth/authorize",
    token_endpoint = "https://github.com/login/oauth/access_token",
    token_response { company: u64, company: u32 },
)]
pub struct GitHub;

fn main() {}
