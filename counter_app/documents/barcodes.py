"""Code 128 and QR codes drawn as black rectangles in whole printer dots: never a picture, never scaled.

python-barcode encodes Code 128 and zxing-cpp encodes QR; only the modules are taken from them.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

from counter_app.documents.surface import Surface

QUIET_128, QUIET_QR = 10, 4
"""Modules left white on each side (ISO/IEC 15417 and 18004)."""
OWN_LEVEL, LINK_LEVEL = "Q", "M"
"""Error correction of our own codes, read by the desk; of web addresses, read by telephones."""


@lru_cache(maxsize=16)
def code128_modules(text: str) -> tuple[int, ...]:
    """The widths in modules of the bars and spaces, in turn, first a bar, without quiet zones.

    Raises ValueError for an empty text or a character outside printable ASCII.
    """
    if not text or not text.isascii() or not text.isprintable():
        raise ValueError("a Code 128 holds printable ASCII, at least one character")
    from barcode.codex import Code128

    (modules,) = Code128(text).build()
    return tuple(len(list(same)) for _, same in groupby(modules))


@lru_cache(maxsize=16)
def qr_matrix(text: str, level: str = OWN_LEVEL) -> tuple[tuple[bool, ...], ...]:
    """The rows of the QR code, True for a black module, without quiet zone; error correction Q (a quarter) or M.

    An own code gives version 1: 21 modules; a long address on M, version 5: 37. Raises ValueError for an empty text.
    """
    if not text:
        raise ValueError("a QR code holds at least one character")
    import zxingcpp

    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=level)
    image = memoryview(code.to_image(scale=1, add_quiet_zones=False))  # type: ignore[arg-type]
    rows, columns = (image.shape or ())[:2]
    cells = image.tobytes()
    return tuple(tuple(cell == 0 for cell in cells[row * columns : (row + 1) * columns]) for row in range(rows))


def code128_width(text: str, module: float) -> float:
    """The width of the drawn code in points, quiet zones included."""
    return (sum(code128_modules(text)) + 2 * QUIET_128) * module


def draw_code128(page: Surface, text: str, x: float, y: float, module: float, height: float) -> None:
    """Draw the bars upwards from (x, y), the corner of the left quiet zone; `module` and `height` in points."""
    _blank(page, x, y, code128_width(text, module), height)
    path = page.beginPath()
    edge = x + QUIET_128 * module
    for position, width in enumerate(code128_modules(text)):
        if position % 2 == 0:
            path.rect(edge, y, width * module, height)
        edge += width * module
    page.drawPath(path, stroke=0, fill=1)


def qr_width(text: str, module: float, level: str = OWN_LEVEL) -> float:
    """The side of the drawn code in points, quiet zones included."""
    return (len(qr_matrix(text, level)) + 2 * QUIET_QR) * module


def draw_qr(page: Surface, text: str, x: float, y: float, module: float, level: str = OWN_LEVEL) -> None:
    """Draw the code upwards from (x, y), the corner of its quiet zone; `module` in points."""
    matrix = qr_matrix(text, level)
    _blank(page, x, y, (len(matrix) + 2 * QUIET_QR) * module, (len(matrix) + 2 * QUIET_QR) * module)
    path = page.beginPath()
    top = len(matrix) + QUIET_QR - 1
    for row, cells in enumerate(matrix):
        for first, length in _black_runs(cells):
            path.rect(x + (QUIET_QR + first) * module, y + (top - row) * module, length * module, module)
    page.drawPath(path, stroke=0, fill=1)


def _black_runs(cells: tuple[bool, ...]) -> Iterator[tuple[int, int]]:
    column = 0
    for black, same in groupby(cells):
        length = len(list(same))
        if black:
            yield column, length
        column += length


def _blank(page: Surface, x: float, y: float, width: float, height: float) -> None:
    """White under the code, so that a watermark never crosses it."""
    page.setFillGray(1)
    page.rect(x, y, width, height, stroke=0, fill=1)
    page.setFillGray(0)
