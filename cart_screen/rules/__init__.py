"""The rule language: expressions, the schemas they are written as, and their reading."""
