"""The Celery app: the queue is a bell, the rows are the truth."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.conf import settings

app = Celery("config")
app.conf.update(settings.CELERY)
app.autodiscover_tasks()
