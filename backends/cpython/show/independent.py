# Python's executors: threads here; ProcessPoolExecutor, which has the same form, runs on several cores.
# $ python3 independent.py
from concurrent.futures import ThreadPoolExecutor
import os


def is_prime(n):
    return n > 1 and all(n % d for d in range(2, int(n ** 0.5) + 1))


def primes(first):
    return sum(map(is_prime, range(first, first + 1000)))


if __name__ == "__main__":
    with ThreadPoolExecutor(os.cpu_count()) as workers:
        print(sum(workers.map(primes, range(0, 100_000, 1000))))
