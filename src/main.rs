//! The `stockburst` program; everything is in the library's `cli` room.

fn main() -> std::process::ExitCode {
    stockburst::cli::main()
}
