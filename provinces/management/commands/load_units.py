"""Load the administrative units of both eras and the departments that are made with them."""

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from provinces.operations.reference import load_units
from provinces.vietnamese import format_number

HEADINGS = {
    "country": gettext_noop("Country"),
    "old provinces": gettext_noop("Provinces and cities to 30/6/2025"),
    "new provinces": gettext_noop("Provinces and cities from 1/7/2025"),
    "districts": gettext_noop("Districts (to 30/6/2025)"),
    "old communes": gettext_noop("Communes to 30/6/2025"),
    "new communes": gettext_noop("Communes from 1/7/2025"),
    "unit names": gettext_noop("Names of units"),
    "province successions": gettext_noop("Provinces and their successors"),
    "district successions": gettext_noop("Districts and the communes that succeeded them"),
    "commune successions": gettext_noop("Communes and their successors"),
    "people's committees": gettext_noop("People's Committees of all levels"),
    "standard departments": gettext_noop("Usual departments of the provinces"),
    "department successions": gettext_noop("Departments and their successors"),
    "duties": gettext_noop("Duties"),
}


class Command(BaseCommand):
    """Brings the units into line with provinces/data; running it again changes nothing."""

    help = "load provinces, districts, communes of both eras, their successors and departments; says what changed"

    def handle(self, *args, **options):
        changes = load_units(at=timezone.now())
        if not any(changes.values()):
            self.stdout.write(_("Units and departments: nothing to change, the data are as they were."))
            return
        for name, change in changes.items():
            self.stdout.write(
                _("%(heading)s: %(added)s added, %(changed)s changed, %(kept)s as they were")
                % {
                    "heading": _(HEADINGS[name]),
                    "added": format_number(change.added),
                    "changed": format_number(change.changed),
                    "kept": format_number(change.kept),
                }
            )
