"""People and their seats in words."""

from django import template
from django.utils import timezone

register = template.Library()


@register.filter
def department(seat) -> str:
    """The department of a seat, by its name of today."""
    name = seat.department.name_on(timezone.localdate())
    return name.name if name else ""
