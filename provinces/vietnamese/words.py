"""Whole numbers and amounts read out as the official style writes them: nghìn, linh, tỷ."""

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
AFTER_MUOI = DIGITS[:5] + ("lăm",) + DIGITS[6:]  # mười lăm
AFTER_MUOI_TENS = (DIGITS[0], "mốt", *DIGITS[2:4], "tư", "lăm", *DIGITS[6:])  # hai mươi mốt, tư, lăm
BILLION = 10**9


def count_words(number: int) -> str:
    """“một trăm linh bốn”; small letters. A negative number starts with “âm”."""
    if number < 0:
        return f"âm {count_words(-number)}"
    return " ".join(_groups(number)) or DIGITS[0]


def money_words(dong: int) -> str:
    """“tám mươi triệu đồng”; small letters, as in an echo."""
    return f"{count_words(dong)} đồng"


def _groups(number: int, later: bool = False) -> list[str]:
    """Above a thousand million the count of tỷ is itself read: một nghìn hai trăm năm mươi tỷ."""
    billions, rest = divmod(number, BILLION)
    words = [*_groups(billions, later), "tỷ"] if billions else []
    for size, name in ((10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        group, rest = divmod(rest, size)
        if group:
            words += _group(group, later or bool(words))
            words += [name] if name else []
    return words


def _group(number: int, later: bool) -> list[str]:
    """A group of three digits; one that is not the first names its empty hundreds."""
    hundreds, rest = divmod(number, 100)
    words = [DIGITS[hundreds], "trăm"] if hundreds or later else []
    return words + _tens(rest, bool(words))


def _tens(number: int, after_hundreds: bool) -> list[str]:
    tens, units = divmod(number, 10)
    if tens == 0:
        return [] if not units else ["linh"] * after_hundreds + [DIGITS[units]]
    if tens == 1:
        return ["mười"] + ([AFTER_MUOI[units]] if units else [])
    return [DIGITS[tens], "mươi"] + ([AFTER_MUOI_TENS[units]] if units else [])
