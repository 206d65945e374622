"""Small parts of pages: the six chips, timelines, page numbers, empty states, receipts."""

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from provinces.verbs import VERBS

register = template.Library()

TODO, DOING, WAIT, BACK, DONE, SHUT = "todo", "doing", "wait", "back", "done", "shut"
WORDS = {
    TODO: gettext_lazy("To do"),
    DOING: gettext_lazy("In progress"),
    WAIT: gettext_lazy("Awaiting review"),
    BACK: gettext_lazy("Returned"),
    DONE: gettext_lazy("Done"),
    SHUT: gettext_lazy("Not open yet"),
}
# What a machine state looks like in the owner's list; states that stand in no list wear the quiet chip.
OWNER = {
    "plan": {"draft": DOING, "submitted": WAIT, "returned": BACK, "approved": TODO, "issued": DONE},
    "activity": {
        "draft": DOING,
        "waiting_head": WAIT,
        "sent": WAIT,
        "returned": BACK,
        "accepted": DONE,
        "merged": SHUT,
        "cancelled": SHUT,
    },
    "pair": {"suspected": TODO, "merged": DONE, "apart": DONE, "separated": TODO},
    "report": {
        "none": TODO,
        "draft": DOING,
        "waiting_head": WAIT,
        "locked": TODO,
        "issued": TODO,
        "sent": WAIT,
        "nil": WAIT,
        "returned": BACK,
        "accepted": DONE,
        "superseded": DONE,
    },
    "delivery": {"sent": WAIT, "seen": WAIT, "returned": BACK, "accepted": DONE, "withdrawn": DOING},
    "job": {
        "queued": DOING,
        "running": DOING,
        "retrying": DOING,
        "done": DONE,
        "failed": TODO,
        "stopped": TODO,
        "outdated": TODO,
    },
}
# The reviewer's list differs only here: what was returned is done for the one who returned it.
REVIEWER = {"returned": DONE, "approved": DONE, "issued": DONE, "accepted": DONE, "merged": DONE}


def chip_of(kind: str, state: str, side: str = "owner") -> str:
    """The name of the chip for a machine state: todo, doing, wait, back, done or shut."""
    if side == "reviewer" and state in REVIEWER:
        return REVIEWER[state]
    return OWNER["report" if kind == "return" else kind].get(state, SHUT)


def tag_of(chip_name: str, words="") -> str:
    """The chip as HTML, with its own word or the words given."""
    return format_html('<span class="tag tag-{}">{}</span>', chip_name, words or WORDS[chip_name])


@register.simple_tag
def chip(kind, state, side="owner"):
    """One of the six words: {% chip "plan" plan.status %} or {% chip "plan" plan.status "reviewer" %}."""
    return tag_of(chip_of(kind, state, side))


@register.simple_tag
def plain_chip(name, words=""):
    """A chip by its name, for rows that are no machine state; with its own word or the words given."""
    return tag_of(name, words)


@register.simple_tag
def status(kind, row, side="owner"):
    """The official word of a row's state in the colour of its chip: “Đã trình” in amber."""
    return tag_of(chip_of(kind, row.status, side), row.get_status_display())


@register.simple_tag
def flag(words, bad=False):
    """A fact about a row, outlined; red when it needs a decision."""
    return format_html('<span class="flag{}">{}</span>', " flag-bad" if bad else "", words)


@register.filter
def verb(event) -> str:
    """An event's verb in words; a verb nobody gave words to stands as it is."""
    commented = VERBS.get(f"{event.verb}:comment") if event.details.get("comment") else None
    return commented or VERBS.get(event.verb, event.verb)


@register.inclusion_tag("components/timeline.html")
def timeline(events, coming=""):
    """Who did what when, oldest first; `coming` is the step that somebody else has to take."""
    return {"events": events, "coming": coming}


@register.inclusion_tag("components/event_line.html")
def event_line(event):
    """One line of a timeline."""
    return {"event": event}


@register.inclusion_tag("components/pages.html", takes_context=True)
def pages(context, page, what=""):
    """Page numbers under a list (a Django Page); other parts of the query string stay. `what`: the things counted."""
    query = context["request"].GET.copy()
    query.pop("trang", None)
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "numbers": list(shown), "query": query.urlencode(), "what": what or _("rows")}


@register.inclusion_tag("components/empty.html")
def empty(heading, words="", url="", button="", other_url="", other=""):
    """Why a page is empty, and the next act."""
    return {
        "heading": heading,
        "words": words,
        "url": url,
        "button": button,
        "other_url": other_url,
        "other": other,
    }


@register.inclusion_tag("components/receipt.html")
def receipt(heading, code, at, following="", download="", back=""):
    """What was received, its code, the server's time, and who acts next."""
    return {"heading": heading, "code": code, "at": at, "following": following, "download": download, "back": back}


@register.inclusion_tag("components/tasks.html")
def tasks(rows):
    """A task list; each row has title, url, chip (its name), note and flags."""
    return {"rows": rows}


@register.simple_tag
def crumbs(*pairs):
    """Breadcrumb of label, address, label, address, …, label: {% crumbs _("Plans") url title %}."""
    items = list(pairs)
    links = [
        format_html('<li><a href="{}">{}</a></li>', items[at + 1], items[at]) for at in range(0, len(items) - 1, 2)
    ]
    inside = format_html("{}" * len(links), *links)
    return format_html(
        '<nav class="crumb" aria-label="{}"><ol>{}<li aria-current="page">{}</li></ol></nav>',
        _("Path"),
        inside,
        items[-1],
    )
