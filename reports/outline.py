"""The parts of a results report, in the order of the document; Vietnamese only, as it is printed."""

PARTS = {
    "I": "I. Công tác chỉ đạo, triển khai",
    "II": "II. Kết quả thực hiện",
    "III": "III. Đánh giá",
    "IV": "IV. Phương hướng; kiến nghị, đề xuất",
}
SECTIONS = {
    "opening": "Mở đầu",
    "I": "Công tác chỉ đạo, triển khai",
    "II.1": "1. Lễ phát động, mít tinh",
    "II.2": "2. Truyền thông",
    "II.3": "3. Hội thảo, diễn đàn, hội thi",
    "II.4": "4. Tập huấn, bồi dưỡng",
    "II.5": "5. Thăm hỏi, hỗ trợ; mô hình, tư vấn",
    "II.6": "6. Kiểm tra, giám sát, xử lý vi phạm",
    "II.7": "7. Biểu dương, khen thưởng",
    "II.8": "8. Nguồn lực",
    "II.9": "9. Kết quả trong năm, ngoài thời gian Tháng hành động",
    "III.1": "1. Ưu điểm",
    "III.2": "2. Khó khăn, hạn chế",
    "III.3": "3. Nguyên nhân",
    "IV.1": "1. Phương hướng",
    "IV.2": "2. Kiến nghị, đề xuất",
    "IV.3": "3. Đề nghị khen thưởng",
}
KEYS = tuple(SECTIONS)
# What a department writes itself in its return; the rest of its report is made from its activities.
RETURN_TEXTS = {
    "I": "Công tác chỉ đạo, triển khai",
    "II": "Kết quả nổi bật",
    "III.2": "Khó khăn, hạn chế",
    "IV.2": "Kiến nghị, đề xuất",
    "IV.3": "Đề nghị khen thưởng",
}
TITLES = {**RETURN_TEXTS, **SECTIONS}


def part_of(key: str) -> str:
    """“II.4” lies in part II."""
    return key.partition(".")[0]
