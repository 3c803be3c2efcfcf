"""Commands that can be scanned instead of typed, for hands kept on the reader: a laminated card holds their codes."""

from counter_app.domain.codes import CodeKind, make_code

COMMANDS: dict[str, str] = {
    name: make_code(CodeKind.COMMAND, value)
    for value, name in enumerate(("confirm", "undo", "reprint", "home"), start=0x0C0A0001)
}
"""Each command and the code that stands for it; codes are printed on cards: never change one."""
_BY_CODE = {code: name for name, code in COMMANDS.items()}


def command_of(raw: str) -> str | None:
    """The command that a scan stands for, None when it is none."""
    return _BY_CODE.get(raw.strip().upper())
