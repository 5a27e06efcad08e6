//! The end-session endpoint (OpenID Connect RP-Initiated Logout s2): checks the request, and sends the browser back.

use bytes::Bytes;
use http::Request;
use oauth_declaration::Declaration;
use url::Url;

use crate::emulator::ledger::Ledger;
use crate::emulator::reply::Reply;
use crate::emulator::request::pairs;
use crate::jws::Jws;

/// A strict server wants to know whose session ends, and sends the browser where the client is.
pub(super) fn answer(
    declaration: &Declaration,
    ledger: &mut Ledger,
    request: &Request<Bytes>,
) -> Reply {
    let params = pairs(request.uri().query().unwrap_or_default().as_bytes());
    let refused = Reply::refusal;
    if params.get("client_id").is_some_and(|id| *id != ledger.client.0) {
        return refused("`client_id` is not registered");
    }
    let hint = params.get("id_token_hint").and_then(|token| {
        let claims: serde_json::Value =
            serde_json::from_slice(&Jws::parse(token).ok()?.payload).ok()?;
        let said = |name: &str| claims[name].as_str().map(str::to_owned);
        (claims["aud"] == *ledger.client.0).then(|| (said("sub"), said("sid")))
    });
    let Some(ended) = hint else {
        return refused("`id_token_hint` is missing, or not a token of this client's");
    };
    ledger.ended = Some(ended);
    let param = declaration.dialect.post_logout_redirect_uri_param.as_deref();
    let back = params.get(param.unwrap_or("post_logout_redirect_uri"));
    let Some(mut location) = back.and_then(|back| Url::parse(back).ok()) else {
        return Reply::text("You are logged out.".to_owned());
    };
    let state = match &ledger.logout_state {
        Some(state) => state.clone(),
        None => params.get("state").cloned(),
    };
    if let Some(state) = state {
        location.query_pairs_mut().append_pair("state", &state);
    }
    Reply::see_other(location.as_str())
}
