"""Tasks that count primes among tasks that wait."""

import asyncio
import time

from splitmix import shuffle

FIRST = 1_000_000


def tasks(tasks, cpu_share, work, duration):
    computing = (tasks * cpu_share + 50) // 100
    plan = [("count", FIRST + number * work, work) if number < computing else ("wait", duration / 1e9, 0)
            for number in range(tasks)]
    shuffle(plan, 0xB01D)
    return plan


def is_prime(x):
    if x % 2 == 0 or x % 3 == 0:
        return False
    i = 5
    while i * i <= x:
        if x % i == 0 or x % (i + 2) == 0:
            return False
        i += 6
    return True


def waits(work):
    return work[0] == "wait"


def task(work):
    what, first, count = work
    if what == "wait":
        time.sleep(first)
        return 0
    return sum(is_prime(x) for x in range(first, first + count))


async def task_async(work):
    what, first, count = work
    if what == "wait":
        await asyncio.sleep(first)
        return 0
    return sum(is_prime(x) for x in range(first, first + count))  # and nothing else goes on meanwhile
