"""What is said about a number, an amount or a date that cannot be taken as typed.

Keys, texts and slots are those of the canonical copy; every slot arrives already formatted.
"""

from django.utils.translation import gettext_lazy as _

from provinces.vietnamese.folding import capitalise

SENTENCES = {
    "required": _("%(label)s is missing"),
    "num.whole": _("Enter %(label)s as a whole number from %(min)s to %(max)s, for example %(example)s"),
    "num.comma": _("“%(given)s” may be %(small)s or %(large)s. Enter %(large)s if it is %(large_words)s"),
    "num.dot": _("“%(given)s” may be %(decimal)s or %(whole)s. Write decimals after a comma, for example 12,5"),
    "num.fraction": _("%(label)s takes whole numbers only; %(given)s was entered"),
    "num.negative": _("%(label)s cannot be negative (%(given)s was entered). Enter 0 or more"),
    "num.large": _(
        "%(given)s is %(times)s times last year's %(last)s. If right, give the reason; if a 0 too many, correct it"
    ),
    "num.words": _("“%(given)s” is not a number. Choose “Uncounted” and keep the words"),
    "num.range": _("“%(given)s” is a range. Enter one number with “About”, or keep the words"),
    "num.notation": _("“%(given)s” cannot be read. Use digits 0–9, for example 1.250"),
    "num.certainty_read": _("Understood as %(understood)s. Change the certainty if that is wrong"),
    "num.empty_or_zero": _("%(label)s is empty. Enter 0 if there was none, or choose “No data”"),
    "certainty.number": _("“%(certainty)s” needs a number. Enter it or choose “No data”"),
    "certainty.text": _("Keep the wording of the quantity, for example: hàng trăm"),
    "certainty.both": _("“Uncounted” does not go with the number %(given)s. Keep the number or the words?"),
    "certainty.unlisted": _("Choose a certainty from the list"),
    "certainty.unknown": _("“No data” does not go with “%(given)s”. Choose another certainty or clear the box"),
    "certainty.two": _("“%(given)s” does not go with “%(certainty)s”. Which of the two is right?"),
    "money.unreadable": _(
        "The amount “%(given)s” cannot be read. Enter đồng or a short form: 80.000.000, 80 triệu, 1,5 tỷ"
    ),
    "money.small": _("Is “%(given)s” đồng, thousands or millions? Write the unit, for example %(given)s triệu"),
    "money.fraction": _("Amounts are whole đồng; “%(given)s” has a fraction"),
    "money.foreign": _("Convert “%(given)s” to đồng; put the foreign amount in the description"),
    "money.source": _("Choose the source of %(amount)s đồng: state budget, mobilised or integrated"),
    "money.sum": _("The sources add up to %(sum)s đồng, not to the total of %(total)s đồng"),
    "date.unreadable": _("The date “%(given)s” cannot be read. Enter day/month/year, for example 20/11/2026"),
    "date.not_in_calendar": _("%(given)s is not in the calendar"),
    "date.month_first": _("“%(given)s” has no month %(month)s. Is it %(guess)s?"),
    "date.year_place": _("“%(given)s” may be %(first)s or %(second)s. Enter the year with four digits"),
    "date.no_year": _("“%(given)s” has no year. Is it %(guess)s?"),
    "date.serial": _("Is “%(given)s” the date %(guess)s stored by Excel as a number? Enter day/month/year"),
    "date.partial": _("“%(given)s” is a month or a year. Choose “Month only”, “Year only” or enter the full date"),
    "time.unreadable": _("The time “%(given)s” cannot be read. Enter hours and minutes, for example 17:00"),
    "date.order": _("The end, %(end)s, is before the start, %(start)s"),
    "date.future": _("%(date)s is still to come. Save a draft now, send it after the event"),
    "date.window": _("%(date)s is outside %(opens)s to %(closes)s. It can be saved; give the reason below"),
    "date.window_reason": _("Give the reason for the date, for example: joined with the workers' festival"),
    "date.other_year": _("%(date)s belongs to %(year)s. Move to the Action Month of %(year)s or correct the date?"),
    "date.cut_off": _(
        "%(date)s is in the Action Month but after the yearly cut-off (%(cut_off)s): "
        "periodic figures count it in %(next_year)s"
    ),
    "privacy.phone": _("%(label)s has %(n)s digits that look like a phone number. Remove them and save again"),
    "privacy.identity": _("%(label)s has %(n)s digits that look like an identity number. Remove them and save again"),
    "privacy.name": _(
        "“%(marked)s” may identify a person subjected to violence. Remove the name, or tick “An official or delegate”"
    ),
    "privacy.address": _("“%(marked)s” looks like a home address. Keep only the commune"),
    "privacy.file": _("The file name “%(file)s” may identify someone. Rename it; lists of people helped are not taken"),
}

SHOWN = 40  # of a long paste, so much is quoted back


def sentence(key: str, **slots) -> str:
    """The text of a key in the reader's language, a slot that opens it with a capital letter."""
    return capitalise(str(SENTENCES[key]) % slots)


def quoted(text: str) -> str:
    """What was typed, fit to stand inside a sentence: printable, one line, not endless."""
    text = "".join(letter if letter.isprintable() else " " for letter in text).strip()
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


class _Said(ValueError):
    """A typed text with the key of what is said about it and the slots of the sentence."""

    def __init__(self, key: str, **slots):
        super().__init__(key)
        self.key, self.slots = key, slots

    @property
    def sentence(self) -> str:
        """The sentence in the reader's language."""
        return sentence(self.key, **self.slots)

    def __str__(self):
        return self.sentence


class Unreadable(_Said):
    """The text has no reading; the sentence says what to type."""


class Question(_Said):
    """The text has several readings; the person chooses, nothing is guessed. `guesses` are the readings."""

    def __init__(self, key: str, *, guesses: tuple = (), **slots):
        super().__init__(key, **slots)
        self.guesses = guesses
