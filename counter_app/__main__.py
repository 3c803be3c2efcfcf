"""`counter-app`: the window without a verb, the command line with one."""

import sys
from io import TextIOWrapper

from counter_app.cli import run


def main() -> None:
    """Entry point of the installed command. What it writes is UTF-8, whatever the system's own encoding."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
