use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    name = "Ac\nme", scope_separator = "\n", dialect(client_id_param = "a\n",
    refresh_auth_method = client_secret_post, client_secret_param = "b\n", scope_param = "c\n", refresh_grant_type = "d\n",
    refresh_token_param = "e\n", access_token_param = "f\n", post_logout_redirect_uri_param = "g\n"), setup("h\n"),
)]
pub struct Acme;

fn main() {}
