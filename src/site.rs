//! The fixture web site of the network exercises: a server in this process, on the loopback, with scripted latencies.
//!
//! Its port is free to choose for the operating system, so any number of sites can run at once. It thinks with tokio's
//! `sleep`: on the virtual clock a latency is exact and costs no real time. It is not a model of a web server: a page
//! is its latency and its answer, and the counters say what the clients did to it.
//!
//! ```
//! use std::time::Duration;
//! use workbook::{check::{check, secs}, site::{Page, Site}};
//!
//! async fn visit() -> u16 {
//!     let slow = Page::text("at last").after(Duration::from_millis(129));
//!     let site = Site::start([("/slow", slow), ("/moved", Page::redirect("/slow"))]).await;
//!     let client = reqwest::Client::builder().no_proxy().build().unwrap();
//!     let status = client.get(site.url("/moved")).send().await.unwrap().status().as_u16();
//!     assert_eq!(site.requests(), 2);
//!     status
//! }
//!
//! check("a visit takes as long as the site thinks", |c| {
//!     let run = c.run(visit);
//!     run.returns(200, "The redirect leads to a page.");
//!     run.takes(secs(0.129), "The page takes 129 ms.");
//! });
//! ```

use std::{
    collections::HashMap,
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    extract::State,
    http::{StatusCode, Uri, header::LOCATION},
    response::{IntoResponse, Response},
};
use tokio::{net::TcpListener, task::AbortHandle, time::sleep};

/// One page: how long the site thinks about a request for it, and what it answers then.
#[derive(Clone, Debug)]
pub struct Page {
    latency: Duration,
    status: StatusCode,
    /// Where a redirect leads.
    location: Option<String>,
    body: String,
}

impl Page {
    /// A page that is there, and says this.
    pub fn text(body: impl Into<String>) -> Self {
        Self { latency: Duration::ZERO, status: StatusCode::OK, location: None, body: body.into() }
    }

    /// A page that has moved (302) to another path or URL.
    pub fn redirect(to: impl Into<String>) -> Self {
        Self { status: StatusCode::FOUND, location: Some(to.into()), ..Self::text("") }
    }

    /// The same page, answered with this status.
    ///
    /// # Panics
    /// If HTTP has no such status: they go from 100 to 999.
    pub fn with_status(self, status: u16) -> Self {
        let status = StatusCode::from_u16(status).expect("a status between 100 and 999");
        Self { status, ..self }
    }

    /// The same page, answered that long after it was asked for.
    pub fn after(self, latency: Duration) -> Self {
        Self { latency, ..self }
    }

    fn answer(&self) -> Response {
        let answer = (self.status, self.body.clone());
        match self.location.clone() {
            Some(to) => ([(LOCATION, to)], answer).into_response(),
            None => answer.into_response(),
        }
    }
}

/// A site that is being served. It stops taking connections when it is dropped.
pub struct Site {
    address: SocketAddr,
    traffic: Arc<Traffic>,
    server: AbortHandle,
}

impl Site {
    /// Serves these pages, by path, on a free port of 127.0.0.1. Any other path is answered at once with 404.
    ///
    /// # Panics
    /// If it is not called inside a runtime, or the operating system has no port left.
    pub async fn start<P: Into<String>>(pages: impl IntoIterator<Item = (P, Page)>) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port on the loopback");
        let address = listener.local_addr().expect("the address of a listener");
        let traffic = Arc::new(Traffic::default());
        let pages = pages.into_iter().map(|(path, page)| (path.into(), page)).collect();
        let app = Router::new().fallback(answer).with_state(Arc::new(Served { pages, traffic: traffic.clone() }));
        let server = tokio::spawn(async { axum::serve(listener, app).await });
        Self { address, traffic, server: server.abort_handle() }
    }

    /// The URL of a path that begins with a slash.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// How many requests have arrived. A redirect that is followed counts twice.
    pub fn requests(&self) -> usize {
        self.traffic.requests.load(Ordering::Relaxed)
    }

    /// How many requests were waiting for their answers at once, at most.
    pub fn peak_in_flight(&self) -> usize {
        self.traffic.peak.load(Ordering::Relaxed)
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// What the handler of a request sees.
struct Served {
    pages: HashMap<String, Page>,
    traffic: Arc<Traffic>,
}

async fn answer(State(served): State<Arc<Served>>, uri: Uri) -> Response {
    let _in_flight = served.traffic.arrival();
    match served.pages.get(uri.path()) {
        Some(page) => {
            sleep(page.latency).await;
            page.answer()
        }
        None => Page::text("not found").with_status(404).answer(),
    }
}

/// The counters of a site. Atomic, since a program's runtime may have several threads.
#[derive(Default)]
struct Traffic {
    requests: AtomicUsize,
    in_flight: AtomicUsize,
    peak: AtomicUsize,
}

impl Traffic {
    fn arrival(&self) -> InFlight<'_> {
        self.requests.fetch_add(1, Ordering::Relaxed);
        let now = self.in_flight.fetch_add(1, Ordering::Relaxed) + 1;
        self.peak.fetch_max(now, Ordering::Relaxed);
        InFlight(self)
    }
}

/// A request that has arrived; dropped when it is answered, or when its client has gone away.
struct InFlight<'a>(&'a Traffic);

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.in_flight.fetch_sub(1, Ordering::Relaxed);
    }
}
