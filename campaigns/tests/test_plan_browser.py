"""The plan in a real browser: a section that saves itself, a row edited in place, dragged, two people on one text."""

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Plan
from campaigns.operations.sections import save_section
from campaigns.operations.tasks import TaskData, save_task
from campaigns.tests import make, make_plans
from provinces.models import Draft, Presence
from provinces.tests import make as who

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STATE = "[data-draft-state]"


@pytest.fixture
def people():
    make.campaign()
    cast = make_plans.cast()
    cast.officer = who.seat(cast.office, person=who.user("can-bo"))
    return cast


@pytest.fixture
def plan(people):
    plan = make_plans.started(people)
    for title in ("Lễ phát động", "Mít tinh", "Diễu hành"):
        make_plans.task(plan, people, title=title)
    Plan.objects.update(budget=80_000_000)
    make.money_source()
    return plan


def address(plan, name="plan", **more) -> str:
    return reverse(name, kwargs={"t": "quang-ninh", "y": 2023, "id": plan.public_id, **more})


def open_as_officer(page, where) -> None:
    page.goto(f"/dang-nhap?next={where}")
    page.fill("#id_username", "can-bo")
    page.fill("#id_password", "mat khau dai")
    page.press("#id_password", "Enter")
    page.wait_for_url(f"**{where}")


def order(plan) -> list[str]:
    return [task.title for task in plan.tasks.all()]


def test_a_section_saves_itself_while_it_is_written(page, plan):
    open_as_officer(page, address(plan, "plan_section", key="muc-dich"))

    page.type("[name=text]", "1. Thiết thực")
    page.wait_for_selector(f"{STATE}:has-text('Đã lưu')")
    page.type("[name=text]", ", tiết kiệm.")
    page.keyboard.press("Tab")
    page.wait_for_selector("[name=version][value='3']", state="attached")

    row = make_plans.section(plan)
    assert (row.text, row.version) == ("1. Thiết thực, tiết kiệm.", 3)
    assert not Draft.objects.exists()
    assert Presence.objects.get().part == "section:muc-dich"


def test_a_section_on_a_cut_line_is_saved_when_the_line_is_back(page, plan):
    open_as_officer(page, address(plan, "plan_section", key="muc-dich"))
    page.route("**/muc/muc-dich", lambda route: route.fetch() and route.abort())
    page.type("[name=text]", "Một")
    page.wait_for_selector(f"{STATE} button")
    page.unroute("**/muc/muc-dich")

    page.type("[name=text]", ", hai")
    page.wait_for_selector(f"{STATE}:has-text('Đã lưu')")

    assert make_plans.section(plan).text == "Một, hai"


def test_of_two_texts_the_person_chooses(page, people, plan):
    where = address(plan, "plan_section", key="muc-dich")
    open_as_officer(page, where)
    save_section(make_plans.section(plan), "Của chị", version=1, done=True, by=people.head, at=timezone.now())
    page.type("[name=text]", "Của tôi")
    page.click(f"{STATE} button:has-text('Xem hai bản')")
    page.wait_for_selector("h1:has-text('Hai người cùng sửa một mục')")
    assert make_plans.section(plan).text == "Của chị"

    page.fill("textarea[name=own-text]", "Của hai người")
    assert page.is_checked("[name=choose-text][value=own]")
    assert page.is_checked("[name=choose-done][value=newest]")
    page.click("text=Lưu bản đã chọn")
    page.wait_for_url(f"**{address(plan)}")

    assert (make_plans.section(plan).text, make_plans.section(plan).done) == ("Của hai người", True)


def test_a_row_is_edited_in_place_by_the_keyboard_alone(page, plan):
    open_as_officer(page, address(plan))
    second = plan.tasks.get(title="Mít tinh")
    page.focus(f"#sua-{second.public_id}")
    page.keyboard.press("Enter")
    page.wait_for_selector(".edit-in")
    page.wait_for_selector(".edit-in [name=title]:focus")

    page.fill(".edit-in [name=place]", "Hạ Long")
    page.fill("[name='money-0-amount']", "80 triệu")
    page.select_option("[name='money-0-source']", index=1)
    page.wait_for_selector(".edit-in .echo:has-text('tám mươi triệu đồng')")
    page.focus(".edit-in [name=place]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".edit-in", state="detached")

    second.refresh_from_db()
    assert (second.place, second.money.get().amount) == ("Hạ Long", 80_000_000)
    assert "80.000.000" in page.inner_text("#tien-theo-nguon")
    page.wait_for_selector(f"#sua-{second.public_id}:focus")
    assert not Draft.objects.exists()


def test_a_fault_and_a_conflict_stay_under_the_row(page, people, plan):
    open_as_officer(page, address(plan))
    task = plan.tasks.get(title="Mít tinh")
    page.click(f"#sua-{task.public_id}")
    page.fill(".edit-in [name=title]", "")
    page.fill(".edit-in [name=place]", "Hạ Long")
    page.click(".edit-in .acts-main button:has-text('Lưu nhiệm vụ')")
    page.wait_for_selector(".edit-in .errors")
    assert page.input_value(".edit-in [name=place]") == "Hạ Long"

    data = TaskData(title="Mít tinh cấp tỉnh", type=task.type, lead=task.lead, place="Uông Bí")
    save_task(plan, task, data, version=1, by=people.head, at=timezone.now())
    page.fill(".edit-in [name=title]", "Mít tinh")
    page.click(".edit-in .acts-main button:has-text('Lưu nhiệm vụ')")
    page.wait_for_selector(".edit-in .choice")
    assert page.is_checked("[name=choose-title][value=newest]")
    page.check("[name=choose-place][value=mine]")
    page.click("text=Lưu bản đã chọn")
    page.wait_for_selector(".edit-in", state="detached")

    task.refresh_from_db()
    assert (task.title, task.place) == ("Mít tinh cấp tỉnh", "Hạ Long")


def test_what_was_typed_under_a_row_is_there_after_it_was_closed(page, plan):
    open_as_officer(page, address(plan))
    task = plan.tasks.get(title="Mít tinh")
    page.click(f"#sua-{task.public_id}")
    page.fill(".edit-in [name=place]", "Hạ Long")
    page.wait_for_selector(f".edit-in {STATE}:has-text('Đã lưu nháp')")
    page.click(".edit-in >> text=Thôi, đóng lại")
    page.wait_for_selector(".edit-in", state="detached")
    assert "chưa lưu, bản nháp" in page.inner_text(f"#nv-{task.public_id}")

    page.click(f"#sua-{task.public_id}")

    page.wait_for_selector(".edit-in")
    assert page.input_value(".edit-in [name=place]") == "Hạ Long"


def test_a_row_is_dragged_and_moved_by_buttons(page, plan):
    open_as_officer(page, address(plan))
    rows = {task.title: task.public_id for task in plan.tasks.all()}

    def middle(title, down=0.5):
        box = page.locator(f"#nv-{rows[title]}").bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] * down

    page.locator(f"#nv-{rows['Lễ phát động']} [data-grip]").hover()
    page.mouse.down()
    page.mouse.move(*middle("Mít tinh"), steps=4)
    page.mouse.move(*middle("Diễu hành", 0.9), steps=4)
    page.mouse.up()
    page.wait_for_selector("[data-told]:has-text('Đã chuyển')")
    assert order(plan) == ["Mít tinh", "Diễu hành", "Lễ phát động"]

    page.focus(f"#len-{rows['Lễ phát động']}")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"tbody:nth-of-type(3)#nv-{rows['Lễ phát động']}")
    assert order(plan) == ["Mít tinh", "Lễ phát động", "Diễu hành"]
    page.wait_for_selector(f"#len-{rows['Lễ phát động']}:focus")

    page.keyboard.press("Enter")
    page.wait_for_selector(f"#xuong-{rows['Lễ phát động']}:focus")
    assert order(plan) == ["Lễ phát động", "Mít tinh", "Diễu hành"]


def test_escape_puts_a_dragged_row_back(page, plan):
    open_as_officer(page, address(plan))
    first = plan.tasks.get(title="Lễ phát động")
    page.locator(f"#nv-{first.public_id} [data-grip]").hover()
    page.mouse.down()
    box = page.locator(f"#nv-{plan.tasks.get(title='Diễu hành').public_id}").bounding_box()
    page.mouse.move(box["x"] + 50, box["y"] + box["height"] - 2, steps=4)
    page.keyboard.press("Escape")
    page.mouse.up()

    titles = page.locator("table[data-tasks] tbody.one th[scope=row]").all_inner_texts()
    assert [title.strip() for title in titles] == ["Lễ phát động", "Mít tinh", "Diễu hành"]
    assert order(plan) == ["Lễ phát động", "Mít tinh", "Diễu hành"]


def test_everything_works_without_a_script(browser, live_server, people, plan):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/dang-nhap?next={address(plan)}")
    page.fill("#id_username", "can-bo")
    page.fill("#id_password", "mat khau dai")
    page.click("button.btn-main")
    task = plan.tasks.get(title="Mít tinh")

    page.click(f"#len-{task.public_id}")
    assert order(plan)[0] == "Mít tinh"
    page.click(f"#sua-{task.public_id}")
    page.fill("[name=lead]", "so tu phap")
    page.click("button:has-text('Thêm chỉ tiêu')")
    page.fill("[name=place]", "Hạ Long")
    page.click(".acts-main button:has-text('Lưu nhiệm vụ')")
    task.refresh_from_db()
    assert (task.place, task.lead) == ("Hạ Long", people.justice)
    page.click("text=I. Mục đích, yêu cầu >> nth=0")
    page.fill("[name=text]", "Thiết thực")
    page.click("button[name=stay]")
    assert make_plans.section(plan).text == "Thiết thực"
    context.close()


def test_after_a_conflict_the_save_button_leads_to_both_texts_too(page, people, plan):
    open_as_officer(page, address(plan, "plan_section", key="muc-dich"))
    save_section(make_plans.section(plan), "Của chị", version=1, done=False, by=people.head, at=timezone.now())
    page.type("[name=text]", "Của tôi")
    page.wait_for_selector(f"{STATE} button")

    page.click("button[name=stay]")

    page.wait_for_selector("h1:has-text('Hai người cùng sửa một mục')")


def test_what_never_reached_the_server_is_offered_again_and_wiped_at_sign_out(page, plan):
    where = address(plan, "plan_section", key="muc-dich")
    open_as_officer(page, where)
    page.route("**/muc/muc-dich", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.type("[name=text]", "Gõ trước khi mất điện")
    page.wait_for_selector(f"{STATE} button:has-text('đang giữ trên máy này')")

    page.goto(where)
    note = page.locator("[data-copy-note]")
    note.wait_for()
    assert page.input_value("[name=text]") == ""
    note.get_by_text("Lấy lại").click()
    page.wait_for_selector("text=Đã khôi phục bản nháp")
    assert page.input_value("[name=text]") == "Gõ trước khi mất điện"
    page.unroute("**/muc/muc-dich")
    page.click("[name=list]")
    page.wait_for_url(f"**{address(plan)}")
    assert make_plans.section(plan).text == "Gõ trước khi mất điện"
    page.goto(where)
    page.wait_for_timeout(300)
    assert note.count() == 0

    page.route("**/muc/muc-dich", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.type("[name=text]", " và nữa")
    page.wait_for_selector(f"{STATE} button:has-text('đang giữ trên máy này')")
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    page.click(".top-form button")
    page.wait_for_url("**/dang-nhap**")
    assert "đăng xuất thì mất" in asked[0]
    open_as_officer(page, where)
    page.wait_for_timeout(300)
    assert note.count() == 0
