//! An application of ours, its provider, and a browser that is logged in to it.

use bytes::Bytes;
use http::header::{COOKIE, LOCATION, SET_COOKIE};
use http::{HeaderValue, Request, Response};
use oauth_providers::{
    Emulator, EncryptedCookies, Endpoint, HttpClient, OAuth, OAuthPersistence, oauth_provider,
};
use oauth_tests::key_ring;
use tower::ServiceExt as _;

/// A provider that gives a refresh token, and a new one at each renewal.
#[oauth_provider(
    authorization_endpoint = "https://bench.example/authorize",
    token_endpoint = "https://bench.example/token",
    api_base = "https://bench.example/api/",
    token_endpoint_auth_method = client_secret_post,
    scopes(Profile = "profile", Mail = "mail:read"),
    default_scopes(Profile, Mail),
    offline(always),
)]
pub(crate) struct Bench;

pub(crate) const REDIRECT_URI: &str = "https://app.example/callback";

/// The application that keeps everything in sealed cookies.
pub(crate) fn application(http_client: impl HttpClient) -> OAuth<Bench> {
    application_with(EncryptedCookies::new(key_ring()).single_process(), http_client)
}

/// The application with another persistence.
pub(crate) fn application_with(
    persistence: impl OAuthPersistence,
    http_client: impl HttpClient,
) -> OAuth<Bench> {
    OAuth::builder(Bench)
        .client_id(Emulator::CLIENT_ID)
        .client_secret(Emulator::CLIENT_SECRET)
        .redirect_uri(REDIRECT_URI)
        .persistence(persistence)
        .http_client(http_client)
        .build()
        .unwrap()
}

/// An answer of a token endpoint.
pub(crate) fn json(body: impl Into<Bytes>) -> Response<Bytes> {
    let response = Response::builder().header("content-type", "application/json");
    response.body(body.into()).unwrap()
}

/// A token answer of 1.5 KB: an access token that is a JWT, and a refresh token or none.
pub(crate) fn token_answer(refresh_token: bool) -> String {
    let refresh = format!(r#""refresh_token":"{}","#, text("rt.", 400));
    let (refresh, access) = if refresh_token { (refresh.as_str(), 960) } else { ("", 1380) };
    format!(
        r#"{{"access_token":"{}","token_type":"Bearer","expires_in":3600,{refresh}"scope":"profile mail:read","tenant":"acme","team":{{"id":"T0123","name":"The Bench"}}}}"#,
        text("at.", access)
    )
}

/// Characters as they stand in a token.
fn text(prefix: &str, length: usize) -> String {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let body = (prefix.len()..length).map(|i| char::from(alphabet[i * 37 % alphabet.len()]));
    prefix.chars().chain(body).collect()
}

/// Logs a browser in to the application, which calls this emulator, with this token answer; returns the cookies that it
/// then sends.
pub(crate) async fn log_in(
    oauth: &OAuth<Bench>,
    emulator: &Emulator,
    token_answer: String,
) -> HeaderValue {
    let login = Request::get("https://app.example/login").body(String::new()).unwrap();
    let begun = oauth.login().oneshot(login).await.unwrap();
    let agree = Request::get(begun.headers()[LOCATION].to_str().unwrap()).body(Bytes::new());
    let agreed = HttpClient::call(emulator, agree.unwrap()).await.unwrap();
    emulator.answer_next(Endpoint::Token, json(token_answer));
    let callback = Request::get(agreed.headers()[LOCATION].to_str().unwrap())
        .header(COOKIE, cookies_of(&begun, ""))
        .body(String::new())
        .unwrap();
    let done = oauth.callback().oneshot(callback).await.unwrap();
    assert_eq!(done.status(), http::StatusCode::SEE_OTHER);
    let marker = format!("{}.arrived", oauth.instance().session_cookie());
    cookies_of(&done, &marker)
}

/// What a browser sends back of the cookies that a response sets, but for one.
pub(crate) fn cookies_of<B>(response: &Response<B>, but: &str) -> HeaderValue {
    let set = response.headers().get_all(SET_COOKIE).iter().map(|line| line.to_str().unwrap());
    let kept = set
        .filter(|line| !line.contains("Max-Age=0") && (but.is_empty() || !line.starts_with(but)));
    let pairs: Vec<&str> = kept.map(|line| line.split(';').next().unwrap()).collect();
    HeaderValue::try_from(pairs.join("; ")).unwrap()
}
