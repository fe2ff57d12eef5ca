"""The arguments of ``cart-screen export html`` and ``export component``."""

from __future__ import annotations

import argparse


def add_component(
    formats: argparse._SubParsersAction[argparse.ArgumentParser], default_set: str, set_help: str, date_help: str
) -> None:
    """Add the two commands to the formats of ``export``."""
    html = formats.add_parser(
        "html", allow_abbrev=False, help="print the questionnaire as one HTML page that needs nothing from outside"
    )
    html.add_argument("--criteria", metavar="SET", default=default_set, help=set_help)
    html.add_argument("--as-of", metavar="DATE", help=date_help)
    html.add_argument("--language", metavar="LANG", default="en", help="the language of the words (en)")
    html.add_argument(
        "--for",
        dest="audience",
        choices=["patient", "child", "clinician"],
        help="whom the words speak to (the patient, or a child's parents where the age that is given is a child's)",
    )

    def run_html(options: argparse.Namespace) -> int:
        from cart_screen.cli.component import run_export_html
        from cart_screen.texts import Audience

        audience = Audience(options.audience) if options.audience else None
        return run_export_html(options.criteria, options.as_of, options.language, audience)

    html.set_defaults(run=run_html)

    component = formats.add_parser(
        "component", allow_abbrev=False, help="write the files of the element <cart-screen> into a folder"
    )
    component.add_argument("folder", metavar="DIR", help="a folder, which is made where it is missing")
    component.add_argument("--criteria", nargs="+", action="extend", metavar="SET", help=f"{set_help} (all)")
    component.add_argument("--as-of", metavar="DATE", help=date_help)

    def run_component(options: argparse.Namespace) -> int:
        from cart_screen.cli.component import run_export_component

        if options.folder in ("", "-"):
            component.error("DIR needs the name of a folder")
        return run_export_component(options.folder, options.criteria or [], options.as_of)

    component.set_defaults(run=run_component)
