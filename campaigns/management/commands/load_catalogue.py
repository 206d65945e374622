"""Load the catalogue, the campaigns 2016–2026 and their wordings."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from campaigns.operations.catalogue import load_catalogue
from provinces.vietnamese import format_number
from provinces.workflow import Refused

HEADINGS = {
    "indicators": gettext_noop("Indicators"),
    "measures": gettext_noop("Measures"),
    "activity types": gettext_noop("Activity types"),
    "audiences": gettext_noop("Audiences"),
    "beneficiary groups": gettext_noop("Groups of people helped"),
    "money sources": gettext_noop("Sources of money"),
    "media channels": gettext_noop("Media channels"),
    "campaigns": gettext_noop("Action months"),
    "wordings": gettext_noop("Wordings of themes"),
    "holidays": gettext_noop("Holidays"),
    "programmes": gettext_noop("Programmes"),
    "standard tasks": gettext_noop("Usual tasks of departments"),
    "strategy targets": gettext_noop("Targets of the national strategy"),
}


class Command(BaseCommand):
    """Brings the catalogue into line with campaigns/data; running it again changes nothing."""

    help = "load indicators, measures, activity types, lists, campaigns and wordings; says what changed"

    def handle(self, *args, **options):
        try:
            changes = load_catalogue(at=timezone.now())
        except Refused as refusal:
            raise CommandError(refusal.sentence) from refusal
        if not any(changes.values()):
            self.stdout.write(_("Catalogue and campaigns: nothing to change, the data are as they were."))
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
