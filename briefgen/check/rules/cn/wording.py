"""CN-23, CN-24: words that guarantee, share losses, or lure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.check.dossier import Dossier
from briefgen.check.passages import Passage, everywhere
from briefgen.check.rule import Answer, Question, rests_on
from briefgen.check.rules.cn.lexicon import affirmed
from briefgen.model.plain import plain_text

_SHARED_LOSS = re.compile(
    r"(共担|分担|承担|补偿|赔偿|弥补)(投资者|客户|您)?的?(投资)?(亏损|损失)"
    r"|(收益|利润|盈利)(共享|分成|分享)[^，。；]{0,6}(风险|亏损|损失)共担|保底|兜底"
    r"|\b(share|bear|cover|make good)s?\b[^.;]{0,20}\bloss(es)?\b",
    re.IGNORECASE,
)
_OWN_LOSS = re.compile(
    r"((?<![与和同跟为替向对])(投资者|客户|读者|使用者|自行|自己|任何人)"
    r"|(?<!with )(investors?|readers?))[^，。；,.;]{0,12}$",
    re.IGNORECASE,
)

_LURING = re.compile(
    r"暴涨|疯涨|狂飙|飙升|翻倍|翻番|十倍|百倍|起飞|爆发|井喷|史诗级|史上最|前所未有|惊天|王炸|炸裂|颠覆一切"
    r"|必买|必看|满仓|抄底|上车|躺赢|暴富|财富密码|千载难逢|最后(的)?机会|错过|速看|重磅|独家|揭秘|唯一|第一股"
    r"|稳赚|必涨|无敌|[！!]|[？?]{2}"
    r"|\b(soar|skyrocket|explod|unstoppable|once-in-a-lifetime|must-buy|can't miss)\w*",
    re.IGNORECASE,
)


def guaranteed_return(dossier: Dossier) -> Iterator[Answer]:
    """Words that guarantee a return, deny the risk, or promise to share a loss.

    Why: research must stay objective and guarantee nothing. Guarantees and denials of risk are
    CHK602. Of words that promise to share or bear a loss (共担损失, 保底, 兜底), a person decides:
    they can also be about the business of a company. A denial in the same clause passes, and so
    does a loss that investors bear themselves.

    Bad:  我们愿与客户共担损失
    Good: 投资者自行承担损失
    """
    yield from rests_on(dossier, "CHK602")
    for passage, text, at in everywhere(dossier, _promises):
        clause = passage.text[max(at - 12, 0) : at + len(text) + 12].strip()
        yield Question(
            f"`{text}` in “…{clause}…”: does the house promise to share or bear a loss?",
            text,
            passage.path or ("front",),
        )


def _promises(passage: Passage) -> Iterator[tuple[str, int]]:
    for text, at in affirmed(_SHARED_LOSS, passage.text):
        if not _OWN_LOSS.search(passage.text[:at]):
            yield text, at


def inducing_title(dossier: Dossier) -> Iterator[Answer]:
    """A title with words that exaggerate or lure.

    Why: titles must not exaggerate or induce. A lexicon can only point at words; a person decides
    whether the title says what the report shows. This rule never fails by itself.

    Bad:  title: 重磅！算力龙头即将起飞
    Good: title: 模型价格下行，应用成本随之改善
    """
    title = plain_text(dossier.briefing.front.title, dossier.briefing)
    words = list(dict.fromkeys(text for text, _ in affirmed(_LURING, title)))
    if words:
        told = "、".join(f"`{word}`" for word in words)
        yield Question(
            f"the title “{title}” has words that may exaggerate or lure ({told}): does the report "
            "bear them out?",
            "title",
            ("front", "title"),
        )
