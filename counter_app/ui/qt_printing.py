"""Printing through Qt where the system has no CUPS commands: the page is drawn at the printer's own resolution."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QSize, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from counter_app.documents.print_answers import Printed, QueueState, Reason, Waiting, waiting

POINTS_PER_INCH = 72
_STATES = {
    QPrinter.PrinterState.Error: Reason.PAUSED,
    QPrinter.PrinterState.Aborted: Reason.UNREACHABLE,
}


def qt_queues() -> tuple[QueueState, ...]:
    """Printers that Qt knows, and whether each takes papers."""
    return tuple(QueueState(info.printerName(), _blocked(info)) for info in QPrinterInfo.availablePrinters())


def qt_print(pdf: bytes, title: str, name: str) -> Printed | Waiting:
    """Draw every page of a paper onto a printer, at its own size, without scaling its bars."""
    info = QPrinterInfo.printerInfo(name)
    if info.isNull():
        return waiting(Reason.UNKNOWN_QUEUE, name)
    blocked = _blocked(info)
    if blocked:
        return blocked
    printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setFullPage(True)
    return Printed(name, finished=True) if _draw(pdf, printer) else waiting(Reason.UNREACHABLE, name)


def _blocked(info: QPrinterInfo) -> Waiting | None:
    reason = _STATES.get(info.state())
    return waiting(reason, info.printerName()) if reason else None


def _draw(pdf: bytes, printer: QPrinter) -> bool:
    buffer = QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    painter = QPainter()
    for page in range(document.pageCount()):
        _take_size(printer, document.pagePointSize(page))
        if page == 0 and not painter.begin(printer):
            return False
        if page:
            printer.newPage()
        painter.drawImage(0, 0, _picture(document, page, printer.resolution()))
    return bool(painter.end())


def _take_size(printer: QPrinter, points: QSizeF) -> None:
    size = QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    printer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF()))


def _picture(document: QPdfDocument, page: int, resolution: int) -> QImage:
    """The page on white, one pixel per printer dot: bars stay whole."""
    points = document.pagePointSize(page)
    scale = resolution / POINTS_PER_INCH
    size = QSize(round(points.width() * scale), round(points.height() * scale))
    picture = QImage(size, QImage.Format.Format_RGB32)
    picture.fill(0xFFFFFFFF)
    painter = QPainter(picture)
    painter.drawImage(0, 0, document.render(page, size))
    painter.end()
    picture.setDotsPerMeterX(round(resolution / 0.0254))
    picture.setDotsPerMeterY(round(resolution / 0.0254))
    return picture
