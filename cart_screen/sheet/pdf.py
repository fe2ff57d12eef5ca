"""A sheet as a tagged PDF, laid out by WeasyPrint from the same HTML."""

from __future__ import annotations

import contextlib
import io
from typing import Any

from cart_screen.errors import ExtraMissing
from cart_screen.sheet.errors import TextLibraryMissing
from cart_screen.sheet.html import to_html
from cart_screen.sheet.page import Sheet

# As wide as A4 and as high as US Letter: what fits here prints on either paper at its full size.
_PAPER = "@page { size: 210mm 279mm }"

# What needs a second side has room there for letters that are easier to read.
_LARGER = "body { font-size: 10pt !important }"

_TAGGED = "pdf/ua-1"


def to_pdf(sheet: Sheet) -> bytes:
    """
    Give a sheet as a PDF (PDF/UA-1) for A4 and US Letter.

    Raises
    ------
    ExtraMissing
        When WeasyPrint is not installed.
    TextLibraryMissing
        When Pango, which WeasyPrint needs, is not installed.
    """
    weasyprint = _weasyprint()
    # A page asks for nothing from outside; if it did, it would get nothing.
    nothing = weasyprint.urls.URLFetcher(allowed_protocols=())
    page = weasyprint.HTML(string=to_html(sheet), base_url="", url_fetcher=nothing)
    paper, larger = (weasyprint.CSS(string=said, url_fetcher=nothing) for said in (_PAPER, _LARGER))
    document = page.render(stylesheets=[paper], pdf_variant=_TAGGED)
    if len(document.pages) > 1:
        roomy = page.render(stylesheets=[paper, larger], pdf_variant=_TAGGED)
        document = roomy if len(roomy.pages) == len(document.pages) else document
    made: bytes = document.write_pdf(pdf_variant=_TAGGED)
    return made


def _weasyprint() -> Any:
    """Load WeasyPrint, which is slow and optional, only where a PDF is made."""
    try:
        # Without Pango it prints a page of advice; the error says it in one sentence.
        with contextlib.redirect_stdout(io.StringIO()):
            import weasyprint
            import weasyprint.urls
    except ImportError as error:
        raise ExtraMissing("pdf") from error
    except OSError as error:
        raise TextLibraryMissing(str(error).partition(":")[0]) from error
    return weasyprint
