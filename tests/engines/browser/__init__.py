"""The browser engine against Python: the same answers, the same words by key, the same questions."""
