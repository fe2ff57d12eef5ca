"""One set of answers under several criteria sets, and where they differ."""
