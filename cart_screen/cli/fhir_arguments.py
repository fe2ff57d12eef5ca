"""The arguments of ``cart-screen export fhir``."""

from __future__ import annotations

import argparse


def add_fhir(
    formats: argparse._SubParsersAction[argparse.ArgumentParser], default_set: str, set_help: str, date_help: str
) -> None:
    """Add the command to the formats of ``export``."""
    fhir = formats.add_parser(
        "fhir", allow_abbrev=False, help="print the questionnaire as a FHIR R4 Questionnaire (extra: fhir)"
    )
    fhir.add_argument("--criteria", metavar="SET", default=default_set, help=set_help)
    fhir.add_argument("--as-of", metavar="DATE", help=date_help)
    fhir.add_argument("--language", metavar="LANG", default="en", help="the language of the words (en)")
    fhir.add_argument(
        "--for",
        dest="audience",
        choices=["patient", "child", "clinician"],
        default="patient",
        help="whom the words speak to (patient)",
    )

    def run_fhir(options: argparse.Namespace) -> int:
        from cart_screen.cli.fhir import run_export_fhir
        from cart_screen.texts import Audience

        return run_export_fhir(
            criteria=options.criteria,
            as_of=options.as_of,
            language=options.language,
            audience=Audience(options.audience),
        )

    fhir.set_defaults(run=run_fhir)
