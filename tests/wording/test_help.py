"""F1 answers on every screen and for every verdict."""

import pytest

from counter_app.wording.catalogue import LANGUAGES
from counter_app.wording.help import SCREENS, help_page, pages
from counter_app.wording.verdicts import verdict_rows

CODES = [row.code for row in verdict_rows().values()]


@pytest.mark.parametrize("key", [*CODES, *(f"screen.{name}" for name in SCREENS)])
def test_each_verdict_and_each_screen_has_a_page_in_both_languages(key: str) -> None:
    for lang in LANGUAGES:
        page = help_page(key, lang)
        assert page.title
        assert page.means
        assert page.do
        assert page.keys


@pytest.mark.parametrize("code", CODES)
def test_each_verdict_has_a_sentence_to_say_in_french_and_in_english(code: str) -> None:
    page = help_page(code, "fr")
    assert page.say_fr
    assert page.say_en
    assert (page.say_fr, page.say_en) == (help_page(code, "en").say_fr, help_page(code, "en").say_en)


def test_both_languages_have_the_same_pages() -> None:
    assert set(pages("fr")) == set(pages("en"))


def test_the_keys_of_a_verdict_come_from_its_actions() -> None:
    assert help_page("C01", "fr").keys.startswith("Entrée Enregistrer l’arrivée · F7 Orienter")


def test_a_page_that_does_not_exist_is_a_breakage() -> None:
    with pytest.raises(KeyError):
        help_page("C99", "fr")
