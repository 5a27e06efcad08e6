use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    name = "", slug = "", scope_separator = "",
    dialect(client_id_param = "", authorization_fragment = "", token_types(""),
    bearer_scheme = "", scope_at = ""),
)]
pub struct Acme;

fn main() {}
