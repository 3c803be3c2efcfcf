"""A desk that has proved who it is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Session:
    """An authenticated desk, for the length of one question."""

    site: str
    device: str
    revoked: bool = False
    expires_at: str | None = None
    """When its token stops to be accepted, ISO 8601."""
    newest: bool = False
    """It shows its newest token: the former one is not needed any more."""
    letter: str = ""
    """The letter of its tickets, as it says with this question; empty when it says none."""
    desk: str = ""
    """Its name, in the same way."""
