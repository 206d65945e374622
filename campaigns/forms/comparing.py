"""What is asked of the plans of all years: words to find, two plans to compare."""

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.forms.plans import RowChoice
from campaigns.models import Plan
from provinces.fields import VnIntegerField
from provinces.vietnamese import capitalise


class SearchForm(forms.Form):
    """Words, and the year or the province to look in."""

    tim = forms.CharField(label=_("Words"), max_length=120, required=False)
    nam = VnIntegerField(label=_("Year"), required=False, min_value=2016, max_value=2099)
    tinh = RowChoice(label=_("Province"), required=False)

    def __init__(self, *args, provinces, **options):
        super().__init__(*args, **options)
        self.fields["tinh"].offer(provinces, _province)
        if not provinces:
            del self.fields["tinh"]


def _province(unit) -> str:
    """The name, and until when it was one."""
    name = sorted(unit.names.all(), key=lambda row: str(row.valid_from or ""))[-1].name
    return f"{name} (–{unit.valid_to.year})" if unit.valid_to else name


class CompareForm(forms.Form):
    """Two plans, the earlier first."""

    truoc = forms.ChoiceField(label=_("First plan"))
    sau = forms.ChoiceField(label=_("Second plan"))

    def __init__(self, *args, plans, **options):
        super().__init__(*args, **options)
        choices = [(plan.public_id, _plan(plan)) for plan in plans]
        for name in ("truoc", "sau"):
            self.fields[name].choices = choices


def _plan(plan: Plan) -> str:
    """“2023 · Tỉnh Quảng Ninh · Kế hoạch tháng”; from the second version on, with its number."""
    day = plan.duty_day
    parts = [str(plan.year_from), capitalise(plan.province.name_on(day).in_sentence), str(plan.get_kind_display())]
    if plan.owner.unit.level != "province":
        parts.append(str(plan.owner.name_on(day)))
    if plan.version > 1:
        parts.append(str(_("version %(n)s") % {"n": plan.version}))
    return " · ".join(parts)
