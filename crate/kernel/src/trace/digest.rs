//! The digest of a trace: a short text that says whether two runs were the same, and about where they parted.

use std::fmt;

use xxhash_rust::xxh3::Xxh3;

use crate::ids::Position;
use crate::runtime_kind;
use crate::trace::table::Trace;
use crate::value::Value;

/// What the digest is made of. Raised whenever the same run would give another digest than before.
pub const DIGEST_VERSION: u8 = 1;

/// A digest: 60 bits of the whole, and ten bits of each prefix whose length is a power of two, by which two runs that
/// differ are known to part between two such lengths.
///
/// As text: the version's digit, twelve characters for the whole, two for each prefix from the shortest on. Characters
/// are those of Crockford's base 32, in lower case, so nothing in it is eaten at the end of a link.
///
/// It covers names, roles and births of goroutines, kinds and names of objects, and every event with its value and
/// time, not the places in the source: moving a line changes no digest. The hash is XXH3, 64 bits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Digest {
    whole: u64,
    prefixes: Vec<u16>,
}

/// Where two runs part.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Difference {
    /// They are the same up to here, as far as ten bits can tell: by chance two prefixes agree once in 1024.
    pub from: Position,
    /// They differ at the latest here; `None` when one only goes on for longer or the difference is after the last
    /// length that both know.
    pub to: Option<Position>,
}

/// A text that is no digest of this version.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum DigestError {
    /// Not of the right form.
    #[error("a digest is a version digit and at least twelve characters 0-9 a-z without i, l, o, u")]
    Malformed,
    /// Made by another version of the program, which hashed differently.
    #[error("the digest is of version {0}, and this program makes version {DIGEST_VERSION}")]
    OtherVersion(u8),
}

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const WHOLE_BITS: u32 = 60;
const PREFIX_BITS: u32 = 10;

impl Digest {
    /// The digest of a trace. Linear in its length.
    #[must_use]
    pub fn of(trace: &Trace) -> Self {
        let mut hash = Xxh3::new();
        let mut prefixes = Vec::new();
        let (mut goroutines, mut objects) = (0, 0);
        for event in trace.events() {
            while let Some(object) = trace.objects().get(objects).filter(|object| object.born <= event.at) {
                text(&mut hash, object.kind.name());
                text(&mut hash, &object.name);
                hash.update(&object.size.to_le_bytes());
                value(&mut hash, object.initial.as_ref());
                objects += 1;
            }
            while let Some(goroutine) = trace.goroutines().get(goroutines).filter(|g| g.born <= event.at) {
                text(&mut hash, &goroutine.path.to_string());
                text(&mut hash, &goroutine.name);
                text(&mut hash, goroutine.role);
                goroutines += 1;
            }
            let mut row = [0; 23];
            row[..4].copy_from_slice(&event.goroutine.0.to_le_bytes());
            row[4..8].copy_from_slice(&event.object.0.to_le_bytes());
            row[8..11].copy_from_slice(&[event.act.0, event.flags.bits(), event.case.unwrap_or(u8::MAX)]);
            row[11..15].copy_from_slice(&event.partner.map_or(u32::MAX, |g| g.0).to_le_bytes());
            row[15..19].copy_from_slice(&event.source.unwrap_or(u32::MAX).to_le_bytes());
            row[19..].copy_from_slice(&event.cause.unwrap_or(u32::MAX).to_le_bytes());
            hash.update(&row);
            value(&mut hash, trace.event_value(&event).as_ref());
            if trace.runtime_act(&event) == Some(runtime_kind::TIME) {
                hash.update(&trace.time_nanos(event.at + 1).to_le_bytes());
            }
            for case in trace.cases(&event) {
                hash.update(&case.object.0.to_le_bytes());
                hash.update(&[case.act.0]);
                value(&mut hash, trace.value(case.value).as_ref());
            }
            let length = event.at + 1;
            if length.is_power_of_two() {
                prefixes.push(u16::try_from(hash.digest() >> (64 - PREFIX_BITS)).expect("ten bits"));
            }
        }
        hash.update(&trace.len().to_le_bytes());
        Self { whole: hash.digest() >> (64 - WHOLE_BITS), prefixes }
    }

    /// Reads what `Display` writes.
    ///
    /// # Errors
    /// When it is of another form or version.
    pub fn parse(text: &str) -> Result<Self, DigestError> {
        let (&version, rest) = text.as_bytes().split_first().ok_or(DigestError::Malformed)?;
        let version = version.is_ascii_digit().then_some(version - b'0').ok_or(DigestError::Malformed)?;
        if version != DIGEST_VERSION {
            return Err(DigestError::OtherVersion(version));
        }
        if rest.len() < 12 || rest.len() % 2 == 1 || rest.len() > 12 + 2 * Position::BITS as usize {
            return Err(DigestError::Malformed);
        }
        let (whole, prefixes) = rest.split_at(12);
        let whole = bits(whole)?;
        let prefixes = prefixes.chunks(2).map(|two| Ok(u16::try_from(bits(two)?).expect("ten bits")));
        Ok(Self { whole, prefixes: prefixes.collect::<Result<_, _>>()? })
    }

    /// Where the runs of two digests part; `None` when they are the same.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Option<Difference> {
        if self == other {
            return None;
        }
        let pairs = self.prefixes.iter().zip(&other.prefixes);
        let same = pairs.clone().take_while(|(a, b)| a == b).count();
        let length = |nth: usize| 1 << nth;
        let from = if same == 0 { 0 } else { length(same - 1) };
        Some(Difference { from, to: (same < pairs.len()).then(|| length(same)) })
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut write = |number: u64, width: u32| {
            (0..width / 5).rev().try_for_each(|i| {
                let digit = usize::try_from((number >> (5 * i)) & 31).expect("five bits");
                write!(f, "{}", char::from(ALPHABET[digit]))
            })
        };
        write(DIGEST_VERSION.into(), 5)?;
        write(self.whole, WHOLE_BITS)?;
        self.prefixes.iter().try_for_each(|&prefix| write(prefix.into(), PREFIX_BITS))
    }
}

fn bits(text: &[u8]) -> Result<u64, DigestError> {
    text.iter().try_fold(0, |bits, letter| {
        let digit = ALPHABET.iter().position(|a| a == letter).ok_or(DigestError::Malformed)?;
        Ok(bits << 5 | digit as u64)
    })
}

fn text(hash: &mut Xxh3, text: &str) {
    hash.update(&u32::try_from(text.len()).unwrap_or(u32::MAX).to_le_bytes());
    hash.update(text.as_bytes());
}

fn value(hash: &mut Xxh3, value: Option<&Value>) {
    match value {
        None => hash.update(&[0]),
        Some(Value::Unit) => hash.update(&[1]),
        Some(Value::Bool(b)) => hash.update(&[2, u8::from(*b)]),
        Some(Value::Int(n)) => {
            hash.update(&[3]);
            hash.update(&n.to_le_bytes());
        }
        Some(Value::Text(shown)) => {
            hash.update(&[4]);
            text(hash, shown);
        }
        Some(composite @ Value::Composite(_)) => {
            hash.update(&[5]);
            text(hash, &composite.line());
        }
    }
}
