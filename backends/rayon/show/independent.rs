// Rayon (crates.io, or Debian: librust-rayon-dev): a parallel iterator.
// $ cargo init -q --name p && echo 'rayon = "1"' >>Cargo.toml && cp independent.rs src/main.rs && cargo run -qr
use rayon::prelude::*;

fn is_prime(n: &u32) -> bool {
    *n > 1 && (2..).take_while(|d| d * d <= *n).all(|d| n % d != 0)
}

fn main() {
    println!("{}", (0..1_000_000u32).into_par_iter().filter(is_prime).count());
}
