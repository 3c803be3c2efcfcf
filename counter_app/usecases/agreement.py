"""Who may agree to what an agent may not do alone: another person than that agent. One rule for every gesture."""

from counter_app.domain.person_names import fold
from counter_app.usecases.desk import Desk

OWN_AGREEMENT = "own_agreement"
"""Word of the refusal, and of the note of a verdict that stays."""


def agrees_with_self(desk: Desk, approved_by: str | None) -> bool:
    """Whether the agreement is that of the agent who signs: same name, whatever its case, accents and blanks."""
    name = fold(approved_by or "")
    return bool(name) and name == fold(desk.agent)
