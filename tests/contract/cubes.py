"""What a reader's own function may look like."""


def tasks():
    return range(7)


def task(x):
    return {"cube": x ** 3, "text": str(x)}
