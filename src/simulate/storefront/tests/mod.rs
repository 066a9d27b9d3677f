//! The resolvers held against each other, against closed forms, and against their own laws.

mod equality;
mod known_answers;
mod laws;
mod sim;
