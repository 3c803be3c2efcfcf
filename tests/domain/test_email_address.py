"""An address has one addressee, or it is none."""

import pytest

from counter_app.domain.email_address import is_address


@pytest.mark.parametrize("text", ["awa@exemple.fr", "a.b+c@pref.nord.gouv.fr", "élise@exemple.fr"])
def test_an_address_with_a_site_is_one(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "awa", "a@b@exemple.fr", "a@exemple", "a@.fr", "a@exemple.", "a@exemple..fr", "a b@exemple.fr"),
        *("a@exemple.fr\nBcc: b@exemple.fr", "a@exemple.fr, b@exemple.fr", "Awa <a@exemple.fr>", "a@exemple.fr\n"),
    ],
)
def test_a_text_that_could_hide_another_addressee_is_none(text: str) -> None:
    assert not is_address(text)
