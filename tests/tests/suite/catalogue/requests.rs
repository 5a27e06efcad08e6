//! What is sent to them, letter by letter.

use http::StatusCode;
use oauth_providers::{Notion, Provider, Slack, VkId, WeChat};

use crate::catalogue::world;

/// The requests of one login, by their first lines and bodies.
async fn traffic<P: Provider>(provider: P) -> (String, Vec<String>) {
    let world = world(provider);
    let mut browser = world.browser();
    let asked = browser.begin("/").await;
    let page = browser.open("/").await;
    assert_eq!(page.status(), StatusCode::OK);
    let sent = world.sent.exchanges();
    let lines = sent.iter().map(|exchange| {
        let request = &exchange.request;
        let body = String::from_utf8(request.body().to_vec()).unwrap();
        let code = body
            .split(['&', '=', '"'])
            .chain(request.uri().query().unwrap_or("").split(['&', '=']));
        let code = code.into_iter().find(|text| text.starts_with("code_") && text.len() > 20);
        let text = format!("{} {} {body}", request.method(), request.uri());
        text.replace(code.unwrap_or("no code"), "CODE")
    });
    (asked.to_string(), lines.collect())
}

#[tokio::test]
async fn slack_is_asked_by_another_scope_parameter() {
    let (asked, sent) = traffic(Slack).await;

    assert_eq!(
        asked,
        "https://slack.com/oauth/v2/authorize?response_type=code&client_id=emulator-client\
         &redirect_uri=https%3A%2F%2Fapp.example%2Foauth%2Fslack%2Fcallback\
         &user_scope=identity.basic%2Cidentity.email&code_challenge_method=S256\
         &state=AAAAAAAAAAEAAAACAAAAAwAAAAQAAAAFAAAABgAAAAc\
         &code_challenge=kV_a4rdEIOMBGIzdvtPHpZaAUZe1UBR9KEa6gEqRGvU"
    );
    assert_eq!(sent.len(), 1);
}

#[tokio::test]
async fn wechat_is_asked_in_alphabetical_order_with_a_fragment_and_answers_a_get() {
    let (asked, sent) = traffic(WeChat).await;

    let redirect_uri = "redirect_uri=https%3A%2F%2Fapp.example%2Foauth%2Fwechat%2Fcallback";
    assert_eq!(
        asked,
        format!(
            "https://open.weixin.qq.com/connect/qrconnect?appid=emulator-client&{redirect_uri}\
             &response_type=code&scope=snsapi_login\
             &state=AAAAAAAAAAEAAAACAAAAAwAAAAQAAAAFAAAABgAAAAc#wechat_redirect"
        )
    );
    assert_eq!(
        sent,
        [format!(
            "GET https://api.weixin.qq.com/sns/oauth2/access_token?grant_type=authorization_code&code=CODE\
             &{redirect_uri}&appid=emulator-client&secret=emulator-secret "
        )]
    );
}

#[tokio::test]
async fn notion_is_sent_json() {
    let (_, sent) = traffic(Notion).await;

    assert_eq!(
        sent,
        [
            "POST https://api.notion.com/v1/oauth/token {\"code\":\"CODE\",\"grant_type\":\"authorization_code\",\
          \"redirect_uri\":\"https://app.example/oauth/notion/callback\"}"
        ]
    );
}

#[tokio::test]
async fn vk_id_is_told_the_device_and_the_state_again() {
    let (_, sent) = traffic(VkId).await;

    let (device, _) = sent[0].split_once("device_id=").unwrap().1.split_once('&').unwrap();
    assert_eq!(
        sent[0].replace(device, "DEVICE"),
        "POST https://id.vk.ru/oauth2/auth grant_type=authorization_code&code=CODE\
         &redirect_uri=https%3A%2F%2Fapp.example%2Foauth%2Fvk_id%2Fcallback\
         &code_verifier=AAAAIwAAACQAAAAlAAAAJgAAACcAAAAoAAAAKQAAACo&device_id=DEVICE\
         &state=AAAAGwAAABwAAAAdAAAAHgAAAB8AAAAgAAAAIQAAACI&client_id=emulator-client"
    );
}
