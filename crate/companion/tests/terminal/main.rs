//! `list`, `run`, `explore` and `replay` as a shell sees them: the real binary, good questions and bad ones.

mod explore;
mod hostile;
mod list;
mod replay;
mod run;
mod support;
