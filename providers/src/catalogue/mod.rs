//! The declared providers, a file each; `providers/README.md` says how one is added.

use crate::listed::Listed;

mod acuity;
mod adobe;
mod adobe_sign;
mod airtable;
mod amazon;
mod amocrm;
mod apple;
mod arcgis;
mod asana;
mod asgardeo;
mod atlassian;
mod auth0;
mod authentik;
mod autodesk;
mod azure_ad_b2c;
mod baidu;
mod basecamp;
mod battlenet;
mod bitbucket;
mod bitly;
mod box_com;
mod buffer;
mod bungie;
mod calendly;
mod campaign_monitor;
mod canvas_lms;
mod cilogon;
mod classlink;
mod clever;
mod clickup;
mod clio;
mod clover;
mod cognito;
mod coinbase;
mod constant_contact;
mod coursera;
mod dailymotion;
mod dataporten;
mod deviantart;
mod digitalocean;
mod dingtalk;
mod discord;
mod disqus;
mod docusign;
mod dribbble;
mod drip;
mod dropbox;
mod dropbox_sign;
mod eduid;
mod egnyte;
mod epic_games;
mod etsy;
mod eve_online;
mod eventbrite;
mod exact_online;
mod exist;
mod facebook;
mod faceit;
mod feedly;
mod figma;
mod forty_two;
mod foursquare;
mod frappe;
mod freeagent;
mod freshbooks;
mod fusionauth;
mod genius;
mod getty_images;
mod gitea;
mod gitee;
mod github;
mod gitlab;
mod globus;
mod google;
mod gumroad;
mod harvest;
mod headhunter;
mod heroku;
mod highlevel;
mod hubspot;
mod huggingface;
mod imgur;
mod instagram;
mod intercom;
mod jumpcloud;
mod kakao;
mod keap;
mod keycloak;
mod kick;
mod kinde;
mod lark;
mod lichess;
mod life_science;
mod lightspeed_retail_x;
mod line;
mod linear;
mod linkedin;
mod livechat;
mod login_gov;
mod logto;
mod mailchimp;
mod mailcow;
mod mailru;
mod mastodon;
mod mattermost;
mod mediawiki;
mod meetup;
mod mendeley;
mod mercado_libre;
mod mercado_pago;
mod microsoft;
mod miro;
mod mollie;
mod monday;
mod monzo;
mod musicbrainz;
mod myob;
mod nationbuilder;
mod naver;
mod netlify;
mod netsuite;
mod nextcloud;
mod notion;
mod odnoklassniki;
mod okta;
mod onelogin;
mod onshape;
mod openstreetmap;
mod orcid;
mod ory_hydra;
mod osu;
mod oura;
mod patreon;
mod paypal;
mod ping_identity;
mod pinterest;
mod pipedrive;
mod planning_center;
mod podio;
mod polar;
mod procore;
mod product_hunt;
mod qq;
mod quickbooks;
mod redbooth;
mod reddit;
mod roblox;
mod sage;
mod salesforce;
mod salesloft;
mod seznam;
mod shopify;
mod simplelogin;
mod slack;
mod slack_openid;
mod snapchat;
mod snowflake;
mod soundcloud;
mod splitwise;
mod spotify;
mod square;
mod stack_exchange;
mod start_gg;
mod strava;
mod streamlabs;
mod stripe;
mod superoffice;
mod surveymonkey;
mod teamleader;
mod threads;
mod tiktok;
mod timely;
mod todoist;
mod trakt;
mod trovo;
mod trustpilot;
mod tumblr;
mod twitch;
mod twitter;
mod typeform;
mod uae_pass;
mod uber;
mod unsplash;
mod vercel;
mod vimeo;
mod vk_id;
mod wakatime;
mod wave;
mod webex;
mod webflow;
mod wechat;
mod wechat_official;
mod weibo;
mod withings;
mod wordpress;
mod workos;
mod wrike;
mod xero;
mod yahoo;
mod yandex;
mod ynab;
mod zendesk;
mod zendesk_sell;
mod zitadel;
mod zoho;
mod zoom;

/// Exports what each module declares, and lists it.
macro_rules! catalogue {
    ($($module:ident::$provider:ident,)*) => {
        $(pub use self::$module::*;)*

        static CATALOGUE: &[Listed] = &[$(Listed::of::<$provider>(stringify!($provider)),)*];
    };
}

catalogue![
    acuity::Acuity,
    adobe::Adobe,
    adobe_sign::AdobeSign,
    airtable::Airtable,
    amazon::Amazon,
    amocrm::AmoCrm,
    apple::Apple,
    arcgis::ArcGis,
    asana::Asana,
    asgardeo::Asgardeo,
    atlassian::Atlassian,
    auth0::Auth0,
    authentik::Authentik,
    autodesk::Autodesk,
    azure_ad_b2c::AzureAdB2c,
    baidu::Baidu,
    basecamp::Basecamp,
    battlenet::BattleNet,
    bitbucket::Bitbucket,
    bitly::Bitly,
    box_com::BoxCom,
    buffer::Buffer,
    bungie::Bungie,
    calendly::Calendly,
    campaign_monitor::CampaignMonitor,
    canvas_lms::CanvasLms,
    cilogon::CiLogon,
    classlink::ClassLink,
    clever::Clever,
    clickup::ClickUp,
    clio::Clio,
    clover::Clover,
    cognito::Cognito,
    coinbase::Coinbase,
    constant_contact::ConstantContact,
    coursera::Coursera,
    dailymotion::Dailymotion,
    dataporten::Dataporten,
    deviantart::DeviantArt,
    digitalocean::DigitalOcean,
    dingtalk::DingTalk,
    discord::Discord,
    disqus::Disqus,
    docusign::DocuSign,
    dribbble::Dribbble,
    drip::Drip,
    dropbox::Dropbox,
    dropbox_sign::DropboxSign,
    eduid::EduId,
    egnyte::Egnyte,
    epic_games::EpicGames,
    etsy::Etsy,
    eve_online::EveOnline,
    eventbrite::Eventbrite,
    exact_online::ExactOnline,
    exist::Exist,
    facebook::Facebook,
    faceit::Faceit,
    feedly::Feedly,
    figma::Figma,
    forty_two::FortyTwo,
    foursquare::Foursquare,
    frappe::Frappe,
    freeagent::FreeAgent,
    freshbooks::FreshBooks,
    fusionauth::FusionAuth,
    genius::Genius,
    getty_images::GettyImages,
    gitea::Gitea,
    gitee::Gitee,
    github::GitHub,
    gitlab::GitLab,
    globus::Globus,
    google::Google,
    gumroad::Gumroad,
    harvest::Harvest,
    headhunter::HeadHunter,
    heroku::Heroku,
    highlevel::HighLevel,
    hubspot::HubSpot,
    huggingface::HuggingFace,
    imgur::Imgur,
    instagram::Instagram,
    intercom::Intercom,
    jumpcloud::JumpCloud,
    kakao::Kakao,
    keap::Keap,
    keycloak::Keycloak,
    kick::Kick,
    kinde::Kinde,
    lark::Lark,
    lichess::Lichess,
    life_science::LifeScience,
    lightspeed_retail_x::LightspeedRetailX,
    line::Line,
    linear::Linear,
    linkedin::LinkedIn,
    livechat::LiveChat,
    login_gov::LoginGov,
    logto::Logto,
    mailchimp::Mailchimp,
    mailcow::Mailcow,
    mailru::MailRu,
    mastodon::Mastodon,
    mattermost::Mattermost,
    mediawiki::MediaWiki,
    meetup::Meetup,
    mendeley::Mendeley,
    mercado_libre::MercadoLibre,
    mercado_pago::MercadoPago,
    microsoft::Microsoft,
    miro::Miro,
    mollie::Mollie,
    monday::Monday,
    monzo::Monzo,
    musicbrainz::MusicBrainz,
    myob::Myob,
    nationbuilder::NationBuilder,
    naver::Naver,
    netlify::Netlify,
    netsuite::NetSuite,
    nextcloud::Nextcloud,
    notion::Notion,
    odnoklassniki::Odnoklassniki,
    okta::Okta,
    onelogin::OneLogin,
    onshape::Onshape,
    openstreetmap::OpenStreetMap,
    orcid::Orcid,
    ory_hydra::OryHydra,
    osu::Osu,
    oura::Oura,
    patreon::Patreon,
    paypal::PayPal,
    ping_identity::PingOne,
    pinterest::Pinterest,
    pipedrive::Pipedrive,
    planning_center::PlanningCenter,
    podio::Podio,
    polar::Polar,
    procore::Procore,
    product_hunt::ProductHunt,
    qq::Qq,
    quickbooks::QuickBooks,
    redbooth::Redbooth,
    reddit::Reddit,
    roblox::Roblox,
    sage::Sage,
    salesforce::Salesforce,
    salesloft::Salesloft,
    seznam::Seznam,
    shopify::Shopify,
    simplelogin::SimpleLogin,
    slack::Slack,
    slack_openid::SlackOpenId,
    snapchat::Snapchat,
    snowflake::Snowflake,
    soundcloud::SoundCloud,
    splitwise::Splitwise,
    spotify::Spotify,
    square::Square,
    stack_exchange::StackExchange,
    start_gg::StartGg,
    strava::Strava,
    streamlabs::Streamlabs,
    stripe::Stripe,
    superoffice::SuperOffice,
    surveymonkey::SurveyMonkey,
    teamleader::Teamleader,
    threads::Threads,
    tiktok::TikTok,
    timely::Timely,
    todoist::Todoist,
    trakt::Trakt,
    trovo::Trovo,
    trustpilot::Trustpilot,
    tumblr::Tumblr,
    twitch::Twitch,
    twitter::Twitter,
    typeform::Typeform,
    uae_pass::UaePass,
    uber::Uber,
    unsplash::Unsplash,
    vercel::Vercel,
    vimeo::Vimeo,
    vk_id::VkId,
    wakatime::WakaTime,
    wave::Wave,
    webex::Webex,
    webflow::Webflow,
    wechat::WeChat,
    wechat_official::WeChatOfficial,
    weibo::Weibo,
    withings::Withings,
    wordpress::WordPress,
    workos::WorkOS,
    wrike::Wrike,
    xero::Xero,
    yahoo::Yahoo,
    yandex::Yandex,
    ynab::Ynab,
    zendesk::Zendesk,
    zendesk_sell::ZendeskSell,
    zitadel::Zitadel,
    zoho::Zoho,
    zoom::Zoom,
];

/// Every provider of this crate, in the order of their slugs.
///
/// An application that names its providers by their types needs no list, and its program holds none.
///
/// ```
/// let github = oauth_providers::catalogue().iter().find(|it| it.declaration().slug == "github").unwrap();
///
/// assert_eq!(github.type_name(), "GitHub");
/// assert_eq!(github.declaration().api_base.as_deref(), Some("https://api.github.com/"));
/// ```
#[must_use]
pub fn catalogue() -> &'static [Listed] {
    CATALOGUE
}
