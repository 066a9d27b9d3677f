//! Reproducible randomness: every draw has an address, and no draw depends on what was drawn elsewhere.
//!
//! A stream is addressed by (seed, path, source, entity) and never by candidate, so every candidate meets the same
//! future. There is no global generator and no seed from the clock. The samplers use + - x /, square roots and `libm`
//! only, so that a count is the same on every platform.

mod alias;
mod count;
mod gamma;
mod large_poisson;
mod negative_binomial;
mod normal;
mod rare;
mod stream;
mod ziggurat;

pub use alias::AliasTable;
pub use count::CountLaw;
pub use gamma::Gamma;
pub use negative_binomial::NegativeBinomial;
pub use rare::Sieve;
pub use stream::{Entity, Seed, Source, Stream, uniform_at};
