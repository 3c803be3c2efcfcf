"""A simulated month, from the command line: python -m tests.month --desks 20 --visitors 800 --days 30 --seed 1."""

import argparse
import shutil
import sys
import time
from datetime import date, timedelta
from random import Random

from tests.month.people import Hours
from tests.month.simulation import Month, Plan
from tests.month.site import PARIS, rules_of
from tests.sync.nodes import place_of_nodes, seeded


def working_days(first: date, days: int) -> list[date]:
    """Days on which the site receives, among so many days of the calendar."""
    rules = rules_of(PARIS, Hours())
    every = (first + timedelta(days=place) for place in range(days))
    return [day for day in every if rules.opening_on(day)]


def main() -> int:
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--desks", type=int, default=20)
    told.add_argument("--visitors", type=int, default=800, help="a day")
    told.add_argument("--days", type=int, default=30, help="of the calendar, from --first on")
    told.add_argument("--first", type=date.fromisoformat, default=date(2026, 10, 12), help="first day, ISO")
    told.add_argument("--seed", type=int, default=1)
    asked = told.parse_args()
    began, place = time.perf_counter(), place_of_nodes()

    def say(words: str) -> None:
        print(f"{time.perf_counter() - began:7.1f} s  {words}", flush=True)

    days = working_days(asked.first, asked.days)
    plan = Plan(days, asked.desks, asked.visitors, asked.seed)
    try:
        with seeded(Random(asked.seed)):
            month = Month(plan, place, say)
            try:
                for day, figures in month.run().items():
                    say(f"{day} {figures['balance']}")
                say(month.verified())
                say(", ".join(f"{count} {what}" for what, count in sorted(month.met().items())))
            finally:
                month.close()
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
