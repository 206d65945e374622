"""What is typed about a plan: its start, its head, a section, a comment, the number under which it was issued."""

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.models import Plan, PlanComment, Programme
from provinces.fields import PrivateTextField, VnDateField, VnIntegerField, VnMoneyField, VnQuantityField
from provinces.scans import ScanField


class RowChoice(forms.ChoiceField):
    """One of a few rows that are already at hand; the value is the row itself, None when nothing is chosen."""

    def offer(self, rows, words=str) -> None:
        """The rows to choose from; `words` says how each is shown."""
        self.rows = {str(row.pk): row for row in rows}
        blank = [] if self.required else [("", "–")]
        self.choices = [*blank, *[(key, str(words(row))) for key, row in self.rows.items()]]

    def clean(self, value):
        return self.rows.get(super().clean(value))


def _on(day):
    return lambda body: body.name_on(day)


def _copy_words(plan: Plan) -> str:
    """“Bản năm 2025 của tỉnh Kiên Giang”, and below it what the copy brings."""
    slots = {"year": plan.year_from, "province": plan.province.name_on(plan.duty_day).in_sentence}
    hint = _("%(subject)s. Days move to this year; what still reads like %(year)s is listed")
    words = _("The plan of %(year)s, %(province)s") % slots
    return f"{words}\n{hint % {**slots, 'subject': plan.subject}}"


class StartForm(forms.Form):
    """Which plan, by whom, from an earlier one, from the usual split of tasks or from nothing."""

    kind = forms.ChoiceField(
        label=_("Kind of plan"),
        choices=[
            (Plan.Kind.MONTH, _("Plan of the Action Month")),
            (Plan.Kind.YEAR, _("Plan of the year, or a letter that assigns its work")),
            (Plan.Kind.PROGRAMME, _("Plan of a programme over several years")),
        ],
        widget=forms.RadioSelect,
    )
    subject = PrivateTextField(
        label=_("Subject"), rows=2, max_length=500, help_text=_("As it stands under the word KẾ HOẠCH")
    )
    owner = RowChoice(label=_("Written by"))
    issuer = RowChoice(label=_("Issued by"))
    parent = RowChoice(
        label=_("Carries out the plan"),
        required=False,
        help_text=_("The province's issued plan that this one is under"),
    )
    paper = forms.ChoiceField(label=_("Kind of document"), choices=Plan.Paper.choices)
    last_year = VnIntegerField(
        label=_("Last year"),
        min_value=2016,
        max_value=2099,
        required=False,
        help_text=_("For a programme plan, for example 2030"),
    )
    base = forms.ChoiceField(
        label=_("Start from"),
        choices=[
            ("split", _("The usual split of tasks\nTasks for departments and communes, to be edited in this plan")),
            ("empty", _("An empty plan")),
        ],
        widget=forms.RadioSelect,
        initial="split",
    )

    def __init__(self, *args, owners, issuers, day, year, sources=(), parents=(), **options):
        super().__init__(*args, **options)
        self.fields["owner"].offer(owners, _on(day))
        self.fields["issuer"].offer(issuers, _on(day))
        self.year = year
        self._offer_parents(parents)
        self._offer_sources(sources)
        if len(owners) == 1:
            self.fields["owner"].widget = forms.HiddenInput()
            self.fields["owner"].initial = owners[0].pk

    def _offer_parents(self, parents) -> None:
        """Plans of the province that an own plan can carry out; its tasks for this body come first of the bases."""
        self.fields["parent"].offer(parents, parent_words)
        if not parents:
            del self.fields["parent"]
            return
        self.fields["parent"].initial = parents[0].pk
        base = self.fields["base"]
        words = _("The tasks that the province's plan gives this body\nIts lead and its partners are set anew")
        base.choices = [("parent", words), *base.choices]
        base.initial = "parent"

    def _offer_sources(self, sources) -> None:
        """Earlier plans before the usual split; the newest one is chosen unless the page was asked for another."""
        self.sources = {f"copy:{plan.public_id}": plan for plan in sources}
        base = self.fields["base"]
        base.choices = [*((key, _copy_words(plan)) for key, plan in self.sources.items()), *base.choices]
        if self.sources:
            base.initial = next(iter(self.sources))

    def clean(self):
        data = super().clean()
        data["years"] = (self.year, self.year)
        data["source"] = self.sources.get(data.get("base", ""))
        if data.get("base") == "parent" and not data.get("parent") and "parent" not in self.errors:
            self.add_error("parent", _("Choose the plan whose tasks are taken over"))
        if data["source"]:
            return data
        if data.get("kind") == Plan.Kind.PROGRAMME:
            if not data.get("last_year"):
                self.add_error("last_year", _("A programme plan says until which year it runs"))
            data["years"] = (self.year, data.get("last_year") or self.year)
        return data


class FactsForm(forms.Form):
    """The head and the foot of a plan: subject, issuer, kind of document, budget, whom it goes to, programmes."""

    subject = PrivateTextField(label=_("Subject"), rows=2, max_length=500)
    issuer = RowChoice(label=_("Issued by"))
    paper = forms.ChoiceField(label=_("Kind of document"), choices=Plan.Paper.choices)
    parent = RowChoice(label=_("Carries out the plan"), required=False)
    budget = VnMoneyField(
        label=_("Total budget"), required=False, help_text=_("Compared with the sum of the tasks before submitting")
    )
    addressees = PrivateTextField(
        label=_("Addressees"),
        rows=3,
        required=False,
        max_length=2000,
        help_text=_("One a line, for an official letter (Công văn). Empty: the usual ones"),
    )
    recipients = PrivateTextField(
        label=_("Recipients of copies"),
        rows=6,
        required=False,
        max_length=2000,
        help_text=_("One a line, as under “Nơi nhận”. Empty: the usual ones of the level"),
    )
    programmes = forms.ModelMultipleChoiceField(
        queryset=Programme.objects.all(),
        label=_("Programmes that the plan serves"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, issuers, day, parents=(), **options):
        super().__init__(*args, **options)
        self.fields["issuer"].offer(issuers, _on(day))
        self.fields["parent"].offer(parents, parent_words)
        if not parents:
            del self.fields["parent"]


def parent_words(plan: Plan) -> str:
    """“224/KH-UBND, Triển khai …”"""
    number = f"{plan.number}/{plan.symbol}".strip("/") if plan.number else ""
    return ", ".join(filter(None, [number, plan.subject]))


def read_version(text: str) -> int:
    """The version that the page was opened with; anything else is no version at all."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


class TargetForm(forms.Form):
    """How much of a measure the whole plan or a task wants."""

    measure = RowChoice(label=_("What is counted"), required=False)
    quantity = VnQuantityField(label=_("Quantity"), required=False)

    def __init__(self, *args, measures, **options):
        super().__init__(*args, **options)
        self.fields["measure"].offer(measures, lambda row: f"{row.name} ({row.unit_of_measure})")

    def clean(self):
        data = super().clean()
        if data.get("quantity") is not None and not data.get("measure") and "measure" not in self.errors:
            self.add_error("measure", _("Choose what is counted"))
        if data.get("measure") and data.get("quantity") is None and "quantity" not in self.errors:
            self.add_error("quantity", _("Enter the number, or choose “No data”"))
        return data


class SubmitForm(forms.Form):
    """What goes along with a submission."""

    comments_by = VnDateField(
        label=_("Comments by"),
        required=False,
        help_text=_("Until 17:00 of that day; the committee is told, and nothing stops a later comment"),
    )


class CommentForm(forms.Form):
    """A reviewer's comment on a section, a task or a figure."""

    anchor = forms.ChoiceField(label=_("Section, task or figure"))
    kind = forms.ChoiceField(
        label=_("Weight"),
        choices=[(PlanComment.Kind.MUST, _("Must fix")), (PlanComment.Kind.ADVICE, _("Advice"))],
        widget=forms.RadioSelect,
    )
    text = PrivateTextField(label=_("Comment"), rows=4, max_length=4000)

    def __init__(self, *args, anchors, **options):
        super().__init__(*args, **options)
        self.fields["anchor"].choices = [(label, list(rows.items())) for label, rows in anchors if rows]


class DecisionForm(forms.Form):
    """The committee's conclusion."""

    decision = forms.ChoiceField(
        label=_("Conclusion"),
        choices=[("approve", _("Approve")), ("return", _("Return with comments"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether the plan is approved or returned")},
    )


class AnswerForm(forms.Form):
    """What the author says to a comment."""

    answer = forms.ChoiceField(label=_("Answer"), choices=PlanComment.Answer.choices, widget=forms.RadioSelect)
    explanation = PrivateTextField(label=_("Explanation"), rows=2, required=False, max_length=4000)


class IssueForm(forms.Form):
    """What the registry wrote on the signed document, as typed, and the signed document itself."""

    number = PrivateTextField(
        label=_("Number"), required=False, max_length=20, help_text=_("As on the document; below 10 with a 0: 05")
    )
    symbol = PrivateTextField(
        label=_("Symbol"), required=False, max_length=40, help_text=_("As on the document, for example KH-UBND")
    )
    dated = VnDateField(label=_("Date"), required=False)
    number_unknown = forms.BooleanField(label=_("Number unknown"), required=False)
    signer_lines = PrivateTextField(
        label=_("Authority of the signer"),
        rows=3,
        required=False,
        help_text=_("Line by line, as it stands above the name"),
    )
    signer = PrivateTextField(label=_("Signer"), required=False, max_length=120)
    scan = ScanField(
        label=_("Signed scan"),
        required=False,
        help_text=_("PDF, JPG or PNG, at most 20 MB; kept as it is, with its hash"),
    )


class AmendForm(forms.Form):
    """Why an issued plan is amended."""

    reason = PrivateTextField(
        label=_("Why it is amended"),
        rows=3,
        max_length=500,
        help_text=_("Printed in the amendment, for example: thay đổi địa điểm tổ chức lễ phát động"),
    )
