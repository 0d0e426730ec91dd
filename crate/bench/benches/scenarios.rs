//! Searches scenarios as the page does, without what it finds being told: how many executions a second. `npm run bench`
//! has the same searched in WebAssembly (`tools/wasm-speed.mjs`), which reads the lines that this prints: scenario and
//! settings, executions, executions a second, apart by tabs. `cargo test` runs each once.

use std::time::Duration;

use chanscope_bench::measure;
use chanscope_scenario::{Setting, StrategyName};
use chanscope_session::{AskedBounds, Exploration, ExploreBounds, Plan, Spec};

const PROGRAMS: [&str; 4] = [
    "increments how=add goroutines=3 times=2",
    "increments how=mutex goroutines=3 times=2",
    "readers n=8",
    "lastzero n=10",
];

fn main() {
    let smoke = !std::env::args().any(|argument| argument == "--bench");
    let enough = if smoke { Duration::ZERO } else { Duration::from_secs(2) };
    for program in PROGRAMS {
        let once = executions(program);
        let measured = measure(enough, || (executions(program), true));
        println!("{program}\t{once}\t{:.0}", measured.per_second());
    }
}

/// Searches until nothing is left. Answers how many executions there are.
fn executions(program: &str) -> u64 {
    let mut words = program.split(' ');
    let mut spec = Spec::of(words.next().expect("a scenario"));
    for (name, value) in words.filter_map(|word| word.split_once('=')) {
        let setting = value.parse().map_or_else(|_| Setting::Text(value.to_owned()), Setting::Number);
        spec.settings.insert(name.to_owned(), setting);
    }
    let Plan { scenario, settings, .. } = Plan::of(&spec).expect("the settings exist");
    let bounds = ExploreBounds::check(AskedBounds {
        executions: 1e6,
        steps: 400.0,
        samples: 0.0,
        sampling: StrategyName::Random,
        preemptions: None,
        order_of_output: false,
    });
    let mut exploration = Exploration::new(scenario, settings, bounds.expect("they are allowed"));
    while !exploration.advance(1024).over {}
    exploration.advance(0).executions
}
