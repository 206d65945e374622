"""The template of one department: its tasks and what it has recorded, ready to be filled in and uploaded again."""

import uuid
from collections.abc import Iterable

from django.db.models import prefetch_related_objects

from activities.models import Activity
from activities.sheets.book import Book, certainty_words
from activities.sheets.columns import IN_TEMPLATE
from activities.sheets.existing import data_of, texts_of
from activities.sheets.lists import Lists, load_lists
from activities.sheets.stamp import Stamp
from campaigns.models import Campaign, Task
from provinces.models import Department
from provinces.vietnamese import certain, format_date, format_period

STAMP_ROW, TITLE_ROW, NOTE_ROW, HEADING = 1, 2, 3, 4
EMPTY_ROWS = 300
PLACES = {key: place for place, key in enumerate(IN_TEMPLATE, 1)}
GONE = {Activity.Status.CANCELLED, Activity.Status.MERGED}
NOTE = "Ghi mỗi hoạt động một dòng. Không sửa dòng tiêu đề. Cách ghi xem trang “Hướng dẫn”."


def write_template(
    department: Department,
    campaign: Campaign | None,
    tasks: Iterable[Task],
    activities: Iterable[Activity],
    *,
    year: int | None = None,
    key: str = "",
) -> bytes:
    """The XLSX for a department: its `activities` first (as `existing.recorded` gives them), then `tasks` to be done.

    `key` names this copy of the template; a fresh one is made when none is given.
    """
    year = campaign.year if campaign else year
    lists = load_lists(department, campaign, year)
    book = Book()
    book.lay_out(PLACES, HEADING, lists.choices)
    stamp = Stamp(key or uuid.uuid4().hex, department.pk, year, "month" if campaign else "year")
    book.write(STAMP_ROW, 1, str(stamp), "font")
    book.hide_row(STAMP_ROW)
    day = campaign.opens_on if campaign else None
    name = department.name_on(day).name if day else str(department)
    kind = "trong Tháng hành động" if campaign else "trong năm, ngoài Tháng hành động"
    book.write(TITLE_ROW, 1, f"{name}: hoạt động {kind}, năm {year}", "title")
    book.write(NOTE_ROW, 1, NOTE, "font")
    _fill(book, department, lists, tasks, activities)
    book.add_instructions(instructions(campaign, year))
    return book.bytes()


def _fill(book: Book, department: Department, lists: Lists, tasks, activities) -> None:
    row = HEADING + 1
    for activity in activities:
        if activity.status in GONE:
            continue
        look = "text" if activity.is_open else "still"
        texts = texts_of(data_of(activity), department, lists, lists.bodies.names)
        _row(book, row, {**texts, "row_key": f"a:{activity.public_id}:{activity.version}"}, look)
        row += 1
    tasks = list(tasks)
    prefetch_related_objects(tasks, "type", "targets__measure")
    for task in tasks:
        label = lists.tasks.label(task.lineage)
        texts = {"task": label, "type": task.type.name, "title": task.title, "planned": planned(task)}
        _row(book, row, {**texts, "row_key": f"t:{task.lineage}"})
        row += 1
    for number in range(1, EMPTY_ROWS + 1):
        book.write(row, PLACES["row_key"], f"n:{number}")
        row += 1


def _row(book: Book, row: int, texts: dict[str, str], look: str = "text") -> None:
    book.write(row, PLACES["no"], str(row - HEADING), "font")
    for key, text in texts.items():
        book.write(row, PLACES[key], text, look)


def planned(task: Task) -> str:
    """What the plan says of when, where and how much, to be looked at only."""
    when = task.when_text
    if task.starts_on:
        when = format_period(task.starts_on, task.ends_on)
    targets = [
        f"{certain(target.quantity, target.certainty, target.text)} {target.measure.unit_of_measure}"
        for target in task.targets.all()
    ]
    return "; ".join(filter(None, [when, task.place, *targets]))


def instructions(campaign: Campaign | None, year: int) -> list[tuple[str, str]]:
    """The sheet of instructions, line by line."""
    window = ""
    if campaign:
        window = f" Thời gian từ {format_date(campaign.opens_on)} đến {format_date(campaign.closes_on)};"
        window += " ngoài thời gian này thì ghi thêm lý do."
    return [
        ("title", f"Cách ghi tệp mẫu năm {year}"),
        ("text", "1. Mỗi dòng là một hoạt động. Dòng có sẵn tên nhiệm vụ mà chưa làm thì để nguyên, sẽ không lưu."),
        (
            "text",
            "2. Dòng đã ghi trước đây có sẵn trong tệp: sửa ô nào thì hoạt động đổi ô đó. Chữ xám: đã gửi, chỉ xem.",
        ),
        ("text", f"3. Ngày: 20/11/{year} hoặc 20/11. Chỉ biết tháng: 11/{year}.{window}"),
        ("text", "4. Số: 1.250; khoảng 550; hàng trăm. Không có số liệu: ghi dấu –. Không có gì: ghi 0."),
        ("text", f"5. Mức chính xác: {certainty_words()}."),
        ("text", "6. Nữ, nam, trẻ em nằm trong số người. Không rõ thì để trống, không ước."),
        ("text", "7. Kinh phí: 80.000.000 hoặc 80 triệu; mỗi dòng một nguồn. Nhiều nguồn thì ghi trên trang web."),
        ("text", "8. Phối hợp: ghi tên cơ quan, đơn vị, cách nhau bằng dấu chấm phẩy (;)."),
        ("text", "9. Không ghi họ tên, số điện thoại, số giấy tờ, địa chỉ nhà của người được giúp. Chỉ ghi số người."),
        ("text", "10. Dán từ tệp khác: dán giá trị, không dán công thức; không gộp ô; chữ Unicode."),
        (
            "text",
            "11. Ghi xong, lưu dạng .xlsx rồi tải lên. Có ô sai thì cả tệp chưa lưu; sửa các ô được nêu rồi tải lại.",
        ),
        ("text", "12. Tải lên lần nữa thì hoạt động được sửa, không bị nhân đôi."),
    ]
