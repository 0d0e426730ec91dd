//! Limits of an exploration: what may be asked for, and which of them was met.

use chanscope_explore::{Bounds, Incomplete, Matters};
use chanscope_kernel::words::Words;

use chanscope_scenario::{StrategyName, expected_choice, expected_number, not_taken};

use crate::refusal::Refusal;

/// The most executions that one exploration may run.
pub const MAX_EXECUTIONS: u64 = 1_000_000_000;
/// The most steps of one execution that may be looked at.
pub const MAX_STEPS: usize = 10_000;
/// The most random runs.
pub const MAX_SAMPLES: u64 = 1_000_000;
/// With so many outcomes a search stops: each keeps a witness.
pub const MAX_OUTCOMES: usize = 1_000;
/// Events of one random run; what is longer counts as cut off.
pub const MAX_SAMPLE_EVENTS: u32 = 20_000;
/// Executions of each search for a point of no return.
pub const TURNING_EXECUTIONS: u64 = 2_000;
/// Runs of each proof that a witness is the smallest.
pub const PROOF_RUNS: u64 = 20_000;
/// So many outcomes are looked at more closely, and so many bad ones for their points of no return.
pub const MAX_CLOSER: usize = 32;
/// The largest bound on preemptions.
pub const MAX_PREEMPTIONS: u32 = 1_000;

/// What an exploration may take. Made by [`ExploreBounds::check`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ExploreBounds {
    /// Executions, from 1 to [`MAX_EXECUTIONS`].
    pub executions: u64,
    /// Steps of one execution, from 1 to [`MAX_STEPS`].
    pub steps: usize,
    /// Random runs beside it, up to [`MAX_SAMPLES`].
    pub samples: u64,
    /// By what they are run: [`StrategyName::Random`] or [`StrategyName::Pct`].
    pub sampling: StrategyName,
    /// Preemptions of one execution, up to [`MAX_PREEMPTIONS`]; any number where there is no bound.
    pub preemptions: Option<u32>,
    /// Whether the order in which lines are printed tells executions apart.
    pub order_of_output: bool,
    /// Seconds for all of it; any number where there is no bound. There is no clock here: whoever searches looks at one.
    pub seconds: Option<u64>,
}

impl Default for ExploreBounds {
    fn default() -> Self {
        let (executions, steps, samples, sampling) = (1_000_000, 400, 1_000, StrategyName::Random);
        Self { executions, steps, samples, sampling, preemptions: None, order_of_output: false, seconds: None }
    }
}

/// Bounds as they came, so that a refusal can name them.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct AskedBounds {
    /// See [`ExploreBounds::executions`].
    pub executions: f64,
    /// See [`ExploreBounds::steps`].
    pub steps: f64,
    /// See [`ExploreBounds::samples`].
    pub samples: f64,
    /// See [`ExploreBounds::sampling`].
    pub sampling: StrategyName,
    /// See [`ExploreBounds::preemptions`].
    pub preemptions: Option<f64>,
    /// See [`ExploreBounds::order_of_output`].
    pub order_of_output: bool,
}

impl ExploreBounds {
    /// The same, as the search takes them.
    pub(crate) fn of_search(self) -> Bounds {
        let Self { executions, steps, preemptions, .. } = self;
        Bounds { executions, steps, preemptions, matters: self.matters() }
    }

    /// What tells executions apart.
    pub(crate) fn matters(self) -> Matters {
        Matters { order_of_output: self.order_of_output, ..Matters::default() }
    }

    /// Checks what was asked for.
    ///
    /// # Errors
    /// The first bound that is no whole number in its range, or a strategy that is not one to sample by, by name.
    pub fn check(asked: AskedBounds) -> Result<Self, Refusal> {
        let executions = whole("executions", asked.executions, 1, MAX_EXECUTIONS)?;
        let steps = whole("steps", asked.steps, 1, MAX_STEPS as u64)?;
        let samples = whole("samples", asked.samples, 0, MAX_SAMPLES)?;
        let AskedBounds { sampling, order_of_output, .. } = asked;
        if !matches!(sampling, StrategyName::Random | StrategyName::Pct) {
            let words = not_taken("sampling", &expected_choice(&["random", "pct"]), sampling.name());
            return Err(Refusal::of_field("sampling", words));
        }
        let preemptions = asked.preemptions.map(|asked| whole("preemptions", asked, 0, MAX_PREEMPTIONS.into()));
        let preemptions = preemptions.transpose()?.map(|most| u32::try_from(most).expect("it is small"));
        let steps = usize::try_from(steps).expect("it is small");
        Ok(Self { executions, steps, samples, sampling, preemptions, order_of_output, seconds: None })
    }
}

/// Why there may be more than was found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reason {
    /// The search has not come to its end.
    Searching,
    /// It ran as many executions as it might.
    Executions,
    /// An execution was longer than the bound.
    Steps,
    /// An execution would have taken more preemptions than the bound.
    Preemptions,
    /// There are more moments than a search with a bound on preemptions remembers.
    States,
    /// A moment had more possibilities than are tried.
    Choices,
    /// An operation could have gone on differently in more ways than are looked at.
    Looks,
    /// More was found to be tried at one time than is remembered.
    Foreseen,
    /// The search was wrong about what would be possible.
    Astray,
    /// A limit of the program cut an execution short.
    Cut,
    /// More outcomes came than are kept.
    Outcomes,
    /// The time allowed was used up.
    Time,
    /// Whoever asked for it stopped it.
    Stopped,
}

impl From<Incomplete> for Reason {
    fn from(why: Incomplete) -> Self {
        match why {
            Incomplete::Searching | Incomplete::LeftOff => Self::Searching,
            Incomplete::Executions => Self::Executions,
            Incomplete::Steps => Self::Steps,
            Incomplete::Preemptions => Self::Preemptions,
            Incomplete::States => Self::States,
            Incomplete::Choices => Self::Choices,
            Incomplete::Looks => Self::Looks,
            Incomplete::Foreseen => Self::Foreseen,
            Incomplete::Astray => Self::Astray,
            Incomplete::Cut => Self::Cut,
        }
    }
}

impl Reason {
    /// The reason as the end of the sentence "not complete, because …".
    #[must_use]
    pub fn words(self, bounds: ExploreBounds) -> Words {
        let ExploreBounds { executions, steps, .. } = bounds;
        match self {
            Self::Searching => Words::fixed("the search has not come to its end", "搜索还没有结束"),
            Self::Executions => Words::made(
                format!("the limit of {executions} execution{} was met", plural(executions)),
                format!("达到了 {executions} 次执行的上限"),
            ),
            Self::Steps => Words::made(
                format!("some execution is longer than {steps} step{} and was left there", plural(steps as u64)),
                format!("有的执行超过 {steps} 步，走到那里就放下了"),
            ),
            Self::Preemptions => {
                let most = bounds.preemptions.unwrap_or(0);
                Words::made(
                    format!("what takes more than {most} preemption{} was left out", plural(most.into())),
                    format!("抢占超过 {most} 次的执行没有尝试"),
                )
            }
            Self::States => Words::fixed(
                "there are more moments than a search with a bound on preemptions can remember",
                "限制抢占次数的搜索记不下这么多时刻",
            ),
            Self::Choices => {
                Words::fixed("some moment has more possibilities than are tried", "有的时刻可能性太多，没有全部尝试")
            }
            Self::Looks => Words::fixed(
                "some operation could have gone on differently in more ways than are looked at",
                "有的操作本可以有更多种走法，没有全部查看",
            ),
            Self::Foreseen => Words::fixed(
                "more was found to be tried at one time than is remembered",
                "同时待尝试的太多，没有全部记下",
            ),
            Self::Astray => Words::fixed(
                "a step that the search had foreseen could not be taken: this is a fault of ours, please report it",
                "搜索预见的某一步无法执行：这是我们的错，请告诉我们",
            ),
            Self::Cut => Words::fixed("a limit of the program cut some execution short", "有的执行因程序的上限被截断"),
            Self::Outcomes => Words::made(
                format!("a search ends once it has found {MAX_OUTCOMES} outcomes"),
                format!("找到 {MAX_OUTCOMES} 种结局后搜索就结束"),
            ),
            Self::Time => match bounds.seconds {
                Some(seconds) => Words::made(
                    format!("the limit of {seconds} second{} was met", plural(seconds)),
                    format!("达到了 {seconds} 秒的上限"),
                ),
                None => Words::fixed("the time allowed was used up", "允许的时间用完了"),
            },
            Self::Stopped => Words::fixed("it was stopped before its end", "还没结束就被停止了"),
        }
    }

    /// The name in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Searching => "searching",
            Self::Executions => "executions",
            Self::Steps => "steps",
            Self::Preemptions => "preemptions",
            Self::States => "states",
            Self::Choices => "choices",
            Self::Looks => "looks",
            Self::Foreseen => "foreseen",
            Self::Astray => "astray",
            Self::Cut => "cut",
            Self::Outcomes => "outcomes",
            Self::Time => "time",
            Self::Stopped => "stopped",
        }
    }
}

fn plural(count: u64) -> &'static str {
    if count == 1 { "" } else { "s" }
}

#[expect(clippy::cast_precision_loss, reason = "bounds are far below 2^53")]
fn whole(field: &str, asked: f64, min: u64, max: u64) -> Result<u64, Refusal> {
    if asked.fract() == 0.0 && (min as f64..=max as f64).contains(&asked) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "just compared")]
        return Ok(asked as u64);
    }
    Err(Refusal::of_field(field, out_of_range(&expected_number(min, max), asked)))
}

/// What is larger is not what was typed.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// What stands at the field itself, so that it need not be named. What came as NaN, or in other digits than it was typed in,
/// can still be read there.
fn out_of_range(expected: &Words, asked: f64) -> Words {
    let Words { en, zh } = expected;
    if asked.is_nan() || asked.abs() >= EXACT {
        return Words::made(format!("It takes {en}"), format!("应为 {zh}"));
    }
    Words::made(format!("It takes {en}, not “{asked}”"), format!("应为 {zh}，而不是“{asked}”"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(executions: f64, steps: f64, samples: f64, field: &str, refused: &str) {
        let asked = AskedBounds { executions, steps, samples, ..USUAL };
        let refusal = ExploreBounds::check(asked).expect_err("it is out of range");
        assert_eq!((refusal.field.as_deref(), refusal.to_string().as_str()), (Some(field), refused));
    }

    #[test]
    fn bounds_out_of_range_are_refused_by_name() {
        check(0.0, 400.0, 0.0, "executions", "It takes a whole number from 1 to 1000000000, not “0”");
        check(1e10, 400.0, 0.0, "executions", "It takes a whole number from 1 to 1000000000, not “10000000000”");
        check(1.5, 400.0, 0.0, "executions", "It takes a whole number from 1 to 1000000000, not “1.5”");
        check(f64::NAN, 400.0, 0.0, "executions", "It takes a whole number from 1 to 1000000000");
        check(1.0, 0.0, 0.0, "steps", "It takes a whole number from 1 to 10000, not “0”");
        check(1.0, 400.0, -1.0, "samples", "It takes a whole number from 0 to 1000000, not “-1”");
        check(1.0, 400.0, f64::INFINITY, "samples", "It takes a whole number from 0 to 1000000");
    }

    const USUAL: AskedBounds = AskedBounds {
        executions: 1.0,
        steps: 1.0,
        samples: 0.0,
        sampling: StrategyName::Random,
        preemptions: None,
        order_of_output: false,
    };

    #[test]
    fn what_leaves_little_to_chance_is_nothing_to_sample_by() {
        let refused = ExploreBounds::check(AskedBounds { sampling: StrategyName::RoundRobin, ..USUAL });
        let refused = refused.expect_err("all its runs are alike").to_string();
        assert_eq!(refused, "sampling takes random or pct, not “round-robin”");
    }

    #[test]
    fn preemptions_have_a_range_of_their_own() {
        let check = |most| ExploreBounds::check(AskedBounds { preemptions: Some(most), ..USUAL });
        assert_eq!([0.0, 1e3].map(|most| check(most).map(|bounds| bounds.preemptions)), [Ok(Some(0)), Ok(Some(1_000))]);
        let refusal = check(1_001.0).expect_err("it is out of range").to_string();
        assert_eq!(refusal, "It takes a whole number from 0 to 1000, not “1001”");
    }

    #[test]
    fn one_is_not_several() {
        let told = |most: u64| {
            let (steps, preemptions) = (usize::try_from(most).expect("it is small"), u32::try_from(most).ok());
            let seconds = Some(most);
            let bounds = ExploreBounds { executions: most, steps, preemptions, seconds, ..ExploreBounds::default() };
            [Reason::Executions, Reason::Steps, Reason::Preemptions, Reason::Time].map(|why| why.words(bounds).en)
        };
        assert_eq!(
            told(1),
            [
                "the limit of 1 execution was met",
                "some execution is longer than 1 step and was left there",
                "what takes more than 1 preemption was left out",
                "the limit of 1 second was met",
            ]
        );
        assert_eq!(told(2)[0], "the limit of 2 executions was met");
        assert_eq!(told(2)[3], "the limit of 2 seconds was met");
    }

    #[test]
    fn the_ends_of_the_ranges_go() {
        let asked = AskedBounds { executions: 1e9, order_of_output: true, ..USUAL };
        let bounds = ExploreBounds {
            executions: MAX_EXECUTIONS,
            steps: 1,
            samples: 0,
            order_of_output: true,
            ..Default::default()
        };
        assert_eq!(ExploreBounds::check(asked), Ok(bounds));
    }
}
