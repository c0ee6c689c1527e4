"""Pictures: what a file holds, and the bytes of each size of it. Nothing of what a camera noted remains.

Inspecting takes long and is worth remembering by the digest of the file; planning (`image_plan`) is cheap.
"""

import warnings
from collections.abc import Collection, Iterator
from contextlib import suppress
from hashlib import blake2b
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from generator.diagnostics import BulletinError, Diagnostic, SourceSpan, error
from generator.model import OutputFile
from generator.render.image_plan import ImageFacts, ImagePlan, ImageVariant, plan_image
from generator.render.svg import inspect_svg

# Pillow reads many more formats; each is more code that hostile bytes can reach.
_FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif"}
_ENCODERS: dict[str, tuple[str, dict[str, Any]]] = {
    "jpg": ("JPEG", {"quality": 80, "optimize": True, "progressive": True}),
    "png": ("PNG", {"optimize": True}),
    "webp": ("WEBP", {"quality": 80, "method": 4}),
}


def inspect_image(content: bytes, path: str) -> ImageFacts:
    """Return what the file at `path` holds; BulletinError when it is broken, too large or not safe."""
    digest = blake2b(content, digest_size=16).hexdigest()
    if path.lower().endswith(".svg"):
        width, height = inspect_svg(content, path)
        return ImageFacts(digest, "svg", width, height, True, False)
    image = _open(content, path)
    kind = _FORMATS[str(image.format)]
    if kind == "gif" or getattr(image, "is_animated", False):
        return ImageFacts(digest, kind, image.width, image.height, True, False)
    upright = _upright(image, path)
    facts = ImageFacts(digest, kind, upright.width, upright.height, False, kind != "webp")
    return ImageFacts(
        digest,
        kind,
        upright.width,
        upright.height,
        False,
        _is_smaller_as_webp(upright, plan_image(facts, path)),
    )


def render_image(
    content: bytes, path: str, plan: ImagePlan, paths: Collection[str] | None = None
) -> Iterator[OutputFile]:
    """Yield the files of a plan, or those of them that are in `paths`. The picture is decoded once."""
    wanted = [variant for variant in plan.variants if paths is None or variant.path in paths]
    if plan.facts.is_fixed:
        yield from (OutputFile(variant.path, content) for variant in wanted)
    elif wanted:
        upright = _upright(_open(content, path), path)
        yield from (OutputFile(variant.path, _encode(upright, variant)) for variant in wanted)


def _open(content: bytes, path: str) -> Image.Image:
    """The picture, its size known, its pixels not yet decoded."""
    try:
        with warnings.catch_warnings():
            # Pillow only warns of pictures up to twice its limit.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return Image.open(BytesIO(content), formats=tuple(_FORMATS))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise BulletinError(_too_large(path)) from None
    except UnidentifiedImageError:
        message = "this is no JPEG, PNG, WebP or GIF picture"
        hint = "save it in one of these formats"
        raise BulletinError(error("image-format", message, SourceSpan(path), hint)) from None
    except (OSError, ValueError, SyntaxError) as failure:
        raise BulletinError(_broken(path, failure)) from None


def _upright(image: Image.Image, path: str) -> Image.Image:
    """The decoded picture, turned as the camera was held, in sRGB, in a mode that can be resized."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image.load()
            turned = ImageOps.exif_transpose(image)
            return _in_srgb(_in_plain_mode(turned), turned.info.get("icc_profile"))
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, Image.DecompressionBombError) as failure:
        raise BulletinError(_broken(path, failure)) from None


def _in_plain_mode(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):
        # 16 bits a pixel: keep the upper eight.
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if "transparency" in image.info or image.mode in ("RGBA", "LA", "PA", "RGBa", "La"):
        return image.convert("RGBA")
    return image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture with its colour profile applied: without it its colours would be wrong."""
    if profile and image.mode in ("RGB", "RGBA", "CMYK"):
        target = "RGBA" if image.mode == "RGBA" else "RGB"
        with suppress(ImageCms.PyCMSError, OSError, ValueError):
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(
                image, source, ImageCms.createProfile("sRGB"), outputMode=target
            )
            if converted is not None:
                return converted
    return image.convert("RGB") if image.mode == "CMYK" else image


def _is_smaller_as_webp(image: Image.Image, plan: ImagePlan) -> bool:
    """Whether WebP saves bytes, tried at the smallest size."""
    if not plan.webps:
        return False
    return len(_encode(image, plan.webps[0])) < len(_encode(image, plan.originals[0]))


def _encode(image: Image.Image, variant: ImageVariant) -> bytes:
    size = (variant.width, variant.height)
    resized = image if image.size == size else image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    if variant.format == "jpg" and resized.mode not in ("L", "RGB"):
        resized = resized.convert("RGB")
    # A copy has the pixels only, none of the notes of the file.
    plain = Image.new(resized.mode, resized.size)
    plain.paste(resized)
    encoder, options = _ENCODERS[variant.format]
    target = BytesIO()
    plain.save(target, encoder, **options)
    return target.getvalue()


def _too_large(path: str) -> Diagnostic:
    limit = (Image.MAX_IMAGE_PIXELS or 0) // 1_000_000
    message = f"the picture has more than {limit} million pixels"
    return error("image-size", message, SourceSpan(path), "save a smaller copy of it")


def _broken(path: str, failure: Exception) -> Diagnostic:
    message = f"the picture is damaged: {failure}"
    return error("image-broken", message, SourceSpan(path), "save it again from the original")
