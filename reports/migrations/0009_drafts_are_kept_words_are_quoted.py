"""Who read a drafted text and kept it; which words of departments stand in a section, as they were."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("provinces", "0003_departments_have_an_address"),
        ("reports", "0008_issued_reports_never_change"),
    ]

    operations = [
        migrations.AddField(
            model_name="reportsection",
            name="kept_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="reportsection",
            name="kept_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="provinces.seat",
            ),
        ),
        migrations.CreateModel(
            name="Quote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=12)),
                ("text", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("drafted", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="provinces.seat",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="provinces.department"
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="quotes", to="reports.reportsection"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reports.report"
                    ),
                ),
            ],
            options={
                "verbose_name": "words of a department",
                "verbose_name_plural": "words of a department",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["section", "department", "key", "sha256", "drafted"], name="quote_once_per_section"
                    ),
                    models.CheckConstraint(name="quote_says_something", condition=models.Q(text="", _negated=True)),
                ],
            },
        ),
    ]
