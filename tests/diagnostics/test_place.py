"""A source map that goes to another process says the same there."""

import json

from briefgen.diagnostics.place import NamedPlace, Origin, Place, SourceMap


def test_a_map_comes_back_from_json_as_it_was() -> None:
    places = SourceMap()
    places.add(("front", "title"), Origin(Place("a.yaml", 3, 8, 5), Place("a.yaml", 3, 1, 5), "题"))
    places.add(("cells", "prices", 2), Origin(NamedPlace("b.xlsx", 2, 3, name="cell C2")))
    places.add((), Origin(Place("a.yaml")))
    again = SourceMap.unpacked(json.loads(json.dumps(places.packed())))
    assert again.digest() == places.digest()
    assert again.value(("cells", "prices", 2)) == NamedPlace("b.xlsx", 2, 3, name="cell C2")
    assert again.key(("front", "title")) == Place("a.yaml", 3, 1, 5)
