"""What stands in the head of a page about its scene: for search engines, for cards, and for oEmbed."""

from html import escape
from urllib.parse import quote

from export.card import SIZE, about
from scenes import query

LOCALES = {"en": "en_US", "zh": "zh_CN"}
"""The languages as the Open Graph protocol names them."""
LANGUAGE = "en"
"""The language of a link that names none, for whoever reads links and has none."""
LONGEST = 1800
"""Letters of a scene; a longer one, with a table in it, is not made longer by naming it three times more."""


def head_of(scene: str, language: str, theme: str | None, home: str) -> str:
    """Return the title and the tags (Open Graph protocol, Twitter cards, oEmbed 1.0 section 4) as HTML.

    `home` is the address of the app, with a slash at its end.
    """
    told = about(scene, language)
    named = f"<title>{escape(told.title)}</title>" + _tag("name", "description", told.story)
    if len(scene) > LONGEST:
        return named
    spoken = [("lang", language)] if language != LANGUAGE else []
    shown = query.join([*query.split(scene), *spoken])
    link = f"{home}?{shown}" if shown else home
    looks = query.join([*query.split(shown), *([("theme", theme)] if theme else [])])
    tags = {
        "og:type": "website",
        "og:site_name": "Optiscape",
        "og:title": told.title,
        "og:description": told.story,
        "og:url": link,
        "og:image": f"{home}optiscape/export/card.jpg?{looks}",
        "og:image:type": "image/jpeg",
        "og:image:width": str(SIZE[0]),
        "og:image:height": str(SIZE[1]),
        "og:image:alt": told.title,
        "og:locale": LOCALES[language],
    }
    found = f"{home}oembed?format=json&url={quote(link, safe='')}"
    return (
        named
        + "".join(_tag("property", name, said) for name, said in tags.items())
        + '<meta name="twitter:card" content="summary_large_image">'
        + f'<link rel="alternate" type="application/json+oembed" href="{escape(found)}"'
        + f' title="{escape(told.title)}">'
    )


def _tag(kind: str, name: str, said: str) -> str:
    return f'<meta {kind}="{name}" content="{escape(said)}">'
