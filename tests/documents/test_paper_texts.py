"""Texts of the papers: complete in every language, made from the French of today, free of banned words."""

import re
import string
import unicodedata
from datetime import date

import pytest

from counter_app.documents import paper_texts
from counter_app.documents.fonts import Face, is_right_to_left
from counter_app.documents.paper_texts import PaperLanguage, digest, label, language, languages, text, text_keys
from counter_app.wording.shipped import shipped
from tests.documents.papers import NOW

CODES = [language.code for language in languages()]
WORDS = dict.fromkeys(("day", "hour", "return_hour", "place", "address", "amount", "contact", "tracking"), "WORD")
BANNED = re.compile(
    r"\b(invalide?|erroné|interdit|illégal|refus|veuillez|oups|échec fatal|illegal|forbidden|please|oops)",
    re.IGNORECASE,
)


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def raw(code: str, key: str) -> str:
    """The text with its words to fill in left in place."""
    return text(code, key, **{name: f"{{{name}}}" for name in WORDS})


def test_french_is_first_and_english_and_arabic_are_there() -> None:
    assert CODES[0] == "fr"
    assert {"en", "ar"} <= set(CODES)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("key", text_keys())
def test_every_text_exists_in_every_language_and_renders_the_french_of_today(code: str, key: str) -> None:
    """When this fails: translate the text anew from the French and put its digest beside it."""
    assert raw(code, key), (
        f"resources/paper/{code}.toml: {key} renders another French; digest: {digest(raw('fr', key))}"
    )
    assert placeholders(raw(code, key)) == placeholders(raw("fr", key))


@pytest.mark.parametrize("code", CODES)
def test_no_paper_says_a_banned_word(code: str) -> None:
    for key in text_keys():
        assert not BANNED.search(raw(code, key))


def test_french_spaces_before_high_punctuation_never_break() -> None:
    assert not re.findall(r"[^ ]* [:;?!»][^/]|« ", shipped("paper", "fr.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("code", CODES)
def test_the_shipped_fonts_can_draw_every_text(code: str) -> None:
    from reportlab.pdfbase.ttfonts import TTFont

    drawable: set[int] = set()
    for face in (Face.REGULAR, Face.ARABIC):
        drawable |= set(TTFont(face.name, str(shipped("fonts", face.value))).face.charToGlyph)
    for key in text_keys():
        missing = {character for character in raw(code, key) + language(code).name if ord(character) not in drawable}
        assert not missing, [unicodedata.name(character) for character in missing]


def test_only_arabic_is_written_from_right_to_left() -> None:
    assert [code for code in CODES if is_right_to_left(text(code, "proof_title"))] == ["ar"]


def test_a_translation_made_from_another_french_is_withdrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = paper_texts._content("en")
    changed = {"text": "Proof of presence", "french": digest("Preuve de passage")}
    monkeypatch.setitem(fresh["texts"], "proof_title", changed)
    assert text("en", "proof_title") == ""
    assert text("fr", "proof_title") == "Justificatif de présence"


def test_each_translation_says_who_made_it_and_whether_it_was_read_over() -> None:
    assert language("fr").checked
    for found in languages()[1:]:
        assert found.translator
        assert found.checked is (found.checked_on is not None)


def test_a_language_knows_its_name_in_its_own_script() -> None:
    assert language("uk").name == "Українська"
    assert isinstance(language("ar"), PaperLanguage)


@pytest.mark.parametrize("code", ["", "xx", "../paper/fr", "FR"])
def test_an_unknown_language_is_a_mistake_of_the_caller(code: str) -> None:
    with pytest.raises(ValueError, match="no paper texts"):
        text(code, "proof_title")


def test_an_unknown_text_or_a_missing_word_is_a_breakage() -> None:
    with pytest.raises(KeyError, match="none"):
        text("fr", "none")
    with pytest.raises(KeyError, match="none"):
        label("none")
    with pytest.raises(KeyError, match="day"):
        text("en", "proof_seen")


def test_days_and_hours_are_in_words_or_in_figures() -> None:
    day = date(2026, 12, 1)
    assert [paper_texts.day_words(code, day) for code in ("fr", "en", "ar")] == [
        "mardi 1er décembre 2026",
        "Tuesday 1 December 2026",
        "01/12/2026",
    ]
    assert [paper_texts.hour_words(code, NOW) for code in ("fr", "en", "uk")] == ["9\u00a0h\u00a024", "09:24", "09:24"]
