//! `list`, `run`, `explore`, `replay`, `diff` and `litmus` as a shell sees them: the real binary, good questions and
//! bad ones.

mod diff;
mod explore;
mod hostile;
mod list;
mod litmus;
mod replay;
mod run;
mod support;
