"""Counts the trees of UTS with Python's own SHA-1 and prints them as counts.inc has them."""

import hashlib
import math
import struct

# The two that the authors publish, and two small ones.
TREES = {
    "T1": dict(kind="geometric", b=4, d=10, r=19),
    "T3": dict(kind="binomial", b=2000, q=0.124875, m=8, r=42),
    "tiny-geometric": dict(kind="geometric", b=4, d=5, r=21),
    "tiny-binomial": dict(kind="binomial", b=50, q=0.12, m=8, r=8),
}


def children(tree, state, depth):
    (word,) = struct.unpack(">I", state[16:])
    random = (word & 0x7FFFFFFF) / 2**31
    if tree["kind"] == "geometric":
        if depth >= tree["d"]:
            return 0
        return min(100, math.floor(math.log(1 - random) / math.log(1 - 1 / (1 + tree["b"]))))
    if depth == 0:
        return tree["b"]
    return tree["m"] if random < tree["q"] else 0


def count(tree):
    nodes = leaves = deepest = 0
    left = [(hashlib.sha1(bytes(16) + struct.pack(">I", tree["r"])).digest(), 0)]
    while left:
        state, depth = left.pop()
        nodes += 1
        deepest = max(deepest, depth)
        number = children(tree, state, depth)
        leaves += number == 0
        for i in range(number):
            left.append((hashlib.sha1(state + struct.pack(">I", i)).digest(), depth + 1))
    return nodes, leaves, deepest


if __name__ == "__main__":
    for name, tree in TREES.items():
        print('{"%s", {%d, %d, %d}},' % (name, *count(tree)))
