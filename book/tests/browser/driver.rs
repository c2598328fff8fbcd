//! A real browser, the book it looks at, and what it says of a page. It talks to the loopback only.

use std::{
    io::{BufRead, BufReader},
    net::Ipv4Addr,
    process::{Child, Command, Stdio},
    time::Duration,
};

use fantoccini::{Client, ClientBuilder, wd::WebDriverCompatibleCommand};
use hyper::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use url::{ParseError, Url};

/// A session of the browser. [`Browser::end`] ends it.
pub(crate) struct Browser {
    pub(crate) client: Client,
    driver: Driver,
    port: u16,
}

/// The process that drives browsers; it ends with this, and its browser with it.
struct Driver(Child);

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What one page did while it was loaded.
#[derive(Debug, Default)]
pub(crate) struct Loaded {
    /// What it wrote to the console as a warning or an error.
    pub(crate) complaints: Vec<String>,
    /// Every address it asked for.
    pub(crate) requests: Vec<String>,
    /// The bytes that came, without those of the search index.
    pub(crate) bytes: u64,
}

impl Browser {
    /// Serves the folder and starts a browser.
    pub(crate) async fn start(folder: std::path::PathBuf) -> Browser {
        let listener = book::serve::listen(0).await.expect("a free port");
        let port = listener.local_addr().expect("it listens").port();
        tokio::spawn(async move { book::serve::serve(listener, &folder).await });
        let (driver, driver_port) = start_driver();
        let capabilities = json!({
            "goog:chromeOptions": { "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--hide-scrollbars",
                "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
            ]},
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
        });
        let Value::Object(capabilities) = capabilities else { unreachable!("an object") };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://{}:{driver_port}", Ipv4Addr::LOCALHOST))
            .await
            .expect("chromium starts");
        Browser { client, driver, port }
    }

    pub(crate) async fn end(self) {
        self.client.close().await.expect("the session ends");
        drop(self.driver);
    }

    /// The address of a page.
    pub(crate) fn url(&self, page: &str) -> String {
        book::serve::url(self.port, page)
    }

    /// Goes to a page, and says what that took.
    pub(crate) async fn load(&self, page: &str) -> Loaded {
        self.devtools("Network.setCacheDisabled", json!({ "cacheDisabled": true })).await;
        self.log("browser").await;
        self.log("performance").await;
        self.client.goto(&self.url(page)).await.expect("the page is there");
        let mut loaded = Loaded::default();
        for entry in self.log("browser").await {
            loaded.complaints.push(entry["message"].to_string());
        }
        let mut of_the_index = Vec::new();
        for entry in self.log("performance").await {
            let message: Value = serde_json::from_str(entry["message"].as_str().unwrap_or_default()).expect("JSON");
            let (method, parameters) = (&message["message"]["method"], &message["message"]["params"]);
            match method.as_str() {
                Some("Network.requestWillBeSent") => {
                    let url = parameters["request"]["url"].as_str().unwrap_or_default().to_string();
                    if url.contains("/searchindex") {
                        of_the_index.push(parameters["requestId"].clone());
                    }
                    loaded.requests.push(url);
                }
                Some("Network.loadingFinished") if !of_the_index.contains(&parameters["requestId"]) => {
                    loaded.bytes += parameters["encodedDataLength"].as_f64().unwrap_or_default() as u64;
                }
                _ => {}
            }
        }
        loaded
    }

    /// The size of the window.
    pub(crate) async fn size(&self, width: u64, height: u64) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// Scripts run from now on, or do not.
    pub(crate) async fn scripts(&self, run: bool) {
        self.devtools("Emulation.setScriptExecutionDisabled", json!({ "value": !run })).await;
    }

    /// The medium, `print` or `screen`.
    pub(crate) async fn medium(&self, medium: &str) {
        self.devtools("Emulation.setEmulatedMedia", json!({ "media": medium })).await;
    }

    /// What a script gives back.
    pub(crate) async fn ask(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// Asks until the answer is yes.
    pub(crate) async fn until(&self, script: &str) {
        for _ in 0..600 {
            if self.ask(script).await == true {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("it never came true: {script}");
    }

    /// A command of the browser's own protocol.
    pub(crate) async fn devtools(&self, command: &str, parameters: Value) -> Value {
        let body = json!({ "cmd": command, "params": parameters });
        self.client.issue_cmd(Own { path: "goog/cdp/execute", body }).await.expect("the browser knows this command")
    }

    async fn log(&self, kind: &str) -> Vec<Value> {
        let entries = self.client.issue_cmd(Own { path: "se/log", body: json!({ "type": kind }) }).await;
        entries.expect("the driver keeps logs").as_array().cloned().unwrap_or_default()
    }
}

/// A command that is the driver's own.
#[derive(Debug)]
struct Own {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Own {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}

/// Starts the driver on a port that it chooses.
fn start_driver() -> (Driver, u16) {
    let mut command = Command::new("chromedriver");
    let mut process =
        command.arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap_or_else(|error| {
            panic!("chromedriver cannot be started ({error}): `apt-get install chromium chromium-driver` brings it")
        });
    let lines = BufReader::new(process.stdout.take().expect("a pipe")).lines();
    let mut said = lines.map_while(Result::ok);
    let port = said.find_map(|line| line.rsplit_once("successfully on port ")?.1.trim_end_matches('.').parse().ok());
    // Nobody reads on: what it says later goes nowhere, and it must not wait for a reader.
    std::thread::spawn(move || said.for_each(drop));
    (Driver(process), port.expect("the driver says its port"))
}
