"""Options of the verbs of figures: a day closed, the report of a period."""

from argparse import ArgumentParser

from counter_app.cli.choices import OneOf
from counter_app.cli.values import day, place, words


def close_options(close: ArgumentParser) -> None:
    """A day closed, its figures signed."""
    close.add_argument("--day", type=day, metavar="JOUR", help="aujourd’hui si rien n’est dit")
    close.add_argument("--out", type=place, required=True, metavar="DOSSIER", help="où écrire le bilan")
    close.add_argument("--remarks", type=words, default="", metavar="TEXTE", help="observations")


def report_options(report: ArgumentParser) -> None:
    """The figures of a period, beside another one."""
    report.add_argument("--from", type=day, required=True, dest="since", metavar="JOUR")
    report.add_argument("--to", type=day, required=True, dest="until", metavar="JOUR")
    report.add_argument("--service", type=words, default="", metavar="CLÉ", help="les personnes d’un seul service")
    report.add_argument("--desk", type=words, default="", metavar="NOM", help="les personnes qu’un guichet a appelées")
    before = OneOf("choices.compare", ("previous",))
    report.add_argument("--compare", choices=before, help="compare à une autre période")
    report.add_argument("--compare-from", type=day, dest="compare_since", metavar="JOUR", help="ou à celle-ci")
    report.add_argument("--compare-to", type=day, dest="compare_until", metavar="JOUR")
    report.add_argument("--out", type=place, metavar="DOSSIER", help="où écrire page, annexe, classeur et chiffres")
