//! One integration binary: the architecture, the laws of a whole run, and the program as a user calls it.

mod architecture;
mod bad_input;
mod cli;
mod engine_known_answers;
mod shipped;
mod support;
mod whole_history;
