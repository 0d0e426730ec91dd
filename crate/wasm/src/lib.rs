//! The page's view of the core.
pub mod wire;
