//! The runtime seen as an object: what goroutines do that concerns no object of the program's own.

use crate::ids::ObjectId;
use crate::object::{Access, Act, Aspect, Kind, Shape, State, Touch, Would};
use crate::trace::{Event, Flags, ObjectInfo, Trace};
use crate::value::Value;
use crate::words::Words;

/// A goroutine was started; the partner is the new one.
pub const SPAWN: Act = Act(0);
/// A goroutine other than main returned.
pub const EXIT: Act = Act(1);
/// Main returned, and with it the program.
pub const RETURN: Act = Act(2);
/// A panic that nobody recovered ended the program.
pub const PANIC: Act = Act(3);
/// An operation could not go on, and its goroutine has stopped to wait.
pub const PARK: Act = Act(4);
/// A select took its default.
pub const DEFAULT: Act = Act(5);
/// A line of output.
pub const PRINT: Act = Act(6);
/// A random draw.
pub const DRAW: Act = Act(7);
/// The sleeper went on.
pub const WAKE: Act = Act(8);
/// The clock moved, and somebody's alarm rings.
pub const TIME: Act = Act(9);
/// A goroutine let others go first.
pub const YIELD: Act = Act(10);
/// A fatal error ended the program.
pub const FATAL: Act = Act(11);

/// A goroutine ended by `runtime.Goexit`.
pub const GOEXIT: Act = Act(12);

/// The goroutine has come back from a system call.
pub const SYSCALL: Act = Act(13);

/// The reader has done something that the program waited for, such as pressing *Cancel*.
pub const INPUT: Act = Act(14);

/// Whether the program still runs: what depends on main's return reads it.
pub const ALIVE: Aspect = Aspect(0);
/// The start of a goroutine, indexed by the goroutine.
const START: Aspect = Aspect(1);
/// What has been printed. Lines are added, and their order matters only to who asks for it.
pub const OUTPUT: Aspect = Aspect(2);

/// The declared half of the runtime.
pub struct RuntimeKind;

impl Kind for RuntimeKind {
    fn name(&self) -> &'static str {
        "runtime"
    }

    fn act_name(&self, act: Act) -> &'static str {
        match act {
            SPAWN => "go",
            EXIT => "exit",
            RETURN => "return",
            PANIC => "panic",
            PARK => "park",
            DEFAULT => "default",
            PRINT => "print",
            DRAW => "draw",
            WAKE => "wake",
            TIME => "time",
            YIELD => "yield",
            FATAL => "fatal",
            GOEXIT => "goexit",
            SYSCALL => "syscall",
            INPUT => "input",
            Act(other) => unreachable!("the runtime has no act {other}"),
        }
    }

    fn start(&self, _: &ObjectInfo) -> Box<dyn State> {
        Box::new(())
    }

    fn apply(&self, _: &mut dyn State, _: &Event, _: &Trace) {}

    fn footprint(&self, _: &dyn State, event: &Event, trace: &Trace, out: &mut Vec<Touch>) {
        let alive = |access| Touch { object: ObjectId::RUNTIME, aspect: ALIVE, index: 0, access };
        match event.act {
            RETURN | PANIC | FATAL => out.push(alive(Access::Write)),
            PRINT => {
                out.push(alive(Access::Read));
                out.push(Touch { object: ObjectId::RUNTIME, aspect: OUTPUT, index: 0, access: Access::Add });
            }
            SPAWN => {
                let index = event.partner.expect("a spawn names the child").0;
                out.push(Touch { object: ObjectId::RUNTIME, aspect: START, index, access: Access::Enable });
            }
            // What was looked at is declared by the objects' own kinds; see `Kind::observed`.
            DEFAULT => trace.observe(event, out),
            _ => {}
        }
    }

    fn steady(&self, act: Act) -> bool {
        matches!(act, RETURN | PRINT | YIELD)
    }

    fn would(&self, act: Act, _: Option<Value>, _: &dyn State) -> Would {
        match act {
            RETURN | PRINT | YIELD | DRAW => Would::GO,
            PANIC => Would::Go { flags: Flags::FAILED, fatal: true },
            _ => Would::Undeclared,
        }
    }

    fn footprint_needs_state(&self) -> bool {
        false
    }

    fn happened(&self, _: &dyn State, event: &Event) -> Words {
        match event.act {
            SPAWN => Words::fixed("{who} starts {partner}", "{who} 启动 {partner}"),
            EXIT => Words::fixed("{who} returns", "{who} 返回"),
            GOEXIT => Words::fixed("{who} ends by runtime.Goexit", "{who} 由 runtime.Goexit 结束"),
            RETURN => Words::fixed("{who} returns, and the program ends", "{who} 返回，程序结束"),
            PANIC => {
                Words::fixed("{who} panics: {text}; the whole program ends", "{who} 发生 panic：{text}；整个程序结束")
            }
            PARK => Words::fixed("{who} parks", "{who} 停下等待"),
            DEFAULT => {
                Words::fixed("{who} finds no case ready and takes the default", "{who} 没有可执行的 case，走 default")
            }
            PRINT => Words::fixed("{who} prints {text}", "{who} 打印 {text}"),
            DRAW => Words::fixed("{who} draws {value}", "{who} 随机得到 {value}"),
            WAKE => Words::fixed("{who} has slept enough and goes on", "{who} 睡够了，继续执行"),
            SYSCALL => Words::fixed("{who} comes back from a system call", "{who} 从系统调用返回"),
            INPUT => Words::fixed("you press {text}, and {who} goes on", "你按下 {text}，{who} 继续执行"),
            TIME => Words::fixed("time passes, {who} can go on", "时间流逝，{who} 可以继续"),
            YIELD => Words::fixed("{who} lets others go first", "{who} 让出处理器"),
            FATAL => Words::fixed(
                "{who} meets a fatal error: {text}; the whole program ends",
                "{who} 遇到致命错误：{text}；整个程序结束",
            ),
            Act(other) => unreachable!("the runtime has no act {other}"),
        }
    }

    fn intends(&self, act: Act) -> Words {
        match act {
            SPAWN => Words::fixed("start {partner}", "启动 {partner}"),
            EXIT => Words::fixed("return", "返回"),
            GOEXIT => Words::fixed("end by runtime.Goexit", "由 runtime.Goexit 结束"),
            RETURN => Words::fixed("return, which ends the program", "返回，程序随之结束"),
            PANIC => Words::fixed("panic", "发生 panic"),
            PARK => Words::fixed("stop and wait", "停下等待"),
            DEFAULT => Words::fixed("take the default, since no case is ready", "没有可执行的 case，走 default"),
            PRINT => Words::fixed("print {text}", "打印 {text}"),
            DRAW => Words::fixed("draw a number", "随机取一个数"),
            WAKE | TIME => Words::fixed("sleep", "睡眠"),
            SYSCALL => Words::fixed("finish a system call", "等系统调用完成"),
            YIELD => Words::fixed("let others go first", "让出处理器"),
            INPUT => Words::fixed("go on when you press {text}", "等你按下 {text} 后继续"),
            FATAL => Words::fixed("meet a fatal error", "遇到致命错误"),
            Act(other) => unreachable!("the runtime has no act {other}"),
        }
    }

    fn observed(&self, _: Act, _: ObjectId, _: &mut Vec<Touch>) {
        unreachable!("operations on the runtime are no cases of a select");
    }

    fn waits_in_background(&self, act: Act) -> bool {
        act == INPUT
    }

    fn hindrance(&self, act: Act, _: &dyn State) -> Words {
        if act == INPUT {
            return Words::fixed("you have not pressed it", "你还没有按下");
        }
        Words::fixed("its time has not come", "时间未到")
    }

    fn shape(&self, act: Act) -> Shape {
        match act {
            SPAWN => Shape::Spawn,
            EXIT | GOEXIT | RETURN => Shape::Exit,
            PANIC | FATAL => Shape::Panic,
            PARK => Shape::Park,
            DEFAULT => Shape::Select,
            PRINT => Shape::Output,
            TIME => Shape::Time,
            _ => Shape::Tick,
        }
    }
}
