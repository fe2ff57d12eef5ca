"""What authors of criteria need: checks, sentences to review, releases."""
