"""What is said of the lists made again from the journal."""

from counter_app.store.projections import Rebuild
from counter_app.wording.catalogue import Words


def rebuilt_told(rebuilt: Rebuild, words: Words) -> str:
    """How many rows agreed, or which kinds of rows did not, as screens name them."""
    if rebuilt.same:
        return words.counted("settings.rebuilt_same", rebuilt.rows)
    kinds = dict.fromkeys(words(f"settings.rebuilt_rows.{table}") for table in rebuilt.differences)
    return words("settings.rebuilt_different", tables=", ".join(kinds))
