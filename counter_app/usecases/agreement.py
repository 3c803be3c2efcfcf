"""Who may agree to what an agent may not do alone: another person than that agent. One rule for every gesture."""

from counter_app.domain.acts import Json
from counter_app.domain.person_names import fold
from counter_app.usecases.answers import Override
from counter_app.usecases.desk import Desk

OWN_AGREEMENT = "own_agreement"
"""Word of the refusal, and of the note of a verdict that stays."""


def agrees_with_self(desk: Desk, approved_by: str | None) -> bool:
    """Whether the agreement is that of the agent who signs: same name, whatever its case, accents and blanks."""
    name = fold(approved_by or "")
    return bool(name) and name == fold(desk.agent)


def is_agreement(agreed: Override | None) -> bool:
    """Whether a supervisor is named and a reason given: blanks are neither."""
    return agreed is not None and bool(agreed.reason.strip()) and bool((agreed.approved_by or "").strip())


def kept_of(agreed: Override | None) -> dict[str, Json]:
    """What an act keeps of what was agreed: the reason, and the supervisor when one is named."""
    if agreed is None:
        return {}
    return {"reason": agreed.reason.strip(), "approved_by": (agreed.approved_by or "").strip() or None}
