"""How much of each department's number was split by sex is shown beside the number (rule 4)."""

import pytest
from django.urls import reverse

from activities.tests import make
from reports.tests import pages

pytestmark = pytest.mark.django_db


def test_the_share_split_by_sex_is_shown_per_department():
    people = pages.people()
    row = make.activity(people.editor.department, "Lễ phát động")
    make.output(row, "CT05.1", 400, female=200, male=100)
    report = pages.compile_now(pages.opened(people), people)
    where = {"t": "quang-ninh", "y": 2023, "id": report.public_id, "code": "CT05.1"}

    page = pages.as_(people.editor).get(reverse("figure_sources", kwargs=where)).content.decode()

    assert "Tỷ lệ đã tách nữ, nam" in page
    assert "75%" in page or "75,0%" in page
