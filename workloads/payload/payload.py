"""Tasks that each send back a payload, which says whose it is."""

from array import array

from splitmix import MASK, STEP, splitmix64


def tasks(tasks, size):
    return [(number, size) for number in range(tasks)]


def task(work):
    number, size = work
    first = splitmix64(number, 0)
    words = array("Q", ((first + place * STEP) & MASK for place in range((size + 7) // 8)))
    return words.tobytes()[:size]
