"""One settings file, read from the environment; SQLite and a file queue when nothing is set."""

import os
from pathlib import Path

import django_htmx
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from kombu import Queue

from config import env

BASE_DIR = env.BASE_DIR
DATA_DIR = env.data_dir()
DATA_DIR.mkdir(parents=True, exist_ok=True)

PRODUCTION = env.flag("PRODUCTION")
DEBUG = env.flag("DEBUG")
SECRET_KEY = env.secret_key(DATA_DIR)
DEMO = env.flag("DEMO", default=not os.environ.get("DATABASE_URL"))
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "" if PRODUCTION else "*").split(",")
CSRF_TRUSTED_ORIGINS = [x for x in os.environ.get("CSRF_TRUSTED_ORIGINS", "").split(",") if x]

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "template_partials",
    "csp",
    "rest_framework",
    "config",
    "provinces",
    "campaigns",
    "activities",
    "reports",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # above the static files too: style and script are half of a first page
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "provinces.middleware.SeatMiddleware",
    "provinces.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "reports.context.shell",
            ],
        },
    },
]

DATABASES = {"default": env.database(DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "provinces.User"
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign_in"
CSRF_FAILURE_VIEW = "provinces.views.kept.csrf_failure"
PASSWORD_HASHERS = ["provinces.hashers.SizedArgon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("django_htmx", Path(django_htmx.__file__).parent / "static" / "django_htmx"),
]
WHITENOISE_USE_FINDERS = True

FILES_DIR = DATA_DIR / "files"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
if os.environ.get("EMAIL_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = os.environ["EMAIL_HOST"]
    EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
    EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
    EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=True)
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "thang-hanh-dong@localhost")
BASE_URL = env.base_url()
METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")
ANCHOR_DIR = Path(os.environ.get("ANCHOR_DIR") or DATA_DIR / "anchors")
BACKUP_STAMP = "last-backup"  # in DATA_DIR: when the last whole backup was taken
SUPPORT_PHONE = os.environ.get("SUPPORT_PHONE", "")

CELERY = {
    **env.broker(DATA_DIR),
    # A worker without -Q serves all of them; on deadline day long work gets machines of its own (-Q compile).
    "task_queues": [Queue(name) for name in ("celery", "compile", "import", "mail")],
    "task_default_queue": "celery",
    "task_routes": {
        "reports.tasks.compile_job": {"queue": "compile"},
        "reports.tasks.make_archive": {"queue": "compile"},
        "activities.tasks.go_through_sheet": {"queue": "import"},
        "provinces.tasks.send_digests": {"queue": "mail"},
        "reports.tasks.mail_*": {"queue": "mail"},
        "reports.tasks.send_due_reminders": {"queue": "mail"},
    },
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    "worker_prefetch_multiplier": 1,
    "worker_max_memory_per_child": 400_000,
    "task_ignore_result": True,
    "task_serializer": "json",
    "accept_content": ["json"],
    "timezone": TIME_ZONE,
    "broker_connection_retry_on_startup": True,
    "beat_schedule_filename": str(DATA_DIR / "beat-schedule"),
    "beat_schedule": {
        "live": {"task": "provinces.tasks.live", "schedule": 30.0},
        "seal": {"task": "provinces.tasks.seal", "schedule": 60.0},
        "anchor": {"task": "provinces.tasks.anchor", "schedule": crontab(hour=0, minute=5)},
        "sweep-jobs": {"task": "reports.tasks.sweep_jobs", "schedule": 30.0},
        "sweep-sheets": {"task": "activities.tasks.sweep_sheets", "schedule": 30.0},
        "forget-old-keys": {
            "task": "provinces.tasks.forget_old_keys",
            "schedule": crontab(hour=2, minute=10),
        },
        "forget-uploads": {
            "task": "activities.tasks.forget_uploads",
            "schedule": crontab(minute=40),
        },
        "sweep-duplicates": {
            "task": "activities.tasks.sweep_duplicates",
            "schedule": crontab(hour=1, minute=40),
        },
        "send-digests": {
            "task": "provinces.tasks.send_digests",
            "schedule": crontab(hour=7, minute=30),
        },
        "send-due-reminders": {
            "task": "reports.tasks.send_due_reminders",
            "schedule": crontab(hour=7, minute=15),
        },
        "mail-reports": {
            "task": "reports.tasks.mail_reports",
            "schedule": crontab(minute="*/10"),
        },
        "mail-reminders": {
            "task": "reports.tasks.mail_reminders",
            "schedule": crontab(minute="*/10"),
        },
    },
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "object-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
    }
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # the preview of a document stands in a frame of our own page
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "PAGE_SIZE": 50,
    "EXCEPTION_HANDLER": "config.api.problem",
}

if PRODUCTION:
    SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", default=True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_SECURE = True
    CSRF_COOKIE_NAME = "__Host-csrftoken"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django.request": {"level": "ERROR"},  # a 404 or 422 is an answer, not a fault
        "kombu.connection": {"level": "ERROR"},  # folders have no hostname
    },
}
