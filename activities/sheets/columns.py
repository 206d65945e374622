"""The columns of the sheet of activities: what they are called, how wide they are, what is said about them."""

import dataclasses

from provinces.vietnamese import fold


@dataclasses.dataclass(frozen=True)
class Column:
    """One column: its key in code, its heading, the words for it inside a sentence, other headings people use."""

    key: str
    title: str
    phrase: str = ""
    width: int = 12
    also: tuple[str, ...] = ()
    hint: str = ""
    longest: int = 0

    @property
    def headings(self) -> frozenset[str]:
        """All headings under which the column is known, folded."""
        return frozenset(fold(text) for text in (self.title, *self.also))


COLUMNS = (
    Column("no", "TT", "số thứ tự", 5, ("STT", "Số TT", "Số thứ tự")),
    Column(
        "task",
        "Nhiệm vụ trong kế hoạch",
        "nhiệm vụ",
        30,
        ("Nhiệm vụ", "Mục trong kế hoạch", "Nhiệm vụ theo kế hoạch"),
        "Chọn trong danh sách; để trống nếu làm ngoài kế hoạch",
    ),
    Column("type", "Loại hoạt động", "loại hoạt động", 26, ("Loại", "Loại hình"), "Chọn trong danh sách"),
    Column(
        "title",
        "Tên hoạt động",
        "tên hoạt động",
        42,
        ("Hoạt động", "Nội dung", "Nội dung hoạt động", "Tên, nội dung hoạt động"),
        "Viết ngắn, không ghi tên người được giúp",
        500,
    ),
    Column(
        "starts",
        "Từ ngày",
        "ngày bắt đầu",
        12,
        ("Ngày", "Thời gian", "Ngày tổ chức", "Ngày bắt đầu", "Thời gian tổ chức"),
        "20/11/2023; chỉ biết tháng thì ghi 11/2023",
    ),
    Column("ends", "Đến ngày", "ngày kết thúc", 12, ("Ngày kết thúc",), "Để trống nếu chỉ một ngày"),
    Column("place", "Nơi tổ chức", "nơi tổ chức", 26, ("Địa điểm", "Nơi"), "Ghi đến xã, phường", 250),
    Column(
        "counted",
        "Đếm cái gì",
        "cái được đếm",
        26,
        ("Sản phẩm", "Đơn vị đếm"),
        "Để trống nếu đếm theo loại hoạt động; chọn khi là sản phẩm, ví dụ tờ rơi",
    ),
    Column("count", "Số lượng", "số lượng", 11, ("Số cuộc", "Số buổi", "SL"), "Một cuộc ghi 1; 900 mũ ghi 900"),
    Column(
        "people",
        "Số người",
        "số người",
        11,
        ("Số người dự", "Số lượt người", "Số người tham gia", "Tổng số người", "Lượt người"),
        "Ghi 550 hoặc khoảng 550; không có số liệu thì ghi –",
    ),
    Column(
        "certainty",
        "Mức chính xác",
        "mức chính xác",
        14,
        ("Độ chính xác",),
        "Của số người (của số lượng nếu không có số người)",
    ),
    Column("female", "Nữ", "số nữ", 8, ("Số nữ", "Trong đó nữ"), "Trong số người; không rõ thì để trống"),
    Column("male", "Nam", "số nam", 8, ("Số nam", "Trong đó nam")),
    Column("children", "Trẻ em", "số trẻ em", 8, ("Số trẻ em", "Trong đó trẻ em")),
    Column("role", "Vai trò", "vai trò", 11, ("Vai trò của đơn vị",), "chủ trì, phối hợp hoặc tham dự"),
    Column(
        "partners",
        "Phối hợp",
        "nơi phối hợp",
        30,
        ("Đơn vị phối hợp", "Cơ quan phối hợp", "Cơ quan, đơn vị phối hợp"),
        "Mỗi nơi cách nhau bằng dấu chấm phẩy (;)",
    ),
    Column("money", "Kinh phí", "kinh phí", 15, ("Kinh phí (đồng)", "Số tiền"), "80.000.000 hoặc 80 triệu"),
    Column("source", "Nguồn kinh phí", "nguồn kinh phí", 24, ("Nguồn",), "Chọn trong danh sách"),
    Column(
        "reason",
        "Lý do ngoài thời gian",
        "lý do ngoài thời gian",
        26,
        ("Lý do",),
        "Khi ngày ở ngoài thời gian của Tháng hành động",
        300,
    ),
    Column("note", "Ghi chú", "ghi chú", 30, ("Mô tả", "Diễn giải"), "Không ghi tên, số điện thoại, số giấy tờ", 5_000),
    Column("planned", "Theo kế hoạch", "kế hoạch", 26, (), "Chỉ để xem, không đọc lại"),
    Column("row_key", "Mã dòng", "mã dòng", 4),
    Column("faults", "Lỗi", "lỗi", 60),
)
BY_KEY = {column.key: column for column in COLUMNS}
NOT_SAID = frozenset({"no", "planned", "row_key", "faults"})
OF_THE_TASK = frozenset({"task", "type", "title"})  # filled in for whoever takes the template
IN_TEMPLATE = tuple(column.key for column in COLUMNS if column.key != "faults")
REQUIRED = ("type", "title", "starts")
TEXT_FORMAT = frozenset(column.key for column in COLUMNS) - {"no"}

CERTAINTIES = {
    "chính xác": "exact",
    "khoảng": "about",
    "trên": "over",
    "gần": "nearly",
    "chưa đếm được": "text",
    "không có số liệu": "unknown",
}
ROLES = {"chủ trì": "lead", "phối hợp": "co", "tham dự": "attendee"}

_KNOWN = {heading: column.key for column in COLUMNS for heading in column.headings}


def column_of(heading: str) -> str:
    """The key of the column that a heading names, whatever stands in brackets or after a star; “” for none."""
    folded = fold(heading.replace("*", " ")).strip(" .:")
    return _KNOWN.get(folded) or _KNOWN.get(folded.partition("(")[0].strip(), "")
