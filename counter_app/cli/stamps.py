"""The tariff of tax stamps, told; and the amount that a handover expects by a case of it."""

import argparse
from datetime import date

from counter_app.cli.answer import DONE, NO, Answer, of_refusal
from counter_app.cli.opening import at_the_desk
from counter_app.cli.shapes import Shape
from counter_app.domain.french import typeset
from counter_app.domain.tax_stamps import Case, StampAmount, Tariff
from counter_app.office import Office
from counter_app.wording.choices import listed


@at_the_desk
def stamps(office: Office, options: argparse.Namespace) -> Answer:
    """What each case of the tariff costs on a day, or one of them."""
    on = options.day or office.desk.now().date()
    tariff = office.desk.rules.tariff
    if options.case and options.case not in dict(tariff.cases):
        return unknown_case(tariff, options.case)
    cases = (tariff.on(options.case, on),) if options.case else tariff.cases_on(on)
    message = None if cases else _before_all(tariff, on)
    shape: Shape = {"day": on.isoformat(), "stamps": [_shape(case) for case in cases], "message": message}
    unknown = not cases or (options.case and not isinstance(cases[0], StampAmount))
    return Answer(NO if unknown else DONE, shape, message or "\n".join(_line(case) for case in cases))


def _before_all(tariff: Tariff, on: date) -> str:
    return typeset(
        f"Aucun montant n’est connu pour le {on:%d/%m/%Y} : le tarif de cette version commence le "
        f"{tariff.begins:%d/%m/%Y}. Lisez le montant sur le SMS ou sur la liste, ou demandez un autre jour (--day)."
    )


def expected_by(tariff: Tariff, case: str, on: date) -> StampAmount | Answer:
    """What a case costs on a day, or why the tariff does not say."""
    found = tariff.on(case, on)
    if isinstance(found, StampAmount):
        return found
    if case not in dict(tariff.cases):
        return unknown_case(tariff, case)
    return of_refusal(
        "case_not_confirmed",
        f"{found.label} : aucune source ne confirme ce montant. Lisez-le sur le SMS : --amount-due.",
    )


def unknown_case(tariff: Tariff, case: str) -> Answer:
    """The case asked for is in no table."""
    return of_refusal("unknown_case", f"Le tarif n’a pas de cas « {case} ». Cas connus : {listed(tariff.cases)}.")


def _shape(case: Case) -> Shape:
    known = case if isinstance(case, StampAmount) else None
    return {
        "case": case.case,
        "label": case.label,
        "total": known.total if known else None,
        "tax": known.tax if known else None,
        "duty": known.duty if known else None,
        "since": known.since.isoformat() if known else None,
        "until": known.until.isoformat() if known and known.until else None,
        "note": known.note if known else "",
        "source": case.source,
        "confidence": known.confidence.value if known else None,
    }


def _line(case: Case) -> str:
    if not isinstance(case, StampAmount):
        return f"{case.case}  {case.label} : montant non confirmé, voir le SMS"
    return f"{case.case}  {case.label} : {case.total} € ({case.tax} + {case.duty})"
