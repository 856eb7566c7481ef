"""Sum of the primes below n, block by block."""


def prime_or_zero(x):
    if x <= 1:
        return 0
    if x <= 3:
        return x
    if x % 2 == 0 or x % 3 == 0:
        return 0
    i = 5
    while i * i <= x:
        if x % i == 0 or x % (i + 2) == 0:
            return 0
        i += 6
    return x


def tasks(n, grain):
    return [(first, min(n, first + grain)) for first in range(0, n, grain)]


def task(block):
    first, last = block
    return sum(prime_or_zero(x) for x in range(first, last))
