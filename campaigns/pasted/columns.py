"""The columns of a pasted table of tasks: what they are called in plans, in what unit their money is."""

import dataclasses

from django.utils.translation import gettext_lazy as _

from provinces.vietnamese import fold


@dataclasses.dataclass(frozen=True)
class Column:
    """One column: its key, what it is called in the choice by hand, the headings under which plans have it."""

    key: str
    label: str
    headings: tuple[str, ...]


COLUMNS = (
    Column("no", _("Item"), ("TT", "STT", "Số TT", "Số thứ tự")),
    Column(
        "title",
        _("Task"),
        (
            "Nhiệm vụ",
            "Tên nhiệm vụ",
            "Nội dung",
            "Nội dung nhiệm vụ",
            "Nội dung công việc",
            "Nội dung hoạt động",
            "Nội dung thực hiện",
            "Nhiệm vụ, hoạt động",
            "Công việc",
            "Hoạt động",
            "Tên hoạt động",
        ),
    ),
    Column("type", _("Kind of activity"), ("Loại hoạt động", "Loại", "Loại hình")),
    Column(
        "lead",
        _("Lead"),
        (
            "Chủ trì",
            "Đơn vị chủ trì",
            "Cơ quan chủ trì",
            "Cơ quan, đơn vị chủ trì",
            "Đơn vị thực hiện",
            "Cơ quan thực hiện",
            "Cơ quan, đơn vị thực hiện",
        ),
    ),
    Column(
        "partners",
        _("Partners"),
        ("Phối hợp", "Đơn vị phối hợp", "Cơ quan phối hợp", "Cơ quan, đơn vị phối hợp"),
    ),
    Column("when", _("Time"), ("Thời gian", "Thời gian thực hiện", "Thời gian tổ chức", "Tiến độ", "Thời hạn", "Ngày")),
    Column("starts", _("First day"), ("Từ ngày", "Ngày bắt đầu")),
    Column("ends", _("Last day"), ("Đến ngày", "Ngày kết thúc")),
    Column("place", _("Place"), ("Địa điểm", "Nơi tổ chức", "Nơi")),
    Column(
        "outputs",
        _("Expected outputs"),
        (
            "Chỉ tiêu",
            "Kết quả",
            "Kết quả dự kiến",
            "Kết quả đầu ra",
            "Sản phẩm",
            "Sản phẩm, kết quả",
            "Kết quả, sản phẩm",
            "Số lượng",
        ),
    ),
    Column("money", _("Money"), ("Kinh phí", "Dự toán", "Dự toán kinh phí", "Số tiền")),
    Column("source", _("Source"), ("Nguồn", "Nguồn kinh phí")),
)
BY_KEY = {column.key: column for column in COLUMNS}
SHORT = (("ĐV", "Đơn vị"), ("CQ", "Cơ quan"), ("TG", "Thời gian"), ("KP", "Kinh phí"))
MERGED = ("type", "lead", "when")  # what people merge over several tasks
_KNOWN = {fold(heading): column.key for column in COLUMNS for heading in column.headings}
_LONG = {fold(short): fold(long) for short, long in SHORT}
_UNITS = (("trieu", "triệu"), ("nghin", "nghìn"), ("ngan", "nghìn"), ("ty", "tỷ"))


def column_of(heading: str) -> str:
    """The key of the column that a heading names, whatever stands in brackets; “” for none."""
    folded = fold(heading.replace("*", " ").replace("\n", " ")).strip(" .:")
    folded = " ".join(_LONG.get(word, word) for word in folded.split())
    return _KNOWN.get(folded) or _KNOWN.get(folded.partition("(")[0].strip(), "")


def money_unit(heading: str) -> str:
    """“triệu” where a heading says that its amounts are millions: Kinh phí (triệu đồng)."""
    inside = fold(heading).partition("(")[2]
    return next((unit for word, unit in _UNITS if word in inside.split() or f"{word} " in inside), "")
