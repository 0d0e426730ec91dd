//! Headers that every answer has, errors included.

use axum::extract::Request;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::middleware::Next;
use axum::response::Response;

/// The page loads its own files and nothing else, compiles WebAssembly, and is framed by nobody.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; \
    style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 5] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Where Vite puts files whose names are made from their contents.
const HASHED: &str = "/assets/";

/// What is answered anew each time, secrets among it.
const LIVE: &str = "/api/";

/// Adds the headers to an answer.
pub(super) async fn add(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let (hashed, live) = (path.starts_with(HASHED), path.starts_with(LIVE));
    let mut response = next.run(request).await;
    // What is there under a hashed name never changes. That nothing is there may.
    let for_ever = hashed && !response.status().is_client_error();
    let caching = match () {
        () if live => "no-store",
        () if for_ever => "public, max-age=31536000, immutable",
        () => "no-cache",
    };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(caching));
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
