"""Rules on what is printed around the bands: horizon, measure, benchmarks."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.check.dossier import Dossier
from briefgen.check.rule import Problem, Unknown
from briefgen.check.rules.ratings.saying import (
    MEND,
    alike,
    both,
    labels_phrase,
    market_phrase,
    scheme_phrase,
    schemes_path,
    text_phrases,
)
from briefgen.model.phrase import Phrase
from briefgen.model.rating import Benchmark, Span, Wording
from briefgen.model.verdict import Contradiction


def two_horizons(dossier: Dossier) -> Iterator[Problem]:
    """A rating scheme whose horizon is printed in two ways.

    Why: +12 % within six months and within twelve are two forecasts; the reader cannot tell which
    was made, nor when the rating ends.

    Bad:  horizon: {months: 6, where: 表内, also_printed: {months: 6, up_to: 12, where: 备注}}
    Good: horizon: {months: 6}
    """
    for kinds, horizon in alike(dossier.briefing.brokerage.schemes, lambda s: s.horizon):
        other = horizon.also_printed
        if other is None or (other.months, other.longest) == (horizon.months, horizon.longest):
            continue
        yield Problem(
            schemes_path(kinds[0], "horizon"),
            f"{both(kinds)} {'look' if len(kinds) > 1 else 'looks'} {horizon} months ahead"
            f"{_at(horizon)}, and {other} months{_at(other)}",
            MEND,
            subject=" ".join(kinds),
            contradiction=Contradiction(
                kind="two_horizons",
                values={
                    "scheme": scheme_phrase(*kinds),
                    "horizons": tuple(_horizon(span) for span in (horizon, other)),
                    "months": str(horizon),
                },
            ),
        )


def _at(span: Span) -> str:
    return f" ({span.where})" if span.where else ""


def _horizon(span: Span) -> Phrase:
    if span.where is None:
        return Phrase(label="found_horizon", values={"months": str(span)})
    return Phrase(label="found_horizon_at", values={"months": str(span), "where": span.where})


def mixed_measure(dossier: Dossier) -> Iterator[Problem]:
    """A rating scheme whose words measure different things in different places.

    Why: a return relative to the index and the change of a price differ by the move of the index;
    with and without dividends they differ again. The label then depends on the line that is read.

    Bad:  worded: [{words: 相对指数的涨跌幅, where: 表头, measure: relative_return},
          {words: 指数涨幅, where: 表内, measure: absolute_return}]
    Good: the same words everywhere, and no `worded`
    """
    for kind, scheme in dossier.briefing.brokerage.schemes.items():
        if len({(wording.measure, wording.dividends) for wording in scheme.worded}) < 2:
            continue
        with_dividends = len({wording.dividends for wording in scheme.worded}) > 1
        said = [
            f"“{w.words}” ({w.where}) is {_meaning(w, with_dividends=with_dividends)}"
            for w in scheme.worded
        ]
        yield Problem(
            schemes_path(kind, "worded"),
            f"the {kind} scheme mixes measures: {', '.join(said)}",
            MEND,
            subject=kind,
            contradiction=Contradiction(
                kind="mixed_measure",
                values={
                    "scheme": scheme_phrase(kind),
                    "wordings": tuple(_wording(wording) for wording in scheme.worded),
                    "readings": tuple(
                        _measured(wording, with_dividends=with_dividends)
                        for wording in scheme.worded
                    ),
                    "measure": (Phrase(label=f"measure_{scheme.measure}"),),
                },
            ),
        )


_DIVIDENDS = {True: "counted", False: "not_counted", None: "unstated"}


def _meaning(wording: Wording, *, with_dividends: bool) -> str:
    dividends = f", dividends {_DIVIDENDS[wording.dividends]}" if with_dividends else ""
    return f"{wording.measure}{dividends}".replace("_", " ")


def _wording(wording: Wording) -> Phrase:
    values = {"where": wording.where, "words": wording.words}
    return Phrase(label="found_wording", values=dict(values))


def _measured(wording: Wording, *, with_dividends: bool) -> Phrase:
    return Phrase(
        label="found_measured_dividends" if with_dividends else "found_measured",
        values={
            "words": wording.words,
            "measure": (Phrase(label=f"measure_{wording.measure}"),),
            "dividends": (Phrase(label=f"dividends_{_DIVIDENDS[wording.dividends]}"),),
        },
    )


def benchmark_missing(dossier: Dossier) -> Iterator[Problem | Unknown]:
    """A security is rated or recommended, and its market has no benchmark in the stock scheme.

    Why: a relative rating of a Hong Kong stock means nothing while only the CSI 300 is named.

    Bad:  benchmarks: {CN: 沪深 300 指数}, with a pick whose market is HK
    Good: benchmarks: {CN: 沪深 300 指数, HK: 恒生指数}
    """
    briefing = dossier.briefing
    scheme = briefing.brokerage.schemes.get("stock")
    if scheme is None or scheme.measure != "relative_return" or "all" in scheme.benchmarks:
        return
    picks = [pick for group in briefing.recommendations.values() for pick in group.picks]
    named = {pick.security: briefing.securities[pick.security] for pick in picks}
    is_chinese = briefing.language.startswith("zh")
    markets: dict[str | None, list[str]] = {}
    for security in named.values():
        name = security.name_zh if is_chinese else security.name_en or security.name_zh
        markets.setdefault(security.market, []).append(name)
    if unknown := markets.pop(None, None):
        yield Unknown(
            f"the market of {', '.join(unknown)} is not known",
            "give `market` in securities.csv",
            schemes_path("stock", "benchmarks"),
        )
    for market, names in markets.items():
        if market is None or scheme.benchmark(market):
            continue
        yield Problem(
            schemes_path("stock", "benchmarks"),
            f"the stock scheme names no benchmark for {market}, the market of {', '.join(names)}",
            f"add `{market}: …`",
            subject=market,
            contradiction=Contradiction(
                kind="benchmark_missing",
                values={
                    "scheme": scheme_phrase("stock"),
                    "benchmarks": tuple(_benchmark(m, b) for m, b in scheme.benchmarks.items()),
                    "securities": text_phrases(names),
                    "market": market_phrase(market),
                },
            ),
        )


def benchmark_ambiguous(dossier: Dossier) -> Iterator[Problem]:
    """A benchmark that names several indices without a rule, or none.

    Why: two indices move differently, so one price move can earn two ratings; an index that is not
    named cannot be looked up at all.

    Bad:  US: {names: [标普 500 指数, 纳斯达克综合指数]}
    Good: US: 标普 500 指数
    """
    schemes = dossier.briefing.brokerage.schemes
    for market in dict.fromkeys(m for scheme in schemes.values() for m in scheme.benchmarks):
        having = {kind: scheme for kind, scheme in schemes.items() if market in scheme.benchmarks}
        for kinds, benchmark in alike(having, lambda s, m=market: s.benchmarks[m]):  # type: ignore[misc]
            whose = "" if market == "all" else f" for {market}"
            if not benchmark.identified:
                found, named = "benchmark_unnamed", f"“{'、'.join(benchmark.names)}”, no index"
            elif len(benchmark.names) > 1 and benchmark.rule is None:
                found = "benchmark_ambiguous"
                named = f"{' or '.join(benchmark.names)}, without saying which one when"
            else:
                continue
            yield Problem(
                schemes_path(kinds[0], "benchmarks", market),
                f"the benchmark of {both(kinds)}{whose} is {named}",
                "name one index, or give the `rule`",
                subject=" ".join((*kinds, market)),
                contradiction=Contradiction(
                    kind=found,
                    values={
                        "scheme": scheme_phrase(*kinds),
                        "market": market_phrase(market),
                        "names": labels_phrase(benchmark.names),
                        "name": benchmark.names[0],
                    },
                ),
            )


def _benchmark(market: str, benchmark: Benchmark) -> Phrase:
    values = {"market": market_phrase(market), "names": text_phrases(benchmark.names)}
    return Phrase(label="found_benchmark_of", values=dict(values))
