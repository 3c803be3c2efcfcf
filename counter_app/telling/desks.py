"""What is said of the other desks of a site, for both doors."""

from counter_app.wording.catalogue import Words


def letter_line(desk: str, letter: str, free: str, words: Words) -> str:
    """Another desk gives tickets of this one's letter: what comes of it, and the letter to take; `free` may be none."""
    if not free:
        return words("sync.same_letter_full", desk=desk, letter=letter)
    return words("sync.same_letter", desk=desk, letter=letter, free=free)
