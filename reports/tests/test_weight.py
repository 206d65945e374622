"""What a first visit costs over the wire: a page with its style and scripts, as a phone on an island loads it."""

import gzip
import re

import pytest
from django.test import Client

from reports.tests import pages

pytestmark = pytest.mark.django_db
BUDGET = 150_000  # bytes of a first page
SCRIPTS = 60_000


def weight(answer) -> int:
    return len(b"".join(answer.streaming_content)) if answer.streaming else len(answer.content)


def asked_for(page: bytes) -> list[str]:
    return re.findall(r'(?:src|href)="(/static/[^"]+)"', page.decode())


@pytest.mark.parametrize("address", ["/dang-nhap", "/viec-can-lam", "/quang-ninh/2023/hoat-dong/ghi-nhanh"])
def test_a_first_page_is_light(address):
    people = pages.people()
    client = Client(headers={"accept-encoding": "gzip"})
    if address != "/dang-nhap":
        client.force_login(people.editor.user)

    page = client.get(address)
    files = {name: weight(client.get(name)) for name in asked_for(gzip.decompress(page.content))}

    assert page.headers["Content-Encoding"] == "gzip"
    assert len(files) >= 4
    assert weight(page) + sum(files.values()) < BUDGET / 2  # half is left for the lists of a real province
    assert sum(size for name, size in files.items() if name.endswith(".js")) < SCRIPTS
