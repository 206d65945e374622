"""A window on who: units, departments and duties can be corrected; people, seats and the log are only looked at."""

from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from provinces.fields import VnDateField
from provinces.models import (
    Department,
    DepartmentName,
    DepartmentSuccession,
    Duty,
    Event,
    Seat,
    Unit,
    UnitName,
    UnitSuccession,
    User,
)
from provinces.operations.departments import spellings
from provinces.queries import keeps_country
from provinces.workflow import record_event

DATES = {models.DateField: {"form_class": VnDateField, "widget": forms.TextInput({"class": "vTextField"})}}

admin.site.site_header = admin.site.site_title = _("Action Month")
admin.site.index_title = _("National lists")
admin.site.unregister(Group)  # powers come from seats


def _staff(request) -> bool:
    """Who keeps the lists of the whole country: an administrator's seat in the ministry, or an account made for it."""
    seat = getattr(request, "seat", None)
    return request.user.is_active and (request.user.is_staff or (seat is not None and keeps_country(seat)))


admin.site.has_permission = _staff


class ReferenceAdmin(admin.ModelAdmin):
    """Lists of the whole country: staff add and correct, nobody deletes, each change is in the log."""

    formfield_overrides = DATES
    list_per_page = 50

    def has_module_permission(self, request):
        return _staff(request)

    def has_view_permission(self, request, obj=None):
        return _staff(request)

    def has_add_permission(self, request):
        return _staff(request)

    def has_change_permission(self, request, obj=None):
        return _staff(request)

    def has_delete_permission(self, request, obj=None):
        return False

    def log_change(self, request, obj, message):
        record_event("reference.change", obj, by=request.seat, at=timezone.now())
        return super().log_change(request, obj, message)

    def log_addition(self, request, obj, message):
        record_event("reference.add", obj, by=request.seat, at=timezone.now())
        return super().log_addition(request, obj, message)


class WindowAdmin(admin.ModelAdmin):
    """Rows with moves or of the log: read, never written here."""

    list_per_page = 50

    def has_module_permission(self, request):
        return _staff(request)

    def has_view_permission(self, request, obj=None):
        return _staff(request)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class ReferenceInline(admin.TabularInline):
    """Rows of a whole, corrected together with it."""

    formfield_overrides = DATES
    extra = 0
    can_delete = False

    def has_view_permission(self, request, obj=None):
        return _staff(request)

    def has_add_permission(self, request, obj=None):
        return _staff(request)

    def has_change_permission(self, request, obj=None):
        return _staff(request)


class NameForm(forms.ModelForm):
    """A name keeps its search text: the new spelling first, what it was called before after it."""

    def clean(self):
        data = super().clean()
        self.instance.folded = spellings(data.get("name", ""), data.get("symbol", ""), self.instance.folded)
        return data


class UnitNameInline(ReferenceInline):
    model = UnitName
    form = NameForm


class UnitSuccessionInline(ReferenceInline):
    model = UnitSuccession
    fk_name = "predecessor"
    raw_id_fields = ["successor"]


@admin.register(Unit)
class UnitAdmin(ReferenceAdmin):
    list_display = ["code", "name", "level", "valid_from", "valid_to", "end_unknown"]
    list_filter = ["level", "valid_from", "end_unknown"]
    search_fields = ["code", "names__name", "names__folded"]
    raw_id_fields = ["parent", "province"]
    inlines = [UnitNameInline, UnitSuccessionInline]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("names")

    @admin.display(description=UnitName._meta.verbose_name)
    def name(self, unit):
        return unit.name_on(timezone.localdate())


class DepartmentNameInline(ReferenceInline):
    model = DepartmentName
    form = NameForm


class DutyInline(ReferenceInline):
    model = Duty
    raw_id_fields = ["for_unit"]


class DepartmentSuccessionInline(ReferenceInline):
    model = DepartmentSuccession
    fk_name = "predecessor"
    raw_id_fields = ["successor"]


@admin.register(Department)
class DepartmentAdmin(ReferenceAdmin):
    list_display = ["name", "kind", "unit_id", "valid_from", "valid_to"]
    list_filter = ["kind", "valid_from"]
    search_fields = ["names__name", "names__folded"]
    raw_id_fields = ["unit", "parent"]
    inlines = [DepartmentNameInline, DutyInline, DepartmentSuccessionInline]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("names")

    @admin.display(description=DepartmentName._meta.verbose_name)
    def name(self, department):
        return department.name_on(timezone.localdate())


@admin.register(Seat)
class SeatAdmin(WindowAdmin):
    list_display = ["user", "department", "role", "valid_from", "valid_to"]
    list_filter = ["role"]
    list_select_related = ["user"]
    search_fields = ["user__username", "user__full_name"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("department__names")


@admin.register(User)
class UserAdmin(WindowAdmin):
    list_display = ["username", "full_name", "is_active", "is_staff", "last_login"]
    search_fields = ["username", "full_name"]
    fields = ["username", "full_name", "phone", "language", "is_active", "is_staff", "last_login", "date_joined"]


@admin.register(Event)
class EventAdmin(WindowAdmin):
    list_display = ["at", "user", "verb", "object_type", "object_id"]
    list_filter = ["verb"]
    list_select_related = ["user"]
    search_fields = ["object_id", "verb", "user__username"]
    show_full_result_count = False
