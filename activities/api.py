"""Activities for other systems: the same operations, rules and refusals as the pages."""

import dataclasses
import datetime

from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView

from activities.forms.directory import departments_of, units_of
from activities.models import Activity
from activities.operations import ActivityData, ParticipantData, correct_activity, record_activity
from activities.queries import acting_in_year, activities_of_year
from activities.serializers import CorrectionSerializer, ListSerializer, NewActivitySerializer, is_own, shown
from activities.sheets.existing import data_of, with_parts
from activities.sheets.saying import donors_kept
from campaigns.models import Campaign
from campaigns.queries import Place, find_place
from provinces.api import NameAndPassword, seat_of
from provinces.models import Department, Seat, Unit
from provinces.operations.memory import once
from provinces.queries import address_of
from provinces.vietnamese import fold

SIMPLE = ("type", "title", "scope", "description", "starts_on", "ends_on", "precision", "place", "window_reason")
PARTS = ("audiences", "programmes", "outputs", "money")


class SignedIn(APIView):
    """For people with a seat, by the session of the pages or by name and password."""

    authentication_classes = [NameAndPassword, SessionAuthentication]
    permission_classes = [IsAuthenticated]


class ActivitiesView(SignedIn):
    """GET, POST /api/v1/activities/: the activities of a province's year that the seat may see; a new one.

    A new one carries a header `Idempotency-Key`: the same key with the same content makes one row however often it
    comes, with other content it is refused.
    """

    def get(self, request):
        seat = seat_of(request)
        said = _checked(ListSerializer(data=request.query_params.dict()))
        place = _place(seat, said["province"], said["year"])
        exact = {name: said[name] for name in ("status", "scope") if name in said}
        rows = activities_of_year(seat, place.province, place.year).filter(**exact).order_by("id")
        pages = PageNumberPagination()
        page = pages.paginate_queryset(_named(rows), request)
        with_parts(page)
        return pages.get_paginated_response([_shown(row) for row in page])

    def post(self, request):
        seat, at = seat_of(request), timezone.now()
        key = request.headers.get("Idempotency-Key", "").strip()
        if not 8 <= len(key) <= 70:
            raise ValidationError({"Idempotency-Key": [_("The header is missing, or not of 8 to 70 characters")]})
        said = _checked(NewActivitySerializer(data=request.data))
        place = _place(seat, said["province"], said["year"])
        body = {name: request.data[name] for name in request.data}
        made = once(lambda: _record(said, place, seat, at), key=f"api:{key}", body=body, by=seat, at=at)
        row = _one(seat, made)
        return Response(_shown(row), status=201, headers={"Location": reverse("api_activity", args=[made])})


class ActivityView(SignedIn):
    """GET, PATCH /api/v1/activities/{id}/: one activity; a correction of the keys that are given."""

    def get(self, request, id: str):
        return Response(_shown(_one(seat_of(request), id)))

    def patch(self, request, id: str):
        seat = seat_of(request)
        row = _one(seat, id)
        said = _checked(CorrectionSerializer(data=request.data, partial=True))
        if "version" not in said:
            raise ValidationError({"version": [_("Say the version that the correction starts from")]})
        data = _corrected(data_of(row), said, row.province, row.year)
        more = {"version": said["version"], "reason": said.get("reason", "")}
        names = said.get("confirmed_names", False)
        correct_activity(row, data, **more, by=seat, at=timezone.now(), confirmed_names=names)
        return Response(_shown(_one(seat, id)))


def _checked(serializer) -> dict:
    serializer.is_valid(raise_exception=True)
    return serializer.validated_data


def _place(seat: Seat, slug: str, year: int) -> Place:
    place = find_place(seat, slug, year)
    if place is None:
        raise Http404
    return place


def _named(rows):
    """With what the answer prints beside the parts, in a number of queries that does not grow."""
    names = ("owner__names", "participants__department__names", "place_unit__names")
    units = Prefetch("province", Unit.objects.prefetch_related("names"))
    return rows.select_related("owner", "campaign").prefetch_related(units, *names, "type__count_measure")


def _one(seat: Seat, public_id: str) -> Activity:
    row = get_object_or_404(_named(Activity.objects.visible_to(seat)), public_id=public_id)
    with_parts([row])
    return row


def _shown(row: Activity) -> dict:
    return shown(row, data_of(row), address_of(row.province, row.year))


def _record(said: dict, place: Place, seat: Seat, at: datetime.datetime) -> str:
    """Write the new activity; its public id."""
    owner = _owner(said.get("owner", ""), place, seat)
    start = ActivityData(type=said["type"], title=said["title"], scope=said["scope"])
    data = _corrected(start, said, place.province, place.year)
    campaign: Campaign | None = place.campaign if data.scope == Activity.Scope.MONTH else None
    where = {"campaign": campaign, "year": place.year, "province": place.province, "owner": owner}
    return record_activity(data, **where, by=seat, at=at, confirmed_names=said["confirmed_names"]).public_id


def _owner(name: str, place: Place, seat: Seat) -> Department:
    """The department that records: the named one of those the seat acts for, the only one without a name."""
    found = acting_in_year(seat, place.province, place.year)
    if name:
        found = [row for row in found if fold(name) in {fold(each.name) for each in row.names.all()}]
    if len(found) != 1:
        raise ValidationError({"owner": [_("Name the department that records, one you act for")]})
    return found[0]


def _corrected(base: ActivityData, said: dict, province: Unit, year: int) -> ActivityData:
    """The activity with the given keys in the place of its own; what hangs on gifts and inspections stays."""
    told = {name: said[name] for name in SIMPLE if name in said}
    told |= {name: tuple(said[name]) for name in PARTS if name in said}
    if "task" in said:
        told["task_lineage"] = said["task"]
    if "outputs" in told:
        told["outputs"] += tuple(row for row in base.outputs if not is_own(row))
    if "money" in told:
        told["money"] += tuple(row for row in base.money if row.support)
    day = told.get("starts_on") or base.starts_on or datetime.date(year, 11, 15)
    if "place_unit" in said:
        told["place_unit"] = _unit(said["place_unit"], province, year, day)
    if "participants" in said:
        told["participants"] = _participants(said["participants"], province, year, day)
        told["supports"] = donors_kept(base, told["participants"])
    return dataclasses.replace(base, **told)


def _unit(name: str, province: Unit, year: int, day: datetime.date) -> Unit | None:
    found = units_of(province, year).find(name, day) if name else None
    if found and found.row is None:
        raise ValidationError({"place_unit": [_not_one(name, found)]})
    return found.row if found else None


def _participants(rows: list[dict], province: Unit, year: int, day: datetime.date) -> tuple[ParticipantData, ...]:
    """Bodies found in the list; a name that is in no list stays as typed, one that several bear is asked about."""
    bodies, taken = departments_of(province, year), []
    for place, row in enumerate(rows):
        found = bodies.find(row["body"], day)
        if found.several:
            raise ValidationError({"participants": {str(place): {"body": [_not_one(row["body"], found)]}}})
        taken.append(ParticipantData(row["role"], found.row, "" if found.row else row["body"]))
    return tuple(taken)


def _not_one(name: str, found) -> str:
    if found.several:
        return _("“%(given)s” may be %(choices)s. Choose one from the list") % {
            "given": name,
            "choices": "; ".join(found.several),
        }
    return _("“%(given)s” is not in the list. Similar: %(suggestions)s") % {
        "given": name,
        "suggestions": "; ".join(found.similar) or "–",
    }
