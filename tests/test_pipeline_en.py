"""The shipped English pipeline: what it sets, that it always says the same, and that it survives any text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.pipeline_en import MODEL_FOLDER, load_pipeline
from kg.pipeline_en.clues import CLUES, clue_features, find_clues
from kg.pipeline_en.datelines import dateline_length
from kg.pipeline_en.entities import join_persons, label_spans, name_storms
from kg.pipeline_en.genders import gender_of_name, genders_of
from kg.pipeline_en.labels import ENTITY_LABELS
from kg.pipeline_en.lemmas import apply_script, edit_script, mended_lemma
from kg.pipeline_en.linking import Name, clash, link
from kg.pipeline_en.pairs import BARE, DEFINITE, HE, IT, NAME, SHE, THIS, find_heads
from kg.pipeline_en.phrases import phrase_bounds
from kg.pipeline_en.trees import best_tree, shares
from tests.growth import assert_linear

pytestmark = pytest.mark.skipif(not (MODEL_FOLDER / "config.cfg").exists(), reason="the weights are not here")

STORY = (
    "Ministers Meet in Geneva\n\nGENEVA—Foreign Minister Anna Keller met the president of Norland on Monday. "
    "She told him that her government would sign the treaty.\n\nThe president thanked Keller. He said that "
    "3,000 soldiers had left the town of Velm, and that they would not return to it."
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


def annotation(doc: Doc) -> list[tuple[object, ...]]:
    """Everything that the pipeline sets, to compare."""
    tokens = [
        (t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.head.i, t.dep_, t.is_sent_start, t.ent_iob_, t.ent_type_)
        for t in doc
    ]
    chains = [tuple((span.start, span.end) for span in chain) for chain in doc._.coref_chains]
    return [*tokens, tuple(chains)]


def test_sets_all_layers(nlp: Language) -> None:
    doc = nlp(STORY)
    for layer in ("TAG", "POS", "MORPH", "LEMMA", "DEP", "HEAD", "SENT_START", "ENT_IOB"):
        assert doc.has_annotation(layer), layer


def test_names_itself(nlp: Language) -> None:
    assert (nlp.lang, nlp.meta["name"]) == ("en", "kg_en")


def test_loads_by_name(nlp: Language) -> None:
    by_name = spacy.load("kg_news", exclude=["none such"])
    assert annotation(by_name(STORY)) == annotation(nlp(STORY))


def test_every_sentence_is_a_tree_with_one_root(nlp: Language) -> None:
    for sent in nlp(STORY).sents:
        assert sum(token.dep_ == "ROOT" for token in sent) == 1
        assert all(token.head in sent for token in sent)


def test_a_paragraph_ends_a_sentence(nlp: Language) -> None:
    first = next(iter(nlp(STORY).sents))
    assert first.text.strip() == "Ministers Meet in Geneva"


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("President Maria Gomez visited Berlin on Tuesday.", "Maria Gomez", "PERSON"),
        ("President Maria Gomez visited Berlin on Tuesday.", "Berlin", "GPE"),
        ("President Maria Gomez visited Berlin on Tuesday.", "President", "TITLE"),
        ("President Maria Gomez visited Berlin on Tuesday.", "Tuesday", "DATE"),
        ("The North Korean government said that it was ready.", "North Korean", "NORP"),
        ("The World Bank lent Kenya $20 million.", "World Bank", "ORG"),
        ("The World Bank lent Kenya $20 million.", "$20 million", "MONEY"),
    ],
)
def test_finds_entities(nlp: Language, text: str, name: str, label: str) -> None:
    assert (name, label) in {(ent.text, ent.label_) for ent in nlp(text).ents}


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("The old general met two reporters.", ["The old general", "two reporters"]),
        ("A spokesman for the army denied it.", ["A spokesman", "the army", "it"]),
        ("Farmers in the north sold their cattle.", ["Farmers", "the north", "their cattle"]),
    ],
)
def test_noun_chunks_follow_universal_dependencies(nlp: Language, text: str, phrases: list[str]) -> None:
    assert [chunk.text for chunk in nlp(text).noun_chunks] == phrases


@pytest.mark.parametrize(
    ("text", "pronoun", "name"),
    [
        ("Maria Gomez left Berlin. She will return in May.", "She", "Maria Gomez"),
        ("The company cut 400 jobs. It blamed high prices.", "It", "The company"),
        ("Anna Keller praised the soldiers. They had saved her.", "her", "Anna Keller"),
    ],
)
def test_chains_hold_pronoun_and_name(nlp: Language, text: str, pronoun: str, name: str) -> None:
    chains = [{span.text for span in chain} for chain in nlp(text)._.coref_chains]
    assert any({pronoun, name} <= chain for chain in chains), chains


def test_chains_are_span_groups_in_text_order(nlp: Language) -> None:
    doc = nlp(STORY)
    groups = [name for name in doc.spans if name.startswith("coref_clusters_")]
    assert len(groups) == len(doc._.coref_chains) > 0
    for chain in doc._.coref_chains:
        assert [span.start for span in chain] == sorted(span.start for span in chain)
        assert len(chain) > 1


def test_same_text_same_annotation_alone_in_batches_and_in_processes(nlp: Language) -> None:
    texts = [STORY, "Short.", STORY * 6, "", "It rained in Velm.", STORY[:100]]
    alone = [annotation(nlp(text)) for text in texts]
    for size, processes in ((1, 1), (4, 1), (2, 2)):
        assert [annotation(doc) for doc in nlp.pipe(texts, batch_size=size, n_process=processes)] == alone


def test_to_disk_and_back(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "copy")
    assert annotation(load_pipeline(tmp_path / "copy")(STORY)) == annotation(nlp(STORY))


def test_to_bytes_and_back(nlp: Language) -> None:
    copy = load_pipeline()
    copy.from_bytes(nlp.to_bytes())
    assert annotation(copy(STORY)) == annotation(nlp(STORY))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n",
        "\n\n\n",
        "a",
        ".",
        "\u200b",
        "\x00\x01\x02",
        "a\x00b \x07 c",
        "\ufeffHello",
        "🙂",
        "👩‍👩‍👧‍👦 went home 🙂🙂.",
        "Das ist ein deutscher Satz. これは日本語です。Это русский.",
        "مرحبا بالعالم",
        "\ud7ff \U0010ffff",
        "  leading and trailing  ",
        "\n\nAfter two lines",
        "x" * 5_000,
        "-" * 5_000,
        "a-" * 3_000,
        "\n" * 10_000,
        "word \n" * 2_000,
        "İstanbul'da İ" * 50,
        "\r\nline\r\nline\r\n",
    ],
)
def test_survives_odd_text_and_keeps_offsets(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    assert all(text[t.idx : t.idx + len(t)] == t.text for t in doc)
    assert all(ent.text.strip() for ent in doc.ents)
    assert "".join(sent.text_with_ws for sent in doc.sents) == text
    for sent in doc.sents:
        assert all(token.head in sent for token in sent)


def test_white_space_hangs_on_the_word_before(nlp: Language) -> None:
    doc = nlp("One  two.\n\nThree four.\n")
    for token in doc:
        if token.is_space:
            assert (token.pos_, token.tag_) == ("SPACE", "_SP")
            assert token.head == doc[token.i - 1] or token.head == doc[token.i - 1].head
            assert not token.is_sent_start


def test_time_grows_with_the_text_when_no_sentence_ends(nlp: Language) -> None:
    assert_linear(lambda times: nlp("soldiers and farmers " * times), 500)


@pytest.mark.parametrize(
    ("words", "length"),
    [
        ("SEOUL — North Korea said", 2),
        ("GENEVA , May 4 ( Agency ) -- The", 8),
        ("Velm — a small town", 0),
        ("NATO said on Monday", 0),
    ],
)
def test_datelines(words: str, length: int) -> None:
    assert dateline_length(words.split()) == length


def test_a_dateline_is_a_sentence_of_its_own(nlp: Language) -> None:
    doc = nlp("GENEVA—The ministers met on Monday.")
    assert [sent.text for sent in doc.sents] == ["GENEVA—", "The ministers met on Monday."]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (("PERSON", "anna keller"), ("PERSON", "keller"), False),
        (("PERSON", "anna keller"), ("PERSON", "maria keller"), True),
        (("ORG", "who"), ("ORG", "world health organization"), False),
        (("GPE", "norland"), ("GPE", "velm"), True),
        (("GPE", "north velm"), ("GPE", "south velm"), True),
        (("GPE", "velm"), ("GPE", "south velm"), False),
        (("PERSON", "velm"), ("GPE", "velm"), True),
    ],
)
def test_clashing_names(left: tuple[str, str], right: tuple[str, str], expected: bool) -> None:
    def name(kind: str, text: str) -> Name:
        words = text.split()
        return Name(kind, frozenset(words), "".join(word[0] for word in words))

    assert clash(name(*left), name(*right)) is expected


PHRASES = [
    # words, heads (-1 is the root), relations, head of the phrase, is it a pronoun, the phrase
    (
        "the committee ( CAC ) met",
        [1, 5, 3, 1, 3, -1],
        "det nsubj punct appos punct root",
        1,
        False,
        "the committee ( CAC )",
    ),
    (
        'a prize named " Dawn " .',
        [1, -1, 1, 4, 2, 4, 1],
        "det root acl punct xcomp punct punct",
        1,
        False,
        'a prize named " Dawn "',
    ),
    ("( the firm ) closed", [2, 2, 4, 2, -1], "punct det nsubj punct root", 2, False, "the firm"),
    (
        "Jo , who edits and she draws",
        [-1, 3, 3, 0, 6, 6, 3],
        "root punct nsubj acl:relcl cc nsubj conj",
        0,
        False,
        "Jo , who edits",
    ),
    (
        "Jo , who edits and draws",
        [-1, 3, 3, 0, 5, 3],
        "root punct nsubj acl:relcl cc conj",
        0,
        False,
        "Jo , who edits and draws",
    ),
    ("saw her in town", [-1, 0, 3, 1], "root obj case nmod", 1, True, "her"),
    ("saw me , the clerk", [-1, 0, 4, 4, 1], "root obj punct det appos", 1, True, "me , the clerk"),
    ("saw aunts in town", [-1, 0, 3, 1], "root obj case nmod", 1, False, "aunts in town"),
]


@pytest.mark.parametrize(("text", "heads", "relations", "head", "is_pronoun", "expected"), PHRASES)
def test_phrases_end_where_brackets_and_clauses_do(
    text: str, heads: list[int], relations: str, head: int, is_pronoun: bool, expected: str
) -> None:
    words = text.split()
    children: list[list[int]] = [[] for _ in words]
    for index, above in enumerate(heads):
        if above >= 0:
            children[above].append(index)
    first, last = phrase_bounds(head, children, relations.split(), words, is_pronoun=is_pronoun)
    assert " ".join(words[first:last]) == expected


def test_chains_keep_clashing_names_apart() -> None:
    anna, maria = (Name("PERSON", frozenset({first, "keller"}), f"{first[0]}k") for first in ("anna", "maria"))
    # Anna Keller, she, Maria Keller: the third likes the second best, but its chain is Anna's
    assert link([anna, None, maria], [NAME, SHE, NAME], [""] * 3, [1, 2, 2], [0, 0, 1], [2.0, 1.0, 3.0]) == [[0, 1]]


def test_chains_keep_he_she_and_it_apart() -> None:
    anna, velm = Name("PERSON", frozenset({"anna"}), "a"), Name("GPE", frozenset({"velm"}), "v")
    # Anna, she, he, it, Velm, it: whatever the scores say, "he" is not the Anna that is "she", and "it" is no person
    kinds = [NAME, SHE, HE, IT, NAME, IT]
    later, earlier = [1, 2, 2, 3, 5, 5], [0, 0, 1, 0, 0, 4]
    scores = [3.0, 2.0, 1.0, 3.0, 3.0, 1.0]
    assert link([anna, None, None, None, velm, None], kinds, [""] * 6, later, earlier, scores) == [[0, 1], [4, 5]]


@pytest.mark.parametrize(
    ("kind", "score", "linked"),
    [
        (DEFINITE, -0.8, True),
        (HE, -0.8, True),
        (NAME, -0.8, False),
        (NAME, -0.3, True),
        (BARE, -0.3, False),
        (BARE, 0.3, True),
    ],
)
def test_a_definite_phrase_wants_an_antecedent_more_than_a_bare_one(kind: int, score: float, linked: bool) -> None:
    assert bool(link([None, None], [NAME, kind], ["", ""], [1], [0], [score])) is linked


@pytest.mark.parametrize(
    ("gender", "pronoun", "linked"),
    [("m", HE, True), ("m", SHE, False), ("f", SHE, True), ("f", HE, False), ("", HE, True)],
)
def test_he_is_no_woman_and_she_no_man(gender: str, pronoun: int, linked: bool) -> None:
    robin = Name("PERSON", frozenset({"robin"}), "r")
    assert bool(link([robin, None], [NAME, pronoun], [gender, ""], [1], [0], [3.0])) is linked


@pytest.mark.parametrize(("score", "linked"), [(-3.5, True), (-4.5, False)])
def test_he_without_a_name_is_the_likeliest_of_those_before(score: float, linked: bool) -> None:
    ben, velm = Name("PERSON", frozenset({"ben"}), "b"), Name("GPE", frozenset({"velm"}), "v")
    # Ben, Velm, he, his: the second is sure to be the first "he", of which only the second says who it is
    kinds, later, earlier = [NAME, NAME, HE, HE], [2, 2, 3, 3, 3], [0, 1, 0, 1, 2]
    chains = link([ben, velm, None, None], kinds, [""] * 4, later, earlier, [-9.0, -3.0, score, -1.0, 2.0])
    assert chains == ([[0, 2, 3]] if linked else [[2, 3]])


def test_they_and_it_without_a_name_stay_alone() -> None:
    ben = Name("PERSON", frozenset({"ben"}), "b")
    assert link([ben, None, None], [NAME, IT, IT], [""] * 3, [1, 2, 2], [0, 0, 1], [-3.0, -3.0, 1.0]) == [[1, 2]]


@pytest.mark.parametrize(
    ("words", "before", "expected"),
    [
        (["Natalie", "Brenner"], "", "f"),
        (["Sergei", "Volkov"], "Minister", "m"),
        (["José", "Prieto"], "", "m"),
        (["Verma"], "Mr.", "m"),
        (["Mrs", "Robert", "Hale"], "", "f"),
        (["Princess", "Yuna"], "", "f"),
        (["Natalie"], "", "f"),
        (["Grant"], "", ""),  # or a family name
        (["Kim", "Sol", "Hee"], "", ""),  # a family name that stands first
        (["Leslie", "Hale"], "", ""),  # both may bear it
        (["Qwxyz"], "", ""),
    ],
)
def test_genders_of_names(words: list[str], before: str, expected: str) -> None:
    assert gender_of_name(words, before) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Natalie Brenner met Paul Ritter , her nephew ; Ritter thanked Ostrow .",
            "Natalie:f Paul:m her: nephew:m Ritter:m Ostrow:",
        ),
        ("Paul Ritter and Anna Ritter came ; Ritter slept .", "Paul:m Anna:f Ritter:"),
        ("Vlora , the actress , met George King .", "Vlora:f actress:f George:m"),
    ],
)
def test_mentions_that_are_a_mans_or_a_womans(text: str, expected: str) -> None:
    words = text.split()
    names = [index for index, word in enumerate(words) if word[0].isupper()]
    inner = {index for index in names if index - 1 in names}
    pronouns = {"her": "PRON", "the": "DET", "and": "CCONJ"}
    upos = [
        "PROPN"
        if i in names
        else pronouns.get(w, "NOUN" if w in ("nephew", "actress") else "VERB" if w[0].isalpha() else "PUNCT")
        for i, w in enumerate(words)
    ]
    heads = [index - 1 if index in inner else index for index in range(len(words))]
    deps = ["flat" if index in inner else "det" if words[index] == "the" else "nsubj" for index in range(len(words))]
    for noun in (index for index, word in enumerate(words) if word in ("nephew", "actress")):
        heads[noun], deps[noun] = max(index for index in names if index < noun and index not in inner), "appos"
    entities = [
        ENTITY_LABELS.index("I-PERSON" if i in inner else "B-PERSON") if i in names else 0 for i in range(len(words))
    ]
    found = find_heads(words, upos, heads, deps, [True, *[False] * (len(words) - 1)])
    genders = genders_of(found, words, heads, deps, entities)
    told = [f"{words[word]}:{gender}" for word, gender in zip(found.words.tolist(), genders, strict=True)]
    assert " ".join(told) == expected


@pytest.mark.parametrize(
    ("text", "pronoun", "expected"),
    [
        ("Natalie Brenner thanked Paul Ritter. He had called on Monday.", "He", "Paul Ritter"),
        ("Paul Ritter thanked Natalie Brenner. She had called on Monday.", "She", "Natalie Brenner"),
        ("Maria Gomez met her brother Tom. He had written to her.", "He", "Tom"),
    ],
)
def test_pronouns_go_to_whom_they_fit(nlp: Language, text: str, pronoun: str, expected: str) -> None:
    chains = [[span.text for span in chain] for chain in nlp(text)._.coref_chains]
    assert any(pronoun in chain and any(expected in mention for mention in chain) for chain in chains), chains


def test_this_takes_up_no_name() -> None:
    velm = Name("GPE", frozenset({"velm"}), "v")
    assert link([velm, None, None], [NAME, THIS, IT], [""] * 3, [1, 2], [0, 1], [3.0, 2.0]) == [[1, 2]]


def test_clues_see_clauses_roles_and_reflexives() -> None:
    words = "Anna said that she saw him , and Velm cheered itself .".split()
    upos = "PROPN VERB SCONJ PRON VERB PRON PUNCT CCONJ PROPN VERB PRON PUNCT".split()
    heads = [1, 1, 4, 4, 1, 4, 9, 9, 9, 1, 9, 1]
    deps = "nsubj root mark nsubj ccomp obj punct cc nsubj conj obj punct".split()
    entities = [ENTITY_LABELS.index("B-PERSON"), *[0] * 7, ENTITY_LABELS.index("B-GPE"), 0, 0, 0]
    found = find_heads(words, upos, heads, deps, [True, *[False] * 11])
    clues = find_clues(found, words, [f"{pos}|_" for pos in upos], heads, deps, entities)
    assert [words[word] for word in found.words] == ["Anna", "she", "him", "Velm", "itself"]
    assert clues.paths[:, :2].tolist() == [[1, -1], [4, 1], [4, 1], [9, 1], [9, 1]]
    assert clues.topic.tolist() == [True, False, False, False, False]
    assert clues.reflexive.tolist() == [False, False, False, False, True]
    assert clues.persons.tolist() == [0, 1, 1, 1, 1]
    later, earlier = np.array([1, 2, 4]), np.array([0, 1, 3])
    features = clue_features(found, clues, later, earlier)
    assert features.shape == (3, CLUES)
    # one clause; partners of one verb; reflexive; under a clause that has the antecedent as its subject
    assert features[:, CLUES - 20 :][:, :4].tolist() == [[0, 0, 0, 1], [1, 1, 0, 1], [1, 0, 1, 1]]


def test_clues_compare_what_phrases_consist_of() -> None:
    words = "the old bridge , the old bridge , a new bridge , its bridge , our bridge".split()
    deps = "det amod root punct det amod conj punct det amod conj punct nmod:poss conj punct nmod:poss conj".split()
    heads = [2, 2, 2, 6, 6, 6, 2, 10, 10, 10, 2, 13, 13, 2, 16, 16, 2]
    upos = "DET ADJ NOUN PUNCT DET ADJ NOUN PUNCT DET ADJ NOUN PUNCT PRON NOUN PUNCT PRON NOUN".split()
    found = find_heads(words, upos, heads, deps, [True, *[False] * 16])
    clues = find_clues(found, words, [f"{pos}|_" for pos in upos], heads, deps, [0] * 17)
    rows = [row for row, word in enumerate(found.words.tolist()) if words[word] == "bridge"]
    later, earlier = np.array([rows[1], rows[2], rows[4]]), np.array([rows[0], rows[1], rows[3]])
    flags = clue_features(found, clues, later, earlier)[:, CLUES - 8 :]
    # same words; all words known; says more; says other things; other owners
    assert flags[:, :5].tolist() == [[1, 1, 0, 0, 0], [0, 0, 1, 1, 0], [1, 0, 0, 0, 1]]


def test_clues_see_acronyms_and_types() -> None:
    words = "Velm Road Union met VRU".split()
    upos, heads = ["PROPN", "PROPN", "PROPN", "VERB", "PROPN"], [2, 2, 3, 3, 3]
    entities = [ENTITY_LABELS.index(label) if label else 0 for label in ("B-ORG", "I-ORG", "I-ORG", "", "B-ORG")]
    deps = ["compound", "compound", "nsubj", "root", "obj"]
    found = find_heads(words, upos, heads, deps, [True, *[False] * 4])
    clues = find_clues(found, words, [f"{pos}|_" for pos in upos], heads, deps, entities)
    row = {words[word]: number for number, word in enumerate(found.words.tolist())}
    pairs = np.array([row["VRU"], row["Union"]]), np.array([row["Union"], row["Velm"]])
    # types differ; types agree; one abbreviates the other
    assert clue_features(found, clues, *pairs)[:, CLUES - 3 :].tolist() == [[0, 1, 1], [0, 1, 0]]


def spans_after(rule: Callable[[Sequence[str], list[int]], None], marked: str) -> list[tuple[str, str]]:
    """Apply a rule to a text such as "met Ada/B-PERSON Keller/I-PERSON"."""
    parts = [part.partition("/") for part in marked.split()]
    words = [word for word, _, _ in parts]
    labels = [ENTITY_LABELS.index(label) if label else 0 for _, _, label in parts]
    rule(words, labels)
    return [(" ".join(words[first:last]), kind) for first, last, kind in label_spans(labels)]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Hurricane Ada/B-PERSON hit . Ada/B-PERSON left", [("Hurricane Ada", "EVENT"), ("Ada", "EVENT")]),
        ("Tropical Storm Ada hit", [("Tropical Storm Ada", "EVENT")]),
        ("Typhoon Ada hit Ada/B-PERSON Keller/I-PERSON", [("Typhoon Ada", "EVENT"), ("Ada Keller", "PERSON")]),
        (
            "Typhoon/B-EVENT Ada/I-EVENT hit Mary/B-PERSON Ada/I-PERSON",
            [("Typhoon Ada", "EVENT"), ("Mary Ada", "PERSON")],
        ),
        ("the storm hit Velm/B-GPE", [("Velm", "GPE")]),
        ("a storm Monday/B-DATE", [("Monday", "DATE")]),
    ],
)
def test_storms_are_events(marked: str, expected: list[tuple[str, str]]) -> None:
    assert spans_after(name_storms, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Omar/B-PERSON al Velmi/B-PERSON spoke", [("Omar al Velmi", "PERSON")]),
        ("Omar/B-PERSON Velmi/B-PERSON spoke", [("Omar Velmi", "PERSON")]),
        ("Omar/B-PERSON , Velmi/B-PERSON spoke", [("Omar", "PERSON"), ("Velmi", "PERSON")]),
        ("Omar/B-PERSON and Velmi/B-PERSON", [("Omar", "PERSON"), ("Velmi", "PERSON")]),
        ("Norland/B-GPE Omar/B-PERSON", [("Norland", "GPE"), ("Omar", "PERSON")]),
    ],
)
def test_parts_of_a_name_are_joined(marked: str, expected: list[tuple[str, str]]) -> None:
    assert spans_after(lambda words, labels: join_persons(words, [0] * len(words), labels), marked) == expected


def test_names_on_two_lines_are_two() -> None:
    labels = [ENTITY_LABELS.index("B-PERSON")] * 2
    join_persons(["Omar", "Velmi"], [0, 1], labels)
    assert len(label_spans(labels)) == 2


def test_best_tree_has_one_root_and_no_cycle() -> None:
    rng = np.random.default_rng(0)
    for count in range(1, 12):
        heads = best_tree(rng.normal(size=(count, count + 1)))
        assert heads.count(0) == 1
        for word in range(1, count + 1):
            steps = 0
            while word:
                word, steps = heads[word - 1], steps + 1
                assert steps <= count


def test_shares_say_how_sure_a_head_is() -> None:
    # word 1 wavers between the root and word 2, word 2 surely hangs on word 1; its own column never counts
    scores = np.array([[1.0, 99.0, 1.0], [0.0, 9.0, 99.0]])
    assert shares(scores, [0, 1]) == [0.5, 1.0]
    assert shares(scores, [2, 0]) == [0.5, 0.0]
    assert shares(np.array([[3.0, 0.0]]), [0]) == [1.0]


def test_certainties_come_with_the_doc(nlp: Language) -> None:
    doc = nlp("\nThe mayor met Ann Lee.\n\nShe left.")
    certain = doc._.head_certainties
    assert len(certain) == len(doc)
    assert 0 <= certain.min() <= certain.max() <= 1
    copy = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert copy._.head_certainties.tolist() == certain.tolist()


@pytest.mark.parametrize(
    ("form", "tag", "script", "lemma"),
    [
        ("denies", "VBZ", "denie", "deny"),
        ("Relied", "VBD", "reli", "rely"),
        ("belied", "VBD", "bely", "belie"),
        ("dies", "VBZ", "dy", "die"),
        ("shun", "VB", "shu", "shun"),
        ("met", "VBD", "meet", "meet"),
        ("series", "NNS", "series", "series"),
    ],
)
def test_lemmas_of_verbs_that_no_table_has(form: str, tag: str, script: str, lemma: str) -> None:
    assert mended_lemma(form, tag, script) == lemma


@pytest.mark.parametrize(
    ("form", "lemma"), [("countries", "country"), ("was", "be"), ("Kim", "Kim"), ("PARIS", "Paris"), ("Met", "meet")]
)
def test_edit_scripts_give_back_the_lemma(form: str, lemma: str) -> None:
    script = edit_script(form, lemma)
    assert script is not None
    assert apply_script(form, script) == lemma
