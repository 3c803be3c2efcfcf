"""Lines of text: shaping, runs of one face, wrapping."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.documents.fonts import Face, fitted, is_right_to_left, runs, text_width, visual, wrapped
from counter_app.wording.shipped import shipped

ARABIC = "سيظهر رقمك على الشاشة."
latin = st.text(alphabet="abcdé ’ÉŁžЖя\u00a0", max_size=60)


def test_arabic_letters_are_joined_and_put_in_drawing_order() -> None:
    drawn = visual(ARABIC, rtl_line=True)
    assert drawn[0] == "."
    letters = {character for character in drawn if character not in " ."}
    assert all(0xFE70 <= ord(letter) <= 0xFEFF for letter in letters), "every letter has its joined form"


def test_figures_inside_arabic_keep_their_order_and_the_full_stop_goes_left() -> None:
    assert visual("الساعة 09:30.", rtl_line=True).startswith(".09:30 ")
    assert visual("09:24.", rtl_line=True) == ".09:24"


def test_latin_and_cyrillic_lines_are_drawn_as_written() -> None:
    for line in ("Dépôt de dossier", "Ваш номер"):
        assert visual(line) == line
        assert [run.text for run in runs(line, Face.REGULAR)] == [line]
        assert not is_right_to_left(line)


def test_an_arabic_name_in_a_french_line_changes_face_and_back() -> None:
    pieces = runs("Nom : محمد, né ici", Face.BOLD)
    assert [piece.font for piece in pieces] == ["NotoSans-700Bold", "NotoSansArabic-700Bold", "NotoSans-700Bold"]
    assert pieces[0].text == "Nom : "


@given(latin, st.floats(40, 300))
def test_wrapping_loses_no_letter_and_no_line_is_too_wide(text: str, width: float) -> None:
    lines = wrapped(text, Face.REGULAR, 10, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(text_width(line, Face.REGULAR, 10) <= width for line in lines)


def test_a_line_never_breaks_at_a_no_break_space() -> None:
    lines = wrapped("rendez-vous à 9\u00a0h\u00a024 précises", Face.REGULAR, 10, 70)
    assert any("9\u00a0h\u00a024" in line for line in lines)


def test_a_line_feed_starts_a_new_line() -> None:
    assert wrapped("a\n\nb", Face.REGULAR, 10, 70) == ["a", "", "b"]


@pytest.mark.parametrize(("width", "shown"), [(500, "Dépôt de dossier"), (40, "Dépôt…"), (0, "…")])
def test_a_text_that_must_hold_on_one_line_is_cut_with_an_ellipsis(width: float, shown: str) -> None:
    assert fitted("Dépôt de dossier", Face.REGULAR, 10, width) == shown


def test_the_fonts_are_shipped_with_their_licence() -> None:
    assert "SIL OPEN FONT LICENSE Version 1.1" in shipped("fonts", "OFL.txt").read_text(encoding="utf-8")
    assert all(shipped("fonts", face.value).stat().st_size > 100_000 for face in Face)


def test_a_file_missing_from_the_installation_is_named() -> None:
    with pytest.raises(FileNotFoundError, match="resources/fonts/none"):
        shipped("fonts", "none.ttf")


def test_importing_the_papers_loads_no_pdf_library() -> None:
    order = (
        "import sys; import counter_app.documents.arrival_ticket, counter_app.documents.proof_of_presence;"
        "import counter_app.documents.reminder, counter_app.documents.printing;"
        "print(sorted({'reportlab', 'barcode', 'zxingcpp', 'bidi', 'arabic_reshaper', 'PIL'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", order], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
