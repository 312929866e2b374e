//! The order of the stages, for the program and for what measures it.

pub mod pipeline;
