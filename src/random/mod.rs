//! Reproducible randomness: every draw has an address, and no draw depends on what was drawn elsewhere.
//!
//! A stream is addressed by (seed, path, source, entity) and never by candidate, so every candidate meets the same
//! future. There is no global generator and no seed from the clock. The samplers use + - x /, square roots and `libm`
//! only, so that a count is the same on every platform.

mod alias;
mod count;
mod gamma;
mod normal;
mod stream;

pub use alias::AliasTable;
pub use gamma::Gamma;
pub use stream::{Entity, Seed, Source, Stream, uniform_at};
