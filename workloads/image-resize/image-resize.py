"""Decodes, resizes and encodes JPEGs."""

import io

from PIL import Image

PACKAGES = {"PIL": "python3-pil"}


def tasks(width, height, percent, inputs):
    size = (width * percent + 50) // 100, (height * percent + 50) // 100
    return [(jpeg, size) for jpeg in inputs]


def task(work):
    jpeg, size = work
    with Image.open(io.BytesIO(jpeg)) as picture:
        smaller = picture.resize(size, Image.BICUBIC)
    resized = io.BytesIO()
    smaller.save(resized, "JPEG", quality=90)
    return resized.getvalue()
