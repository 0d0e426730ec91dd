//! Telling the bytes of plain binary frames from everything else that a page sends.
//!
//! A bridge has no use for messages: the bytes of a binary frame can go on as they arrive, unmasked where they lie.
//! Whatever is not a whole, masked, unfragmented binary frame within the limit is the library's to read, and to refuse.

use std::io::Cursor;

use bytes::{Buf, BytesMut};
use tungstenite::protocol::frame::FrameHeader;
use tungstenite::protocol::frame::coding::{Control, Data, OpCode};

use crate::limits::MESSAGE_BYTES_MAX;

/// How far a stream of frames has come.
#[derive(Debug, Default)]
pub(super) struct Frames {
    within: Within,
    /// A fragmented message has begun, and its end has not come.
    fragmented: bool,
}

#[derive(Debug, Default)]
enum Within {
    /// A header comes next.
    #[default]
    Nothing,
    /// The payload of a binary frame. The mask begins with the byte for the next one.
    Binary { left: usize, mask: [u8; 4] },
    /// A frame for the library, its header included.
    Other { left: u64 },
    /// Nothing that comes is for anybody but the library: the page has closed, or does not speak WebSocket.
    Rest,
}

/// Some bytes that have arrived.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Bytes of the page's program.
    Binary(BytesMut),
    /// Bytes as they came, for the library.
    Other(BytesMut),
}

impl Frames {
    /// Takes the next piece of what has arrived. None when there is not even a whole header; that is then left there.
    pub(super) fn next(&mut self, arrived: &mut BytesMut) -> Option<Piece> {
        loop {
            match &mut self.within {
                Within::Nothing => {
                    let mut cursor = Cursor::new(&arrived[..]);
                    let Ok(parsed) = FrameHeader::parse(&mut cursor) else {
                        self.within = Within::Rest;
                        continue;
                    };
                    let (header, length) = parsed?;
                    let header_bytes = cursor.position() as usize;
                    self.within = self.entered(&header, header_bytes, length);
                    if let Within::Binary { .. } = self.within {
                        arrived.advance(header_bytes);
                    }
                }
                Within::Binary { left: 0, .. } | Within::Other { left: 0 } => self.within = Within::Nothing,
                _ if arrived.is_empty() => return None,
                Within::Binary { left, mask } => {
                    let mut bytes = arrived.split_to(arrived.len().min(*left));
                    unmask(&mut bytes, *mask);
                    *left -= bytes.len();
                    mask.rotate_left(bytes.len() % 4);
                    return Some(Piece::Binary(bytes));
                }
                Within::Other { left } => {
                    let count = usize::try_from(*left).map_or(arrived.len(), |left| left.min(arrived.len()));
                    *left -= count as u64;
                    return Some(Piece::Other(arrived.split_to(count)));
                }
                Within::Rest => return Some(Piece::Other(arrived.split())),
            }
        }
    }

    /// What a frame with such a header is.
    fn entered(&mut self, header: &FrameHeader, header_bytes: usize, length: u64) -> Within {
        let plain = header.is_final && !(header.rsv1 || header.rsv2 || header.rsv3) && !self.fragmented;
        match (header.opcode, header.mask, usize::try_from(length)) {
            (OpCode::Data(Data::Binary), Some(mask), Ok(left)) if plain && left <= MESSAGE_BYTES_MAX => {
                return Within::Binary { left, mask };
            }
            (OpCode::Data(_), ..) => self.fragmented = !header.is_final,
            (OpCode::Control(Control::Close), ..) => return Within::Rest,
            (OpCode::Control(_), ..) => {}
        }
        Within::Other { left: length.saturating_add(header_bytes as u64) }
    }
}

/// Takes the mask off: RFC 6455, 5.3.
fn unmask(bytes: &mut [u8], mask: [u8; 4]) {
    let word = u32::from_ne_bytes(mask);
    let (words, rest) = bytes.as_chunks_mut::<4>();
    for each in words {
        *each = (u32::from_ne_bytes(*each) ^ word).to_ne_bytes();
    }
    for (byte, mask) in rest.iter_mut().zip(mask) {
        *byte ^= mask;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BINARY: u8 = 0x82;
    const TEXT: u8 = 0x81;
    const PING: u8 = 0x89;
    const CLOSE: u8 = 0x88;
    const MASK: [u8; 4] = [1, 2, 4, 8];

    /// A frame of up to 125 bytes, as a page sends it.
    fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
        let masked = payload.iter().zip(MASK.iter().cycle()).map(|(byte, mask)| byte ^ mask);
        [first, 0x80 | payload.len() as u8].into_iter().chain(MASK).chain(masked).collect()
    }

    /// What comes of a stream that arrives in parts of a size: the program's bytes, and the library's.
    fn sorted(stream: &[u8], part: usize) -> (Vec<u8>, Vec<u8>) {
        let (mut frames, mut arrived) = (Frames::default(), BytesMut::new());
        let (mut binary, mut other) = (Vec::new(), Vec::new());
        for part in stream.chunks(part) {
            arrived.extend_from_slice(part);
            while let Some(piece) = frames.next(&mut arrived) {
                match piece {
                    Piece::Binary(bytes) => binary.extend(bytes),
                    Piece::Other(bytes) => other.extend(bytes),
                }
            }
        }
        (binary, other)
    }

    #[track_caller]
    fn check(stream: &[Vec<u8>], binary: &[u8], other: &[Vec<u8>]) {
        let (stream, other) = (stream.concat(), other.concat());
        for part in [1, 2, 3, 5, 7, 64, 4096] {
            assert_eq!(sorted(&stream, part), (binary.to_vec(), other.clone()), "in parts of {part}");
        }
    }

    #[test]
    fn plain_binary_frames_are_unmasked_and_others_are_left_as_they_are() {
        let text = frame(TEXT, b"{}");
        let ping = frame(PING, b"");
        check(
            &[frame(BINARY, b"one "), text.clone(), frame(BINARY, b""), ping.clone(), frame(BINARY, &[7; 125])],
            &[b"one ".as_slice(), &[7; 125]].concat(),
            &[text, ping],
        );
    }

    #[test]
    fn fragments_are_the_library_s_until_the_last() {
        let parts = [frame(0x02, b"in "), frame(PING, b"?"), frame(0x00, b"three "), frame(0x80, b"parts")];
        check(&[&parts[..], &[frame(BINARY, b"whole")]].concat(), b"whole", &parts);
        // Within a fragmented message a whole one is out of place, which the library says.
        let wrong = [frame(0x02, b"in "), frame(BINARY, b"whole")];
        check(&wrong, b"", &wrong);
    }

    #[test]
    fn what_breaks_the_rules_is_the_library_s_to_refuse() {
        let reserved_bit = frame(BINARY | 0x40, b"x");
        let reserved_kind = frame(0x83, b"x");
        let unmasked = vec![BINARY, 1, b'x'];
        let too_long = [vec![BINARY, 0x80 | 127], 65_537_u64.to_be_bytes().to_vec(), MASK.to_vec()].concat();
        for stream in [reserved_bit, reserved_kind, unmasked, too_long] {
            check(std::slice::from_ref(&stream), b"", std::slice::from_ref(&stream));
        }
    }

    #[test]
    fn after_a_close_everything_is_the_library_s() {
        let rest = [frame(CLOSE, b""), frame(BINARY, b"late")];
        check(&[&[frame(BINARY, b"in time")], &rest[..]].concat(), b"in time", &rest);
    }

    #[test]
    fn the_longest_frame_is_the_program_s() {
        let payload = vec![0; MESSAGE_BYTES_MAX];
        let stream =
            [vec![BINARY, 0x80 | 127], (payload.len() as u64).to_be_bytes().to_vec(), vec![0; 4], payload.clone()];
        assert_eq!(sorted(&stream.concat(), 1000), (payload, vec![]));
    }
}
