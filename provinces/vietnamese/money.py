"""Amounts of money: whole đồng, typed in figures or in short form, written in full, short or in words."""

import re
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from provinces.vietnamese.folding import plain, tidy
from provinces.vietnamese.numbers import NotANumber, format_number, read_decimal, times
from provinces.vietnamese.sentences import Question, Unreadable, quoted

MAXIMUM_DONG = 999_999_999_999_999
SMALL = 10_000  # below this a bare number may be đồng, nghìn or triệu
THOUSAND, MILLION, BILLION = 10**3, 10**6, 10**9

_STEPS = {
    "k": THOUSAND,
    "nghin": THOUSAND,
    "ngan": THOUSAND,
    "tr": MILLION,
    "trieu": MILLION,
    "ty": BILLION,
    "ti": BILLION,
    "nghin ty": THOUSAND * BILLION,
    "ngan ty": THOUSAND * BILLION,
}
_PART = re.compile(r"(\d[\d., ]*?) ?(nghin ty|ngan ty|nghin|ngan|trieu|tr(?=\.)|tr|ty|ti|k)\.?( ?ruoi)?(?: ?(?=\d)|$)")
_DONG = re.compile(r" ?(?:vn dong|dong viet nam|dong|vnd|d|₫)\.?(?: chan)?$")
_FOREIGN = re.compile(
    r"[$€£¥₩฿]|(?<![a-z])(?:usd|eur|euro|gbp|jpy|aud|cad|sgd|chf|krw|cny|rmb|thb|lak|yen|won|baht|kip"
    r"|do la|do-la|dollars?|my kim|nhan dan te|bang anh)(?![a-z])"
)
_FOREIGN_ACCENTED = re.compile(r"(?<!\w)(?:đô|tệ)(?!\w)|\d(?:đô|tệ)(?!\w)")


def read_money(text: str, *, label: str = _("amount"), maximum: int = MAXIMUM_DONG) -> int:
    """An amount in đồng: “80 triệu”, “1,5 tỷ”, “500k”, “4.500.000đ”; a bare number under 10.000 is a question."""
    text = tidy(text)
    _refuse_foreign(text)
    bare, named = _without_dong(text)
    try:
        stepped = re.match(r"\d.*[a-z]", plain(bare))
        amount = _stepped(bare, text) if stepped else _in_figures(bare, text, label, named)
    except NotANumber:
        raise _unreadable(text) from None
    if amount > maximum:
        limits = {"min": "0", "max": format_number(maximum), "example": format_number(80 * MILLION)}
        raise Unreadable("num.whole", label=label, **limits)
    return amount


def format_money(dong: int) -> str:
    """“4.500.000 đồng”: in full, as tables and receipts have it."""
    return f"{format_number(dong)} đồng"


def short_money(dong: int) -> str:
    """Whole millions as running text has them: “80 triệu đồng”, “1,5 tỷ đồng”; other amounts in full."""
    if dong == 0 or dong % MILLION:
        return format_money(dong)
    if abs(dong) >= BILLION and dong % (10 * MILLION) == 0:
        return f"{format_number(Decimal(dong) / BILLION)} tỷ đồng"
    return f"{format_number(dong // MILLION)} triệu đồng"


def _refuse_foreign(text: str) -> None:
    foreign = _FOREIGN.search(plain(text)) or _FOREIGN_ACCENTED.search(text.lower())
    if foreign and re.search(r"\d", text):
        raise Unreadable("money.foreign", given=quoted(text))


def _without_dong(text: str) -> tuple[str, bool]:
    """The amount without its currency, and whether đồng was named."""
    before = re.match(r"(?:vnd|₫) ?", plain(text))
    if before:
        return text[before.end() :], True
    after = _DONG.search(plain(text))
    return (text[: after.start()], True) if after else (text, False)


def _stepped(bare: str, given: str) -> int:
    """“1 tỷ 500 triệu”, “2 triệu rưỡi”: each part smaller than one step of the part before."""
    folded, position, ceiling, total = plain(bare), 0, None, 0
    while position < len(folded):
        part = _PART.match(folded, position)
        if not part:
            raise NotANumber
        step = _STEPS[part[2]]
        amount = times(_figures(part[1], given), step) + (step // 2 if part[3] else 0)
        if ceiling and amount >= ceiling:
            raise NotANumber
        total, ceiling, position = total + amount, step, part.end()
    if isinstance(total, Decimal):
        raise Unreadable("money.fraction", given=quoted(given))
    return total


def _in_figures(bare: str, given: str, label: str, named: bool) -> int:
    amount = times(_figures(bare, given, label), 1)
    if amount and amount < SMALL and not named:
        readings = tuple(times(amount, step) for step in (1, THOUSAND, MILLION))
        raise Question("money.small", given=quoted(given), guesses=readings)
    if isinstance(amount, Decimal):
        raise Unreadable("money.fraction", given=quoted(given))
    return amount


def _figures(text: str, given: str, label: str = _("amount")) -> int | Decimal:
    try:
        return read_decimal(text, label=label)
    except Unreadable as refusal:
        if refusal.key == "num.notation" and not re.search(r"[^\W\D0-9]", text):
            raise _unreadable(given) from None
        raise


def _unreadable(text: str) -> Unreadable:
    return Unreadable("money.unreadable", given=quoted(text))
