"""The quick grid in a real browser: the keyboard alone, each row by itself, a cut line, a block from Excel."""

import pytest

from activities.models import Activity
from activities.tests.test_grid import GRID
from campaigns.tests import make as campaigns

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAVED = "tr[data-row='{}'] [data-state]:has-text('Đã lưu')"


@pytest.fixture
def grid(page, client, live_server, scene):
    """The grid in front of the department's editor."""
    campaigns.activity_type()
    campaigns.money_source()
    client.force_login(scene.editor.user)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.goto(GRID)
    yield page
    page.route("**/ban-nhap", lambda route: route.abort())  # no late draft after the rows of the test are gone


def fill_row(page, no, title, day="20/11/2023", female="42"):
    page.focus(f"[name=r{no}-title]")
    page.keyboard.type(title)
    page.keyboard.press("Tab")
    page.select_option(f"[name=r{no}-type]", "HD02")
    page.keyboard.press("Tab")
    page.keyboard.type(day)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type(female)


def test_rows_are_typed_with_the_keyboard_alone_and_store_themselves(grid):
    fill_row(grid, 1, "Lễ phát động xã A")
    grid.keyboard.press("Enter")
    grid.wait_for_function("document.activeElement.name == 'r2-female'")
    grid.wait_for_selector(SAVED.format(1))
    fill_row(grid, 2, "Lễ phát động xã B", female="1.250")
    assert grid.inner_text("tr[data-row='2'] [data-total]") == "1.250"
    grid.keyboard.press("Enter")
    grid.wait_for_selector(SAVED.format(2))

    assert list(Activity.objects.order_by("id").values_list("title", flat=True)) == [
        "Lễ phát động xã A",
        "Lễ phát động xã B",
    ]
    assert "2 dòng đã lưu" in grid.inner_text("[data-tally]")


def test_a_new_row_appears_below_the_last_one(grid):
    fill_row(grid, 5, "Dòng cuối")

    assert grid.locator("[name=r6-title]").is_visible()
    assert grid.get_attribute("[name=r6-title]", "aria-label") == "Tên hoạt động, dòng 6"


def test_what_is_wrong_stands_below_its_row_until_it_is_put_right(grid):
    fill_row(grid, 1, "Tặng quà", female="1,000")
    grid.keyboard.press("Enter")
    grid.wait_for_selector("tr[data-why='1']")
    assert "Nữ: “1,000”" in grid.inner_text("tr[data-why='1']")
    assert grid.get_attribute("[name=r1-female]", "aria-invalid") == "true"

    grid.fill("[name=r1-female]", "1.000")
    grid.keyboard.press("Enter")
    grid.wait_for_selector(SAVED.format(1))

    assert grid.locator("tr[data-why='1']").count() == 0
    assert Activity.objects.get().outputs.get(measure__code="CT05.1").female == 1000


def test_a_row_whose_line_was_cut_is_sent_again_on_a_press_and_stored_once(grid):
    def swallow(route):
        if "row=" in (route.request.post_data or ""):
            route.fetch()  # the server hears it, the answer is lost
            route.abort()
        else:
            route.continue_()

    grid.route("**/nhap-nhanh", swallow)
    fill_row(grid, 1, "Lễ phát động trên đảo")
    grid.keyboard.press("Enter")
    retry = grid.locator("tr[data-row='1'] [data-state] button")
    retry.wait_for()
    assert retry.inner_text() == "Chưa lưu, bấm để thử lại"
    assert Activity.objects.count() == 1

    grid.unroute("**/nhap-nhanh")
    retry.click()
    grid.wait_for_selector(SAVED.format(1))

    assert Activity.objects.count() == 1


def test_a_stored_row_that_is_changed_stays_one_activity(grid):
    fill_row(grid, 1, "Lễ phát động")
    grid.keyboard.press("Enter")
    grid.wait_for_selector(SAVED.format(1))

    grid.fill("[name=r1-title]", "Lễ phát động cấp tỉnh")
    grid.keyboard.press("Enter")
    grid.wait_for_selector("[name=r1-version][value='2']", state="attached")

    assert Activity.objects.get().title == "Lễ phát động cấp tỉnh"


def test_a_block_from_excel_leads_to_the_preview_and_stores_nothing(grid):
    block = "Tên hoạt động\\tLoại\\tNgày\\nLễ phát động xã A\\tLễ phát động, mít tinh\\t20/11/2023"
    with grid.expect_navigation():
        grid.evaluate(
            f"""() => {{
                const data = new DataTransfer();
                data.setData("text/plain", "{block}");
                const event = new ClipboardEvent("paste", {{ clipboardData: data, bubbles: true, cancelable: true }});
                document.querySelector("[name=r1-title]").dispatchEvent(event);
            }}"""
        )

    assert "1 dòng: 1 đọc được" in grid.inner_text("main")
    assert not Activity.objects.exists()


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_the_page_is_no_wider_than_the_screen(grid, width):
    grid.set_viewport_size({"width": width, "height": 900})

    assert grid.evaluate("document.documentElement.scrollWidth") <= width
