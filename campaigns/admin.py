"""A window on when and what is asked: campaigns and the catalogue can be corrected; plans are only looked at."""

from django.contrib import admin

from campaigns.models import (
    ActivityType,
    Audience,
    BeneficiaryGroup,
    Campaign,
    Holiday,
    Indicator,
    Measure,
    MediaChannel,
    Message,
    MoneySource,
    Plan,
    Programme,
    Request,
    StandardTask,
    StrategyTarget,
    Wording,
)
from provinces.admin import ReferenceAdmin, ReferenceInline, WindowAdmin


class WordingInline(ReferenceInline):
    model = Wording
    raw_id_fields = ["province"]


class MessageInline(ReferenceInline):
    model = Message
    raw_id_fields = ["province"]


@admin.register(Campaign)
class CampaignAdmin(ReferenceAdmin):
    list_display = ["year", "opens_on", "closes_on", "guidance_number", "guidance_date", "theme_certainty"]
    inlines = [WordingInline, MessageInline]
    readonly_fields = ["locked_at"]


@admin.register(Holiday)
class HolidayAdmin(ReferenceAdmin):
    list_display = ["day", "name", "working"]


@admin.register(Indicator)
class IndicatorAdmin(ReferenceAdmin):
    readonly_fields = ["code"]
    list_display = ["code", "name", "section"]
    search_fields = ["code", "name"]


@admin.register(Measure)
class MeasureAdmin(ReferenceAdmin):
    """What figures were counted by does not change under them: unit and rule are shown and stay."""

    list_display = ["code", "name", "unit_of_measure", "counts", "over_time", "source", "sensitive", "province_id"]
    list_filter = ["counts", "over_time", "source", "sensitive"]
    search_fields = ["code", "name"]
    readonly_fields = [
        *("code", "indicator", "unit_of_measure", "counts", "over_time", "source", "province", "rolls_up_to"),
    ]

    def has_add_permission(self, request):
        return False


@admin.register(ActivityType)
class ActivityTypeAdmin(ReferenceAdmin):
    readonly_fields = ["code"]
    list_display = ["code", "name", "report_section", "plan_heading"]
    search_fields = ["code", "name"]
    autocomplete_fields = ["count_measure", "attendance_measure"]


@admin.register(Audience, MediaChannel)
class ListAdmin(ReferenceAdmin):
    list_display = ["code", "name", "name_en"]
    search_fields = ["code", "name"]


@admin.register(BeneficiaryGroup)
class BeneficiaryGroupAdmin(ReferenceAdmin):
    list_display = ["code", "name", "sex", "child", "sensitive"]


@admin.register(MoneySource)
class MoneySourceAdmin(ReferenceAdmin):
    list_display = ["code", "name", "group"]
    list_filter = ["group"]


@admin.register(Programme)
class ProgrammeAdmin(ReferenceAdmin):
    list_display = ["code", "name", "decision", "decision_date", "verified"]
    search_fields = ["code", "name", "decision"]


@admin.register(StandardTask)
class StandardTaskAdmin(ReferenceAdmin):
    list_display = ["era", "department_name", "heading", "text"]
    list_filter = ["era", "heading"]


@admin.register(StrategyTarget)
class StrategyTargetAdmin(ReferenceAdmin):
    list_display = ["code", "objective", "text", "target_2025", "target_2030", "verified"]


@admin.register(Plan)
class PlanAdmin(WindowAdmin):
    list_display = ["subject", "province_id", "year_from", "status", "version"]
    list_filter = ["status", "kind", "year_from"]
    search_fields = ["subject", "public_id"]


@admin.register(Request)
class RequestAdmin(WindowAdmin):
    list_display = ["id", "kind", "due"]
