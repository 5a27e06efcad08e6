//! `oidcc-client-basic-certification-test-plan`: the answer comes in the query.

use oauth_providers::ResponseMode;

use crate::conformance::modules;

#[tokio::test]
async fn oidcc_client_test() {
    modules::client_test(ResponseMode::Query).await;
}

#[tokio::test]
async fn oidcc_client_test_invalid_iss() {
    modules::invalid_iss(ResponseMode::Query).await;
}

#[tokio::test]
async fn oidcc_client_test_missing_sub() {
    modules::missing_sub(ResponseMode::Query).await;
}

#[tokio::test]
async fn oidcc_client_test_invalid_aud() {
    modules::invalid_aud(ResponseMode::Query).await;
}

#[tokio::test]
async fn oidcc_client_test_missing_iat() {
    modules::missing_iat(ResponseMode::Query).await;
}

#[tokio::test]
async fn oidcc_client_test_kid_absent_single_jwks() {
    modules::kid_absent_single_jwks(ResponseMode::Query).await;
}

#[tokio::test]
async fn oidcc_client_test_kid_absent_multiple_jwks() {
    modules::kid_absent_multiple_jwks(ResponseMode::Query).await;
}

#[tokio::test]
async fn oidcc_client_test_idtoken_sig_rs256() {
    modules::idtoken_sig_rs256(ResponseMode::Query).await;
}

#[tokio::test]
async fn oidcc_client_test_idtoken_sig_none() {
    modules::idtoken_sig_none(ResponseMode::Query).await;
}

#[tokio::test]
async fn oidcc_client_test_invalid_sig_rs256() {
    modules::invalid_sig_rs256(ResponseMode::Query).await;
}

#[tokio::test]
async fn oidcc_client_test_nonce_invalid() {
    modules::nonce_invalid(ResponseMode::Query).await;
}

#[tokio::test]
async fn oidcc_client_test_userinfo_invalid_sub() {
    modules::userinfo_invalid_sub(ResponseMode::Query).await;
}

#[tokio::test]
async fn oidcc_client_test_scope_userinfo_claims() {
    modules::scope_userinfo_claims(ResponseMode::Query).await;
}

#[tokio::test]
async fn oidcc_client_test_client_secret_basic() {
    modules::client_secret_basic(ResponseMode::Query).await;
}
