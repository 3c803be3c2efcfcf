"""Answers that a supervisor gave to a contradiction, when desks that were apart each gave one.

Every answer is kept. One that was given about more (it knew every act of another, and others besides) takes the place
of the other, whatever the hours; of two about the same acts the earliest in the order of acts stands.
"""

from collections.abc import Sequence


def effective(questions: Sequence[frozenset[str]]) -> tuple[int, ...]:
    """Places of the answers that have an effect, among answers in the order of acts, each told by the acts it is about.

    A pure function of the set of answers: two desks that hold the same acts give effect to the same answers.
    """
    return tuple(place for place, about in enumerate(questions) if not _surpassed(place, about, questions))


def _surpassed(place: int, about: frozenset[str], questions: Sequence[frozenset[str]]) -> bool:
    return any(about < other or (about == other and before < place) for before, other in enumerate(questions))
