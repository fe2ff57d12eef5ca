"""The author's checks: one module for each family of them, and what they all read."""
