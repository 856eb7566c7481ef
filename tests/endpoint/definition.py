"""What the endpoint must answer, written anew from its documentation (docs/endpoint.md)."""

import math

MASK = 2**64 - 1
MOST_LATENCY = 60.0


def fnv1a(text):
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = ((value ^ byte) * 0x100000001B3) & MASK
    return value


def splitmix64(seed, index):
    z = (seed + (index + 1) * 0x9E3779B97F4A7C15) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def content(path, size):
    letter = next((c for c in path if "a" <= c <= "z"), "x")
    lines = (f"{letter * 47}{splitmix64(fnv1a(path), k):016x}\n" for k in range(-(-size // 64)))
    return "".join(lines)[:size].encode()


def _draw(seed, path, number):
    return (splitmix64(splitmix64(seed, 0) ^ fnv1a(path), number) >> 11) / 2**53


def fails(seed, path, share):
    return _draw(seed, path, 0) < share


def uniform(seed, path, low, high):
    return low + (high - low) * _draw(seed, path, 1)


def lognormal(seed, path, median, sigma):
    normal = math.sqrt(-2 * math.log(1 - _draw(seed, path, 1))) * math.cos(2 * math.pi * _draw(seed, path, 2))
    return min(MOST_LATENCY, median * math.exp(sigma * normal))
