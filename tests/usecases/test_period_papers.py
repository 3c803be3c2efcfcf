"""The papers of a report: the annex alone names people, a workbook opens elsewhere, a word of a list is no formula."""

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from counter_app.documents.report_annex import AnnexFacts, OpenLine, VersionLine, report_annex
from counter_app.documents.report_workbook import Page, WorkbookFacts, report_workbook
from counter_app.domain.acts import Json
from counter_app.domain.day_balance import Balance
from counter_app.domain.day_figures import Stock, Times
from counter_app.domain.period_figures import NothingToCompare, Only, PeriodFigures, Unit, compare, previous
from counter_app.store import sync_rows
from counter_app.usecases.close_day import closings
from counter_app.usecases.day_facts import day_figures
from counter_app.usecases.day_papers import DayFile, day_page
from counter_app.usecases.desk import Desk
from counter_app.usecases.figures_told import changes, counted
from counter_app.usecases.period_papers import day_files, period_files, period_name
from counter_app.usecases.period_workbook import COLUMNS
from counter_app.usecases.report_words import change_words, figure_words, number_words
from tests.homes import MONDAY, Clock, closed_day, opened
from tests.usecases.invented_days import DAYS, invented_days
from tests.usecases.test_period_report import NOW, journal_is, period


@pytest.fixture(scope="module")
def desk(made_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home = Path(shutil.copytree(made_home, tmp_path_factory.mktemp("papiers") / "poste"))
    with closing(opened(home, Clock(NOW))) as office:
        journal_is(office.desk, invented_days(3), Random(3))
        yield office.desk


@pytest.fixture(scope="module")
def figures(desk: Desk) -> PeriodFigures:
    return period(desk, DAYS[0], DAYS[-1])


@pytest.fixture(scope="module")
def files(desk: Desk, figures: PeriodFigures) -> dict[str, DayFile]:
    """Each file of three days, beside the first of them, by its kind."""
    other = period(desk, DAYS[0], DAYS[0])
    made = period_files(desk, figures, other, compare(other, figures))
    return dict(zip(("page", "annex", "xlsx", "csv", "json"), made, strict=True))


def words_of(pdf: bytes) -> str:
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def sheets_of(content: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: [list(row) for row in book.get_sheet_by_name(name).to_python()] for name in book.sheet_names}


def test_the_annex_names_every_open_case_and_no_other_file_names_anybody(
    files: dict[str, DayFile], figures: PeriodFigures
) -> None:
    annex = words_of(files["annex"].content)
    assert annex.count("SOW ") == figures.balance.open > 0
    assert "À garder sous clé" in annex
    told = [words_of(files["page"].content), str(sheets_of(files["xlsx"].content))]
    told += [files[kind].content.decode("utf-8-sig") for kind in ("csv", "json")]
    assert not any("SOW" in one for one in told)
    assert not any("SOW" in one.name for one in files.values())


def test_the_annex_of_a_period_says_nothing_of_versions_which_only_days_have(files: dict[str, DayFile]) -> None:
    assert "version" not in words_of(files["annex"].content).casefold()


def test_a_reference_of_the_widest_letters_stands_on_one_line_of_the_annex(figures: PeriodFigures) -> None:
    line = OpenLine(figures.at, "SOW Awa", "Remise", "GGGGGGGGGGGG", "attend")
    facts = AnnexFacts("le 23", "Nord", figures.at, [line], [], [], None, training=False)
    assert line.code in words_of(report_annex(facts))


def test_the_page_is_one_sheet_that_balances_and_says_with_what_it_is_compared(
    files: dict[str, DayFile], figures: PeriodFigures
) -> None:
    with closing(pypdfium2.PdfDocument(files["page"].content)) as document:
        assert len(document) == 1
    told = words_of(files["page"].content)
    assert "Bilan du 23/11/2026 au 25/11/2026" in told
    assert f"Convoqués {figures.balance.convened} = reçus {figures.balance.received}" in told
    assert "Par rapport à la période du 23/11/2026 au 23/11/2026" in told
    assert "Convoqués par jour" in told


def test_the_workbook_opens_elsewhere_with_the_figures_as_numbers(
    files: dict[str, DayFile], figures: PeriodFigures
) -> None:
    sheets = sheets_of(files["xlsx"].content)
    assert list(sheets) == [
        "Chiffres",
        "Par jour",
        "Demi-heures",
        "Par service",
        "Par motif",
        "Non clôturés",
        "Comparaison",
    ]
    told = {row[3]: row[2] for row in sheets["Chiffres"]}
    assert told["balance.convened"] == figures.balance.convened
    assert told["waits.median"] == figures.waits.median
    days = sheets["Par jour"][1:]
    assert [row[0] for row in days] == [one.day for one in figures.days]
    assert sum(float(str(row[1])) for row in days) == figures.balance.convened
    assert len(sheets["Non clôturés"]) == 1 + figures.balance.open


def test_the_workbook_has_charts_of_the_spreadsheet_itself(files: dict[str, DayFile]) -> None:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(files["xlsx"].content)) as parts:
        charts = [name for name in parts.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 2


@pytest.mark.parametrize("word", ["=1+1", "+33612340001", "-5", "@SUM(A1)", '=HYPERLINK("http://x")', "\x00\x0bfin"])
def test_a_word_of_a_list_is_never_a_formula_nor_breaks_the_file(word: str) -> None:
    page = Page("Motifs", ["Motif"], [(word,)])
    content = report_workbook(WorkbookFacts("Bilan", NOW, [page]))
    assert str(sheets_of(content)["Motifs"][1][0]).strip() == "".join(one for one in word if one.isprintable())
    import openpyxl

    cell = openpyxl.load_workbook(io.BytesIO(content))["Motifs"]["A2"]
    assert cell.data_type == "s"


def test_a_line_for_each_day_and_one_for_all_is_what_the_sheet_holds(
    files: dict[str, DayFile], figures: PeriodFigures
) -> None:
    lines = files["csv"].content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2 + len(figures.days) + len(figures.by_service) + len(figures.by_purpose)
    assert lines[1].split(";")[:2] == ["23/11/2026", str(figures.days[0].balance.convened)]
    assert lines[1 + len(figures.days)].split(";")[:2] == ["Ensemble", str(figures.balance.convened)]


def test_the_figures_written_are_those_told(files: dict[str, DayFile], figures: PeriodFigures) -> None:
    told = json.loads(files["json"].content)
    assert told["balance"]["convened"] == figures.balance.convened
    assert [one["day"] for one in told["days"]] == [one.day.isoformat() for one in figures.days]


def test_a_period_of_nobody_makes_papers_that_say_so(desk: Desk) -> None:
    empty, full = period(desk, date(2025, 1, 6), date(2025, 1, 12)), period(desk, DAYS[0], DAYS[-1])
    nothing = compare(empty, full)
    assert isinstance(nothing, NothingToCompare)
    page, annex, *_files = period_files(desk, full, empty, nothing)
    assert "Rien à comparer : personne n’est noté ici du 06/01/2025 au 12/01/2025" in words_of(page.content).replace(
        "\xa0", " "
    )
    alone = period_files(desk, empty, None, None)
    assert "Aucun dossier non clôturé" in words_of(alone[1].content)
    assert annex.name == "annexe-2026-11-23_2026-11-25.pdf"


def test_the_page_of_one_service_says_whose_it_is_and_tells_no_stock(desk: Desk) -> None:
    page = words_of(period_files(desk, period(desk, DAYS[0], DAYS[-1], Only(service="remise")), None, None)[0].content)
    assert "Service : Remise des titres" in page.replace("\xa0", " ")
    assert "le matin" not in page
    assert "le stock est celui du site" in page
    assert "pas leur service" in plain(
        period_files(desk, period(desk, DAYS[0], DAYS[-1], Only(service="remise")), None, None)[0].content
    )


def test_the_page_of_one_desk_tells_its_gestures_and_no_stock(desk: Desk) -> None:
    theirs = period(desk, DAYS[0], DAYS[-1], Only(desk="Guichet 1"))
    page = plain(period_files(desk, theirs, None, None)[0].content)
    assert f"Réimpressions {theirs.gestures.reprints} ·" in page
    assert theirs.gestures.reprints > 0
    assert "le stock est celui du site" in page
    assert "pas leur service" not in page


def test_the_name_of_a_desk_that_is_somebody_s_is_in_no_file_name(desk: Desk) -> None:
    named = replace(period(desk, DAYS[0], DAYS[-1]), only=Only(desk="Bureau de Mme Roy"))
    assert "roy" not in period_name(named).lower()
    assert period_name(named) != period_name(replace(named, only=Only(desk="Guichet 1")))


def test_a_year_is_charted_by_months_and_stays_on_one_page(desk: Desk, figures: PeriodFigures) -> None:
    days = tuple(replace(figures.days[0], day=MONDAY + timedelta(days=place)) for place in range(300))
    year = replace(figures, days=days, last=MONDAY + timedelta(days=299))
    page = period_files(desk, year, None, None)[0]
    assert "Convoqués par mois" in words_of(page.content)
    with closing(pypdfium2.PdfDocument(page.content)) as document:
        assert len(document) == 1


def test_the_annex_of_a_day_tells_each_version_and_what_it_changed(desk: Desk) -> None:
    closed = closed_day(desk, DAYS[0])
    annex, workbook = day_files(desk, closed.figures, closings(desk, DAYS[0]), closed.closing)
    assert (annex.name, workbook.name) == ("annexe-2026-11-23-v1.pdf", "bilan-2026-11-23-v1.xlsx")
    assert closed.closing.digest in words_of(annex.content).replace("\r\n", "").replace("\n", "")


def test_no_title_of_the_annex_ends_a_page(figures: PeriodFigures) -> None:
    line = OpenLine(figures.at, "SOW Aïssata", "Dépôt", "PGC", "attend dans la salle")
    version = VersionLine(1, line.slot, "Guichet 3", "A. Petit", "d" * 64, ())
    for cases in range(20, 60):
        facts = AnnexFacts("jour", "site", line.slot, [line] * cases, [], [], [version], training=False)
        with closing(pypdfium2.PdfDocument(report_annex(facts))) as document:
            pages = [page.get_textpage().get_text_bounded().strip() for page in document]
        assert not [page for page in pages if page.endswith("Versions signées : 1")], cases


def test_each_page_of_a_long_annex_names_its_columns_and_says_which_page_it_is(figures: PeriodFigures) -> None:
    line = OpenLine(figures.at, "SOW Aïssata", "Dépôt", "PGC", "attend dans la salle")
    facts = AnnexFacts("jour", "site", line.slot, [line] * 150, [], [], None, training=False)
    with closing(pypdfium2.PdfDocument(report_annex(facts))) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    assert len(pages) > 2
    assert [page.count("Nom et prénoms") for page in pages] == [1] * len(pages)
    numbers = [f"page {number} sur {len(pages)}" for number in range(1, len(pages) + 1)]
    assert all(said in page for said, page in zip(numbers, pages, strict=True))
    assert sum(page.count("SOW Aïssata") for page in pages) == 150


@pytest.mark.parametrize(
    ("first", "last", "before"),
    [
        (date(2026, 11, 23), date(2026, 11, 29), (date(2026, 11, 16), date(2026, 11, 22))),
        (date(2026, 3, 1), date(2026, 3, 31), (date(2026, 2, 1), date(2026, 2, 28))),
        (date(2026, 1, 1), date(2026, 12, 31), (date(2025, 1, 1), date(2025, 12, 31))),
        (date(2026, 11, 23), date(2026, 11, 23), (date(2026, 11, 22), date(2026, 11, 22))),
    ],
)
def test_the_period_before_is_as_many_days_or_as_many_whole_months(
    first: date, last: date, before: tuple[date, date]
) -> None:
    assert previous(first, last) == before


def test_numbers_are_written_as_in_french() -> None:
    assert number_words(12.5, Unit.MINUTES) == "12,5\xa0min"
    assert number_words(0.7825, Unit.SHARE) == "78,2\u202f%"
    assert number_words(None, Unit.PEOPLE) == "–"


def test_a_change_has_its_sign_its_unit_and_its_percent(desk: Desk) -> None:
    from counter_app.domain.period_figures import Difference

    assert change_words(Difference("waits.median", Unit.MINUTES, 10.0, 12.5)) == "+2,5\xa0min (+25\u202f%)"
    assert change_words(Difference("shares.absent", Unit.SHARE, 0.2, 0.15)) == "−5\xa0points"
    assert change_words(Difference("balance.absent", Unit.PEOPLE, 0, 4)) == "+4"
    assert change_words(Difference("reprints", Unit.GESTURES, None, 4)) == "–"


def test_purposes_that_the_page_has_no_room_for_are_told_together(desk: Desk, figures: PeriodFigures) -> None:
    first = figures.by_purpose[0]
    many = tuple(replace(first, name=f"Motif {place}", balance=Balance(received=50 - place)) for place in range(40))
    page = period_files(desk, replace(figures, by_purpose=many), None, None)[0].content
    with closing(pypdfium2.PdfDocument(page)) as document:
        assert len(document) == 1
    told = words_of(page).replace("\xa0", " ")
    shown = [place for place in range(40) if f"Motif {place} " in told.replace("\r\n", " ").replace("\n", " ")]
    assert shown == list(range(len(shown))), "the most convened stay"
    assert f"{40 - len(shown)} autres motifs" in told


def test_a_desk_cut_off_signs_a_provisional_version_and_its_page_says_so(made_home: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(made_home, tmp_path / "poste"))
    with closing(opened(home, Clock(NOW))) as office:
        desk = office.desk
        journal_is(desk, invented_days(1), Random(4))
        assert not closed_day(desk, DAYS[0]).closing.provisional
        desk.shared = True
        closed = closed_day(desk, DAYS[0], "seul")
        assert closed.closing.provisional
        assert "n’a encore rien vérifié" in words_of(day_page(desk, closed.figures, closed.closing).pdf)
        with desk.store.writing() as connection:
            sync_rows.note(connection, "verified_at", (NOW - timedelta(hours=1)).isoformat())
        assert "que jusqu’au" in words_of(day_page(desk, closed.figures, closed.closing).pdf)


@pytest.mark.parametrize(
    ("changed", "on_the_page", "in_the_annex"),
    [
        (0, "Aucun chiffre n’a changé depuis la version 3", "aucun chiffre changé"),
        (1, "Changé depuis la version 3 : 1 chiffre", "1 chiffre changé ·"),
        (2, "Changé depuis la version 3 : 2 chiffres", "2 chiffres changés ·"),
    ],
)
def test_a_version_tells_how_many_figures_changed_in_good_french(
    desk: Desk, changed: int, on_the_page: str, in_the_annex: str
) -> None:
    closed = closed_day(desk, DAYS[1])
    first = replace(closed.closing, version=1, changed=())
    change: dict[str, Json] = {"figure": "balance.received", "before": 1, "after": 2}
    fourth = replace(first, version=4, changed=(change,) * changed, remarks="Fermeture à midi")
    assert on_the_page in plain(day_page(desk, closed.figures, fourth).pdf)
    annex = plain(day_files(desk, closed.figures, [first, fourth], fourth)[0].content)
    assert in_the_annex in annex
    assert annex.count("première version") == 1
    assert "0 chiffre" not in annex


def test_the_annex_repeats_what_was_written_with_each_version(desk: Desk) -> None:
    closed = closed_day(desk, DAYS[1])
    first = replace(closed.closing, version=1, changed=(), remarks="")
    second = replace(first, version=2, remarks="Panne du lecteur\xa0: 40 min <sans> appel")
    annex = plain(day_files(desk, closed.figures, [first, second], second)[0].content)
    assert annex.count("Observations :") == 1
    assert "Observations : Panne du lecteur : 40 min <sans> appel" in annex


@pytest.mark.parametrize(
    ("figure", "before", "after", "told"),
    [
        (
            "by_service.Accueil et dépôt.waits.median",
            "12.5",
            "14",
            "Accueil et dépôt · Attente médiane : 12,5 min puis 14",
        ),
        ("by_purpose.M. X.received", 1, None, "Motif : M. X · Reçus : 1 puis –"),
        ("waits.within_target", "0.5", "0.755", "Part des attentes dans le délai visé : 50 % puis 75,5 %"),
        ("stopped.already_checked_in", 1, 2, "Réponses bloquantes · DÉJÀ ENREGISTRÉ : 1 puis 2"),
        ("arrivals.09:30", None, 2, "Arrivées · 9 h 30 : – puis 2"),
        ("without_appointment.anef", 1, 3, "sans rendez-vous · anef : 1 puis 3"),
        ("handover.evening", 11, 12, "Titres le soir : 11 puis 12"),
        ("not_sent", ["Guichet 2"], [], "tout envoyé : Guichet 2 puis –"),
        ("open_conflicts", 1, 0, "Conflits ouverts : 1 puis 0"),
    ],
)
def test_the_annex_tells_what_changed_in_words(desk: Desk, figure: str, before: Json, after: Json, told: str) -> None:
    closed = closed_day(desk, DAYS[1])
    change: dict[str, Json] = {"figure": figure, "before": before, "after": after}
    second = replace(closed.closing, version=2, changed=(change,))
    assert told in plain(day_files(desk, closed.figures, [second], second)[0].content)


def _somebody_everywhere(value: Json) -> Json:
    """The same figures with nobody missing: what counts nobody differs from no figure in nothing."""
    if isinstance(value, dict):
        return {name: _somebody_everywhere(inside) for name, inside in value.items()}
    return 1 if value == 0 else value


def test_every_figure_that_a_version_signs_has_words(desk: Desk, figures: PeriodFigures) -> None:
    groups: Json = [{"name": "A.B", "received": 1, "waits": {"p90": "3"}}]
    signed = changes({}, _somebody_everywhere({**counted(figures), "by_service": groups}))
    assert len(signed) > 40
    assert [one["figure"] for one in signed if figure_words(str(one["figure"])) == one["figure"]] == []


def test_the_page_tells_the_median_and_nine_in_ten_of_each_service_and_purpose(
    desk: Desk, figures: PeriodFigures
) -> None:
    (service, *_others), (purpose, *_rest) = figures.by_service, figures.by_purpose
    told = replace(
        figures,
        by_service=(replace(service, waits=Times(3, 14.5, 31.5, 40, 0.5)),),
        by_purpose=(replace(purpose, waits=Times(2, 8.5, 22.5, 25, 0.5)),),
    )
    page = plain(period_files(desk, told, None, None)[0].content)
    assert "Méd. 9/10" in page
    joined = page.replace(" ", "")
    for one, waits in ((service, "14,531,5"), (purpose, "8,522,5")):
        counts = "".join(str(getattr(one.balance, name)) for name in COLUMNS)
        assert f"{one.name}{counts}{waits}".replace(" ", "") in joined


def test_the_sheet_of_a_period_has_a_line_for_each_service_and_purpose(
    files: dict[str, DayFile], figures: PeriodFigures
) -> None:
    rows = list(csv.DictReader(io.StringIO(files["csv"].content.decode("utf-8-sig")), delimiter=";"))
    told = {row["Jour"]: row for row in rows}
    for words, groups in (("Service", figures.by_service), ("Motif", figures.by_purpose)):
        for one in groups:
            row = told[f"{words}\xa0: {one.name}"]
            assert row["Convoqués"] == str(one.balance.convened)
            heads = ("Attente médiane", "Attente de 9 sur 10, au plus", "Durée médiane au guichet")
            durations = (one.waits.median, one.waits.p90, one.services.median)
            told_minutes = ["" if it is None else f"{it:g}" for it in durations]
            assert [row[name].replace(",", ".") for name in heads] == told_minutes
            assert row["Venus sans rendez-vous"] == ""


def test_a_purpose_of_a_list_is_no_formula_of_the_sheet_of_a_period(desk: Desk, figures: PeriodFigures) -> None:
    told = replace(figures, by_purpose=(replace(figures.by_purpose[0], name='=1+1;"x"'),))
    sheet = period_files(desk, told, None, None)[3].content.decode("utf-8-sig")
    cells = [row[0] for row in csv.reader(io.StringIO(sheet), delimiter=";")]
    assert 'Motif\xa0: =1+1;"x"' in cells


def test_the_annex_names_each_answer_that_stopped_somebody(desk: Desk, figures: PeriodFigures) -> None:
    stopped = replace(figures, gestures=replace(figures.gestures, stopped={"late": 1, "already_checked_in": 2}))
    annex = plain(period_files(desk, stopped, None, None)[1].content)
    assert "EN RETARD" in annex
    assert "DÉJÀ ENREGISTRÉ" in annex
    assert "ATTENTION" not in annex


def test_one_person_and_one_passage_are_told_in_the_singular(desk: Desk) -> None:
    alone = replace(day_figures(desk, DAYS[1]), waits=Times(1, 9, 9, 9, 1.0), services=Times(1, 5, 5, 5, 1.0))
    told = plain(day_page(desk, alone).pdf)
    assert "(1 personne)" in told
    assert "(1 passage)" in told


def plain(pdf: bytes) -> str:
    """Its words on one line, whatever spaces part them."""
    return re.sub(r"\s+", " ", words_of(pdf))


def test_the_page_says_how_many_desks_have_not_sent_everything_of_how_many(desk: Desk) -> None:
    late = replace(day_figures(desk, DAYS[0]), desks=4, not_sent=("Guichet 2", "Guichet 3"))
    page = plain(day_page(desk, late).pdf)
    assert f"{desk.rules.name}, 4 postes" in page
    assert "2 postes sur 4 n’ont pas tout envoyé : Guichet 2, Guichet 3" in page


def test_the_page_says_where_people_summoned_by_sms_are_counted_when_there_are_permits(desk: Desk) -> None:
    figures = day_figures(desk, DAYS[0])
    assert "convoqué par SMS" in plain(day_page(desk, replace(figures, stock=Stock(2, 1, 1, 0, 2))).pdf)
    assert "convoqué par SMS" not in plain(day_page(desk, replace(figures, stock=Stock())).pdf)
