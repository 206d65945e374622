"""Shapes of what is typed about accounts, seats and departments."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from provinces.fields import VnDateField
from provinces.models import Department, Seat, User
from provinces.vietnamese import sort_key

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


class EmailForm(forms.Form):
    """Where letters about the work of the office go; empty for no letters."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        required=False,
        widget=forms.EmailInput({"autocomplete": "email", "spellcheck": "false"}),
        help_text=_("Several notices come in one letter, without figures or titles. Empty: no letters"),
        error_messages={"invalid": _("Enter an e-mail address, for example can.bo@quangninh.gov.vn")},
    )


def department_choices(departments, day) -> list[tuple[str, str]]:
    """Departments for a select, by their name of `day`, in Vietnamese order."""
    named = [(str(row.pk), str(row.name_on(day) or row)) for row in departments]
    return sorted(named, key=lambda pair: sort_key(pair[1]))


class SeatForm(forms.Form):
    """In which department a person sits, with which role, from when to when."""

    department = forms.ChoiceField(label=_("Department"), error_messages={"required": _("Choose the department")})
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[
            (Seat.Role.EDITOR, _("Editor\nEnters activities, writes plans and reports")),
            (Seat.Role.APPROVER, _("Approver\nConfirms, submits, issues and sends; may also enter")),
            (Seat.Role.VIEWER, _("Viewer\nReads only")),
            (Seat.Role.ADMIN, _("Administrator\nAccounts, seats and lists of the province")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the role")},
    )
    valid_from = VnDateField(_("First day"), required=False, help_text=_("Empty: from now on"))
    valid_to = VnDateField(_("Last day"), required=False, help_text=_("Empty: until it is ended"))

    def __init__(self, *args, departments=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["department"].choices = [("", _("Choose")), *departments]


class AccountForm(SeatForm):
    """A new person with the first seat; named by function if the office likes."""

    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        help_text=_("Small letters without accents, for instance qn.dongmai"),
        validators=[User.username_validator],
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": _("Enter the user name")},
    )
    full_name = forms.CharField(
        label=_("Name"), max_length=120, error_messages={"required": _("Enter the name of the person or function")}
    )
    phone = forms.CharField(label=_("Telephone at work"), max_length=20, required=False)
    email = EmailForm.base_fields["email"]
    password = forms.CharField(
        label=_("First password"),
        max_length=512,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}, render_value=False),
        help_text=_("12 characters or more; the person changes it under Account"),
        error_messages={"required": EASY},
    )
    field_order = [
        "full_name",
        "username",
        "phone",
        "email",
        "password",
        "department",
        "role",
        "valid_from",
        "valid_to",
    ]

    def clean_password(self):
        try:
            validate_password(self.cleaned_data["password"], User(username=self.data.get("username", "")))
        except ValidationError as fault:
            raise ValidationError(EASY) from fault
        return self.cleaned_data["password"]


class EndForm(forms.Form):
    """The last day of a seat or a department."""

    on = VnDateField(_("Last day"), help_text=_("That day still counts. Yesterday's date ends it at once"))


class DepartmentForm(forms.Form):
    """A body as a province names it."""

    name = forms.CharField(
        label=_("Name"), max_length=200, error_messages={"required": _("Enter the name of the department")}
    )
    symbol = forms.CharField(
        label=_("Symbol on documents"),
        max_length=40,
        required=False,
        help_text=_("For instance SNV; as the body writes it"),
    )


class NewDepartmentForm(DepartmentForm):
    """A body that the standard list does not have."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(k.value, k.label) for k in Department.Kind if not k.value.startswith(("ubnd", "bo"))],
    )
    valid_from = VnDateField(_("First day"), required=False, help_text=_("Empty: it has long been there"))


class RenameForm(DepartmentForm):
    """A corrected name, or a new one from a day."""

    seat_place = forms.CharField(label=_("Place on documents"), max_length=80, required=False)
    on = VnDateField(
        _("New name from"), required=False, help_text=_("Empty: the present name is corrected, papers of before too")
    )


class AddressForm(forms.Form):
    """Where documents sent to a body go by e-mail; empty for none."""

    email = forms.EmailField(
        label=_("E-mail address for documents"),
        max_length=254,
        required=False,
        widget=forms.EmailInput({"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Reports sent to this body are mailed there with the document attached. Empty: no e-mail"),
        error_messages={"invalid": _("Enter an e-mail address, for example can.bo@quangninh.gov.vn")},
    )


class DutyForm(forms.Form):
    """Which department holds the duty from which day."""

    department = forms.ChoiceField(label=_("Department"), error_messages={"required": _("Choose the department")})
    on = VnDateField(_("From"), help_text=_("Whoever held it before, holds it to the day before"))

    def __init__(self, *args, departments=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["department"].choices = [("", _("Choose")), *departments]
