"""Shapes of what the head says, and why a supplement is made."""

from django import forms
from django.utils.translation import gettext_lazy as _

from provinces.fields import PrivateTextField


class SigningForm(forms.Form):
    """The head's comment; only giving the report back needs one."""

    comment = PrivateTextField(
        label=_("Comment"),
        required=False,
        max_length=4000,
        rows=4,
        help_text=_("Needed when the report is given back; who writes it reads it"),
    )


class SupplementForm(forms.Form):
    """Why a report is supplemented."""

    reason = PrivateTextField(
        label=_("Reason of the supplement"),
        max_length=2000,
        rows=4,
        help_text=_("It is printed as the first part of the supplement"),
        error_messages={"required": _("Give the reason of the supplement; it is printed")},
    )
