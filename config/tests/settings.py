"""The settings as tests see them: a folder of their own, messages compiled, a fast password hasher."""

import os
import tempfile

from config import messages

# Kept until the process ends; every child process of a test finds the same folder in its environment.
_folder = tempfile.TemporaryDirectory(prefix="thang-hanh-dong-", ignore_cleanup_errors=True)
os.environ["DATA_DIR"] = _folder.name
# Playwright keeps an event loop in the test's thread, which Django would take for an async view.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
messages.compile_catalogue()

from config.settings import *  # noqa: E402, F403
from config.settings import DATA_DIR, DATABASES  # noqa: E402

# A file and not memory: two threads that write at once must meet the same locks as in a province, and a worker
# that a test starts finds the rows of the test.
if not os.environ.get("DATABASE_URL"):
    DATABASES["default"]["TEST"] = {"NAME": DATABASES["default"]["NAME"]}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
(DATA_DIR / "static").mkdir(exist_ok=True)
DEMO = True
