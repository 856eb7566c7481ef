"""Many tasks that do nothing."""


def tasks(tasks):
    return range(tasks)


def task(number):
    return number


async def task_async(number):
    return number
