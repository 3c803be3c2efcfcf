"""What an option takes: one of some values, each with its French word."""

from collections.abc import Iterable, Iterator

from counter_app.wording.choices import listed, worded


class OneOf:
    """Values of an option (`argparse` looks one up, and goes through them); the catalogue is read only to tell them."""

    def __init__(self, table: str, values: Iterable[str]) -> None:
        self._table, self._values = table, tuple(values)

    def __contains__(self, value: object) -> bool:
        return value in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def told(self) -> str:
        """Each value and its word, in a line."""
        return listed(worded(self._table, self._values).items())
