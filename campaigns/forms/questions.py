"""What a department asks about a task, and what the office answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from provinces.fields import PrivateTextField, guard_privacy


class QuestionForm(forms.Form):
    """A question about a task; nobody who was helped is named in it."""

    text = PrivateTextField(label=_("What is to be asked"), rows=3, max_length=2000)

    def clean(self):
        data = super().clean()
        guard_privacy(self, ["text"])
        return data

    @property
    def confirmed_names(self) -> bool:
        """True when every name that was asked about has its tick; an invalid form says nothing."""
        return self.is_valid()


class QuestionAnswerForm(QuestionForm):
    """The office's answer."""

    text = PrivateTextField(label=_("Answer"), rows=3, max_length=2000)
