//! A person with a real browser logs in at `--example login`.
//!
//! It needs Chromium and its driver, `chromedriver`. Where they are not to be had a test prints why and passes,
//! unless `CI` is `true`.

#![expect(clippy::unwrap_used, reason = "a helper of a test may fail the test")]

use std::env;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::routing::get;
use oauth_providers::{
    Admission, Apple, ClientKey, Emulator, EncryptedCookies, Environment, KeyRing, OAuth, Session,
};
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::extensions::query::{ElementPollerWithTimeout, ElementQueryable as _};
use thirtyfour::{
    By, ChromiumLikeCapabilities as _, Cookie, DesiredCapabilities, LoggingPrefsLogLevel, SameSite,
    WebDriver, WebElement, WindowHandle,
};
use url::Url;

#[tokio::test]
async fn a_person_logs_in_with_google() {
    let account = Account { scopes: "email openid profile", ..ADAS };

    a_person_logs_in("google", &ADA, &account).await;
}

#[tokio::test]
async fn a_person_logs_in_with_github() {
    let account = Account { scopes: "read:user user:email", ..ADAS };

    a_person_logs_in("github", &ADA, &account).await;
}

#[tokio::test]
async fn a_person_logs_in_with_auth0() {
    let account = Account { scopes: "email offline_access openid profile", ..ADAS };

    a_person_logs_in("auth0", &ADA, &account).await;
}

/// Acme declares no picture, and that it verifies nobody's address.
#[tokio::test]
async fn a_person_logs_in_with_a_provider_that_the_application_declared() {
    let account = Account {
        email: "ada@users.example not verified",
        picture: false,
        scopes: "invoices:write read:profile",
    };

    a_person_logs_in("acme", &ADA, &account).await;
}

#[tokio::test]
async fn an_address_that_nobody_verified_is_shown_as_such() {
    let email = "grace@users.example not verified";
    let account = Account { email, picture: true, scopes: "email openid profile" };

    a_person_logs_in("google", &GRACE, &account).await;
}

/// From the start page through the consent page to the account, a call of the API, and out again.
async fn a_person_logs_in(slug: &str, person: &Person, account: &Account) {
    let Some(world) = World::new().await else { return };
    world.open("/").await;
    world.click(By::Id(slug)).await;

    world.consent(slug, person).await;

    assert_eq!(world.text("name").await, person.name);
    assert_eq!(world.path().await, format!("/{slug}"));
    assert_eq!(world.text("email").await, account.email);
    assert_eq!(world.text("subject").await, person.subject);
    assert_eq!(sorted(&world.text("scopes").await), account.scopes);
    assert!(is_within_the_minute(&world.text("expires").await));
    let shown = "return document.querySelector('header img')?.naturalWidth > 0";
    assert_eq!(world.script(shown).await, json!(account.picture));

    world.click(By::Id("call")).await;

    assert_eq!(world.text("status").await, "200 OK");
    let answer: Value = serde_json::from_str(&world.text("answer").await).unwrap();
    let user = answer.get("user").or(answer.get("sub"));
    assert_eq!(user, Some(&json!(person.subject)), "{answer}");

    world.click(By::Id("logout")).await;

    // The start page: it has a button for each provider.
    world.find(By::Id(slug)).await;
    assert_eq!(world.path().await, "/");
    world.open(&format!("/{slug}")).await;
    world.find(continue_as(person)).await;
    assert!(world.path().await.starts_with(&format!("/emulator/{slug}/")));
}

#[tokio::test]
async fn a_token_is_renewed_when_a_person_asks_for_it() {
    let Some(world) = World::new().await else { return };
    world.open("/acme").await;
    world.consent("acme", &ADA).await;
    let mut issued = world.text("issued").await;
    while issued == "0 s ago" {
        world.open("/acme").await;
        issued = world.text("issued").await;
    }

    world.click(By::Id("refresh")).await;

    world.find(By::XPath("//*[@id='issued' and text()='0 s ago']")).await;
    assert_eq!(world.text("name").await, ADA.name);
}

#[tokio::test]
async fn two_tabs_that_start_at_the_same_instant_both_log_in() {
    let Some(world) = World::new().await else { return };
    world.open("/").await;
    let start = world.browser.window().await.unwrap();
    world.script("open('/github'); open('/github')").await;
    let tabs = world.tabs_beside(&start, 2).await;
    for tab in &tabs {
        world.browser.switch_to_window(tab.clone()).await.unwrap();
        world.find(continue_as(&ADA)).await;
    }

    for tab in tabs.iter().rev() {
        world.browser.switch_to_window(tab.clone()).await.unwrap();
        world.consent("github", &ADA).await;

        assert_eq!(world.text("name").await, ADA.name);
        assert_eq!(world.path().await, "/github");
    }
}

#[tokio::test]
async fn a_person_who_declined_can_think_again() {
    let Some(world) = World::new().await else { return };
    world.open("/github").await;

    world.click(By::Css("button[name=deny]")).await;

    let again = world.find(By::LinkText("Log in with GitHub")).await;
    let title = world.find(By::Tag("h1")).await.text().await.unwrap();
    assert_eq!(title, "You are not logged in");
    let status = "return performance.getEntriesByType('navigation')[0].responseStatus";
    assert_eq!(world.script(status).await, json!(403));

    again.click().await.unwrap();
    world.consent("github", &ADA).await;

    assert_eq!(world.text("name").await, ADA.name);
    assert_eq!(world.path().await, "/github");
}

#[tokio::test]
async fn a_logout_from_one_provider_leaves_the_other_alone() {
    let Some(world) = World::new().await else { return };
    world.open("/google").await;
    world.consent("google", &ADA).await;
    assert_eq!(world.text("name").await, ADA.name);
    world.open("/github").await;
    world.consent("github", &GRACE).await;
    assert_eq!(world.text("name").await, GRACE.name);

    world.click(By::Id("logout")).await;

    world.find(By::Id("github")).await;
    world.open("/google").await;
    assert_eq!(world.text("name").await, ADA.name);
    world.open("/github").await;
    world.find(continue_as(&GRACE)).await;
}

#[tokio::test]
async fn scripts_and_other_sites_get_no_cookie_and_nobody_sees_a_token() {
    let Some(world) = World::new().await else { return };
    let (mut cookies, mut pages) = (Vec::new(), Vec::new());

    world.open("/google").await;
    world.find(continue_as(&ADA)).await;
    world.look(&mut cookies, &mut pages).await;
    world.consent("google", &ADA).await;
    world.find(By::Id("call")).await;
    world.look(&mut cookies, &mut pages).await;
    world.click(By::Id("call")).await;
    world.find(By::Id("answer")).await;
    world.look(&mut cookies, &mut pages).await;
    world.open("/github").await;
    world.click(By::Css("button[name=deny]")).await;
    world.find(By::LinkText("Log in with GitHub")).await;
    world.look(&mut cookies, &mut pages).await;

    // One of the login under way, then one of the session on each page.
    assert!(cookies.len() >= pages.len(), "{cookies:?}");
    for cookie in &cookies {
        assert_eq!(cookie.http_only, Some(true), "{}", cookie.name);
        assert_eq!(cookie.same_site, Some(SameSite::Lax), "{}", cookie.name);
        assert_eq!(cookie.path.as_deref(), Some("/"), "{}", cookie.name);
    }
    assert_eq!(world.script("return document.cookie").await, json!(""));
    for page in &pages {
        assert_eq!(opaque_words(page), Vec::<&str>::new(), "{page}");
    }
    let requested = world.requested().await;
    assert!(requested.iter().any(|url| url.path() == "/auth/google/callback"));
    for url in &requested {
        assert_eq!(url.fragment(), None, "{url}");
        for (name, _) in url.query_pairs() {
            assert!(OF_THE_FRONT_CHANNEL.contains(&&*name), "`{name}` in {url}");
        }
    }
}

/// Apple has the browser post the answer from another site, with which no cookie of ours comes.
#[tokio::test]
async fn a_callback_that_another_site_posts_completes_the_login_and_leaves_no_code_in_the_history()
{
    let Some((driver, chromium)) = programs() else { return };
    let key = ClientKey::from_pem(CLIENT_KEY).unwrap().key_id("key");
    let emulator = Emulator::of(Apple).client_jwk(&key.public_jwk()).consent_page();
    let served = emulator.clone().serve(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await.unwrap();
    let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    // For a browser `localhost` is another site than `127.0.0.1`.
    let provider = format!("http://localhost:{}", served.address().port());
    let oauth = OAuth::builder(Apple)
        .client_id(Emulator::CLIENT_ID)
        .client_key(key)
        .redirect_uri(format!("{url}/oauth/apple/callback"))
        .environment(Environment::at(provider))
        .persistence(EncryptedCookies::new(KeyRing::generate().unwrap()).single_process())
        .on_login(|login| async move {
            let user = login.callback_param("user").unwrap_or("nobody new").to_owned();
            Ok(Admission::new().account(user))
        })
        .build()
        .unwrap();
    let page = |session: Session<Apple>| async move {
        let user = session.account().unwrap_or_default().to_owned();
        let subject = session.claims().map(|claims| claims.subject().to_owned());
        format!("{} {user}", subject.unwrap_or_default())
    };
    let router = Router::new()
        .route("/page", get(page))
        .layer(oauth.filter())
        .route_service(oauth.callback_path(), oauth.callback());
    let serving = tokio::spawn(async move { axum::serve(listener, router).await });
    let profile = tempfile::tempdir().unwrap();
    let driver = Chromedriver::start(&driver);
    let browser = browser(&driver, &chromium, profile.path()).await;

    browser.goto(format!("{url}/page")).await.unwrap();
    browser.query(continue_as(&ADA)).first().await.unwrap().click().await.unwrap();

    let shown = By::XPath("//body[starts-with(normalize-space(), '1815 ')]");
    let text = browser.query(shown).first().await.unwrap().text().await.unwrap();
    assert!(text.contains("\"firstName\":\"Ada\""), "{text}");
    assert_eq!(browser.current_url().await.unwrap().as_str(), format!("{url}/page"));
    let log = browser.get_log("performance").await.unwrap();
    assert!(log.iter().any(|entry| entry.message.contains("/oauth/apple/callback?login=")));
    assert!(!log.iter().any(|entry| entry.message.contains("/oauth/apple/callback?code=")));
    assert!(!log.iter().any(|entry| entry.message.contains("callback?state=")));
    browser.quit().await.unwrap();
    serving.abort();
}

/// A key on P-256 of a client that exists here alone.
const CLIENT_KEY: &str = "-----BEGIN PRIVATE KEY-----\n\
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgRIz1ayCJBRv/mDGO\n\
7p1IzPQm9hr/VSyOuZUiRFlwcxKhRANCAASCnob8CtrO/LihpgbcbFr/kztCt4FB\n\
PzwKeq0Z2wgS/3nu8VnZFw7iWBGwJzO2ff67Dj19Ya8qKsNW0PjeHbLL\n\
-----END PRIVATE KEY-----";

/// Somebody whom the example's providers know.
struct Person {
    subject: &'static str,
    name: &'static str,
}

const ADA: Person = Person { subject: "1815", name: "Ada Lovelace" };
const GRACE: Person = Person { subject: "1906", name: "Grace Hopper" };

/// What the page of an account must say.
struct Account {
    email: &'static str,
    picture: bool,
    scopes: &'static str,
}

const ADAS: Account = Account { email: "ada@users.example verified", picture: true, scopes: "" };

/// What the URLs of a login and a logout may hold: no token is among them (RFC 6749 s4.1, RFC 7636, RFC 9207,
/// OpenID Connect, and how Google is asked for a refresh token).
const OF_THE_FRONT_CHANNEL: [&str; 14] = [
    "access_type",
    "client_id",
    "code",
    "code_challenge",
    "code_challenge_method",
    "error",
    "error_description",
    "iss",
    "nonce",
    "prompt",
    "redirect_uri",
    "response_type",
    "scope",
    "state",
];

/// The running example, and a browser with a profile of its own.
///
/// The order is that of the end: the browser is closed, then the processes are, then the profile goes.
struct World {
    browser: WebDriver,
    _chromedriver: Chromedriver,
    _application: Process,
    url: String,
    _profile: TempDir,
}

impl World {
    /// `None` if there is no browser: the test is skipped.
    async fn new() -> Option<Self> {
        let (chromedriver, chromium) = programs()?;
        let mut example = Command::new(example());
        // The environment may hold clients of the real providers.
        let mut application = Process::start(example.env_clear().env("APP_ADDR", "127.0.0.1:0"));
        let url = application.says("Listening on ");
        let profile = tempfile::tempdir().unwrap();
        let chromedriver = Chromedriver::start(&chromedriver);
        let browser = browser(&chromedriver, &chromium, profile.path()).await;
        Some(Self {
            browser,
            _chromedriver: chromedriver,
            _application: application,
            url,
            _profile: profile,
        })
    }

    async fn open(&self, path: &str) {
        self.browser.goto(format!("{}{path}", self.url)).await.unwrap();
    }

    /// Waits for an element.
    async fn find(&self, by: By) -> WebElement {
        match self.browser.query(by).first().await {
            Ok(element) => element,
            Err(error) => {
                panic!("{error} at {}", self.browser.current_url().await.unwrap());
            }
        }
    }

    async fn click(&self, by: By) {
        self.find(by).await.click().await.unwrap();
    }

    async fn text(&self, id: &str) -> String {
        self.find(By::Id(id)).await.text().await.unwrap()
    }

    async fn path(&self) -> String {
        self.browser.current_url().await.unwrap().path().to_owned()
    }

    async fn script(&self, script: &str) -> Value {
        self.browser.execute(script, []).await.unwrap().json().clone()
    }

    /// Agrees on the provider's page.
    async fn consent(&self, slug: &str, person: &Person) {
        let button = self.find(continue_as(person)).await;
        assert!(self.path().await.starts_with(&format!("/emulator/{slug}/")));
        button.click().await.unwrap();
    }

    /// The tabs beside this one, once there are so many.
    async fn tabs_beside(&self, start: &WindowHandle, count: usize) -> Vec<WindowHandle> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let mut tabs = self.browser.windows().await.unwrap();
            tabs.retain(|tab| tab != start);
            if tabs.len() == count {
                return tabs;
            }
            assert!(Instant::now() < deadline, "{} tabs instead of {count}", tabs.len());
            tokio::time::sleep(POLL).await;
        }
    }

    /// Adds the cookies that the browser holds now, and what the page says.
    async fn look(&self, cookies: &mut Vec<Cookie>, pages: &mut Vec<String>) {
        cookies.extend(self.browser.get_all_cookies().await.unwrap());
        pages.push(self.browser.source().await.unwrap());
    }

    /// Every URL that the browser has asked for, redirects included.
    async fn requested(&self) -> Vec<Url> {
        let log = self.browser.get_log("performance").await.unwrap();
        let events = log.iter().map(|entry| serde_json::from_str::<Value>(&entry.message).unwrap());
        let urls = events.filter_map(|event| {
            let event = &event["message"];
            let request = event["method"] == "Network.requestWillBeSent";
            request.then(|| event["params"]["request"]["url"].as_str().unwrap().parse().unwrap())
        });
        urls.filter(|url: &Url| url.scheme() == "http").collect()
    }
}

/// The driver and the browser; `None` if one is not there: the test is skipped.
fn programs() -> Option<(PathBuf, PathBuf)> {
    match (on_path(&["chromedriver"]), on_path(&CHROMIUM)) {
        (Some(chromedriver), Some(chromium)) => Some((chromedriver, chromium)),
        (None, _) => skipped("no `chromedriver` on the PATH"),
        (_, None) => skipped("no `chromium` on the PATH"),
    }
}

/// A session of the browser, with what lets it start anywhere and call nobody by itself.
async fn browser(chromedriver: &Chromedriver, chromium: &Path, profile: &Path) -> WebDriver {
    let mut capabilities = DesiredCapabilities::chrome();
    capabilities.set_binary(chromium.to_str().unwrap()).unwrap();
    for argument in ARGUMENTS {
        capabilities.add_arg(argument).unwrap();
    }
    capabilities.add_arg(&format!("--user-data-dir={}", profile.display())).unwrap();
    capabilities.set_logging_prefs("performance", LoggingPrefsLogLevel::All).unwrap();
    // A client needs a TLS provider even for http. Another test of this process may have set it.
    let _ = rustls::crypto::ring::default_provider().install_default();
    // No connection is kept: a browser is also closed outside of the runtime that opened it.
    let http_client =
        reqwest::Client::builder().no_proxy().pool_max_idle_per_host(0).build().unwrap();
    let poller = ElementPollerWithTimeout::new(PATIENCE, POLL);
    let url = format!("http://127.0.0.1:{}", chromedriver.port);
    WebDriver::builder(url, capabilities)
        .client(http_client)
        .poller(Arc::new(poller))
        .await
        .unwrap()
}

/// The button of a person on the consent page.
fn continue_as(person: &Person) -> By {
    By::XPath(format!("//button[@name='allow'][contains(., 'Continue as {}')]", person.name))
}

fn sorted(words: &str) -> String {
    let mut words: Vec<&str> = words.split_whitespace().collect();
    words.sort_unstable();
    words.join(" ")
}

/// The emulated providers' tokens live for a minute: `in 0 min 58 s`.
fn is_within_the_minute(expires: &str) -> bool {
    let parts =
        expires.strip_prefix("in ").and_then(|rest| rest.strip_suffix(" s")?.split_once(" min "));
    let seconds = parts.and_then(|(minutes, seconds)| {
        Some(minutes.parse::<u32>().ok()? * 60 + seconds.parse::<u32>().ok()?)
    });
    seconds.is_some_and(|seconds| (30..=60).contains(&seconds))
}

/// Words as long and as mixed as no text of a page has them: tokens, whatever their format.
fn opaque_words(page: &str) -> Vec<&str> {
    let part_of_a_word = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
    let opaque = |word: &&str| {
        word.len() >= 20
            && word.contains(|letter: char| letter.is_ascii_digit())
            && word.contains(|letter: char| letter.is_ascii_alphabetic())
    };
    page.split(|letter| !part_of_a_word(letter)).filter(opaque).collect()
}

/// A process for as long as this lives, and what it prints.
struct Process {
    child: Child,
    stdout: BufReader<ChildStdout>,
}

impl Process {
    fn start(command: &mut Command) -> Self {
        let command = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        Self { child, stdout }
    }

    /// The word behind these words, in the first line that has them.
    fn says(&mut self, words: &str) -> String {
        let mut line = String::new();
        loop {
            line.clear();
            let read = self.stdout.read_line(&mut line).unwrap();
            assert!(read > 0, "the process ended before it said `{words}`");
            if let Some((_, word)) = line.split_once(words) {
                return word.trim().to_owned();
            }
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The driver; when it goes, so does every browser that it started.
struct Chromedriver {
    process: Process,
    port: u16,
}

impl Chromedriver {
    fn start(program: &Path) -> Self {
        let mut process = Process::start(Command::new(program).arg("--port=0"));
        let port = process.says("was started successfully on port ");
        Self { port: port.trim_end_matches('.').parse().unwrap(), process }
    }
}

impl Drop for Chromedriver {
    fn drop(&mut self) {
        // Its browsers are processes of their own, which nobody would end if it were killed.
        if let Ok(mut connection) = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)) {
            let _ = connection.write_all(b"GET /shutdown HTTP/1.1\r\nHost: localhost\r\n\r\n");
        }
        let deadline = Instant::now() + PATIENCE;
        while matches!(self.process.child.try_wait(), Ok(None)) && Instant::now() < deadline {
            std::thread::sleep(POLL);
        }
    }
}

/// The example as the build of the tests left it, or built now.
fn example() -> PathBuf {
    // Tests run side by side: one builds.
    static BUILD: Mutex<()> = Mutex::new(());
    let _building = BUILD.lock().unwrap_or_else(PoisonError::into_inner);
    let test = env::current_exe().unwrap();
    let profile = test.parent().and_then(Path::parent).unwrap();
    let example = profile.join("examples").join("login");
    if !example.exists() {
        let mut build = Command::new(env!("CARGO"));
        build.args(["build", "--package", "oauth-providers", "--example", "login"]);
        build.arg("--target-dir").arg(profile.parent().unwrap()).current_dir(WORKSPACE);
        assert!(build.status().unwrap().success(), "the example does not build");
        assert!(example.exists(), "the example is not at {}", example.display());
    }
    example
}

/// The first of these programs that is there.
fn on_path(programs: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    let places = programs.iter().flat_map(|name| folders.iter().map(move |it| it.join(name)));
    places.into_iter().find(|place| place.is_file())
}

/// A test that cannot run passes, but not where everything it needs must be there.
#[expect(clippy::print_stdout, reason = "a test that did nothing must say so")]
fn skipped<T>(why: &str) -> Option<T> {
    assert!(env::var("CI").as_deref() != Ok("true"), "cannot be skipped in CI: {why}");
    println!("skipped: {why}");
    None
}

const WORKSPACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
const CHROMIUM: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];
const ARGUMENTS: [&str; 9] = [
    "--headless=new",
    "--no-sandbox", // it does not start as root with one
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];
const PATIENCE: Duration = Duration::from_secs(20);
const POLL: Duration = Duration::from_millis(25);
