"""Synthetic intakes: people drawn in blocks, and what a clinic's table holds of them."""
