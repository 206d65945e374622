"""The text of a report drafted from its figures, section by section, in the phrases of official documents."""

import datetime
from collections.abc import Iterable

from provinces.vietnamese import fold, format_number, long_date
from reports.outline import KEYS
from reports.papers.phrasing import counted, has_words, in_a_row, lowered, sentence
from reports.papers.results import PARTS, month_part, products, year_part
from reports.snapshot import MONTH, YEAR, Figures, IssuedPaper

COMMITTEE_PAPERS = "HD22"
LISTED = 5
NO_NUMBER = "…"


def draft_texts(taken: Figures) -> dict[str, str]:
    """Every section's text as the figures tell it; empty where only a person can write."""
    drafts = dict.fromkeys(KEYS, "")
    drafts["opening"] = opening(taken)
    drafts["I"] = direction(taken)
    drafts |= {key: month_part(taken, key) for key in PARTS}
    drafts["II.9"] = year_part(taken)
    drafts["III.1"] = strengths(taken)
    drafts["III.2"] = gaps(taken)
    drafts["IV.2"] = f"{taken.header.department} không có kiến nghị, đề xuất."
    return drafts


def subject(taken: Figures) -> str:
    """The subject of the document: the request's own, where it asks for something else than the month."""
    if taken.header.subject:
        return taken.header.subject
    return f"Kết quả triển khai {taken.header.campaign} năm {taken.header.year}"


def closing(taken: Figures, recipients: Iterable[str]) -> str:
    """The last sentence; “./.” ends the document."""
    head = taken.header
    to = f" kính báo cáo {in_a_row(recipients)}" if recipients else " kính báo cáo"
    about = lowered(head.subject) if head.subject else f"kết quả triển khai Tháng hành động năm {head.year}"
    return f"Trên đây là báo cáo {about}, {head.department}{to}./."


def opening(taken: Figures) -> str:
    """On which letter and plan the report rests."""
    head, plan = taken.header, taken.plan
    bases = []
    if head.letter_number:
        letter = f"Công văn số {head.letter_number}{_on(head.letter_dated)}"
        bases.append(letter + (f" của {head.letter_issuer}" if head.letter_issuer else ""))
    if plan.subject:
        bases.append(f"Kế hoạch số {plan_number(taken)}{_on(plan.dated)} của {plan.issuer}")
    acting = f"Thực hiện {in_a_row(bases)}, " if bases else ""
    return f"{acting}{head.department} báo cáo kết quả triển khai Tháng hành động năm {head.year} như sau:"


def plan_number(taken: Figures) -> str:
    """“224/KH-UBND”; an unknown number stays “…”."""
    number, symbol = taken.plan.number or NO_NUMBER, taken.plan.symbol
    return f"{number}/{symbol}" if symbol else number


def _on(iso: str) -> str:
    return f" {long_date(datetime.date.fromisoformat(iso))}" if iso else ""


def direction(taken: Figures) -> str:
    """I: theme, documents, committee, plan, coverage."""
    lines = (_theme(taken), *_documents(taken), _committee(taken), _plan(taken), _coverage(taken))
    return "\n".join(filter(None, lines))


def _theme(taken: Figures) -> str:
    theme = taken.header.theme
    return f"Chủ đề của Tháng hành động năm {taken.header.year}: “{theme}”." if theme else ""


def _documents(taken: Figures) -> Iterable[str]:
    for scope, start in ((MONTH, "Các"), (YEAR, f"Trong năm {taken.header.year}, các")):
        papers, sent = taken.cell("CT01.1", scope), taken.cell("CT03.1", scope)
        of_the_month = " triển khai Tháng hành động" if scope == MONTH else ""
        clauses = []
        if has_words(papers):
            what = counted(papers, "văn bản chỉ đạo, hướng dẫn")
            clauses.append(f"{start} cơ quan, đơn vị, địa phương đã ban hành {what}{of_the_month}")
        if has_words(sent):
            to = in_a_row(sent.labels) if len(sent.labels) == 1 else "cấp trên"
            clauses.append(f"gửi {counted(sent, 'báo cáo')} đến {to}")
        yield sentence(*clauses)
    others = [each for each in taken.papers if each.type_code != COMMITTEE_PAPERS]
    for each in others if len(others) <= LISTED else ():
        who = each.issuer or "Cơ quan có thẩm quyền"
        yield sentence(f"{who} đã ban hành {cited(each)} về {lowered(each.title)}{_drafted(each)}")


def cited(paper: IssuedPaper) -> str:
    """“Quyết định số 3608/QĐ-BPN&TE ngày 22 tháng 11 năm 2023”."""
    return f"{paper.kind or 'Văn bản'} số {paper.number or NO_NUMBER}{_on(paper.dated)}"


def _drafted(paper: IssuedPaper) -> str:
    return f", do {paper.drafter} tham mưu" if paper.drafter and paper.drafter != paper.issuer else ""


def _committee(taken: Figures) -> str:
    papers = [each for each in taken.papers if each.type_code == COMMITTEE_PAPERS]
    renewed = next((each for each in papers if "kien toan" in fold(each.title)), None)
    rules = next((each for each in papers if "quy che" in fold(each.title) and each is not renewed), None)
    committee = taken.header.committee or "Ban Vì sự tiến bộ của phụ nữ"
    clauses = [f"{committee} được kiện toàn tại {cited(renewed)}" if renewed else ""]
    clauses.append(f"Quy chế hoạt động ban hành tại {cited(rules)}{_drafted(rules)}" if rules else "")
    return sentence(*clauses)


def _plan(taken: Figures) -> str:
    plan = taken.plan
    if not plan.tasks:
        return ""
    left = plan.tasks - plan.tasks_done
    return sentence(
        f"Kế hoạch giao {plan.tasks} nhiệm vụ cho {plan.leads} cơ quan, đơn vị",
        f"đến {long_date(datetime.date.fromisoformat(taken.cut_off))}, {plan.tasks_done} nhiệm vụ đã thực hiện"
        + (f", {left} nhiệm vụ chưa có hoạt động" if left else ""),
    )


def _coverage(taken: Figures) -> str:
    found = taken.coverage
    if not found.asked:
        return ""
    nil = f", trong đó {found.nil} cơ quan, đơn vị báo không phát sinh" if found.nil else ""
    sent, asked, missing = map(format_number, (found.sent, found.asked, len(found.missing)))
    return sentence(
        f"Báo cáo tổng hợp số liệu của {sent}/{asked} cơ quan, đơn vị{nil}",
        f"{missing} cơ quan, đơn vị chưa gửi nêu tại {annex_of(taken, 'missing')}" if found.missing else "",
        f"{found.rows_waiting} hoạt động đã gửi nhưng chưa xác minh, chưa tính vào số liệu"
        if found.rows_waiting
        else "",
    )


def strengths(taken: Figures) -> str:
    """III.1: how many targets of the plan were reached; without numeric targets, how many tasks were done."""
    compared = [each for each in taken.plan.lines if each.reached is not None]
    reached = [each for each in compared if each.reached]
    if taken.plan.lines:
        told = ", ".join(f"{lowered(each.name)} {each.share}" for each in reached[:LISTED])
        return sentence(f"Công tác triển khai đạt {len(reached)}/{len(taken.plan.lines)} chỉ tiêu kế hoạch", told)
    if taken.plan.tasks:
        done = f"{taken.plan.tasks_done}/{taken.plan.tasks} nhiệm vụ đã có hoạt động"
        return sentence("Kế hoạch không giao chỉ tiêu bằng số", done)
    return "Chưa có số liệu về chỉ tiêu kế hoạch."


def gaps(taken: Figures) -> str:
    """III.2: targets not reached, departments that have not sent."""
    left = [each for each in taken.plan.lines if not each.reached]
    told = ", ".join(lowered(each.name) for each in left)
    missing = len(taken.coverage.missing)
    text = sentence(
        f"Còn {len(left)} chỉ tiêu chưa đạt: {told}" if left else "",
        f"{missing} cơ quan, đơn vị chưa gửi báo cáo" if missing else "",
    )
    return text or "Chưa có ý kiến của cơ quan, đơn vị về khó khăn, hạn chế."


ANNEXES = ("month", "year", "products", "given", "papers", "missing", "nils")


def annexes_of(taken: Figures) -> tuple[str, ...]:
    """The annexes this report has, in order; an empty one is left out."""
    holds = {
        "month": bool(taken.of_scope(MONTH)),
        "year": bool(taken.of_scope(YEAR)),
        "products": bool(products(taken, MONTH) or products(taken, YEAR)),
        "given": bool(taken.given),
        "papers": bool(taken.papers),
        "missing": bool(taken.coverage.missing),
        "nils": bool(taken.coverage.nils),
    }
    return tuple(key for key in ANNEXES if holds[key])


def annex_of(taken: Figures, key: str) -> str:
    """“Phụ lục VI”, or “Phụ lục” when it is the only one."""
    present = annexes_of(taken)
    numbers = ("I", "II", "III", "IV", "V", "VI", "VII")
    return "Phụ lục" if len(present) < 2 else f"Phụ lục {numbers[present.index(key)]}"
