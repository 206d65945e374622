"""Vietnamese numbers, money, dates and names: read as typed, written as official papers have them.

A reader answers the value or raises `Unreadable` (type it again) or `Question` (it has two readings);
nothing is changed silently. Imports nothing of the web, so tasks, commands and imports read the same way.
"""

from provinces.vietnamese.dates import (
    VIETNAM,
    format_date,
    format_delay,
    format_moment,
    format_period,
    format_weekday,
    long_date,
    long_moment,
    long_month,
    long_period,
    read_date,
    read_time,
)
from provinces.vietnamese.folding import capitalise, fold, new_tone_place, nfc, sort_key, tidy
from provinces.vietnamese.money import MAXIMUM_DONG, format_money, read_money, short_money
from provinces.vietnamese.numbers import (
    CERTAIN_WORDS,
    MAXIMUM_COUNT,
    MAXIMUM_QUANTITY,
    NO_DATA,
    Quantity,
    certain,
    format_number,
    read_count,
    read_quantity,
    two_digit,
)
from provinces.vietnamese.privacy import Finding, find_private, shows_people
from provinces.vietnamese.sentences import SENTENCES, Question, Unreadable, sentence
from provinces.vietnamese.words import count_words, money_words

__all__ = [
    "CERTAIN_WORDS",
    "MAXIMUM_COUNT",
    "MAXIMUM_DONG",
    "MAXIMUM_QUANTITY",
    "NO_DATA",
    "SENTENCES",
    "VIETNAM",
    "Finding",
    "Quantity",
    "Question",
    "Unreadable",
    "capitalise",
    "certain",
    "count_words",
    "find_private",
    "fold",
    "format_date",
    "format_delay",
    "format_moment",
    "format_money",
    "format_number",
    "format_period",
    "format_weekday",
    "long_date",
    "long_moment",
    "long_month",
    "long_period",
    "money_words",
    "new_tone_place",
    "nfc",
    "read_count",
    "read_date",
    "read_money",
    "read_quantity",
    "read_time",
    "sentence",
    "short_money",
    "shows_people",
    "sort_key",
    "tidy",
    "two_digit",
]
