use oauth_runtime::oauth_provider;

#[oauth_provider]
pub struct GitHub;

fn main() {}
