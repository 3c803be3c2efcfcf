"""Headings: one form whatever the hand, found by wording and never by place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.imports.headings import SEARCHED_LINES, fold_heading, locate_headings, unique_headings
from counter_app.imports.mapping import suggest_mapping
from counter_app.imports.sources import SOURCE_COLUMNS, Source, detect_source
from counter_app.imports.targets import Target, recognised, target_of
from tests.imports.lists import DOSSIERS, PARTICIPATIONS, RDV, RDV_INSERTION


@pytest.mark.parametrize(
    ("heading", "folded"),
    [
        ("  Prénom * ", "prenom"),
        ("PRÉNOM :", "prenom"),
        ("N° étranger", "numero etranger"),
        ("Nº étranger", "numero etranger"),
        ("No étranger", "numero etranger"),
        ("Né(e) le", "ne le"),
        ("né·e le", "ne le"),
        ("Date d’entrée", "date d entree"),
        ("Date d'entrée", "date d entree"),
        ("date\u00a0naissance\n", "date naissance"),
        ("professionnel.le(s)", "professionnel le s"),
        ("Cœur", "coeur"),
        ("rdv_id", "rdv id"),
    ],
)
def test_a_heading_has_one_form(heading: str, folded: str) -> None:
    assert fold_heading(heading) == folded


@given(st.text(max_size=30))
def test_a_folded_heading_is_plain_words(heading: str) -> None:
    folded = fold_heading(heading)
    assert folded.isascii()
    assert folded == " ".join(folded.lower().split())


@given(st.lists(st.sampled_from(["Nom", "nom ", "", " ", "Date"]), max_size=12))
def test_made_unique_no_heading_is_there_twice(headings: list[str]) -> None:
    assert len(set(unique_headings(headings))) == len(headings)


@pytest.mark.parametrize(
    ("headings", "source"),
    [
        (PARTICIPATIONS, Source.rdv_service_public_participations),
        (RDV, Source.rdv_service_public_rdv),
        (RDV_INSERTION, Source.rdv_insertion),
        (DOSSIERS, Source.demarches_simplifiees),
        (["Nom", "Prénom", "Date", "Heure"], Source.other),
    ],
)
def test_each_export_is_recognised_whatever_the_order_of_its_columns(headings: list[str], source: Source) -> None:
    assert detect_source(headings) is source
    assert detect_source(sorted(heading.upper() + " :" for heading in headings)) is source
    assert detect_source([*headings[:3], "colonne nouvelle", *headings[3:]]) is source


@pytest.mark.parametrize("source", [source for source in Source if source is not Source.other])
def test_every_column_known_of_a_source_is_in_its_export(source: Source) -> None:
    exports = {
        Source.rdv_service_public_participations: PARTICIPATIONS,
        Source.rdv_service_public_rdv: RDV,
        Source.rdv_insertion: RDV_INSERTION,
        Source.demarches_simplifiees: DOSSIERS,
    }
    folded = {fold_heading(heading) for heading in exports[source]}
    assert {heading for headings in SOURCE_COLUMNS[source].values() for heading in headings} <= folded


@pytest.mark.parametrize(
    ("heading", "target"),
    [
        ("Nom de famille", Target.family_name),
        ("Nom d'usage", Target.used_name),
        ("Prénom(s)", Target.given_name),
        ("NOM Prénom", Target.name),
        ("Usager", Target.name),
        ("Né(e) le", Target.birth_date),
        ("Date de naissance *", Target.birth_date),
        ("N_ETRANGER", Target.foreign_number),
        ("N° AGDREF", Target.foreign_number),
        ("Votre numéro d'étranger (10 chiffres)", Target.foreign_number),
        ("Créneau réservé", Target.slot),
        ("Date et heure du rendez-vous", Target.slot),
        ("Convocation le", Target.slot),
        ("Date RDV", Target.day),
        ("Heure rdv", Target.hour),
        ("Motif", Target.purpose),
        ("Objet", Target.purpose),
        ("Lieu", Target.place),
        ("Guichet", Target.desk),
        ("C.P.", Target.postcode),
        ("Réf.", Target.reference),
        ("État", Target.status),
        ("Validité", Target.document_expiry),
        ("Date d’expiration du titre de séjour", Target.document_expiry),
    ],
)
def test_the_words_offices_use_are_understood(heading: str, target: Target) -> None:
    assert target_of(heading) is target


@pytest.mark.parametrize(
    "heading",
    [
        *("État du dossier", "Déposé le", "Date du dernier RDV", "Nom du mandataire", "Première invitation envoyée le"),
        *("Diplôme étranger", "Date de création", "Email", "Civilité", "Nom du prescripteur (interne)", ""),
    ],
)
def test_headings_about_something_else_are_left_alone(heading: str) -> None:
    assert target_of(heading) is None


def test_nom_is_the_whole_name_alone_and_the_family_name_beside_prenom() -> None:
    assert suggest_mapping(["Nom", "Date", "Heure"]).columns[Target.name] == ("Nom",)
    beside = suggest_mapping(["Nom", "Prénom", "Date", "Heure"]).columns
    assert beside[Target.family_name] == ("Nom",)
    assert Target.name not in beside


def test_the_heading_about_the_appointment_is_preferred() -> None:
    columns = suggest_mapping(["Nom", "Date", "Date du RDV", "Référence", "Référence RDV"]).columns
    assert columns[Target.day] == ("Date du RDV",)
    assert columns[Target.reference] == ("Référence RDV",)


def test_the_state_of_a_dossier_is_not_the_status_of_an_appointment() -> None:
    assert Target.status not in suggest_mapping(DOSSIERS).columns


def test_headings_beyond_the_first_lines_are_not_searched() -> None:
    far = [["12"]] * SEARCHED_LINES + [["Nom", "Date"]]
    assert locate_headings(far, recognised) is None


@given(st.lists(st.lists(st.text(max_size=8), max_size=5), max_size=8))
def test_any_lines_can_be_searched(lines: list[list[str]]) -> None:
    located = locate_headings(lines, recognised)
    assert located is None or 0 <= located.index < len(lines)
