"""Shapes of what is typed about plans."""
