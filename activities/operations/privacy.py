"""A quick look that spares long imports the careful one: whether a text can show a person at all."""

import re

from activities.operations.shape import ActivityData

FEWEST_DIGITS = 7  # of a telephone or identity number
_DIGIT = re.compile(r"\d")
_HOME = re.compile(
    r"\d.*(?:đường|phố|ngõ|ngách|hẻm|kiệt|đ\. )|(?:số|đường|phố|ngõ|ngách|hẻm|kiệt|căn hộ|phòng trọ|đ\. ).*\d",
    re.IGNORECASE | re.DOTALL,
)
_CALLED = re.compile(
    r"\b(?:chị|bà|cháu|em|anh|ông|cô|bé|chú|bác|nạn nhân)(?: (?:gái|trai|tên|tên là))?\s(\w)", re.IGNORECASE
)


def has_digits(text: str) -> bool:
    """True when there are as many digits, of any script, as the shortest number of a person has."""
    return len(_DIGIT.findall(text)) >= FEWEST_DIGITS


def may_be_private(text: str) -> bool:
    """False only for a text in which provinces.vietnamese.find_private finds nothing."""
    if not text:
        return False
    return has_digits(text) or bool(_HOME.search(text)) or any(letter.isupper() for letter in _CALLED.findall(text))


def texts_of(data: ActivityData) -> list[str]:
    """Every free text of an activity, for a look at all at once."""
    texts = [data.title, data.description, data.place, data.window_reason]
    texts += [row.name for row in data.participants]
    texts += [text for row in data.outputs for text in (row.label, row.text)]
    texts += [text for row in data.supports for text in (row.label, row.gifts)]
    texts += [row.note for row in data.money] + [row.title for row in data.documents]
    for inspection in data.inspections:
        texts += [text for body in inspection.bodies for text in (body.finding, body.name)]
    return texts
