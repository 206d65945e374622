"""Vietnamese letters found, sorted and stored; what in a text may show who a person is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provinces import vietnamese as vi

settings.register_profile("unhurried", deadline=None, database=None)  # a busy machine fails no test
settings.load_profile("unhurried")

# --- letters --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ky anh", "Kỳ Anh"),
        ("KỲ  ANH", "kỳ anh"),
        ("hoà bình", "Hòa Bình"),
        ("Thuỷ Nguyên", "Thủy Nguyên"),
        ("dak lak", "Đắk Lắk"),
        ("Ia H’Drai", "ia h'drai"),
        ("Bà Rịa – Vũng Tàu", "ba ria - vung tau"),
        ("Ðồng Nai", "dong nai"),
        ("Quy\u0309nh", "quỳnh"),
    ],
)
def test_searching_folds_case_accents_and_d(one, other):
    assert vi.fold(one) == vi.fold(other)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hoà khoẻ thuý uỷ", "hòa khỏe thúy ủy"),
        ("HOÀ UỶ BAN", "HÒA ỦY BAN"),
        ("hoàn toàn quý quỳ khuỷu ngoáy huỳnh", "hoàn toàn quý quỳ khuỷu ngoáy huỳnh"),
    ],
)
def test_the_old_place_of_the_tone_mark_becomes_the_new_one(old, new):
    assert vi.new_tone_place(old) == new


@pytest.mark.parametrize(
    "in_order",
    [
        ["An Giang", "Ân Thi", "Bắc Ninh", "Cà Mau", "Da", "Đà Nẵng", "Đồng Nai", "Em", "Êm", "Gia Lai"],
        ["ma", "mà", "mả", "mã", "má", "mạ", "mă", "mâ"],
        ["An", "An Giang", "Anh"],
        ["o", "ô", "ơ", "p", "u", "ư", "v"],
        ["Quận 1", "Quận 2", "Quận 10", "Quận Bình Thạnh"],
        ["Hoa An", "Hòa An", "Hoa Bình", "Hòa Bình"],
    ],
)
def test_names_sort_in_vietnamese_order(in_order):
    assert sorted(reversed(in_order), key=vi.sort_key) == in_order


def test_both_places_of_the_tone_mark_sort_alike():
    assert vi.sort_key("Hoà Bình") == vi.sort_key("hòa bình")


@given(st.text(max_size=30))
def test_keys_of_searching_and_sorting_are_plain(text):
    assert vi.sort_key(text).isascii()
    assert vi.fold(vi.fold(text)) == vi.fold(text)


def test_stored_text_is_composed_and_only_the_first_letter_grows():
    assert vi.nfc("Ky\u0300 Anh") == "Kỳ Anh"
    assert vi.capitalise("sở Nội vụ tỉnh Quảng Ninh") == "Sở Nội vụ tỉnh Quảng Ninh"
    assert vi.capitalise("đặc khu") == "Đặc khu"
    assert vi.capitalise("") == ""


# --- privacy --------------------------------------------------------------------------------------------

PRIVATE = [
    ("Liên hệ 0905123456", [("phone", "0905123456")]),
    ("0905.123.456", [("phone", "0905.123.456")]),
    ("0905 123 456", [("phone", "0905 123 456")]),
    ("0905\u00a0123\u00a0456", [("phone", "0905 123 456")]),
    ("+84 905 123 456", [("phone", "+84 905 123 456")]),
    ("0084905123456", [("phone", "0084905123456")]),
    ("84905123456", [("phone", "84905123456")]),
    ("(0203) 3825 123", [("phone", "0203) 3825 123")]),
    ("SĐT: 0912-345-678/0987654321", [("phone", "0912-345-678"), ("phone", "0987654321")]),
    ("0905\u200b123456", [("phone", "0905\u200b123456")]),
    ("０９０５１２３４５６", [("phone", "０９０５１２３４５６")]),
    ("zalo.me/0905123456", [("phone", "0905123456")]),
    ("CCCD 022185001234", [("identity", "022185001234")]),
    ("số 079 123 456 789", [("identity", "079 123 456 789")]),
    ("CMND: 190012345", [("identity", "190012345")]),
    ("giấy tờ 101234567 cấp", [("identity", "101234567")]),
    ("căn cước số 123.456.789", [("identity", "123.456.789")]),
    ("hộ chiếu B1234567", [("identity", "B1234567")]),
    ("Gọi 111 hoặc 113", []),
    ("Tổng đài 18001768", []),
    ("Tổng đài 1800 1768, 1900 545 415", []),
    ("Gọi 1900 6233", []),
    ("Kinh phí 80.000.000 đồng", []),
    ("Trị giá 1.500.000.000 đồng", []),
    ("500000000 đồng", []),
    ("kinh phí 500000000", []),
    ("150 000 000 đồng", []),
    ("Quyết định 3608/QĐ-BPN&TE ngày 22/11/2023", []),
    ("Công văn số 8935/BNV-CTTN&BĐG", []),
    ("573/KH-UBND, từ 15/11/2023 đến 15/12/2023", []),
    ("từ 10.11.2023 08:30 đến 12.11.2023", []),
    ("05-10-2023 08:30", []),
    ("12 lớp, 900 mũ, 10 xe buýt, khoảng 550 người", []),
    ("https://bao.vn/tin-20231115093012345.htm", []),
    ("năm 2021 2022 2023", []),
    ("bản 0.30.0 (2026-07)", []),
    ("chị Nguyễn Thị Hoa bị bạo lực gia đình", [("name", "chị Nguyễn Thị Hoa")]),
    ("Hỗ trợ nạn nhân, cháu Lan", [("name", "cháu Lan")]),
    ("Nạn nhân Trần Thị B. được tạm lánh", [("name", "Nạn nhân Trần Thị B.")]),
    ("CHỊ NGUYỄN THỊ HOA BỊ BẠO LỰC", [("name", "CHỊ NGUYỄN THỊ HOA BỊ BẠO LỰC")]),
    ("chị H. bị bạo hành", []),
    ("Ông Nguyễn Văn A phát biểu khai mạc", []),
    ("Ông Nguyễn Văn A phát động phòng, chống bạo lực trên cơ sở giới", []),
    ("Hội Bảo vệ quyền trẻ em Việt Nam, phòng ngừa xâm hại và hỗ trợ nạn nhân", []),
    ("nạn nhân bạo lực tại huyện Cô Tô và tỉnh Bà Rịa - Vũng Tàu", []),
    ("chị ấy bị bạo lực", []),
    ("nhà ở số nhà 12, ngõ 5, đường Lê Lợi", [("address", "số nhà 12, ngõ 5, đường Lê Lợi")]),
    ("12/3 đường Lê Lợi", [("address", "12/3 đường Lê Lợi")]),
    ("số 25 phố Trần Phú", [("address", "số 25 phố Trần Phú")]),
    ("hẻm 45, phường Hồng Gai", [("address", "hẻm 45")]),
    ("treo băng rôn trên 12 đường phố chính", []),
    ("thôn 3, xã Kỳ Anh", []),
    ("Khu công nghiệp Đông Mai, thị xã Quảng Yên", []),
    ("Đội cổ động xuống đường tuyên truyền trên một số tuyến đường trục chính", []),
]


@pytest.mark.parametrize(("text", "expected"), PRIVATE)
def test_what_may_show_a_person_is_found_and_nothing_else(text, expected):
    assert [(found.kind, found.marked) for found in vi.find_private(text)] == expected


def test_numbers_of_people_are_refused_and_names_are_asked_about():
    phone, name, home = vi.find_private("0905 123 456 của chị Hoa, nạn nhân, số nhà 12")

    assert (phone.refused, phone.digits) == (True, 10)
    assert not name.refused and not home.refused


@pytest.mark.parametrize(
    ("file_name", "shown"),
    [
        ("0905123456.jpg", True),
        ("CCCD_022185001234.pdf", True),
        ("danh_sach_nan_nhan.xlsx", True),
        ("Danh sách phụ nữ được hỗ trợ.pdf", True),
        ("danh-sach-dai-bieu.pdf", False),
        ("IMG_20231110_083012.jpg", False),
        ("3608-QĐ-BPN&TE.pdf", False),
    ],
)
def test_the_name_of_a_file_may_show_people_too(file_name, shown):
    assert vi.shows_people(file_name) is shown
