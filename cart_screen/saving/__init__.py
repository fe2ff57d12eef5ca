"""Save and resume: the answers of one interview in a file of the person's own."""
