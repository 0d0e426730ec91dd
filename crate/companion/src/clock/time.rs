//! The line that the clock writes, and errors as Go prints them.

use std::io::{self, ErrorKind};
use std::net::SocketAddr;

use jiff::Zoned;

/// Go's layout `2006-01-02 15:04:05` and a line's end.
const LAYOUT: &str = "%Y-%m-%d %H:%M:%S\n";

/// The local time as the notes write it.
pub(super) fn line() -> String {
    in_layout(&Zoned::now())
}

fn in_layout(time: &Zoned) -> String {
    time.strftime(LAYOUT).to_string()
}

/// A failed write in the words of Go's `net.OpError`.
pub(super) fn write_error(local: SocketAddr, peer: SocketAddr, error: &io::Error) -> String {
    format!("write tcp {local}->{peer}: write: {}", words(error))
}

/// The system's words as Go has them, which are those of errno(3) in small letters.
pub(super) fn words(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::BrokenPipe => "broken pipe".to_owned(),
        ErrorKind::ConnectionReset => "connection reset by peer".to_owned(),
        ErrorKind::AddrInUse => "address already in use".to_owned(),
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_layout_is_that_of_the_notes() {
        // The moment that Go's layouts are written with.
        let reference = jiff::civil::date(2006, 1, 2).at(15, 4, 5, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap();
        assert_eq!(in_layout(&reference), "2006-01-02 15:04:05\n");
    }

    #[test]
    fn a_failed_write_reads_as_in_go() {
        let error = io::Error::from(ErrorKind::BrokenPipe);
        assert_eq!(
            write_error(([127, 0, 0, 1], 8000).into(), ([127, 0, 0, 1], 40_000).into(), &error),
            "write tcp 127.0.0.1:8000->127.0.0.1:40000: write: broken pipe"
        );
    }
}
