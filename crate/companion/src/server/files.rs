//! The built page: a folder, or what was built into the binary.

use std::borrow::Cow;
use std::path::PathBuf;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, LOCATION, VARY};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::map_response;
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use rust_embed::RustEmbed;
use tower_http::services::ServeDir;

/// Where the page is.
#[derive(Debug)]
pub enum Files {
    /// In this folder.
    Folder(PathBuf),
    /// In the binary, where that was built for release after the page.
    Inside,
}

#[derive(RustEmbed)]
#[folder = "../../dist"]
#[allow_missing = true]
struct Inside;

/// A file of the page.
struct File {
    bytes: Cow<'static, [u8]>,
    /// Tells it from other files that had its name.
    tag: String,
    kind: String,
}

fn inside(name: &str) -> Option<File> {
    let file = Inside::get(name)?;
    let kind = file.metadata.mimetype().to_owned();
    // Half of the hash is enough.
    let tag = file.metadata.sha256_hash()[..16].iter().map(|byte| format!("{byte:02x}")).collect();
    Some(File { bytes: file.data, tag, kind })
}

const INDEX: &str = "index.html";
/// How files are kept compressed, the better first: the name of the encoding and how such a file's name ends.
const ENCODINGS: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];

impl Files {
    /// Those that come with this program. When it is being worked on they are what was built last, in the project's
    /// folder; in a release they are inside.
    #[must_use]
    pub fn own() -> Self {
        if cfg!(debug_assertions) { Self::Folder(PathBuf::from("dist")) } else { Self::Inside }
    }

    /// Whether there is a page.
    #[must_use]
    pub fn is_there(&self) -> bool {
        match self {
            Self::Folder(folder) => folder.join(INDEX).is_file(),
            Self::Inside => Inside::get(INDEX).is_some(),
        }
    }

    /// What answers with its files.
    pub(super) fn router(&self) -> Router {
        match self {
            Self::Folder(folder) => {
                let files = ServeDir::new(folder).precompressed_br().precompressed_gzip();
                let files = files.not_found_service(any(|| async { not_found() }));
                Router::new().fallback_service(files).layer(map_response(no_folders))
            }
            Self::Inside => Router::new().fallback(|request: Request| async move {
                answer(inside, request.method(), request.uri().path(), request.headers())
            }),
        }
    }
}

/// A folder is no file. It would be led to its name with a slash behind, which of `//host` is somebody else's address.
async fn no_folders(response: Response) -> Response {
    if response.headers().contains_key(LOCATION) { not_found() } else { response }
}

fn not_found() -> Response {
    (StatusCode::NOT_FOUND, "There is no such file.\n").into_response()
}

/// A file of the page, compressed where the asker can read that, or word that he has it already. hyper leaves the body
/// away where only the head was asked for.
fn answer(find: fn(&str) -> Option<File>, method: &Method, path: &str, headers: &HeaderMap) -> Response {
    if !matches!(*method, Method::GET | Method::HEAD) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let name = match path.trim_start_matches('/') {
        "" => INDEX,
        name => name,
    };
    let Some(plain) = find(name) else { return not_found() };
    let mut compressed = ENCODINGS.iter().filter(|(encoding, _)| accepts(headers, encoding));
    let compressed = compressed.find_map(|(encoding, ending)| Some((*encoding, find(&format!("{name}{ending}"))?)));
    let (encoding, bytes) = match compressed {
        Some((encoding, file)) => (Some(encoding), file.bytes),
        None => (None, plain.bytes),
    };
    let tag = format!("\"{}{}\"", plain.tag, encoding.unwrap_or_default());
    let mut response = if knows(headers, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let body = match bytes {
            Cow::Borrowed(bytes) => Body::from(bytes),
            Cow::Owned(bytes) => Body::from(bytes),
        };
        ([(CONTENT_TYPE, plain.kind)], body).into_response()
    };
    let headers = response.headers_mut();
    headers.insert(ETAG, tag.parse().expect("letters and digits in quotes"));
    headers.insert(VARY, ACCEPT_ENCODING.into());
    if let Some(encoding) = encoding {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

/// Whether the asker has what has this tag (RFC 9110, 13.1.2).
fn knows(headers: &HeaderMap, tag: &str) -> bool {
    items(headers, &IF_NONE_MATCH).any(|known| known.trim_start_matches("W/") == tag || known == "*")
}

/// Whether an encoding is among those that are asked for (RFC 9110, 12.5.3), and not with a weight of zero.
fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    items(headers, &ACCEPT_ENCODING).any(|asked| {
        let (name, weight) = asked.split_once(';').unwrap_or((asked, ""));
        let weight = weight.trim().strip_prefix("q=").map_or(1.0, |weight| weight.parse().unwrap_or(0.0));
        name.trim().eq_ignore_ascii_case(encoding) && weight > 0.0
    })
}

/// What a header lists, however often it is there.
fn items<'a>(headers: &'a HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'a str> {
    let lists = headers.get_all(name).iter().filter_map(|list| list.to_str().ok());
    lists.flat_map(|list| list.split(',')).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of two files, one of them also compressed.
    fn find(name: &str) -> Option<File> {
        let (bytes, kind): (&[u8], _) = match name {
            "index.html" => (b"the page", "text/html"),
            "assets/core.wasm" => (b"as it is", "application/wasm"),
            "assets/core.wasm.br" => (b"as brotli", "application/octet-stream"),
            "assets/core.wasm.gz" => (b"as gzip", "application/octet-stream"),
            _ => return None,
        };
        Some(File { bytes: bytes.into(), tag: name.len().to_string(), kind: kind.to_owned() })
    }

    fn ask(path: &str, headers: &[(HeaderName, &'static str)]) -> Response {
        let headers = headers.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value)));
        answer(find, &Method::GET, path, &headers.collect())
    }

    fn header(response: &Response, name: HeaderName) -> &str {
        response.headers().get(name).map_or("", |value| value.to_str().unwrap())
    }

    async fn body(response: Response) -> String {
        let bytes = axum::body::to_bytes(response.into_body(), 100).await.unwrap();
        String::from_utf8(bytes.to_vec()).unwrap()
    }

    #[tokio::test]
    async fn the_root_is_the_index() {
        for path in ["/", "/index.html"] {
            let response = ask(path, &[]);
            assert_eq!((response.status(), header(&response, CONTENT_TYPE)), (StatusCode::OK, "text/html"), "{path}");
            assert_eq!(body(response).await, "the page", "{path}");
        }
    }

    #[test]
    fn what_is_not_there_is_not_found_and_nothing_is_changed() {
        for path in ["/other", "/assets/", "/../Cargo.toml", "/%2e%2e/Cargo.toml"] {
            assert_eq!(ask(path, &[]).status(), StatusCode::NOT_FOUND, "{path}");
        }
        let put = answer(find, &Method::PUT, "/", &HeaderMap::new());
        assert_eq!(put.status(), StatusCode::METHOD_NOT_ALLOWED);
    }

    #[tokio::test]
    async fn it_is_compressed_as_the_asker_likes() {
        let cases = [
            ("gzip, deflate, br", "br", "as brotli"),
            ("gzip, br;q=0", "gzip", "as gzip"),
            ("GZIP;q=0.5", "gzip", "as gzip"),
            ("identity", "", "as it is"),
            ("br;q=x", "", "as it is"),
        ];
        for (asked, encoding, bytes) in cases {
            let response = ask("/assets/core.wasm", &[(ACCEPT_ENCODING, asked)]);
            assert_eq!(header(&response, CONTENT_ENCODING), encoding, "{asked}");
            assert_eq!(header(&response, CONTENT_TYPE), "application/wasm", "{asked}");
            assert_eq!(header(&response, VARY), "accept-encoding", "{asked}");
            assert_eq!(body(response).await, bytes, "{asked}");
        }
        let plain = ask("/", &[(ACCEPT_ENCODING, "br")]);
        assert_eq!(header(&plain, CONTENT_ENCODING), "");
    }

    #[tokio::test]
    async fn what_the_asker_has_is_not_sent_again() {
        let tag = header(&ask("/", &[]), ETAG).to_owned();
        assert_eq!(tag, "\"10\"");
        let again = ask("/", &[(IF_NONE_MATCH, "\"other\", W/\"10\"")]);
        assert_eq!((again.status(), header(&again, ETAG)), (StatusCode::NOT_MODIFIED, tag.as_str()));
        assert_eq!(body(again).await, "");
        assert_eq!(ask("/", &[(IF_NONE_MATCH, "\"1\"")]).status(), StatusCode::OK);
        // Compressed it is something else.
        let compressed = ask("/assets/core.wasm", &[(ACCEPT_ENCODING, "br"), (IF_NONE_MATCH, "\"16\"")]);
        assert_eq!(compressed.status(), StatusCode::OK);
    }
}
