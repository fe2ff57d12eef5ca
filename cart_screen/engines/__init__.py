"""The engines: the same rules as generated Python for one person, and as columns for many."""
