//! Values of any type: short in a sentence, whole in full, as Go prints them; and where each limit on them lies.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use chanscope_kernel::{MAX_NESTING, MAX_SHORT_CHARS, MAX_VALUE_BYTES, Panic, Show, Value, show_struct};

struct Request {
    key: &'static str,
    reply: Option<Box<Reply>>,
}
show_struct!(Request { key, reply });

struct Reply {
    sizes: Vec<u32>,
    error: Result<(), Panic>,
}
show_struct!(Reply { sizes, error });

fn request() -> Request {
    let reply = Reply { sizes: (1..=5).collect(), error: Err(Panic::error("no such page")) };
    Request { key: "https://go.dev", reply: Some(Box::new(reply)) }
}

#[test]
fn a_composite_value_is_told_in_three_ways() {
    let value = request().show();
    assert_eq!(value.to_string(), "Request{key: \"https://go.dev\", …");
    assert_eq!(value.printed(), "{https://go.dev &{[1 2 3 4 5] no such page}}");
    let full = "Request{
    key: \"https://go.dev\",
    reply: &Reply{sizes: [1 2 3 4 5], error: error(\"no such page\")},
}";
    assert_eq!(value.full(), full);
}

#[test]
fn every_kind_of_value_reads_as_in_go() {
    let check = |value: &dyn Show, short: &str, printed: &str| {
        let value = value.show();
        assert_eq!((value.to_string(), value.printed()), (short.to_owned(), printed.to_owned()));
    };
    check(&None::<Box<u8>>, "nil", "<nil>");
    check(&Some(3u8), "&3", "&3");
    check(&Some(Rc::new(3u8)), "&3", "&3");
    check(&Ok::<(), Panic>(()), "nil", "<nil>");
    check(&Panic::error("EOF"), "error(\"EOF\")", "EOF");
    check(&["a", "b"], "[\"a\" \"b\"]", "[a b]");
    check(&Vec::<u8>::new(), "[]", "[]");
    check(&BTreeMap::from([("a", 1u8), ("b", 2)]), "map[\"a\": 1, \"b\": 2]", "map[a:1 b:2]");
    check(&u64::MAX, "18446744073709551615", "18446744073709551615");
    for (number, text) in [
        (1.0, "1"),
        (-0.5, "-0.5"),
        (1e20, "100000000000000000000"),
        (1e21, "1e+21"),
        (0.0001, "0.0001"),
        (0.000_012, "1.2e-05"),
        (f64::INFINITY, "+Inf"),
        (f64::NAN, "NaN"),
    ] {
        check(&number, text, text);
    }
}

#[test]
fn a_sentence_shows_the_first_parts_and_counts_the_rest() {
    let up_to = |n: u32| (1..=n).collect::<Vec<_>>().show().to_string();
    assert_eq!(up_to(3), "[1 2 3]");
    assert_eq!(up_to(4), "[1 2 3 … 1 more]");
    let long = vec!["x".repeat(MAX_SHORT_CHARS)].show().to_string();
    assert_eq!((long.chars().count(), long.ends_with("x…")), (MAX_SHORT_CHARS, true));
}

/// A list of so many links, each of them a level.
fn nested(levels: usize) -> Value {
    (1..levels).fold(Value::slice([].into_iter()), |inner, _| Value::slice([inner].into_iter()))
}

#[test]
fn what_is_nested_too_deep_is_left_out_and_said_to_be_there() {
    let most = nested(MAX_NESTING);
    assert_eq!(most.full(), format!("{}{}", "[".repeat(MAX_NESTING), "]".repeat(MAX_NESTING)));
    assert_eq!(nested(MAX_NESTING + 1).full(), "[…]");
    assert_eq!(Value::pointer(most.clone()).full(), "&…");
    assert_eq!(Value::map([(Value::Int(1), most)].into_iter()).full(), "map[1: …]");
}

struct Node {
    n: u32,
    next: RefCell<Option<Rc<Node>>>,
}

impl Show for Node {
    fn show(&self) -> Value {
        self.show_within(MAX_NESTING)
    }

    fn show_within(&self, levels: usize) -> Value {
        let Some(levels) = levels.checked_sub(1) else { return Value::deeper() };
        let next = self.next.borrow().show_within(levels);
        Value::structure("Node", [("n", self.n.show()), ("next", next)].into_iter())
    }
}

#[test]
fn a_list_that_is_linked_into_a_ring_comes_to_an_end() {
    let first = Rc::new(Node { n: 1, next: RefCell::default() });
    let second = Rc::new(Node { n: 2, next: RefCell::new(Some(Rc::clone(&first))) });
    *first.next.borrow_mut() = Some(Rc::clone(&second));
    let shown = first.show().printed();
    assert_eq!(shown, "&{1 &{2 &{1 …}}}", "each link is a struct, an optional pointer and a pointer");
    *first.next.borrow_mut() = None;
}

/// A value that says when somebody looks at it.
struct Watched(Rc<RefCell<u32>>);

impl Show for Watched {
    fn show(&self) -> Value {
        *self.0.borrow_mut() += 1;
        Value::text("0123456789")
    }
}

#[test]
fn what_does_not_fit_is_counted_and_not_looked_at() {
    let looked = Rc::new(RefCell::new(0));
    let many: Vec<_> = (0..1_000_000).map(|_| Watched(Rc::clone(&looked))).collect();
    let value = many.show();
    let kept = value.full().matches("0123456789").count();
    assert!(value.full().contains(&format!("\n    … {} more\n]", 1_000_000 - kept)), "{}", value.full());
    assert_eq!(looked.take(), u32::try_from(kept).expect("few") + 1, "the last one did not fit");
    assert!(value.printed().len() <= MAX_VALUE_BYTES, "{}", value.printed().len());
}

#[test]
fn the_size_of_a_value_has_an_edge() {
    // Each item takes its two quotes and the room between two; 128 bytes are kept for what is around.
    let whole = |count: usize, bytes: usize| Value::slice((0..count).map(|_| Value::text(&"x".repeat(bytes - 4))));
    let room = MAX_VALUE_BYTES - 128;
    assert_eq!(room % 192, 0, "the test fills it exactly");
    assert!(!whole(room / 192, 192).printed().contains("more"), "it fits exactly");
    assert!(whole(room / 192 + 1, 192).printed().ends_with("… 1 more]"));
    let fields = |count: usize| {
        let name = "a";
        Value::structure(
            "T",
            (0..count).map(|_| (name, Value::text(&"x".repeat(192 - 7)))).collect::<Vec<_>>().into_iter(),
        )
    };
    assert!(!fields(room / 192).printed().contains("more"));
    assert!(fields(room / 192 + 1).printed().ends_with("… 1 more}"));
}
