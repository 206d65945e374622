"""The whole story in the browser: from the plan to a report that the committee accepts, with a real worker."""

import re

import pytest
from playwright.sync_api import expect

from activities.models import Activity
from campaigns.models import Plan
from campaigns.tests import make_plans
from provinces.tests import make as who
from reports.models import Report
from reports.tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

YEAR = "/quang-ninh/2023/"
LAUNCH = "Lễ phát động hưởng ứng Tháng hành động năm 2023"
PLACE = "Khu công nghiệp Đông Mai"
COMMENT = "Nêu rõ cơ quan chủ trì lễ phát động"
A_MINUTE = 60_000  # milliseconds


class Province:
    """Quảng Ninh as it was in 2023, with the people of the story."""

    def __init__(self):
        for code in make.MEASURES:
            make.measure(code)
        self.cast = make_plans.cast()
        province = self.cast.province
        self.union = who.department(province, "Liên đoàn Lao động tỉnh", "LĐLĐ", kind="doan_the")
        self.zones = who.department(province, "Ban Quản lý Khu kinh tế Quảng Ninh", "BQLKKT")
        town = who.commune(province, "Thị xã Quảng Yên", "206", level="district")
        self.town = who.department(town, "Ủy ban nhân dân thị xã Quảng Yên", "UBND", kind="ubnd_huyen")
        self.plan = make_plans.complete(self.cast)
        self.officer, self.head, self.committee = self.cast.officer, self.cast.head, self.cast.reviewer
        self.unionist = who.seat(self.union, "approver")
        self.organisers = [self.unionist, self.officer, who.seat(self.zones), who.seat(self.town)]


def test_from_the_plan_to_the_accepted_report(page, worker, own_prints):
    people = Province()

    submit_the_plan(page, people)
    approve_the_plan(page, people)
    issue_the_plan(page, people)
    log_the_launch(page, people)
    verify_the_launch(page, people)
    every_organiser_sees_it_once(page, people)
    compile_the_report(page, people)
    first = send_the_report(page, people)
    return_the_report(page, people, first)
    second = answer_and_send_again(page, people)
    accept_the_report(page, people, second)

    assert Plan.objects.get().status == "issued"
    assert list(Report.objects.order_by("version").values_list("version", "status")) == [
        (1, "superseded"),
        (2, "accepted"),
    ]


@pytest.fixture
def own_prints(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def act_as(page, seat) -> None:
    """Sign in as the seat's person."""
    page.context.clear_cookies()
    page.goto("/dang-nhap")
    page.get_by_label("Tên đăng nhập").fill(seat.user.username)
    page.locator("input[name=password]").fill("mat khau dai")
    press(page, "Đăng nhập")
    expect(page).to_have_url(re.compile("viec-can-lam"))


def press(page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def follow(page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()


def see(page, words: str) -> None:
    expect(page.locator("main")).to_contain_text(words)


def submit_the_plan(page, people) -> None:
    act_as(page, people.officer)
    page.goto(f"{YEAR}ke-hoach/{people.plan.public_id}/")
    follow(page, "Kiểm tra trước khi trình")
    page.locator("form button.btn-main").click()
    see(page, "Đã trình kế hoạch")


def approve_the_plan(page, people) -> None:
    act_as(page, people.committee)
    page.goto(f"{YEAR}ke-hoach/{people.plan.public_id}/xem-xet")
    page.locator("input[name=decision][value=approve]").check()
    press(page, "Tiếp tục")
    page.locator("button[name=confirmed]").click()
    see(page, "Đã duyệt, chờ ban hành")


def issue_the_plan(page, people) -> None:
    act_as(page, people.head)
    page.goto(f"{YEAR}ke-hoach/{people.plan.public_id}/ban-hanh")
    page.locator("input[name=number_unknown]").check()
    page.locator("input[name=dated]").fill("01/11/2023")
    press(page, "Tiếp tục")
    page.locator("button[name=confirm]").click()
    see(page, "Đã ban hành")


def log_the_launch(page, people) -> None:
    """The union records what another body led, with that body and two more beside it."""
    act_as(page, people.unionist)
    page.goto(f"{YEAR}hoat-dong/")
    follow(page, "Ghi hoạt động")
    page.locator("select[name=type]").select_option(label="Lễ phát động, mít tinh")
    page.locator("[name=title]").fill(LAUNCH)
    page.locator("[name=starts_on]").fill("10/11/2023")
    page.locator("[name=place]").fill(PLACE)
    page.locator("input[name=own_role][value=co]").check()
    page.locator("[name=rest]").fill("550")
    page.locator("select[name=certainty]").select_option("about")
    page.locator("#thoi-gian > summary").click()
    page.locator("[name=window_reason]").fill("phát động sớm để hưởng ứng Tháng hành động")
    page.locator("#participants > summary").click()
    partners = [(people.cast.office, "lead"), (people.zones, "co"), (people.town, "co")]
    for row, (department, role) in enumerate(partners):
        if row:
            page.locator("button[name=add][value=participants]").click()
        page.locator(f"[name=participants-{row}-body]").fill(str(department))
        page.locator(f"select[name=participants-{row}-role]").select_option(role)
    press(page, "Kiểm tra và gửi")
    see(page, "khoảng 550")
    press(page, "Xác nhận và gửi")
    see(page, "Máy chủ nhận lúc")
    assert Activity.objects.get().status == "sent"


def verify_the_launch(page, people) -> None:
    act_as(page, people.officer)
    page.goto(f"{YEAR}xac-minh/")
    follow(page, LAUNCH)
    see(page, "khoảng 550")
    press(page, "Xác minh")
    expect(page).not_to_have_url(re.compile(Activity.objects.get().public_id))
    assert Activity.objects.get().status == "accepted"


def every_organiser_sees_it_once(page, people) -> None:
    for seat in people.organisers:
        act_as(page, seat)
        page.goto(f"{YEAR}hoat-dong/")
        expect(page.get_by_role("link", name=LAUNCH)).to_have_count(1)


def compile_the_report(page, people) -> None:
    """The figures come from a worker; the province counts one launch and about 550 attendances."""
    act_as(page, people.officer)
    page.goto(f"{YEAR}bao-cao/")
    press(page, "Lập báo cáo")
    press(page, "Tổng hợp")
    expect(page.locator("main")).to_contain_text("Đã tổng hợp xong bản số liệu 1", timeout=A_MINUTE)
    follow(page, "Đối chiếu số liệu")
    row = page.get_by_role("row", name=re.compile("^Lễ phát động, mít tinh Chia tách"))
    expect(row.get_by_role("link", name="cuộc, xem nguồn số liệu")).to_have_text("1")
    people_row = page.get_by_role("row", name=re.compile("^Người dự lễ phát động"))
    people = people_row.get_by_role("link", name="lượt người, xem nguồn số liệu")
    expect(people).to_have_text("khoảng 550")
    people.click()
    expect(page.get_by_role("link", name=LAUNCH)).to_have_count(1)


def send_the_report(page, people) -> Report:
    """The officer reads the drafts; the head locks, issues without a known number, and sends to the committee."""
    report = Report.objects.order_by("-version").first()
    act_as(page, people.officer)
    page.goto(f"{YEAR}bao-cao/{report.public_id}/loi-van/du-thao")
    unread = page.locator("input[name=read]").all()
    for box in unread:
        box.check()
    if unread:
        press(page, "Giữ các mục đã đánh dấu")
    act_as(page, people.head)
    page.goto(f"{YEAR}bao-cao/{report.public_id}/khoa")
    see(page, "Khóa bản số liệu 1")
    press(page, "Khóa số liệu")
    page.locator("input[name=number_unknown]").check()
    page.locator("input[name=dated]").fill("20/12/2023")
    press(page, "Tiếp tục")
    see(page, "Ban hành rồi thì nội dung và số liệu không đổi")
    press(page, "Ban hành")
    see(page, "Gửi rồi thì không sửa được")
    press(page, "Gửi báo cáo")
    see(page, "Máy chủ nhận lúc")
    return report


def return_the_report(page, people, report) -> None:
    act_as(page, people.committee)
    page.goto(f"{YEAR}bao-cao/")
    follow(page, "Báo cáo kết quả năm 2023")
    expect(page.get_by_alt_text("Trang 1 của bản in")).to_be_visible()
    page.locator("[name=y-0-text]").fill(COMMENT)
    page.locator("input[name=decision][value=return]").check()
    press(page, "Tiếp tục")
    see(page, "nhận 1 ý kiến, trong đó 1 bắt buộc sửa")
    press(page, "Trả lại")
    see(page, "Trả lại bổ sung")


def answer_and_send_again(page, people) -> Report:
    """The officer writes the section anew in the second version; the head sends it."""
    act_as(page, people.officer)
    page.goto(f"{YEAR}bao-cao/")
    follow(page, "Báo cáo kết quả năm 2023, bản thứ 2")
    see(page, COMMENT)
    follow(page, "Lời văn")
    follow(page, "II.1. Lễ phát động, mít tinh")
    box = page.locator("textarea[name=text]")
    expect(box).to_have_value(re.compile(r"«khoảng 550 \[CT05\.1\]» lượt người"))
    box.fill(box.input_value() + "\nCơ quan chủ trì: Sở Lao động - Thương binh và Xã hội.")
    press(page, "Lưu, về danh sách mục")
    see(page, "Đã lưu: II.1. Lễ phát động, mít tinh")
    return send_the_report(page, people)


def accept_the_report(page, people, report) -> None:
    act_as(page, people.committee)
    page.goto(f"{YEAR}bao-cao/{report.public_id}/xem-xet")
    page.locator("input[name=decision][value=accept]").check()
    press(page, "Tiếp tục")
    press(page, "Tiếp nhận")
    see(page, "Đã tiếp nhận")
    with page.expect_download() as download:
        follow(page, "Tải PDF")
    assert download.value.suggested_filename == "bao-cao-quang-ninh-2023-ban-2.pdf"
