//! A background job: calls a provider's API for a user who is not there.
//!
//! `cargo run -p oauth-providers --example offline` needs nothing else: Google is emulated, with access tokens that live for two
//! seconds. With `GOOGLE_CLIENT_ID`, `GOOGLE_CLIENT_SECRET` and `GOOGLE_REFRESH_TOKEN` in the environment it is the
//! real one. It makes three calls, and the access token expires in between.

#![expect(clippy::print_stdout, reason = "it says what the API answered")]

use std::env;
use std::error::Error;
use std::time::Duration;

use oauth_providers::{
    ApiClient, ApiError, Emulator, EncryptedCookies, Google, KeyRing, OAuth, User,
};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let (client, emulator) = client()?;
    for call in 1..=3 {
        if call > 1 {
            tokio::time::sleep(Duration::from_secs(3)).await;
        }
        println!("{call}. {}", answer(&client).await?);
        if let Some(emulator) = &emulator {
            println!("   access tokens fetched so far: {}", emulator.refreshes());
        }
    }
    // Where a provider rotates, the application keeps the newest refresh token for its next run.
    let rotated = client.refresh_token().is_some_and(|token| {
        env::var("GOOGLE_REFRESH_TOKEN").is_ok_and(|before| before != token.expose())
    });
    println!(
        "{}",
        if rotated { "Keep the new refresh token." } else { "The refresh token is as it was." }
    );
    Ok(())
}

/// The API client of a refresh token: all that a job needs.
fn client() -> Result<(ApiClient<Google>, Option<Emulator>), Box<dyn Error>> {
    let builder = OAuth::builder(Google)
        .redirect_uri("http://localhost:3000/oauth/google/callback")
        .persistence(EncryptedCookies::new(KeyRing::generate()?));
    if let Ok(refresh_token) = env::var("GOOGLE_REFRESH_TOKEN") {
        let google = builder
            .client_id(env::var("GOOGLE_CLIENT_ID")?)
            .client_secret(env::var("GOOGLE_CLIENT_SECRET")?)
            .build()?;
        return Ok((google.offline(refresh_token), None));
    }
    println!("GOOGLE_REFRESH_TOKEN is not set: Google is emulated.");
    let ada = User::new("1815").name("Ada Lovelace").verified_email("ada@users.example");
    let emulator = Emulator::of(Google).user(ada).expire_in(Duration::from_secs(2));
    let google = builder
        .client_id(Emulator::CLIENT_ID)
        .client_secret(Emulator::CLIENT_SECRET)
        .http_client(emulator.clone())
        .build()?;
    Ok((google.offline(emulator.refresh_token_of("1815")), Some(emulator)))
}

async fn answer(client: &ApiClient<Google>) -> Result<String, ApiError> {
    let response = client.get("https://openidconnect.googleapis.com/v1/userinfo")?.send().await?;
    let status = response.status();
    Ok(format!("{status} {}", response.text().await?))
}
