"""Kiên Giang: the plan of 2023 (S0) and the directive of 2024 (S1); neither article gives a number or a result."""

import datetime

from activities.operations.shape import ActivityData, ParticipantData
from campaigns.models import Campaign, Plan, PlanSection
from campaigns.operations.plans import IssueFacts, issue_plan, save_section, start_plan, submit_plan
from campaigns.operations.reviews import approve_plan, open_plan_for_review
from campaigns.operations.tasks import TargetData, TaskData, save_task
from provinces.models import Seat
from reports.demo.people import body
from reports.demo.sources import accepted, kind, measure, moment, programmes

PURPOSE_2023 = """1. Mục đích: Thu hút sự quan tâm, đề cao vai trò, trách nhiệm và tính chủ động tham gia của cá nhân, gia đình, \
cộng đồng, cơ quan, tổ chức trong việc bảo đảm an sinh xã hội, thúc đẩy bình đẳng giới và phòng ngừa, ứng phó với bạo lực, xâm \
hại phụ nữ và trẻ em.
2. Yêu cầu: Hình thức hoạt động phù hợp với các sở, ngành, cơ quan, đơn vị, địa phương, với từng nhóm đối tượng và tình hình \
thực tế."""
MONEY_2023 = """Đẩy mạnh huy động các nguồn lực để triển khai Tháng hành động; tăng cường xã hội hóa các hoạt động truyền thông \
và hỗ trợ người bị xâm hại, bị bạo lực, bị mua bán, phụ nữ và trẻ em có hoàn cảnh khó khăn."""
ORGANISATION_2023 = """Các sở, ban, ngành và địa phương tăng cường truyền thông trên Báo Kiên Giang, Đài Phát thanh và Truyền \
hình Kiên Giang bằng tin, bài, phóng sự; xử lý nghiêm các vụ việc vi phạm về bình đẳng giới."""

TASKS_2023 = (
    ("III.2", "HD02", "Tổ chức lễ phát động hoặc mít tinh hưởng ứng Tháng hành động, tùy điều kiện của địa phương",
     {"lead_group": "districts", "starts_on": datetime.date(2023, 11, 15), "ends_on": datetime.date(2023, 11, 20),
      "optional": True}, ("CT04.1",)),
    ("III.3", "HD04", "Truyền thông trực tiếp về chủ đề, thông điệp của Tháng hành động", {"lead_group": "offices"},
     ("CT07.1",)),
    ("III.3", "HD09", "Tuyên truyền trên hệ thống đài phát thanh, truyền hình; tin, bài, phóng sự trên Báo Kiên Giang",
     {"lead": "Đài Phát thanh và Truyền hình Kiên Giang"}, ("CT17.1", "CT16.2")),
    ("III.3", "HD10", "Tuyên truyền trên hệ thống thông tin cơ sở ở các xã, phường, thị trấn",
     {"lead_group": "communes_old"}, ("CT19.3",)),
    ("III.3", "HD11", "Tuyên truyền trên trang thông tin điện tử, báo điện tử và mạng xã hội", {"lead_group": "offices"},
     ("CT20.1", "CT20.4")),
    ("III.3", "HD12", "In ấn, nhân bản, phát hành băng rôn, pano, áp phích, tờ rơi",
     {"lead": "Sở Lao động - Thương binh và Xã hội"}, ("CT21.1", "CT22.1", "CT23.1", "CT24.1")),
    ("III.4", "HD08", "Tập huấn công chức, viên chức phụ trách công tác bình đẳng giới của các sở, ban, ngành, địa phương",
     {"lead": "Sở Lao động - Thương binh và Xã hội"}, ("CT12.1",)),
    ("III.4", "HD05", "Diễn đàn, đối thoại, tọa đàm, hội thảo, hội thi về chủ đề của Tháng hành động",
     {"lead_group": "offices"}, ("CT09.1", "CT14.1")),
    ("III.4", "HD07", "Giao lưu văn nghệ, thể thao", {"lead_group": "offices"}, ("CT15.1",)),
    ("III.5", "HD14", "Thăm hỏi, hỗ trợ người bị bạo lực, xâm hại, mua bán và người có hoàn cảnh khó khăn",
     {"lead_group": "offices"}, ("CT31.1",)),
    ("III.5", "HD19", "Gặp mặt, biểu dương tập thể, cá nhân tiêu biểu trong công tác bình đẳng giới",
     {"lead": "Sở Lao động - Thương binh và Xã hội"}, ("CT39.1", "CT39.2")),
    ("III.6", "HD17", "Đoàn kiểm tra liên ngành về bình đẳng giới và vì sự tiến bộ của phụ nữ",
     {"lead": "Sở Lao động - Thương binh và Xã hội"}, ("CT36.1",)),
)  # fmt: skip

PURPOSE_2024 = """Yêu cầu các sở, ban, ngành, đoàn thể, Ủy ban nhân dân các huyện, thành phố tăng cường công tác bình đẳng giới, \
lồng ghép trong các chương trình, đề án đang thực hiện."""
TASKS_2024 = (
    ("III.1", "HD23", "Thực hiện chương trình tăng cường sự tham gia của phụ nữ trong các vị trí lãnh đạo, quản lý",
     ("NU-LD-2030",)),
    ("III.1", "HD23", "Lồng ghép bình đẳng giới trong các chương trình mục tiêu quốc gia",
     ("CTMTQG-GN-2025", "CTMTQG-NTM-2025", "CTMTQG-DTTS-2030")),
    ("III.1", "HD23", "Thực hiện Chương trình hành động quốc gia về phụ nữ, hòa bình và an ninh", ("PN-HB-AN-2030",)),
    ("III.3", "HD04", "Thực hiện Chương trình về phòng, chống bạo lực gia đình", ("PCBLGD-2025",)),
    ("III.3", "HD26", "Thực hiện Đề án tại Quyết định số 4247/QĐ-BGDĐT ngày 12/12/2023", ("DA-4247",)),
    ("III.3", "HD24", "Ứng dụng công nghệ thông tin, chuyển đổi số, thống kê trong công tác bình đẳng giới", ()),
    ("III.4", "HD08", "Tập huấn nâng cao năng lực cho cán bộ và thành viên Ban Vì sự tiến bộ của phụ nữ", ()),
    ("III.5", "HD19", "Khen thưởng, biểu dương kịp thời các cá nhân, đơn vị", ()),
    ("III.6", "HD17", "Kiểm tra, giám sát việc thực hiện pháp luật về bình đẳng giới", ()),
    ("III.7", "HD20", "Bố trí nhân lực, kinh phí; xã hội hóa, huy động nguồn lực hợp pháp", ()),
)  # fmt: skip


def load(seats: dict[str, Seat]) -> None:
    """The plan of the month of 2023, the directive of 2024, and the family month that belongs to another campaign."""
    _month_2023(seats)
    _directive_2024(seats)
    _family_month_2024(seats)


def _month_2023(seats: dict[str, Seat]) -> None:
    day = datetime.date(2023, 11, 15)
    campaign = Campaign.objects.get(series="bdg", year=2023)
    plan = start_plan(
        campaign,
        owner=body("kien-giang", "Sở Lao động - Thương binh và Xã hội", day),
        issuer=body("kien-giang", "Ủy ban nhân dân tỉnh Kiên Giang", day),
        kind="month",
        subject=f"Triển khai {campaign.name} năm 2023",
        years=(2023, 2023),
        by=seats["ag.chuyenvien"],
        at=moment(2023, 10, 10),
    )
    texts = (("muc-dich", PURPOSE_2023), ("kinh-phi", MONEY_2023), ("to-chuc", ORGANISATION_2023))
    _write(plan, texts, seats["ag.chuyenvien"], moment(2023, 10, 11))
    for heading, code, title, who, measures in TASKS_2023:
        lead = {"lead": body("kien-giang", who["lead"], day)} if "lead" in who else {}
        data = TaskData(
            title=title,
            type=kind(code),
            heading=heading,
            targets=tuple(TargetData(measure(m), certainty="unknown") for m in measures),
            **{**who, **lead},
        )
        save_task(plan, None, data, by=seats["ag.chuyenvien"], at=moment(2023, 10, 12))
    _through_review(plan, seats, 2023)


def _directive_2024(seats: dict[str, Seat]) -> None:
    day = datetime.date(2024, 11, 15)
    plan = start_plan(
        None,
        owner=body("kien-giang", "Sở Lao động - Thương binh và Xã hội", day),
        issuer=body("kien-giang", "Ủy ban nhân dân tỉnh Kiên Giang", day),
        kind="year",
        paper=Plan.Paper.LETTER,
        subject="Tăng cường thực hiện công tác bình đẳng giới năm 2024",
        years=(2024, 2024),
        programmes=programmes(*{code for *_task, codes in TASKS_2024 for code in codes}),
        by=seats["ag.chuyenvien"],
        at=moment(2024, 4, 10),
    )
    _write(plan, (("muc-dich", PURPOSE_2024),), seats["ag.chuyenvien"], moment(2024, 4, 10, 10))
    for heading, code, title, served in TASKS_2024:
        data = TaskData(
            title=title,
            type=kind(code),
            heading=heading,
            lead_group="offices",
            when_text="thường xuyên",
            programmes=programmes(*served),
        )
        save_task(plan, None, data, by=seats["ag.chuyenvien"], at=moment(2024, 4, 11))
    _through_review(plan, seats, 2024, month=4)


def _write(plan: Plan, texts, by: Seat, at: datetime.datetime) -> None:
    for key, text in texts:
        section = PlanSection.objects.get(plan=plan, key=key)
        save_section(section, text, version=section.version, done=True, by=by, at=at)


def _through_review(plan: Plan, seats: dict[str, Seat], year: int, month: int = 10) -> None:
    submit_plan(plan, by=seats["ag.chuyenvien"], at=moment(year, month, 13))
    open_plan_for_review(plan, by=seats["ag.ban"], at=moment(year, month, 16))
    approve_plan(plan, by=seats["ag.ban"], at=moment(year, month, 16, 14))
    facts = IssueFacts(
        symbol="KH-UBND" if plan.paper == Plan.Paper.PLAN else "UBND",
        signer_lines="TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
        number_unknown=True,
    )
    issue_plan(plan, facts, by=seats["ag.lanhdao"], at=moment(year, month, 18))


def _family_month_2024(seats: dict[str, Seat]) -> None:
    """S1's festival of June belongs to the month against domestic violence: year's work, not this campaign's."""
    data = ActivityData(
        type=kind("HD21"),
        title="Ngày hội Gia đình tiêu biểu tỉnh Kiên Giang lần thứ IV, kỷ niệm 23 năm Ngày Gia đình Việt Nam 28/6",
        description="Hưởng ứng Tháng hành động quốc gia về phòng, chống bạo lực gia đình năm 2024",
        scope="year",
        starts_on=datetime.date(2024, 6, 14),
        ends_on=datetime.date(2024, 6, 16),
        place="huyện Hòn Đất",
        participants=(ParticipantData("lead", name="Ban Chỉ đạo Công tác gia đình tỉnh"),),
    )
    accepted(
        data,
        campaign=Campaign.objects.get(series="bdg", year=2024),
        owner=body("kien-giang", "Sở Lao động - Thương binh và Xã hội", datetime.date(2024, 6, 14)),
        head=seats["ag.lanhdao"],
        office=seats["ag.chuyenvien"],
        at=moment(2024, 6, 18),
    )
