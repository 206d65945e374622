"""Main pages for everybody: no fault that axe finds, no sideways scrolling from a narrow phone to a desk."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from campaigns.tests import make as campaigns
from reports.operations.way_up import send_report
from reports.tests import make, pages

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = (320, 360, 768, 1280)  # 320: a desk at 400 %
PLACE = "/quang-ninh/2023/"


@pytest.fixture
def province(settings, tmp_path):
    """A province's year with a plan, an activity and a report on its way."""
    settings.FILES_DIR = tmp_path
    people = pages.people()
    office = people.editor.department
    plan = campaigns.plan(office)
    row = make.activity(office, "Tọa đàm", status="sent")
    make.result(row, "CT05.1", 120, female=70)
    report = send_report(pages.issued(people), to=people.committee.department, by=people.head, at=pages.AT)
    return people, {
        "kế hoạch": f"{PLACE}ke-hoach/{plan.public_id}/",
        "hoạt động": f"{PLACE}hoat-dong/{row.public_id}/",
        "báo cáo": f"{PLACE}bao-cao/{report.public_id}/",
    }


def sign_in(page, seat):
    page.goto("/dang-nhap")
    page.get_by_label("Tên đăng nhập").fill(seat.user.username)
    page.get_by_label("Mật khẩu", exact=True).fill("mat khau dai")
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(re.compile("viec-can-lam"))


def faults(page, address: str) -> list[str]:
    """What axe finds on a page, and the widths at which it scrolls sideways."""
    answer = page.goto(address)
    if answer.status != 200:
        return [f"{address}: {answer.status}"]
    found = [
        f"{address}: {each['id']} {each['nodes'][0]['html'][:120]}" for each in Axe().run(page).response["violations"]
    ]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        found += [f"{address}: {wide} px at {width}"] if wide > width else []
    return found


def test_the_sign_in_page_is_for_everybody(page, province):
    assert faults(page, "/dang-nhap") == []


@pytest.mark.parametrize("who", ["editor", "committee"])
def test_main_pages_are_for_everybody(page, province, who):
    people, rows = province
    sign_in(page, getattr(people, who))
    lists = ["/viec-can-lam", f"{PLACE}ke-hoach/", f"{PLACE}hoat-dong/", f"{PLACE}bao-cao/"]
    report = [rows["báo cáo"], f"{rows['báo cáo']}so-lieu", f"{rows['báo cáo']}so-lieu/CT05.1/nguon"]
    own = [f"{PLACE}hoat-dong/ghi-nhanh", f"{PLACE}xac-minh/", f"{rows['kế hoạch']}kiem-tra", f"{PLACE}nhiem-vu/"]

    own.append(rows["kế hoạch"])  # which the committee sees once it is submitted
    theirs = own if who == "editor" else [f"{rows['báo cáo']}xem-xet"]
    addresses = [*lists, rows["hoạt động"], *report, *theirs]

    assert [fault for address in addresses for fault in faults(page, address)] == []
