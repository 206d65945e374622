"""Rows for tests of reports."""

import datetime

from activities.models import Adjustment, Money, Output
from activities.tests import make as activities
from activities.tests.make import output, participant
from campaigns.models import Recipient, Request
from campaigns.tests import make as campaigns
from provinces.tests.make import NOW, seat
from reports.models import Report

MEASURES = {
    "CT01.1": ("Văn bản chỉ đạo, hướng dẫn đã ban hành", "văn bản", "things", {}),
    "CT02.1": ("Quyết định kiện toàn, ban hành quy chế hoạt động của Ban", "quyết định", "things", {}),
    "CT03.1": ("Báo cáo định kỳ, chuyên đề gửi UBND, Bộ", "báo cáo", "things", {}),
    "CT04.1": ("Lễ phát động, mít tinh", "cuộc", "things", {"role_kept": True}),
    "CT05.1": ("Người dự lễ phát động, mít tinh", "lượt người", "attendances", {"by_sex": True, "by_children": True}),
    "CT06.1": ("Cuộc diễu hành, xuống đường tuyên truyền", "cuộc", "things", {"role_kept": True}),
    "CT06.4": ("Tuyến đường được tuyên truyền lưu động", "tuyến", "things", {}),
    "CT07.1": ("Buổi truyền thông trực tiếp, nói chuyện chuyên đề", "buổi", "things", {"role_kept": True}),
    "CT07.4": ("Hoạt động hưởng ứng các ngày kỷ niệm khác trong năm", "cuộc", "things", {"role_kept": True}),
    "CT08.1": ("Người dự truyền thông trực tiếp, nói chuyện chuyên đề", "lượt người", "attendances", {"by_sex": True}),
    "CT09.1": ("Hội thảo, tọa đàm, diễn đàn, đối thoại đã tổ chức", "cuộc", "things", {"role_kept": True}),
    "CT10.1": ("Hội thảo, hội nghị đã tham gia do nơi khác tổ chức", "cuộc", "things", {}),
    "CT12.1": ("Lớp tập huấn, bồi dưỡng", "lớp", "things", {"role_kept": True}),
    "CT13.1": ("Học viên tập huấn, bồi dưỡng", "lượt người", "attendances", {"by_sex": True}),
    "CT15.2": ("Tiết mục văn nghệ", "tiết mục", "things", {}),
    "CT17.1": ("Phóng sự truyền hình", "phóng sự", "things", {}),
    "CT18.2": ("Đĩa, băng phát thanh", "đĩa", "things", {}),
    "CT21.1": ("Băng rôn", "chiếc", "things", {}),
    "CT25.1": ("Banner, phướn thả", "chiếc", "things", {}),
    "CT26.1": ("Áo phông in thông điệp", "chiếc", "things", {}),
    "CT27.1": ("Mũ xe máy (mũ bảo hiểm) in thông điệp", "chiếc", "things", {}),
    "CT28.1": ("Xe buýt truyền thông", "xe", "things", {}),
    "CT29.1": ("Xe phát thanh, tuyên truyền cơ động", "xe", "things", {}),
    "CT31.1": (
        "Người được tặng quà, hỗ trợ",
        "người",
        "people",
        {"sensitive": True, "by_sex": True, "by_children": True},
    ),
    "CT32.2": ("Trị giá quà, hỗ trợ", "đồng", "money", {}),
    "CT33.4": ("Tỷ lệ vụ việc có nhu cầu được tư vấn, kết nối hỗ trợ", "%", "rate", {"sensitive": True}),
    "CT35.1": ("Mô hình bình đẳng giới được duy trì", "mô hình", "things", {"over_time": "latest"}),
    "CT35.7": ("Cơ sở cung cấp dịch vụ, nơi tạm lánh được duy trì", "cơ sở", "things", {"over_time": "latest"}),
    "CT36.1": ("Cuộc kiểm tra, thanh tra, giám sát", "cuộc", "things", {"role_kept": True}),
    "CT36.2": ("Đơn vị, địa phương được kiểm tra, giám sát", "đơn vị", "things", {"role_kept": True}),
    "CT37.1": ("Doanh nghiệp được kiểm tra", "doanh nghiệp", "things", {"role_kept": True}),
    "CT40.1": ("Kinh phí thực hiện", "đồng", "money", {"source": "money"}),
    "CT41.1": ("Chỉ tiêu bình đẳng giới đạt trên tổng số chỉ tiêu", "chỉ tiêu", "rate", {"over_time": "latest"}),
    "CT42.1": ("Đơn vị có kế hoạch", "đơn vị", "things", {"source": "return", "over_time": "latest"}),
    "CT42.2": ("Đơn vị đã gửi báo cáo", "đơn vị", "things", {"source": "return", "over_time": "latest"}),
    "CT42.3": ("Đơn vị báo cáo không phát sinh", "đơn vị", "things", {"source": "return", "over_time": "latest"}),
    "CT42.4": ("Đơn vị phải báo cáo", "đơn vị", "things", {"source": "return", "over_time": "latest"}),
    "CT42.5": ("Tỷ lệ đơn vị đã gửi báo cáo", "%", "rate", {"source": "return", "over_time": "latest"}),
}


def measure(code):
    name, unit_of_measure, counts, more = MEASURES[code]
    return campaigns.measure(code, name, unit_of_measure, counts, **more)


def activity(owner, title="Lễ phát động", year=2023, status="accepted", **more):
    """An activity, after the measures of its type are those of the catalogue."""
    measure("CT04.1")
    measure("CT05.1")
    return activities.activity(owner, title, year, status, **more)


def result(of, code="CT05.1", quantity=None, certainty=None, **more) -> Output:
    """An output; its certainty follows from what is given."""
    measure(code)
    if certainty is None:
        certainty = "rate" if {"rate", "denominator"} & more.keys() else "exact" if quantity is not None else "unknown"
        certainty = "text" if more.get("text") and quantity is None else certainty
    return output(of, code, quantity, certainty, **more)


def money(of, amount, group="state_budget", form="cash", code="") -> Money:
    measure("CT40.1")
    source = campaigns.money_source(
        code or {"state_budget": "NG01", "mobilised": "NG08", "integrated": "NG06"}[group], group
    )
    return Money.objects.create(activity=of, amount=amount, source=source, form=form)


def adjustment(of: Output, delta, reason="Đã tính ở Sở Y tế") -> Adjustment:
    return Adjustment.objects.create(output=of, delta=delta, reason=reason, by=seat(of.activity.owner), at=NOW)


def request(asker, recipients=(), year=2023) -> Request:
    at = datetime.datetime(year, 12, 18, 10, tzinfo=datetime.UTC)
    row = Request.objects.create(
        kind="month",
        province=asker.unit.home_province,
        asker=asker,
        campaign=campaigns.campaign(year),
        year=year,
        scope="both",
        period_from=datetime.date(year, 1, 1),
        period_to=datetime.date(year, 12, 15),
        cut_off=at,
        due=at,
        created_at=NOW,
    )
    for department in recipients:
        Recipient.objects.create(request=row, department=department)
    return row


def report(department, kind="report", year=2023, **more) -> Report:
    return Report.objects.create(
        kind=kind,
        campaign=campaigns.campaign(year),
        province=department.unit.home_province,
        department=department,
        issuer=more.pop("issuer", department),
        created_at=NOW,
        **more,
    )


def read(report: Report, by) -> Report:
    """The same report after somebody has read every drafted section and kept it."""
    report.sections.filter(drafted=True).update(kept_by=by, kept_at=NOW)
    return Report.objects.get(pk=report.pk)


__all__ = [
    "MEASURES",
    "activity",
    "adjustment",
    "measure",
    "money",
    "output",
    "participant",
    "read",
    "report",
    "request",
    "result",
]
