"""Quảng Ninh 2023, from the articles of 15/11/2023 (Báo Quảng Ninh, S3) and 23/7/2024 (Báo Dân sinh, S4)."""

import dataclasses
import datetime

from activities.models import Activity, Output
from activities.operations.shape import (
    ActivityData,
    DocumentData,
    InspectedData,
    InspectionData,
    MoneyData,
    ParticipantData,
    SupportData,
)
from campaigns.models import Campaign, PlanSection, Programme, Task
from campaigns.operations.plans import (
    IssueFacts,
    issue_plan,
    save_section,
    start_from_standard_split,
    start_plan,
    submit_plan,
)
from campaigns.operations.reviews import approve_plan, open_plan_for_review
from campaigns.operations.tasks import TaskData, save_task
from provinces.models import Department, Seat, Unit
from reports.demo.people import body
from reports.demo.sources import accepted, audience, group, kind, moment, out, source
from reports.operations.reports import open_report
from reports.operations.texts import write_section

YEAR = 2023
DAY = datetime.date(2023, 11, 10)
PLACE = "Khu công nghiệp Đông Mai, thị xã Quảng Yên"

PURPOSE = """1. Mục đích: Đẩy mạnh phổ biến, tuyên truyền, giáo dục về chính sách an sinh xã hội, bình đẳng giới và phòng \
ngừa, ứng phó với bạo lực trên cơ sở giới; nâng cao trách nhiệm của các cấp, các ngành, gia đình và cộng đồng.
2. Yêu cầu: Hoạt động thiết thực, tiết kiệm, phù hợp với điều kiện của từng cơ quan, đơn vị, địa phương; huy động các nguồn \
lực hỗ trợ phụ nữ, trẻ em có hoàn cảnh khó khăn, người bị xâm hại, mua bán, bóc lột."""
MONEY = """Kinh phí thực hiện bố trí trong dự toán ngân sách nhà nước của các cơ quan, đơn vị theo phân cấp, lồng ghép trong các \
chương trình, đề án và huy động từ các nguồn hợp pháp khác."""
ORGANISATION = """Các cơ quan, đơn vị, địa phương căn cứ Kế hoạch này tổ chức thực hiện và báo cáo kết quả về Sở Lao động - \
Thương binh và Xã hội để tổng hợp."""
NEXT_YEAR = """Tiếp tục đẩy mạnh thông tin, truyền thông, phổ biến, giáo dục pháp luật về bình đẳng giới, phòng ngừa, ứng phó với \
bạo lực trên cơ sở giới, trọng tâm là Luật Bình đẳng giới, Luật Phòng, chống bạo lực gia đình.
Phát triển, duy trì các mô hình, dịch vụ về bình đẳng giới, phòng ngừa, ứng phó với bạo lực trên cơ sở giới; tăng cường xã hội \
hóa và phối hợp liên ngành.
Phối hợp tiếp nhận, bàn giao, tư vấn, trợ giúp người bị bạo lực trên cơ sở giới (mua bán qua biên giới, bạo lực gia đình, xâm \
hại tình dục).
Nâng cao năng lực cho nữ cán bộ lãnh đạo và nữ cán bộ trong quy hoạch; bồi dưỡng kỹ năng giám sát cho nữ đại biểu Hội đồng nhân \
dân.
Thanh tra, kiểm tra, giám sát việc thực hiện chính sách, pháp luật về bình đẳng giới."""


@dataclasses.dataclass(frozen=True)
class Cast:
    """Who acts: the standing office of the time, its partners, and the seats that act for them today."""

    campaign: Campaign
    province: Unit
    office: Department
    issuer: Department
    union: Department
    zone: Department
    town: Department
    officer: Seat
    head: Seat
    committee: Seat


def cast(seats: dict[str, Seat]) -> Cast:
    campaign = Campaign.objects.get(series="bdg", year=YEAR)
    office = body("quang-ninh", "Sở Lao động - Thương binh và Xã hội", DAY)
    return Cast(
        campaign=campaign,
        province=office.unit,
        office=office,
        issuer=body("quang-ninh", "Ủy ban nhân dân tỉnh Quảng Ninh", DAY),
        union=body("quang-ninh", "Liên đoàn Lao động tỉnh", DAY),
        zone=body("quang-ninh", "Ban Quản lý Khu kinh tế Quảng Ninh", DAY),
        town=body("quang-ninh", "Ủy ban nhân dân thị xã Quảng Yên", DAY),
        officer=seats["qn.chuyenvien"],
        head=seats["qn.lanhdao"],
        committee=seats["qn.ban"],
    )


def load(seats: dict[str, Seat]) -> None:
    """The year from the plan to a report that waits to be compiled."""
    who = cast(seats)
    launch_task = _plan(who)
    _launch(who, launch_task, gifts=_gifts(who))
    _products(who)
    _documents(who)
    _capacity(who)
    _services(who)
    _inspections(who)
    _other_days(who)
    _report(who)


def _plan(who: Cast):
    plan = start_plan(
        who.campaign,
        owner=who.office,
        issuer=who.issuer,
        kind="month",
        subject=f"Triển khai {who.campaign.name} năm {YEAR}",
        years=(YEAR, YEAR),
        by=who.officer,
        at=moment(2023, 10, 9),
    )
    start_from_standard_split(plan, by=who.officer, at=moment(2023, 10, 9, 10))
    for key, text in (("muc-dich", PURPOSE), ("kinh-phi", MONEY), ("to-chuc", ORGANISATION)):
        section = PlanSection.objects.get(plan=plan, key=key)
        save_section(section, text, version=section.version, done=True, by=who.officer, at=moment(2023, 10, 10))
    task = plan.tasks.get(lead=who.office, heading="III.2")
    task = save_task(
        plan,
        task,
        TaskData(
            title="Tổ chức lễ phát động cấp tỉnh hưởng ứng Tháng hành động",
            type=kind("HD02"),
            heading="III.2",
            lead=who.office,
            starts_on=DAY,
            place=PLACE,
            partners=(who.union, who.zone, who.town),
        ),
        version=task.version,
        by=who.officer,
        at=moment(2023, 10, 11),
    )
    submit_plan(plan, by=who.officer, at=moment(2023, 10, 12))
    open_plan_for_review(plan, by=who.committee, at=moment(2023, 10, 13))
    approve_plan(plan, by=who.committee, at=moment(2023, 10, 13, 15))
    issue_plan(
        plan,
        IssueFacts(
            symbol="KH-UBND", signer_lines="TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", number_unknown=True
        ),
        by=who.head,
        at=moment(2023, 10, 16),
    )
    return task


def _accepted(who: Cast, data: ActivityData, at: datetime.datetime) -> Activity:
    """Verified, and tied to the office's task of the same type where the plan has one."""
    task = Task.objects.filter(plan__campaign=who.campaign, lead=who.office, type=data.type).first()
    if task and not data.task_lineage:
        data = dataclasses.replace(data, task_lineage=task.lineage)
    return accepted(data, campaign=who.campaign, owner=who.office, head=who.head, office=who.officer, at=at)


def _gifts(who: Cast) -> Output:
    """S4: 50 women and children, gifts worth 80 million. S3 tells of 48 at the launch; both are kept."""
    data = ActivityData(
        type=kind("HD14"),
        title="Vận động hỗ trợ phụ nữ và trẻ em có hoàn cảnh khó khăn nhân Tháng hành động",
        precision="none",
        participants=(ParticipantData("lead", who.office),),
        supports=(SupportData(key="qua", label="Quà nhân Tháng hành động"),),
        outputs=(
            out("CT31.1", 50, group=group("NH06"), key="nguoi", support="qua"),
            out("CT32.2", 80_000_000, key="tri-gia", support="qua"),
        ),
        money=(MoneyData(80_000_000, source("NG08"), "in_kind", support="qua"),),
    )
    activity = _accepted(who, data, moment(2023, 12, 15))
    return activity.outputs.get(measure__code="CT31.1")


def _launch(who: Cast, task, gifts: Output) -> None:
    data = ActivityData(
        type=kind("HD02"),
        title="Lễ phát động hưởng ứng Tháng hành động năm 2023",
        task_lineage=task.lineage,
        starts_on=DAY,
        place=PLACE,
        place_unit=who.town.unit,
        window_reason="phát động sớm để hưởng ứng Tháng hành động",
        audiences=audience("DT01", "DT03", "DT09"),
        participants=(
            ParticipantData("lead", who.office),
            ParticipantData("co", who.union),
            ParticipantData("co", who.zone),
            ParticipantData("co", who.town),
            ParticipantData("donor", who.office),
            ParticipantData("donor", name="Các cơ quan Trung ương đứng chân trên địa bàn"),
            ParticipantData("donor", who.town),
            ParticipantData("donor", who.union),
        ),
        supports=(
            SupportData(key="chung", label="Quà cho phụ nữ, trẻ em gái trên địa bàn", donors=(4, 5, 6)),
            SupportData(key="cong-doan", label="Quà cho nữ công nhân Khu công nghiệp Đông Mai", donors=(7,)),
        ),
        outputs=(
            out("CT04.1", 1, label="Lễ phát động cấp tỉnh"),
            out("CT05.1", 550, "about"),
            out("CT15.2", 1),
            out("CT31.1", 14, label="phụ nữ", group=group("NH01"), female=14, support="chung", part_of=gifts),
            out(
                "CT31.1",
                14,
                label="trẻ em gái",
                group=group("NH02"),
                female=14,
                children=14,
                girls=14,
                support="chung",
                part_of=gifts,
            ),
            out("CT31.1", 20, label="nữ công nhân", group=group("NH04"), female=20, support="cong-doan", part_of=gifts),
        ),
    )
    launch = _accepted(who, data, moment(2023, 11, 13))
    parade = ActivityData(
        type=kind("HD03"),
        title="Đội cổ động tuyên truyền của tỉnh xuống đường hưởng ứng Tháng hành động",
        starts_on=DAY,
        place="một số tuyến đường trục chính trên địa bàn thị xã Quảng Yên",
        place_unit=who.town.unit,
        window_reason="ngay sau lễ phát động",
        parent=launch,
        participants=(ParticipantData("lead", name="Đội cổ động tuyên truyền của tỉnh"),),
        outputs=(out("CT06.1", 1), out("CT06.4", certainty="text", text="một số tuyến đường trục chính")),
    )
    _accepted(who, parade, moment(2023, 11, 13, 10))


def _products(who: Cast) -> None:
    data = ActivityData(
        type=kind("HD12"),
        title="Phát hành, cấp phát các sản phẩm truyền thông",
        precision="none",
        participants=(ParticipantData("lead", who.office),),
        outputs=(
            out("CT26.1", certainty="unknown"),
            out("CT27.1", 900),
            out("CT28.1", 10),
            out("CT29.1", 1),
            out("CT18.2", 1),
            out("CT17.1", 1),
            out("CT25.1", certainty="text", text="hàng trăm"),
        ),
    )
    _accepted(who, data, moment(2023, 12, 15, 10))


def _documents(who: Cast) -> None:
    lead = (ParticipantData("lead", who.office),)
    guidance = ActivityData(
        type=kind("HD01"),
        title="Ban hành văn bản hướng dẫn các sở, ban, ngành, đoàn thể và địa phương về công tác bình đẳng giới",
        scope="year",
        precision="year",
        participants=lead,
        outputs=(out("CT01.1", 50, label="Văn bản hướng dẫn"),),
    )
    sent_up = ActivityData(
        type=kind("HD27"),
        title="Báo cáo Ủy ban nhân dân tỉnh và Bộ Lao động - Thương binh và Xã hội về công tác bình đẳng giới",
        scope="year",
        precision="year",
        participants=lead,
        outputs=(
            out("CT03.1", 11, label="Ủy ban nhân dân tỉnh và Bộ Lao động - Thương binh và Xã hội"),
            out(
                "CT41.1",
                certainty="rate",
                numerator=17,
                denominator=22,
                label=Programme.objects.get(code="CL-BDG-2020").name,
            ),
        ),
    )
    committee = ActivityData(
        type=kind("HD22"),
        title="Kiện toàn và ban hành Quy chế hoạt động của Ban Vì sự tiến bộ của phụ nữ và Bảo vệ chăm sóc trẻ em",
        starts_on=datetime.date(2023, 11, 22),
        ends_on=datetime.date(2023, 11, 23),
        participants=lead,
        outputs=(out("CT02.1", 1, label="Kiện toàn"), out("CT02.1", 1, label="Quy chế")),
        documents=(
            DocumentData(
                number="3608/QĐ-BPN&TE",
                dated=datetime.date(2023, 11, 22),
                kind="Quyết định",
                title="Kiện toàn Ban Vì sự tiến bộ của phụ nữ và Bảo vệ chăm sóc trẻ em",
                issuer=who.issuer,
                drafter=who.office,
            ),
            DocumentData(
                number="217/QĐ-BPN&TE",
                dated=datetime.date(2023, 11, 23),
                kind="Quyết định",
                title="Ban hành Quy chế hoạt động Ban Vì sự tiến bộ của phụ nữ và Bảo vệ chăm sóc trẻ em",
                issuer=who.issuer,
                drafter=who.office,
            ),
        ),
    )
    _accepted(who, committee, moment(2023, 11, 27))
    _accepted(who, guidance, moment(2023, 12, 29))
    _accepted(who, sent_up, moment(2023, 12, 29, 10))


def _capacity(who: Cast) -> None:
    """S4: 1 workshop, 12 + 3 + 6 classes (6 = 3 + 2 + 1), 7 workshops of others attended; the year, without dates."""
    workshop = ActivityData(
        type=kind("HD05"),
        title="Hội thảo cấp tỉnh chia sẻ kinh nghiệm, đánh giá 3 năm mô hình thí điểm và quy chế phối hợp liên ngành",
        scope="year",
        precision="year",
        participants=(ParticipantData("lead", who.office),),
        outputs=(out("CT09.1", 1, label="Hội thảo"),),
    )
    safe_city = ActivityData(
        type=kind("HD08"),
        title="Tập huấn người quản lý, người cung cấp dịch vụ mô hình thành phố an toàn với phụ nữ và trẻ em",
        scope="year",
        precision="year",
        audiences=audience("DT21"),
        participants=(ParticipantData("lead", who.office),),
        outputs=(out("CT12.1", 12, role="lead"),),
    )
    officials = ActivityData(
        type=kind("HD08"),
        title="Phối hợp tập huấn cán bộ các ngành của tỉnh về bình đẳng giới",
        scope="year",
        precision="year",
        participants=(ParticipantData("co", who.office),),
        outputs=(out("CT12.1", 3, role="co"),),
    )
    branches = ActivityData(
        type=kind("HD08"),
        title="Phối hợp tập huấn các sở, ngành về mục tiêu, nhiệm vụ bình đẳng giới",
        scope="year",
        precision="year",
        audiences=audience("DT18", "DT19", "DT20"),
        participants=(ParticipantData("co", who.office),),
        outputs=(
            out("CT12.1", 6, role="co", key="sau"),
            out("CT12.1", 3, role="co", label="cán bộ Hội Phụ nữ các cấp", part_of="sau", key="a"),
            out("CT12.1", 2, role="co", label="Liên đoàn Lao động tỉnh", part_of="sau", key="b"),
            out("CT12.1", 1, role="co", label="cán bộ chủ chốt ngành Công an", part_of="sau", key="c"),
        ),
    )
    attended = ActivityData(
        type=kind("HD25"),
        title="Chia sẻ kinh nghiệm tại hội thảo do Vụ Bình đẳng giới (Bộ Lao động - Thương binh và Xã hội) tổ chức",
        scope="year",
        precision="year",
        participants=(
            ParticipantData("lead", name="Vụ Bình đẳng giới (Bộ Lao động - Thương binh và Xã hội)"),
            ParticipantData("attendee", who.office),
        ),
        outputs=(out("CT10.1", 7, role="attendee", label="Vụ Bình đẳng giới"),),
    )
    for hour, data in enumerate((workshop, safe_city, officials, branches, attended), start=8):
        _accepted(who, data, moment(2023, 12, 28, hour))


def _services(who: Cast) -> None:
    models = ActivityData(
        type=kind("HD16"),
        title="Đôn đốc, phối hợp duy trì các mô hình bình đẳng giới và công tác tư vấn, hỗ trợ của Ngôi nhà Ánh Dương",
        scope="year",
        precision="year",
        participants=(ParticipantData("lead", who.office),),
        outputs=(out("CT35.1", 12), out("CT35.7", certainty="unknown", label="Ngôi nhà Ánh Dương")),
    )
    cases = ActivityData(
        type=kind("HD15"),
        title="Tư vấn, kết nối hỗ trợ các vụ việc bạo lực trên cơ sở giới có nhu cầu",
        scope="year",
        precision="year",
        participants=(ParticipantData("lead", who.office),),
        outputs=(out("CT33.4", certainty="rate", rate=100), out("CT33.2", certainty="unknown")),
    )
    _accepted(who, models, moment(2023, 12, 28, 14))
    _accepted(who, cases, moment(2023, 12, 28, 15))


def _inspections(who: Cast) -> None:
    joint = ActivityData(
        type=kind("HD17"),
        title="Tham gia đoàn kiểm tra liên ngành giám sát việc thực hiện công tác bình đẳng giới",
        scope="year",
        precision="year",
        participants=(ParticipantData("attendee", who.office),),
        inspections=(InspectionData(key="doan", bodies=(InspectedData(name="6 đơn vị, địa phương"),)),),
        outputs=(
            out("CT36.1", certainty="unknown", role="attendee", inspection="doan"),
            out("CT36.2", 6, role="attendee", inspection="doan"),
        ),
    )
    enterprises = ActivityData(
        type=kind("HD17"),
        title="Kiểm tra doanh nghiệp có đông lao động nữ về thực hiện bình đẳng giới và chính sách cho lao động nữ",
        scope="year",
        precision="year",
        participants=(ParticipantData("lead", who.office),),
        outputs=(out("CT37.1", 8, role="lead"),),
    )
    _accepted(who, joint, moment(2023, 12, 28, 16))
    _accepted(who, enterprises, moment(2023, 12, 28, 17))


def _other_days(who: Cast) -> None:
    data = ActivityData(
        type=kind("HD21"),
        title="Tuyên truyền Ngày Quốc tế trẻ em gái 11/10",
        scope="year",
        starts_on=datetime.date(2023, 10, 11),
        audiences=audience("DT03"),
        participants=(ParticipantData("lead", who.office),),
        outputs=(out("CT07.4", certainty="unknown", label="Ngày Quốc tế trẻ em gái 11/10"),),
    )
    _accepted(who, data, moment(2023, 10, 13))


def _report(who: Cast) -> None:
    """The report is opened and IV.1 is written; compiling, issuing and sending is left to whoever tries it."""
    report = open_report(
        who.campaign, who.province, department=who.office, issuer=who.office, by=who.officer, at=moment(2024, 1, 3)
    )
    section = report.sections.get(key="IV.1")
    write_section(section, NEXT_YEAR, version=section.version, by=who.officer, at=moment(2024, 1, 3, 10))
