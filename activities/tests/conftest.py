"""The scene of these tests: Quảng Ninh 2023 with a department, the office, and a way to record."""

import dataclasses

import pytest

from activities.operations import record_activity
from activities.tests import make
from campaigns.tests import make as campaigns
from provinces.models import Department, Seat, Unit
from provinces.tests import make as who


@dataclasses.dataclass
class Scene:
    province: Unit
    department: Department
    office: Department
    editor: Seat
    head: Seat
    officer: Seat
    viewer: Seat

    def record(self, data=None, *, by=None, owner=None, campaign=True, at=who.NOW, **more):
        """Record an activity of the department in the month of 2023."""
        return record_activity(
            data or make.data(),
            campaign=campaigns.campaign(2023) if campaign else None,
            year=2023,
            province=self.province,
            owner=owner or self.department,
            by=by or self.editor,
            at=at,
            **more,
        )


@pytest.fixture
def scene(db) -> Scene:
    campaigns.campaign(2023)
    province = who.province()
    department, office = who.department(province), who.office(province)
    return Scene(
        province,
        department,
        office,
        editor=who.seat(department),
        head=who.seat(department, "approver"),
        officer=who.seat(office),
        viewer=who.seat(department, "viewer"),
    )
