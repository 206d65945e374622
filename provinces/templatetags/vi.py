"""Numbers, money and dates on pages; what is missing is a dash and never a zero."""

from django import template
from django.utils.translation import gettext as _

from provinces import vietnamese

register = template.Library()


def _or_dash(write):
    """The filter of a writer: nothing to write is –."""

    def written(value):
        return vietnamese.NO_DATA if value is None or value == "" else write(value)

    return written


def money(dong: int) -> str:
    """80.000.000 đ"""
    return f"{vietnamese.format_number(dong)} đ"


def money_echo(dong: int) -> str:
    """What was understood: 4.500.000 đ, bốn triệu năm trăm nghìn đồng"""
    return f"{money(dong)}, {vietnamese.money_words(dong)}"


def percent(rate) -> str:
    """94,2%: one decimal."""
    return f"{vietnamese.format_number(round(rate, 1))}%"


def quantity(row) -> str:
    """“khoảng 550” of anything with a quantity (or value), a certainty and its words."""
    words = getattr(row, "text", "") or getattr(row, "words", "")
    return in_words(getattr(row, "quantity", getattr(row, "value", None)), row.certainty, words)


def in_words(value, certainty, words="") -> str:
    """A number with the certainty before it in the reader's language."""
    before = {"about": _("about %(n)s"), "over": _("over %(n)s"), "nearly": _("nearly %(n)s")}.get(certainty)
    if value is None or before is None:
        return vietnamese.certain(value, certainty, words)
    return before % {"n": vietnamese.format_number(value)}


register.filter("vnumber", _or_dash(vietnamese.format_number))
register.filter("vmoney", _or_dash(money))
register.filter("vmoneyshort", _or_dash(vietnamese.short_money))
register.filter("vmoneywords", _or_dash(vietnamese.money_words))
register.filter("vmoneyecho", _or_dash(money_echo))
register.filter("vpercent", _or_dash(percent))
register.filter("vdate", _or_dash(vietnamese.format_date))
register.filter("vweekday", _or_dash(vietnamese.format_weekday))
register.filter("vdatetime", _or_dash(vietnamese.format_moment))
register.filter("vlongdate", _or_dash(vietnamese.long_date))
register.filter("capitalise", vietnamese.capitalise)


@register.filter
def vcertain(value, certainty=None) -> str:
    """`{{ output|vcertain }}` or `{{ number|vcertain:certainty }}`."""
    if value is None or value == "":
        return vietnamese.NO_DATA
    return quantity(value) if certainty is None else in_words(value, certainty)


@register.filter
def vperiod(start, end=None) -> str:
    """15/11 – 15/12/2026, or one day."""
    return vietnamese.format_period(start, end) if start else vietnamese.NO_DATA


@register.filter
def vtime(moment) -> str:
    """14:32 by the clock of Vietnam."""
    return f"{moment.astimezone(vietnamese.VIETNAM):%H:%M}" if moment else vietnamese.NO_DATA
