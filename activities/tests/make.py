"""Rows for tests of activities."""

import datetime

from activities.models import Activity, Evidence, Output, Participant
from activities.operations import ActivityData, OutputData, ParticipantData
from campaigns.models import BeneficiaryGroup
from campaigns.tests import make as campaigns
from provinces.models import File
from provinces.tests.make import NOW, seat


def activity(owner, title="Lễ phát động", year=2023, status="accepted", **more) -> Activity:
    fields = {
        "scope": "month",
        "campaign": campaigns.campaign(year),
        "starts_on": datetime.date(year, 11, 20),
        "type": campaigns.activity_type(),
        "created_by": None,
        **more,
    }
    fields["created_by"] = fields["created_by"] or seat(owner)
    if status in {"sent", "accepted"}:
        fields.setdefault("sent_at", NOW)
    return Activity.objects.create(
        owner=owner,
        title=title,
        year=year,
        province=owner.unit.home_province,
        status=status,
        created_at=NOW,
        changed_at=NOW,
        **fields,
    )


def output(of: Activity, code="CT05.1", quantity=None, certainty="exact", **more) -> Output:
    return Output.objects.create(
        activity=of, measure=campaigns.measure(code), quantity=quantity, certainty=certainty, **more
    )


def participant(of: Activity, department, role="co") -> Participant:
    return Participant.objects.create(activity=of, department=department, role=role)


def evidence(of: Activity, name="anh.jpg") -> Evidence:
    return Evidence.objects.create(activity=of, file=file(of.owner, name), consent=True, by=of.created_by, at=NOW)


def file(owner, name="anh.jpg") -> File:
    return File.objects.create(
        sha256="0" * 64, kind="jpeg", name=name, size=1, owner=owner, token=f"tep-{File.objects.count()}", at=NOW
    )


def group(code="NH01", name="Phụ nữ có hoàn cảnh khó khăn", sex="female") -> BeneficiaryGroup:
    row, _made = BeneficiaryGroup.objects.get_or_create(code=code, defaults={"name": name, "sex": sex})
    return row


def data(title="Lễ phát động", **more) -> ActivityData:
    """What somebody types about a launch in the window; `more` says what matters."""
    kind = campaigns.activity_type()
    return ActivityData(**{"type": kind, "title": title, "starts_on": datetime.date(2023, 11, 20), **more})


def counted(code="CT05.1", quantity=None, **more) -> OutputData:
    """An output as handed in; `code` must be one of the launch's two measures, or a thing."""
    campaigns.activity_type()
    return OutputData(measure=campaigns.measure(code), quantity=quantity, **more)


def took_part(department=None, role="co", name="") -> ParticipantData:
    return ParticipantData(role=role, department=department, name=name)
