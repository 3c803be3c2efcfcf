"""Invented lists in the shapes that offices export, written to any kind of file."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from counter_app.imports.appointments import AppointmentFile, ListedAppointment, RejectedRow, read_appointments
from counter_app.imports.mapping import Mapping
from counter_app.imports.sheet import read_sheet

PARIS = ZoneInfo("Europe/Paris")
Cell = str | int | float | bool | date | datetime | time | timedelta | None


def _cut(headings: str) -> list[str]:
    return headings.split(";")


PARTICIPATIONS = _cut(
    "usager;rdv_id;année;date prise rdv;heure prise rdv;origine;date rdv;heure rdv;service;motif;contexte;statut;lieu;"
    "professionnel.le(s);commune du responsable;usager mineur ?;résultat des notifications;Organisation;date naissance;"
    "code postal du responsable;créé par;email(s) professionnel.le(s)"
)
RDV = _cut(
    "année;date prise rdv;heure prise rdv;origine;date rdv;heure rdv;service;motif;contexte;statut;lieu;"
    "professionnel.le(s);usager(s);commune du premier responsable;au moins un usager mineur ?;"
    "résultat des notifications;Organisation;date naissance;code postal du premier responsable;créé par;"
    "email(s) professionnel.le(s);rdv collectif"
)
RDV_INSERTION = _cut(
    "Date du RDV;Heure du RDV;Motif du RDV;Nature du RDV;RDV pris en autonomie ?;RDV pris le;Statut;Référent(s);"
    "Organisation du rendez-vous;Civilité;Nom;Prénom;Numéro CAF;ID interne au département;ID France Travail;Email;"
    "Adresse;CP;Ville;Téléphone;Date de naissance;Date de création;Date d'entrée flux;Rôle;Tags"
)
DOSSIERS = _cut(
    "ID;Email;FranceConnect ?;Civilité;Nom;Prénom;Dépôt pour un tiers;Nom du mandataire;Prénom du mandataire;"
    "À archiver;État du dossier;Dernière mise à jour le;Déposé le;Traité le;Instructeurs;Numéro étranger (AGDREF);"
    "Date de naissance;Code postal;Date de fin de validité du titre;Date et heure de convocation;"
    "Objet de la convocation"
)

PARTICIPATION = {
    "usager": "SOW Aïssata",
    "rdv_id": "700001",
    "année": "2026",
    "date prise rdv": "08/10/2026",
    "heure prise rdv": "14h31",
    "date rdv": "23/11/2026",
    "heure rdv": "09h10",
    "service": "Séjour",
    "motif": "Renouvellement de titre de séjour",
    "contexte": "N° étranger : 5912345678",
    "statut": "À renseigner",
    "lieu": "Préfecture (1 place de la République, Lille, 59000)",
    "professionnel.le(s)": "Guichet 3",
    "usager mineur ?": "non",
    "Organisation": "Préfecture du Nord",
    "date naissance": "21/03/1962",
    "code postal du responsable": "59650",
}
RDV_ROW = {
    **{heading: PARTICIPATION[heading] for heading in RDV if heading in PARTICIPATION},
    "usager(s)": "SOW Aïssata",
    "au moins un usager mineur ?": "non",
    "code postal du premier responsable": "59650",
}
RDV_INSERTION_ROW = {
    "Date du RDV": "23/11/2026",
    "Heure du RDV": " 9h10",
    "Motif du RDV": "Remise de titre",
    "RDV pris le": "08/10/2026",
    "Statut": "À venir",
    "Organisation du rendez-vous": "Préfecture du Nord",
    "Nom": "SOW",
    "Prénom": "Aïssata",
    "ID interne au département": "5912345678",
    "CP": "59650",
    "Date de naissance": "21/03/1962",
}
DOSSIER = {
    "ID": "17000001",
    "Email": "personne@example.org",
    "Nom": "Sow",
    "Prénom": "Aïssata",
    "État du dossier": "Refusé",
    "Déposé le": "2026-10-08 10:12",
    "Numéro étranger (AGDREF)": "5912345678",
    "Date de naissance": "1962-03-21",
    "Code postal": "59650",
    "Date de fin de validité du titre": "2026-12-08",
    "Date et heure de convocation": "2026-11-23 09:10",
    "Objet de la convocation": "Remise de titre",
}


def table(headings: Sequence[str], *rows: dict[str, str]) -> list[list[str]]:
    """Headings and rows as lines of cells; what a row does not say is empty."""
    return [list(headings), *([row.get(heading, "") for heading in headings] for row in rows)]


def csv_text(lines: Iterable[Sequence[str]], separator: str = ";") -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=separator).writerows(lines)
    return written.getvalue()


def write_csv(path: Path, lines: Iterable[Sequence[str]], separator: str = ";", encoding: str = "utf-8") -> Path:
    path.write_bytes(csv_text(lines, separator).encode(encoding))
    return path


def _style(number_format: str) -> xlwt.XFStyle:
    style = xlwt.XFStyle()
    style.num_format_str = number_format
    return style


def write_xls(path: Path, lines: Sequence[Sequence[Cell]], name: str = "Export") -> Path:
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet(name)
    plain = xlwt.XFStyle()
    styles = {date: _style("dd/mm/yyyy"), datetime: _style("dd/mm/yyyy hh:mm"), time: _style("hh:mm")}
    for at, line in enumerate(lines):
        for column, cell in enumerate(line):
            if cell is not None:
                sheet.write(at, column, cell, styles.get(type(cell), plain))
    workbook.save(str(path))
    return path


def write_xlsx(path: Path, lines: Sequence[Sequence[Cell]], name: str = "Export") -> Path:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = name
    for line in lines:
        sheet.append(list(line))
    workbook.save(path)
    return path


def write_ods(path: Path, lines: Sequence[Sequence[Cell]], name: str = "Dossiers") -> Path:
    document = OpenDocumentSpreadsheet()
    sheet = Table(name=name)
    for line in lines:
        row = TableRow()
        for cell in line:
            row.addElement(_ods_cell(cell))
        sheet.addElement(row)
    document.spreadsheet.addElement(sheet)
    document.save(str(path))
    return path


def _ods_cell(cell: Cell) -> TableCell:
    if isinstance(cell, date):
        return TableCell(valuetype="date", datevalue=cell.isoformat())
    if isinstance(cell, time):
        return TableCell(valuetype="time", timevalue=f"PT{cell.hour:02}H{cell.minute:02}M00S")
    if isinstance(cell, int | float):
        return TableCell(valuetype="float", value=str(cell))
    written = TableCell(valuetype="string")
    written.addElement(P(text=cell or ""))
    return written


def opened(path: Path, mapping: Mapping | None = None) -> AppointmentFile:
    return read_appointments(read_sheet(path), mapping, PARIS)


def outcomes(path: Path, mapping: Mapping | None = None) -> list[ListedAppointment | RejectedRow]:
    return list(opened(path, mapping))


def the_listed(path: Path, mapping: Mapping | None = None) -> ListedAppointment:
    (outcome,) = outcomes(path, mapping)
    assert isinstance(outcome, ListedAppointment), outcome
    return outcome


def the_rejected(path: Path, mapping: Mapping | None = None) -> RejectedRow:
    (outcome,) = outcomes(path, mapping)
    assert isinstance(outcome, RejectedRow), outcome
    return outcome
