"""Article-wide chains of mentions become corpus-wide entities, each merge a judgement with its reasons.

Comes in: the extractions of a corpus, in any order. Goes out: entities and judgements, which depend on the set of
extractions alone, so that adding an article and removing it again leaves no trace. Chains are never split here.
"""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from kg.compare import is_compatible, normalize_name
from kg.model import Entity, Extraction, Judgement, Mention, chain_key, content_id

_STAND_INS = frozenset({"demonym", "metonym"})
"""Rules of mentions whose words name something else ("Moscow" for Russia): they are no aliases."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """A user's own verdicts: pairs of names or IRIs that are the same or different whatever the rules say."""

    same: tuple[tuple[str, str], ...] = ()
    different: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """The entities of a corpus, sorted by id, and the judgements that made them, sorted."""

    entities: tuple[Entity, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    _by_chain: Mapping[str, Entity] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_chain = {member: entity for entity in self.entities for member in entity.members}
        object.__setattr__(self, "_by_chain", MappingProxyType(by_chain))

    @property
    def entity_of(self) -> Mapping[str, Entity]:
        """`chain_key(mention)` -> its entity."""
        return self._by_chain


@dataclass(frozen=True, slots=True)
class Chain:
    """What one article says of one thing: its best name there, its class and the words that stand for it."""

    key: str
    article_id: str
    name: str
    type: str
    is_named: bool
    texts: tuple[str, ...]


def resolve_entities(
    extractions: Iterable[Extraction],
    *,
    decisions: Decisions | None = None,
    superclasses: Mapping[str, tuple[str, ...]] | None = None,
) -> Resolution:
    """Group the chains of all articles into entities.

    Args:
        extractions: one per article, in any order.
        decisions: verdicts of the user, which override every rule.
        superclasses: class -> all classes above it; two chains merge only when their classes agree by it.
    """
    classes = superclasses or {}
    chains = sorted((c for e in extractions for c in _chains(e)), key=lambda chain: chain.key)
    entities: list[Entity] = []
    judgements: list[Judgement] = []
    by_name: dict[str, list[Chain]] = defaultdict(list)
    for chain in chains:
        if chain.is_named:
            by_name[normalize_name(chain.name)].append(chain)
        else:
            entities.append(_entity([chain], classes))
    for name, namesakes in sorted(by_name.items()):
        for group in _split_by_type(namesakes, classes):
            entities.append(_entity(group, classes))
            judgements += _exact(name, group)
    return Resolution(
        tuple(sorted(entities, key=lambda entity: entity.id)),
        tuple(sorted(judgements, key=lambda j: (j.left, j.right))),
    )


def _chains(extraction: Extraction) -> Iterator[Chain]:
    grouped: dict[str, list[Mention]] = defaultdict(list)
    for mention in extraction.mentions:
        grouped[chain_key(mention)].append(mention)
    for key, mentions in grouped.items():
        named = [m for m in mentions if m.kind == "name"]
        nominal = [m for m in mentions if m.kind == "nominal"]
        texts = [m.text for m in named if m.rule not in _STAND_INS] or [
            m.text for m in nominal or mentions if not named
        ]
        yield Chain(
            key=key,
            article_id=mentions[0].article_id,
            name=_most_frequent(m.name or m.text for m in mentions),
            type=_most_frequent(m.type for m in mentions),
            is_named=bool(named),
            texts=tuple(sorted(set(texts))),
        )


def _most_frequent(words: Iterable[str]) -> str:
    """The most frequent of the words; of those the longest; of those the first in the alphabet."""
    counts = Counter(words)
    return min(counts, key=lambda word: (-counts[word], -len(word), word))


def _split_by_type(chains: Sequence[Chain], superclasses: Mapping[str, tuple[str, ...]]) -> list[list[Chain]]:
    """Namesakes parted where their classes cannot be one thing's; a vague class joins the most frequent that fits."""
    counts = Counter(chain.type for chain in chains)
    depth = functools.cache(lambda cls: len(superclasses.get(cls, ())))
    groups: list[tuple[str, list[Chain]]] = []
    for cls in sorted(counts, key=lambda c: (-depth(c), -counts[c], c)):
        members = [chain for chain in chains if chain.type == cls]
        home = next((group for kind, group in groups if is_compatible(kind, cls, superclasses)), None)
        if home is None:
            groups.append((cls, members))
        else:
            home += members
    return [sorted(group, key=lambda chain: chain.key) for _, group in groups]


def _entity(chains: Sequence[Chain], superclasses: Mapping[str, tuple[str, ...]]) -> Entity:
    counts = Counter(chain.type for chain in chains)
    general = {above for cls in counts for above in superclasses.get(cls, ())}
    specific = [chain.type for chain in chains if chain.type not in general]
    name = _most_frequent(chain.name for chain in chains)
    aliases = {text for chain in chains for text in (chain.name, *chain.texts)} - {name}
    members = tuple(sorted(chain.key for chain in chains))
    return Entity(
        id=content_id(members[0]),
        type=_most_frequent(specific),
        name=name,
        aliases=tuple(sorted(aliases)),
        members=members,
    )


def _exact(name: str, chains: Sequence[Chain]) -> Iterator[Judgement]:
    first, *others = chains
    for other in others:
        yield Judgement(first.key, other.key, "same", 1.0, (f"same name: {name}",))
