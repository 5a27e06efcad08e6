//! The catalogue as a page: every provider, to be searched by name, scope or host.
//!
//! `cargo run --example catalogue` serves it on 127.0.0.1:3001, or on `APP_ADDR`; with `-- --out FILE` it is one file,
//! which needs nothing else. `-- --readme README.md` writes the table of the README anew. It is made from
//! `oauth_providers::catalogue()` alone.

#![expect(clippy::print_stdout, reason = "it says where it listens and what it wrote")]

mod page;
mod table;

use std::env;
use std::error::Error;
use std::fs;
use std::process::ExitCode;

use axum::Router;
use axum::routing::get;

const USAGE: &str = "\
Usage: catalogue [--out FILE | --readme FILE]

  (nothing)      serve the page on 127.0.0.1:3001, or on APP_ADDR
  --out FILE     write the page as one file, which needs nothing else
  --readme FILE  write the table of providers into a README, between its two marks";

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        [] => serve().await,
        ["--out", file] => {
            fs::write(file, page::page().into_string())
                .map_err(|error| format!("cannot write {file}: {error}"))?;
            println!("Wrote {file}");
            Ok(())
        }
        ["--readme", file] => {
            let readme =
                fs::read_to_string(file).map_err(|error| format!("cannot read {file}: {error}"))?;
            let readme = table::written_into(&readme).ok_or_else(|| {
                format!("{file} has no <!-- catalogue --> and <!-- /catalogue -->")
            })?;
            fs::write(file, readme).map_err(|error| format!("cannot write {file}: {error}"))?;
            println!("Wrote the table of {file}");
            Ok(())
        }
        ["--help" | "-h"] => {
            println!("{USAGE}");
            Ok(())
        }
        _ => Err(USAGE.into()),
    }
}

async fn serve() -> Result<(), Box<dyn Error>> {
    let address = env::var("APP_ADDR").ok().filter(|address| !address.is_empty());
    let address = address.unwrap_or_else(|| "127.0.0.1:3001".to_owned());
    let listener = tokio::net::TcpListener::bind(&address)
        .await
        .map_err(|error| format!("cannot listen on APP_ADDR={address}: {error}"))?;
    println!("Listening on http://{}", listener.local_addr()?);
    let page = page::page();
    axum::serve(listener, Router::new().route("/", get(async move || page.clone()))).await?;
    Ok(())
}
