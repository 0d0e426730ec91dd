//! The server over real sockets.

use std::net::{Ipv6Addr, SocketAddr, TcpListener};
use std::sync::Arc;

use crate::support::{Answer, Dist, SECRET, ask, get};
use chanscope_companion::bridge::Target;
use chanscope_companion::clock::{Clock, Settings};
use chanscope_companion::server::{self, Files, Listener, Secret, Site};
use tokio::runtime::Runtime;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// A server of its own for a test, stopped when the test ends.
struct Server {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    served: Option<JoinHandle<()>>,
    runtime: Runtime,
    _dist: Dist,
}

impl Server {
    fn start() -> Self {
        let dist = Dist::new();
        let runtime = Runtime::new().unwrap();
        let listener = runtime.block_on(Listener::bind(0)).unwrap();
        let address = SocketAddr::from(([127, 0, 0, 1], listener.port()));
        let (stop, stopped) = oneshot::channel();
        let folder = dist.path();
        let served = runtime.spawn(async move {
            let (clock, _) = Clock::bind(0, Settings::default());
            let clock = Arc::new(clock);
            let site = Site {
                files: Files::Folder(folder),
                target: Target::Clock(Arc::clone(&clock)),
                clock,
                secret: Secret::fresh().unwrap(),
                connections_max: 1,
                test_echo: false,
            };
            server::run(listener, site, async { stopped.await.unwrap() }).await;
        });
        Self { address, stop: Some(stop), served: Some(served), runtime, _dist: dist }
    }

    fn get(&self, path: &str) -> Answer {
        get(self.address, path)
    }

    fn ask_with(&self, path: &str, headers: &str) -> Answer {
        ask(self.address, &format!("GET {path} HTTP/1.1\r\nHost: {}\r\n{headers}", self.address))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.take().unwrap().send(()).unwrap();
        self.runtime.block_on(self.served.take().unwrap()).unwrap();
    }
}

#[test]
fn the_root_is_the_page() {
    let answer = Server::start().get("/");
    assert_eq!((answer.status, answer.header("content-type")), (200, "text/html"));
    assert!(answer.body.contains("<title>Chanscope</title>"));
}

#[test]
fn files_have_the_types_that_browsers_insist_on() {
    let server = Server::start();
    assert_eq!(server.get("/assets/core-3c4d.wasm").header("content-type"), "application/wasm");
    assert_eq!(server.get("/assets/index-1a2b.js").header("content-type"), "text/javascript");
}

#[test]
fn compressed_files_go_to_those_who_take_them() {
    let server = Server::start();
    for (accepted, encoding, body) in
        [("br, gzip", "br", "as brotli"), ("gzip", "gzip", "as gzip"), ("", "", "export {};")]
    {
        let answer = server.ask_with("/assets/index-1a2b.js", &format!("Accept-Encoding: {accepted}\r\n"));
        assert_eq!((answer.header("content-encoding"), answer.body.as_str()), (encoding, body), "{accepted}");
        assert_eq!(answer.header("content-type"), "text/javascript");
        assert_eq!(answer.header("vary"), "accept-encoding");
    }
    let core = server.ask_with("/assets/core-3c4d.wasm", "Accept-Encoding: br\r\n");
    assert_eq!((core.header("content-encoding"), core.header("content-type")), ("br", "application/wasm"));
}

#[test]
fn every_answer_has_the_security_headers() {
    let server = Server::start();
    let elsewhere = ask(server.address, "GET / HTTP/1.1\r\nHost: example.org\r\n");
    for answer in [server.get("/"), server.get("/assets/index-1a2b.js"), server.get("/nothing"), elsewhere] {
        assert_eq!(
            answer.header("content-security-policy"),
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; \
             img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; \
             frame-ancestors 'none'"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
    }
}

#[test]
fn only_what_is_named_by_its_contents_is_kept_for_ever() {
    let server = Server::start();
    let for_ever = "public, max-age=31536000, immutable";
    for (path, caching) in [
        ("/assets/index-1a2b.js", for_ever),
        ("/assets/core-3c4d.wasm", for_ever),
        ("/assets/nothing.js", "no-cache"),
        ("/index.html", "no-cache"),
        ("/", "no-cache"),
    ] {
        assert_eq!(server.get(path).header("cache-control"), caching, "{path}");
    }
}

#[test]
fn what_is_not_there_is_not_found() {
    let server = Server::start();
    // A folder is no file, and leads nowhere: of “//assets” the address with a slash behind would be another host's.
    for path in ["/assets/nothing.js", "/assets", "//assets"] {
        let answer = server.get(path);
        assert_eq!((answer.status, answer.body.as_str()), (404, "There is no such file.\n"), "{path}");
        assert_eq!(answer.header("location"), "", "{path}");
    }
}

#[test]
fn nothing_outside_the_folder_is_served() {
    let server = Server::start();
    for path in [
        "/../secret",
        "/%2e%2e/secret",
        "/..%2fsecret",
        "/..%5csecret",
        "/assets/../../secret",
        "/assets/%2e%2e/%2e%2e/secret",
        "//../secret",
        "/.//../secret",
        "//etc/passwd",
        "/secret%00",
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, 404, "{path}: {answer:?}");
        assert!(!answer.body.contains(SECRET) && !answer.body.contains("root:"), "{path}: {answer:?}");
    }
}

#[test]
fn files_cannot_be_written() {
    let server = Server::start();
    for method in ["POST", "PUT", "DELETE"] {
        let head = format!("{method} /index.html HTTP/1.1\r\nHost: {}\r\nContent-Length: 0\r\n", server.address);
        assert_eq!(ask(server.address, &head).status, 405, "{method}");
    }
}

#[test]
fn other_hosts_are_told_the_right_address() {
    let server = Server::start();
    let answer = ask(server.address, "GET / HTTP/1.1\r\nHost: rebound.example\r\n");
    assert_eq!(answer.status, 421);
    assert!(answer.body.contains(&format!("http://{}", server.address)), "{}", answer.body);
    let unnamed = ask(server.address, "GET / HTTP/1.0\r\n");
    assert_eq!(unnamed.status, 421);
}

#[test]
fn ipv6_has_the_same_port_where_there_is_ipv6() {
    let server = Server::start();
    if TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_ok() {
        let address = SocketAddr::from((Ipv6Addr::LOCALHOST, server.address.port()));
        assert_eq!(get(address, "/").status, 200);
    }
}
