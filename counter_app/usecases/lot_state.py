"""How the state of a file of permits is read: lists of texts, and the name under which a row is settled."""

from counter_app.domain.acts import Json


def texts_of(value: Json) -> list[str]:
    """A list of texts; empty when it is none."""
    return [str(one) for one in value] if isinstance(value, list) else []


def settled_name(row: int) -> str:
    """The detail that says what became of a rejected row."""
    return f"row_{row}"
