"""Photos and papers as they come from phones and offices: made by code, with place and camera in them."""

import base64
import io
import struct
import zipfile
import zlib

import pi_heif
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from activities.models import Evidence
from activities.tests.test_pages import page, words
from provinces import drawing, pictures
from provinces.storage import file_path
from provinces.tests import make as who

TURNED = 6  # the phone was held upright: the stored picture lies on its side
# 64 × 32 points, orange with a blue corner, GPS and camera in its EXIF; written once by an encoder of HEIC.
HEIC = base64.b64decode(
    b"""
AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAb5tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAADRpbG9jAAAAAERA
AAIAAQAAAAAB4gABAAAAAAAAADYAAgAAAAACGAABAAAAAAAAAKoAAAA4aWluZgAAAAAAAgAAABVpbmZlAgAAAAABAABodmMxAAAAABVpbmZlAgAAAQAC
AABFeGlmAAAAAA5waXRtAAAAAAABAAAA/WlwcnAAAADdaXBjbwAAAHZodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAA
AAMAAAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkAAAATY29scm5jbHgAAQANAAaA
AAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xhcAAAAEAAAAABAAAAIAAAAAEAAAAAAAAAAv///+AAAAACAAAAEHBpeGkAAAAAAwgICAAAABhpcG1hAAAA
AAAAAAEAAQWBAgMFhAAAABppcmVmAAAAAAAAAA5jZHNjAAIAAQABAAAA6G1kYXQAAAAyKAGvE4DlM5F//9vOkQfaByP7LQ1K34lJf/5+BIvsv8NP/0ws
3/xMl9+2mjs6FBwPD8AAAAAGRXhpZgAATU0AKgAAAAgAAwEPAAIAAAAIAAAAMgESAAMAAAABAAYAAIglAAQAAAABAAAAOgAAAABNYXkgYW5oAAAEAAEA
AgAAAAJOAAAAAAIABQAAAAMAAABwAAMAAgAAAAJFAAAAAAQABQAAAAMAAACIAAAAAAAAABQAAAABAAAAOQAAAAEAAAAAAAAAAQAAAGoAAAABAAAAMAAA
AAEAAAAAAAAAAQ==
"""
)


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.FILES_DIR = tmp_path


@pytest.fixture
def send(scene, client):
    """Upload files beside a fresh activity as its editor; the answer and the activity."""

    def upload(*named, **more):
        row = scene.record()
        client.force_login(scene.editor.user)
        said = {"file": [SimpleUploadedFile(*each) for each in named], "consent": "on", **more}
        return client.post(page(row, "minh-chung/"), said), row

    return upload


def photo(kind="JPEG", size=(60, 30), **more) -> bytes:
    """A picture with GPS and camera; its blue corner is at the top left as stored."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Máy ảnh", TURNED
    exif.get_ifd(0x8825).update({1: "N", 2: (20.0, 57.0, 0.0), 3: "E", 4: (106.0, 48.0, 0.0)})
    image = Image.new("RGB", size, "orange")
    image.paste("blue", (0, 0, size[0] // 4, size[1] // 4))
    out = io.BytesIO()
    image.save(out, kind, exif=exif, **more)
    return out.getvalue()


def docx(*more, **parts) -> bytes:
    names = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>", **parts, **dict(more)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in names.items():
            pack.writestr(name, content)
    return out.getvalue()


def png_header(width, height) -> bytes:
    """A PNG that claims a size and holds nearly nothing."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def kept() -> tuple[Image.Image, bytes, str]:
    piece = Evidence.objects.get()
    content = file_path(piece.file.sha256).read_bytes()
    return Image.open(io.BytesIO(content)), content, piece.file.name


@pytest.mark.parametrize(
    ("name", "content", "kind", "kept_name"),
    [
        ("anh.jpg", photo(), "JPEG", "anh.jpg"),
        ("anh.JPEG", photo(), "JPEG", "anh.JPEG"),
        ("anh.png", photo("PNG"), "PNG", "anh.png"),
        ("anh.webp", photo("WEBP", lossless=True), "WEBP", "anh.webp"),
    ],
)
def test_a_photo_is_kept_upright_and_without_place_or_camera(send, name, content, kind, kept_name):
    assert Image.open(io.BytesIO(content)).getexif().get_ifd(0x8825)

    answer, _row = send((name, content))

    assert answer.status_code == 302
    image, stored, called = kept()
    assert (image.format, image.size, called) == (kind, (30, 60), kept_name)
    assert dict(image.getexif()) == {} and "exif" not in image.info
    assert "Máy ảnh".encode() not in stored and b"GPS" not in stored
    red, _green, blue = image.convert("RGB").getpixel((27, 3))
    assert blue > 150 > red  # a quarter turn brings the corner to the top right


def test_a_photo_of_an_iphone_becomes_a_jpeg(send):
    pi_heif.register_heif_opener()
    assert Image.open(io.BytesIO(HEIC)).getexif().get_ifd(0x8825)

    answer, _row = send(("IMG_0001.HEIC", HEIC))

    assert answer.status_code == 302
    image, _stored, called = kept()
    assert (image.format, image.size, called, dict(image.getexif())) == ("JPEG", (64, 32), "IMG_0001.jpg", {})


def test_comments_and_profiles_inside_a_photo_do_not_survive(send):
    send(("anh.jpg", photo(comment=b"Chi Hoa, 0912345678", icc_profile=b"ten may anh")))

    image, stored, _name = kept()
    assert b"0912345678" not in stored and "icc_profile" not in image.info


def test_a_code_behind_a_picture_does_not_survive(send):
    send(("anh.jpg", photo() + b"<script>alert(1)</script>"))

    assert b"script" not in kept()[1]


def test_pdf_and_docx_are_kept_as_they_are(send):
    paper, pdf = docx(), b"%PDF-1.7 quyet dinh"

    answer, row = send(("ke-hoach.docx", paper), ("quyet-dinh.pdf", pdf))

    assert answer.status_code == 302
    stored = {e.file.name: file_path(e.file.sha256).read_bytes() for e in row.evidence.all()}
    assert stored == {"ke-hoach.docx": paper, "quyet-dinh.pdf": pdf}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("anh.png", png_header(30_000, 30_000)),
        ("anh.png", png_header(8_000, 8_000)),
        ("anh.jpg", photo("PNG")),
        ("anh.png", photo()),
        ("anh.heic", photo()),
        ("anh.jpg", HEIC),
        ("anh.heic", HEIC[: len(HEIC) // 2]),
        ("anh.jpg", photo()[:300]),
        ("anh.jpg", b"<html><script>alert(1)</script>"),
        ("anh.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"),
        ("anh.gif", b"GIF89a"),
        ("trang.html", b"<html>"),
        ("giay.pdf", b"PK\x03\x04"),
        ("giay.pdf", photo()),
        ("giay.docx", b"khong phai"),
        ("giay.docx", docx()[:-30]),
        ("giay.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        ("giay.docx", docx(("word/vbaProject.bin", "x"))),
        ("giay.docx", docx(("word/media/a.xml", "0" * 20_000_000))),
        ("giay.docx", docx(("../../etc/passwd", "x"))),
        ("bang.docx", docx(("word/document.xml", "x")).replace(b"word/document", b"word/documeat")),
        ("giay.docm", docx()),
        ("giay.doc", b"\xd0\xcf\x11\xe0"),
        ("macro.xlsm", docx()),
        ("0912345678.jpg", photo()),
        ("Chi_Nguyen_001203004567.pdf", b"%PDF-1.7"),
        ("Chị Nguyễn Thị Hoa bị bạo lực.pdf", b"%PDF-1.7"),
        ("anh.jpg", b""),
    ],
    ids=lambda value: value if isinstance(value, str) else len(value),
)
def test_what_is_not_what_it_says_or_harms_is_refused_in_a_sentence(send, name, content):
    answer, row = send((name, content))

    assert answer.status_code == 422
    assert 'class="errors' in words(answer)
    assert not row.evidence.exists()


def test_a_file_over_ten_megabytes_is_refused_with_its_size(send):
    answer, row = send(("to.pdf", b"%PDF-" + b"0" * (10 * 1024 * 1024)))

    assert answer.status_code == 422
    assert "10 MB" in words(answer)
    assert not row.evidence.exists()


def test_a_photo_of_a_phone_that_hides_a_second_picture_in_it_is_kept_without_that(send):
    out = io.BytesIO()
    Image.new("RGB", (60, 30), "orange").save(out, "MPO", save_all=True, append_images=[Image.new("RGB", (20, 10))])

    answer, _row = send(("DSC_0001.JPG", out.getvalue()))

    assert answer.status_code == 302
    image, _stored, _name = kept()
    assert (image.format, getattr(image, "n_frames", 1)) == ("JPEG", 1)


def flat(kind="PNG", side=5000) -> bytes:
    """A small file of very many points, below every limit that its head could be held against."""
    out = io.BytesIO()
    Image.new("RGB", (side, side)).save(out, kind)
    return out.getvalue()


def test_decoding_happens_in_a_child_whose_memory_ends(send, monkeypatch):
    assert len(flat()) < 1 << 20
    monkeypatch.setattr(drawing, "MEMORY", 120 << 20)

    answer, row = send(("anh.png", flat(side=5400)), ("nho.png", photo("PNG")))

    assert answer.status_code == 422
    assert "anh.png có hơn" in words(answer) or "anh.png bị hỏng" in words(answer)
    assert [piece.file.name for piece in row.evidence.all()] == ["nho.png"]


def test_a_decoder_that_never_ends_is_ended(send, monkeypatch):
    monkeypatch.setattr(pictures, "SECONDS", 0.01)

    answer, row = send(("anh.jpg", photo()))

    assert answer.status_code == 422
    assert not row.evidence.exists()


def test_of_several_files_the_good_ones_are_kept_and_the_others_named(send):
    answer, row = send(("anh.jpg", photo()), ("hong.png", b"khong phai anh"))

    assert answer.status_code == 422
    assert "hong.png" in words(answer)
    assert [e.file.name for e in row.evidence.all()] == ["anh.jpg"]


def test_more_than_ten_at_once_are_refused(send):
    answer, row = send(*((f"{n}.pdf", b"%PDF-1.7 " + bytes([n])) for n in range(11)))

    assert answer.status_code == 422
    assert not row.evidence.exists()


def test_without_the_tick_nothing_is_kept(send):
    answer, row = send(("anh.jpg", photo()), consent="")

    assert answer.status_code == 422
    assert not row.evidence.exists()


def test_evidence_is_handed_out_as_an_attachment_to_those_who_see_the_activity(send, scene, client):
    send(("ke-hoach.docx", docx()))
    address = reverse("file", args=[Evidence.objects.get().file.token])

    answer = client.get(address)
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    for seat in (scene.officer, who.seat(who.department(scene.province, "Sở Y tế"))):
        client.force_login(seat.user)
        assert client.get(address).status_code == 404
