"""Keys are called by Vietnamese words in addresses."""

import pytest
from django.urls import resolve, reverse
from django.urls.exceptions import Resolver404


def test_the_key_of_a_duty_or_a_section_has_a_vietnamese_word_in_its_address():
    duty = reverse("administration_duty", kwargs={"t": "quang-ninh", "kind": "standing_office"})
    text = reverse("report_text", kwargs={"t": "quang-ninh", "y": 2023, "id": "x", "key": "opening"})

    assert duty == "/quan-tri/quang-ninh/nhiem-vu/co-quan-thuong-truc"
    assert text == "/quang-ninh/2023/bao-cao/x/loi-van/mo-dau"
    assert resolve(duty).kwargs["kind"] == "standing_office"
    assert resolve(text).kwargs["key"] == "opening"
    assert resolve(text.replace("mo-dau", "II.1")).kwargs["key"] == "II.1"
    with pytest.raises(Resolver404):
        resolve(duty.replace("co-quan-thuong-truc", "standing_office"))
