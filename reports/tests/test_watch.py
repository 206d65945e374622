"""Map, tiles, years and measures of “Theo dõi”: the numbers of the reports, hatch for none, nothing small."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.models import Recipient
from campaigns.tests import make as campaigns
from provinces.models import Department, UnitSuccession
from provinces.schematic import labels, shapes, zones
from provinces.tests import make as who
from reports.charts import scale_of_numbers, scale_of_percents
from reports.models import PastTotal, Report
from reports.queries.picture import frozen
from reports.tests import make, pages
from reports.tests.test_nation import AT, Scene, figure, issued

pytestmark = pytest.mark.django_db
MAP = "/toan-quoc/2023/theo-doi/ban-do"
RATE = {"section": "I", "activities": 1}


@pytest.fixture
def scene():
    return Scene()


def share(numerator, denominator, **more):
    from_figure = figure("CT42.5", certainty="rate", numerator=numerator, denominator=denominator, **more)
    return type(from_figure)(**{**from_figure.__dict__, "counts": "rate", "unit_of_measure": "%", "name": "Đã gửi"})


def page(seat, address):
    answer = pages.as_(seat).get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_the_drawing_holds_all_34_provinces_both_archipelagos_and_the_special_zones():
    assert len({shape.code for shape in shapes()}) == 34
    assert {shape.code for shape in shapes()} == set(labels())
    assert {zone.text for zone in zones()} >= {"Hoàng Sa", "Trường Sa", "Phú Quốc", "Côn Đảo", "Cô Tô"}
    assert len(zones()) == 13


def test_steps_have_round_edges_and_hold_every_value():
    scale = scale_of_percents([57, 95])
    assert [scale.step(value) for value in (57, 60, 69.9, 70, 80, 95)] == [1, 2, 2, 3, 4, 5]
    assert scale_of_numbers([0, 97]).width == 20
    assert [scale_of_numbers([3]).step(n) for n in (0, 1, 3)] == [1, 2, 4]


def test_the_map_shows_what_provinces_issued_and_hatches_the_rest(scene):
    issued(scene.quang_ninh, share(98, 104))
    issued(scene.kien_giang, share(1, 2))
    issued(scene.an_giang, share(3, 6))

    text = page(scene.editor, MAP)

    assert text.count('class="province k') == 34
    for words in ("Hoàng Sa", "Trường Sa", "Sơ đồ minh họa", "94,2% (98/104)", 'role="img"', "no-data"):
        assert words in text
    assert "50% (4/8)" in text  # An Giang of today: both that it was made from
    assert "50% (1/2)" in text  # and each of them below
    assert "there is no drawing of the 63" in text or "không có hình vẽ" in text
    assert text.count('class="province k0"') == 32
    table = re.sub(r"<svg.*?</svg>", "", text, flags=re.DOTALL)
    assert "94,2% (98/104)" in table  # the same number for who cannot see the drawing


def test_the_total_of_the_map_is_the_figure_of_the_countrys_report(scene):
    issued(scene.quang_ninh, share(98, 104))
    issued(scene.kien_giang, share(1, 2))
    printed = frozen(scene.compiled().snapshot).cell("CT42.5").printed

    assert f'<td class="r">{printed}</td>' in page(scene.editor, MAP).partition("<tfoot>")[2]


def test_raw_counts_and_sensitive_rates_are_never_drawn(scene):
    people = figure("CT31.1", 40, sensitive=True, by_sex=True, female=30, male=10, not_split=0)
    issued(scene.quang_ninh, people, figure("CT05.1", 550), share(2, 3, sensitive=True))

    text = page(scene.editor, MAP)

    assert "CT31.1" not in text
    assert "CT05.1" not in text
    assert "(2/3)" not in text


def test_the_map_asks_the_same_number_of_queries_for_one_province_and_for_34(scene):
    issued(scene.quang_ninh, share(98, 104))
    client = pages.as_(scene.editor)
    client.get(MAP)
    with CaptureQueriesContext(connection) as few:
        client.get(MAP)
    for no in range(33):
        issued(who.province(f"Tỉnh {no}", f"{no + 40}", f"tinh-{no}"), share(no, 104))
    with CaptureQueriesContext(connection) as many:
        client.get(MAP)

    assert len(many) == len(few)


@pytest.mark.parametrize("leaf", ["", "ban-do", "so-sanh-nam", "chi-tieu/CT05.1"])
def test_the_countrys_pages_are_404_outside_the_ministry(scene, leaf):
    seat = who.seat(who.office(scene.quang_ninh), "approver")
    assert pages.as_(seat).get(f"/toan-quoc/2023/theo-doi/{leaf}").status_code == 404
    assert pages.as_(scene.editor).get(f"/toan-quoc/2023/theo-doi/{leaf}").status_code == 200


@pytest.mark.parametrize("leaf", ["ban-do", "so-sanh-nam", "chi-tieu/CT05.1"])
def test_a_provinces_pages_are_for_who_leads_it(leaf):
    people = pages.people()
    pages.launch(people)
    address = f"/quang-ninh/2023/theo-doi/{leaf}"
    assert pages.as_(people.editor).get(address).status_code == 200
    assert pages.as_(people.other).get(address).status_code == 404
    assert pages.as_(people.stranger).get(address).status_code == 404


def test_the_ministry_sees_of_a_province_only_issued_figures(scene):
    office = who.office(scene.quang_ninh)
    make.result(make.activity(office, starts_on=datetime.date(2023, 11, 20)), "CT05.1", 777)
    address = "/quang-ninh/2023/theo-doi/so-sanh-nam"
    assert "777" in page(who.seat(office), address)
    assert "777" not in page(scene.editor, address)
    issued(scene.quang_ninh, figure(total=550))
    assert "550" in page(scene.editor, address)


def test_a_number_of_the_report_is_the_same_on_every_page():
    people = pages.people()
    report = pages.compiled(people)
    printed = frozen(report.snapshot).cell("CT05.1").printed
    assert printed == "khoảng 550"
    pages.launch(people, 1000, "exact", "Mít tinh cấp huyện")  # after the compile

    for leaf in ("so-sanh-nam", "chi-tieu/CT05.1"):
        text = page(people.editor, f"/quang-ninh/2023/theo-doi/{leaf}")
        assert printed in text
        assert "1.550" not in text
        assert not re.search(r">\s*550\s*<", text)  # never without its “khoảng”


def test_tiles_add_up_to_the_figure_and_hold_no_victims():
    people = pages.people()
    province = people.editor.department.unit
    commune = who.commune(province)
    who.commune(province, "Xã Tiên Yên", "07133")
    body = who.department(commune, "UBND xã Đông Mai", "UBND", "ubnd_xa")
    row = make.activity(body, "Truyền thông", starts_on=datetime.date(2023, 11, 20))
    make.result(row, "CT07.1", 12)
    make.result(row, "CT31.1", 60)
    pages.launch(people)

    text = page(people.editor, "/quang-ninh/2023/theo-doi/ban-do?ve=CT07.1:month")

    assert re.search(r"<span>Xã Đông Mai</span><b>12</b>", text)
    assert re.search(r'class="t0"><span>Xã Tiên Yên</span>', text)
    assert "CT31.1" not in text
    launched = page(people.editor, "/quang-ninh/2023/theo-doi/ban-do?ve=CT05.1:month")
    assert "khoảng 550" in launched


def later(province, year, *cells):
    """A report of another year, issued."""
    campaigns.campaign(year)
    return issued(province, *cells, year=year)


def test_a_series_stands_on_both_boundaries_and_says_where_it_cannot(scene):
    campaigns.campaign(2025)
    issued(scene.kien_giang, figure(total=200))
    issued(scene.an_giang, figure(total=30))
    issued(scene.merged, figure(total=260), year=2025)
    seat = who.seat(Department.objects.get(unit=scene.merged))
    address = "/an-giang/2025/theo-doi/chi-tieu/CT05.1"

    today = page(seat, address)
    then = page(seat, f"{address}?dia-gioi=nam")

    assert ">230<" in today.replace("\n", "")
    assert "không so sánh được: năm 2023 là tỉnh An Giang, tỉnh Kiên Giang" in then
    assert ">230<" not in then


def test_a_year_with_half_of_its_territory_says_whose_numbers_it_has(scene):
    campaigns.campaign(2025)
    issued(scene.kien_giang, figure(total=200))
    issued(scene.merged, figure(total=260), year=2025)
    seat = who.seat(Department.objects.get(unit=scene.merged))

    assert "chỉ có số liệu của Kiên Giang" in page(seat, "/an-giang/2025/theo-doi/chi-tieu/CT05.1")


def test_a_year_typed_from_a_paper_is_marked_and_a_redefined_one_is_not_compared(scene):
    office = who.office(scene.quang_ninh)
    campaigns.campaign(2022)
    issued(scene.quang_ninh, figure(total=550))
    seat = who.seat(office)
    PastTotal.objects.create(
        province=scene.quang_ninh, year=2022, measure=make.measure("CT05.1"), scope="month", quantity=480,
        source="Báo cáo 99/BC", typed_by=seat, typed_at=AT,
    )  # fmt: skip

    text = page(seat, "/quang-ninh/2023/theo-doi/chi-tieu/CT05.1")

    assert "số nhập tay từ Báo cáo 99/BC" in text
    assert ">480<" in text.replace("\n", "")


def test_small_counts_of_a_sensitive_measure_are_hidden_in_every_year(scene):
    small = figure("CT31.1", 3, sensitive=True, by_sex=True, female=2, male=1, not_split=0)
    for province in (scene.quang_ninh, scene.hai_phong):
        issued(province, small)
    seat = who.seat(Department.objects.get(unit=scene.quang_ninh))
    Report.objects.update(status="issued")

    for text in (
        page(seat, "/quang-ninh/2023/theo-doi/chi-tieu/CT31.1"),
        page(seat, "/quang-ninh/2023/theo-doi/so-sanh-nam"),
        page(scene.editor, "/toan-quoc/2023/theo-doi/chi-tieu/CT31.1"),
    ):
        assert "&lt;5" in text
        assert not re.search(r">\s*3\s*<", re.sub(r"<svg.*?</svg>", "", text, flags=re.DOTALL))


def test_the_ministrys_list_names_the_late_and_the_missing(scene):
    office = who.office(scene.quang_ninh)
    other = who.office(scene.hai_phong)
    asked = make.request(scene.ministry)
    asked.recipients.set([])
    for body in (office, other):
        Recipient.objects.create(request=asked, department=body)
    issued(scene.quang_ninh, figure(total=1), locked_at=asked.due + datetime.timedelta(days=2))

    text = page(scene.editor, "/toan-quoc/2023/theo-doi/")
    missing = page(scene.editor, "/toan-quoc/2023/theo-doi/?xem=chua")

    assert "12/BC-SLĐTBXH" in text
    assert "12/BC-SLĐTBXH" not in missing
    assert missing.count('<th scope="row">') == 3
    assert text.index("Hải Phòng") < text.index("12/BC-SLĐTBXH")
    assert "12/BC-SLĐTBXH" in page(scene.editor, "/toan-quoc/2023/theo-doi/?xem=tre")
    assert "12/BC-SLĐTBXH" not in page(scene.editor, "/toan-quoc/2023/theo-doi/?xem=da-ban-hanh")
    home = page(scene.editor, "/viec-can-lam?tinh=quang-ninh&nam=2023")
    assert "/toan-quoc/2023/theo-doi/ban-do" in home
    assert "1/4" in home


def test_the_year_switch_keeps_the_page(scene):
    campaigns.campaign(2022)
    seat = who.seat(who.office(scene.quang_ninh))
    text = page(seat, "/quang-ninh/2023/theo-doi/so-sanh-nam")
    assert "/quang-ninh/2022/theo-doi/so-sanh-nam" in text
    assert "/quang-ninh/2022/theo-doi/so-sanh-nam" in page(seat, "/doi-nam?trang=theo-doi/so-sanh-nam")
    assert UnitSuccession.objects.count() == 2
