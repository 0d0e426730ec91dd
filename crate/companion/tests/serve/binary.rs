//! The real binary, as a shell sees it: what it prints and how it ends.

use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener};
use std::process::{Child, ChildStdout, Command, Output, Stdio};

use crate::support::{Dist, get};

fn chanscope(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chanscope"));
    command.args(arguments);
    command
}

fn output(arguments: &[&str]) -> Output {
    chanscope(arguments).output().unwrap()
}

/// A served page, and where.
struct Served {
    child: Child,
    stdout: BufReader<ChildStdout>,
    address: SocketAddr,
    _dist: Dist,
}

fn serve() -> Served {
    serve_with(|_| {})
}

fn serve_with(change: impl FnOnce(&mut Command)) -> Served {
    let dist = Dist::new();
    let mut command = chanscope(&["serve", "--port", "0", "--clock-port", "0", "--dist"]);
    command.arg(dist.path());
    change(&mut command);
    served(command, dist)
}

/// Starts a server and waits until it has said where it is. Its output stays open for as long as it is served.
fn served(mut command: Command, dist: Dist) -> Served {
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    stdout.read_line(&mut line).unwrap();
    let url = line.trim_end().strip_prefix("Chanscope is at http://").expect("the address comes first");
    Served { address: url.parse().unwrap(), child, stdout, _dist: dist }
}

#[test]
fn a_missing_page_is_said_with_what_builds_it() {
    let output = output(&["serve", "--port", "0", "--dist", "no/such/folder"]);
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{error}");
    assert!(
        error.contains("no/such/folder") && error.contains("npm start") && error.contains("npm run build"),
        "{error}"
    );
}

/// The program is compiled before the page is built.
#[cfg(debug_assertions)]
#[test]
fn where_it_is_worked_on_the_page_is_what_was_built_last() {
    let dist = Dist::new();
    let mut command = chanscope(&["serve", "--port", "0", "--clock-port", "0"]);
    command.current_dir(dist.path().parent().unwrap());
    let mut served = served(command, dist);
    let answer = get(served.address, "/");
    served.child.kill().unwrap();
    served.child.wait().unwrap();
    assert_eq!(answer.body, "<!doctype html><title>Chanscope</title>");
}

#[test]
fn a_port_in_use_is_said_with_its_number_and_the_option() {
    let dist = Dist::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = output(&["serve", "--port", &port, "--dist", dist.path().to_str().unwrap()]);
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{error}");
    assert!(error.contains(&format!("port {port} is in use")) && error.contains("--port"), "{error}");
}

#[test]
fn what_is_for_measuring_says_so() {
    let help = String::from_utf8(output(&["serve", "--help"]).stdout).unwrap();
    for option in ["--bridge-target", "--token"] {
        let (_, about) = help.split_once(option).unwrap();
        assert!(about.lines().take(2).any(|line| line.contains("For measuring only")), "{option}: {help}");
    }
    assert!(!help.contains("test-echo"), "{help}");
}

#[test]
fn an_unknown_command_is_refused() {
    assert_eq!(output(&["sevre"]).status.code(), Some(2));
}

#[cfg(unix)]
mod ends {
    use std::io::{Read, Write};
    use std::net::TcpStream;

    use super::*;

    /// `--open` asks the desktop's own program, which here is one that only says what it was asked.
    #[cfg(target_os = "linux")]
    #[test]
    fn opening_the_browser_at_the_page_s_address() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::TempDir::new().unwrap();
        let (said, opener) = (folder.path().join("said"), folder.path().join("xdg-open"));
        assert!(Command::new("mkfifo").arg(&said).status().unwrap().success());
        std::fs::write(&opener, format!("#!/bin/sh\necho \"$1\" > {}\n", said.display())).unwrap();
        std::fs::set_permissions(&opener, std::fs::Permissions::from_mode(0o755)).unwrap();
        let served = serve_with(|command| {
            let path = std::env::var("PATH").unwrap();
            command.arg("--open").env("PATH", format!("{}:{path}", folder.path().display()));
        });
        // Reading waits until somebody has written.
        let url = std::fs::read_to_string(said).unwrap();
        assert_eq!(url.trim_end(), format!("http://{}", served.address));
        check(served, "-TERM");
    }

    #[track_caller]
    fn check(mut served: Served, signal: &str) {
        let sent = Command::new("kill").args([signal, &served.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        let mut rest = String::new();
        served.stdout.read_to_string(&mut rest).unwrap();
        assert_eq!(served.child.wait().unwrap().code(), Some(0), "{signal}: {rest}");
    }

    #[test]
    fn on_ctrl_c() {
        let served = serve();
        assert_eq!(get(served.address, "/").status, 200);
        check(served, "-INT");
    }

    #[test]
    fn on_sigterm() {
        check(serve(), "-TERM");
    }

    #[test]
    fn with_a_reader_who_keeps_the_connection() {
        let served = serve();
        let mut stream = TcpStream::connect(served.address).unwrap();
        write!(stream, "HEAD / HTTP/1.1\r\nHost: {}\r\n\r\n", served.address).unwrap();
        let mut first = [0];
        stream.read_exact(&mut first).unwrap();
        check(served, "-TERM");
    }

    #[test]
    fn with_a_reader_who_never_finishes_the_question() {
        let served = serve();
        let mut stream = TcpStream::connect(served.address).unwrap();
        write!(stream, "GET / HTTP/1.1\r\nHost:").unwrap();
        check(served, "-TERM");
    }
}
