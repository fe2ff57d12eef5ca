"""
Take in a record, ask what it leaves open, and give the guidance: FHIR R4 in, FHIR R4 out.

    python examples/fhir/intake.py
"""

import json
from pathlib import Path

from cart_screen import screen
from cart_screen.fhir.guidance import guidance_response
from cart_screen.fhir.prefill import prefill, prefilled_response
from cart_screen.fhir.response import answers_of

AS_OF = "2026-11-22"
RECORD = Path(__file__).with_name("patient.json")

# What the patient says on the form, which shows every prefilled answer to be confirmed.
SAID = {"disease_status": "relapsed", "prior_lines": 2, "received_btk_inhibitor": True, "prior_car_t": False}


def main() -> None:
    found = prefill(json.loads(RECORD.read_text(encoding="utf-8")), "us-fda", AS_OF)
    for one in found.to_confirm:
        print(f"Please confirm: {one.question} = {one.value} ({one.origin.resource}{', old' if one.old else ''})")
    for one in found.ambiguous:
        print(f"The record does not tell: {one.question} ({one.why})")

    # The form starts from this and gives back a response of its own; here the patient confirms, and answers more.
    response = prefilled_response(found)
    answers = answers_of(response)
    for question, value in SAID.items():
        answers = answers.with_answer(question, value)

    guidance = guidance_response(screen(answers, "us-fda", AS_OF))
    (findings,) = guidance["contained"]
    (told,) = (one["part"] for one in findings["parameter"] if one["name"] == "guidance")
    print(guidance["status"], *(part["valueCode"] for part in told if part["name"] == "code"))
    print(*(part["valueString"] for part in told if part["name"] == "headline"))


if __name__ == "__main__":
    main()
