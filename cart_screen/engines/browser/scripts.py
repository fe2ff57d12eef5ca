"""The scripts of the browser engine, in the order in which they need each other."""

from __future__ import annotations

SCRIPTS = ("answers.js", "rules.js", "ladder.js", "engine.js", "questionnaire.js")
