"""The text of a report drafted from its figures, section by section, in the phrases of official documents."""

import datetime
from collections.abc import Iterable

from provinces.vietnamese import fold, long_date
from reports.bound import OF_PLAN, bound, cell_name, mark
from reports.outline import KEYS
from reports.papers import units
from reports.papers.comparing import has_comparison
from reports.papers.phrasing import counted, has_words, in_a_row, lowered, sentence, told, topic
from reports.papers.results import PARTS, month_part, products, year_part
from reports.snapshot import MONTH, YEAR, Against, Figures, IssuedPaper
from reports.voices import Voice

COMMITTEE_PAPERS = "HD22"
LISTED = 5
NO_NUMBER = "…"


def bound_drafts(taken: Figures, voices: Iterable[Voice] = ()) -> dict[str, str]:
    """The drafts with each figure bound to its name, as a report keeps them."""
    return draft_texts(bound(taken), voices)


def draft_texts(taken: Figures, voices: Iterable[Voice] = ()) -> dict[str, str]:
    """Every section's text as the figures and the words of the departments tell it."""
    voices = list(voices)
    drafts = dict.fromkeys(KEYS, "")
    drafts["opening"] = opening(taken)
    drafts["I"] = direction(taken)
    drafts |= {key: month_part(taken, key) for key in PARTS}
    drafts["II.9"] = year_part(taken)
    drafts["III.1"] = _with(strengths(taken), units.highlights(voices))
    drafts["III.2"] = _with(gaps(taken), units.difficulties(voices)) or units.NO_DIFFICULTY
    drafts["III.3"] = units.causes(voices)
    drafts["IV.1"] = ahead(taken)
    drafts["IV.2"] = units.proposals(voices) or f"{taken.header.department} không có kiến nghị, đề xuất."
    drafts["IV.3"] = units.awards(voices)
    return drafts


def _with(*lines: str) -> str:
    return "\n".join(filter(None, lines))


def subject(taken: Figures) -> str:
    """The subject of the document: the request's own, where it asks for something else than the month."""
    if taken.header.subject:
        return topic(taken.header.subject)
    return f"Kết quả triển khai {taken.header.campaign} năm {taken.header.year}"


def closing(taken: Figures, recipients: Iterable[str]) -> str:
    """The last sentence; “./.” ends the document."""
    head = taken.header
    to = f" kính báo cáo {in_a_row(recipients)}" if recipients else " kính báo cáo"
    return f"Trên đây là báo cáo {_about(taken)}, {head.department}{to}./."


def _about(taken: Figures) -> str:
    """What is reported, as it stands after “báo cáo”."""
    head = taken.header
    return lowered(topic(head.subject)) if head.subject else f"kết quả triển khai Tháng hành động năm {head.year}"


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
    return f"{acting}{head.department} báo cáo {_about(taken)} như sau:"


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
        f"Kế hoạch giao {told(taken, 'nhiệm vụ', plan.tasks)} nhiệm vụ "
        f"cho {told(taken, 'đơn vị được giao', plan.leads)} cơ quan, đơn vị",
        f"đến {long_date(datetime.date.fromisoformat(taken.cut_off))}, "
        f"{told(taken, 'nhiệm vụ đã thực hiện', plan.tasks_done)} nhiệm vụ đã thực hiện"
        + (f", {told(taken, 'nhiệm vụ chưa có hoạt động', left)} nhiệm vụ chưa có hoạt động" if left else ""),
    )


def bodies(taken: Figures) -> str:
    """Who reports: departments to a province, provinces to the ministry."""
    return "tỉnh, thành phố" if taken.header.area == "cả nước" else "cơ quan, đơn vị"


def _coverage(taken: Figures) -> str:
    found = taken.coverage
    if not found.asked:
        return ""
    nil = told(taken, "đơn vị không phát sinh", found.nil)
    nil = f", trong đó {nil} cơ quan, đơn vị báo không phát sinh" if found.nil else ""
    sent, asked = told(taken, "đơn vị đã gửi", found.sent), told(taken, "đơn vị phải gửi", found.asked)
    missing = told(taken, "đơn vị chưa gửi", len(found.missing))
    waiting = told(taken, "hoạt động chưa xác minh", found.rows_waiting)
    return sentence(
        f"Báo cáo tổng hợp số liệu của {sent}/{asked} {bodies(taken)}{nil}",
        f"{missing} {bodies(taken)} chưa gửi nêu tại {annex_of(taken, 'missing')}" if found.missing else "",
        f"{waiting} hoạt động đã gửi nhưng chưa xác minh, chưa tính vào số liệu" if found.rows_waiting else "",
    )


def strengths(taken: Figures) -> str:
    """III.1: how many targets of the plan were reached; without numeric targets, how many tasks were done."""
    compared = [each for each in taken.plan.lines if each.reached is not None]
    reached = [each for each in compared if each.reached]
    if taken.plan.lines:
        met, asked = told(taken, "chỉ tiêu đạt", len(reached)), told(taken, "chỉ tiêu kế hoạch", len(taken.plan.lines))
        named = ", ".join(f"{lowered(each.name)} {_share(taken, each)}" for each in reached[:LISTED])
        return sentence(f"Công tác triển khai đạt {met}/{asked} chỉ tiêu kế hoạch", named)
    if taken.plan.tasks:
        done, tasks = told(taken, "nhiệm vụ đã thực hiện", taken.plan.tasks_done), taken.plan.tasks
        done = f"{done}/{told(taken, 'nhiệm vụ', tasks)} nhiệm vụ đã có hoạt động"
        return sentence("Kế hoạch không giao chỉ tiêu bằng số", done)
    return "Chưa có số liệu về chỉ tiêu kế hoạch."


def _share(taken: Figures, line: Against) -> str:
    return mark(line.share, f"{cell_name(line.code, line.scope)} {OF_PLAN}" if taken.marked else "")


def gaps(taken: Figures) -> str:
    """III.2: targets not reached, departments that have not sent."""
    left = [each for each in taken.plan.lines if not each.reached]
    named = ", ".join(lowered(each.name) for each in left)
    missing = len(taken.coverage.missing)
    return sentence(
        f"Còn {told(taken, 'chỉ tiêu chưa đạt', len(left))} chỉ tiêu chưa đạt: {named}" if left else "",
        f"{told(taken, 'đơn vị chưa gửi', missing)} {bodies(taken)} chưa gửi báo cáo" if missing else "",
    )


def ahead(taken: Figures) -> str:
    """IV.1: what this year left to do; only what follows from figures and plan, the rest is for a person to write."""
    left = [lowered(each.name) for each in taken.plan.lines if not each.reached]
    tasks, missing = taken.plan.tasks - taken.plan.tasks_done, len(taken.coverage.missing)
    kept = taken.cell("CT35.1") if has_words(taken.cell("CT35.1")) else taken.cell("CT35.1", YEAR)
    clauses = [
        f"tập trung thực hiện các chỉ tiêu chưa đạt: {', '.join(left)}" if left else "",
        f"thực hiện {told(taken, 'nhiệm vụ chưa có hoạt động', tasks)} nhiệm vụ chưa có hoạt động" if tasks else "",
        f"duy trì {counted(kept)}" if has_words(kept) else "",
        f"đôn đốc {bodies(taken)} chưa gửi báo cáo, nâng chất lượng thống kê, báo cáo" if missing else "",
    ]
    year = taken.header.year + 1
    start = f"Năm {year}, tiếp tục triển khai Tháng hành động theo chủ đề và hướng dẫn của năm {year}"
    return sentence(start, *clauses)


ANNEXES = ("month", "year", "products", "given", "papers", "missing", "nils", "compared")


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
        "compared": has_comparison(taken),
    }
    return tuple(key for key in ANNEXES if holds[key])


def annex_of(taken: Figures, key: str) -> str:
    """“Phụ lục VI”, or “Phụ lục” when it is the only one."""
    present = annexes_of(taken)
    numbers = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
    return "Phụ lục" if len(present) < 2 else f"Phụ lục {numbers[present.index(key)]}"
