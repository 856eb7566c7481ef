"""As few tasks as workers, each of which does nothing."""

memory = None  # of the process that makes the workers: what a forked one's parent has to have copied


def tasks(tasks, touched):
    global memory
    memory = bytearray(touched)
    for page in range(0, touched, 4096):
        memory[page] = 1
    return range(tasks)


def task(number):
    return number


async def task_async(number):
    return number
