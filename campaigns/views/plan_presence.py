"""Who is there: the sign of life of a page on which a section or a task is open for writing."""

from django.http import Http404, HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaigns.models import PlanSection
from campaigns.outlines import section
from campaigns.views.plan_desk import Desk, desk_of
from provinces.operations.presence import end_presence, show_presence
from provinces.templatetags.vi import vtime


@require_POST
def plan_presence(request: HttpRequest, t: str, y: int, id: str) -> JsonResponse:
    """Note that the seat has a part open, or (with “end”) has closed it; answers who else is there, in words."""
    desk = desk_of(request, t, y, id)
    part, at = request.POST.get("part", ""), timezone.now()
    if not desk.writes or not _is_there(desk, part):
        raise Http404
    if "end" in request.POST:
        end_presence(desk.plan, part, by=request.seat)
        return JsonResponse({"others": []})
    show_presence(desk.plan, part, by=request.seat, at=at)
    return JsonResponse({"others": presence_words(desk.others(at).get(part, []))})


def _is_there(desk: Desk, part: str) -> bool:
    """A section of a plan, or a task that this plan has."""
    task = part.removeprefix("task:")
    return part in map(section, PlanSection.Key.values) or desk.plan.tasks.filter(public_id=task).exists()


def presence_words(others) -> list[str]:
    """“Trần Thị B đang sửa mục này (từ 14:30)”."""
    words = _("%(person)s is editing this section (since %(time)s)")
    return [words % {"person": each.seat.user, "time": vtime(each.since)} for each in others]
