//! One page: how long the site thinks about a request for it, what it answers then, and what goes wrong on the way.

use std::{convert::Infallible, future::pending, io, time::Duration};

use axum::{
    body::{Body, Bytes},
    http::{
        HeaderMap, HeaderName, HeaderValue, StatusCode,
        header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, LOCATION},
    },
    response::Response,
};
use flate2::{Compress, Compression, Crc, FlushCompress};
use futures::{StreamExt, stream};
use tokio::{task::yield_now, time::sleep};

/// A page, as it is served.
#[derive(Clone, Debug)]
pub struct Page {
    /// That of the first request, of the second, and so on; the last one holds for all that follow.
    latencies: Vec<Duration>,
    status: StatusCode,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Bytes,
    fault: Fault,
    /// So many times over, compressed, for clients that say that they understand it; 0 if it never is.
    gzipped: usize,
}

/// What goes wrong with an answer.
#[derive(Clone, Copy, Debug)]
enum Fault {
    None,
    /// The answer never begins.
    Silent,
    /// After so many bytes of the body nothing more comes, and the connection stays open.
    Stalled(usize),
    /// After so many bytes of the body the connection is closed, though more was announced.
    Cut(usize),
    /// This length is announced, whatever the body's is.
    Length(usize),
    /// The body begins anew each time it is sent, without end.
    Endless,
}

/// How often an endless body is sent: it fills no memory faster than a client can give up.
const ENDLESS_PAUSE: Duration = Duration::from_millis(10);

impl Page {
    /// A page of any kind.
    ///
    /// # Panics
    /// If HTTP does not allow such a content type.
    pub fn new(content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let page = Self {
            latencies: vec![Duration::ZERO],
            status: StatusCode::OK,
            headers: Vec::new(),
            body: Bytes::from(body.into()),
            fault: Fault::None,
            gzipped: 0,
        };
        page.with_header(CONTENT_TYPE, content_type)
    }

    /// A page of plain text.
    pub fn text(body: impl Into<String>) -> Self {
        Self::new("text/plain; charset=utf-8", body.into())
    }

    /// A page of HTML.
    pub fn html(body: impl Into<String>) -> Self {
        Self::new("text/html; charset=utf-8", body.into())
    }

    /// A page that has moved (302) to another path or URL.
    ///
    /// # Panics
    /// If HTTP does not allow such a location.
    pub fn redirect(to: impl AsRef<str>) -> Self {
        Self::text("").with_header(LOCATION, to.as_ref()).with_status(302)
    }

    /// The same page, answered with this status.
    ///
    /// # Panics
    /// If HTTP has no such status: they go from 100 to 999.
    pub fn with_status(self, status: u16) -> Self {
        let status = StatusCode::from_u16(status).expect("a status between 100 and 999");
        Self { status, ..self }
    }

    fn with_header(mut self, name: HeaderName, value: &str) -> Self {
        self.headers.push((name, HeaderValue::from_str(value).expect("a value that HTTP allows")));
        self
    }

    /// The same page, answered that long after it was asked for.
    pub fn after(self, latency: Duration) -> Self {
        self.after_each([latency])
    }

    /// The same page; each request takes the next of these latencies, and the last one holds for all that follow.
    pub fn after_each(self, latencies: impl IntoIterator<Item = Duration>) -> Self {
        Self { latencies: latencies.into_iter().collect(), ..self }
    }

    /// The same page, compressed with gzip for clients that say they understand it.
    pub fn gzipped(self) -> Self {
        self.gzipped_over_and_over(1)
    }

    /// The same page, compressed with gzip for clients that say they understand it: to a few bytes of which its text comes so
    /// many times over.
    pub fn gzipped_over_and_over(self, times: usize) -> Self {
        Self { gzipped: times, ..self }
    }

    /// The same page, which says that its body is packed like this, whatever it is.
    ///
    /// # Panics
    /// If HTTP does not allow such a value.
    pub fn with_encoding(self, encoding: &str) -> Self {
        self.with_header(CONTENT_ENCODING, encoding)
    }

    /// The same page, endless: its body is sent once more every ten milliseconds.
    pub fn endless(self) -> Self {
        Self { fault: Fault::Endless, ..self }
    }

    /// The same page, never answered: the connection stays open and silent.
    pub fn silent(self) -> Self {
        Self { fault: Fault::Silent, ..self }
    }

    /// The same page, stalled: after so many bytes of its body nothing more comes, and the connection stays open.
    pub fn stalled_after(self, bytes: usize) -> Self {
        Self { fault: Fault::Stalled(bytes), ..self }
    }

    /// The same page, cut short: after so many bytes of its body the connection is closed, though more was announced.
    pub fn cut_after(self, bytes: usize) -> Self {
        Self { fault: Fault::Cut(bytes), ..self }
    }

    /// The same page with a wrong length: so many bytes are announced. Where the body has more, the rest is not sent;
    /// where it has less, the connection is closed before the announced end.
    pub fn with_length(self, bytes: usize) -> Self {
        Self { fault: Fault::Length(bytes), ..self }
    }

    /// Answers the request that came after so many others for this page.
    pub(super) async fn answer(&self, earlier: usize, request: &HeaderMap) -> Response {
        let latency = self.latencies.get(earlier).or(self.latencies.last());
        sleep(latency.copied().unwrap_or_default()).await;
        if let Fault::Silent = self.fault {
            pending::<Infallible>().await;
        }
        let gzip = self.gzipped > 0 && understands_gzip(request);
        let body = if gzip { compressed(&self.body, self.gzipped) } else { self.body.clone() };
        let mut response = Response::new(self.sent(&body));
        *response.status_mut() = self.status;
        response.headers_mut().extend(self.headers.iter().cloned());
        if gzip {
            response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        let length = match self.fault {
            Fault::Endless => return response,
            Fault::Length(length) => length,
            _ => body.len(),
        };
        response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(length));
        response
    }

    /// What really goes over the line.
    fn sent(&self, body: &Bytes) -> Body {
        let first = |bytes: usize| stream::iter([Ok(body.slice(..bytes.min(body.len())))]);
        // An error that comes at once would take along what was to be sent before it.
        let broken = || {
            stream::once(async {
                yield_now().await;
                Err(io::Error::other("as the page's script says"))
            })
        };
        match self.fault {
            Fault::None | Fault::Silent => Body::from(body.clone()),
            Fault::Stalled(bytes) => Body::from_stream(first(bytes).chain(stream::pending())),
            Fault::Cut(bytes) => Body::from_stream(first(bytes).chain(broken())),
            Fault::Length(length) if length > body.len() => Body::from_stream(first(length).chain(broken())),
            Fault::Length(length) => Body::from_stream(first(length)),
            Fault::Endless => {
                let again = stream::repeat(body.clone()).then(async |body| {
                    sleep(ENDLESS_PAUSE).await;
                    Ok::<_, Infallible>(body)
                });
                Body::from_stream(again)
            }
        }
    }
}

fn understands_gzip(request: &HeaderMap) -> bool {
    let accepted = request.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    accepted.flat_map(|value| value.split(',')).any(|encoding| encoding.trim().starts_with("gzip"))
}

/// What gzip makes of a text that comes so many times over, in the time that it takes to compress it once: a block that
/// refers to nothing before it can be repeated.
fn compressed(body: &[u8], times: usize) -> Bytes {
    let mut block = Vec::with_capacity(body.len() + 1024);
    let mut deflate = Compress::new(Compression::default(), false);
    deflate.compress_vec(body, &mut block, FlushCompress::Full).expect("a text can be compressed");
    let (mut once, mut sum) = (Crc::new(), Crc::new());
    once.update(body);
    (0..times).for_each(|_| sum.combine(&once));
    // RFC 1952: a head that says nothing but "deflate", and behind the last block the checksum and the length.
    let mut packed = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    packed.extend(block.repeat(times));
    packed.extend([3, 0]);
    packed.extend(sum.sum().to_le_bytes());
    packed.extend(sum.amount().to_le_bytes());
    packed.into()
}
