//! What the example shows.

use std::time::SystemTime;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use oauth_providers::{ApiError, GitHub, Session, Timestamp};

pub(crate) async fn account(session: Session<GitHub>) -> Result<Markup, ApiError> {
    let profile = session.profile().await?;
    let now = Timestamp::from(SystemTime::now());
    let age = now.since(session.tokens().received_at()).as_secs();
    let login = now.since(session.tokens().logged_in_at()).as_secs();
    Ok(html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width";
                meta http-equiv="refresh" content="2";
                title { "Shared by two processes" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    h1 #name { (profile.name().unwrap_or("Somebody without a name")) }
                    p { "Logged in " b { (login) " s" } " ago. The access token lives for 10 s and is "
                        b #age { (age) " s" } " old: this page or the worker has renewed it since." }
                    p { "Close the page: the worker goes on, as the terminal shows. Open it again: you are still logged in." }
                    form method="post" action="/logout" { button { "Log out of this browser" } }
                }
            }
        }
    })
}

const STYLE: &str = "
    body { font: 18px/1.6 system-ui, sans-serif; background: #f4f4f5; color: #18181b; margin: 0; }
    main { max-width: 34rem; margin: 12vh auto; padding: 2rem 2.5rem; background: white; border-radius: 1rem;
           box-shadow: 0 1px 3px #0002; }
    button { font: inherit; padding: .5rem 1rem; border: 1px solid #a1a1aa; border-radius: .5rem; background: white; }
";
