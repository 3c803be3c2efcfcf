"""`counter-app`: the window without a verb, the command line with one."""

import sys
from io import TextIOWrapper

STOPPED = 130
"""Exit code of a command that Ctrl+C stopped."""


def main() -> None:
    """Entry point of the installed command. What it writes is UTF-8, whatever the system's own encoding."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        from counter_app.cli import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        # While the verbs are still being read: nothing was begun.
        code = STOPPED
    sys.exit(code)


if __name__ == "__main__":
    main()
