//! What both test files need: a folder to serve, and HTTP as bytes on a socket, so that nothing between the test and
//! the server tidies up a path or a header.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;

use tempfile::TempDir;

/// What a reader must never get: it lies beside the served folder.
pub(crate) const SECRET: &str = "not for readers";

/// A built page in a folder of its own.
pub(crate) struct Dist {
    folder: TempDir,
}

impl Dist {
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let dist = folder.path().join("dist");
        fs::create_dir_all(dist.join("assets")).unwrap();
        let files: [(&str, &[u8]); 7] = [
            ("secret", SECRET.as_bytes()),
            ("dist/index.html", b"<!doctype html><title>Chanscope</title>"),
            ("dist/assets/index-1a2b.js", b"export {};"),
            ("dist/assets/index-1a2b.js.br", b"as brotli"),
            ("dist/assets/index-1a2b.js.gz", b"as gzip"),
            ("dist/assets/core-3c4d.wasm", b"\0asm"),
            ("dist/assets/core-3c4d.wasm.br", b"as brotli"),
        ];
        for (name, bytes) in files {
            fs::write(folder.path().join(name), bytes).unwrap();
        }
        Self { folder }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("dist")
    }
}

/// An answer. Header names are in lower case.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

/// Asks for a path as it is, by the address as the host.
pub(crate) fn get(address: SocketAddr, path: &str) -> Answer {
    ask(address, &format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n"))
}

/// Sends a head, to which the end is added, and reads the answer.
pub(crate) fn ask(address: SocketAddr, head: &str) -> Answer {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "{head}Connection: close\r\n\r\n").unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").expect("an answer has a head");
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers = lines.map(|line| line.split_once(": ").unwrap());
    let headers = headers.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect();
    Answer { status, headers, body: body.to_owned() }
}
