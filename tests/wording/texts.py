"""All texts that agents read, with where each comes from."""

from collections.abc import Iterator

from counter_app.wording.catalogue import LANGUAGES, catalogue
from counter_app.wording.dates import Language
from counter_app.wording.help import pages
from counter_app.wording.verdicts import verdict_rows


def all_texts() -> Iterator[tuple[Language, str, str]]:
    """Language, place, text."""
    for lang in LANGUAGES:
        yield from ((lang, key, text) for key, text in catalogue(lang).items())
        for key, page in pages(lang).items():
            yield from ((lang, f"help {key} {part}", text) for part, text in page.items())
        for row in verdict_rows().values():
            yield lang, f"{row.code} title", row.title(lang)
            yield lang, f"{row.code} detail", row.detail(lang)
