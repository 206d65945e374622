"""An administrator's work list: the first steps of a province until all are done; and a department's own figures."""

import datetime

import pytest
from django.urls import reverse

from activities.tests import make as activities
from campaigns.tests import make as campaigns
from provinces.models import UnitSuccession
from provinces.tests import make
from reports.queries.first_run import first_steps
from reports.tests.asking import office, sent
from reports.tests.pages import as_

pytestmark = pytest.mark.django_db
DAY = datetime.date(2023, 11, 20)


def undone(seat):
    return [step.page.removeprefix("administration_") for step in first_steps(seat, DAY) if not step.done]


def test_the_first_steps_go_away_one_by_one_and_then_altogether():
    province = make.province()
    body = make.office(province)
    administrator = make.seat(body, "admin")
    assert undone(administrator) == ["units", "departments", "people_import", "campaigns", "plans"]

    ward = make.commune(province)
    make.committee(province)
    people = make.department(ward, "Ủy ban nhân dân xã Đông Mai", "UBND", "ubnd_xa")
    assert undone(administrator) == ["people_import", "campaigns", "plans"]
    make.seat(people)
    campaigns.campaign(2023)
    assert undone(administrator) == ["plans"]
    assert "chưa có người" in next(s.note for s in first_steps(administrator, DAY) if s.page.endswith("import"))

    campaigns.plan(body)
    assert first_steps(administrator, DAY) == []


def test_a_province_that_succeeded_another_with_a_plan_does_not_begin_anew():
    old = make.province(valid_to=datetime.date(2023, 1, 1))
    new = make.province(valid_from=datetime.date(2023, 1, 2))
    UnitSuccession.objects.create(predecessor=old, successor=new, on=datetime.date(2023, 1, 2), whole=True)
    campaigns.plan(make.office(old))
    assert "plans" not in undone(make.seat(make.office(new), "admin"))


def test_the_first_steps_stand_on_the_administrators_work_list_and_on_no_other():
    province = make.province()
    body = make.office(province)
    assert "Những bước đầu" in as_(make.seat(body, "admin")).get(reverse("home")).content.decode()
    assert "Những bước đầu" not in as_(make.seat(body)).get(reverse("home")).content.decode()


def test_a_department_finds_its_own_figures_and_its_last_receipt():
    people = office()
    report = sent(people)
    activities.activity(people.department, year=2022)

    page = as_(people.chief).get(reverse("home")).content.decode()

    side = page.partition('aria-labelledby="s3"')[2].partition("</section>")[0]
    assert "1 năm trước" in side and f"{report.public_id}/bien-nhan" in side
    assert 'aria-labelledby="s3"' not in as_(people.editor).get(reverse("home")).content.decode()
