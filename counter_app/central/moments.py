"""Moments as the central store keeps them: UTC, always as long, so that texts sort as moments do."""

from datetime import UTC, datetime


def text_of(at: datetime) -> str:
    """A moment as it is stored and told: ISO 8601 in UTC, microseconds included."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
