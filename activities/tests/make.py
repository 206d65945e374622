"""Rows for tests of activities."""

import datetime

from activities.models import Activity, Output, Participant
from campaigns.tests import make as campaigns
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
