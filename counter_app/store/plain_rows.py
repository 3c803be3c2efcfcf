"""Rows whose state is the details of their acts, merged in order: imported lists, rows set aside, settings."""

from typing import Any

from counter_app.domain.acts import Act, Json

State = dict[str, Json]


def apply(state: State | None, act: Act) -> State:
    """Later details complete or replace earlier ones; what an act does not name stays."""
    return {**(state or {}), **act.details}


def load(_subject_id: str, state: dict[str, Any]) -> State:
    """The state as its row keeps it."""
    return state


def dump(state: State) -> State:
    """The state as its row will keep it."""
    return state


def list_columns(state: State) -> tuple[object, ...]:
    """source, file_digest, exported_at, imported_at, first_day, last_day."""
    names = ("source", "file_digest", "exported_at", "imported_at", "first_day", "last_day")
    return tuple(state.get(name) for name in names)


def row_columns(state: State) -> tuple[object, ...]:
    """list_id, row, open."""
    return (state.get("list_id", ""), state.get("row", 0), not state.get("repaired", False))


def setting_columns(state: State) -> tuple[object, ...]:
    """value."""
    return (str(state.get("value", "")),)
