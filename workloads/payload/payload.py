"""Tasks that each send back a payload, which says whose it is."""

import functools
from array import array

from splitmix import MASK, STEP, splitmix64


def tasks(tasks, size):
    return [(number, size) for number in range(tasks)]


@functools.cache  # made once in each worker: to send it is what is measured, and to make it takes ten times as long
def payload(number, size):
    first = splitmix64(number, 0)
    words = array("Q", ((first + place * STEP) & MASK for place in range((size + 7) // 8)))
    return words.tobytes()[:size]


def task(work):
    return payload(*work)
