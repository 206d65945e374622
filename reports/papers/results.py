"""Part II drafted from figures, for the month or the year: each sentence chosen by case, never padded with praise."""

from collections.abc import Callable, Iterable

from provinces.vietnamese import capitalise
from reports.bound import COUNTS, OF_PLAN, mark, rate_words, words_of
from reports.bound import PARTS as EACH_PART
from reports.papers.phrasing import (
    as_deed,
    attended,
    counted,
    has_words,
    in_a_row,
    known,
    lowered,
    money,
    number,
    sentence,
    share_of_sex,
    short_group,
    when,
)
from reports.snapshot import YEAR, Figure, Figures, Launch

LEVEL_WORDS = {"province": "cấp tỉnh", "district": "cấp huyện", "commune": "cấp xã", "country": "cấp quốc gia"}
SESSIONS = (
    ("CT07.1", "CT08.1", "buổi truyền thông trực tiếp, nói chuyện chuyên đề"),
    ("CT07.2", "CT08.2", "buổi sinh hoạt câu lạc bộ, tổ, nhóm"),
    ("CT07.3", "CT08.3", "buổi giáo dục kiến thức, kỹ năng trong nhà trường, gia đình, cộng đồng"),
    ("CT07.4", "CT08.4", "hoạt động hưởng ứng các ngày kỷ niệm khác trong năm"),
    ("CT43.1", "CT43.2", "lượt tuyên truyền lồng ghép trong cuộc họp, sinh hoạt"),
)
MEDIA = tuple(f"CT{n}" for n in ("16.1", "16.2", "16.3", "17.1", "17.2", "17.3", "17.4", "18.1", "18.3"))
ONLINE = tuple(f"CT{n}" for n in ("19.1", "19.2", "19.3", "20.1", "20.2", "20.3", "20.4", "20.5"))
PRODUCT_HEADINGS = {"CT21", "CT22", "CT23", "CT24", "CT25", "CT26", "CT27", "CT28", "CT29", "CT30"}
KEPT_UP = (("CT35.1", "CT35.2"), ("CT35.3", "CT35.4"), ("CT35.5", "CT35.6"), ("CT35.7", "CT35.8"))
SHOWN_LAUNCHES = 3
MOST_DONORS = 6


def products(taken: Figures, scope: str) -> list[Figure]:
    """What was made and shown: everything under the product headings, and recordings."""
    cells = taken.of_scope(scope)
    return [each for each in cells if each.indicator in PRODUCT_HEADINGS or each.code == "CT18.2"]


def launches(taken: Figures, scope: str) -> str:
    """II.1: one launch is named, many are counted, none is said."""
    held, people = taken.cell("CT04.1", scope), taken.cell("CT05.1", scope)
    told = [each for each in taken.launches if each.scope == scope]
    if len(told) == 1 and held.total in {None, 1}:
        return one_launch(told[0], people)
    if held.total == 0:
        return "Trong kỳ không tổ chức lễ phát động, mít tinh."
    if not has_words(held):
        return ""
    what = counted(held, "cuộc lễ phát động, mít tinh")
    share = next((each.share for each in taken.plan.lines if each.code == "CT05.1" and each.scope == scope), "")
    first = sentence(
        f"{taken.header.area} tổ chức {what}{_with(attended(people))}",
        f"đạt {mark(share, people.mark and f'{people.mark} {OF_PLAN}')} chỉ tiêu kế hoạch" if share else "",
        "" if has_words(people) else "chưa có số liệu về số người tham dự",
    )
    of_the_province = [each for each in told if each.level == "province"][:SHOWN_LAUNCHES]
    return "\n".join([first, *(one_launch(each) for each in of_the_province)])


def _with(words: str) -> str:
    return f" với {words}" if words else ""


def one_launch(launch: Launch, people: Figure | None = None) -> str:
    """Where, when, who led and helped, how many came, why on that day, what followed.

    Of the only launch the attendances are the figure of all launches, when nothing else was added to it.
    """
    day = when(launch.dated, launch.ended, launch.precision)
    text = " ".join(filter(None, ("Lễ phát động", LEVEL_WORDS.get(launch.level, ""), "được tổ chức", day)))
    text += f" tại {launch.place}" if launch.place else ""
    if launch.lead:
        text += f", do {launch.lead} chủ trì"
        text += f", phối hợp với {in_a_row(launch.partners)}" if launch.partners else ""
    elif launch.partners:
        text += f", với sự tham gia của {in_a_row(launch.partners)}"
    came = launch.attendances if launch.attendances not in {"", "–"} else ""
    if came and people and came == words_of(people):
        came = mark(came, people.mark)
    people = f"có {came} lượt người tham dự" if came else "chưa có số liệu về số người tham dự"
    return " ".join(filter(None, (f"{text}; {people}.", _why(launch), *_after(launch))))


def _why(launch: Launch) -> str:
    side = {"before": "trước", "after": "sau"}.get(launch.window)
    if not side or not launch.reason:
        return ""
    return f"Lễ phát động được tổ chức {side} thời gian của Tháng hành động do {lowered(launch.reason)}."


def _after(launch: Launch) -> Iterable[str]:
    for title, place in launch.children:
        where = f" tại {place}" if place and place.casefold() not in title.casefold() else ""
        yield f"Ngay sau lễ phát động, {lowered(title)}{where}."


def outreach(taken: Figures, scope: str) -> str:
    """II.2: sessions, parades, media, products; uncounted words and missing numbers are kept as such."""
    lines = [_sessions(taken, scope), _parades(taken, scope)]
    told = [counted(each) for each in (taken.cell(code, scope) for code in MEDIA + ONLINE) if has_words(each)]
    lines.append(sentence(f"Đăng, phát {'; '.join(told)}") if told else "")
    made = [counted(each) for each in products(taken, scope) if known(each)]
    lines.append(f"Sản phẩm truyền thông gồm: {'; '.join(made)}." if made else "")
    return "\n".join(filter(None, lines))


def _sessions(taken: Figures, scope: str) -> str:
    clauses = []
    for code, people, what in SESSIONS:
        held = taken.cell(code, scope)
        if has_words(held):
            clauses.append(f"tổ chức {counted(held, what)}{_with(attended(taken.cell(people, scope)))}")
    return sentence(*clauses)


def _parades(taken: Figures, scope: str) -> str:
    held, streets = taken.cell("CT06.1", scope), taken.cell("CT06.4", scope)
    if not has_words(held):
        return ""
    where = (
        f" trên {streets.printed if streets.texts else counted(streets, 'tuyến đường')}" if has_words(streets) else ""
    )
    what = counted(held, "cuộc diễu hành, xuống đường tuyên truyền")
    return sentence(f"Tổ chức {what}{where}{_with(attended(taken.cell('CT06.3', scope), 'tham gia'))}")


def forums(taken: Figures, scope: str) -> str:
    """II.3: held and attended are never added; contests and exchanges follow."""
    held, joined = taken.cell("CT09.1", scope), taken.cell("CT10.1", scope)
    clauses = []
    if has_words(held):
        clauses.append(
            _one_named(held, "cuộc hội thảo, tọa đàm, diễn đàn, đối thoại")
            + _with(attended(taken.cell("CT11.1", scope)))
        )
    if has_words(joined):
        clauses.append(f"tham dự {counted(joined, 'cuộc')} do cơ quan khác tổ chức")
    contests, entries = taken.cell("CT14.1", scope), taken.cell("CT14.2", scope)
    if has_words(contests):
        clauses.append(
            _one_named(contests, "hội thi, cuộc thi") + _with(has_words(entries) and counted(entries, "bài dự thi"))
        )
    shows = (("CT15.1", "tổ chức", "buổi giao lưu văn nghệ, thể thao"), ("CT15.2", "biểu diễn", "tiết mục văn nghệ"))
    for code, verb, what in shows:
        each = taken.cell(code, scope)
        clauses.append(f"{verb} {counted(each, what)}" if has_words(each) else "")
    return sentence(*clauses)


def _one_named(figure: Figure, what: str) -> str:
    """A single event is named and not counted; several are counted."""
    titles = {each.title for each in figure.contributions if not each.left_out}
    if figure.total == 1 and len(titles) == 1:
        return as_deed(titles.pop())
    return f"tổ chức {counted(figure, what)}"


def training(taken: Figures, scope: str) -> str:
    """II.4: classes with their parts in brackets, led and joined apart."""
    held, people = taken.cell("CT12.1", scope), taken.cell("CT13.1", scope)
    if not has_words(held):
        return ""
    text = (
        f"tập huấn, bồi dưỡng {number(held)} lớp ({mark(held.parts, held.mark and f'{held.mark} {EACH_PART}')})"
        if held.parts
        else counted(held, "lớp tập huấn, bồi dưỡng")
    )
    roles = [f"{each.name} {number(each)} lớp" for each in held.by_role if each.total]
    split = f", trong đó {', '.join(roles)}" if len(roles) > 1 else ""
    return sentence(
        f"Tổ chức {text}{split}", attended(people, "tham gia") and f"có {attended(people, 'tham gia')}"
    ) + _differs(held)


def _differs(figure: Figure) -> str:
    notes = [each for each in figure.notes if each.startswith("Nguồn ghi")]
    return f" {notes[0]}" if notes else ""


def support(taken: Figures, scope: str) -> str:
    """II.5: people helped, models, counselling."""
    lines = (_gifts(taken, scope), _models(taken, scope), _cases(taken, scope))
    return "\n".join(filter(None, lines))


def _gifts(taken: Figures, scope: str) -> str:
    people, value = taken.cell("CT31.1", scope), taken.cell("CT32.2", scope)
    if not has_words(people):
        return sentence(f"Trao quà, hỗ trợ trị giá {money(value)}") if has_words(value) else ""
    worth = f", trị giá {money(value)}" if value.total is not None else ""
    lines = [sentence(f"Thăm hỏi, hỗ trợ, tặng quà cho {counted(people, 'người')}{worth}")]
    groups = _groups(people)
    lines.append(f"Nhóm người được hỗ trợ gồm {', '.join(groups)}." if groups else "")
    lines.append(_differs(people).strip())
    donors = list(dict.fromkeys(name for each in taken.given if each.scope == scope for name in each.donors))
    if 0 < len(donors) <= MOST_DONORS:
        lines.append(f"Tham gia trao tặng có {in_a_row(map(lowered, donors))}.")
    return " ".join(filter(None, lines))


def _groups(people: Figure) -> list[str]:
    """“14 phụ nữ”, “14 trẻ em gái”, …; without groups women, girls and boys as far as they were split."""
    named = [f"{number(each)} {short_group(each.name)}" for each in people.by_group if each.total is not None]
    if len(named) > 1:
        return named
    split = (("women", "phụ nữ"), ("girls", "trẻ em gái"), ("boys", "trẻ em trai"))
    present = [(field, name) for field, name in split if people.female is not None and getattr(people, field)]
    return [f"{share_of_sex(people, field)} {name}" for field, name in present]


def _models(taken: Figures, scope: str) -> str:
    clauses = []
    for kept, new in KEPT_UP:
        kept, new = taken.cell(kept, scope), taken.cell(new, scope)
        parts = [f"duy trì {counted(kept)}"] if known(kept) else []
        unit = new.unit_of_measure or "mô hình"
        parts += [f"thành lập mới {counted(new, unit)}"] if has_words(new) else []
        clauses.append(", ".join(parts))
    return sentence(*clauses)


def _cases(taken: Figures, scope: str) -> str:
    received, people, rate = (taken.cell(code, scope) for code in ("CT33.1", "CT34.1", "CT33.4"))
    clauses = [f"tiếp nhận {counted(received, 'vụ việc bạo lực trên cơ sở giới')}" if has_words(received) else ""]
    clauses.append(f"tư vấn, tham vấn cho {counted(people, 'người')}" if has_words(people) else "")
    if rate.is_rate:
        clauses.append(_share_of_cases(rate))
    return sentence(*clauses)


def _share_of_cases(rate: Figure) -> str:
    share, counts = rate_words(rate)
    counts = f" ({mark(counts, rate.mark and f'{rate.mark} {COUNTS}')} vụ việc)" if counts else ""
    return f"{mark(share, rate.mark)} vụ việc có nhu cầu được tư vấn, kết nối dịch vụ{counts}"


def inspections(taken: Figures, scope: str) -> str:
    """II.6: inspections, bodies, enterprises, violations."""
    held, bodies, firms, handled = (taken.cell(code, scope) for code in ("CT36.1", "CT36.2", "CT37.1", "CT38.1"))
    where = [counted(bodies, "đơn vị, địa phương")] if has_words(bodies) else []
    where += [counted(firms, "doanh nghiệp")] if has_words(firms) else []
    clauses = []
    if has_words(held) or where:
        what = counted(held, "cuộc kiểm tra, giám sát") if has_words(held) else "kiểm tra, giám sát"
        clauses.append(f"tham gia, tổ chức {what}" + (f" tại {in_a_row(where)}" if where else ""))
    clauses.append(f"xử lý {counted(handled, 'vụ vi phạm')}" if has_words(handled) else "")
    return sentence(*clauses)


def awards(taken: Figures, scope: str) -> str:
    """II.7: collectives and persons commended."""
    given = ((taken.cell("CT39.1", scope), "tập thể"), (taken.cell("CT39.2", scope), "cá nhân"))
    told = [counted(each, what) for each, what in given if has_words(each)]
    return sentence(f"Biểu dương, khen thưởng {', '.join(told)}") if told else ""


def resources(taken: Figures, scope: str) -> str:
    """II.8: money by source, integrated money apart; who gave."""
    spent = taken.cell("CT40.1", scope)
    shares = {each.key: each for each in spent.by_source if each.total}
    clauses = []
    if spent.total:
        parts = [f"{name} {money(shares[key])}" for key, name in _SOURCES if key in shares]
        kind = f", trong đó hiện vật quy đổi {money(shares['in_kind'])}" if "in_kind" in shares else ""
        clauses.append(f"kinh phí thực hiện {money(spent)}, gồm {', '.join(parts)}{kind}")
    if "integrated" in shares:
        clauses.append(f"kinh phí lồng ghép {money(shares['integrated'])} không tính vào tổng")
    givers = (("CT32.3", "cơ quan, tổ chức"), ("CT32.4", "doanh nghiệp"), ("CT32.5", "cá nhân"))
    told = [counted(taken.cell(code, scope), what) for code, what in givers if has_words(taken.cell(code, scope))]
    clauses.append(f"có {', '.join(told)} ủng hộ, tài trợ" if told else "")
    return sentence(*clauses)


_SOURCES = (("state_budget", "ngân sách nhà nước"), ("mobilised", "huy động hợp pháp khác"))


PARTS: dict[str, tuple[Callable[[Figures, str], str], str]] = {
    "II.1": (launches, "lễ phát động, mít tinh"),
    "II.2": (outreach, "truyền thông"),
    "II.3": (forums, "hội thảo, diễn đàn, hội thi"),
    "II.4": (training, "tập huấn, bồi dưỡng"),
    "II.5": (support, "thăm hỏi, hỗ trợ, mô hình, tư vấn"),
    "II.6": (inspections, "kiểm tra, giám sát, xử lý vi phạm"),
    "II.7": (awards, "biểu dương, khen thưởng"),
    "II.8": (resources, "nguồn lực"),
}


def month_part(taken: Figures, key: str) -> str:
    """A clause of part II for the month; without data it says so, and where the year's figures stand."""
    draw, thing = PARTS[key]
    text = draw(taken, "month")
    if text:
        return text
    if draw(taken, YEAR):
        return f"Chưa có số liệu riêng về {thing} trong Tháng hành động; kết quả cả năm nêu tại khoản 9 Mục này."
    return f"Chưa có số liệu về {thing}."


def _rate(figure: Figure) -> str:
    """“17/22”, “94,2% (98/104)”."""
    share, counts = rate_words(figure)
    more = f" ({mark(counts, figure.mark and f'{figure.mark} {COUNTS}')})" if counts else ""
    return mark(share, figure.mark) + more


def year_part(taken: Figures) -> str:
    """The year's work outside the month, apart from it; then what was met of the strategy."""
    year = taken.header.year
    lines = []
    if taken.year_list:
        told = "; ".join(as_deed(each.title) for each in taken.year_list)
        lines.append(f"Ngoài thời gian Tháng hành động, trong năm {year}, {taken.header.area} đã {told}.")
    lines += [draw(taken, YEAR) for draw, _thing in PARTS.values()]
    met = taken.cell("CT41.1", YEAR)
    met = met if met.is_rate else taken.cell("CT41.1")
    if met.is_rate:
        of = f"của {in_a_row(met.labels)}" if met.labels else "về bình đẳng giới"
        lines.append(sentence(f"Đạt {_rate(met)} chỉ tiêu {of}"))
    lines = [line for line in lines if line]
    return "\n".join(lines) or capitalise(f"ngoài thời gian Tháng hành động, chưa có số liệu của năm {year}.")
