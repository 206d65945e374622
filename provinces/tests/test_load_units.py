"""The reference data: units of both eras, their successors, their departments; loaded once for this module."""

import csv
import datetime
import shutil

import pytest
from django.db import transaction

from provinces.models import Department, DepartmentName, Duty, Event, Unit, UnitName, UnitSuccession
from provinces.operations.reference import DATA, address, load_units, short_name
from provinces.queries import address_of, province_by_slug
from provinces.tests.make import NOW, seat

D = datetime.date


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_units(at=NOW)
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _units(loaded, db):
    """Each test sees the loaded units and leaves them as they were."""


def province(code, day):
    return Unit.objects.provinces().on(day).get(code=code)


def unit_called(name):
    return Unit.objects.get(names__name=name)


def body(unit, name, day):
    return Department.objects.on(day).get(unit=unit, names__name=name)


def test_the_first_load_says_what_it_added(loaded):
    added = {name: change.added for name, change in loaded.items()}
    assert added["old provinces"] == 63
    assert added["new provinces"] == 34
    assert added["districts"] == 696 + 11
    assert added["old communes"] == 10_035
    assert added["new communes"] == 3_321
    assert added["province successions"] == 63
    assert added["district successions"] == 3_652
    assert added["commune successions"] == 10_566


def test_the_rows_are_there_and_in_force_on_their_days():
    for day, level, number in [
        (D(2023, 11, 15), "province", 63),
        (D(2025, 6, 30), "district", 696),
        (D(2025, 6, 30), "commune", 10_035),
        (D(2025, 7, 1), "province", 34),
        (D(2025, 7, 1), "district", 0),
        (D(2025, 7, 1), "commune", 3_321),
    ]:
        assert Unit.objects.on(day).filter(level=level).count() == number, (day, level)


def test_a_second_load_changes_nothing_and_writes_no_event():
    events = Event.objects.count()

    changes = load_units(at=NOW)

    assert not any(changes.values())
    assert sum(change.kept for change in changes.values()) > 60_000
    assert Event.objects.count() == events


def test_a_second_load_asks_few_questions(django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        load_units(at=NOW)


def test_a_load_that_adds_writes_one_event():
    assert Event.objects.filter(verb="units.load").count() == 1


def test_a_corrected_file_corrects_its_row_and_nothing_else(tmp_path):
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    rewrite(data / "communes_2025.csv", "Xã Kỳ Anh", "Xã Kỳ Anh Mới")

    changes = load_units(at=NOW, data=data)

    assert (changes["unit names"].added, changes["unit names"].changed) == (0, 1)
    assert changes["people's committees"].changed == 1
    assert not UnitName.objects.filter(name="Xã Kỳ Anh").exists()
    assert DepartmentName.objects.filter(name="Ủy ban nhân dân xã Kỳ Anh Mới").exists()


def test_a_row_missing_from_a_file_is_not_deleted(tmp_path):
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    rewrite(data / "commune_successors_2025.csv", None, None)

    load_units(at=NOW, data=data)

    assert UnitSuccession.objects.filter(predecessor__level="commune").count() == 10_566


def rewrite(path, old, new):
    """One text for another, or without texts the last row left out."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    rows = [[new if cell == old else cell for cell in row] for row in rows] if old else rows[:-1]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def test_code_91_is_kien_giang_to_30_june_2025_and_an_giang_after():
    before, after = province("91", D(2025, 6, 30)), province("91", D(2025, 7, 1))

    assert before.name_on(D(2025, 6, 30)).name == "Tỉnh Kiên Giang"
    assert after.name_on(D(2025, 7, 1)).name == "Tỉnh An Giang"
    old_an_giang = province("89", D(2023, 11, 15))
    assert {link.predecessor_id for link in after.inheritances.all()} == {before.pk, old_an_giang.pk}


def test_an_address_finds_kien_giang_in_its_years_and_with_cu_after():
    kien_giang = province("91", D(2023, 11, 15))

    assert province_by_slug("kien-giang", 2023) == kien_giang
    assert province_by_slug("kien-giang", 2026) is None
    assert province_by_slug("kien-giang-cu", 2026) == kien_giang
    assert address_of(kien_giang, 2026) == "kien-giang-cu"


def test_nobody_says_since_when_quang_ninh_and_bac_ninh_are_cities():
    for code, slug in [("22", "quang-ninh"), ("24", "bac-ninh")]:
        unit = province(code, D(2026, 11, 15))
        later = unit.names.get(start_known=False)
        assert unit.slug == slug
        assert later.name.startswith("Thành phố ")
        assert (later.valid_from, later.valid_to, later.act) == (None, None, "")
        assert unit.name_on(D(2026, 11, 15)).name.startswith("Tỉnh ")


def test_a_day_that_a_person_has_filled_in_stays():
    unit = province("22", D(2026, 11, 15))
    unit.names.filter(start_known=True).update(valid_to=D(2026, 5, 31))
    unit.names.filter(start_known=False).update(start_known=True, valid_from=D(2026, 6, 1), act="NQ …")

    assert not any(load_units(at=NOW).values())
    assert unit.name_on(D(2026, 11, 15)).name == "Thành phố Quảng Ninh"


def test_dong_nai_is_a_city_from_30_april_2026():
    unit = province("75", D(2026, 11, 15))

    assert unit.name_on(D(2026, 4, 29)).name == "Tỉnh Đồng Nai"
    assert unit.name_on(D(2026, 4, 30)).name == "Thành phố Đồng Nai"
    assert unit.names.get(kind="thanh_pho").act == "NQ 30/2026/QH16"
    assert unit.departments.get(kind="ubnd_tinh").name_on(D(2026, 11, 15)).name == "Ủy ban nhân dân thành phố Đồng Nai"


def test_hue_was_thua_thien_hue_until_2024():
    unit = province("46", D(2024, 11, 15))

    assert unit.name_on(D(2024, 12, 31)).name == "Tỉnh Thừa Thiên Huế"
    assert unit.name_on(D(2025, 1, 1)).name == "Thành phố Huế"
    assert unit.slug == "hue"
    assert body(unit, "Công an tỉnh", D(2024, 11, 15)).name_on(D(2025, 3, 1)).name == "Công an thành phố"


def test_ky_anh_went_to_nine_communes_two_of_them_wards_shared_with_others():
    links = unit_called("Huyện Kỳ Anh").successions.select_related("successor")
    shares = {link.successor.name_on(D(2025, 7, 1)).name: link.whole for link in links}

    assert set(shares) == {
        *("Xã Kỳ Anh", "Xã Kỳ Xuân", "Xã Kỳ Khang", "Xã Kỳ Văn", "Xã Kỳ Thượng", "Xã Kỳ Hoa", "Xã Kỳ Lạc"),
        *("Phường Sông Trí", "Phường Hải Ninh"),
    }
    assert not shares["Phường Sông Trí"] and not shares["Phường Hải Ninh"]
    assert shares["Xã Kỳ Anh"]


def test_quang_yen_went_to_six_wards():
    links = unit_called("Thị xã Quảng Yên").successions.select_related("successor")
    names = {link.successor.name_on(D(2025, 7, 1)).name for link in links}

    assert names == {f"Phường {x}" for x in ("Đông Mai", "Quảng Yên", "Hiệp Hòa", "Hà An", "Phong Cốc", "Liên Hòa")}


def test_districts_abolished_on_an_unknown_day_are_never_in_force():
    gone = Unit.objects.filter(level="district", end_unknown=True)

    assert gone.count() == 11
    assert not gone.on(D(2020, 1, 1)).exists()
    assert not Department.objects.filter(unit__in=gone).exists()


def test_a_district_keeps_the_name_of_2021_as_one_of_its_names():
    unit = Unit.objects.get(level="district", code="205")

    assert unit.name_on(D(2025, 6, 30)).name == "Thành phố Đông Triều"
    assert unit.names.get(start_known=False).name == "Thị xã Đông Triều"


def test_a_code_that_was_another_district_gives_no_earlier_name():
    assert list(Unit.objects.get(level="district", code="374").names.values_list("name", flat=True)) == [
        "Thành phố Hoa Lư"
    ]


def test_a_district_made_in_2025_is_not_there_in_2023():
    assert not Unit.objects.on(D(2023, 11, 15)).filter(level="district", code="224").exists()


def test_every_unit_in_force_has_one_peoples_committee():
    for day in (D(2023, 11, 15), D(2026, 11, 15)):
        units = Unit.objects.on(day).exclude(level="country")
        committees = Department.objects.on(day).filter(kind__startswith="ubnd")
        assert committees.count() == units.count()
        assert set(committees.values_list("unit_id", flat=True)) == set(units.values_list("id", flat=True))


def test_a_commune_s_committee_is_named_as_on_paper():
    ward = Unit.objects.on(D(2026, 11, 15)).get(names__name="Phường Đông Mai", province__code="22")
    name = ward.departments.get().name_on(D(2026, 11, 15))

    assert (name.name, name.symbol, name.seat_place) == ("Ủy ban nhân dân phường Đông Mai", "UBND", "Đông Mai")
    assert "ubnd phuong dong mai" in name.folded


def test_ho_chi_minh_city_keeps_its_kind_in_names_and_places():
    name = province("79", D(2026, 11, 15)).departments.get(kind="ubnd_tinh").name_on(D(2026, 11, 15))

    assert (name.name, name.seat_place) == ("Ủy ban nhân dân Thành phố Hồ Chí Minh", "Thành phố Hồ Chí Minh")


def test_the_standing_office_moves_from_labour_to_home_affairs():
    old, new = province("22", D(2023, 11, 15)), province("22", D(2026, 11, 15))
    for unit, day, name in [
        (old, D(2023, 11, 15), "Sở Lao động - Thương binh và Xã hội"),
        (old, D(2025, 2, 28), "Sở Lao động - Thương binh và Xã hội"),
        (old, D(2025, 3, 1), "Sở Nội vụ"),
        (new, D(2025, 7, 1), "Sở Nội vụ"),
        (new, D(2026, 11, 15), "Sở Nội vụ"),
    ]:
        duty = Duty.objects.on(day).get(kind="standing_office", for_unit=unit)
        assert duty.department.name_on(day).name == name, day


def test_every_province_has_one_office_and_one_committee_on_every_day():
    for day in (D(2016, 11, 15), D(2025, 2, 28), D(2025, 3, 1), D(2025, 7, 1)):
        provinces = Unit.objects.provinces().on(day).count()
        for kind in ("standing_office", "committee"):
            assert Duty.objects.on(day).filter(kind=kind).count() == provinces
        assert Duty.objects.on(day).filter(kind="ministry").count() == 1


def test_home_affairs_of_2025_reaches_labour_of_2023_and_the_police_do_not():
    old, new = province("22", D(2023, 11, 15)), province("22", D(2026, 11, 15))
    labour = body(old, "Sở Lao động - Thương binh và Xã hội", D(2023, 11, 15))
    officer = seat(body(new, "Sở Nội vụ", D(2026, 11, 15)))
    policeman = seat(body(new, "Công an tỉnh", D(2026, 11, 15)))

    assert labour.pk in officer.reach.departments
    assert officer.holds("standing_office", old, D(2023, 11, 15))
    assert labour.pk not in policeman.reach.departments
    assert not policeman.holds("standing_office", old, D(2023, 11, 15))


def test_an_giang_s_office_reaches_both_of_its_predecessors():
    officer = seat(body(province("91", D(2026, 11, 15)), "Sở Nội vụ", D(2026, 11, 15)))

    for code in ("89", "91"):
        old = province(code, D(2023, 11, 15))
        assert officer.holds("standing_office", old, D(2023, 11, 15))
        assert old.pk in officer.reach.provinces


def test_kien_giang_had_tourism_apart():
    names = names_of(province("91", D(2023, 11, 15)))

    assert {"Sở Văn hóa và Thể thao", "Sở Du lịch", "Báo Kiên Giang"} <= names
    assert "Sở Văn hóa, Thể thao và Du lịch" not in names


def test_bodies_set_up_only_somewhere_are_not_made():
    names = names_of(province("22", D(2026, 11, 15)))

    assert not names & {"Sở Ngoại vụ", "Sở Du lịch", "Sở Quy hoạch - Kiến trúc", "Doanh nghiệp", "Cơ sở y tế"}
    assert {"Sở Nội vụ", "Ban Quản lý Khu kinh tế Quảng Ninh", "Tỉnh Đoàn"} <= names


def test_a_city_says_thanh_pho():
    names = names_of(province("31", D(2026, 11, 15)))

    assert {"Thành Đoàn", "Công an thành phố", "Hội đồng nhân dân thành phố"} <= names
    assert not any("tỉnh" in name for name in names)


def names_of(unit):
    return set(DepartmentName.objects.filter(department__unit=unit).values_list("name", flat=True))


def test_a_renamed_body_is_not_made_anew():
    row = DepartmentName.objects.get(department__unit=province("91", D(2026, 11, 15)), name="Ban Quản lý Khu kinh tế")
    DepartmentName.objects.filter(pk=row.pk).update(name="Ban Quản lý Khu kinh tế tỉnh An Giang")

    assert not any(load_units(at=NOW).values())


def test_a_duty_given_to_another_body_is_left_alone():
    unit = province("22", D(2026, 11, 15))
    Duty.objects.filter(kind="committee", for_unit=unit).update(department=unit.departments.get(kind="ubnd_tinh"))

    assert not load_units(at=NOW)["duties"]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Thành phố Hà Nội", "Hà Nội"),
        ("Thị xã Quảng Yên", "Quảng Yên"),
        ("Xã Kỳ Anh", "Kỳ Anh"),
        ("Đặc khu Vân Đồn", "Vân Đồn"),
        ("Phường 4", "Phường 4"),
        ("Quận 10", "Quận 10"),
        ("Phường Cổ Nhuế 1", "Cổ Nhuế 1"),
    ],
)
def test_short_names(name, short):
    assert short_name(name) == short


def test_addresses_have_no_accents_and_single_dashes():
    assert address("Bà Rịa - Vũng Tàu") == "ba-ria-vung-tau"
    assert address("Đắk Lắk") == "dak-lak"
