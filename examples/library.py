"""Screen one person's answers from Python and read the result."""

from cart_screen import screen


def main() -> None:
    screening = screen(
        {
            "age_years": 67,
            "diagnosis": "diffuse-large-b-cell-lymphoma",
            "disease_status": "relapsed",
            "prior_lines": 2,
            "cns_involvement": "none",
        },
        as_of="2026-11-22",
    )
    print(screening.guidance.code)
    for finding in screening.findings.values():
        print(f"{finding.criterion}: {finding.status}", dict(finding.because))
    print("can still change the guidance:", ", ".join(screening.awaiting[:4]), "...")
    print(screening.words().headline)


if __name__ == "__main__":
    main()
