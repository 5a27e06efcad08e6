//! The page on which a person agrees or declines.

use std::fmt::Write as _;

use oauth_declaration::Declaration;

use crate::answer::escaped;
use crate::emulator::request::Asked;
use crate::emulator::user::Users;

/// The form is posted to the URL it stands at, which holds the whole request.
pub(super) fn page(declaration: &Declaration, asked: &Asked, users: &Users) -> String {
    let mut scopes = String::new();
    for value in asked.scope.split(' ').filter(|value| !value.is_empty()) {
        let declared = declaration.scopes.iter().find(|scope| scope.value == value);
        let doc = declared.map(|scope| scope.doc.trim()).filter(|doc| !doc.is_empty());
        let words = escaped(doc.unwrap_or("Asked for by the application."));
        push(
            &mut scopes,
            format_args!("<li><code>{}</code><span>{words}</span></li>", escaped(value)),
        );
    }
    let mut buttons = String::new();
    for user in users.iter() {
        let (subject, name, email) =
            (escaped(&user.subject), escaped(&user.name), escaped(&user.email));
        push(
            &mut buttons,
            format_args!(
                "<button name=\"allow\" value=\"{subject}\"><b>Continue as {name}</b><small>{email}</small></button>"
            ),
        );
    }
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>Log in · {name}</title>\
         <style>{STYLE}</style><main><p class=\"tag\">emulated provider</p><h1>{name}</h1>\
         <p><b>{client}</b> asks to know who you are.</p><ul>{scopes}</ul>\
         <form method=\"post\">{buttons}<button class=\"quiet\" name=\"deny\" value=\"1\">Deny</button></form>\
         <p class=\"fine\">You will return to {redirect}</p></main></html>",
        name = escaped(&declaration.name),
        client = escaped(&asked.client_id),
        redirect = escaped(&asked.redirect_uri),
    )
}

/// A page that posts its fields at once (OAuth 2.0 Form Post Response Mode s2).
pub(super) fn form_post(action: &str, params: &[(String, String)]) -> String {
    let mut fields = String::new();
    for (name, value) in params {
        let (name, value) = (escaped(name), escaped(value));
        push(
            &mut fields,
            format_args!("<input type=\"hidden\" name=\"{name}\" value=\"{value}\">"),
        );
    }
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Continue</title>\
         <body onload=\"document.forms[0].submit()\"><form method=\"post\" action=\"{action}\">{fields}\
         <noscript><button>Continue</button></noscript></form></body></html>",
        action = escaped(action),
    )
}

fn push(text: &mut String, words: std::fmt::Arguments<'_>) {
    text.write_fmt(words).expect("a String takes all that is written");
}

const STYLE: &str = "*{box-sizing:border-box}body{margin:0;min-height:100vh;display:grid;place-items:center;\
background:#20242e;color:#1c1d22;font:16px/1.5 system-ui,sans-serif}\
main{width:min(25rem,92vw);background:#fff;border-radius:1rem;padding:2rem;box-shadow:0 1rem 3rem #0006}\
h1{margin:.2rem 0 1rem;font-size:1.6rem}.tag{margin:0;color:#7a6a2a;background:#fbf3d4;display:inline-block;\
padding:.1rem .6rem;border-radius:1rem;font-size:.8rem}ul{list-style:none;padding:0;margin:1rem 0}\
li{padding:.5rem 0;border-top:1px solid #e8e8ec;display:grid}li span{color:#5b5d66;font-size:.9rem}\
button{display:grid;width:100%;text-align:left;padding:.7rem 1rem;margin-top:.6rem;border:0;\
border-radius:.6rem;background:#2456d6;color:#fff;font:inherit;cursor:pointer}button small{opacity:.8}\
button.quiet{background:#eef0f4;color:#1c1d22;text-align:center}.fine{color:#7b7d86;font-size:.8rem;\
overflow-wrap:anywhere;margin:1.2rem 0 0}";
