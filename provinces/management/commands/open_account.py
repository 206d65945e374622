"""Opens an account with a seat from the command line: the first administrator of a new installation."""

import getpass

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from provinces.models import Department, Seat
from provinces.operations.people import invite_person
from provinces.vietnamese import fold
from provinces.workflow import Refused


class Command(BaseCommand):
    help = "Opens an account with a seat; asks for the password, or reads it from --password-file."

    def add_arguments(self, parser):
        parser.add_argument("username")
        parser.add_argument("full_name")
        parser.add_argument("--department", required=True, help="its name; accents may be left out")
        parser.add_argument(
            "--province", default="", help="the province's address, e.g. quang-ninh; empty: the ministry"
        )
        parser.add_argument("--role", choices=Seat.Role.values, default=Seat.Role.ADMIN)
        parser.add_argument("--password-file", help="a file whose first line is the password")

    def handle(self, *args, **options):
        now = timezone.now()
        department = self._department(options["department"], options["province"], timezone.localdate())
        try:
            seat = invite_person(
                options["username"],
                department,
                options["role"],
                full_name=options["full_name"],
                password=_password(options["password_file"]),
                by=None,
                at=now,
            )
        except Refused as refusal:
            raise CommandError(str(refusal.sentence)) from None
        self.stdout.write(
            f"{seat.user.username}: {seat.get_role_display()}, {department.name_on(timezone.localdate())}"
        )

    def _department(self, name: str, province: str, today) -> Department:
        found = Department.objects.on(today).filter(names__folded__contains=fold(name)).prefetch_related("names")
        if province:
            found = found.filter(unit__slug=province) | found.filter(unit__province__slug=province)
        else:
            found = found.filter(unit__level="country")
        rows = list(found.distinct())
        exact = [row for row in rows if fold(row.name_on(today).name) == fold(name)] or rows
        if len(exact) != 1:
            names = ", ".join(row.name_on(today).name for row in exact[:10]) or "–"
            raise CommandError(_("The name fits %(n)s departments: %(names)s") % {"n": len(exact), "names": names})
        return exact[0]


def _password(path: str | None) -> str:
    if path:
        with open(path, encoding="utf-8") as file:
            return file.readline().rstrip("\n")
    return getpass.getpass()
