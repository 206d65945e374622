"""Wiring: settings, addresses, the Celery app. No domain words here."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
