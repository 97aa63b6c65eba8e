"""All rules, in one table of tables.

To add one: a function in a module of its family or pack, and a line in the table there.
"""

from __future__ import annotations

from briefgen.check.rule import Rule
from briefgen.check.rules.cn import CN
from briefgen.check.rules.edition import EDITION
from briefgen.check.rules.eu import EU, UK
from briefgen.check.rules.exhibits import EXHIBITS
from briefgen.check.rules.fonts import FONTS
from briefgen.check.rules.hk import HK
from briefgen.check.rules.house import GEN, META
from briefgen.check.rules.issuance import ISSUANCE
from briefgen.check.rules.language import LANGUAGE
from briefgen.check.rules.links import LINKS
from briefgen.check.rules.lists import LISTS
from briefgen.check.rules.numbers import NUMBERS
from briefgen.check.rules.ratings import RATINGS
from briefgen.check.rules.us import US

RULES: tuple[Rule, ...] = (
    *NUMBERS,
    *RATINGS,
    *EXHIBITS,
    *ISSUANCE,
    *LISTS,
    *LANGUAGE,
    *EDITION,
    *LINKS,
    *FONTS,
    *CN,
    *HK,
    *US,
    *EU,
    *UK,
    *GEN,
    *META,
)
"""In this order they run: a rule may look at the verdicts of those before it."""
