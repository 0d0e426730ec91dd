//! Hostile input for every boundary where somebody else's bytes come in: one target a file of `tests`, each with its
//! corpus in `corpus`.
//!
//! Bytes by chance alone are refused at the first character, and show nothing. So a target starts from its corpus,
//! which is good input, and the engine makes scripts of changes to it (see [`Corpus::changed`]). A target runs ten
//! seconds in `npm test`; `npm run fuzz -- 10000000` has each eat as many inputs. What it must never do is panic, hang,
//! or take more than [`MEMORY_BYTES_MAX`]: the heap of a target ends there.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

/// How long a target runs where nothing else is asked for.
pub const TIME: Duration = Duration::from_secs(10);
/// The longest script of changes, in bytes: four a change.
pub const SCRIPT_BYTES_MAX: usize = 32;
/// The largest input that changes come to, in bytes.
pub const INPUT_BYTES_MAX: usize = 128 << 10;
/// The heap of a target, in bytes: corpus, engine and all.
pub const MEMORY_BYTES_MAX: usize = 64 << 20;

/// Makes a test file a target: the heap with its end, the corpus in the folder of that name, and the two tests that
/// every target is held to. Seeds have to be good; what is made of them is refused or right, whatever it is. `eat` says
/// whether an input is good, and panics at what must never be.
#[macro_export]
macro_rules! target {
    ($corpus:literal, $words:expr, $eat:ident) => {
        #[global_allocator]
        static HEAP: ::cap::Cap<::std::alloc::System> = ::cap::Cap::new(::std::alloc::System, $crate::MEMORY_BYTES_MAX);

        static CORPUS: ::std::sync::LazyLock<$crate::Corpus> =
            ::std::sync::LazyLock::new(|| $crate::Corpus::of($corpus, $words));

        #[test]
        fn seeds_are_good() {
            assert!(CORPUS.seeds().all($eat));
        }

        #[test]
        fn anything_is_refused_or_right() {
            ::bolero::check!().with_test_time($crate::TIME).with_max_len($crate::SCRIPT_BYTES_MAX).for_each(
                |script: &[u8]| {
                    $eat(&CORPUS.changed(script));
                },
            );
        }
    };
}

/// Good input, from which bad input is made.
pub struct Corpus {
    seeds: Vec<Vec<u8>>,
    words: &'static [&'static str],
}

/// Numbers and texts that are refused, or are at the edge of it, almost everywhere.
const EDGES: &[&str] = &[
    "0",
    "-1",
    "1",
    "255",
    "256",
    "65536",
    "4294967295",
    "4294967296",
    "9007199254740991",
    "9007199254740993",
    "18446744073709551616",
    "0.5",
    "1e999",
    "NaN",
    "null",
    "true",
    "\"\"",
    "{}",
    "[]",
    "%",
    "%00",
    "%ff",
    "\u{0}",
    "\u{feff}",
    "\u{202e}",
    "é",
    "通道",
    "𝄞",
    "\r\n",
];

impl Corpus {
    /// The files of a folder of `corpus`, a seed each, and words of the target's language.
    ///
    /// # Panics
    /// When there is no such folder, or nothing in it.
    #[must_use]
    pub fn of(target: &str, words: &'static [&'static str]) -> Self {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target);
        let files = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let mut files: Vec<_> = files.map(|file| file.expect("it can be listed").path()).collect();
        files.sort();
        let seeds: Vec<_> = files.iter().map(|file| fs::read(file).expect("it can be read")).collect();
        assert!(!seeds.is_empty(), "{}: there is nothing in it", folder.display());
        Self { seeds, words }
    }

    /// The seeds as they are.
    pub fn seeds(&self) -> impl Iterator<Item = &[u8]> {
        self.seeds.iter().map(Vec::as_slice)
    }

    /// What a script makes of the corpus: its first byte says which seed, and every four bytes after it are a change.
    /// At most [`INPUT_BYTES_MAX`] bytes long.
    #[must_use]
    pub fn changed(&self, script: &[u8]) -> Vec<u8> {
        let (first, changes) = script.split_first().unwrap_or((&0, &[]));
        let changes = &changes[..changes.len().min(SCRIPT_BYTES_MAX)];
        let mut input = self.seed(*first).to_vec();
        for change in changes.chunks_exact(4) {
            let [how, a, b, c] = [0, 1, 2, 3].map(|nth| usize::from(change[nth]));
            let at = (a << 8 | b) % (input.len() + 1);
            let end = (at + c % 24).min(input.len());
            match how % 8 {
                0 => drop(input.drain(at..end)),
                1 => drop(input.splice(at..at, EDGES[c % EDGES.len()].bytes())),
                2 => drop(input.splice(at..end, EDGES[how / 8 % EDGES.len()].bytes())),
                3 if !self.words.is_empty() => drop(input.splice(at..at, self.words[c % self.words.len()].bytes())),
                4 => {
                    let other = self.seed(how as u8 ^ c as u8);
                    let from = (b << 8 | c) % (other.len() + 1);
                    input.truncate(at);
                    input.extend_from_slice(&other[from..]);
                }
                5 => {
                    let again = input[at..end].repeat(1 << (how / 8 % 16));
                    drop(input.splice(at..at, again));
                }
                6 => input.truncate(at),
                _ => {
                    if let Some(byte) = input.get_mut(at) {
                        *byte = c as u8;
                    }
                }
            }
            input.truncate(INPUT_BYTES_MAX);
        }
        input
    }

    fn seed(&self, nth: u8) -> &[u8] {
        &self.seeds[usize::from(nth) % self.seeds.len()]
    }
}
