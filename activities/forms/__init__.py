"""Shapes of what is typed about activities."""
