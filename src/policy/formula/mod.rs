//! Reorder-point formulas.
