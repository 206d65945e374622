"""Every way in which people type a number, an amount or a date, with its value or with what is said to it."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from provinces import vietnamese as vi

settings.register_profile("unhurried", deadline=None, database=None)  # a busy machine fails no test
settings.load_profile("unhurried")

YEAR = 2026


def reading(read, text, **options):
    """The value, or the key of the question or refusal."""
    try:
        return read(text, **options)
    except (vi.Question, vi.Unreadable) as said:
        return said.key


# --- counts ---------------------------------------------------------------------------------------------

COUNTS = [
    ("0", 0),
    ("00", 0),
    ("05", 5),
    ("125", 125),
    (" 125 ", 125),
    ("100000", 100_000),
    ("1.000", 1000),
    ("12.345", 12_345),
    ("100.000", 100_000),
    ("1 000", 1000),
    ("1\u00a0000", 1000),
    ("1\u202f000", 1000),
    ("1\u2009000", 1000),
    ("\ufeff550\u200b", 550),
    ("1,000", "num.comma"),
    ("12,345", "num.comma"),
    ("100,000", "num.comma"),
    ("1.00", "num.dot"),
    ("12.5", "num.dot"),
    ("1.0000", "num.dot"),
    ("1234.567", "num.dot"),
    ("0.123", "num.dot"),
    ("12,5", "num.fraction"),
    ("12,0", "num.fraction"),
    ("0,500", "num.fraction"),
    ("1000,000", "num.fraction"),
    ("1.234,5", "num.fraction"),
    ("-5", "num.negative"),
    ("- 5", "num.negative"),
    ("−5", "num.negative"),
    ("–5", "num.negative"),
    ("-1.000", "num.negative"),
    ("", "required"),
    ("   ", "required"),
    ("\u200b", "required"),
    ("–", "num.empty_or_zero"),
    ("-", "num.empty_or_zero"),
    ("５", "num.notation"),
    ("１２", "num.notation"),
    ("1２", "num.notation"),
    ("١٢", "num.notation"),
    ("۱۲", "num.notation"),
    ("१२", "num.notation"),
    ("1e3", "num.notation"),
    ("1E+3", "num.notation"),
    ("0x10", "num.notation"),
    ("1_000", "num.notation"),
    ("1'000", "num.notation"),
    ("+5", "num.notation"),
    ("100%", "num.notation"),
    ("1.000.", "num.notation"),
    ("1..000", "num.notation"),
    ("1.2.3", "num.notation"),
    ("1.000 000", "num.notation"),
    ("1,234.5", "num.notation"),
    ("12 5", "num.notation"),
    ("1 00", "num.notation"),
    ("0550", "num.notation"),
    ("5-10", "num.notation"),
    ("20/11", "num.notation"),
    ("1\u202e2", "num.notation"),
    ("9" * 5000, "num.notation"),
    ("½", "num.whole"),
    ("²", "num.whole"),
    ("mười hai", "num.whole"),
    ("550 người", "num.whole"),
    ("khoảng 550", "num.whole"),
    ("hàng trăm", "num.whole"),
    ("NaN", "num.whole"),
    ("Infinity", "num.whole"),
    ("l00", "num.whole"),
    ("100.001", "num.whole"),
    ("1,000,000", "num.whole"),  # read as 1.000.000, which is too large here
    ("0905123456", "num.notation"),
]


@pytest.mark.parametrize(("typed", "expected"), COUNTS)
def test_a_count_as_typed_has_its_value_or_its_sentence(typed, expected):
    assert reading(vi.read_count, typed, label="số nữ") == expected


def test_a_count_has_the_limits_of_its_field():
    assert reading(vi.read_count, "1,000,000", label="lượt", maximum=10**9) == 1_000_000
    assert reading(vi.read_count, "0", label="lượt", minimum=1) == "num.whole"


# --- quantities -----------------------------------------------------------------------------------------

QUANTITIES = [
    ("550", (550, "exact")),
    ("0", (0, "exact")),
    ("1.250", (1250, "exact")),
    ("12,5", (Decimal("12.5"), "exact")),
    ("khoảng 550", (550, "about")),
    ("Khoảng  1.200", (1200, "about")),
    ("khoang 550", (550, "about")),
    ("kho\u0061\u0309ng 550", (550, "about")),  # decomposed letters, as a Mac types them
    ("~550", (550, "about")),
    ("~ 550", (550, "about")),
    ("≈550", (550, "about")),
    ("chừng 300", (300, "about")),
    ("độ 300", (300, "about")),
    ("xấp xỉ 300", (300, "about")),
    ("ước tính 300", (300, "about")),
    ("trên dưới 300", (300, "about")),
    ("trên 500", (500, "over")),
    ("hơn 500", (500, "over")),
    (">500", (500, "over")),
    ("> 1.500", (1500, "over")),
    ("500+", (500, "over")),
    ("gần 600", (600, "nearly")),
    ("ngót 600", (600, "nearly")),
    ("2 nghìn", (2000, "exact")),
    ("khoảng 2 ngàn", (2000, "about")),
    ("1,5 triệu", (1_500_000, "exact")),
    ("khoảng 550 lượt người", (550, "about")),
    ("khoảng 550 người", (550, "about")),
    ("2 nghìn lượt người", (2000, "exact")),
    ("hàng trăm", (None, "text")),
    ("Hàng trăm phướn thả", (None, "text")),
    ("vài chục", (None, "text")),
    ("nhiều", (None, "text")),
    ("không rõ", (None, "unknown")),
    ("chưa có số liệu", (None, "unknown")),
    ("–", (None, "unknown")),
    ("", "num.empty_or_zero"),
    ("không", "num.empty_or_zero"),
    ("không có", "num.empty_or_zero"),
    ("500-600", "num.range"),
    ("500 – 600", "num.range"),
    ("từ 500 đến 600", "num.range"),
    ("khoảng 500 đến 600", "num.range"),
    ("1 000 - 1 200", "num.range"),
    ("mười hai", "num.words"),
    ("khoảng trên 500", "num.words"),
    ("dưới 600", "num.words"),
    ("<600", "num.words"),
    (">=500", "num.words"),
    ("≥ 500", "num.words"),
    ("ít nhất 500", "num.words"),
    ("khoảng 1,000", "num.comma"),
    (">1.50", "num.dot"),
    ("1.5 triệu", "num.dot"),
    ("-5", "num.negative"),
    ("khoảng ５００", "num.notation"),
    ("1e3", "num.notation"),
    ("550 mũ", "num.notation"),
    ("9999999999", "num.whole"),
]


@pytest.mark.parametrize(("typed", "expected"), QUANTITIES)
def test_a_quantity_as_typed_has_its_certainty_or_its_question(typed, expected):
    read = reading(vi.read_quantity, typed, unit="lượt người")

    assert (read if isinstance(read, str) else tuple(read)) == expected


def test_words_of_an_uncounted_quantity_are_kept_as_typed():
    assert vi.read_quantity("Hàng trăm baner,  phướn thả").words == "Hàng trăm baner, phướn thả"


def test_people_are_whole():
    assert reading(vi.read_quantity, "12,5", whole=True) == "num.fraction"
    assert reading(vi.read_quantity, "0," + "9" * 24 + " triệu", whole=True) == "num.fraction"


# --- money ----------------------------------------------------------------------------------------------

AMOUNTS = [
    ("80 triệu", 80_000_000),
    ("80 triệu đồng", 80_000_000),
    ("80tr", 80_000_000),
    ("80 tr", 80_000_000),
    ("80 trđ", 80_000_000),
    ("80 tr.đ", 80_000_000),
    ("80 trieu", 80_000_000),
    ("80 TRIỆU ĐỒNG", 80_000_000),
    ("80.000.000", 80_000_000),
    ("80000000", 80_000_000),
    ("80 000 000", 80_000_000),
    ("80\u00a0000\u00a0000 đ", 80_000_000),
    ("80,000,000", 80_000_000),
    ("80.000.000 đ", 80_000_000),
    ("80.000.000đ", 80_000_000),
    ("80.000.000 ₫", 80_000_000),
    ("80.000.000 đồng", 80_000_000),
    ("80.000.000 đồng chẵn", 80_000_000),
    ("80.000.000 VNĐ", 80_000_000),
    ("VND 80.000.000", 80_000_000),
    ("80.000.000,00", 80_000_000),
    ("4.500.000đ", 4_500_000),
    ("4,5 triệu", 4_500_000),
    ("1,5 tỷ", 1_500_000_000),
    ("1,5 tỉ", 1_500_000_000),
    ("1,5 tỷ đồng", 1_500_000_000),
    ("2 nghìn tỷ", 2_000_000_000_000),
    ("750 nghìn", 750_000),
    ("750 ngàn", 750_000),
    ("500k", 500_000),
    ("500 K", 500_000),
    ("1 tỷ 500 triệu", 1_500_000_000),
    ("1 tỷ 500 triệu 250 nghìn đồng", 1_500_250_000),
    ("1tr500k", 1_500_000),
    ("2 triệu rưỡi", 2_500_000),
    ("1.500 triệu", 1_500_000_000),
    ("5.000 đ", 5_000),
    ("0", 0),
    ("10.000", 10_000),
    ("80", "money.small"),
    ("4500", "money.small"),
    ("9.999", "money.small"),
    ("12,5", "money.small"),
    ("80,5 đ", "money.fraction"),
    ("4.500.000,5", "money.fraction"),
    ("1,2345678 triệu", "money.fraction"),
    ("0," + "9" * 24 + " triệu", "money.fraction"),
    ("1.5 tỷ", "num.dot"),
    ("1,500 triệu", "num.comma"),
    ("80,000", "num.comma"),
    ("100 USD", "money.foreign"),
    ("100usd", "money.foreign"),
    ("$100", "money.foreign"),
    ("US$ 5,000", "money.foreign"),
    ("50 €", "money.foreign"),
    ("100 đô", "money.foreign"),
    ("100 đô la", "money.foreign"),
    ("1.000 nhân dân tệ", "money.foreign"),
    ("-80 triệu", "num.negative"),
    ("８０ triệu", "num.notation"),
    ("٨٠٠٠٠٠٠٠", "num.notation"),
    ("1e6", "money.unreadable"),
    ("1tr5", "money.unreadable"),
    ("1 triệu 500", "money.unreadable"),
    ("500 triệu 1 tỷ", "money.unreadable"),
    ("1 tỷ 1.500 triệu", "money.unreadable"),
    ("5M", "money.unreadable"),
    ("khoảng 80 triệu", "money.unreadable"),
    ("độ 80 triệu", "money.unreadable"),
    ("80-90 triệu", "money.unreadable"),
    ("tám mươi triệu", "money.unreadable"),
    ("hàng chục triệu", "money.unreadable"),
    ("triệu", "money.unreadable"),
    ("đồng", "required"),
    ("1,234.56 đ", "money.unreadable"),
    ("", "required"),
    ("999 nghìn tỷ", 999_000_000_000_000),
    ("1.000 nghìn tỷ", "num.whole"),
]


@pytest.mark.parametrize(("typed", "expected"), AMOUNTS)
def test_an_amount_as_typed_has_its_dong_or_its_sentence(typed, expected):
    assert reading(vi.read_money, typed) == expected


def test_a_small_bare_amount_offers_its_three_readings():
    with pytest.raises(vi.Question) as asked:
        vi.read_money("80")

    assert asked.value.guesses == (80, 80_000, 80_000_000)


# --- dates ----------------------------------------------------------------------------------------------

DATES = [
    ("10/11/2023", date(2023, 11, 10)),
    ("10-11-2023", date(2023, 11, 10)),
    ("10.11.2023", date(2023, 11, 10)),
    ("10 / 11 / 2023", date(2023, 11, 10)),
    ("\u00a010/11/2023\u200b", date(2023, 11, 10)),
    ("1/2/2026", date(2026, 2, 1)),
    ("03/12/2026", date(2026, 12, 3)),
    ("15/12/2026", date(2026, 12, 15)),
    ("2023-11-10", date(2023, 11, 10)),
    ("2023/11/10", date(2023, 11, 10)),
    ("2023-11-10 00:00:00", date(2023, 11, 10)),
    ("2023-11-10T00:00:00", date(2023, 11, 10)),
    ("20/11", date(2026, 11, 20)),
    ("20-11", date(2026, 11, 20)),
    ("20-11-26", date(2026, 11, 20)),
    ("20/11/26", date(2026, 11, 20)),
    ("03/12/26", date(2026, 12, 3)),
    ("05/01/24", date(2024, 1, 5)),
    ("29/02/24", "date.year_place"),
    ("ngày 10/11/2023", date(2023, 11, 10)),
    ("ngày 10 tháng 11 năm 2023", date(2023, 11, 10)),
    ("10 tháng 11", date(2026, 11, 10)),
    ("29/2/2024", date(2024, 2, 29)),
    ("26/11/20", "date.year_place"),
    ("22/11/23", "date.year_place"),
    ("15/11/99", "date.year_place"),
    ("11/25/2023", "date.month_first"),
    ("11/25", "date.month_first"),
    ("11/25/23", "date.month_first"),
    ("2023-25-11", "date.month_first"),
    ("31/11", "date.not_in_calendar"),
    ("31/11/2026", "date.not_in_calendar"),
    ("29/02/2023", "date.not_in_calendar"),
    ("00/11/2023", "date.not_in_calendar"),
    ("10/0/2023", "date.not_in_calendar"),
    ("32/01/2023", "date.not_in_calendar"),
    ("13/13/2023", "date.not_in_calendar"),
    ("2023-02-30", "date.not_in_calendar"),
    ("11/2023", "date.partial"),
    ("11-2023", "date.partial"),
    ("2023-11", "date.partial"),
    ("2023", "date.partial"),
    ("năm 2023", "date.partial"),
    ("tháng 11", "date.partial"),
    ("tháng 11/2023", "date.partial"),
    ("tháng 11 năm 2023", "date.partial"),
    ("45240", "date.serial"),
    ("45240,5", "date.serial"),
    ("101123", "date.unreadable"),
    ("20231110", "date.unreadable"),
    ("10/11/203", "date.unreadable"),
    ("10/11/20233", "date.unreadable"),
    ("10/11/2203", "date.unreadable"),
    ("10/11-2023", "date.unreadable"),
    ("10 11 2023", "date.unreadable"),
    ("10/11/2023 - 12/11/2023", "date.unreadable"),
    ("2023-11-10 14:30", "date.unreadable"),
    ("１０/１１/２０２３", "date.unreadable"),
    ("١٠/١١/٢٠٢٣", "date.unreadable"),
    ("hôm qua", "date.unreadable"),
    ("giữa tháng 11", "date.unreadable"),
    ("", "required"),
]


@pytest.mark.parametrize(("typed", "expected"), DATES)
def test_a_date_as_typed_has_its_day_or_its_question(typed, expected):
    assert reading(vi.read_date, typed, year=YEAR) == expected


def test_a_date_without_year_is_asked_about_when_only_the_window_is_known():
    with pytest.raises(vi.Question) as asked:
        vi.read_date("20/11", window=(date(2026, 11, 15), date(2026, 12, 15)))

    assert (asked.value.key, asked.value.guesses) == ("date.no_year", (date(2026, 11, 20),))
    assert reading(vi.read_date, "20/11") == "date.unreadable"


def test_two_digits_may_be_a_year_at_either_end():
    with pytest.raises(vi.Question) as asked:
        vi.read_date("26/11/20")

    assert asked.value.guesses == (date(2020, 11, 26), date(2026, 11, 20))
    assert vi.read_date("20-11-26") == date(2026, 11, 20)
    assert vi.read_date("20/11/20") == date(2020, 11, 20)


@pytest.mark.parametrize(("typed", "meant"), [("45240", date(2023, 11, 10)), ("11/25/2023", date(2023, 11, 25))])
def test_excel_and_american_dates_are_asked_with_what_they_seem_to_mean(typed, meant):
    with pytest.raises(vi.Question) as asked:
        vi.read_date(typed)

    assert asked.value.guesses == (meant,)


# --- sentences ------------------------------------------------------------------------------------------


LABEL = {"label": "số nữ"}
SAID = [
    (
        (vi.read_count, "mười hai", LABEL),
        "Enter số nữ as a whole number from 0 to 100.000, for example 125",
    ),
    (
        (vi.read_count, "12,5", LABEL),
        "Số nữ takes whole numbers only; 12,5 was entered",
    ),
    (
        (vi.read_count, "1,000", LABEL),
        "“1,000” may be 1 or 1.000. Enter 1.000 if it is một nghìn",
    ),
    (
        (vi.read_count, "1.50", LABEL),
        "“1.50” may be 1,5 or 150. Write decimals after a comma, for example 12,5",
    ),
    (
        (vi.read_count, "100%", LABEL),
        "“100%” cannot be read. Use digits 0–9, for example 1.250",
    ),
    (
        (vi.read_money, "80", {}),
        "Is “80” đồng, thousands or millions? Write the unit, for example 80 triệu",
    ),
    (
        (vi.read_date, "31/11", {"year": 2026}),
        "31/11/2026 is not in the calendar",
    ),
    (
        (vi.read_date, "26/11/20", {}),
        "“26/11/20” may be 26/11/2020 or 20/11/2026. Enter the year with four digits",
    ),
    (
        (vi.read_date, "11/25/2023", {}),
        "“11/25/2023” has no month 25. Is it 25/11/2023?",
    ),
]


@pytest.mark.parametrize(("call", "expected"), SAID)
def test_the_sentence_shows_what_was_typed_and_what_to_type(call, expected):
    read, typed, options = call
    with translation.override("en"), pytest.raises((vi.Question, vi.Unreadable)) as said:
        read(typed, **options)

    with translation.override("en"):
        assert said.value.sentence == str(said.value) == expected


def test_a_long_or_hostile_text_is_quoted_short_and_printable():
    with pytest.raises(vi.Unreadable) as said:
        vi.read_date("x" * 10_000 + "\x00\u202e")

    assert len(said.value.slots["given"]) == 41
    assert reading(vi.read_count, "\x00", label="số nữ") == "num.whole"


# --- writing --------------------------------------------------------------------------------------------

WORDS = [
    (0, "không"), (5, "năm"), (11, "mười một"),
    (14, "mười bốn"), (15, "mười lăm"), (21, "hai mươi mốt"),
    (24, "hai mươi tư"), (25, "hai mươi lăm"), (101, "một trăm linh một"),
    (104, "một trăm linh bốn"), (115, "một trăm mười lăm"), (155, "một trăm năm mươi lăm"),
    (1_005, "một nghìn không trăm linh năm"), (1_015, "một nghìn không trăm mười lăm"),
    (10_001, "mười nghìn không trăm linh một"), (21_000, "hai mươi mốt nghìn"),
    (505_000, "năm trăm linh năm nghìn"), (1_000_005, "một triệu không trăm linh năm"),
    (1_050_000, "một triệu không trăm năm mươi nghìn"), (2_005_000, "hai triệu không trăm linh năm nghìn"),
    (4_500_000, "bốn triệu năm trăm nghìn"), (14_800_000, "mười bốn triệu tám trăm nghìn"),
    (80_000_000, "tám mươi triệu"), (118_400_000, "một trăm mười tám triệu bốn trăm nghìn"),
    (1_001_000_000, "một tỷ không trăm linh một triệu"), (1_500_000_000, "một tỷ năm trăm triệu"),
    (1_250_000_000_000, "một nghìn hai trăm năm mươi tỷ"),
    (10, "mười"), (20, "hai mươi"), (100, "một trăm"), (1_000_000_000_000, "một nghìn tỷ"),
    (91, "chín mươi mốt"), (1_000_000_000_015, "một nghìn tỷ không trăm mười lăm"),
]  # fmt: skip


@pytest.mark.parametrize(("number", "words"), WORDS)
def test_an_amount_is_read_out_as_the_table_of_the_copy_has_it(number, words):
    assert vi.count_words(number) == words
    assert vi.money_words(number) == f"{words} đồng"


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0, "0"), (550, "550"), (1_234_567, "1.234.567"), (Decimal("1234567.5"), "1.234.567,5"),
        (Decimal("12.50"), "12,5"), (Decimal("550.00"), "550"), (Decimal("1E+3"), "1.000"),
        (-1500, "−1.500"), (94.2, "94,2"), (Decimal("0.05"), "0,05"),
    ],
)  # fmt: skip
def test_numbers_have_a_dot_after_thousands_and_a_comma_before_decimals(number, written):
    assert vi.format_number(number) == written


@pytest.mark.parametrize(
    ("dong", "full", "short"),
    [
        (0, "0 đồng", "0 đồng"),
        (80_000_000, "80.000.000 đồng", "80 triệu đồng"),
        (750_000_000, "750.000.000 đồng", "750 triệu đồng"),
        (1_500_000_000, "1.500.000.000 đồng", "1,5 tỷ đồng"),
        (1_234_000_000, "1.234.000.000 đồng", "1.234 triệu đồng"),
        (4_500_000, "4.500.000 đồng", "4.500.000 đồng"),
        (2_000_000_000_000, "2.000.000.000.000 đồng", "2.000 tỷ đồng"),
    ],
)
def test_whole_millions_are_short_in_running_text(dong, full, short):
    assert (vi.format_money(dong), vi.short_money(dong)) == (full, short)


def test_documents_write_a_zero_before_one_digit_counts():
    assert [vi.two_digit(n) for n in (0, 1, 9, 10, 1250)] == ["0", "01", "09", "10", "1.250"]


def test_a_quantity_is_written_with_its_certainty():
    written = [str(vi.read_quantity(text)) for text in ("khoảng 550", "> 500", "gần 600", "550", "hàng trăm", "–")]

    assert written == ["khoảng 550", "trên 500", "gần 600", "550", "hàng trăm", "–"]
    assert vi.certain(6, "about", number=vi.two_digit) == "khoảng 06"


def test_dates_of_screens():
    assert vi.format_date(date(2024, 1, 5)) == "05/01/2024"
    assert vi.format_moment(datetime(2026, 10, 19, 7, 32, tzinfo=UTC)) == "14:32 ngày 19/10/2026"
    assert vi.format_moment(datetime(2026, 10, 19, 18, 0, tzinfo=UTC)) == "01:00 ngày 20/10/2026"
    assert vi.format_weekday(date(2026, 12, 16)) == "thứ Tư 16/12/2026"
    assert vi.format_period(date(2026, 11, 15), date(2026, 12, 15)) == "15/11 – 15/12/2026"
    assert vi.format_period(date(2026, 11, 15), date(2026, 11, 15)) == "15/11/2026"
    assert vi.format_period(date(2026, 12, 15), date(2027, 1, 5)) == "15/12/2026 – 05/01/2027"


def test_dates_of_documents():
    assert vi.long_date(date(2024, 1, 5)) == "ngày 05 tháng 01 năm 2024"
    assert vi.long_date(date(2023, 4, 18)) == "ngày 18 tháng 4 năm 2023"
    assert vi.long_month(date(2026, 11, 1)) == "tháng 11 năm 2026"
    assert vi.long_moment(datetime(2026, 12, 18, 10, 0, tzinfo=UTC)) == "17 giờ 00 ngày 18 tháng 12 năm 2026"
    assert vi.long_period(date(2026, 11, 15), date(2026, 11, 20)) == "từ ngày 15 đến ngày 20 tháng 11 năm 2026"
    assert vi.long_period(date(2026, 11, 15), date(2026, 12, 15)) == "từ ngày 15 tháng 11 đến ngày 15 tháng 12 năm 2026"
    assert vi.long_period(date(2026, 11, 15)) == "ngày 15 tháng 11 năm 2026"


# --- there and back -------------------------------------------------------------------------------------


@given(st.integers(0, 10**12))
def test_a_count_that_is_written_is_read_back(number):
    assert vi.read_count(vi.format_number(number), label="", maximum=10**12) == number


@given(st.decimals(0, 10**6, places=4))
def test_a_decimal_is_read_back_or_asked_about(number):
    read = reading(vi.read_quantity, vi.format_number(number))

    assert read == "num.comma" or read.value == number


@given(st.integers(0, 10**14))
def test_an_amount_that_is_written_is_read_back(dong):
    assert vi.read_money(vi.format_money(dong)) == vi.read_money(vi.short_money(dong)) == dong


@given(st.dates(date(1945, 9, 2), date(2100, 12, 31)))
def test_a_date_that_is_written_is_read_back(day):
    assert vi.read_date(vi.format_date(day)) == vi.read_date(vi.long_date(day)) == day


@given(st.integers(0, 10**9), st.sampled_from(["exact", "about", "over", "nearly"]))
def test_a_quantity_that_is_written_is_read_back(number, certainty):
    assert tuple(vi.read_quantity(vi.certain(number, certainty), maximum=10**9)) == (number, certainty)


@given(st.text(max_size=50))
def test_any_text_has_a_value_or_a_sentence_and_never_an_accident(text):
    for read in (vi.read_quantity, vi.read_money, vi.read_date):
        said = reading(read, text)
        assert not isinstance(said, str) or said in vi.SENTENCES
    vi.find_private(text)


@given(st.text(alphabet="0123456789., đtrky-/", max_size=16))
def test_number_like_text_never_fails_by_accident(text):
    for read in (vi.read_quantity, vi.read_money, vi.read_date):
        reading(read, text)
