//! Where secrets come from: the application's files, and the system's randomness.

use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::StatusCode;
use oauth_providers::{ClientSecret, Emulator, Entropy, EntropyError, Google, KeyRing};
use oauth_tests::{CountingEntropy, World};

use crate::secrets::log;
use crate::sources;

/// The client's secret in a file, so to speak.
fn rotating(secret: &Arc<Mutex<Result<String, &'static str>>>) -> World<Google> {
    let secret = Arc::clone(secret);
    World::with(Google, |builder| {
        builder
            .offline_access(true)
            .client_secret_from(move || secret.lock().unwrap().clone().map(ClientSecret::new))
    })
}

#[tokio::test]
async fn se_04_the_secret_of_the_client_may_change_while_the_application_runs() {
    let secret = Arc::new(Mutex::new(Ok(Emulator::CLIENT_SECRET.to_owned())));
    let world = rotating(&secret);
    let session = world.log_in().await;
    assert!(world.sent.exchanges()[0].sent().contains(Emulator::CLIENT_SECRET));

    *secret.lock().unwrap() = Ok("canary-of-tomorrow".to_owned());
    world.clock.advance(Duration::from_secs(7200));
    let _ = session.client().get("/drive").unwrap().send().await;

    let sent = world.sent.exchanges().last().unwrap().sent();
    assert!(sent.contains("client_secret=canary-of-tomorrow"), "{sent}");
    assert!(!sent.contains(Emulator::CLIENT_SECRET), "{sent}");
}

#[tokio::test]
async fn se_04_a_secret_that_cannot_be_read_sends_nothing_and_logs_nobody_out() {
    let (log, _guard) = log();
    let secret = Arc::new(Mutex::new(Ok(Emulator::CLIENT_SECRET.to_owned())));
    let world = rotating(&secret);
    let session = world.log_in().await;
    world.sent.clear();

    for broken in [Err("the vault is sealed"), Ok(String::new())] {
        *secret.lock().unwrap() = broken;
        world.clock.advance(Duration::from_secs(7200));
        let error = session.client().get("/drive").unwrap().send().await.unwrap_err();
        let page = world.browser().open("/").await;

        assert_eq!(error.code(), "unavailable");
        assert_eq!(page.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(!page.text().contains("vault"), "{}", page.text());
    }
    assert_eq!(world.sent.count(), 0);
    // Whoever runs the application is told why.
    assert!(log.text().contains("could not be read: the vault is sealed"), "{}", log.text());
    assert!(log.text().contains("could not be read: it is empty"), "{}", log.text());

    *secret.lock().unwrap() = Ok(Emulator::CLIENT_SECRET.to_owned());
    world.clock.advance(Duration::from_secs(600));
    session.client().get("/drive").unwrap().send().await.unwrap();
}

#[test]
fn se_05_a_key_that_does_not_fit_is_not_repeated() {
    let file = tempfile::NamedTempFile::new().unwrap();

    for text in ["canary-key-too-short", "!canary-key-of-no-encoding!", "Y2FuYXJ5LWtleQ=="] {
        fs::write(file.path(), text).unwrap();
        let error = KeyRing::from_file(file.path()).unwrap_err();

        let said = format!("{error} {error:?}");
        assert!(!said.contains("canary") && !said.contains("Y2FuYXJ5"), "{said}");
        assert!(said.contains("openssl rand -base64 32"), "{said}");
    }
}

/// There is no randomness, or none after so many draws.
struct Exhausted(AtomicUsize);

impl Entropy for Exhausted {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), EntropyError> {
        let left =
            self.0.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        left.map_err(|_| EntropyError)?;
        CountingEntropy::default().fill(buffer)
    }
}

#[tokio::test]
async fn se_07_without_randomness_no_login_begins_and_none_ends() {
    let mut begun = 0;
    for draws in 0.. {
        let entropy = Exhausted(AtomicUsize::new(draws));
        let world = World::with(Google, |builder| builder.entropy(entropy));
        let mut browser = world.browser();
        let session = world.oauth.instance().session_cookie();

        let mut page = browser.look_at("/").await;
        let begins = page.location();
        if let Some(url) = begins {
            begun += 1;
            let callback = browser.agree(url).await;
            page = browser.arrive(callback).await;
        }

        if page.status() == StatusCode::SEE_OTHER {
            break;
        }
        assert_eq!(page.status(), StatusCode::SERVICE_UNAVAILABLE, "after {draws}");
        assert!(!browser.jar().names().contains(&session), "after {draws}");
        assert_eq!(world.sent.count(), 0, "no code is spent after {draws}");
    }
    assert!(begun >= 2, "one login was begun and not ended for want of randomness");
}

#[test]
fn se_07_random_bytes_come_from_the_system_through_the_files_that_name_the_crypto_crate() {
    let mut drawing = Vec::new();
    for (path, text) in sources::in_folder("oauth-runtime/src") {
        assert!(!text.contains("thread_rng") && !text.contains("rand::random"), "{path}");
        if ["SystemRandom", "getrandom", "SecureRandom"].iter().any(|it| text.contains(it)) {
            drawing.push(path.rsplit("src/").next().unwrap().to_owned());
        }
    }

    drawing.sort_unstable();
    assert_eq!(drawing, ["crypto.rs", "crypto/signature.rs"]);
}
