//! The real binary, serving.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

use chanscope_companion::bridge::{SUBPROTOCOL, ToPage};
use tempfile::TempDir;
use tokio::net::TcpStream;

use crate::support::{Page, SECRET, handshake, raw};

pub(crate) struct Served {
    pub(crate) child: Child,
    pub(crate) address: SocketAddr,
    pub(crate) _dist: TempDir,
}

pub(crate) fn command(dist: &TempDir, arguments: &[&str]) -> Command {
    std::fs::write(dist.path().join("index.html"), "<!doctype html>").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_chanscope"));
    command.args(["serve", "--port", "0", "--token", SECRET, "--dist"]).arg(dist.path()).args(arguments);
    command
}

pub(crate) fn serve(arguments: &[&str]) -> Served {
    let dist = TempDir::new().unwrap();
    let mut child = command(&dist, arguments).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let url = line.trim_end().strip_prefix("Chanscope is at http://").expect("the address comes first");
    Served { address: url.parse().unwrap(), child, _dist: dist }
}

impl Served {
    pub(crate) async fn websocket(&self, path: &str, protocol: &str) -> Page {
        let stream = TcpStream::connect(self.address).await.unwrap();
        Page::over(stream, handshake(self.address, path, protocol)).await
    }

    pub(crate) async fn connect(&self) -> Page {
        let mut page = self.websocket("/api/tcp", SUBPROTOCOL).await;
        assert!(matches!(page.control().await, ToPage::Opened { .. }));
        page
    }

    pub(crate) fn terminate(&self) {
        let sent = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }

    pub(crate) async fn ask(&self, method: &str, path: &str, body: &str) -> String {
        let (host, length) = (self.address, body.len());
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nChanscope-Secret: {SECRET}\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        raw(host, &request).await
    }

    /// Changes the clock's settings.
    pub(crate) async fn set(&self, settings: &str) {
        let answer = self.ask("PUT", "/api/clock/settings", settings).await;
        assert!(answer.starts_with("HTTP/1.1 204 "), "{answer}");
    }

    /// Begins the clock again after it died.
    pub(crate) async fn begin_clock(&self) {
        let answer = self.ask("POST", "/api/clock/start", "").await;
        assert!(answer.starts_with("HTTP/1.1 202 "), "{answer}");
    }

    /// Has the companion open so many clients of its own.
    pub(crate) async fn swarm(&self, clients: u32) {
        let answer = self.ask("PUT", "/api/clock/swarm", &format!(r#"{{"clients":{clients}}}"#)).await;
        assert!(answer.starts_with("HTTP/1.1 204 "), "{answer}");
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It has ended already where the test was about its end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
