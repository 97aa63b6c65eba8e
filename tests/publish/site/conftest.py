"""What a publication works out anew, picture and templates, is worked out once per worker."""

from __future__ import annotations

from functools import cache, partial

import pytest
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from briefgen.publish.site import candidates
from briefgen.publish.site import setting as settings
from briefgen.publish.site.picture import picture

pictured = cache(picture)


class Compiled(BytecodeCache):
    """Templates by their text; one of another text is compiled anew."""

    kept: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        found = self.kept.get((bucket.key, bucket.checksum))
        if found is not None:
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


@pytest.fixture(autouse=True)
def _once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "picture", pictured)
    monkeypatch.setattr(settings, "Environment", partial(Environment, bytecode_cache=Compiled()))
