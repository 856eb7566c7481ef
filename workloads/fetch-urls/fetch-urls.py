"""Fetches 13 URLs, or those of a list, and reads each to its end."""

from fetching import fetch, fetch_async, source


def tasks(latency, size, timeout, file):
    urls = [f"/{letter}.txt" for letter in "abcdefghijklm"]
    if file:
        with open(file) as lines:
            urls = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return [(source(url, latency, size) if url.startswith("/") else url, timeout / 1e9) for url in urls]


def task(work):
    return fetch(*work)


async def task_async(work):
    return await fetch_async(*work)
