"""Sample papers: Quảng Ninh's report of 2023 and huyện Kỳ Anh's plan 573/KH-UBND, shortened."""

import io
from dataclasses import replace
from datetime import date

from PIL import Image

from reports.documents.paper import (
    Annex,
    Cell,
    Chart,
    Column,
    Gallery,
    Group,
    Heading,
    Item,
    Letterhead,
    Note,
    Paper,
    Para,
    Picture,
    Run,
    Series,
    Signature,
    Table,
)

CAMPAIGN = "Tháng hành động vì bình đẳng giới và phòng ngừa, ứng phó với bạo lực trên cơ sở giới"


def report(**changes) -> Paper:
    paper = Paper(
        kind="BÁO CÁO",
        code="bao-cao",
        letterhead=Letterhead(
            superior="UBND tỉnh Quảng Ninh",
            body="Sở Lao động - Thương binh và Xã hội",
            place="Quảng Ninh",
            name="Sở Lao động - Thương binh và Xã hội",
        ),
        number="",
        symbol="BC-SLĐTBXH",
        dated=None,
        year=2023,
        subject=f"Kết quả triển khai {CAMPAIGN} năm 2023",
        addressees=("Bộ Lao động - Thương binh và Xã hội", "Ủy ban nhân dân tỉnh Quảng Ninh"),
        blocks=(
            Para(
                "Thực hiện Công văn số 4076/LĐTBXH-BĐG ngày 27 tháng 9 năm 2023 của Bộ Lao động - Thương binh "
                f"và Xã hội về triển khai {CAMPAIGN} năm 2023, Sở Lao động - Thương binh và Xã hội báo cáo kết "
                "quả triển khai Tháng hành động năm 2023 như sau:"
            ),
            Heading("I. Công tác chỉ đạo, triển khai", 1),
            Para(
                "Các cơ quan, đơn vị, địa phương đã ban hành 50 văn bản chỉ đạo, hướng dẫn triển khai Tháng hành "
                "động; gửi 11 báo cáo đến Ủy ban nhân dân tỉnh và Bộ Lao động - Thương binh và Xã hội."
            ),
            Item("Quyết định số 3608/QĐ-BPN&TE ngày 22 tháng 11 năm 2023 về việc kiện toàn Ban;"),
            Item("Quyết định số 217/QĐ-BPN&TE ngày 23 tháng 11 năm 2023 ban hành Quy chế hoạt động của Ban."),
            Heading("II. Kết quả thực hiện", 1),
            Heading("1. Lễ phát động", 2),
            Para(
                "Lễ phát động cấp tỉnh được tổ chức ngày 10 tháng 11 năm 2023 tại Khu công nghiệp Đông Mai, thị xã "
                "Quảng Yên, do Sở Lao động - Thương binh và Xã hội chủ trì, phối hợp với Liên đoàn Lao động tỉnh, "
                "Ban Quản lý Khu kinh tế Quảng Ninh và Ủy ban nhân dân thị xã Quảng Yên; có khoảng 550 lượt người "
                "tham dự."
            ),
            Heading("a) Chủ đề", 3),
            Para(
                "",
                runs=(
                    Run("Chủ đề năm 2023: "),
                    Run(
                        "“Đảm bảo an sinh xã hội, tăng cường quyền năng cho phụ nữ và trẻ em gái nhằm thực hiện "
                        "bình đẳng giới và xóa bỏ bạo lực trên cơ sở giới”",
                        bold=True,
                        italic=True,
                    ),
                    Run("."),
                ),
            ),
            Heading("2. Sản phẩm truyền thông", 2),
            Para(
                "Sản phẩm truyền thông gồm: 900 mũ bảo hiểm in thông điệp; 10 xe buýt truyền thông; hàng trăm phướn "
                "thả, không quy ra số; áo phông in thông điệp, không có số liệu về số lượng."
            ),
            Table(
                caption="Bảng 1. Lớp tập huấn theo vai trò",
                columns=(
                    Column("TT", 1, "center"),
                    Column("Nội dung", 6),
                    Column("Vai trò", 3, "center"),
                    Column("Số lớp", 2, "right"),
                ),
                rows=(
                    (1, "Mô hình thành phố an toàn với phụ nữ và trẻ em", "chủ trì", 12),
                    (2, "Cán bộ các ngành", "phối hợp", 3),
                    (3, "Hội Phụ nữ (3), Liên đoàn Lao động tỉnh (2), Công an (1)", "phối hợp", 6),
                    (Cell("Tổng", bold=True, span=3), Cell("21", value=21, bold=True)),
                ),
            ),
            Note("(1)", "Cộng các lớp chủ trì và phối hợp, không cộng số chi tiết trong ngoặc."),
            Heading("III. Đánh giá", 1),
            Para("Đạt 17/22 chỉ tiêu; 100% vụ việc có nhu cầu được tư vấn, kết nối dịch vụ; duy trì 12 mô hình."),
            Heading("IV. Phương hướng; kiến nghị, đề xuất", 1),
            Para("Sở Lao động - Thương binh và Xã hội không có kiến nghị, đề xuất."),
            Para(
                "Trên đây là báo cáo kết quả triển khai Tháng hành động năm 2023, Sở Lao động - Thương binh và Xã "
                "hội kính báo cáo Bộ Lao động - Thương binh và Xã hội, Ủy ban nhân dân tỉnh./."
            ),
        ),
        signature=Signature(lines=("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), name=""),
        copies=("Ban Vì sự tiến bộ của phụ nữ, bảo vệ và chăm sóc trẻ em tỉnh;", "Lưu: VT, BĐG."),
        annexes=(figures(), products(3)),
        foot="DỰ THẢO · Bản số liệu 3 · 4f1a09c2 · in lúc 14:32 ngày 19/12/2023",
        properties={"created": "2023-12-19T14:32:00+07:00", "snapshot": "3", "sha256": "4f1a09c2"},
    )
    return replace(paper, **changes)


def figures() -> Annex:
    return Annex(
        title="Số liệu kết quả Tháng hành động năm 2023",
        landscape=True,
        sheet="Số liệu",
        blocks=(
            Table(
                columns=(
                    Column("TT", 1, "center"),
                    Column("Chỉ tiêu thống kê", 8),
                    Column("Đơn vị tính", 2, "center"),
                    Column("Tổng", 2.4, "right"),
                    Column("Nữ", 2, "right"),
                    Column("Nam", 2, "right"),
                    Column("Chưa tách", 2, "right"),
                    Column("Ghi chú", 4),
                ),
                groups=(Group("Trong đó", 4, 3),),
                rows=(
                    (Cell("I. TRUYỀN THÔNG", bold=True, span=8),),
                    (
                        1,
                        "Lễ phát động, mít tinh",
                        "cuộc",
                        Cell("1", 1, link="https://thd.example/so/CT04"),
                        None,
                        None,
                        None,
                        "",
                    ),
                    (
                        2,
                        "Người dự lễ phát động",
                        "lượt người",
                        Cell("khoảng 550", 550),
                        None,
                        None,
                        Cell("khoảng 550", 550),
                        "(1)",
                    ),
                    (3, "Bài dự thi", "bài", 21480, 12655, 7320, 1505, ""),
                    (4, "Kinh phí huy động", "đồng", 80000000, None, None, None, "=1+1"),
                ),
            ),
            Note("(1)", "“khoảng”: số ước tính. “–”: không có số liệu."),
        ),
    )


def products(count: int) -> Annex:
    return Annex(
        title="Danh mục sản phẩm truyền thông",
        blocks=(
            Table(
                columns=(Column("TT", 1, "center"), Column("Sản phẩm", 6), Column("Số lượng", 2, "right")),
                rows=tuple(
                    (n, f"Sản phẩm thứ {n}: băng rôn, áp phích ƯỚC MƠ ỨNG PHÓ", n * 1000) for n in range(1, count + 1)
                ),
            ),
        ),
    )


def plan(**changes) -> Paper:
    paper = Paper(
        kind="KẾ HOẠCH",
        code="ke-hoach",
        letterhead=Letterhead(
            superior="",
            body="Ủy ban nhân dân\nhuyện Kỳ Anh",
            place="Kỳ Anh",
            name="Ủy ban nhân dân huyện Kỳ Anh",
        ),
        number="573",
        symbol="KH-UBND",
        dated=date(2023, 4, 18),
        subject="Thực hiện Chương trình truyền thông về bình đẳng giới đến năm 2030 trên địa bàn huyện",
        bases=(
            "Căn cứ Luật Bình đẳng giới",
            "Căn cứ Quyết định số 1790/QĐ-TTg ngày 23 tháng 10 năm 2021 của Thủ tướng Chính phủ",
        ),
        blocks=(
            Para("Ủy ban nhân dân huyện ban hành Kế hoạch thực hiện như sau:"),
            Heading("I. Mục đích, yêu cầu", 1),
            Item("Nâng cao nhận thức về bình đẳng giới;"),
            Item("Thiết thực, tiết kiệm, phù hợp với điều kiện của địa phương."),
            Heading("II. Nội dung", 1),
            Para("Tổ chức Tháng hành động từ ngày 15 tháng 11 đến ngày 15 tháng 12 hằng năm (Phụ lục kèm theo)."),
            Heading("III. Tổ chức thực hiện", 1),
            Heading("1. Phòng Lao động - Thương binh và Xã hội", 2),
            Para("Chủ trì, đôn đốc, tổng hợp, báo cáo Ủy ban nhân dân huyện."),
            Para("Yêu cầu các cơ quan, đơn vị nghiêm túc triển khai thực hiện./."),
        ),
        signature=Signature(lines=("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), name="…"),
        copies=(
            "Sở Lao động - Thương binh và Xã hội (để b/c);",
            "Ủy ban nhân dân các xã, thị trấn;",
            "Lưu: VT.",
        ),
        annexes=(
            Annex(
                title="Bảng phân công nhiệm vụ",
                landscape=True,
                blocks=(
                    Table(
                        columns=(
                            Column("TT", 1, "center"),
                            Column("Nội dung", 7),
                            Column("Chủ trì", 4),
                            Column("Phối hợp", 4),
                            Column("Thời gian", 3, "center"),
                            Column("Kinh phí (đồng)", 3, "right"),
                        ),
                        rows=(
                            (
                                1,
                                "Tháng hành động",
                                "Phòng Lao động - Thương binh và Xã hội",
                                "Hội Liên hiệp Phụ nữ huyện",
                                "15/11–15/12",
                                None,
                            ),
                        ),
                    ),
                ),
            ),
        ),
    )
    return replace(paper, **changes)


def letter(**changes) -> Paper:
    paper = Paper(
        kind="",
        code="cong-van",
        letterhead=Letterhead("UBND tỉnh Quảng Ninh", "Sở Nội vụ", "Quảng Ninh", "Sở Nội vụ"),
        number="…",
        symbol="SNV-CTTN&BĐG",
        dated=date(2026, 1, 5),
        subject="đôn đốc gửi báo cáo kết quả Tháng hành động năm 2025",
        addressees=("Ủy ban nhân dân các xã, phường, đặc khu",),
        blocks=(Para("Đề nghị các cơ quan, đơn vị quan tâm thực hiện./."),),
        signature=Signature(("GIÁM ĐỐC",), "Nguyễn Văn …"),
        copies=("Lưu: VT.",),
    )
    return replace(paper, **changes)


def decision(**changes) -> Paper:
    """Quyết định 2105/QĐ-UBND of Bắc Ninh, 26/10/2023, shortened, with the plan that it issues."""
    subject = f"triển khai {CAMPAIGN} năm 2023"
    paper = Paper(
        kind="QUYẾT ĐỊNH",
        code="ke-hoach",
        letterhead=Letterhead(
            superior="",
            body="Ủy ban nhân dân\ntỉnh Bắc Ninh",
            place="Bắc Ninh",
            name="Ủy ban nhân dân tỉnh Bắc Ninh",
        ),
        number="2105",
        symbol="QĐ-UBND",
        dated=date(2023, 10, 26),
        subject=f"Ban hành Kế hoạch {subject}",
        authority="Ủy ban nhân dân tỉnh Bắc Ninh",
        resolves="QUYẾT ĐỊNH:",
        bases=(
            "Căn cứ Luật Tổ chức chính quyền địa phương",
            "Căn cứ Luật Bình đẳng giới",
            "Theo đề nghị của Giám đốc Sở Lao động - Thương binh và Xã hội",
        ),
        blocks=(
            Para("", runs=(Run("Điều 1. ", bold=True), Run(f"Ban hành kèm theo Quyết định này Kế hoạch {subject}."))),
            Para("", runs=(Run("Điều 2. ", bold=True), Run("Quyết định này có hiệu lực kể từ ngày ký."))),
            Para("", runs=(Run("Điều 3. ", bold=True), Run("Thủ trưởng các cơ quan chịu trách nhiệm thi hành./."))),
        ),
        signature=Signature(lines=("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), name="…"),
        copies=("Như Điều 3;", "Lưu: VT, SLĐTBXH."),
        annexes=(
            Annex(
                title=f"Triển khai {CAMPAIGN} năm 2023",
                kind="KẾ HOẠCH",
                blocks=(
                    Heading("I. Nội dung", 1),
                    Para("a) Lễ phát động."),
                    Para("b) Tuyên truyền trong 30 ngày."),
                    Para("c) Tập huấn."),
                    Para("d) Đối thoại ngày 20 tháng 11 năm 2023."),
                    Para("đ) Kiểm tra với kinh phí 1.200.000 đồng./."),
                ),
            ),
            Annex(title="Thông điệp, khẩu hiệu", blocks=(Para("1. Chấm dứt bạo lực, vun đắp yêu thương."),)),
        ),
    )
    return replace(paper, **changes)


def bars() -> Chart:
    """Two years beside each other; one number of the older year is missing."""
    now = Series("Năm 2023", (5500, 1250), ("khoảng 5.500", "1.250"))
    before = Series("Năm 2022", (4000, None), ("4.000", "–"))
    return Chart("So với năm trước", ("Lễ phát động", "Tập huấn"), (now, before), alt="Năm 2023 so với năm 2022")


def shares() -> Chart:
    parts = (Series("Nữ", (300, 80), ("300", "80")), Series("Nam", (200, 0), ("200", "0")))
    return Chart("Nữ và nam", ("Lễ phát động", "Tập huấn"), parts, stacked=True)


def gallery() -> Gallery:
    return Gallery(tuple(picture(wide, high) for wide, high in ((160, 120), (90, 120), (160, 90))))


def picture(wide: int, high: int) -> Picture:
    data = io.BytesIO()
    Image.new("RGB", (wide, high), (wide, high, 100)).save(data, "JPEG")
    return Picture(data.getvalue(), wide, high, "Lễ phát động tại Đông Mai")
