"""Huyện Kỳ Anh's Kế hoạch 573/KH-UBND of 18/4/2023 (S2): a district's programme plan with the month as one task."""

import datetime

from campaigns.models import PlanSection
from campaigns.operations.plans import IssueFacts, issue_plan, save_section, start_plan, submit_plan
from campaigns.operations.reviews import approve_plan
from campaigns.operations.tasks import TaskData, save_task
from provinces.models import Seat
from reports.demo.people import body
from reports.demo.sources import kind, moment, programmes

PURPOSE = """1. Tăng cường sự lãnh đạo, chỉ đạo của các cấp ủy đảng, chính quyền, sự phối hợp của các tổ chức chính trị - xã hội, \
sự tham gia của mỗi cá nhân, gia đình, xã hội; nâng cao hiệu quả quản lý nhà nước về bình đẳng giới trên địa bàn huyện.
2. Tạo chuyển biến về nhận thức để người dân thay đổi hành vi về bình đẳng giới; từng bước thu hẹp khoảng cách giới, nâng cao \
vị thế của phụ nữ; góp phần thực hiện các mục tiêu của Chiến lược quốc gia về bình đẳng giới giai đoạn 2021 - 2030."""
MONEY = """Huy động các nguồn lực của địa phương cho công tác bình đẳng giới; lồng ghép trong các chương trình mục tiêu quốc gia."""
ORGANISATION = """Các ngành, đơn vị, địa phương phối hợp tổ chức thực hiện; thường xuyên báo cáo kết quả hoạt động do ngành, đơn \
vị phụ trách, thường kỳ và đột xuất theo quy định."""
ONGOING = "thường xuyên"
TASKS = (
    ("III.3", "HD04", "Tuyên truyền về Luật Bình đẳng giới, Chiến lược quốc gia về bình đẳng giới và các chương trình đến nhóm "
     "yếu thế, người khuyết tật, trẻ em; tổ chức hoạt động tại cộng đồng thu hút nam giới, trẻ em trai", ONGOING, ()),
    ("III.3", "HD12", "Xây dựng, nhân bản, phát hành các sản phẩm truyền thông", ONGOING, ()),
    ("III.3", "HD09", "Tuyên truyền, phổ biến chính sách, pháp luật trên các phương tiện thông tin đại chúng", ONGOING, ()),
    ("III.3", "HD26", "Giáo dục về bình đẳng giới trong gia đình, nhà trường, cộng đồng", ONGOING, ()),
    ("III.5", "HD16", "Nghiên cứu, thực hiện các mô hình thúc đẩy bình đẳng giới phù hợp với tình hình địa phương", ONGOING, ()),
    ("III.1", "HD23", "Lồng ghép bình đẳng giới và phòng ngừa, ứng phó với bạo lực trên cơ sở giới trong các chương trình mục "
     "tiêu quốc gia", ONGOING, ("CTMTQG-GN-2025", "CTMTQG-NTM-2025", "CTMTQG-DTTS-2030")),
    ("III.6", "HD17", "Kiểm tra, thanh tra, xử lý vi phạm về bình đẳng giới", ONGOING, ()),
    ("III.1", "HD27", "Báo cáo kết quả thường kỳ và đột xuất", ONGOING, ()),
)  # fmt: skip


def load(seats: dict[str, Seat]) -> None:
    """The plan as issued, the month as one of its tasks."""
    head = seats["ht.kyanh"]
    district = body("ha-tinh", "Ủy ban nhân dân huyện Kỳ Anh", datetime.date(2023, 4, 18))
    plan = start_plan(
        None,
        owner=district,
        issuer=district,
        kind="programme",
        subject="Triển khai Chương trình truyền thông về bình đẳng giới đến năm 2030",
        years=(2023, 2030),
        programmes=programmes("TT-BDG-2030", "CL-BDG-2030", "BLTCSG-2025"),
        by=head,
        at=moment(2023, 4, 3),
    )
    for key, text in (("muc-dich", PURPOSE), ("kinh-phi", MONEY), ("to-chuc", ORGANISATION)):
        section = PlanSection.objects.get(plan=plan, key=key)
        save_section(section, text, version=section.version, done=True, by=head, at=moment(2023, 4, 4))
    for heading, code, title, when, served in TASKS:
        data = TaskData(
            title=title, type=kind(code), heading=heading, lead_group="communes_old", when_text=when,
            programmes=programmes(*served),
        )  # fmt: skip
        save_task(plan, None, data, by=head, at=moment(2023, 4, 5))
    month = TaskData(
        title="Triển khai Tháng hành động vì bình đẳng giới và phòng ngừa, ứng phó với bạo lực trên cơ sở giới",
        type=kind("HD02"),
        heading="III.2",
        lead=district,
        when_text="từ ngày 15/11 đến ngày 15/12 hằng năm",
        programmes=programmes("TT-BDG-2030"),
    )
    save_task(plan, None, month, by=head, at=moment(2023, 4, 5, 10))
    submit_plan(plan, by=head, at=moment(2023, 4, 17))
    approve_plan(plan, by=head, at=moment(2023, 4, 17, 10))
    facts = IssueFacts(
        number="573",
        symbol="KH-UBND",
        dated=datetime.date(2023, 4, 18),
        signer_lines="TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
    )
    issue_plan(plan, facts, by=head, at=moment(2023, 4, 18))
