//! One integration binary: the architecture, the laws of a whole run, and the program as a user calls it.

#![expect(clippy::disallowed_methods, reason = "tests read and write files of their own")]

mod architecture;
mod bad_input;
mod cli;
mod decision;
mod engine_known_answers;
mod hostile_vectors;
mod messages;
mod shipped;
mod storefront;
mod supply;
mod support;
mod surroundings;
mod synth;
mod whole_history;
