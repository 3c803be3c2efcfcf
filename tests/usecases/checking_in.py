"""A real desk in a process of its own: checks in everybody still expected, and says each arrival once it is kept.

Run as `python -m tests.usecases.checking_in HOME`; the test that starts it kills it without warning.
"""

import sys
from contextlib import closing
from pathlib import Path

from counter_app.domain.convocation import ConvocationStatus
from counter_app.store import convocation_rows
from counter_app.usecases.check_in import check_in
from tests.homes import Clock, moment, opened


def main(home: Path) -> None:
    with closing(opened(home, Clock(moment("9:05")))) as office:
        with office.desk.looking() as connection:
            waiting = [
                convocation_rows.code_of(one)
                for one in convocation_rows.every(connection)
                if one.status is ConvocationStatus.EXPECTED
            ]
        for code in waiting:
            answer = check_in(office.desk, code)
            assert answer.recorded
            assert answer.receipt is not None
            print(code, answer.receipt.number, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
