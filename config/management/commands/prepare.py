"""Tables, reference data, demonstration: what must lie in the database before anything is served."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import OperationalError

from config import env, messages

# What the loaded rows come from: when one of these files changes, the loaders run again.
SOURCES = ("*/data/**/*", "*/operations/reference*.py", "*/management/commands/load_*.py", "reports/demo/**/*.py")


class Command(BaseCommand):
    """Prepare the database for use; does nothing, in about a second, when all is as it was left."""

    help = "migrate, load reference data and the demonstration; --accounts names its accounts"
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--accounts", action="store_true", help="print the demonstration accounts")

    def handle(self, *args, **options):
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
        changed = self._migrate()
        stamp = settings.DATA_DIR / "prepared"
        print_of_data = _fingerprint()
        if changed or not stamp.exists() or stamp.read_text() != print_of_data:
            self._load()
            stamp.write_text(print_of_data)
        if options["accounts"] and settings.DEMO:
            self.stdout.write("Tài khoản trình diễn:")
            call_command("load_demo", accounts=True, stdout=self.stdout)

    def _migrate(self) -> bool:
        """Bring the tables up to date; True when there was something to do."""
        try:
            executor = MigrationExecutor(connection)
        except OperationalError as error:
            raise CommandError(f"Không mở được cơ sở dữ liệu: {str(error).strip()}") from error
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        self.stdout.write("Tạo bảng dữ liệu…")
        call_command("migrate", verbosity=0, interactive=False)
        return True

    def _load(self):
        """What the loaders say about each table goes to the log: the screen of `make run` stays short."""
        folder = settings.DATA_DIR / "logs"
        folder.mkdir(exist_ok=True)
        with (folder / "prepare.log").open("a", encoding="utf-8") as log:
            self.stdout.write("Nạp danh mục dùng chung…")
            call_command("load_units", stdout=log)
            call_command("load_catalogue", stdout=log)
            if settings.DEMO:
                self.stdout.write("Nạp dữ liệu trình diễn…")
                call_command("load_demo", stdout=log)


def _fingerprint() -> str:
    """One hash of the data files, the loaders and the database they were loaded into."""
    found = hashlib.sha256()
    database = settings.DATABASES["default"]
    found.update(repr([database.get(key) for key in ("NAME", "HOST", "PORT")]).encode())
    found.update(b"demo" if settings.DEMO else b"")
    for path in sorted({path for pattern in SOURCES for path in _files(pattern)}):
        found.update(path.relative_to(env.BASE_DIR).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def _files(pattern: str) -> list[Path]:
    apps = [env.BASE_DIR / name for name in messages.APPS]
    parts = pattern.split("/", 1)
    if parts[0] != "*":
        apps = [env.BASE_DIR / parts[0]]
    return [path for app in apps for path in app.glob(parts[1]) if path.is_file() and path.suffix != ".pyc"]
