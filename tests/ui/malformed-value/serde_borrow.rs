use oauth_runtime::oauth_provider;

#[oauth_provider(
    issuer = "https://acme.example",
    token_response { #[serde(borrow)] company: std::borrow::Cow<'static, str> },
)]
pub struct Acme;

fn main() {}
