"""Shapes of a scanned paper: its seal (2D-Doc) and its zone (MRZ). Keys are a contract, listed in docs/cli.md."""

from datetime import date

from counter_app.domain.acts import Json
from counter_app.domain.mrz import MrzFault
from counter_app.domain.sealed_document import SealFault
from counter_app.usecases.scanned_paper import ScannedPaper

Shape = dict[str, Json]


def scanned_paper(paper: ScannedPaper | None) -> Shape:
    """The seal and the zone of a paper that was scanned, each null when it has none."""
    return {"seal": _seal(paper) if paper else None, "mrz": _zone(paper) if paper else None}


def _seal(paper: ScannedPaper) -> Shape | None:
    if paper.check is None:
        return None
    seal, fault = paper.seal, paper.fault
    return {
        "status": paper.check.status.value,
        "signed_by": paper.check.authority or None,
        "out_of_period": paper.check.out_of_period,
        "authority": seal.authority if seal else None,
        "certificate": seal.certificate if seal else None,
        "signed_on": _day(seal.signed_on) if seal else None,
        "emitted_on": _day(seal.emitted_on) if seal else None,
        "document_type": seal.document_type if seal else None,
        "kind": seal.kind if seal else None,
        "fields": {field.name: field.value for field in seal.fields} if seal else {},
        "fault": fault.value if isinstance(fault, SealFault) else None,
        "message": fault.sentence if fault else None,
    }


def _zone(paper: ScannedPaper) -> Shape | None:
    if paper.check is not None:
        return None
    zone, identity, fault = paper.zone, paper.identity, paper.fault
    return {
        "valid": zone is not None,
        "fault": fault.check.value if isinstance(fault, MrzFault) else None,
        "message": fault.sentence if fault else None,
        "format": zone.format.value if zone else None,
        "document_code": zone.document_code if zone else None,
        "issuer": zone.issuer if zone else None,
        "document_number": zone.document_number if zone else None,
        "surname": zone.surname if zone else None,
        "given_names": zone.given_names if zone else None,
        "nationality": zone.nationality if zone else None,
        "birth_date": identity.birth_date,
        "sex": zone.sex if zone else None,
        "expiry": _day(identity.expiry),
        "optional": zone.optional if zone else None,
        "proposed_number": identity.foreign_number,
        "repaired": paper.repaired,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
