//! Who may use more than files: the page that was served here, and programs that are no browsers.
//!
//! A browser says where a request comes from (`Sec-Fetch-Site`, `Origin`), and a page cannot make it say otherwise.
//! Both are checked before the secret, so that a page of somebody else's cannot even try one.

use axum::extract::{Request, State};
use axum::http::header::{HOST, ORIGIN, SEC_WEBSOCKET_PROTOCOL};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::secret::Secret;
use chanscope_tcp::bridge::SECRET_PROTOCOL;

/// Where a browser says how near the page that asks is.
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Where a call that changes something shows the secret.
const SECRET: HeaderName = HeaderName::from_static("chanscope-secret");

/// Why a request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refusal {
    #[error("This is for the page of this server only; the browser says that another site asks.")]
    OtherSite,
    #[error("This is for the page of this server only; the Origin is another one.")]
    OtherOrigin,
    #[error("A WebSocket needs an Origin, and exactly one.")]
    NoOrigin,
    #[error("The secret is missing or is not that of this run; /api/session has it.")]
    NoSecret,
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (StatusCode::FORBIDDEN, format!("{self}\n")).into_response()
    }
}

/// For whatever is no file: no other site's page.
pub(super) async fn same_site(request: Request, next: Next) -> Result<Response, Refusal> {
    check_site(request.headers())?;
    Ok(next.run(request).await)
}

/// For calls that change something: the secret in a header.
pub(super) async fn secret_header(
    State(secret): State<Secret>,
    request: Request,
    next: Next,
) -> Result<Response, Refusal> {
    check_header(request.headers(), &secret)?;
    Ok(next.run(request).await)
}

/// For WebSockets: an Origin, and the secret among the subprotocols.
pub(super) async fn websocket(State(secret): State<Secret>, request: Request, next: Next) -> Result<Response, Refusal> {
    check_websocket(request.headers(), &secret)?;
    Ok(next.run(request).await)
}

fn check_site(headers: &HeaderMap) -> Result<(), Refusal> {
    // `none` is a reader's own doing, such as an address typed in. No header at all is no browser.
    let near = |value: &[u8]| matches!(value, b"same-origin" | b"none");
    if !headers.get_all(SEC_FETCH_SITE).iter().all(|value| near(value.as_bytes())) {
        return Err(Refusal::OtherSite);
    }
    match origins(headers) {
        Origins::None | Origins::Ours => Ok(()),
        Origins::Other => Err(Refusal::OtherOrigin),
    }
}

fn check_header(headers: &HeaderMap, secret: &Secret) -> Result<(), Refusal> {
    let mut shown = headers.get_all(SECRET).iter();
    match (shown.next().and_then(|value| value.to_str().ok()), shown.next()) {
        (Some(text), None) if secret.is(text) => Ok(()),
        _ => Err(Refusal::NoSecret),
    }
}

fn check_websocket(headers: &HeaderMap, secret: &Secret) -> Result<(), Refusal> {
    match origins(headers) {
        Origins::Ours => {}
        Origins::None => return Err(Refusal::NoOrigin),
        Origins::Other => return Err(Refusal::OtherOrigin),
    }
    let mut protocols = headers.get_all(SEC_WEBSOCKET_PROTOCOL).iter().filter_map(|value| value.to_str().ok());
    let shown = protocols
        .by_ref()
        .flat_map(|list| list.split(','))
        .find_map(|protocol| protocol.trim().strip_prefix(SECRET_PROTOCOL));
    if shown.is_some_and(|text| secret.is(text)) { Ok(()) } else { Err(Refusal::NoSecret) }
}

enum Origins {
    None,
    Ours,
    Other,
}

/// Compares the Origin with the Host, which has been found to be a loopback name with our port.
fn origins(headers: &HeaderMap) -> Origins {
    let mut origins = headers.get_all(ORIGIN).iter();
    match (origins.next(), origins.next(), headers.get(HOST)) {
        (None, ..) => Origins::None,
        (Some(origin), None, Some(host)) => {
            let rest = origin.as_bytes().strip_prefix(b"http://");
            if rest.is_some_and(|rest| rest.eq_ignore_ascii_case(host.as_bytes())) {
                Origins::Ours
            } else {
                Origins::Other
            }
        }
        _ => Origins::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(lines: &[(&'static str, &str)]) -> HeaderMap {
        lines
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()))
            .collect::<Vec<_>>()
            .into_iter()
            .fold(HeaderMap::new(), |mut headers, (name, value)| {
                headers.append(name, value);
                headers
            })
    }

    const HOST: (&str, &str) = ("host", "localhost:8080");
    const ORIGIN: (&str, &str) = ("origin", "http://localhost:8080");

    #[test]
    fn pages_of_other_sites_are_refused() {
        for (lines, expected) in [
            (&[HOST][..], Ok(())),
            (&[HOST, ("sec-fetch-site", "same-origin"), ORIGIN], Ok(())),
            (&[HOST, ("sec-fetch-site", "none")], Ok(())),
            (&[HOST, ("sec-fetch-site", "cross-site")], Err(Refusal::OtherSite)),
            // Another port of this machine.
            (&[HOST, ("sec-fetch-site", "same-site")], Err(Refusal::OtherSite)),
            (&[HOST, ("sec-fetch-site", "")], Err(Refusal::OtherSite)),
            (&[HOST, ("sec-fetch-site", "none"), ("sec-fetch-site", "cross-site")], Err(Refusal::OtherSite)),
            (&[HOST, ("origin", "http://example.org")], Err(Refusal::OtherOrigin)),
            (&[HOST, ("origin", "null")], Err(Refusal::OtherOrigin)),
        ] {
            assert_eq!(check_site(&headers(lines)), expected, "{lines:?}");
        }
    }

    #[test]
    fn a_websocket_needs_the_origin_of_the_page_and_the_secret() {
        let secret = Secret::known("5ec2e7");
        let shown = ("sec-websocket-protocol", "chanscope.tcp.v1, chanscope.secret.5ec2e7");
        for (lines, expected) in [
            (&[HOST, ORIGIN, shown][..], Ok(())),
            (&[HOST, shown], Err(Refusal::NoOrigin)),
            (&[HOST, ORIGIN, ORIGIN, shown], Err(Refusal::OtherOrigin)),
            (&[HOST, ("origin", "https://localhost:8080"), shown], Err(Refusal::OtherOrigin)),
            (&[HOST, ("origin", "http://localhost"), shown], Err(Refusal::OtherOrigin)),
            (&[HOST, ("origin", "http://localhost:80801"), shown], Err(Refusal::OtherOrigin)),
            (&[HOST, ("origin", "http://127.0.0.1:8080"), shown], Err(Refusal::OtherOrigin)),
            (&[HOST, ("origin", "null"), shown], Err(Refusal::OtherOrigin)),
            (&[HOST, ORIGIN], Err(Refusal::NoSecret)),
            (&[HOST, ORIGIN, ("sec-websocket-protocol", "chanscope.tcp.v1")], Err(Refusal::NoSecret)),
            (&[HOST, ORIGIN, ("sec-websocket-protocol", "chanscope.secret.5ec2e")], Err(Refusal::NoSecret)),
            // The first one counts: nobody tries several at a time.
            (
                &[HOST, ORIGIN, ("sec-websocket-protocol", "chanscope.secret.1, chanscope.secret.5ec2e7")],
                Err(Refusal::NoSecret),
            ),
        ] {
            assert_eq!(check_websocket(&headers(lines), &secret), expected, "{lines:?}");
        }
    }

    #[test]
    fn a_change_needs_the_secret_once() {
        let secret = Secret::known("5ec2e7");
        let shown = ("chanscope-secret", "5ec2e7");
        assert_eq!(check_header(&headers(&[shown]), &secret), Ok(()));
        for lines in [&[][..], &[("chanscope-secret", "5ec2e")], &[shown, shown]] {
            assert_eq!(check_header(&headers(lines), &secret), Err(Refusal::NoSecret), "{lines:?}");
        }
    }
}
