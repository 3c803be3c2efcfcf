"""`counter-app`: the window without a verb, the command line with one."""

import sys

from counter_app.cli import run


def main() -> None:
    """Entry point of the installed command."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
