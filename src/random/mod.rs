//! Reproducible randomness: every draw has an address, and no draw depends on what was drawn elsewhere.
//!
//! A stream is addressed by (seed, path, source, entity) and never by candidate, so every candidate meets the same
//! future. There is no global generator and no seed from the clock.

mod stream;

pub use stream::{Entity, Seed, Source, Stream, uniform_at};
