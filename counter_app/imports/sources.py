"""The exports that offices really make, recognised by their headings, and the columns each one has.

The headings were read in the public code of these services (rdv-service-public `rdv_exporter.rb` and
`participation_exporter.rb`, rdv-insertion `services/exporters`, demarches-simplifiees `dossier_export_concern.rb`).
"""

from collections.abc import Iterable
from enum import StrEnum

from counter_app.imports.headings import base_heading, fold_heading
from counter_app.imports.targets import Target


class Source(StrEnum):
    """Where a list comes from. The values are stored with the acts and in saved mappings: never rename one."""

    rdv_service_public_participations = "rdv_service_public_participations"
    rdv_service_public_rdv = "rdv_service_public_rdv"
    rdv_insertion = "rdv_insertion"
    demarches_simplifiees = "demarches_simplifiees"
    other = "other"


_RDV_SERVICE_PUBLIC: dict[Target, tuple[str, ...]] = {
    Target.birth_date: ("date naissance",),
    Target.context: ("contexte",),
    Target.day: ("date rdv",),
    Target.hour: ("heure rdv",),
    Target.purpose: ("motif",),
    Target.service: ("service",),
    Target.place: ("lieu",),
    Target.organisation: ("organisation",),
    Target.desk: ("professionnel le s",),
    Target.status: ("statut",),
    Target.booked_day: ("date prise rdv",),
    Target.booked_hour: ("heure prise rdv",),
}

SOURCE_COLUMNS: dict[Source, dict[Target, tuple[str, ...]]] = {
    Source.rdv_service_public_participations: {
        **_RDV_SERVICE_PUBLIC,
        Target.name: ("usager",),
        Target.reference: ("rdv id",),
        Target.postcode: ("code postal du responsable",),
        Target.minor: ("usager mineur",),
    },
    Source.rdv_service_public_rdv: {
        **_RDV_SERVICE_PUBLIC,
        Target.name: ("usager s",),
        Target.postcode: ("code postal du premier responsable",),
        Target.minor: ("au moins un usager mineur",),
    },
    Source.rdv_insertion: {
        Target.family_name: ("nom",),
        Target.given_name: ("prenom",),
        Target.birth_date: ("date de naissance",),
        Target.context: ("id interne au departement",),
        Target.day: ("date du rdv",),
        Target.hour: ("heure du rdv",),
        Target.purpose: ("motif du rdv",),
        Target.organisation: ("organisation du rendez vous",),
        Target.status: ("statut",),
        Target.postcode: ("cp",),
        Target.booked_day: ("rdv pris le",),
    },
    Source.demarches_simplifiees: {
        Target.reference: ("id",),
        Target.family_name: ("nom",),
        Target.given_name: ("prenom",),
        Target.birth_date: ("date de naissance",),
    },
    Source.other: {},
}
"""Folded headings of each source by target. Form fields of demarches-simplifiees are found by their wording."""

_SIGNS: tuple[tuple[Source, frozenset[str]], ...] = (
    (Source.rdv_service_public_participations, frozenset({"usager", "rdv id", "date rdv", "heure rdv"})),
    (Source.rdv_service_public_rdv, frozenset({"usager s", "date rdv", "heure rdv"})),
    (Source.rdv_insertion, frozenset({"date du rdv", "heure du rdv", "motif du rdv", "nom", "prenom"})),
    (Source.demarches_simplifiees, frozenset({"id", "nom", "prenom", "etat du dossier"})),
    (Source.demarches_simplifiees, frozenset({"id", "email", "etat du dossier"})),
)


def detect_source(headings: Iterable[str]) -> Source:
    """The export these headings belong to; `Source.other` when none is recognised."""
    folded = {fold_heading(base_heading(heading)) for heading in headings}
    return next((source for source, signs in _SIGNS if signs <= folded), Source.other)
