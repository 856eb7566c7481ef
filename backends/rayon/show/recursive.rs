// Rayon (crates.io, or Debian: librust-rayon-dev): join, which may run its two closures in parallel.
// $ cargo init -q --name p && echo 'rayon = "1"' >>Cargo.toml && cp recursive.rs src/main.rs && cargo run -qr
fn fib(n: u32) -> u64 {
    if n < 2 {
        return n.into();
    }
    let (a, b) = rayon::join(|| fib(n - 1), || fib(n - 2));
    a + b
}

fn main() {
    println!("{}", fib(27));
}
