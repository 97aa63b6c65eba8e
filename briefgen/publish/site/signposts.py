"""Signposts: pages that stand where editions link to the same edition in another language.

In `output/` the link `../OTHER/OTHER.html` leads to that edition. On the site the HTML lies in
`SLUG/VERSION/`, so that the same link leads to `SLUG/OTHER/OTHER.html`, which leads on.
"""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import Environment

from briefgen.model.edition import file_name
from briefgen.model.site import Listed, Site
from briefgen.publish.site.cards import language_name
from briefgen.publish.site.setting import Setting


def signposts(
    listed: Listed, site: Site, setting: Setting, environment: Environment
) -> Iterator[tuple[str, bytes]]:
    """A page for each link to another language in any version of an edition, by its path."""
    template = environment.get_template("signpost.html.j2")
    links = {
        other: language
        for version in listed.versions
        for language, other in version.about.alternates.items()
    }
    for other, language in sorted(links.items()):
        known = site.edition(other)
        name = file_name(other, "html")
        about = (known or listed).shown.about
        values = {
            "name": language_name(language, setting),
            "title": about.title,
            "title_language": about.language,
            "page": f"../../{other}/{known.current}/{name}" if known else None,
        }
        yield f"{listed.slug}/{other}/{name}", template.render(values).encode()
