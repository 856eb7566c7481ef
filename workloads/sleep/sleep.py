"""Tasks that wait and then square a number."""

import asyncio
import time


def tasks(tasks, duration, pattern):
    waits = [3 if number % 2 == 0 else 5 for number in range(tasks)] if pattern == "foo-bar" else [1] * tasks
    return [(number, waits[number], duration / 1e9) for number in range(tasks)]


def task(work):
    number, waits, seconds = work
    for _ in range(waits):
        time.sleep(seconds)
    return number * number


async def task_async(work):
    number, waits, seconds = work
    for _ in range(waits):
        await asyncio.sleep(seconds)
    return number * number
