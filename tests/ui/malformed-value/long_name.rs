use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
)]
pub struct AcmeThatHasANameSoLongThatNobodyCouldReadItInOneLineOfText;

fn main() {}
