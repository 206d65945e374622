"""Monitoring before and after a report is asked for: who has what, who never signed in, whom to call."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.tests import make as activities
from campaigns.tests import make as campaigns
from provinces.models import User
from provinces.tests import make as who
from reports.models import Delivery
from reports.queries.monitoring import Filters, lines_of, narrowed, tally_of
from reports.tests.asking import LATE, asked, office, sent
from reports.tests.pages import as_
from reports.tests.test_return_pages import text_of

pytestmark = pytest.mark.django_db
HERE = "/quang-ninh/2023/theo-doi/"


@pytest.fixture
def people():
    return office()


@pytest.fixture
def ward(people):
    return who.department(who.commune(people.department.unit), "Ủy ban nhân dân xã Đông Mai", "UBND", "ubnd_xa")


def table_of(answer) -> str:
    return answer.content.decode().partition("<tbody>")[2].partition("</tbody>")[0]


def test_before_anything_is_asked_the_table_says_who_has_a_plan_and_who_is_at_work(people, ward):
    campaigns.plan(people.department)
    activities.activity(people.department)
    client = as_(people.editor)

    page = text_of(client.get(HERE))
    assert "Chưa yêu cầu báo cáo" in page and "Sở Y tế" in page and "Đông Mai" in page
    assert "Đông Mai" not in table_of(client.get(f"{HERE}?ke-hoach=co"))
    assert "Sở Y tế" not in table_of(client.get(f"{HERE}?hoat-dong=chua"))
    assert "Sở Lao động" not in table_of(client.get(HERE))


def test_a_commune_nobody_signed_in_for_stands_out_and_is_found(people, ward):
    asked(people, people.department, ward)
    User.objects.filter(seats__department=people.department).update(last_login=timezone.now())

    never = table_of(as_(people.editor).get(f"{HERE}?dang-nhap=chua"))

    assert "Đông Mai" in never and "Sở Y tế" not in never
    assert 'class="s3 no">Chưa có tài khoản' in never
    who.seat(ward)
    assert 'class="s3 no">Chưa lần nào' in table_of(as_(people.editor).get(HERE))


def test_the_counts_tell_in_time_from_late_and_from_missing(people, ward):
    report = sent(people)
    row = report.request
    row.recipients.create(department=ward)

    def counts():
        tally = tally_of(lines_of(row, LATE.date()))
        return tally.in_time, tally.late, tally.missing

    assert counts() == (1, 0, 1)
    Delivery.objects.filter(report=report).update(sent_at=LATE, due=LATE - datetime.timedelta(hours=2))
    assert counts() == (0, 1, 1)
    lines = lines_of(row, LATE.date())
    assert [x.state.department for x in narrowed(lines, Filters(stands="chua-gui"))] == [ward]


def test_the_telephone_list_names_everybody_of_the_lines_one_may_see_and_no_others(people, ward):
    User.objects.filter(pk=people.chief.user_id).update(phone="0203 3835 999")
    User.objects.filter(pk=people.editor.user_id).update(phone="0912 000 111")
    asked(people, people.department, ward)

    page = text_of(as_(people.editor).get(f"{HERE}danh-ba"))
    assert "0203 3835 999" in page and "Chưa có tài khoản" in page
    assert "Đông Mai" not in text_of(as_(people.officer).get(f"{HERE}danh-ba"))
    assert "Sở Y tế" not in text_of(as_(people.editor).get(f"{HERE}danh-ba?cap=commune"))
    assert as_(people.stranger).get(f"{HERE}danh-ba").status_code == 404


@pytest.mark.parametrize("leaf", ["", "danh-ba"])
def test_twenty_communes_more_ask_no_more_questions(people, ward, leaf, django_assert_num_queries):
    client = as_(people.editor)
    client.get(HERE + leaf)
    with CaptureQueriesContext(connection) as few:
        client.get(HERE + leaf)
    province = people.department.unit
    for n in range(20):
        who.seat(who.department(who.commune(province, f"Xã Số {n}", f"1{n:04}"), f"UBND xã Số {n}", "UBND", "ubnd_xa"))
    with django_assert_num_queries(len(few)):
        assert client.get(HERE + leaf).status_code == 200
