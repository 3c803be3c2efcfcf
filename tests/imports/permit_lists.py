"""Invented lists of permits received, in the shape that offices keep them."""

from tests.imports.lists import table

ROW = {
    "numéro étranger": "5912345678",
    "nom": "SOW",
    "prénom": "Aïssata",
    "date naissance": "21/03/1962",
    "type de titre": "CSP 4 ans",
    "numéro de titre": "F5V9RY2WJ",
    "valable du": "24/10/2026",
    "valable au": "23/10/2030",
    "reçu le": "11/11/2026",
    "lot": "IN-2611-1",
    "bac": "D",
    "rang": "78",
    "timbre à acquitter (€)": "250",
    "téléphone": "+33612340001",
    "SMS envoyé le": "16/11/2026",
    "créneau de remise": "23/11/2026 09:20",
}

HEADINGS = tuple(ROW)


def permit(
    card: str = "F5V9RY2WJ", name: str = "SOW Aïssata", number: str = "5912345678", **more: str
) -> dict[str, str]:
    """A row; keywords name its columns with `_` for a space."""
    family, _, given = name.partition(" ")
    own = {"numéro de titre": card, "nom": family, "prénom": given, "numéro étranger": number}
    return {**ROW, **own, **{key.replace("_", " "): value for key, value in more.items()}}


def permits_table(*rows: dict[str, str]) -> list[list[str]]:
    """Headings then rows; the usual person when none is told."""
    return table(HEADINGS, *(rows or ({**ROW},)))
