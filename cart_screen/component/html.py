"""The whole questionnaire as one HTML document that needs nothing from outside."""

from __future__ import annotations

from datetime import date
from html import escape

from cart_screen.component.data import page_data
from cart_screen.component.files import component_script
from cart_screen.model import CriteriaSet
from cart_screen.sheet.html_document import hash_source
from cart_screen.texts import Audience, Texts

_STYLE = "html{color-scheme:light dark;background:Canvas}body{margin:0}"


def to_html(criteria: CriteriaSet, as_of: date, language: str = "en", audience: Audience | None = None) -> str:
    """
    Give the questionnaire of a criteria set as of a day as one page, to open from a disk or to serve.

    Its policy allows these scripts and this style, by their hashes, and no request at all. ``audience`` is whom its
    words speak to; where it is None they are a patient's, and those for a child once a young age is given.

    Raises
    ------
    LanguageUnknown
        When the set has no words in that language.
    """
    page = page_data(criteria, as_of, language)
    # A page is shown as soon as its element is there, so its data comes first.
    scripts = (component_script([criteria]), page.script)
    policy = (
        f"default-src 'none'; script-src {' '.join(map(hash_source, scripts))}; style-src {hash_source(_STYLE)}; "
        "base-uri 'none'; form-action 'none'"
    )
    spoken = Texts(criteria, language, audience or Audience.PATIENT)
    named = f'criteria="{escape(criteria.id)}" lang="{escape(language)}"' + (f' mode="{audience}"' if audience else "")
    return "\n".join(
        (
            "<!DOCTYPE html>",
            f'<html lang="{escape(language)}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>{escape(spoken.get('terminal', 'title'))}</title>",
            f"<style>{_STYLE}</style>",
            *(f"<script>{script}</script>" for script in scripts),
            "</head>",
            "<body>",
            f"<main><cart-screen {named}></cart-screen></main>",
            f"<noscript>{escape(spoken.get('web', 'script-needed'))}</noscript>",
            "</body>",
            "</html>",
            "",
        )
    )
