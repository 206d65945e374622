"""Draws docs/workflow.md from the tables of moves, so that the picture cannot differ from the rule."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from activities.models import Activity, DuplicatePair
from campaigns.models import Plan
from reports.models import Report

TARGET = Path(settings.BASE_DIR) / "docs" / "workflow.md"
HEAD = """# Procedures

Drawn by `python manage.py draw_workflow` from the `MOVES` table of each model; a test compares the two.
On each arrow: the event that is logged, and whose power it takes (`powers()` of the model).
"""


def drawing() -> str:
    """The whole page: one state diagram per model that moves."""
    return HEAD + "".join(_diagram(model) for model in (Plan, Activity, DuplicatePair, Report))


def _diagram(model) -> str:
    lines = [f"    {m.source} --> {m.to}: {m.verb} ({m.power})" for m in model.MOVES]
    first = f"    [*] --> {model._meta.get_field('status').default}"
    return "\n".join(["", f"## {model.__name__}", "", "```mermaid", "stateDiagram-v2", first, *lines, "```", ""])


class Command(BaseCommand):
    help = "Draws docs/workflow.md from the tables of moves."

    def handle(self, *args, **options):
        TARGET.write_text(drawing(), encoding="utf-8")
        self.stdout.write(str(TARGET.relative_to(settings.BASE_DIR)))
