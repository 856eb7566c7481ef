"""The random numbers of the workloads: SplitMix64 (Steele, Lea & Flood, OOPSLA'14), as in runoff/random.h."""

MASK = (1 << 64) - 1
STEP = 0x9E3779B97F4A7C15


def splitmix64(seed, index):
    """Number `index` of the stream of `seed`."""
    z = (seed + (index + 1) * STEP) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def shuffle(items, seed):
    """In place, as Fisher & Yates do (Knuth, TAOCP, 3.4.2)."""
    for left in range(len(items), 1, -1):
        other = splitmix64(seed, left) % left
        items[left - 1], items[other] = items[other], items[left - 1]
