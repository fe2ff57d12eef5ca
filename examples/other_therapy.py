"""Screen people under criteria of your own: another therapy, as a directory of JSON, without touching code."""

from pathlib import Path

from cart_screen import load_criteria, screen

CRITERIA = Path(__file__).parent / "other-therapy"

PEOPLE = {
    "myeloma after four lines": {
        "age_years": 68,
        "diagnosis": "multiple-myeloma",
        "disease_status": "relapsed",
        "prior_lines": 4,
        "received_proteasome_inhibitor": True,
        "received_immunomodulatory_agent": True,
        "received_anti_cd38": True,
    },
    "myeloma after two lines": {
        "age_years": 68,
        "diagnosis": "multiple-myeloma",
        "disease_status": "relapsed",
        "prior_lines": 2,
    },
    "large B-cell lymphoma, once in the brain": {
        "age_years": 71,
        "diagnosis": "diffuse-large-b-cell-lymphoma",
        "disease_status": "refractory",
        "prior_lines": 3,
        "cns_lymphoma": True,
    },
}


def main() -> None:
    criteria = load_criteria(CRITERIA)
    for person, answers in PEOPLE.items():
        screening = screen(answers, criteria, as_of="2026-11-23")
        words = screening.words()
        print(f"{person}: {screening.guidance.code}")
        print(f"  {words.headline}")
        for point in words.points:
            print(f"  - {point}")


if __name__ == "__main__":
    main()
