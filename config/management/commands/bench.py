"""Measures one group of `make bench` in this process and prints its results for the table."""

from importlib import import_module

from django.core.management.base import BaseCommand

# Group → module of config.bench and function in it; a module is read only when its turn comes, because each needs
# packages that nothing else does.
GROUPS = {
    "imports": ("imports", "measure"),
    "province": ("figures", "measure_province"),
    "country": ("figures", "measure_country"),
    "workers": ("workers", "measure"),
    "pdf": ("pdf", "measure"),
}


class Command(BaseCommand):
    help = "Measures one group of `make bench`, which starts the servers and prints the table"
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("group", choices=list(GROUPS))

    def handle(self, *args, **options):
        module, function = GROUPS[options["group"]]
        for result in getattr(import_module(f"config.bench.{module}"), function)():
            self.stdout.write(result.as_line())
