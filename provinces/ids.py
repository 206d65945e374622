"""Public ids: twelve letters and digits that say nothing about the row."""

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def new_id() -> str:
    """A fresh id of 12 characters (about 59 bits), without the look-alikes 0 o 1 l i."""
    return "".join(secrets.choice(ALPHABET) for _ in range(12))
