//! What opens, what does not and why, and how long links are: one line a case.

use chanscope_link::{
    COMFORTABLE_FRAGMENT_CHARS, Choice, Deviation, Digest, Link, LinkError, LinkParts, MAX_CHOICE_BYTES,
    MAX_DEVIATIONS, MAX_FRAGMENT_BYTES, MAX_SETTINGS, ProgramId, Seed, SettingName, StrategyName, Text,
};

fn decode(fragment: &str) -> Result<Option<Link>, LinkError> {
    Link::decode(fragment)
}

fn default_run() -> LinkParts {
    LinkParts::new(ProgramId::new("many-to-many").expect("an id"))
}

fn deviation(at: u32, choice: &str) -> Deviation {
    Deviation { at, choice: Choice::new(choice).expect(choice) }
}

#[test]
fn an_empty_fragment_is_nothing_and_no_error() {
    for fragment in ["", "#", "#/", "/", "#%2F"] {
        assert_eq!(decode(fragment), Ok(None), "{fragment:?}");
    }
}

#[test]
fn each_link_has_one_form() {
    let check = |fragment: &str, canonical: &str| {
        let link = decode(fragment).expect(fragment).expect(fragment);
        assert_eq!(link.encode(), canonical, "{fragment}");
    };
    check("#/a", "#/a");
    check("/a", "#/a");
    check("#/a?at=0&v=1", "#/a");
    check("#/a?at=1", "#/a?at=1");
    check("#/a?seed=0", "#/a?seed=0");
    check(
        "#/a?do=3:1-park&seed=7&strategy=random&z=1&y=2&at=5&digest=9",
        "#/a?digest=9&at=5&z=1&y=2&strategy=random&seed=7&do=3:1-park",
    );
    check("#/a?b=-1.5", "#/a?b=-1.5");
    check("#/a?b=x%2cy", "#/a?b=x,y");
}

#[test]
fn what_is_wrong_is_said() {
    let check = |fragment: &str, en: &str, zh: &str| {
        let error = decode(fragment).expect_err(fragment);
        assert_eq!(error.en(), en, "{fragment}");
        assert_eq!(error.zh(), zh, "{fragment}");
    };
    check(
        "#many-to-many",
        "A link begins with “#/” and a program's id; this one begins with “many-to-many”.",
        "链接应以“#/”加程序名开头，而这个链接的开头是“many-to-many”。",
    );
    check(
        "#/Many to many",
        "After “#/” in the link: expected a program's id (a–z, 0–9 and “-”, at most 64), found “Many to many”.",
        "链接中“#/”之后：应为程序名（小写字母、数字和“-”，最多 64 个字符），实际是“Many to many”。",
    );
    check(
        "#/many-to-many?producers=3&cap",
        "“cap” in the link has no value; parameters are written “name=value”, joined by “&”.",
        "链接中的“cap”没有值。参数应写成“名称=值”，并以“&”连接。",
    );
    check(
        "#/a?seed=9007199254740992",
        "“seed” in the link: expected a whole number from 0 to 9007199254740991, found “9007199254740992”.",
        "链接中的“seed”：应为从 0 到 9007199254740991 的整数，实际是“9007199254740992”。",
    );
    check(
        "#/a?do=17:3-recv@1~5,22:1-",
        "“do” in the link: expected a choice such as 3-recv@1~5, ending in a letter or digit, at most 256, found “1-”.",
        "链接中的“do”：应为形如 3-recv@1~5 的选择，以字母或数字结尾，最多 256 个字符，实际是“1-”。",
    );
    check(
        "#/a?do=22:1-park,17:3-recv@1~5",
        "In “do”, position 17 follows position 22; each must be greater than the one before.",
        "“do”中，位置 22 之后出现了 17，而后一个位置必须大于前一个。",
    );
    check(
        "#/a?at=1&at=2",
        "“at” occurs more than once in the link; expected once at most.",
        "链接中“at”重复出现，而每个参数最多只能出现一次。",
    );
    check(
        "#/a?v=2&b=(…)",
        "The link was made by a newer version (format 2; this page reads up to 1). Reload the page, or open the link where it was made.",
        "这个链接由更新的版本生成（格式 2，本页面最高支持 1）。请刷新页面，或在生成它的地方打开。",
    );
    check(
        "#/é?at=1%4",
        "At character 8 the link has “%4”; “%” must be followed by two hexadecimal digits.",
        "链接的第 8 个字符处是“%4”，而“%”后面必须是两位十六进制数字。",
    );
    check(
        "#/a?b=\u{202e}\u{0}x",
        "“b” in the link: expected letters, digits and - . ~ @ : , ending in a letter or digit, 1 to 256, found “\\u{202e}\\0x”.",
        "链接中的“b”：应为由字母、数字和 - . ~ @ : , 组成的值，以字母或数字结尾，长 1 到 256 个字符，实际是“\\u{202e}\\0x”。",
    );
}

#[test]
fn fragments_that_are_no_links() {
    for fragment in [
        "##/a",
        "#a",
        "#?",
        "#//",
        "#/a/",
        "#/?at=1",
        "#/a?",
        "#/a?&",
        "#/a?b",
        "#/a?=1",
        "#/a?b=",
        "#/a?b=1&",
        "#/a?b=1=2",
        "#/a?1b=1",
        "#/a?b_c=1",
        "#/a?b=1.",
        "#/a?b=(1)",
        "#/a?b=1&b=2",
        "#/a#b",
        "#/a?b=1#",
        "#/a.",
        "#/-a",
        "#/1a",
        "#/ａ",
        "#/a?at=",
        "#/a?at=-1",
        "#/a?at=+1",
        "#/a?at=01",
        "#/a?at=1e3",
        "#/a?at=4294967296",
        "#/a?at=１",
        "#/a?seed=0x1",
        "#/a?strategy=Random",
        "#/a?strategy=",
        "#/a?digest=",
        "#/a?digest=AB",
        "#/a?v=",
        "#/a?v=0",
        "#/a?v=x",
        "#/a?v=1&v=1",
        "#/a?do=",
        "#/a?do=1",
        "#/a?do=1:",
        "#/a?do=:1-park",
        "#/a?do=1:1-park,",
        "#/a?do=1:a,1:b",
        "#/a?do=2:a,1:b",
        "#/a?do=1:a_b",
        "#/a?b=%",
        "#/a?b=%4",
        "#/a?b=%zz",
        "#/a?b=%é1",
        "#/a?b=%ff",
        "#/a?b=%c1",
        "#/a?b=%2541",
        "#/a?b=%00",
        "\0",
        "%",
    ] {
        assert!(decode(fragment).is_err(), "{fragment:?} gives {:?}", decode(fragment));
    }
}

#[test]
fn limits_are_met_exactly() {
    let settings = |count: usize| (0..count).map(|n| format!("s{n}=1")).collect::<Vec<_>>().join("&");
    assert!(decode(&format!("#/a?{}&v=1&digest=1&at=1&strategy=a&seed=1&do=1:a", settings(MAX_SETTINGS))).is_ok());
    assert_eq!(decode(&format!("#/a?{}", settings(MAX_SETTINGS + 1))), Err(LinkError::TooManySettings));
    assert_eq!(decode(&format!("#/a?{}", settings(MAX_SETTINGS * 9))), Err(LinkError::TooManySettings));

    let choices = |count: usize| (0..count).map(|n| format!("{n}:1-park")).collect::<Vec<_>>().join(",");
    assert!(decode(&format!("#/a?do={}", choices(MAX_DEVIATIONS))).is_ok());
    assert_eq!(decode(&format!("#/a?do={}", choices(MAX_DEVIATIONS + 1))), Err(LinkError::TooManyDeviations));

    let longest = "x".repeat(MAX_CHOICE_BYTES);
    assert!(Choice::new(&longest).is_ok() && Choice::new(&format!("{longest}x")).is_err());

    let deviations = (0..300).map(|at| deviation(at, &longest)).collect();
    let error = Link::new(LinkParts { deviations, ..default_run() }).expect_err("longer than a fragment may be");
    assert!(matches!(error, LinkError::TooLong { bytes } if bytes > MAX_FRAGMENT_BYTES), "{error}");
}

#[test]
fn parts_that_do_not_fit_together_make_no_link() {
    let setting = || (SettingName::new("wait").expect("a name"), Text::new("yes").expect("a text"));
    let twice = LinkParts { settings: vec![setting(), setting()], ..default_run() };
    assert!(matches!(Link::new(twice), Err(LinkError::Twice { .. })));

    let same = LinkParts { deviations: vec![deviation(5, "1-park"), deviation(5, "2-park")], ..default_run() };
    assert_eq!(Link::new(same), Err(LinkError::OutOfOrder { at: 5, previous: 5 }));

    for name in ["v", "digest", "at", "strategy", "seed", "do"] {
        assert!(SettingName::new(name).is_err(), "{name} is the link's own");
    }
}

/// Where a link with a digest is cut off, either it does not open, or its digest is another, or its run is what the
/// digest is compared with. What is left to chance: the bare id, which is a link of its own, and a cursor cut within
/// its digits.
#[test]
fn a_link_that_was_cut_off_keeps_the_digest_that_tells() {
    let whole = "#/many-to-many?digest=1k3f9a&at=17&producers=3&strategy=random&seed=42&do=17:3-recv@1~5,22:1-park";
    let digest_ends = "#/many-to-many?digest=1k3f9a".len();
    let mut opened = Vec::new();
    for end in "#/many-to-many?".len()..whole.len() {
        let Ok(link) = decode(&whole[..end]) else { continue };
        let digest = link.expect("an id at least").into_parts().digest.expect("a digest");
        assert_eq!(digest.as_str() == "1k3f9a", end >= digest_ends, "{}", &whole[..end]);
        opened.push(end);
    }
    assert!(opened.contains(&digest_ends) && opened.contains(&(whole.len() - 1)), "some cuts are links: {opened:?}");
}

fn length(parts: LinkParts) -> usize {
    Link::new(parts).expect("a link").encode().len()
}

#[test]
fn a_default_run_is_short() {
    let moment =
        LinkParts { at: 1_000_000, digest: Some(Digest::new("1k3f9a7c0e2d4b6").expect("a digest")), ..default_run() };
    assert_eq!(length(default_run()), 14);
    assert_eq!(length(moment), 48);
}

/// A hundred choices in turn of the names that a program with three producers and two consumers has, or that a hundred
/// producers have; `stride` events apart.
fn by_hand(stride: u32, choices: [&str; 5]) -> LinkParts {
    let deviations = (0..100).map(|n| deviation((n + 1) * stride, choices[n as usize % 5])).collect();
    let settings =
        [("producers", "100"), ("consumers", "10"), ("capacity", "100"), ("values", "100000"), ("wait", "yes")];
    LinkParts {
        settings: settings
            .map(|(name, value)| (SettingName::new(name).expect(name), Text::new(value).expect(value)))
            .into(),
        strategy: Some(StrategyName::new("random").expect("a name")),
        seed: Seed::new(9_007_199_254_740_991),
        deviations,
        ..default_run()
    }
}

/// The lengths are sums: 119 for all but the choices, 199 for their separators, then positions and names.
#[test]
fn a_hundred_choices_by_hand_stay_comfortable() {
    let small = by_hand(9, ["3-recv@1~5", "1-park", "2-send@0", "0-default@1", "0-draw:7"]);
    assert_eq!(length(small), 119 + 199 + (1 + 10 * 2 + 89 * 3) + 20 * (10 + 6 + 8 + 11 + 8));

    let names = ["104-recv@1~12", "107-park", "12-send@0", "101-default@1", "9-draw:71734"];
    let large = by_hand(999, names);
    assert_eq!(length(large.clone()), 119 + 199 + (3 + 9 * 4 + 90 * 5) + 20 * (13 + 8 + 9 + 13 + 12));
    assert!(!Link::new(large).expect("a link").is_long());

    // Spread over a million events they are just too many.
    let spread = by_hand(9_999, names);
    assert_eq!(length(spread.clone()), COMFORTABLE_FRAGMENT_CHARS + 7);
    assert!(Link::new(spread).expect("a link").is_long());
}

#[test]
fn a_link_that_programs_on_the_way_may_cut_off_is_said_to_be_long() {
    let parts = |count: u32| LinkParts {
        deviations: (0..count).map(|n| deviation(n + 1000, "1-park")).collect(),
        ..default_run()
    };
    // 14 for the program, 3 for `?do`, then 12 for each choice with its separator.
    assert_eq!(length(parts(165)), COMFORTABLE_FRAGMENT_CHARS - 3);
    assert!(!Link::new(parts(165)).expect("a link").is_long());
    assert!(Link::new(parts(166)).expect("a link").is_long());
}

#[test]
fn what_the_page_shows_beside_a_run_is_no_part_of_it() {
    let plain = decode("#/a?at=5&z=1").expect("it is whole");
    for shown in [
        "#/a?at=5&z=1&lens=order&lanes=object&only=x~26y&fold=p,q&steps=all&view=120-480",
        "#/a?lens=&at=5&z=1",
        "#/a?at=5&z=1&view",
        "#/a?at=5&z=1&with=b?at=7&z=2",
        "#/a?at=5&z=1&with=b%3Fat%3D7%26z%3D2",
        "#/a?at=5&z=1&with=%E0%A4%A",
        "#/a?at=5&z=1&only=w&with=",
    ] {
        assert_eq!(decode(shown).expect(shown), plain, "{shown}");
    }
    assert_eq!(decode("#/a?with=b?at=1").expect("it is whole"), decode("#/a").expect("it is whole"));
    for name in ["lens", "lanes", "only", "fold", "steps", "view", "with"] {
        assert!(SettingName::new(name).is_err(), "{name} is taken");
    }
    // Names that only begin like them are settings.
    assert!(decode("#/a?without=1").expect("a link").expect("not empty").parts().settings.len() == 1);
}
