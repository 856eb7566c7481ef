#!/usr/bin/env python3
"""Prints the totals of the letters workload for the sizes that it ships: the oracle.

Written from the definition in letters.cpp and not from its code: words are split, and each word is scored by itself.
Usage: python3 totals.py > totals.inc
"""

BYTES = (
    "aaaaaaaaaaaaaaaabbbccccccddddddddeeeeeeeeeeeeeeeeeeeeeeeeeeffffg"
    "ggghhhhhhhhhhhhhiiiiiiiiiiiiiijkkllllllllmmmmmnnnnnnnnnnnnnnoooo"
    "ooooooooooooppppqrrrrrrrrrrrrsssssssssssssttttttttttttttttttuuuu"
    "uuvvwwwwwxyyyyz                                                 "
).encode()
MASK = (1 << 64) - 1
KIB = 1 << 10
SHIPPED = [(KIB, 1), (KIB, 3), (4 * KIB, 1), (16 * KIB, 1), (64 * KIB, 1), (64 * KIB, 3), (256 * KIB, 1),
           (512 * KIB, 1), (1024 * KIB, 1), (1024 * KIB, 2)]


def splitmix64(seed):
    state = seed
    while True:
        state = (state + 0x9E3779B97F4A7C15) & MASK
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        yield z ^ (z >> 31)


def make_text(letter, size):
    stream = splitmix64(letter)
    raw = b"".join(next(stream).to_bytes(8, "little") for _ in range((size + 7) // 8))
    return raw[:size].translate(BYTES)


def score(words, first):
    """Sum of each word's number (from 1) times its letters' values, 1 for the letter `first` up to 26."""
    values = bytes((c - ord("a") - first) % 26 + 1 for c in range(256))
    return sum(number * sum(word.translate(values)) for number, word in enumerate(words, 1))


def main():
    print("// size, rounds, letter, words, score: what totals.py prints")
    for size, rounds in SHIPPED:
        for letter in range(26):
            words = make_text(letter, size).split()
            total = sum(score(words, letter + r) for r in range(rounds))
            print(f"{{{size}, {rounds}, {letter}, {len(words)}, {total}}},")


if __name__ == "__main__":
    main()
