"""Cells of the files that a spreadsheet opens: a name that begins like a formula stays a name."""

_COMMANDS = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would take for a command."""
    return f"'{cell}" if cell.startswith(_COMMANDS) else cell
