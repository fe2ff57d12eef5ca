"""Simulated people, and what happens when they are interviewed."""
