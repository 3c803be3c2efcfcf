"""Find the one permit that a gesture of the stock is about: by the code or card number of the sleeve, or by number."""

from counter_app.domain.codes import CodeKind, OwnCode, read_code
from counter_app.domain.verdict import Verdict
from counter_app.store.connection import Connection
from counter_app.usecases.handover_search import find_permits
from counter_app.usecases.stock_answers import StockAnswer, StockRefusal


def sought(connection: Connection, raw: str) -> StockAnswer:
    """The permit meant by what was scanned or typed; a refusal when it means none, or several."""
    if not raw.strip():
        return StockAnswer(StockRefusal.NOTHING_READ, raw)
    found = find_permits(connection, raw)
    permits = tuple(permit for permit in found.permits if permit.listings)
    if len(permits) == 1:
        return StockAnswer(None, raw, permits[0])
    if permits:
        return StockAnswer(StockRefusal.SEVERAL_PERMITS, raw, matches=permits)
    code = read_code(raw)
    if isinstance(code, OwnCode) and code.kind is not CodeKind.HANDOVER:
        return StockAnswer(StockRefusal.OTHER_CODE, raw)
    broken = found.verdict is Verdict.UNREADABLE_CODE and code is not None
    return StockAnswer(StockRefusal.UNREADABLE_CODE if broken else StockRefusal.UNKNOWN_PERMIT, raw)
