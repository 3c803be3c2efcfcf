"""Reading a paper back: its picture as a printer would make it, its codes, its words, its places."""

import subprocess
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import zxingcpp
from PIL import Image

THERMAL, LASER = 203.2, 300.0
"""Dots per inch: 8 dots a millimetre, and a plain laser printer."""


def pictures(pdf: bytes, dpi: float) -> list[Image.Image]:
    """Every page in grey levels."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / 72).to_pil().convert("L") for page in document]
    finally:
        document.close()


def codes_on(picture: Image.Image) -> dict[str, str]:
    """What a reader finds on the picture: text per kind of code."""
    return {str(code.format): code.text for code in zxingcpp.read_barcodes(picture)}


def words(pdf: bytes) -> str:
    """The text of the whole file as a reader extracts it, Arabic letters in their plain forms."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    text = unicodedata.normalize("NFKC", "\n".join(pages))
    return " ".join(text.split())


@dataclass(frozen=True)
class Ink:
    """How far the black of a page lies from its edges, in millimetres."""

    left: float
    top: float
    right: float
    bottom: float


def ink(picture: Image.Image, dpi: float) -> Ink:
    """The white margins of a page."""
    box = picture.point(lambda level: 255 if level < 128 else 0).getbbox()
    assert box, "an empty page"
    mm = 25.4 / dpi
    left, top, right, bottom = box
    return Ink(left * mm, top * mm, (picture.width - right) * mm, (picture.height - bottom) * mm)


def picture_of_postscript(job: bytes, folder: Path) -> Image.Image:
    """What a PostScript printer of 300 dpi would put on paper."""
    source, target = folder / "job.ps", folder / "page.png"
    source.write_bytes(job)
    order = ["gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pnggray", "-r300", f"-sOutputFile={target}"]
    subprocess.run([*order, str(source)], check=True, timeout=120)
    with Image.open(target) as page:
        page.load()
        return page
