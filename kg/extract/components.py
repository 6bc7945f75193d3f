"""The built-in reading as a spaCy component: `nlp.add_pipe("kg_claims")` puts the claims of a Doc at `doc._.claims`.

Add it after the parser and the entity recogniser of any English pipeline. The Doc's text is taken as the article; its
`doc.user_data["kg_published"]`, an ISO date, dates relative times.
"""

from __future__ import annotations

from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate import annotate_doc
from kg.extract import extract_claims
from kg.lexicon import Knowledge, load_knowledge
from kg.model import Article, Extraction, content_id

EMPTY: tuple[()] = ()


class ClaimsComponent:
    """Reads the claims of a parsed Doc with an ontology folder; the packaged one where `ontology` is ""."""

    def __init__(self, ontology: str = "") -> None:
        self._knowledge: Knowledge = load_knowledge(Path(ontology) if ontology else None)

    def __call__(self, doc: Doc) -> Doc:
        published = str(doc.user_data.get("kg_published", ""))
        article = Article(id=content_id(doc.text), text=doc.text, published=published)
        extraction: Extraction = extract_claims(annotate_doc(article, doc, self._knowledge), self._knowledge)
        doc._.claims = extraction.claims
        doc._.claim_mentions = {mention.id: mention for mention in extraction.mentions}
        return doc


@Language.factory("kg_claims", default_config={"ontology": ""})
def make_claims_component(nlp: Language, name: str, ontology: str) -> ClaimsComponent:
    """The factory behind `nlp.add_pipe("kg_claims", config={"ontology": FOLDER})`."""
    return ClaimsComponent(ontology)


for extension, default in (("claims", EMPTY), ("claim_mentions", None)):
    if not Doc.has_extension(extension):
        Doc.set_extension(extension, default=default)
