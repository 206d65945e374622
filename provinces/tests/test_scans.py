"""Signed papers as pictures: kept as they are, read to their end in a child process with limits."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from provinces import drawing, pictures
from provinces.scans import ScanField


def picture(kind="PNG", size=(40, 60), **more) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind, **more)
    return out.getvalue()


def taken(name, content) -> bytes:
    return ScanField().clean(SimpleUploadedFile(name, content)).read()


def test_the_paper_of_a_phone_that_hides_a_second_picture_in_it_is_kept_as_it_is():
    two = picture("MPO", save_all=True, append_images=[Image.new("RGB", (20, 10))])

    assert taken("to-trinh.jpg", two) == two


def test_a_small_file_of_very_many_points_ends_in_the_child_and_not_in_the_server(monkeypatch):
    flat = picture(size=(5400, 5400))
    assert taken("to-trinh.png", flat) == flat

    monkeypatch.setattr(drawing, "MEMORY", 120 << 20)

    with pytest.raises(ValidationError):
        taken("to-trinh.png", flat)


def test_a_decoder_of_papers_that_never_ends_is_ended(monkeypatch):
    monkeypatch.setattr(pictures, "SECONDS", 0.01)

    with pytest.raises(ValidationError):
        taken("to-trinh.png", picture())
