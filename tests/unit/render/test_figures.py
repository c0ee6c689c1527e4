from generator.render.context_parts import Picture, PictureSource
from generator.render.figures import rewrite_images

PICTURE = Picture(
    "/assets/a.jpg",
    960,
    640,
    "灯",
    (PictureSource("/assets/a-480.jpg", 480), PictureSource("/assets/a.jpg", 960)),
    (PictureSource("/assets/a-480.webp", 480),),
)


def rewritten(html: str, picture: Picture | None = PICTURE) -> str:
    return rewrite_images(html, lambda _target, _alt: picture, lambda path: f"/b{path}")


def test_an_image_leaves_room_loads_late_and_comes_in_sizes() -> None:
    html = rewritten('<p>前<img alt="灯" src="a.jpg">后</p>')
    assert '<source type="image/webp" srcset="/b/assets/a-480.webp 480w"' in html
    assert 'srcset="/b/assets/a-480.jpg 480w, /b/assets/a.jpg 960w"' in html
    assert 'width="960" height="640" loading="lazy"' in html
    assert html.startswith("<p>前<picture>")


def test_an_image_alone_with_a_title_becomes_a_figure_with_a_caption() -> None:
    html = rewritten('<p><img alt="灯" src="a.jpg" title="夜里的&quot;桥头&quot; &lt;摄&gt;"></p>')
    assert html.startswith("<figure><picture>")
    assert html.endswith("<figcaption>夜里的&quot;桥头&quot; &lt;摄&gt;</figcaption></figure>")


def test_an_unknown_image_stays_as_it_is() -> None:
    html = '<p><img alt="" src="https://example.org/a.jpg"></p>'
    assert rewritten(html, None) == html


def test_the_target_and_its_words_are_handed_over_as_written() -> None:
    asked = []
    rewrite_images(
        '<img src="a&amp;b.jpg" alt="&lt;灯&gt;">', lambda *each: asked.append(each), lambda path: path
    )
    assert asked == [("a&b.jpg", "<灯>")]
