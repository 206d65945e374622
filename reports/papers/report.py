"""A results report as an official document: frozen figures, edited text, annexes; the same paper for every format."""

import datetime
import functools
from collections.abc import Iterable, Mapping
from os import PathLike
from typing import BinaryIO

from provinces.models import Department
from provinces.vietnamese import VIETNAM, capitalise, format_date, format_moment
from reports.bound import printed, slots_of
from reports.documents import FORMATS
from reports.documents.paper import Annex, Block, Heading, Paper, Para, Signature
from reports.models import Report, ReportSection, Snapshot
from reports.outline import PARTS, SECTIONS, part_of
from reports.papers import returns, supplement
from reports.papers.annexes import annexes
from reports.papers.letterheads import COMMITTEES, full_name, letterhead
from reports.papers.lines import blocks_of
from reports.papers.links import opener
from reports.papers.photos import photo_annex
from reports.papers.provinces import by_province, main_cells
from reports.papers.split_sheet import split_sheets
from reports.papers.text import closing, draft_texts, opening, subject
from reports.queries.boundaries import grouped, lines_of
from reports.queries.nation import is_national
from reports.queries.picture import frozen, take_picture
from reports.queries.returns import picture_now
from reports.snapshot import Figures

EMPTY = "…"
OPEN = {Report.Status.DRAFT, Report.Status.WAITING_HEAD, Report.Status.LOCKED}
DISTINCTION = {
    Department.Kind.SO_BAN_NGANH: "GIÁM ĐỐC",
    Department.Kind.BAN: "TRƯỞNG BAN",
    Department.Kind.BO: "BỘ TRƯỞNG",
}


def render(report: Report, suffix: str, to: str | PathLike | BinaryIO, *, at: datetime.datetime | None = None) -> None:
    """Write the report as .docx, .pdf or .xlsx; `at` is the moment that the mark of a draft names."""
    FORMATS[suffix].write(paper_of(report, at=at), to)


def paper_of(report: Report, *, at: datetime.datetime | None = None) -> Paper:
    """The report with its own snapshot and sections; before the first compile, with figures as they are now."""
    own = report.kind == Report.Kind.RETURN
    if report.snapshot is None or (own and report.is_open):
        taken = picture_now(report, at=at) if own and at else take_picture(report)
        written = {each.key: each.text for each in report.sections.all() if not each.drafted}
        return compose(report, taken, {**draft_texts(taken), **written}, at=at)
    return report_paper(report, report.snapshot, report.sections.all(), at=at)


def report_paper(
    report: Report, snapshot: Snapshot, sections: Iterable[ReportSection], *, at: datetime.datetime | None = None
) -> Paper:
    """The official document of a snapshot and the texts beside it."""
    return compose(report, frozen(snapshot), {each.key: each.text for each in sections}, snapshot, at=at)


def compose(
    report: Report,
    taken: Figures,
    texts: Mapping[str, str],
    snapshot: Snapshot | None = None,
    *,
    at: datetime.datetime | None = None,
) -> Paper:
    """The paper of figures and texts; names at the head are those of the document's day."""
    day = report.dated or report.campaign.closes_on
    draft = report.status in OPEN
    own = report.kind == Report.Kind.RETURN
    recipients = addressees(report, taken, day)
    added = report.kind == Report.Kind.SUPPLEMENT
    if own:
        blocks = returns.body(taken, texts, recipients, opening(taken), draft)
    elif added:
        blocks = supplement.body(report, taken, texts, snapshot)
    else:
        blocks = _body(taken, texts, recipients)
    return Paper(
        kind="BÁO CÁO",
        code="bao-cao",
        letterhead=letterhead(report.issuer, day, committee_title=taken.header.committee),
        number=report.number or ("" if draft or own else EMPTY),
        symbol=report.symbol or usual_symbol(report, day),
        dated=report.dated,
        year=None,
        subject=supplement.subject(report) if added else subject(taken),
        addressees=recipients,
        blocks=tuple(blocks),
        signature=_signature(report),
        copies=("Lưu: VT.",),
        annexes=(*_annexes(report, taken), *_by_province(report, taken, snapshot, at)),
        foot=_foot(snapshot, at) if draft else "",
        annex_foot=" · ".join(_mark(snapshot)),
        replaced=_replaced(report),
        properties=_properties(report, snapshot, at),
        sheets=None if own else functools.partial(split_sheets, taken, opener(report)),
    )


def usual_symbol(report: Report, day: datetime.date) -> str:
    """“BC-SLĐTBXH”: the kind and the issuer's own symbol."""
    named = report.issuer.name_on(day)
    return f"BC-{named.symbol}" if named and named.symbol else "BC"


def addressees(report: Report, taken: Figures, day: datetime.date) -> tuple[str, ...]:
    """A report goes up: to the ministry that asked, the People's Committee, the committee; never to its issuer."""
    issuer = full_name(report.issuer, day)
    head = taken.header
    if report.kind == Report.Kind.RETURN:
        asker = full_name(report.request.asker, day) if report.request else head.committee
        return (capitalise(asker),)
    if is_national(report):
        return ()  # to whom the ministry reports is written by its own hand
    up = [head.letter_issuer, f"Ủy ban nhân dân {head.province_in_sentence}", head.committee]
    return tuple(dict.fromkeys(capitalise(each) for each in up if each and each != issuer))


def _body(taken: Figures, texts: Mapping[str, str], recipients: tuple[str, ...]) -> Iterable[Block]:
    slots = slots_of(taken)
    texts = {key: printed(text, slots) for key, text in texts.items()}
    yield from blocks_of(texts.get("opening", ""))
    part = ""
    number = 0
    for key, title in SECTIONS.items():
        text = texts.get(key, "").strip()
        if key == "opening" or not text:
            continue
        if part_of(key) != part:
            part, number = part_of(key), 0
            yield Heading(PARTS[part], 1)
        if key != part:
            number += 1
            yield Heading(f"{number}. {title.partition('. ')[2]}", 2)
        yield from blocks_of(text)
    yield Para(closing(taken, recipients))


def _annexes(report: Report, taken: Figures) -> Iterable[Annex]:
    """The tables, each number with the way to its sources; the chosen photos are the last."""
    opens = opener(report)
    if report.kind == Report.Kind.RETURN:
        yield from returns.annexes_of_return(taken, opens)
        return
    yield from annexes(taken, opens)
    if photos := photo_annex(report):
        yield photos


def _by_province(
    report: Report, taken: Figures, snapshot: Snapshot | None, at: datetime.datetime | None
) -> Iterable[Annex]:
    """The country's main figures by province, on the boundaries of the year and on those of the day it is printed."""
    main = main_cells(taken)
    if snapshot is None or not main or not is_national(report):
        return
    lines, opens = lines_of(snapshot, main), opener(report)
    year = taken.header.year
    yield by_province(
        f"Số liệu chính theo tỉnh, thành phố, địa giới năm {year}", f"Theo tỉnh {year}", main, lines, (), opens
    )
    day = report.dated or (at or snapshot.taken_at).astimezone(VIETNAM).date()
    together = grouped(lines, day)
    if any(line.parts for line in together):
        title = f"Số liệu chính theo tỉnh, thành phố, địa giới ngày {format_date(day)}"
        yield by_province(title, "Theo tỉnh, địa giới mới", main, together, (), opens)


def _signature(report: Report) -> Signature:
    """Powers and office as the registry wrote them, else those usual for the issuer."""
    lines = tuple(line for line in report.signer_lines.splitlines() if line.strip())
    return Signature(lines or usual_lines(report.issuer), report.signer)


def usual_lines(issuer: Department) -> tuple[str, ...]:
    """Powers and office of the head of a body, as long as the registry has not written others."""
    if issuer.kind in COMMITTEES:
        return ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    return (DISTINCTION.get(issuer.kind, "THỦ TRƯỞNG ĐƠN VỊ"),)


def _foot(snapshot: Snapshot | None, at: datetime.datetime | None) -> str:
    """“DỰ THẢO · Bản số liệu 3 · 4f1a09c2 · in lúc 14:32 ngày 19/12/2023”."""
    marks = ["DỰ THẢO", *_mark(snapshot)]
    if at:
        marks.append(f"in lúc {format_moment(at)}")
    return " · ".join(marks)


def _mark(snapshot: Snapshot | None) -> tuple[str, ...]:
    """“Bản số liệu 3”, “4f1a09c2”: which frozen figures the tables are."""
    return (f"Bản số liệu {snapshot.no}", snapshot.sha256[:8]) if snapshot else ()


def _replaced(report: Report) -> str:
    gone = report.status in {Report.Status.RETURNED, Report.Status.SUPERSEDED}  # an accepted one is added to
    newer = Report.objects.filter(supersedes=report).first() if gone else None
    if newer is None:
        return ""
    return f"Bản đã bị thay thế bởi bản thứ {newer.version}, ngày {format_date(newer.created_at)}"


def _properties(report: Report, snapshot: Snapshot | None, at: datetime.datetime | None) -> dict[str, str]:
    """What the file says of itself: the moment of its figures, their number and whole hash."""
    made = snapshot.taken_at if snapshot else at or report.created_at
    known = {"created": made.isoformat(), "report": report.public_id, "version": str(report.version)}
    return known | ({"snapshot": str(snapshot.no), "sha256": snapshot.sha256} if snapshot else {})
