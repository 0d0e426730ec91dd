//! Answers go only to those who asked for this machine by a loopback name.
//!
//! Listening on loopback is not enough: a page of somebody else's can have its own name point to 127.0.0.1 (DNS
//! rebinding) and would then be of one origin with ours.

use axum::extract::Request;
use axum::http::header::HOST;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::listener::url;

const NAMES: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];
const HTTP_PORT: u16 = 80;

/// Lets a request pass when its `Host` is ours; answers 421 (Misdirected Request, RFC 9110, 15.5.20) when it is not.
pub(super) async fn require_loopback(port: u16, request: Request, next: Next) -> Response {
    if is_ours(request.headers(), port) {
        return next.run(request).await;
    }
    let text = format!("This address is not served here. Chanscope is at {}\n", url(port));
    (StatusCode::MISDIRECTED_REQUEST, text).into_response()
}

fn is_ours(headers: &HeaderMap, port: u16) -> bool {
    let mut hosts = headers.get_all(HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
    let Ok(host) = host.to_str() else { return false };
    NAMES.iter().any(|name| match host.get(..name.len()).filter(|start| start.eq_ignore_ascii_case(name)) {
        None => false,
        Some(start) => match host[start.len()..].strip_prefix(':') {
            Some(rest) => rest == port.to_string(),
            None => host.len() == start.len() && port == HTTP_PORT,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(hosts: &[&str], port: u16, expected: bool) {
        let mut headers = HeaderMap::new();
        for host in hosts {
            headers.append(HOST, host.parse().unwrap());
        }
        assert_eq!(is_ours(&headers, port), expected, "{hosts:?} at {port}");
    }

    #[test]
    fn loopback_names_with_the_right_port_are_ours() {
        check(&["127.0.0.1:8080"], 8080, true);
        check(&["localhost:8080"], 8080, true);
        check(&["LocalHost:8080"], 8080, true);
        check(&["[::1]:8080"], 8080, true);
        check(&["localhost"], 80, true);
        check(&["localhost:80"], 80, true);
    }

    #[test]
    fn everything_else_is_not() {
        check(&[], 8080, false);
        check(&[""], 8080, false);
        check(&["localhost"], 8080, false);
        check(&["localhost:"], 8080, false);
        check(&["localhost:8081"], 8080, false);
        check(&["localhost:08080"], 8080, false);
        check(&["localhost.example:8080"], 8080, false);
        check(&["localhost.example"], 80, false);
        check(&["example.org:8080"], 8080, false);
        check(&["::1:8080"], 8080, false);
        check(&["localhost:8080", "example.org"], 8080, false);
    }
}
