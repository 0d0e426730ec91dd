//! The line that the clock writes, and errors as Go prints them.

use std::io;
use std::net::SocketAddr;

use jiff::Zoned;
use tokio::net::TcpListener;

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

/// A failed `Accept` in the words of Go's `net.OpError`, with the name of the system call that Go uses on Linux.
pub(super) fn accept_error(listener: &TcpListener, error: &io::Error) -> String {
    let address = listener.local_addr().map_or_else(|_| String::new(), |address| format!(" {address}"));
    format!("accept tcp{address}: accept4: {}", words(error))
}

/// The system's words as Go has them: in small letters and without a number.
pub(super) fn words(error: &io::Error) -> String {
    let text = error.to_string();
    let words = text.split_once(" (os error").map_or(text.as_str(), |(words, _)| words);
    let mut letters = words.chars();
    letters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn the_system_s_words_are_those_of_go() {
        for (number, expected) in
            [(24, "too many open files"), (98, "address already in use"), (104, "connection reset by peer")]
        {
            assert_eq!(words(&io::Error::from_raw_os_error(number)), expected);
        }
    }

    #[test]
    fn the_layout_is_that_of_the_notes() {
        // The moment that Go's layouts are written with.
        let reference = jiff::civil::date(2006, 1, 2).at(15, 4, 5, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap();
        assert_eq!(in_layout(&reference), "2006-01-02 15:04:05\n");
    }

    #[test]
    fn a_failed_write_reads_as_in_go() {
        let error = io::Error::from(io::ErrorKind::BrokenPipe);
        assert_eq!(
            write_error(([127, 0, 0, 1], 8000).into(), ([127, 0, 0, 1], 40_000).into(), &error),
            "write tcp 127.0.0.1:8000->127.0.0.1:40000: write: broken pipe"
        );
    }
}
