"""The demonstration: the source articles, entered through the same operations as a person would use.

Numbers that an article does not give stay unknown, seats are named by function, persons by nothing at all.
"""
