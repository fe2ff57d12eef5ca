"""Read an answer file strictly, screen it, and write the result as one JSON document."""

import json
from pathlib import Path

from cart_screen import screen
from cart_screen.answers.reading import read_answers

FILE = Path(__file__).parent / "answers" / "multiple-myeloma-one-line.json"


def main() -> None:
    answers = read_answers(FILE.read_bytes(), FILE.name)
    result = screen(answers, as_of="2026-11-22").to_dict()
    print(json.dumps(result["guidance"], indent=2))


if __name__ == "__main__":
    main()
