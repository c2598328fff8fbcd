//! Shows the book in a browser: its files, on the loopback and nowhere else.

use std::{io, net::Ipv4Addr, path::Path};

use anyhow::{Context, Result, bail};
use axum::Router;
use tokio::net::TcpListener;
use tower_http::services::ServeDir;

/// The address of a page.
pub fn url(port: u16, page: &str) -> String {
    format!("http://127.0.0.1:{port}/{page}")
}

/// Takes the port. Port 0 takes any that is free.
///
/// # Errors
/// If something else has it.
pub async fn listen(port: u16) -> Result<TcpListener> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await {
        Ok(listener) => Ok(listener),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            bail!(
                "port {port} is taken by another program; choose another with --port, or --port 0 for any that is free"
            )
        }
        Err(error) => Err(error).with_context(|| format!("port {port} cannot be had")),
    }
}

/// Serves the files of a folder until the process ends.
///
/// # Errors
/// If the connection breaks down.
pub async fn serve(listener: TcpListener, folder: &Path) -> Result<()> {
    axum::serve(listener, Router::new().fallback_service(ServeDir::new(folder))).await.context("the book is not served")
}
