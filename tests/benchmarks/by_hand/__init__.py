"""The two rule sets written as a good engineer writes them: by hand, for these rules only, with no library."""
