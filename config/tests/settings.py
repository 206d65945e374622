"""The settings as tests see them: a folder of their own, messages compiled, a fast password hasher."""

import os
import tempfile
from urllib.parse import urlsplit

from config import messages

# Kept until the process ends; every child process of a test finds the same folder in its environment.
_folder = tempfile.TemporaryDirectory(prefix="thang-hanh-dong-", ignore_cleanup_errors=True)
os.environ["DATA_DIR"] = _folder.name
# Playwright keeps an event loop in the test's thread, which Django would take for an async view.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
messages.compile_catalogue()
# Tests run in several processes at once, each with queues and a database of its own.
_process = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
if os.environ.get("REDIS_URL"):
    os.environ["REDIS_URL"] = urlsplit(os.environ["REDIS_URL"])._replace(path=_process.replace("gw", "/")).geturl()

from config.settings import *  # noqa: E402, F403
from config.settings import DATA_DIR, DATABASES  # noqa: E402

# On SQLite a file and not memory: two threads that write at once must meet the same locks as in a province, and a
# worker that a test starts finds the rows of the test.
if os.environ.get("DATABASE_URL"):
    DATABASES["default"]["TEST"] = {"NAME": f"test_{DATABASES['default']['NAME']}_{_process}"}
else:
    DATABASES["default"]["TEST"] = {"NAME": DATABASES["default"]["NAME"]}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
(DATA_DIR / "static").mkdir(exist_ok=True)
DEMO = True
