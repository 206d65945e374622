"""Commands that belong to no floor."""
