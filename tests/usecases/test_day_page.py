"""The page of the day, for a power cut: what its columns say."""

import pypdfium2

from counter_app.usecases import find
from counter_app.usecases.import_list import import_list
from counter_app.usecases.papers import day_list_page
from tests.homes import MONDAY, AtDesk
from tests.imports.lists import write_csv


def test_the_page_of_the_day_names_the_desk_and_writes_dates_in_french(here: AtDesk) -> None:
    headings = ["nom", "naissance", "date", "heure", "service", "guichet"]
    here.lists.folder.mkdir(exist_ok=True)
    row = ["KILO Una", "02/05/1979", "23/11/2026", "9h30", "Étrangers", "Guichet 3"]
    import_list(here.desk, write_csv(here.lists.folder / "a.csv", [headings, row]))
    document = pypdfium2.PdfDocument(day_list_page(here.desk, MONDAY, find.day(here.desk, MONDAY)).pdf)
    said = document[0].get_textpage().get_text_range()
    document.close()
    assert "Guichet 3" in said
    assert "02/05/1979" in said
    assert "Étrangers" not in said
    assert "1979-05-02" not in said
