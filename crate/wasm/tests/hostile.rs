//! Whatever a page, a link or a program that speaks JSON sends as a run: it is refused in words, or it is a run.
//! Nothing panics and nothing goes on for ever.

use chanscope_scenario::StrategyName;
use chanscope_wasm::wire::{Deviation, Language, RunSpec, Setting};
use chanscope_wasm::{Session, catalogue};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;

/// Steps of a run that are tried.
const STEPS: u32 = 300;

/// Begins it and goes on a little; answers whether there was nothing to refuse so far.
fn tried(spec: &RunSpec) -> Result<(), String> {
    let mut session = Session::default();
    let refused = |refusal: chanscope_wasm::wire::Refusal| {
        assert!(!refusal.message.en.is_empty() && !refusal.message.zh.is_empty(), "in both languages");
        refusal.message.en
    };
    session.begin(spec).map_err(refused)?;
    if session.advance(STEPS).map_err(refused)?.done {
        let end = session.summary().map_err(refused)?.events;
        session.moment(end, Language::En).map_err(refused)?;
    }
    Ok(())
}

fn word(known: Vec<String>) -> impl Strategy<Value = String> {
    prop_oneof![8 => prop::sample::select(known), 1 => ".{0,12}", 1 => "[a-z-]{1,12}"]
}

fn setting() -> impl Strategy<Value = Setting> {
    prop_oneof![
        any::<bool>().prop_map(Setting::Flag),
        (0..6u32).prop_map(|n| Setting::Number(n.into())),
        any::<f64>().prop_map(Setting::Number),
        ".{0,300}".prop_map(Setting::Text),
    ]
}

/// What looks like a choice, and what does not.
fn choice() -> impl Strategy<Value = String> {
    let like_one =
        "[0-4](\\.[12])?-(send|recv|park|default|draw|go|print|press|close|lock)(@[0-3])?(:[0-9]{1,20})?(~[0-4])?";
    prop_oneof![4 => like_one.boxed(), 1 => ".{0,40}".boxed()]
}

fn spec() -> impl Strategy<Value = RunSpec> {
    let catalogue = catalogue();
    let scenarios = catalogue.iter().map(|scenario| scenario.id.clone()).collect();
    let fields = catalogue.iter().flat_map(|scenario| scenario.fields.iter().map(|field| field.name.clone())).collect();
    let strategies = StrategyName::ALL.map(|strategy| strategy.name().to_owned()).to_vec();
    let seed = prop_oneof![4 => (0..1000u32).prop_map(f64::from), 1 => any::<f64>()];
    let deviation = (prop_oneof![8 => 0..40u32, 1 => any::<u32>()], choice());
    (
        word(scenarios),
        prop::collection::btree_map(word(fields), setting(), 0..2),
        word(strategies),
        seed,
        prop::collection::vec(deviation, 0..4),
        any::<bool>(),
    )
        .prop_map(|(scenario, config, strategy, seed, mut deviations, sorted)| {
            if sorted {
                deviations.sort();
            }
            let deviations = deviations.into_iter().map(|(at, choice)| Deviation { at, choice }).collect();
            RunSpec { scenario, config, strategy, seed, deviations }
        })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn any_spec_is_refused_in_words_or_is_a_run(spec in spec()) {
        // Which of the two it is hangs on the spec; that there is an answer is what is held.
        let _ = tried(&spec);
    }

    #[test]
    fn any_bytes_are_a_spec_or_an_error(cut in any::<prop::sample::Index>(), with in prop::collection::vec(any::<u8>(), 0..6)) {
        let whole = serde_json::to_vec(&catalogue()[0].presets[0].spec).expect("it is data");
        let at = cut.index(whole.len());
        let bytes = [&whole[..at], &with, &whole[(at + with.len()).min(whole.len())..]].concat();
        if let Ok(spec) = serde_json::from_slice::<RunSpec>(&bytes) {
            let _ = tried(&spec);
        }
    }
}

/// The generator is no use if it never finds a run, or never anything to refuse.
#[test]
fn both_are_tried() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let tried = (0..60).map(|_| tried(&spec().new_tree(&mut runner).expect("a spec").current()).is_ok());
    let runs = tried.filter(|&went| went).count();
    assert!((3..57).contains(&runs), "{runs} of 60 were runs");
}
