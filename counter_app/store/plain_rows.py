"""Rows whose state is the details of their acts, merged in order: lists, rows set aside, settings, lots, bordereaux."""

from typing import Any

from counter_app.domain.acts import VERSION, Act, Json

State = dict[str, Json]


def apply(state: State | None, act: Act) -> State | None:
    """Later details complete or replace earlier ones; what an act does not name stays. Erased ones say nothing."""
    if act.version > VERSION or not act.details:
        return state
    return {**(state or {}), **act.details}


def load(_subject_id: str, state: dict[str, Any]) -> State:
    """The state as its row keeps it."""
    return state


def dump(state: State) -> State:
    """The state as its row will keep it."""
    return state


def list_columns(state: State) -> tuple[object, ...]:
    """source, file_digest, exported_at, imported_at, first_day, last_day: an undone list covers no day."""
    undone = state.get("undone") or state.get("undoing")
    days = (None, None) if undone else (_text(state, "first_day"), _text(state, "last_day"))
    told = (_text(state, name) or "" for name in ("source", "file_digest", "exported_at", "imported_at"))
    return (*told, *days)


def row_columns(state: State) -> tuple[object, ...]:
    """list_id, row, open: a row whose cells were erased can no longer be repaired; a newer list may close one."""
    row = state.get("row")
    waits = "cells" in state and not state.get("repaired", False) and not state.get("closed")
    return (_text(state, "list_id") or "", row if isinstance(row, int) else 0, waits)


def lot_columns(state: State) -> tuple[object, ...]:
    """file_digest, exported_at, received_at."""
    return tuple(_text(state, name) or "" for name in ("file_digest", "exported_at", "received_at"))


def bordereau_columns(state: State) -> tuple[object, ...]:
    """number, series, ordinal, made_at."""
    ordinal = state.get("ordinal")
    told = (_text(state, "number") or "", _text(state, "series") or "")
    return (*told, ordinal if isinstance(ordinal, int) else 0, _text(state, "made_at") or "")


def setting_columns(state: State) -> tuple[object, ...]:
    """value."""
    return (str(state.get("value", "")),)


def _text(state: State, name: str) -> str | None:
    value = state.get(name)
    return value if isinstance(value, str) else None
