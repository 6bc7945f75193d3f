"""Who and what an article speaks of: from an annotated Doc to mentions grouped into article-wide chains.

Names come from the pipeline's entities, completed and typed by the lexica; nominals are noun phrases; pronouns join a chain
through the pipeline's coreference, or through recency where the pipeline has none. Every mention says by which rule it got
its chain. Nothing here looks beyond one article.
"""

from __future__ import annotations

from spacy.tokens import Doc

from kg.definites import full_tails
from kg.lexicon import Knowledge
from kg.mending import part_halves
from kg.mentions.coreference import (
    call_fully,
    follow_coreference,
    join_appositions,
    join_predicated,
    join_titles,
    link_speaker,
    name_owned,
    rename,
)
from kg.mentions.index import MentionIndex, Name, metonym_of, normal_name
from kg.mentions.names import chain_organisations, chain_people, chain_rest, completed, find_names, publish_names
from kg.mentions.nominals import find_elided, find_nominals, find_relative_pronouns, nominal_label
from kg.model import Article

__all__ = ["MentionIndex", "Name", "find_mentions", "link_speaker", "metonym_of", "nominal_label", "normal_name"]


def find_mentions(article: Article, doc: Doc, knowledge: Knowledge) -> MentionIndex:
    """All mentions of an article, with their chains.

    Args:
        article: the article whose `story` was annotated; offsets of `doc` are offsets of `article.text`.
        doc: a Doc with a Universal Dependencies tree and entities.
        knowledge: the lexica that complete and type the names.
    """
    index = MentionIndex(article, doc, knowledge)
    index.names = completed(find_names(doc, knowledge), doc)
    chain_people(index.names, doc, knowledge)
    chain_organisations(index.names, doc, knowledge)
    chain_rest(index.names)
    publish_names(index)
    for name in index.names:
        if name.type == "Country" and name.rule == "short-form":
            part_halves(doc[name.start])
    find_nominals(index)
    find_elided(index)
    find_relative_pronouns(index)
    join_titles(index)
    join_appositions(index)
    follow_coreference(index)
    join_predicated(index)
    call_fully(index)
    name_owned(index)
    rename(index, full_tails(index))
    return index
