"""A full binary tree of tasks: each forks two and waits for both; the leaves only return their numbers.

No executor of Python lets a task wait for tasks of the same pool: once all workers wait, none is left to run what they
wait for. So the tree is cut into subtrees beforehand, and what these return is joined. Only asyncio's tasks fork tasks.
"""

import asyncio

SUBTREES = 64  # enough for 8 workers to end at about the same time


def tasks(depth):
    leaves = 1 << depth
    roots = min(SUBTREES, leaves)
    return [(node, leaves) for node in range(roots, 2 * roots)]


def task(tree):
    node, leaves = tree
    if node >= leaves:
        return node
    return task((2 * node, leaves)) + task((2 * node + 1, leaves))


async def task_async(tree):
    node, leaves = tree
    if node >= leaves:
        return node
    return sum(await asyncio.gather(task_async((2 * node, leaves)), task_async((2 * node + 1, leaves))))


def join(values):
    """The upper part of the tree: two by two, until the root's is left."""
    while len(values) > 1:
        values = [a + b for a, b in zip(values[::2], values[1::2])]
    return values[0]
