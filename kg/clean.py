"""Sets apart what is not the story: article -> the same article with its page furniture marked as asides.

No character of the text changes, so that offsets hold; `Article.story` blanks the asides out. A line is furniture by its
words (`kg.furniture`) or by its place: what has no full stop before the first and after the last paragraph of the story,
headings between, what stands twice, captions beside credits, lists of teasers under their heading.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.furniture import (
    Dateline,
    Furniture,
    Line,
    ends_sentence,
    find_date,
    is_byline,
    is_cut_short,
    is_date_line,
    load_furniture,
    split_lines,
)
from kg.lexicon import load_knowledge
from kg.model import Article, Aside, Span

_SHINGLE = 4
_MOST = 50
"""How many captions, copies or items of a list are looked at; no page has more, but for one made to cost time."""
_BULLETS = "♦•►▶→»*·👉📩📱 "
_OPENERS = ("box", "end", "section")
_WEEKDAY_DATE = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+")


def clean_article(article: Article, *, ontology: Path | None = None) -> Article:
    """Mark the furniture of an article's page as asides, and read its dateline.

    Args:
        article: as read; asides that it already has are replaced.
        ontology: the folder whose `lexicon/furniture.tsv` to use; None takes the one that ships.

    >>> clean_article(Article("a", "Talks end\\n\\nSEOUL—The talks ended on Monday, officials said.\\n\\nShare post:")).story.split()
    ['The', 'talks', 'ended', 'on', 'Monday,', 'officials', 'said.']
    """
    lines = split_lines(article.text)
    page = _Page(article.title or _repeated_headline(lines), lines, load_furniture(ontology))
    page.mark()
    asides = [Aside(line.span, kind) for line, kind in zip(page.lines, page.kinds, strict=True) if kind]
    dateline = article.dateline
    known = _known_places(ontology)
    for number, line in enumerate(page.story()):
        for aside, opener in _parts(line, number == 0, known, page.furniture):
            asides.append(aside)
            dateline = dateline or (opener.place if opener else "")
    asides.sort(key=lambda aside: (aside.span, aside.kind))
    return replace(article, asides=tuple(asides), dateline=dateline)


def _repeated_headline(lines: list[Line]) -> str:
    """What is surely the title of a page that gives none: a headline among its first lines that comes again."""
    texts = [line.text for line in lines]
    headlines = (
        text for text in texts[:8] if len(text.split()) >= 4 and not ends_sentence(text) and texts.count(text) > 1
    )
    return next(headlines, "")


def _known_places(ontology: Path | None) -> frozenset[str]:
    knowledge = load_knowledge(ontology)
    return frozenset(knowledge.by_country_name) | frozenset(knowledge.by_capital)


@dataclass(slots=True)
class _Page:
    """The lines of a page and what each was found to be; "" is the story."""

    title: str
    lines: list[Line]
    furniture: Furniture
    kinds: list[str] = field(default_factory=list)
    openers: dict[int, str] = field(default_factory=dict)
    sentences: list[bool] = field(default_factory=list)

    def story(self) -> list[Line]:
        return [line for line, kind in zip(self.lines, self.kinds, strict=True) if not kind]

    def mark(self) -> None:
        """Decide about every line; the order matters, for later steps look at what earlier ones left."""
        self.kinds = [""] * len(self.lines)
        self.sentences = [_is_sentence(line.text) for line in self.lines]
        self._mark_by_words()
        self._mark_captions()
        self._mark_repeats()
        self._mark_before_repeated_title()
        self._mark_sections()
        if any(self.is_story(i) for i in range(len(self.lines))):
            self._mark_edges()
            self._mark_enclosed()
            self._mark_headings()

    def is_story(self, i: int) -> bool:
        """Whether a line is a paragraph of the story so far."""
        return not self.kinds[i] and self.sentences[i]

    def set_apart(self, i: int, kind: str) -> None:
        if not self.kinds[i]:
            self.kinds[i] = kind

    # What a line is by its own words

    def _mark_by_words(self) -> None:
        for i, line in enumerate(self.lines):
            text = line.text
            if self._is_title(text):
                self.kinds[i] = "title"
            elif is_date_line(text):
                self.kinds[i] = "date"
            elif is_byline(text):
                self.kinds[i] = "byline"
            elif self.furniture.is_agency(text):
                self.kinds[i] = "credit"
            elif len(line.words) <= 70:
                self.kinds[i] = self._lexicon_kind(i, text)

    def _is_title(self, text: str) -> bool:
        title, line = _normal(self.title), _normal(text)
        return bool(title) and (
            line == title or (len(title) > 20 and line.startswith(title) and len(line) < len(title) + 30)
        )

    def _lexicon_kind(self, i: int, text: str) -> str:
        text = text.lstrip(_BULLETS) or text
        for where in _OPENERS:
            if kind := self.furniture.kind_of(text.rstrip(" :>»→"), where):
                self.openers[i] = where
                return kind
        return self.furniture.kind_of(text, "line", "start")

    # Captions

    def _mark_captions(self) -> None:
        for i, line in enumerate(self.lines):
            if not self.kinds[i] and self._ends_in_credit(line):
                self.kinds[i] = "caption"
        for i, kind in enumerate(self.kinds):
            if kind == "credit":
                self._mark_caption_beside(i)
        captions = [_normal(line.text) for line, kind in zip(self.lines, self.kinds, strict=True) if kind == "caption"]
        for i, line in enumerate(self.lines):
            if not self.kinds[i] and 6 <= len(line.words) <= 60:
                text = _normal(line.text)
                if any(text in caption for caption in captions[:_MOST]):
                    self.kinds[i] = "caption"

    def _ends_in_credit(self, line: Line) -> bool:
        """A whole line of caption and credit; where much text stands before the credit, it is the story's."""
        start = self.furniture.credit_start(line.text)
        return start >= 0 and (len(line.words) <= 60 or _count_sentences(line.text[:start]) <= 2)

    def _mark_caption_beside(self, i: int) -> None:
        """The caption of a credit line stands above it; under the bare name of an agency it may stand below."""
        bare = self.furniture.is_agency(self.lines[i].text)
        if i > 0 and not self.kinds[i - 1] and self._could_be_caption(self.lines[i - 1].text, bare):
            self.kinds[i - 1] = "caption"
        elif i + 1 < len(self.lines) and not self.kinds[i + 1] and self._is_caption_below(self.lines[i + 1].text, bare):
            self.kinds[i + 1] = "caption"

    def _is_caption_below(self, text: str, bare: bool) -> bool:
        """`A rescue worker at the mine.`: where the credit comes first, only what lacks a verb is surely no lead."""
        if not ends_sentence(text):
            return bare
        return len(text.split()) <= 20 and text[0] not in '“"' and not self.furniture.has_verb(text)

    def _could_be_caption(self, text: str, bare: bool) -> bool:
        if len(text.split()) > 45 or self.furniture.dateline(text):
            return False
        if not ends_sentence(text):
            return True
        quotes = any(mark in text for mark in '“”"')
        return not bare and not quotes and _count_sentences(text) <= 2 and not self.furniture.tells(text)

    # What stands twice

    def _mark_before_repeated_title(self) -> None:
        """A re-poster's page shows title and teaser, then the copied article with its title again: the teaser goes."""
        titles = [i for i, kind in enumerate(self.kinds) if kind == "title"]
        if len(titles) < 2:
            return
        first, again = titles[0], titles[-1]
        words = [0 if kind else len(line.words) for line, kind in zip(self.lines, self.kinds, strict=True)]
        between, after = sum(words[first:again]), sum(words[again:])
        if after >= 3 * between:
            for i in range(first, again):
                self.set_apart(i, "teaser")

    def _mark_repeats(self) -> None:
        shingles = [_shingles(line.text) for line in self.lines]
        counts = Counter(shingle for each in shingles for shingle in each)
        for i, own in enumerate(shingles):
            unfinished = not ends_sentence(self.lines[i].text) or is_cut_short(self.lines[i].text)
            if not self.kinds[i] and unfinished and len(own) >= 4 and sum(counts[s] > 1 for s in own) >= 0.6 * len(own):
                self.kinds[i] = "teaser"
        self._mark_copies(shingles)

    def _mark_copies(self, shingles: list[frozenset[str]]) -> None:
        """Of two equal paragraphs one goes, and a sentence that a longer paragraph holds as well."""
        holders: dict[str, list[int]] = {}
        for i, own in enumerate(shingles):
            for shingle in own:
                holders.setdefault(shingle, []).append(i)
        for i, own in enumerate(shingles):
            if self.kinds[i] or len(own) < 4:
                continue
            for j in [j for j in holders[min(own)] if j != i][:_MOST]:
                if not self.kinds[j] and own <= shingles[j] and self._is_copy(i, j):
                    self.kinds[i] = "teaser"
                    break

    def _is_copy(self, i: int, j: int) -> bool:
        copy, other = _normal(self.lines[i].text), _normal(self.lines[j].text)
        if copy != other:
            return copy in other
        low, high = min(i, j), max(i, j)
        starts_between = any(kind in {"title", "byline", "date"} for kind in self.kinds[low + 1 : high])
        return i == (low if starts_between else high)

    # Sections of other things

    def _mark_sections(self) -> None:
        covered = 0
        for i, where in sorted(self.openers.items()):
            if where == "box":
                self._mark_box(i, self.kinds[i])
            elif i >= covered:
                covered = len(self.lines) if where == "end" and self._ends_page(i) else self._section_end(i)
                for j in range(i + 1, covered):
                    self.set_apart(j, self.kinds[i])

    def _mark_box(self, i: int, kind: str) -> None:
        if i + 1 == len(self.lines):
            return
        text = self.lines[i + 1].text
        about_author = kind == "byline" and len(text.split()) <= 80
        if about_author and not ends_sentence(text) and i + 2 < len(self.lines):
            self.set_apart(i + 2, kind)
        if about_author or (len(text.split()) <= 45 and ("?" in text or not ends_sentence(text))):
            self.set_apart(i + 1, kind)

    def _ends_page(self, i: int) -> bool:
        """Whether more of the story stands before this heading than after it."""
        words = [len(line.words) if self.is_story(j) else 0 for j, line in enumerate(self.lines)]
        return sum(words[:i]) > sum(words[i:])

    def _section_end(self, i: int) -> int:
        """Where the story goes on after a heading like "Related": the first line that is no headline and no summary.

        Where two paragraphs in a row come later, the story goes on with the first paragraph; else headlines and
        one-paragraph summaries take turns.
        """
        size = len(self.lines)
        before = any(self.is_story(j) for j in range(i))
        goes_on = any(self._is_long(j) and self._is_long(j + 1) for j in range(i + 1, size - 1))
        summaries = 0
        for j in range(i + 1, size):
            if self.kinds[j] or not self._is_long(j):
                continue
            after_headline = j > i + 1 and not self.sentences[j - 1]
            more_follows = any(not self.kinds[k] for k in range(j + 1, size))
            if goes_on or not before or not after_headline or (not more_follows and not summaries):
                return j
            summaries += 1
        return size

    def _is_long(self, j: int) -> bool:
        return self.is_story(j) and len(self.lines[j].words) >= 8

    # Before, after and between the paragraphs of the story

    def _mark_edges(self) -> None:
        """The head: all before the first paragraph. The tail: all after the last, and bios of the author."""
        for i in range(len(self.lines)):
            if self.is_story(i):
                break
            self.set_apart(i, "heading")
        for i in reversed(range(len(self.lines))):
            if self.is_story(i) and self._is_bio(i):
                self.kinds[i] = "byline"
            elif self.is_story(i) or self._is_unfinished_end(i):
                break
            else:
                self.set_apart(i, "other")

    def _mark_enclosed(self) -> None:
        """What has no full stop between two lines of one piece of furniture belongs to it."""
        for i in range(1, len(self.lines) - 1):
            before, after = self.kinds[i - 1], self.kinds[i + 1]
            if before and before == after and not ends_sentence(self.lines[i].text):
                self.set_apart(i, before)

    def _is_unfinished_end(self, i: int) -> bool:
        """A last paragraph that lost its full stop, or an item of a list: still the story's."""
        text = self.lines[i].text
        if self.kinds[i] or is_cut_short(text):
            return False
        follows_story = i > 0 and (self.is_story(i - 1) and len(text.split()) >= 15)
        return follows_story or self._is_item(i)

    def _is_bio(self, i: int) -> bool:
        text = self.lines[i].text
        if not self.furniture.kind_of(text, "tail"):
            return False
        surname = re.split(r",? (?:is|was|has|covers|writes|reports|joined)\b", text)[0].split()[-1]
        return not any(surname in self.lines[j].words for j in range(i) if self.is_story(j))

    def _is_item(self, i: int) -> bool:
        """An item of a list that a line ending in a colon opens, however many items stand before it."""
        j = i - 1
        while j > i - _MOST and j >= 0 and not self.kinds[j] and not ends_sentence(self.lines[j].text):
            j -= 1
        return j >= 0 and not self.kinds[j] and self.lines[j].text.rstrip().endswith(":")

    def _mark_headings(self) -> None:
        for i, line in enumerate(self.lines):
            text = line.text
            if self.kinds[i] or text[0].islower() or text[0] in '“"‘' or self._is_item(i):
                continue
            is_question = text.endswith("?") and len(line.words) <= 8
            if is_question or (len(line.words) <= 15 and not ends_sentence(text)):
                self.kinds[i] = "heading"


def _parts(
    line: Line, first: bool, known: frozenset[str], furniture: Furniture
) -> Iterator[tuple[Aside, Dateline | None]]:
    """The furniture inside a paragraph of the story: what opens it, the credit at its end, buttons and addresses."""
    start = 0
    if opening := furniture.kicker(line.raw):
        start = opening.end
        yield Aside(_shifted(opening, line, 0), "heading"), None
    date = find_date(line.raw[start:]) if first and _WEEKDAY_DATE.match(line.raw[start:]) else None
    if date and date.start() == 0 and re.match(r"\s+[A-Z]", line.raw[start + date.end() :]):
        yield Aside(_shifted(Span(0, date.end()), line, start), "date"), None
    dateline = furniture.dateline(line.raw[start:], known if first else frozenset())
    if dateline and (first or dateline.place):
        yield Aside(_shifted(dateline.span, line, start), "dateline"), dateline
    credit = furniture.credit_start(line.raw)
    if credit > start:
        yield Aside(_shifted(Span(credit, len(line.raw)), line, 0), "credit"), None
    for span, kind in furniture.inline(line.raw):
        yield Aside(_shifted(span, line, 0), kind), None


def _shifted(span: Span, line: Line, by: int) -> Span:
    return Span(line.span.start + by + span.start, line.span.start + by + span.end)


def _is_sentence(text: str) -> bool:
    return ends_sentence(text) and not is_cut_short(text) and (len(text.split()) >= 4 or text[0] in '“"')


def _count_sentences(text: str) -> int:
    return len(re.findall(r"[a-z\d)”\"][.!?][\"”’)]*(?=\s+[A-Z“\"]|\s*$)", text))


def _normal(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _shingles(text: str) -> frozenset[str]:
    words = re.findall(r"\w+", text.casefold())
    return frozenset(" ".join(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1))
