"""Former versions of an activity: what each said, why it was corrected, and what changed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from activities.operations.parts import content_of
from activities.queries.versions import Reader, changes
from activities.views.desk import desk_of


@require_GET
def activity_versions(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """Versions, the newest first; each opens to everything it said."""
    desk = desk_of(request, t, y, id)
    kept = list(desk.activity.versions.order_by("no").select_related("by__user"))
    contents = [*(version.content for version in kept), content_of(desk.activity)]
    reader = Reader(contents, hides=desk.activity.owner.unit_id != desk.seat.department.unit_id)
    lines = [reader.lines(content) for content in contents]
    rows = [
        {"version": version, "lines": lines[n].values(), "changes": changes(lines[n], lines[n + 1])}
        for n, version in enumerate(kept)
    ]
    context = {
        "place": desk.place,
        "desk": desk,
        "activity": desk.activity,
        "now": lines[-1].values(),
        "rows": rows[::-1],
    }
    return render(request, "activities/versions.html", context)
