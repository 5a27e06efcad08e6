//! Parameters and headers of requests: constants, and values that are known when the request is made.

use crate::text::Text;

/// A name and its constant value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Param {
    /// The name on the wire.
    pub name: Text,
    /// The value, not yet encoded.
    pub value: Text,
}

/// A name, and where its value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestParam {
    /// The name on the wire.
    pub name: Text,
    /// The value, not yet encoded.
    pub value: ParamValue,
}

/// Where the value of a [`RequestParam`] comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParamValue {
    /// `"…"`: it is always the same.
    Constant(Text),
    /// `client_id`: the application's identifier.
    ClientId,
    /// `redirect_uri`: where browsers come back.
    RedirectUri,
    /// `scope`: the scopes that were asked for, as in the authorization request.
    Scope,
    /// `state`: the state of the login.
    State,
    /// `callback.name`: what the callback carried under a name of `callback_params`.
    Callback(Text),
    /// `token_response.name`: a member of the token response, a text or a whole number.
    TokenResponse(Text),
}
