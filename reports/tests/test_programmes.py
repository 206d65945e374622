"""Tasks and activities carry programmes, several each; an annex for each programme is printed."""

import datetime
import io

import docx
import pytest
from django.urls import reverse

from campaigns.models import Programme
from campaigns.tests import make, make_plans
from campaigns.tests.make_plans import NOW
from reports.documents.layout import check
from reports.tests import pages, plans

pytestmark = pytest.mark.django_db
PLACE = {"t": "quang-ninh", "y": 2023}
COMMUNICATION = ("TT-BDG-2030", "Chương trình truyền thông về bình đẳng giới đến năm 2030")


@pytest.fixture
def people():
    make.campaign()
    return make_plans.cast()


def file_of(client, address, kind="docx"):
    answer = client.get(address, {"dang": kind})
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    return io.BytesIO(answer.content)


def words(file) -> str:
    document = docx.Document(file)
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    return "\n".join("".join(t.text or "" for t in p.iter(f"{w}t")) for p in document.element.body.iter(f"{w}p"))


def plan_annex(plan, code="CL28"):
    return reverse("plan_programme", kwargs={**PLACE, "id": plan.public_id, "code": code})


def test_a_task_carries_several_programmes_and_stands_in_the_annex_of_each(client, people):
    plan = plans.full(people)
    both = make_plans.task(
        plan, people, title="Phóng sự trên đài", programmes=(make.programme(), make.programme(*COMMUNICATION))
    )
    client.force_login(people.officer.user)

    first = words(file_of(client, plan_annex(plan)))
    second = words(file_of(client, plan_annex(plan, COMMUNICATION[0])))

    assert both.title in first and both.title in second
    assert "Lễ phát động cấp tỉnh" in first and "Lễ phát động cấp tỉnh" not in second
    assert "NHIỆM VỤ THỰC HIỆN CHƯƠNG TRÌNH TRUYỀN THÔNG" in second
    assert "Lễ phát động hoặc mít tinh cấp xã" not in first


def test_the_annex_of_a_programme_keeps_the_layout_and_names_its_plan(client, people):
    plan = plans.issued(people, plans.full(people))
    client.force_login(people.officer.user)

    file = file_of(client, plan_annex(plan))

    assert check(file) == []
    assert "(Kèm theo Kế hoạch số 224/KH-UBND ngày 01 tháng 11 năm 2023" in words(file)
    assert "CỘNG HÒA" not in words(file)
    for kind in ("pdf", "xlsx"):
        assert len(file_of(client, plan_annex(plan), kind).getvalue()) > 2000


def test_the_annex_names_the_decision_of_its_programme_with_its_day(client, people):
    plan = plans.full(people)
    facts = {"name": "Chiến lược quốc gia", "decision": "28/NQ-CP", "decision_date": datetime.date(2021, 3, 3)}
    Programme.objects.filter(code="CL28").update(**facts)
    client.force_login(people.officer.user)

    text = words(file_of(client, plan_annex(plan)))

    assert "Chiến lược ban hành theo Nghị quyết số 28/NQ-CP ngày 03 tháng 3 năm 2021." in text


def test_behind_a_decision_the_annex_belongs_to_the_plan_that_it_issued(client, people):
    plan = plans.issued(people, plans.full(people, "QĐ"), number="2105", symbol="QĐ-UBND")
    client.force_login(people.officer.user)

    file = file_of(client, plan_annex(plan))

    assert check(file) == []
    assert "(Kèm theo Kế hoạch ban hành tại Quyết định số 2105/QĐ-UBND" in words(file)


def test_money_of_other_tasks_is_not_in_the_sum_of_the_annex(client, people):
    plan = plans.full(people)
    make_plans.task(plan, people, title="Ngoài chương trình", money=(plans.MoneyData(7_000_000, make.money_source()),))
    client.force_login(people.officer.user)

    text = words(file_of(client, plan_annex(plan)))

    assert "150.000.000" in text and "157.000.000" not in text


def test_a_programme_plan_of_one_programme_prints_all_its_tasks(client, people):
    plan, team = plans.own(people, "commune", "programme")
    plans.save_facts(plan, plans.facts_of(plan, programmes=(make.programme(),)), by=team.head, at=NOW)
    client.force_login(team.head.user)

    assert "Triển khai Tháng hành động" in words(file_of(client, plan_annex(plan)))


def test_the_print_page_lists_the_programmes_of_the_plan(client, people):
    plan = plans.full(people)
    client.force_login(people.officer.user)

    page = client.get(reverse("plan_document", kwargs={**PLACE, "id": plan.public_id})).content.decode()

    assert make.programme().name in page
    assert plan_annex(plan) in page


@pytest.mark.parametrize(
    ("code", "kind", "status"), [("KHAC", "docx", 404), ("CL28", "exe", 404), ("CL28", "pdf", 200)]
)
def test_another_programme_or_format_is_not_there(client, people, code, kind, status):
    plan = plans.full(people)
    make.programme("KHAC", "Chương trình khác")
    client.force_login(people.officer.user)

    assert client.get(plan_annex(plan, code), {"dang": kind}).status_code == status


def test_a_stranger_finds_no_annex(client, people):
    plan = plans.full(people)
    stranger = make_plans.cast("Hà Tĩnh", "42", "ha-tinh").head
    client.force_login(stranger.user)

    assert client.get(plan_annex(plan)).status_code == 404


# ── the report ─────────────────────────────────────────────────────────────


@pytest.fixture
def team():
    return pages.people()


def report_annex(report, code="CL28"):
    return reverse("report_programme", kwargs={**PLACE, "id": report.public_id, "code": code})


def test_the_annex_of_a_report_holds_the_activities_of_the_programme(team):
    pages.launch(team).programmes.set([make.programme(), make.programme(*COMMUNICATION)])
    pages.launch(team, quantity=200, title="Lễ phát động ngoài chương trình")
    report = pages.compile_now(pages.opened(team), team)
    client = pages.as_(team.editor)

    file = file_of(client, report_annex(report))

    text = words(file)
    assert "HOẠT ĐỘNG THỰC HIỆN CHIẾN LƯỢC QUỐC GIA" in text
    assert "Lễ phát động cấp tỉnh" in text and "ngoài chương trình" not in text
    assert "khoảng 550 lượt người" in text
    assert check(file) == []
    assert report_annex(report) in client.get(pages.url(report, "xem-in")).content.decode()
    for kind in ("pdf", "xlsx"):
        assert len(file_of(client, report_annex(report), kind).getvalue()) > 2000


def test_the_annex_of_a_report_stays_as_its_figures_were_frozen(team):
    row = pages.launch(team)
    row.programmes.set([make.programme()])
    report = pages.compile_now(pages.opened(team), team)
    row.outputs.filter(measure__code="CT05.1").update(quantity=900)
    pages.launch(team, title="Ghi sau khi tổng hợp").programmes.set([make.programme()])

    text = words(file_of(pages.as_(team.editor), report_annex(report)))

    assert "khoảng 550 lượt người" in text
    assert "900" not in text and "Ghi sau khi tổng hợp" not in text


def test_a_report_has_no_annex_for_a_programme_nobody_named(team):
    report = pages.compiled(team)
    make.programme()

    assert pages.as_(team.editor).get(report_annex(report)).status_code == 404
    assert pages.as_(team.stranger).get(report_annex(report)).status_code == 404


def test_the_annex_asks_as_often_for_thirty_activities_as_for_one(team, django_assert_max_num_queries):
    pages.launch(team).programmes.set([make.programme()])
    client, report = pages.as_(team.editor), pages.compile_now(pages.opened(team), team)
    client.get(report_annex(report))
    with django_assert_max_num_queries(80) as one:
        client.get(report_annex(report))
    few = len(one)
    for number in range(30):
        pages.launch(team, title=f"Lễ phát động {number}").programmes.set([make.programme()])
    report = pages.compile_now(report, team)
    client.get(report_annex(report))

    with django_assert_max_num_queries(few):
        client.get(report_annex(report))
