"""Lists for a reader who checks how well mentions became entities: nothing is scored here, somebody has to look.

- `top`: the most mentioned persons, countries, cities and named organisations, each with its names and articles. Two lines for
  one thing, or one line for two things, are mistakes.
- `alike`: pairs of entities of which at least one is in `top` and which share a word that few entities have.
- `merges`: a random sample of pairs of different names that became one entity, each with a sentence that has it.
- `split`: a random sample of pairs of entities that share their last word and are not one.

The sample depends on `--seed` and the graph alone.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evaluation.common import run
from kg.compare import normalize_name
from kg.lexicon import Knowledge, load_knowledge
from kg.link import load_linker
from kg.model import Article, Entity, Extraction, Mention, chain_key
from kg.pipeline import KnowledgeGraph, open_graph
from kg.rdf import Names, mint_entities
from kg.records import Records
from kg.resolve import resolve_entities

GROUPS = {"person": "Person", "country": "Country", "city": "City", "organization": "Organization"}


@dataclass(slots=True)
class Seen:
    """An entity and every named mention of it."""

    entity: Entity
    mentions: list[Mention] = field(default_factory=list)

    def articles(self) -> list[str]:
        return sorted({m.article_id for m in self.mentions})

    def texts(self) -> Counter[str]:
        return Counter(" ".join(m.text.split()) for m in self.mentions)


def extractions(graph: KnowledgeGraph) -> list[Extraction]:
    """What the graph was made of."""
    records = Records(graph.folder)
    return list(records.read(records.published()))


def resolve_again(read: Sequence[Extraction], knowledge: Knowledge) -> Sequence[Entity]:
    """The entities that this checkout makes of what was extracted before."""
    linker = load_linker((), knowledge, on_skip=lambda skipped: None)
    return mint_entities(resolve_entities(read, knowledge=knowledge, link=linker.links).entities, Names())


def seen_entities(entities: Iterable[Entity], read: Sequence[Extraction]) -> list[Seen]:
    """The entities that some article names, most mentioned first."""
    by_chain: dict[str, Seen] = {}
    for entity in entities:
        by_chain |= dict.fromkeys(entity.members, Seen(entity))
    by_id: dict[str, Seen] = {}
    for extraction in read:
        for mention in extraction.mentions:
            if mention.kind == "name":
                seen = by_chain[chain_key(mention)]
                by_id.setdefault(seen.entity.id, seen).mentions.append(mention)
    return sorted(by_id.values(), key=lambda s: (-len(s.mentions), s.entity.iri))


def top(found: Sequence[Seen], knowledge: Knowledge, size: int) -> Iterator[str]:
    """The most mentioned entities of each group with the words that stand for them."""
    for group, cls in GROUPS.items():
        members = [s for s in found if knowledge.is_a(s.entity.type, cls)][:size]
        yield f"## {group}: {len(members)}"
        for seen in members:
            words = ", ".join(f"{text} ×{n}" if n > 1 else text for text, n in seen.texts().most_common(9))
            linked = " ".join(seen.entity.external_ids)
            yield (
                f"{len(seen.mentions):4} in {len(seen.articles()):3} | {seen.entity.name} ({seen.entity.type}) | {words}"
                + (f" | {linked}" if linked else "")
            )


def alike(found: Sequence[Seen], size: int) -> Iterator[str]:
    """Pairs with a rare word in common, one of the two often mentioned."""
    by_word: dict[str, list[Seen]] = defaultdict(list)
    for seen in found:
        names = (seen.entity.name, *seen.entity.aliases)
        for word in sorted({w for name in names for w in normalize_name(name).split() if len(w) > 2}):
            by_word[word].append(seen)
    often = {s.entity.id for s in found[:size]}
    pairs = {
        (one.entity.id, other.entity.id): f"{_said(one)}  ~  {_said(other)}"
        for word, bearers in sorted(by_word.items())
        if len(bearers) <= 6
        for i, one in enumerate(bearers)
        for other in bearers[i + 1 :]
        if one.entity.id in often or other.entity.id in often
    }
    yield from sorted(pairs.values())


def _said(seen: Seen) -> str:
    return f"{seen.entity.name} ({seen.entity.type}, {len(seen.mentions)} in {len(seen.articles())})"


def merges(found: Sequence[Seen], articles: dict[str, Article], size: int, seed: int) -> Iterator[str]:
    """Pairs of different names of one entity: the name it has and one of the others, with where they stand."""
    pairs = []
    for seen in sorted(found, key=lambda s: s.entity.id):
        by_name: dict[str, Mention] = {}
        for mention in sorted(seen.mentions, key=lambda m: (m.article_id, m.span)):
            by_name.setdefault(normalize_name(mention.text), mention)
        main = by_name.pop(normalize_name(seen.entity.name), None) or next(iter(by_name.values()))
        pairs += [(seen, main, other) for other in by_name.values() if other is not main]
    chosen = pairs if len(pairs) <= size else random.Random(seed).sample(pairs, size)
    yield f"## {len(chosen)} of {len(pairs)} pairs"
    for number, (seen, one, other) in enumerate(chosen, 1):
        yield f"{number:3} {seen.entity.name} ({seen.entity.type}): {one.text!r} = {other.text!r} [{other.rule}]"
        for mention in (one, other):
            yield f"      {mention.article_id[:24]:24} {_around(mention, articles[mention.article_id])}"


def _around(mention: Mention, article: Article, width: int = 70) -> str:
    start, end = max(0, mention.span.start - width), mention.span.end + width
    before, after = article.text[start : mention.span.start], article.text[mention.span.end : end]
    return " ".join(f"{before}[{mention.text}]{after}".split())


def split(found: Sequence[Seen], knowledge: Knowledge, size: int, seed: int) -> Iterator[str]:
    """Pairs of entities of one group whose names end alike and that are not one."""
    by_last: dict[tuple[str, str], list[Seen]] = defaultdict(list)
    for seen in sorted(found, key=lambda s: s.entity.id):
        group = next((g for g, cls in GROUPS.items() if knowledge.is_a(seen.entity.type, cls)), "")
        if group:
            by_last[group, normalize_name(seen.entity.name).split()[-1]].append(seen)
    pairs = [(a, b) for _, same in sorted(by_last.items()) for i, a in enumerate(same) for b in same[i + 1 :]]
    chosen = pairs if len(pairs) <= size else random.Random(seed).sample(pairs, size)
    yield f"## {len(chosen)} of {len(pairs)} pairs"
    yield from (f"{_said(a)}  ≠  {_said(b)}" for a, b in chosen)


def main(arguments: Sequence[str] | None = None) -> None:
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("list", choices=("top", "alike", "merges", "split"))
    made.add_argument("output", type=Path, help="the folder of a graph that kg build made")
    made.add_argument("--size", type=int, default=100, help="how many lines at most, of each group for top")
    made.add_argument("--seed", type=int, default=1, help="which random sample")
    made.add_argument(
        "--again", action="store_true", help="resolve anew, with this checkout's rules, what was extracted"
    )
    options = made.parse_args(arguments)
    graph = open_graph(options.output)
    knowledge = load_knowledge(graph.config.ontology_folder)
    read = extractions(graph)
    found = seen_entities(resolve_again(read, knowledge) if options.again else graph.entities(), read)
    lines = {
        "top": lambda: top(found, knowledge, options.size),
        "alike": lambda: alike(found, options.size),
        "merges": lambda: merges(found, {e.article.id: e.article for e in read}, options.size, options.seed),
        "split": lambda: split(found, knowledge, options.size, options.seed),
    }
    for line in lines[options.list]():
        print(line)


if __name__ == "__main__":
    run(main)
