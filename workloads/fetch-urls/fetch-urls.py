"""Fetches 13 URLs, or those of a list, and reads each to its end."""

import string
import urllib.parse

from fetching import fetch, fetch_async, source


def tasks(latency, size, timeout, file):
    urls = [f"/{letter}.txt" for letter in "abcdefghijklm"]
    if file:
        with open(file, encoding="utf-8", errors="surrogateescape") as text:
            urls = [line.strip(" \t\r\n") for line in text.read().lstrip("\ufeff").split("\n")]
        urls = [in_ascii(without_fragment(url)) for url in urls if url and not url.startswith("#")]
    return [(source(url, latency, size) if url.startswith("/") else url, timeout / 1e9) for url in urls]


def without_fragment(url):
    """A fragment is not part of what a server is asked for."""
    return url.split("#")[0] if url.startswith("/") else url


def in_ascii(url):
    """Letters that are not ASCII, as every client sends them. The host has none: such a list is refused before."""
    return urllib.parse.quote(url, safe=string.printable, errors="surrogateescape")


def task(work):
    return fetch(*work)


async def task_async(work):
    return await fetch_async(*work)
