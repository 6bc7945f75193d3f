"""Articles for tests of names: a text with its mentions marked as `[words|Class]`, `[words|Class|name]` or with a rule at the end."""

from __future__ import annotations

import re

from kg.model import Article, Extraction, Mention, Span, content_id

_MARK = re.compile(r"\[([^|\]]+)\|([^|\]]+)(?:\|([^|\]]*))?(?:\|([^|\]]*))?\]")


def marked(key: str, text: str, *, nominal: frozenset[str] = frozenset({"nominal"})) -> Extraction:
    """An extraction of which every marked stretch is a mention, those of one name a chain.

    >>> [m.name for m in marked("a", "[Peru|Country] and [Peruvian|Country|Peru|demonym] farmers").mentions]
    ['Peru', 'Peru']
    """
    plain, mentions, end = "", [], 0
    for match in _MARK.finditer(text):
        plain += text[end : match.start()]
        words, cls, name, rule = match.groups()
        span = Span(len(plain), len(plain) + len(words))
        name = name or words
        kind = "nominal" if rule in nominal else "name"
        ident = content_id(key, span.start, cls)
        mentions.append(Mention(ident, key, span, words, name, cls, f"{name}/{cls}", kind, rule or "name"))
        plain += words
        end = match.end()
    return Extraction(Article(key, plain + text[end:]), tuple(mentions))
