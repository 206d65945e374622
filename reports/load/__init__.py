"""A made-up year of whole provinces, for measuring speed and load; `generate_load` writes it."""
