"""The type of an open transaction, for use cases that only pass it on. Kept apart: the window starts without SQL."""

from sqlalchemy import Connection

__all__ = ["Connection"]
