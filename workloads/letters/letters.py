"""Scores the words of 26 texts: a word scores its number times what its letters are worth."""


def tasks(rounds, inputs):
    return [(letter, rounds, text.decode()) for letter, text in enumerate(inputs)]


def task(work):
    letter, rounds, text = work
    words = text.split()
    score = 0
    for first in range(letter, letter + rounds):
        worth = {chr(ord("a") + (first + i) % 26): i + 1 for i in range(26)}
        for number, word in enumerate(words, 1):
            for character in word:
                score += number * worth[character]
    return len(words), score
