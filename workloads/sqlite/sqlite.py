"""Transactions on a SQLite database, some of which write."""

import os
import sqlite3
import tempfile
import threading

from splitmix import MASK, shuffle, splitmix64

SEED = 0x5017E
here = threading.local()  # a connection is for one thread of one process


def forget_connection():
    global here
    here = threading.local()


os.register_at_fork(after_in_child=forget_connection)


def tasks(tasks, writes, rows, size, synchronous, busy_timeout):
    settings = (os.path.join(tempfile.gettempdir(), "runoff-sqlite", "notes.db"), synchronous, busy_timeout / 1e9)
    writers = (tasks * writes + 50) // 100
    numbers = list(range(1, rows + 1))
    plan = []
    for number in range(tasks):
        random = splitmix64(SEED, number)
        if number < writers:
            other = number + random % (rows - number)
            numbers[number], numbers[other] = numbers[other], numbers[number]
        plan.append((numbers[number] if number < writers else 1 + random % rows, number < writers, size, settings))
    shuffle(plan, ~SEED & MASK)
    return plan


def text_of(row, version, size):
    seed = splitmix64(row, version)
    return b"".join(splitmix64(seed, i).to_bytes(8, "little") for i in range((size + 7) // 8))[:size]


def connection(settings):
    try:
        return here.connection
    except AttributeError:
        file, synchronous, timeout = settings
        here.connection = sqlite3.connect(file, timeout=timeout, isolation_level=None)
        here.connection.execute(f"PRAGMA synchronous = {synchronous}")
        return here.connection


def task(work):
    row, writes, size, settings = work
    database = connection(settings)
    if not writes:
        version, text = database.execute("SELECT version, text FROM notes WHERE id = ?", (row,)).fetchone()
        return row, version, text
    database.execute("BEGIN IMMEDIATE")  # one that began as a reader could not wait for its turn to write
    try:
        version, = database.execute("SELECT version FROM notes WHERE id = ?", (row,)).fetchone()
        text = text_of(row, version + 1, size)
        database.execute("UPDATE notes SET version = ?, text = ? WHERE id = ?", (version + 1, text, row))
        database.execute("COMMIT")
    except BaseException:
        database.execute("ROLLBACK")
        raise
    return row, version + 1, text
