"""Questions asked one at a time, four answers at most, each leading to another question or to an end."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

FIRST_QUESTION = "start"
MOST_ANSWERS = 4
"""Answers of a question: one key each."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a question; `leads_to` is another question or a motive."""

    words: Mapping[str, str]
    leads_to: str


@dataclass(frozen=True, slots=True)
class Question:
    """One page of the tree."""

    words: Mapping[str, str]
    choices: tuple[Choice, ...]


def leaves(questions: Mapping[str, Question], start: str = FIRST_QUESTION) -> Iterator[str]:
    """Every motive that the questions end in."""
    for choice in questions[start].choices:
        if choice.leads_to in questions:
            yield from leaves(questions, choice.leads_to)
        else:
            yield choice.leads_to
