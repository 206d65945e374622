"""Shapes of what is typed about an account."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

EASY = _(
    "The password needs 12 characters or more and no easy words such as the province or year. A short sentence is best"
)


class SignInForm(forms.Form):
    """User name and password; the name is no e-mail address, because offices share mailboxes."""

    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": _("Enter the user name")},
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=512,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        error_messages={"required": _("Enter the password")},
    )


class PasswordForm(forms.Form):
    """The old password and the new one; typed once, because it can be shown."""

    password_now = forms.CharField(
        label=_("Password now"),
        max_length=512,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        error_messages={"required": _("Enter the password you use now")},
    )
    password_new = forms.CharField(
        label=_("New password"),
        max_length=512,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=_("12 characters or more; a short sentence is best"),
        error_messages={"required": EASY},
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password_now(self):
        old = self.cleaned_data["password_now"]
        if not self.user.check_password(old):
            raise ValidationError(_("The password you use now is different"))
        return old

    def clean_password_new(self):
        new = self.cleaned_data["password_new"]
        try:
            validate_password(new, self.user)
        except ValidationError as fault:
            raise ValidationError(EASY) from fault
        return new
