"""Every sentence an agent reads keeps to the words and the typography of the house."""

import re

from tests.wording.texts import all_texts

BANNED = {
    "fr": r"invalide|erron[ée]|interdit|illégal|\brefus|veuillez|oups|échec fatal",
    "en": r"\binvalid|\billegal|forbidden|please(?! call)|oops",
}
PLAIN_SPACE_BEFORE = re.compile(r" [:;?!»]|« ")
GLUED = re.compile(r"[\w)”»][;?!»]|«\w|\w:\s")


def test_no_text_holds_a_banned_word() -> None:
    found = [place for lang, place, text in all_texts() if re.search(BANNED[lang], text.casefold())]
    assert found == []


def test_french_has_no_breaking_space_at_high_punctuation() -> None:
    found = [(place, text) for lang, place, text in all_texts() if lang == "fr" and PLAIN_SPACE_BEFORE.search(text)]
    assert found == []


def test_french_high_punctuation_is_never_glued_to_a_word() -> None:
    found = [(place, text) for lang, place, text in all_texts() if lang == "fr" and GLUED.search(text)]
    assert found == []


def test_apostrophes_are_typographic_in_both_languages() -> None:
    assert [(place, text) for _, place, text in all_texts() if "'" in text] == []


def test_no_text_is_empty_or_has_spaces_around_it() -> None:
    assert [place for _, place, text in all_texts() if not text or text != text.strip()] == []


def test_no_ready_reason_tells_of_anybody_s_health() -> None:
    """The field under them asks for none, and what is chosen stays in the journal."""
    health = re.compile(r"médic|medical|santé|health|malad|illness|hospital|hôpital|handicap|disab", re.IGNORECASE)
    ready = [(place, text) for _, place, text in all_texts() if "reasons" in place]
    assert ready
    assert [place for place, text in ready if health.search(text)] == []
