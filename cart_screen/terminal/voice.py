"""Whom the words of an interview speak to, which an answer can change."""

from __future__ import annotations

from cart_screen.answers.scalars import is_number
from cart_screen.model import CriteriaSet
from cart_screen.questionnaire import Questionnaire
from cart_screen.texts import SPEAKS_FOR_THEMSELVES, Audience, Texts


class Voice:
    """
    The words of an interview, for the audience that was chosen.

    Where none was, they speak to the patient, and of "your child" once a younger age was given.
    """

    def __init__(self, criteria: CriteriaSet, chosen: Audience | None) -> None:
        self._criteria = criteria
        self._chosen = chosen
        self.texts = Texts(criteria, audience=chosen or Audience.PATIENT)

    @property
    def is_chosen(self) -> bool:
        """Tell whether somebody chose whom the words speak to."""
        return self._chosen is not None

    def hear(self, questionnaire: Questionnaire) -> None:
        """Speak as the answers ask for from now on."""
        if self._chosen is None:
            age = questionnaire.answers.values.get(questionnaire.criteria.reading.dictionary.age or "")
            is_child = is_number(age) and age < SPEAKS_FOR_THEMSELVES
            self.texts = Texts(self._criteria, audience=Audience.CHILD if is_child else Audience.PATIENT)

    def say(self, key: str, **values: str) -> str:
        """Give words of the terminal, with values put in."""
        return self.texts.get("terminal", key).format(**values)
