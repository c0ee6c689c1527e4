from io import BytesIO

import pytest
from PIL import Image

from generator.diagnostics import BulletinError
from generator.render.image_plan import find_image, plan_image
from generator.render.images import inspect_image, render_image


def picture(width: int, height: int, kind: str = "JPEG", **options: object) -> bytes:
    image = Image.effect_noise((width, height), 60).convert("RGB")
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def test_a_large_picture_comes_in_sizes_that_fit_screens_and_none_is_larger_than_it() -> None:
    content = picture(1000, 500)
    facts = inspect_image(content, "a.jpg")
    plan = plan_image(facts, "content/images/河边 a.jpg")
    assert [(each.width, each.height) for each in plan.originals] == [(480, 240), (1000, 500)]
    files = list(render_image(content, "a.jpg", plan))
    sizes = {Image.open(BytesIO(file.content)).size for file in files}
    assert sizes == {(480, 240), (1000, 500)}
    assert {file.path for file in files} == {each.path for each in plan.variants}


def test_a_small_picture_comes_in_its_own_size() -> None:
    facts = inspect_image(picture(300, 200), "a.jpg")
    assert [each.width for each in plan_image(facts, "a.jpg").originals] == [300]
    assert plan_image(facts, "a.jpg").picture("灯").sources == ()


def test_what_the_camera_noted_is_not_published_and_pictures_stand_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x013B] = "photographer"
    content = picture(600, 400, exif=exif)
    facts = inspect_image(content, "a.jpg")
    assert (facts.width, facts.height) == (400, 600)
    for file in render_image(content, "a.jpg", plan_image(facts, "a.jpg")):
        assert b"photographer" not in file.content
        assert dict(Image.open(BytesIO(file.content)).getexif()) == {}


@pytest.mark.parametrize("content", [b"", b"no picture", picture(300, 300)[:200], b"GIF89a"])
def test_a_broken_picture_is_an_error_that_names_it(content: bytes) -> None:
    with pytest.raises(BulletinError) as caught:
        inspect_image(content, "content/images/a.jpg")
    (problem,) = caught.value.diagnostics
    assert problem.span
    assert problem.span.path == "content/images/a.jpg"


@pytest.mark.parametrize(
    "drawing",
    [
        '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="https://example.org/a.png"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><a href="javascript:alert(1)"><text>a</text></a></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><style>@import url(https://example.org)</style></svg>',
        '<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
        "<svg",
        "<html/>",
    ],
)
def test_a_drawing_that_runs_or_loads_something_is_refused(drawing: str) -> None:
    with pytest.raises(BulletinError):
        inspect_image(drawing.encode(), "a.svg")


def test_a_plain_drawing_is_served_as_it_is() -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M0 0h9"/></svg>'
    facts = inspect_image(drawing, "a.svg")
    assert (facts.width, facts.height) == (40, 20)
    (file,) = render_image(drawing, "a.svg", plan_image(facts, "a.svg"))
    assert file.content == drawing


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("pier.png", "content/articles/a/pier.png"),
        ("./pier.png", "content/articles/a/pier.png"),
        ("logo.png", "content/images/logo.png"),
        ("/images/logo.png", "content/images/logo.png"),
        ("p%69er.png", "content/articles/a/pier.png"),
        ("../../../etc/passwd", ""),
        ("https://example.org/pier.png", ""),
        ("", ""),
    ],
)
def test_a_picture_stands_beside_the_text_or_in_the_folder_of_images(target: str, expected: str) -> None:
    known = {"content/articles/a/pier.png", "content/images/logo.png"}
    assert find_image(target, "content/articles/a/01-b.md", known) == expected
