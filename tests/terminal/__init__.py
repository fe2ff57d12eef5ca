"""The questionnaire as a person meets it: real processes behind real pipes and pseudo-terminals."""
