"""The arguments of ``cart-screen export``."""

from __future__ import annotations

import argparse
from typing import Any, TypeAlias

from cart_screen.cli.options import dated, named, sets, spoken

Formats: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def export_arguments(formats: Formats) -> None:
    """Add every format that the criteria and the questionnaire can be exported in."""
    _schema(formats)
    _form(formats)
    _html(formats)
    _component(formats)
    _fhir(formats)


def _schema(formats: Formats) -> None:
    schema = formats.add_parser(
        "json-schema", allow_abbrev=False, help="print a use as one JSON Schema document that stands alone"
    )
    named(schema)

    def run(options: argparse.Namespace) -> int:
        from cart_screen.cli.exporting import run_export_schema

        return run_export_schema(options.id, criteria=options.criteria, version=options.version, as_of=options.as_of)

    schema.set_defaults(run=run)


def _form(formats: Formats) -> None:
    form = formats.add_parser(
        "form", allow_abbrev=False, help="print the questionnaire as JSON Schema and uiSchema, for form libraries"
    )
    spoken(form, "the patient")

    def run(options: argparse.Namespace) -> int:
        from cart_screen.cli.exporting import run_export_form

        return run_export_form(**_wished(options))

    form.set_defaults(run=run)


def _html(formats: Formats) -> None:
    html = formats.add_parser(
        "html", allow_abbrev=False, help="print the questionnaire as one HTML page that needs nothing from outside"
    )
    spoken(html, "the patient, or a child's parents where the age that is given is a child's")

    def run(options: argparse.Namespace) -> int:
        from cart_screen.cli.component import run_export_html
        from cart_screen.texts import Audience

        audience = Audience(options.audience) if options.audience else None
        return run_export_html(options.criteria, options.as_of, options.language, audience)

    html.set_defaults(run=run)


def _component(formats: Formats) -> None:
    component = formats.add_parser(
        "component", allow_abbrev=False, help="write the files of the element <cart-screen> into a folder"
    )
    component.add_argument("folder", metavar="DIR", help="a folder, which is made where it is missing")
    sets(component, " (all)")
    dated(component)

    def run(options: argparse.Namespace) -> int:
        from cart_screen.cli.component import run_export_component

        if options.folder in ("", "-"):
            component.error("DIR needs the name of a folder")
        return run_export_component(options.folder, options.criteria or [], options.as_of)

    component.set_defaults(run=run)


def _fhir(formats: Formats) -> None:
    fhir = formats.add_parser(
        "fhir", allow_abbrev=False, help="print the questionnaire as a FHIR R4 Questionnaire (extra: fhir)"
    )
    spoken(fhir, "the patient")

    def run(options: argparse.Namespace) -> int:
        from cart_screen.cli.fhir import run_export_fhir

        return run_export_fhir(**_wished(options))

    fhir.set_defaults(run=run)


def _wished(options: argparse.Namespace) -> dict[str, Any]:
    """Give what ``spoken`` lets be named, to the patient where nobody is."""
    from cart_screen.texts import Audience

    audience = Audience(options.audience or Audience.PATIENT)
    return {"criteria": options.criteria, "as_of": options.as_of, "language": options.language, "audience": audience}
