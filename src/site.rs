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

mod all_kinds;
mod page;

use std::{
    collections::HashMap,
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use axum::{
    Router,
    body::Body,
    extract::State,
    http::{HeaderMap, Method, Uri},
    response::Response,
    serve::ListenerExt,
};
use futures::StreamExt;
use tokio::{
    net::{TcpListener, TcpSocket},
    task::AbortHandle,
};

pub use all_kinds::{hostile, of_all_kinds};
pub use page::Page;

/// A site that is being served. It stops taking connections when it is dropped.
pub struct Site {
    address: SocketAddr,
    traffic: Arc<Traffic>,
    server: AbortHandle,
    /// Bound and never listening: whoever connects to it is refused, and nobody else can get its port.
    refusing: TcpSocket,
}

impl Site {
    /// Serves these pages, by path, on a free port of 127.0.0.1. Any other path is answered at once with 404, and any other
    /// method than GET with 405.
    ///
    /// # Panics
    /// If it is not called inside a runtime, or the operating system has no port left.
    pub async fn start<P: Into<String>>(pages: impl IntoIterator<Item = (P, Page)>) -> Self {
        let pages: HashMap<String, Page> = pages.into_iter().map(|(path, page)| (path.into(), page)).collect();
        Self::generated(move |path| pages.get(path).cloned()).await
    }

    /// Serves what `page` makes of a path, which begins with a slash and has no query; nothing is a 404.
    ///
    /// # Panics
    /// As [`start`](Self::start).
    pub async fn generated(page: impl Fn(&str) -> Option<Page> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port on the loopback");
        let address = listener.local_addr().expect("the address of a listener");
        let refusing = TcpSocket::new_v4().expect("a socket");
        refusing.bind((Ipv4Addr::LOCALHOST, 0).into()).expect("a free port on the loopback");
        let traffic = Arc::new(Traffic::default());
        let app = Router::new()
            .fallback(answer)
            .with_state(Arc::new(Served { page: Box::new(page), traffic: Arc::clone(&traffic) }));
        let counted = Arc::clone(&traffic);
        let listener = listener.tap_io(move |_| {
            counted.connections.fetch_add(1, Ordering::Relaxed);
        });
        let server = tokio::spawn(async { axum::serve(listener, app).await });
        Self { address, traffic, server: server.abort_handle(), refusing }
    }

    /// The URL of a path that begins with a slash.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// A URL of this machine whose port refuses every connection, for as long as the site lives.
    pub fn refused_url(&self, path: &str) -> String {
        format!("http://{}{path}", self.refusing.local_addr().expect("the address of a bound socket"))
    }

    /// How many requests have arrived. A redirect that is followed counts twice.
    pub fn requests(&self) -> usize {
        self.traffic.requests_by_path().values().sum()
    }

    /// How many requests for this path have arrived, whatever their query.
    pub fn requests_for(&self, path: &str) -> usize {
        self.traffic.requests_by_path().get(path).copied().unwrap_or(0)
    }

    /// How many requests were in flight at once, at most: from the arrival of a request until the last byte of its answer
    /// is sent, or its client has gone away.
    pub fn peak_in_flight(&self) -> usize {
        self.traffic.peak.load(Ordering::Relaxed)
    }

    /// How many requests are in flight now.
    pub fn in_flight(&self) -> usize {
        self.traffic.in_flight.load(Ordering::Relaxed)
    }

    /// How many connections have been made. A client that keeps its connections needs fewer than it makes requests.
    pub fn connections(&self) -> usize {
        self.traffic.connections.load(Ordering::Relaxed)
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// What a site makes of a path.
type Pages = dyn Fn(&str) -> Option<Page> + Send + Sync;

/// What the handler of a request sees.
struct Served {
    page: Box<Pages>,
    traffic: Arc<Traffic>,
}

async fn answer(State(served): State<Arc<Served>>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let (in_flight, earlier) = Traffic::arrival(&served.traffic, uri.path());
    let page = match method {
        Method::GET => (served.page)(uri.path()).unwrap_or_else(|| Page::text("not found").with_status(404)),
        _ => Page::text("only GET").with_status(405),
    };
    page.answer(earlier, &headers).await.map(|body| {
        // The body carries the count along: it is dropped when it is sent, or when the client has gone away.
        Body::from_stream(body.into_data_stream().inspect(move |_| {
            let _ = &in_flight;
        }))
    })
}

/// The counters of a site. Atomic, since a program's runtime may have several threads.
#[derive(Default)]
struct Traffic {
    requests: Mutex<HashMap<String, usize>>,
    in_flight: AtomicUsize,
    peak: AtomicUsize,
    connections: AtomicUsize,
}

impl Traffic {
    /// Counts a request; tells how many there were for the same path before it.
    fn arrival(self: &Arc<Self>, path: &str) -> (InFlight, usize) {
        let earlier = {
            let mut requests = self.requests_by_path();
            let count = requests.entry(path.to_string()).or_default();
            *count += 1;
            *count - 1
        };
        let now = self.in_flight.fetch_add(1, Ordering::Relaxed) + 1;
        self.peak.fetch_max(now, Ordering::Relaxed);
        (InFlight(Arc::clone(self)), earlier)
    }

    fn requests_by_path(&self) -> MutexGuard<'_, HashMap<String, usize>> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A request that has arrived; dropped when it is answered, or when its client has gone away.
struct InFlight(Arc<Traffic>);

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.in_flight.fetch_sub(1, Ordering::Relaxed);
    }
}
