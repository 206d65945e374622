"""The country's report: issued figures of provinces added up, the same on old and on new boundaries, to the unit."""

import datetime
import io
import random

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from campaigns.tests import make as campaigns
from provinces.models import Department, Duty, UnitSuccession
from provinces.tests import make as who
from provinces.workflow import Refused
from reports.adding import COUNTRY, Part, added
from reports.documents import FORMATS
from reports.documents.layout import check
from reports.models import Job, PastTotal, ProvinceSource, Report, Snapshot
from reports.operations import jobs
from reports.operations.jobs import ask_compile, run_job, sweep_jobs
from reports.operations.reports import open_report
from reports.papers.report import paper_of
from reports.queries.boundaries import lines_of, territory_of
from reports.queries.nation import latest_issued, newer_than, provinces_of
from reports.queries.picture import frozen
from reports.snapshot import SCHEMA, Figure, Figures, Slice
from reports.splits import Leaf, share_of_leaves, split_table
from reports.tests import make, pages

pytestmark = pytest.mark.django_db
AT = pages.AT
TODAY = datetime.date(2026, 11, 22)
LAST, FIRST = datetime.date(2025, 6, 30), datetime.date(2025, 7, 1)
FACTS = {"number": "12", "symbol": "BC-SLĐTBXH", "dated": datetime.date(2023, 12, 20)}


def figure(code="CT05.1", total=None, certainty="exact", **more) -> Figure:
    names = {"CT05.1": ("Người dự lễ phát động", "lượt người"), "CT31.1": ("Người được tặng quà", "người")}
    name, unit = names.get(code, (code, "cuộc"))
    more = {"section": "II.1", "activities": 1, **more}
    return Figure(code, name, unit, "things", "sum", "month", total=total, certainty=certainty, **more)


def issued(province, *cells, status="issued", locked_at=AT, version=1, **more) -> Report:
    """A report of the province with frozen figures, past the desk of its head."""
    office = Department.objects.filter(unit=province).first() or who.office(province)
    report = make.report(office, version=version, **more)
    job = Job.objects.create(report=report, status="done", queued_at=AT, finished_at=AT)
    taken = Figures(SCHEMA, province.pk, report.campaign_id, None, "both", "2023-12-31", cells=cells)
    snapshot = Snapshot.objects.create(
        report=report, job=job, no=1, schema=SCHEMA, figures=taken.as_json(), sha256=taken.sha256, taken_at=AT
    )
    Report.objects.filter(pk=report.pk).update(snapshot=snapshot, status=status, locked_at=locked_at, **FACTS)
    return Report.objects.get(pk=report.pk)


class Scene:
    """The ministry; Quảng Ninh, and An Giang that Kiên Giang joined on 1/7/2025; Hải Phòng issues nothing."""

    def __init__(self):
        self.campaign = campaigns.campaign()
        self.quang_ninh = who.province()
        self.hai_phong = who.province("Hải Phòng", "31", "hai-phong")
        self.kien_giang = who.province("Kiên Giang", "91", "kien-giang", valid_to=LAST)
        self.an_giang = who.province("An Giang", "89", "an-giang", valid_to=LAST)
        self.merged = who.province("An Giang", "91", "an-giang", valid_from=FIRST)
        for old in (self.kien_giang, self.an_giang):
            UnitSuccession.objects.create(predecessor=old, successor=self.merged, on=FIRST, whole=True)
        country = who.country()
        self.ministry = who.department(country, "Bộ Lao động - Thương binh và Xã hội", "BLĐTBXH", kind="bo")
        Duty.objects.create(department=self.ministry, kind="ministry", for_unit=country)
        self.editor = who.seat(self.ministry)
        self.country = country
        make.measure("CT05.1")
        make.measure("CT31.1")

    def report(self, by=None):
        seat = by or self.editor
        body = {"department": self.ministry, "issuer": self.ministry}
        return open_report(self.campaign, self.country, **body, by=seat, at=AT)

    def compiled(self):
        report = self.report()
        job = run_job(ask_compile(report, by=self.editor, at=AT).pk, clock=lambda: AT)
        assert job.status == "done", job.fault
        return Report.objects.get(pk=report.pk)


@pytest.fixture
def scene():
    return Scene()


def test_the_country_adds_up_the_latest_issued_figures_and_names_who_is_missing(scene):
    issued(scene.quang_ninh, figure(total=550, certainty="about"))
    issued(scene.kien_giang, figure(total=200))
    issued(scene.an_giang, figure(total=30))
    issued(scene.hai_phong, figure(total=9999), status="locked")

    report = scene.compiled()

    taken = frozen(report.snapshot)
    assert taken.cell("CT05.1").printed == "khoảng 780"
    assert (taken.coverage.sent, taken.coverage.asked) == (3, 4)
    assert [each.department for each in taken.coverage.missing] == ["Tỉnh Hải Phòng"]
    rows = ProvinceSource.objects.filter(snapshot=report.snapshot, cell="CT05.1:month")
    assert sum(row.quantity for row in rows) == taken.cell("CT05.1").total
    assert {row.given.report.province_id for row in rows} == {
        scene.quang_ninh.pk,
        scene.kien_giang.pk,
        scene.an_giang.pk,
    }
    assert [line["step"] for line in report.jobs.get().timeline] == ["list", "sum", "compare", "print"]
    assert (report.jobs.get().done, report.jobs.get().total) == (3, 3)


def test_a_year_has_the_provinces_of_its_days(scene):
    assert scene.kien_giang in provinces_of(scene.campaign)
    assert scene.merged not in provinces_of(scene.campaign)
    later = campaigns.campaign(2025)
    assert scene.merged in provinces_of(later)
    assert not {scene.kien_giang, scene.an_giang} & set(provinces_of(later))


def test_the_newest_issued_version_counts_and_a_topical_report_does_not(scene):
    old = issued(scene.quang_ninh, figure(total=1), status="superseded")
    issued(scene.quang_ninh, figure(total=2), version=2, locked_at=AT + datetime.timedelta(days=1), lineage=old.lineage)
    asked = make.request(Department.objects.get(unit=scene.quang_ninh))
    type(asked).objects.filter(pk=asked.pk).update(kind="topical")
    issued(scene.quang_ninh, figure(total=70), request=asked, locked_at=AT + datetime.timedelta(days=2))

    assert frozen(scene.compiled().snapshot).cell("CT05.1").total == 2


def test_a_returned_report_counts_until_the_next_one_is_issued(scene):
    report = issued(scene.quang_ninh, figure(total=5), status="returned")
    assert latest_issued(scene.campaign) == {scene.quang_ninh.pk: report}


def test_a_province_that_issues_anew_is_named_and_the_frozen_figures_stay(scene):
    old = issued(scene.quang_ninh, figure(total=1))
    snapshot = scene.compiled().snapshot
    assert newer_than(snapshot) == []
    Report.objects.filter(pk=old.pk).update(status="superseded")
    issued(scene.quang_ninh, figure(total=2), version=2, locked_at=AT + datetime.timedelta(days=1), lineage=old.lineage)
    issued(scene.hai_phong, figure(total=4))

    assert [(each.province, each.kind) for each in newer_than(snapshot)] == [
        (scene.hai_phong, "new"),
        (scene.quang_ninh, "edited"),
    ]
    assert frozen(snapshot).cell("CT05.1").total == 1


def test_an_giang_of_2023_is_kien_giang_and_an_giang_and_the_country_is_the_same_on_both(scene):
    for province, total in ((scene.quang_ninh, 550), (scene.kien_giang, 200), (scene.an_giang, 30)):
        issued(province, figure(total=total))
    report = scene.compiled()
    wanted = list(frozen(report.snapshot).cells)

    then = lines_of(report.snapshot, wanted)
    now = lines_of(report.snapshot, wanted, TODAY)

    assert {line.name: line.cells[0] and line.cells[0].total for line in then} == {
        "An Giang": 30,
        "Hải Phòng": None,
        "Kiên Giang": 200,
        "Quảng Ninh": 550,
    }
    assert {line.name: line.cells[0] and line.cells[0].total for line in now} == {
        "An Giang": 230,
        "Hải Phòng": None,
        "Quảng Ninh": 550,
    }
    assert [part.name for line in now for part in line.parts] == ["An Giang", "Kiên Giang"]
    assert not [line.name for line in then if not line.issued] == []
    found = territory_of(scene.merged, scene.campaign, TODAY)
    assert (found.merged, found.lines[0][0].total) == (True, 230)


def some_figure(chance: random.Random) -> Figure | None:
    if chance.random() < 0.25:
        return None
    if chance.random() < 0.15:
        return figure(certainty="text", texts=("hàng trăm",), by_sex=True)
    female, male = chance.randrange(500), chance.randrange(500)
    total = female + male + chance.randrange(50)
    certainty = chance.choice(["exact", "exact", "about", "over", "nearly"])
    slices = tuple(Slice(key, key, chance.randrange(90)) for key in ("province", "commune") if chance.random() < 0.7)
    return figure(
        total=total,
        certainty=certainty,
        female=female,
        male=male,
        not_split=total - female - male,
        by_sex=True,
        by_level=slices,
    )


def test_sums_are_the_same_however_provinces_are_put_together():
    """Adding in two steps gives what adding in one gives, with provinces that are partly or wholly missing."""
    for seed in range(300):
        chance = random.Random(seed)
        parts = [Part(f"Tỉnh {n}", found) for n in range(12) if (found := some_figure(chance))]
        groups = {}
        for part in parts:
            groups.setdefault(chance.randrange(5), []).append(part)
        if not parts:
            continue
        once = added(parts)
        twice = added([Part(str(key), added(several)) for key, several in groups.items()])
        names = ("total", "certainty", "female", "male", "not_split", "activities")
        assert [getattr(once, name) for name in names] == [getattr(twice, name) for name in names], seed
        assert set(once.texts) == set(twice.texts)
        for key in ("province", "commune"):
            one, two = once.of("by_level", key), twice.of("by_level", key)
            assert (one and one.total) == (two and two.total)
        known = [part.figure.total for part in parts if part.figure.total is not None]
        assert once.total == (sum(known) if known else None)


def test_rates_add_only_where_every_province_has_both_numbers():
    def share(**more):
        return Figure("CT33.4", "Tỷ lệ", "%", "rate", "sum", "month", certainty="rate", **more)

    one, two = share(numerator=98, denominator=104), share(numerator=2, denominator=4)
    assert added([Part("A", one), Part("B", two)]).printed == "92,6% (100/108)"
    listed = added([Part("A", one), Part("B", share(rate="100"))])
    assert (listed.numerator, listed.texts) == (None, ("A: 94,2% (98/104)", "B: 100%"))


def test_the_database_refuses_to_change_who_gave_what(scene):
    issued(scene.quang_ninh, figure(total=1))
    snapshot = scene.compiled().snapshot
    with pytest.raises(IntegrityError, match="snapshot_never_changes"), transaction.atomic():
        ProvinceSource.objects.update(quantity=2)
    row = ProvinceSource.objects.get()
    with pytest.raises(IntegrityError, match="province_gives_once_to_a_cell|UNIQUE"), transaction.atomic():
        ProvinceSource.objects.create(snapshot=snapshot, cell=row.cell, province=row.province, given=row.given)


def test_only_the_ministry_opens_and_compiles_the_report_of_the_country(scene):
    stranger = who.seat(Department.objects.filter(unit=scene.quang_ninh).first() or who.office(scene.quang_ninh))
    for seat in (stranger, who.seat(scene.ministry, "viewer"), who.seat(scene.ministry, "admin")):
        with pytest.raises(Refused):
            scene.report(by=seat)
    report = scene.report()
    with pytest.raises(Refused):
        ask_compile(report, by=stranger, at=AT)


class Killed(BaseException):
    """What no handler catches, as when the process is gone."""


@pytest.mark.parametrize("where", ["latest_issued", "sums", "with_lists", "_provinces"])
def test_a_worker_killed_on_the_countrys_figures_leaves_exactly_one_snapshot(scene, monkeypatch, where):
    issued(scene.quang_ninh, figure(total=1))
    job = ask_compile(scene.report(), by=scene.editor, at=AT)

    def kill(*args, **more):
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed), transaction.atomic():
        patch.setattr(jobs, where, kill)
        run_job(job.pk, clock=lambda: AT)
    late = AT - datetime.timedelta(minutes=1)
    Job.objects.filter(pk=job.pk).update(status="running", attempts=1, fence=1, lease_until=late)
    assert sweep_jobs(at=AT) == [job.pk]
    assert run_job(job.pk, clock=lambda: AT).status == "done"
    assert Snapshot.objects.filter(report__province=scene.country).count() == 1
    assert ProvinceSource.objects.count() == 1


def test_the_pages_of_the_country_open_the_provinces_cells(scene):
    own = issued(scene.quang_ninh, figure(total=550))
    for province, total in ((scene.kien_giang, 200), (scene.an_giang, 30)):
        issued(province, figure(total=total), figure("CT31.1", 3, sensitive=True, section="II.6"))
    client = pages.as_(scene.editor)
    home = client.get("/toan-quoc/2023/bao-cao/").content.decode()
    assert "3/4" in home
    assert "Hải Phòng" in home
    assert client.post("/toan-quoc/2023/bao-cao/lap").status_code == 302
    report = scene.compiled()
    here = {"t": "toan-quoc", "y": 2023, "id": report.public_id}
    for name in ("report", "report_figures", "report_texts", "report_preview", "report_provinces"):
        assert client.get(reverse(name, kwargs=here)).status_code == 200, name
    sources = client.get(reverse("figure_sources", kwargs={**here, "code": "CT05.1"})).content.decode()
    cell = reverse("figure_sources", kwargs={"t": "quang-ninh", "y": 2023, "id": own.public_id, "code": "CT05.1"})
    assert cell in sources
    assert "780" in sources
    assert client.get(cell).status_code == 200
    now = client.get(reverse("report_provinces", kwargs=here) + "?dia-gioi=nay").content.decode()
    assert "230" in now
    then = client.get(reverse("report_provinces", kwargs=here)).content.decode()
    assert ">230<" not in then
    assert client.get(reverse("report_provinces", kwargs=here) + "?dang=xlsx").status_code == 200
    small = client.get(reverse("report_provinces", kwargs=here) + "?muc=II.6&pham-vi=thang").content.decode()
    assert small.count("&lt;5") >= 2
    for kind in ("docx", "pdf", "xlsx"):
        assert client.get(reverse("report_file", kwargs=here) + f"?dang={kind}").status_code == 200


def test_the_country_is_404_to_every_seat_outside_the_ministry(scene):
    issued(scene.quang_ninh, figure(total=550))
    report = scene.compiled()
    client = pages.as_(who.seat(Department.objects.get(unit=scene.quang_ninh), "approver"))
    here = {"t": "toan-quoc", "y": 2023}
    assert client.get(reverse("reports", kwargs=here)).status_code == 404
    assert client.post(reverse("report_open", kwargs=here)).status_code == 404
    for name in ("report", "report_figures", "report_provinces", "report_file", "report_preview"):
        assert client.get(reverse(name, kwargs={**here, "id": report.public_id})).status_code == 404, name


def test_the_ministry_sees_of_a_province_only_what_it_issued(scene):
    draft = make.report(who.office(scene.quang_ninh))
    there = issued(scene.kien_giang, figure(total=1))
    client = pages.as_(scene.editor)
    address = "/{}/2023/bao-cao/{}/"
    assert client.get(address.format("quang-ninh", draft.public_id)).status_code == 404
    assert client.get(address.format("kien-giang", there.public_id)).status_code == 200


def test_the_countrys_paper_names_the_missing_and_prints_both_boundaries(scene):
    for province, total in ((scene.quang_ninh, 550), (scene.kien_giang, 200), (scene.an_giang, 30)):
        issued(province, figure(total=total))
    report = scene.compiled()

    paper = paper_of(report, at=datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC))

    titles = [annex.title for annex in paper.annexes]
    assert "Tỉnh, thành phố chưa gửi báo cáo" in titles
    assert "Số liệu chính theo tỉnh, thành phố, địa giới năm 2023" in titles
    assert "Số liệu chính theo tỉnh, thành phố, địa giới ngày 22/11/2026" in titles
    text = " ".join(block.text for block in paper.blocks if hasattr(block, "text"))
    assert "3/4 tỉnh, thành phố" in text
    last = [annex.blocks[0].rows[-1] for annex in paper.annexes if "địa giới" in annex.title]
    assert [row[2].value for row in last] == [780, 780]
    data = io.BytesIO()
    FORMATS[".docx"].write(paper, data)
    assert check(data) == []


def test_a_merged_provinces_people_see_the_year_on_both_boundaries(scene):
    issued(scene.kien_giang, figure(total=200))
    seat = who.seat(who.office(scene.merged, "Sở Nội vụ"))
    address = reverse("boundaries", kwargs={"t": "an-giang", "y": 2023})

    page = pages.as_(seat).get(address).content.decode()

    assert "Kiên Giang" in page
    assert ">200<" in page
    issued(scene.an_giang, figure(total=30))
    page = pages.as_(seat).get(address).content.decode()
    assert ">230<" in page
    lonely = who.seat(who.department(scene.an_giang, "Sở Y tế", "SYT"))
    assert pages.as_(lonely).get(address).status_code == 404


def split(total: int, *leaves: Leaf, **more) -> Figure:
    return figure(total=total, by_sex=True, leaves=leaves, **more)


def leaf(department: int, level: str, role: str, total: int, **more) -> Leaf:
    return Leaf(department, level, role, "inside", "", more.pop("certainty", "exact"), 1, total, **more)


def test_the_countrys_figure_splits_by_province_and_opens_the_same_split_of_each(scene):
    own = issued(
        scene.quang_ninh,
        split(
            130,
            leaf(1, "province", "lead", 60, female=40),
            leaf(2, "province", "lead", 20),
            leaf(3, "commune", "", 50),
            female=40,
            not_split=90,
        ),
    )
    about = leaf(7, "commune", "lead", 550, certainty="about", female=300)
    issued(scene.kien_giang, split(550, about, certainty="about", female=300, not_split=250))
    issued(scene.an_giang, figure(total=30, by_sex=True))
    report = scene.compiled()
    taken = frozen(report.snapshot)
    cell = taken.cell("CT05.1")

    assert cell.total == share_of_leaves(cell.leaves).total == 710
    by_province = split_table(cell.leaves, taken.bodies, "department", "level")
    assert {line.key: line.whole.printed for line in by_province.lines} == {
        str(scene.an_giang.pk): "30",
        str(scene.kien_giang.pk): "khoảng 550",
        str(scene.quang_ninh.pk): "130",
    }
    assert [each.total for each in by_province.whole.cells] == [80, 600, 30]

    client = pages.as_(scene.editor)
    here = {"t": "toan-quoc", "y": 2023, "id": report.public_id, "code": "CT05.1"}
    page = client.get(reverse("report_split", kwargs=here) + "?theo=don-vi&cot=cap").content.decode()
    assert "Quảng Ninh" in page
    assert "chưa ghi cấp" in page
    people = client.get(reverse("report_split", kwargs=here) + "?theo=don-vi&cot=gioi").content.decode()
    assert "khoảng 300" in people
    assert "khoảng 340" in people
    behind = client.get(reverse("figure_sources", kwargs=here) + "?pham-vi=thang&cap=province&vai-tro=lead")
    there = {"t": "quang-ninh", "y": 2023, "id": own.public_id, "code": "CT05.1"}
    address = reverse("figure_sources", kwargs=there) + "?pham-vi=thang&cap=province&vai-tro=lead"
    assert [(row.name, row.shown, row.url) for row in behind.context["rows"]] == [("Quảng Ninh", "80", address)]
    women = client.get(reverse("figure_sources", kwargs=here) + "?phan=nu")
    assert [(row.shown, row.url.rpartition("?")[2]) for row in women.context["rows"]] == [
        ("khoảng 300", "pham-vi=thang&gioi=nu"),
        ("40", "pham-vi=thang&gioi=nu"),
    ]
    whole = client.get(reverse("figure_sources", kwargs=here) + f"?don-vi={scene.an_giang.pk}")
    assert [(row.shown, "?" in row.url) for row in whole.context["rows"]] == [("30", False)]
    here.pop("code")
    wide = client.get(reverse("report_provinces", kwargs=here))
    assert reverse("figure_sources", kwargs=there) in wide.content.decode()


def test_splits_of_a_sensitive_figure_of_the_country_name_no_province(scene):
    small = leaf(7, "commune", "lead", 3)
    for province in (scene.quang_ninh, scene.kien_giang):
        issued(province, split(23, small, leaf(8, "province", "lead", 20), code="CT31.1", sensitive=True))
    report = scene.compiled()

    assert {each.department for each in frozen(report.snapshot).cell("CT31.1").leaves} == {COUNTRY}
    here = {"t": "toan-quoc", "y": 2023, "id": report.public_id, "code": "CT31.1"}
    client = pages.as_(scene.editor)
    assert client.get(reverse("report_split", kwargs=here) + "?theo=don-vi").context["by"] == "cap"
    assert client.get(reverse("figure_sources", kwargs=here) + "?cap=commune").status_code == 404


def test_the_country_is_compared_with_what_its_provinces_issued_or_typed_of_the_year_before(scene):
    campaigns.campaign(2022)
    issued(scene.quang_ninh, figure(total=500), year=2022)
    issued(scene.quang_ninh, figure(total=550))
    issued(scene.kien_giang, figure(total=50))
    PastTotal.objects.create(
        province=scene.kien_giang,
        year=2022,
        measure=make.measure("CT05.1"),
        scope="month",
        quantity=100,
        source="báo cáo số 9/BC",
        typed_by=scene.editor,
        typed_at=AT,
    )

    taken = frozen(scene.compiled().snapshot)

    found = taken.compared(taken.cell("CT05.1"))
    assert (found.before, found.difference, taken.earlier.units) == ("600", 0, ("cả nước",))
    assert found.mark == "số nhập tay từ văn bản của 1 tỉnh, thành phố; chỉ có số liệu của 2/4 tỉnh, thành phố"
