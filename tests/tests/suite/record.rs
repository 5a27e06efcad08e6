//! What a cookie without a seal holds of a login under way, to read it and to forge it.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use oauth_tests::Browser;
use serde::{Deserialize, Serialize};

/// The record of a login under way.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct LoginRecord {
    pub(crate) provider: String,
    pub(crate) state: String,
    pub(crate) nonce: Option<String>,
    pub(crate) code_verifier: Option<String>,
    pub(crate) return_to: String,
    pub(crate) scopes: String,
    pub(crate) issuer: Option<String>,
    pub(crate) demands_issuer: bool,
    pub(crate) max_age: Option<u64>,
    pub(crate) acr_values: String,
    pub(crate) created_at: u64,
}

impl LoginRecord {
    /// Reads the value of a cookie.
    pub(crate) fn read(value: &str) -> Self {
        postcard::from_bytes(&BASE64_URL_SAFE_NO_PAD.decode(value).unwrap()).unwrap()
    }

    /// The value of a cookie.
    pub(crate) fn write(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(postcard::to_allocvec(self).unwrap())
    }
}

/// The name of the only login under way in a browser.
pub(crate) fn login_cookie(browser: &Browser) -> String {
    let names = browser.jar().names();
    let logins: Vec<&&str> = names.iter().filter(|name| name.contains(".login.")).collect();
    assert_eq!(logins.len(), 1, "{names:?}");
    (*logins[0]).to_owned()
}

/// Changes the only login under way in a browser.
pub(crate) fn forge(browser: &mut Browser, change: impl FnOnce(&mut LoginRecord)) {
    let name = login_cookie(browser);
    let mut record = LoginRecord::read(browser.jar().value(&name).unwrap());
    change(&mut record);
    browser.jar_mut().tamper(&name, &record.write());
}
