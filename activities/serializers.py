"""The shape of an activity in the API: what is taken, key by key, and what is given back."""

from django.utils.translation import gettext as _
from rest_framework import serializers

from activities.models import Activity, Output, Participant
from activities.operations import ActivityData, MoneyData, OutputData
from campaigns.models import ActivityType, Audience, BeneficiaryGroup, Measure, MoneySource, Programme

SPLITS = ("female", "male", "children", "girls", "boys", "numerator", "denominator")
MOST_PARTS = 200


class Strict(serializers.Serializer):
    """Refuses keys that it does not know: a misspelt key would be lost in silence."""

    def to_internal_value(self, data):
        unknown = sorted(set(data) - set(self.fields)) if isinstance(data, dict) else []
        if unknown:
            raise serializers.ValidationError({name: [_("This key is not known")] for name in unknown})
        return super().to_internal_value(data)


def _code(model, **more) -> serializers.SlugRelatedField:
    return serializers.SlugRelatedField(slug_field="code", queryset=model.objects.all(), **more)


def _count() -> serializers.IntegerField:
    return serializers.IntegerField(min_value=0, max_value=10**12, required=False, allow_null=True)


class OutputSerializer(Strict):
    """A counted result; `key` is the one that was given back, so that the row keeps its identity."""

    key = serializers.CharField(max_length=20, required=False)
    measure = _code(Measure)
    quantity = _count()
    certainty = serializers.ChoiceField(Output._meta.get_field("certainty").choices, default="exact")
    text = serializers.CharField(max_length=120, required=False, allow_blank=True)
    female, male, children, girls, boys = (_count() for _n in range(5))
    numerator, denominator = _count(), _count()
    rate = serializers.DecimalField(max_digits=6, decimal_places=2, required=False, allow_null=True)
    label = serializers.CharField(max_length=200, required=False, allow_blank=True)
    role = serializers.ChoiceField(Participant.Role.choices, required=False, allow_blank=True)
    group = _code(BeneficiaryGroup, required=False, allow_null=True)
    counted_on = serializers.DateField(required=False, allow_null=True)
    part_of = serializers.CharField(max_length=20, required=False, allow_blank=True)

    def to_internal_value(self, data):
        return OutputData(**super().to_internal_value(data))

    def to_representation(self, row: OutputData):
        plain = {
            name: getattr(row, name) for name in ("key", "quantity", "certainty", "text", *SPLITS, "label", "role")
        }
        return {
            **plain,
            "measure": row.measure.code,
            "rate": None if row.rate is None else str(row.rate),
            "group": row.group.code if row.group else None,
            "counted_on": row.counted_on,
            "part_of": row.part_of if isinstance(row.part_of, str) else str(row.part_of.pk),
        }


class MoneySerializer(Strict):
    """An amount in whole đồng."""

    amount = serializers.IntegerField(min_value=1, max_value=10**15)
    source = _code(MoneySource)
    form = serializers.CharField(max_length=10, default="cash")
    note = serializers.CharField(max_length=200, required=False, allow_blank=True)

    def to_internal_value(self, data):
        return MoneyData(**super().to_internal_value(data))

    def to_representation(self, row: MoneyData):
        return {"amount": row.amount, "source": row.source.code, "form": row.form, "note": row.note}


class ParticipantSerializer(Strict):
    """A body that took part, by the name it has in the list or as typed."""

    role = serializers.ChoiceField(Participant.Role.choices)
    body = serializers.CharField(max_length=200)


class ActivitySerializer(Strict):
    """What is said about an activity; everything else about it comes from the call."""

    type = _code(ActivityType)
    title = serializers.CharField(max_length=500)
    scope = serializers.ChoiceField(Activity.Scope.choices, default=Activity.Scope.MONTH)
    description = serializers.CharField(max_length=5000, required=False, allow_blank=True)
    starts_on = serializers.DateField(required=False, allow_null=True)
    ends_on = serializers.DateField(required=False, allow_null=True)
    precision = serializers.ChoiceField(Activity.Precision.choices, default=Activity.Precision.DAY)
    place = serializers.CharField(max_length=250, required=False, allow_blank=True)
    place_unit = serializers.CharField(max_length=150, required=False, allow_blank=True)
    window_reason = serializers.CharField(max_length=300, required=False, allow_blank=True)
    task = serializers.UUIDField(required=False, allow_null=True)
    audiences = _code(Audience, many=True, required=False)
    programmes = _code(Programme, many=True, required=False)
    participants = ParticipantSerializer(many=True, required=False, max_length=MOST_PARTS)
    outputs = OutputSerializer(many=True, required=False, max_length=MOST_PARTS)
    money = MoneySerializer(many=True, required=False, max_length=MOST_PARTS)
    confirmed_names = serializers.BooleanField(default=False)


class NewActivitySerializer(ActivitySerializer):
    """A new activity: where and for which year, and for which department when the seat acts for several."""

    province = serializers.SlugField(max_length=60)
    year = serializers.IntegerField(min_value=2000, max_value=2100)
    owner = serializers.CharField(max_length=200, required=False)


class CorrectionSerializer(ActivitySerializer):
    """A correction: only the keys that change, the version that the caller had, a reason after verification."""

    version = serializers.IntegerField(min_value=1)
    reason = serializers.CharField(max_length=300, required=False, allow_blank=True)


class ListSerializer(Strict):
    """What the list is narrowed to."""

    province = serializers.SlugField(max_length=60)
    year = serializers.IntegerField(min_value=2000, max_value=2100)
    status = serializers.ChoiceField(Activity.Status.choices, required=False)
    scope = serializers.ChoiceField(Activity.Scope.choices, required=False)
    page = serializers.IntegerField(min_value=1, required=False)


def shown(activity: Activity, data: ActivityData, slug: str) -> dict:
    """An activity as given back; `data` is what it says."""
    day = data.starts_on or activity.created_at.date()
    return {
        "id": activity.public_id,
        "version": activity.version,
        "status": activity.status,
        "province": slug,
        "year": activity.year,
        "owner": activity.owner.name_on(day).name,
        "type": data.type.code,
        "title": data.title,
        "scope": data.scope,
        "description": data.description,
        "starts_on": data.starts_on,
        "ends_on": data.ends_on,
        "precision": data.precision,
        "place": data.place,
        "place_unit": data.place_unit.name_on(day).name if data.place_unit else "",
        "window_reason": data.window_reason,
        "task": data.task_lineage,
        "audiences": [row.code for row in data.audiences],
        "programmes": [row.code for row in data.programmes],
        "participants": [
            {"role": p.role, "body": p.department.name_on(day).name if p.department else p.name}
            for p in data.participants
        ],
        "outputs": [OutputSerializer().to_representation(row) for row in data.outputs if is_own(row)],
        "money": [MoneySerializer().to_representation(row) for row in data.money if not row.support],
    }


def is_own(row: OutputData) -> bool:
    """True for an output of the activity itself; those of a gift or an inspection are changed on the page."""
    return not (row.support or row.inspection)
