"""Results in blocks of shared memory, one for each: what is sent is the block's name. For `shared-from=N`."""

import sys


class Block:
    """A result that was written into a block."""

    def __init__(self, value):
        from multiprocessing.shared_memory import SharedMemory
        memory = SharedMemory(create=True, size=len(value))
        memory.buf[:len(value)] = value
        self.name, self.size = memory.name, len(value)
        memory.close()

    def take(self):
        """The result; its block is gone then."""
        from multiprocessing.shared_memory import SharedMemory
        memory = SharedMemory(self.name)
        value = bytes(memory.buf[:self.size])  # a block is made of whole pages
        memory.close()
        memory.unlink()
        return value


def require():
    """By the process that makes the workers, before."""
    if sys.version_info < (3, 8):
        import runoff_work
        raise runoff_work.Refused("multiprocessing.shared_memory is there from Python 3.8 on")
    from multiprocessing import resource_tracker
    resource_tracker.ensure_running()  # one for all: it removes blocks that a worker made and nothing took


def run(run_one, least, item):
    """One task, as `run_one` has it, but that a result of at least so many bytes goes into a block."""
    number, thread, time, value, failure = run_one(item)
    if isinstance(value, (bytes, bytearray)) and len(value) >= least:
        value = Block(value)
    return number, thread, time, value, failure


def fetched(answers):
    """The same answers, with results in place of blocks."""
    return [(number, thread, time, value.take() if isinstance(value, Block) else value, failure)
            for number, thread, time, value, failure in answers]
