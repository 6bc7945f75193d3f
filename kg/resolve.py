"""Article-wide chains of mentions become corpus-wide entities, each merge a judgement with its reasons.

Comes in: the extractions of a corpus, in any order, and the user's decisions. Goes out: entities and judgements, which
depend on the set of extractions alone, so that adding an article and removing it again leaves no trace. Chains are never
split here, and precision comes before recall: what could be either of two stays apart.

    extractions | chains | profiles (one per name) | features (kg.compare) | union under blockers | entities
"""

from __future__ import annotations

import heapq
import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from kg.compare import (
    BLOCKERS,
    FEATURES,
    Chain,
    Feature,
    Keys,
    NameLore,
    Profile,
    checked,
    is_calling,
    is_compatible,
    is_generic,
    is_of_some_state,
    load_lore,
    make_chain,
    mentions_by_chain,
    most_frequent,
    normalize_name,
    stands_alone,
)
from kg.errors import InputError
from kg.lexicon import Knowledge, load_knowledge
from kg.model import Entity, Extraction, Judgement, Link, Referent, content_id
from kg.shortened import with_long_forms
from kg.whose import with_offices, with_owners

_MOST_PEERS = 40
"""How many profiles of one entity a new one is held against before the two are united."""

_CONTEXT_ARTICLES = 20
"""In how many of its articles a profile's context is looked up."""

_UBIQUITOUS = 0.2
"""A name in more than this share of all articles says nothing about the context."""

_OUTVOTED = 3
"""A name of several words whose class is told so many times as often as another is of that class everywhere."""


# --- what the user decided --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Decisions:
    """A user's own verdicts: pairs of names, IRIs or chain keys that are the same or different whatever the rules say."""

    same: tuple[tuple[str, str], ...] = ()
    different: tuple[tuple[str, str], ...] = ()


def load_decisions(path: Path | str) -> Decisions:
    """Read a decisions file: `same` or `different`, a tab, a name or IRI, a tab, another; `#` begins a comment line.

    Raises:
        InputError: the file cannot be read, or a line is not of that form; the message names the line.
    """
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"decisions cannot be read: {error}", where=str(path), hint="name a UTF-8 text file"
        ) from error
    pairs: dict[str, list[tuple[str, str]]] = {"same": [], "different": []}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) != 3 or cells[0] not in pairs or not all(cells):
            hint = "write same or different, a tab, a name or IRI, a tab, another"
            raise InputError("not a decision", where=f"{path}:{number}", hint=hint)
        pairs[cells[0]].append((min(cells[1:]), max(cells[1:])))
    return Decisions(tuple(sorted(set(pairs["same"]))), tuple(sorted(set(pairs["different"]))))


# --- result -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Resolution:
    """The entities of a corpus, sorted by id, the judgements that made them, sorted, and the things they are linked to."""

    entities: tuple[Entity, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    referents: tuple[Referent, ...] = ()
    _by_chain: Mapping[str, Entity] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_chain = {member: entity for entity in self.entities for member in entity.members}
        object.__setattr__(self, "_by_chain", MappingProxyType(by_chain))

    @property
    def entity_of(self) -> Mapping[str, Entity]:
        """`chain_key(mention)` -> its entity."""
        return self._by_chain


LinkChains = Callable[[Extraction], Mapping[str, Sequence[Link]]]
"""What gives the links of an article's chains: `kg.link.Linker.links`."""


def resolve_entities(
    extractions: Iterable[Extraction],
    *,
    decisions: Decisions | None = None,
    knowledge: Knowledge | None = None,
    link: LinkChains | None = None,
) -> Resolution:
    """Group the chains of all articles into entities.

    Args:
        extractions: one per article, in any order.
        decisions: verdicts of the user, which override every rule.
        knowledge: the ontology and lexica; by default those that ship.
        link: links chains to things outside the articles; what is linked to one thing is one entity.

    Raises:
        OntologyError: the lexicon of names is missing or wrong.
    """
    knowledge = knowledge or load_knowledge()
    lore = load_lore(knowledge)
    chains: list[Chain] = []
    links: dict[str, tuple[Link, ...]] = {}
    for extraction in extractions:
        found = link(extraction) if link else {}
        links |= {key: tuple(each) for key, each in found.items()}
        chains += _read_chains(extraction, found, knowledge, lore, knows_places=link is not None)
    chains.sort(key=lambda chain: chain.key)
    verdicts = decisions or Decisions()
    profiles = list(_profiles(chains, lore, _told_apart(verdicts)))
    clusters = _Clusters(profiles, lore)
    clusters.decide(verdicts, chains)
    for feature in FEATURES:
        clusters.apply(feature)
    return _resolution(chains, links, clusters, lore)


def _read_chains(
    extraction: Extraction,
    links: Mapping[str, Sequence[Link]],
    knowledge: Knowledge,
    lore: NameLore,
    *,
    knows_places: bool,
) -> Iterator[Chain]:
    grouped = mentions_by_chain(extraction)
    text = extraction.article.text
    chains = {key: checked(make_chain(key, mentions), mentions, text, lore) for key, mentions in grouped.items()}
    chains = with_owners(extraction, chains, grouped, knowledge, lore)
    chains = with_offices(text, chains, grouped, knowledge, lore)
    sure = {key for key, each in links.items() if any(link.verdict == "same" for link in each)}
    known = links.keys() if knows_places else None
    for key, chain in with_long_forms(extraction, chains, grouped, sure, knowledge, lore, known=known).items():
        is_other = chain is not chains[key] and not knowledge.is_a(
            chain.type, "Place"
        )  # the article says it is no place
        yield chain if is_other else _linked_chain(chain, links.get(key, ()), knowledge, lore)


def _linked_chain(chain: Chain, links: Sequence[Link], knowledge: Knowledge, lore: NameLore) -> Chain:
    sure = [link.referent for link in links if link.verdict == "same"]
    if sure:
        cls = next(
            (c for r in sure if (c := _told_class(chain.type, r.type, knowledge, lore)) != chain.type), chain.type
        )
        referents = frozenset((referent.source, referent.key) for referent in sure)
        return replace(chain, type=cls, is_named=True, referents=referents)
    if links:
        maybe = (links[0].referent.source, " or ".join(link.referent.key for link in links))
        told = {link.referent.type for link in links}  # it may be either of two regions, but a region
        cls = _told_class(chain.type, told.pop(), knowledge, lore) if told == {"Region"} else chain.type
        return replace(chain, type=cls, maybe=maybe)
    return chain


def _told_class(cls: str, told: str, knowledge: Knowledge, lore: NameLore) -> str:
    """The class that a referent gives to what an article calls a `cls`: "Virginia" is a region whatever its reader took it for.

    A class below the referent's stays, and so does a region that the referent calls a city: papers know quarters and islands.
    """
    if told in lore.vague or knowledge.is_a(cls, told) or (told == "City" and cls == "Region"):
        return cls
    return told


def _resolution(
    chains: Sequence[Chain], links: Mapping[str, Sequence[Link]], clusters: _Clusters, lore: NameLore
) -> Resolution:
    by_key = {chain.key: chain for chain in chains}
    entities = [_entity([by_key[key] for key in group], links, lore) for group in clusters.groups()]
    named = {key for entity in entities for key in entity.members}
    entities += [_entity([chain], links, lore) for chain in chains if chain.key not in named]
    judgements = [judgement for profile in clusters.profiles for judgement in _exact(profile, by_key, lore)]
    judgements += [judgement for entity in entities for judgement in _link_judgements(entity, links)]
    order = sorted({*judgements, *clusters.judgements}, key=lambda j: (j.left, j.right, j.verdict, j.reasons))
    referents = {link.referent.key: link.referent for each in links.values() for link in each if link.verdict == "same"}
    return Resolution(
        tuple(sorted(entities, key=lambda entity: entity.id)),
        tuple(order),
        tuple(referent for _, referent in sorted(referents.items())),
    )


def _link_judgements(entity: Entity, links: Mapping[str, Sequence[Link]]) -> Iterator[Judgement]:
    """One judgement for each way in which an entity's articles link it to a thing."""
    told = set()
    for key in entity.members:
        for link in links.get(key, ()):
            if (link.referent.key, link.verdict, link.reasons) not in told:
                told.add((link.referent.key, link.verdict, link.reasons))
                yield Judgement(key, link.referent.key, link.verdict, link.score, link.reasons)


# --- profiles ---------------------------------------------------------------------------------------------------------


def _profiles(chains: Sequence[Chain], lore: NameLore, apart: frozenset[str]) -> Iterator[Profile]:
    """Chains of equal names and compatible classes as one profile.

    A name that does not say whose ("Foreign Ministry") or who ("Kim") makes a profile of its own in each article.
    """
    by_name: dict[tuple[str, str], list[Chain]] = defaultdict(list)
    for chain in chains:
        if chain.is_named:
            normal = normalize_name(chain.name)
            is_local = is_generic(chain.name, lore) or stands_alone(chain.name, chain.type, lore)
            own = chain.key if chain.key in apart else _linked_to(chain) or (chain.article_id if is_local else "")
            by_name[normal, own].append(chain)
    for (normal, _), namesakes in sorted(by_name.items()):
        for group in _split_by_class(normal, namesakes, lore):
            yield _profile(normal, group)


def _linked_to(chain: Chain) -> str:
    """What parts namesakes before all else."""
    sure = " ".join(sorted(key for _, key in chain.referents))
    return sure or (f"? {chain.maybe[1]}" if chain.maybe else "")


def _profile(normal: str, chains: Sequence[Chain]) -> Profile:
    others = {normalize_name(text) for chain in chains for text in chain.texts} - {normal}
    return Profile(
        key=chains[0].key,
        name=most_frequent(chain.name for chain in chains),
        words=tuple(normal.split()),
        types=frozenset(_leading_classes(chains)),
        articles=frozenset(chain.article_id for chain in chains),
        chains=tuple(chain.key for chain in chains),
        others=frozenset(others),
        referents=frozenset(pair for chain in chains for pair in chain.referents),
        offices=frozenset(office for chain in chains for office in chain.offices),
        maybe=chains[0].maybe,
    )


def _leading_classes(chains: Sequence[Chain]) -> set[str]:
    """The classes of chains, without those that are outvoted."""
    counts = Counter(chain.type for chain in chains)
    most = max(counts.values())
    return {cls for cls, count in counts.items() if count * _OUTVOTED > most}


def _split_by_class(normal: str, chains: Sequence[Chain], lore: NameLore) -> list[list[Chain]]:
    """Namesakes parted where their classes cannot be one thing's; a vague class joins the most frequent that fits.

    A name of several words is seldom shared across kinds: there a class far outvoted is taken for a slip of the reader.
    """
    counts = Counter(chain.type for chain in chains)
    homes: list[set[str]] = []
    for cls in sorted(counts, key=lambda c: (c in lore.vague, -counts[c], -len(lore.superclasses.get(c, ())), c)):
        home = next((h for h in homes if all(is_compatible(cls, other, lore) for other in h)), None)
        if home is None and " " in normal:
            outvoting = (h for h in homes if _is_outvoted(cls, h, counts, lore))
            home = next(outvoting, None)
        if home is None:
            homes.append({cls})
        else:
            home.add(cls)
    return [[chain for chain in chains if chain.type in home] for home in homes]


def _is_outvoted(cls: str, home: set[str], counts: Mapping[str, int], lore: NameLore) -> bool:
    def is_place(name: str) -> bool:
        return name == "Place" or "Place" in lore.superclasses.get(name, ())

    both_places = is_place(cls) and all(is_place(other) for other in home)  # a city may share its region's name
    return not both_places and sum(counts[other] for other in home) >= _OUTVOTED * counts[cls]


def _exact(profile: Profile, by_key: Mapping[str, Chain], lore: NameLore) -> Iterator[Judgement]:
    first, *others = profile.chains
    same_name = (f"same name: {profile.normal}",)
    for other in others:
        left, right = by_key[first].type, by_key[other].type
        whose = tuple(sorted({by_key[key].whose for key in (first, other)} - {""}))
        if whose:
            yield Judgement(first, other, "same", 0.9, (f"same body: {profile.name}", *whose))
        elif is_compatible(left, right, lore):
            yield Judgement(first, other, "same", 1.0, same_name)
        else:
            slip = f"{profile.name} is mostly {' or '.join(sorted(profile.types))}, so {left} and {right} are one"
            yield Judgement(first, other, "same", 0.85, (*same_name, slip))


# --- clusters ---------------------------------------------------------------------------------------------------------


class _Clusters:
    """Profiles united step by step, strongest features first; a union that a blocker speaks against is not made."""

    def __init__(self, profiles: Sequence[Profile], lore: NameLore) -> None:
        self.profiles = sorted(profiles, key=lambda profile: profile.key)
        self.lore = lore
        self.judgements: list[Judgement] = []
        self._parent = list(range(len(self.profiles)))
        self._members = [[i] for i in range(len(self.profiles))]
        self._articles = [set(profile.articles) for profile in self.profiles]
        self._foes: list[set[int]] = [set() for _ in self.profiles]
        self._institutions = [i for i, profile in enumerate(self.profiles) if is_of_some_state(profile, lore)]
        self._telling = [i for i, profile in enumerate(self.profiles) if not is_generic(profile.name, lore)]
        self._limit = max(10.0, len({a for p in self.profiles for a in p.articles}) * _UBIQUITOUS)
        self._contexts: dict[int, frozenset[int]] = {}
        self._roots: list[int] = []
        self._everywhere: set[int] = set()
        self._by_article: dict[str, list[int]] = defaultdict(list)
        for i, profile in enumerate(self.profiles):
            for article in profile.articles:
                self._by_article[article].append(i)

    def groups(self) -> Iterator[list[str]]:
        """The chain keys of each entity."""
        for i, members in enumerate(self._members):
            if self._parent[i] == i:
                yield sorted(key for member in members for key in self.profiles[member].chains)

    def find(self, i: int) -> int:
        while self._parent[i] != i:
            self._parent[i] = self._parent[self._parent[i]]
            i = self._parent[i]
        return i

    def _join(self, left: int, right: int) -> None:
        keep, gone = sorted((self.find(left), self.find(right)), key=lambda i: (-len(self._members[i]), i))
        self._parent[gone] = keep
        self._members[keep] += self._members[gone]
        self._articles[keep] |= self._articles[gone]
        self._foes[keep] |= self._foes[gone]
        self._members[gone], self._articles[gone], self._foes[gone] = [], set(), set()

    # decisions

    def decide(self, decisions: Decisions, chains: Sequence[Chain]) -> None:
        """Unite and part what the user says; `different` wins over rules, `same` over blockers."""
        if not (decisions.same or decisions.different):
            return
        names = _Names(self.profiles, chains)
        for left, right in decisions.different:
            for i in names.profiles_of(left):
                for j in names.profiles_of(right):
                    if i != j:
                        self._foes[i].add(j)
                        self._foes[j].add(i)
                        self._judge(i, j, "different", 1.0, f"decided by the user: {left}, {right}")
        for left, right in decisions.same:
            ends = [*names.profiles_of(left), *names.profiles_of(right)]
            for i, j in itertools.pairwise(ends):
                if self.find(i) != self.find(j) and not self._are_foes(i, j):
                    self._join(i, j)
                    self._judge(i, j, "same", 1.0, f"decided by the user: {left}, {right}")

    def _are_foes(self, i: int, j: int) -> bool:
        left, right = self.find(i), self.find(j)
        return any(self.find(foe) == right for foe in self._foes[left])

    # features

    def apply(self, feature: Feature) -> None:
        self._contexts.clear()  # they change as entities grow, but little within one feature
        self._roots = [self.find(i) for i in range(len(self.profiles))]
        known = {root for root in set(self._roots) if len(self._articles[root]) > self._limit}
        self._everywhere = known | {self._roots[i] for i in self._institutions}
        if feature.is_spelling:
            self._unite_spellings(feature)
        else:
            self._unite_short_forms(feature)

    def _keys(self, keys: Keys, takes_all: bool = False) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for i in range(len(self.profiles)) if takes_all else self._telling:
            for key in dict.fromkeys(keys(self.profiles[i], self.lore)):
                found[key].append(i)
        return found

    def _unite_spellings(self, feature: Feature) -> None:
        """All profiles of one key, each with the first entity among them that takes it."""
        bearers = self._keys(feature.unless) if feature.unless else {}
        for key, found in sorted(self._keys(feature.short, feature.is_sure or feature.is_general).items()):
            if len({self.find(i) for i in bearers.get(key, ())}) > 1:
                continue
            homes: list[int] = []
            for i in found:
                home = next((j for j in homes[:_MOST_PEERS] if self._agree(i, j, feature)), None)
                if home is None:
                    homes.append(i)
                else:
                    self._unite(i, home, feature, key)

    def _agree(self, i: int, j: int, feature: Feature) -> bool:
        if self.find(i) == self.find(j):
            return True
        if self._blocked(i, j, feature) or not self._are_alike(i, j, feature):
            return False
        if not feature.needs_context:
            return True
        peers = self._members[self.find(j)][:_MOST_PEERS]  # the company of any of them will do
        return any(len(self._shared(i, peer)) >= feature.company for peer in (j, *peers))

    def _are_alike(self, i: int, j: int, feature: Feature) -> bool:
        return feature.alike is None or feature.alike(self.profiles[i], self.profiles[j], self.lore)

    def _unite_short_forms(self, feature: Feature) -> None:
        """Each short form with the one entity whose full form it fits."""
        full = self._keys(feature.full)
        unions = []
        for key, shorts in sorted(self._keys(feature.short, feature.is_general).items()):
            for i in shorts:
                fits = [j for j in full.get(key, ()) if self.find(j) != self.find(i) and self._are_alike(i, j, feature)]
                if feature.company > 1:  # who is seen in other company does not even come into question
                    fits = [j for j in fits if len(self._shared(i, j)) >= feature.company]
                    fits += [rival for j in fits for rival in self._rivals(j, full[key])]
                open_to = [j for j in fits if not self._blocked(i, j, feature)]
                if not open_to:
                    continue
                if len({self.find(j) for j in fits}) > 1:
                    self._doubt(i, fits, feature, key)
                    continue
                with_context = [j for j in open_to if not feature.needs_context or self._shared(i, j)]
                if with_context:
                    unions.append((i, with_context[0], key))
        for i, j, key in unions:
            if self.find(i) != self.find(j) and not self._blocked(i, j, feature):
                self._unite(i, j, feature, key)

    def _rivals(self, i: int, fits: Sequence[int]) -> list[int]:
        """Those of other entities that an article names beside a profile."""
        own = self.profiles[i].articles
        return [j for j in fits if self.find(j) != self.find(i) and not own.isdisjoint(self.profiles[j].articles)]

    def _doubt(self, i: int, fits: Sequence[int], feature: Feature, key: str) -> None:
        ends = sorted({self.find(j) for j in fits})
        if len(ends) <= 3:
            known = ", ".join(sorted({self.profiles[j].name for j in ends}))
            for j in ends:
                self._judge(i, j, "unsure", feature.weight / len(ends), f"{feature.reason}: {key}", f"could be {known}")

    def _blocked(self, i: int, j: int, feature: Feature) -> str:
        """Why two profiles' entities cannot be one, or ""."""
        left, right = self.find(i), self.find(j)
        if self._are_foes(i, j):
            return "decided by the user"
        if not feature.may_meet and not self._articles[left].isdisjoint(self._articles[right]):
            return "one article tells them apart"
        if feature.is_sure:
            return ""
        for a in self._members[left][:_MOST_PEERS]:
            for b in self._members[right][:_MOST_PEERS]:
                for blocker in BLOCKERS:
                    if reason := blocker(self.profiles[a], self.profiles[b], self.lore):
                        return reason
        return ""

    def _unite(self, i: int, j: int, feature: Feature, key: str) -> None:
        if self.find(i) == self.find(j):
            return
        reasons = [f"{feature.reason}: {key}"]
        if feature.needs_context:
            reasons.append(f"both with {', '.join(self._shared(i, j)[:3])}")
        self._join(i, j)
        self._judge(i, j, "same", feature.weight, *reasons)

    def _shared(self, i: int, j: int) -> list[str]:
        """What articles of both profiles mention and not all the world mentions, by name."""
        return sorted({self.profiles[root].name for root in self._context(i) & self._context(j)})

    def _context(self, i: int) -> frozenset[int]:
        if i not in self._contexts:
            own, roots = self._roots[i], self._roots
            found = {
                roots[other]
                for article in heapq.nsmallest(_CONTEXT_ARTICLES, self.profiles[i].articles)
                for other in self._by_article[article]
            }
            self._contexts[i] = frozenset(found - self._everywhere - {own})
        return self._contexts[i]

    def _judge(self, i: int, j: int, verdict: str, score: float, *reasons: str) -> None:
        left, right = sorted((self.profiles[i].key, self.profiles[j].key))
        assert verdict in ("same", "different", "unsure")
        self.judgements.append(Judgement(left, right, verdict, round(score, 3), reasons))  # type: ignore[arg-type]


# --- names and IRIs in decisions --------------------------------------------------------------------------------------


def _told_apart(decisions: Decisions) -> frozenset[str]:
    """Terms that single out a chain or an entity id: such chains do not merge by their mere name."""
    return frozenset(term for pair in decisions.different for term in pair if "#" in term and "//" not in term)


class _Names:
    """What a decision's term means: a chain key, an entity's IRI, or a name with all its spellings."""

    def __init__(self, profiles: Sequence[Profile], chains: Sequence[Chain]) -> None:
        self._by_name: dict[str, list[int]] = defaultdict(list)
        self._by_chain: dict[str, int] = {}
        self._by_id: dict[str, int] = {}
        for i, profile in enumerate(profiles):
            self._by_name[profile.normal].append(i)
            for key in profile.chains:
                self._by_chain[key] = i
                self._by_id[content_id(key)[:8]] = i

    def profiles_of(self, term: str) -> list[int]:
        if term in self._by_chain:
            return [self._by_chain[term]]
        local = term.rpartition("/id/")[2] if "://" in term else term
        name, *class_and_id = local.split("__")
        if class_and_id and class_and_id[-1][:8] in self._by_id:
            return [self._by_id[class_and_id[-1][:8]]]
        return self._by_name.get(normalize_name(name.replace("_", " ")), [])


# --- entities ---------------------------------------------------------------------------------------------------------


def _entity(chains: Sequence[Chain], links: Mapping[str, Sequence[Link]], lore: NameLore) -> Entity:
    told = [chain for chain in chains if chain.referents] or chains  # a link knows the class better than a reader
    counts = Counter(chain.type for chain in told)
    general = {above for cls in counts for above in lore.superclasses.get(cls, ())}
    name = _best_name(chains, lore)
    aliases = {text for chain in chains for text in (chain.name, *chain.texts) if text} - {name}
    members = tuple(sorted(chain.key for chain in chains))
    referents = [link.referent for key in members for link in links.get(key, ()) if link.verdict == "same"]
    return Entity(
        id=content_id(members[0]),
        type=most_frequent(chain.type for chain in told if chain.type not in general),
        name=name,
        aliases=tuple(sorted(aliases)),
        members=members,
        external_ids=tuple(sorted({referent.iri for referent in referents if referent.iri})),
        referents=tuple(sorted({referent.key for referent in referents})),
    )


def _best_name(chains: Sequence[Chain], lore: NameLore) -> str:
    """The most frequent full name without a title: neither "Weber" nor "Dr. Anna Weber" where "Anna Weber" is said too."""
    chains = _without_kinds(chains, lore)
    longest = max(len(normalize_name(chain.name).split()) for chain in chains)
    full = [chain.name for chain in chains if longest == 1 or len(normalize_name(chain.name).split()) > 1]
    told = {chain.name for chain in chains if not chain.whose}
    full = [
        name for name in full if name in told
    ] or full  # "U.S. Army" is said, "Army of the United States" was made up
    plain = [name for name in full if not _is_titled(normalize_name(name).split(), lore)]
    return most_frequent(plain or full)


def _without_kinds(chains: Sequence[Chain], lore: NameLore) -> Sequence[Chain]:
    """The chains but those whose name says no more than the kind of what another names: "State of Texas" beside "Texas"."""
    if len({chain.name for chain in chains}) == 1:
        return chains
    kinds = (*lore.before_region, *lore.before_city)
    longer = {f"{kind} {normalize_name(chain.name)}" for chain in chains for kind in kinds}
    return [chain for chain in chains if normalize_name(chain.name) not in longer] or chains


def _is_titled(words: Sequence[str], lore: NameLore) -> bool:
    return words[0] in lore.honorifics or (len(words) > 2 and is_calling(words[0], lore))
