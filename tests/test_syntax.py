"""Small questions about trees, on hand-built trees, and the way from ClearNLP labels to Universal Dependencies."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from kg.annotate import annotate_doc
from kg.extract import extract_claims
from kg.extract.clauses import Clauses
from kg.mending import mend, part_halves
from kg.model import Article
from kg.syntax import (
    ancestors_until_root,
    base,
    case,
    coordinated,
    deps,
    deps_exact,
    is_copular,
    is_infinitive,
    is_passive,
    lemma,
    noun_phrase,
)
from kg.universal import as_universal, is_clearnlp
from tests.conftest import readable

VOCAB = spacy.blank("en").vocab


def tree(rows: str) -> Doc:
    """A Doc from lines of word, lemma, tag, part of speech, head (by number from 1, 0 for the root), relation, entity."""
    cells = [line.split() for line in rows.strip().splitlines()]
    heads = [int(c[4]) - 1 if c[4] != "0" else i for i, c in enumerate(cells)]
    doc = Doc(
        VOCAB,
        words=[c[0] for c in cells],
        lemmas=[c[1] for c in cells],
        tags=[c[2] for c in cells],
        pos=[c[3] for c in cells],
        heads=heads,
        deps=["ROOT" if c[4] == "0" else c[5] for c in cells],
        ents=[c[6] if len(c) > 6 else "O" for c in cells],
    )
    return doc


def shape(doc: Doc) -> list[tuple[str, str, str]]:
    """(word, relation, head's word; "" for the root)."""
    return [(t.text, t.dep_, t.head.text if t.head.i != t.i else "") for t in doc]


def find(doc: Doc, word: str):
    return next(t for t in doc if t.text == word)


SIGNED = tree("""
    The      the     DT   DET    2  det
    treaty   treaty  NN   NOUN   4  nsubj:pass
    was      be      VBD  AUX    4  aux:pass
    signed   sign    VBN  VERB   0  ROOT
    by       by      IN   ADP    6  case
    Chad     Chad    NNP  PROPN  4  obl:agent  B-GPE
    and      and     CC   CCONJ  8  cc
    Niger    Niger   NNP  PROPN  6  conj       B-GPE
    .        .       .    PUNCT  4  punct
""")
MEETING = tree("""
    Ali      Ali      NNP  PROPN  3  nsubj  B-PERSON
    Sow      Sow      NNP  PROPN  1  flat   I-PERSON
    hopes    hope     VBZ  VERB   0  ROOT
    to       to       TO   PART   5  mark
    meet     meet     VB   VERB   3  xcomp
    Ana      Ana      NNP  PROPN  5  obj    B-PERSON
    Ruiz     Ruiz     NNP  PROPN  6  flat   I-PERSON
    because  because  IN   ADP    10 case
    of       of       IN   ADP    8  fixed
    trade    trade    NN   NOUN   5  obl
    .        .        .    PUNCT  3  punct
""")
ROBBED = tree("""
    Police    police    NNS  NOUN  2  nsubj
    arrested  arrest    VBD  VERB  0  ROOT
    a         a         DT   DET   4  det
    man       man       NN   NOUN  2  obj
    robbed    rob       VBN  VERB  4  acl
    and       and       CC   CCONJ 7  cc
    beaten    beat      VBN  VERB  5  conj
    in        in        IN   ADP   9  case
    Lima      Lima      NNP  PROPN 5  obl  B-GPE
""")
CAPITAL = tree("""
    Oslo     Oslo     NNP  PROPN  4  nsubj  B-GPE
    is       be       VBZ  AUX    4  cop
    the      the      DT   DET    4  det
    capital  capital  NN   NOUN   0  ROOT
    of       of       IN   ADP    6  case
    Norway   Norway   NNP  PROPN  4  nmod   B-GPE
""")


class TestQuestions:
    @pytest.mark.parametrize(
        ("doc", "word", "expected"),
        [(SIGNED, "treaty", "nsubj"), (SIGNED, "Chad", "obl"), (SIGNED, "signed", "ROOT"), (MEETING, "meet", "xcomp")],
    )
    def test_base(self, doc, word, expected):
        assert base(find(doc, word)) == expected

    def test_deps_take_subtypes_along_and_deps_exact_do_not(self):
        signed = find(SIGNED, "signed")
        assert [t.text for t in deps(signed, "nsubj", "obl")] == ["treaty", "Chad"]
        assert deps_exact(signed, "nsubj", "obl") == []
        assert [t.text for t in deps_exact(signed, "obl:agent")] == ["Chad"]

    @pytest.mark.parametrize(("word", "expected"), [("The", "the"), ("signed", "sign"), ("Chad", "chad")])
    def test_lemma(self, word, expected):
        assert lemma(find(SIGNED, word)) == expected

    def test_lemma_without_a_lemmatiser(self):
        assert lemma(Doc(VOCAB, words=["Signed"])[0]) == "signed"

    @pytest.mark.parametrize(
        ("doc", "word", "expected"),
        [
            (SIGNED, "Chad", ["Chad", "Niger"]),
            (SIGNED, "Niger", ["Niger"]),
            (SIGNED, "treaty", ["treaty"]),
            (ROBBED, "robbed", ["robbed", "beaten"]),
        ],
    )
    def test_coordinated(self, doc, word, expected):
        assert [t.text for t in coordinated(find(doc, word))] == expected

    @pytest.mark.parametrize(
        ("doc", "word", "expected"),
        [
            (SIGNED, "Chad", "by"),
            (MEETING, "trade", "because of"),
            (MEETING, "meet", "to"),
            (SIGNED, "treaty", ""),
            (CAPITAL, "Norway", "of"),
        ],
    )
    def test_case(self, doc, word, expected):
        assert case(find(doc, word)) == expected

    def test_case_is_no_possessive(self):
        doc = tree("""
            Chad    Chad   NNP  PROPN  3  nmod:poss
            's      's     POS  PART   1  case
            envoy   envoy  NN   NOUN   0  ROOT
        """)
        assert case(doc[0]) == ""

    @pytest.mark.parametrize(
        ("doc", "word", "expected"),
        [
            (SIGNED, "signed", True),
            (MEETING, "hopes", False),
            (MEETING, "meet", False),
            (ROBBED, "arrested", False),
            (ROBBED, "robbed", True),
            (ROBBED, "beaten", True),
        ],
    )
    def test_is_passive(self, doc, word, expected):
        assert is_passive(find(doc, word)) is expected

    @pytest.mark.parametrize(
        ("doc", "word", "expected"), [(MEETING, "meet", True), (MEETING, "hopes", False), (SIGNED, "signed", False)]
    )
    def test_is_infinitive(self, doc, word, expected):
        assert is_infinitive(find(doc, word)) is expected

    @pytest.mark.parametrize(("word", "expected"), [("capital", True), ("Oslo", False), ("Norway", False)])
    def test_is_copular(self, word, expected):
        assert is_copular(find(CAPITAL, word)) is expected

    def test_ancestors(self):
        assert [t.text for t in ancestors_until_root(find(ROBBED, "Lima"))] == ["robbed", "man", "arrested"]
        assert list(ancestors_until_root(find(ROBBED, "arrested"))) == []


class TestNounPhrase:
    DOC = tree("""
        Chad       Chad       NNP  PROPN  5  nmod:poss
        's         's         POS  PART   1  case
        two        two        CD   NUM    5  nummod
        new        new        JJ   ADJ    5  amod
        members    member     NNS  NOUN   10 nsubj
        of         of         IN   ADP    7  case
        staff      staff      NN   NOUN   5  nmod
        who        who        WP   PRON   9  nsubj
        left       leave      VBD  VERB   5  acl:relcl
        spoke      speak      VBD  VERB   0  ROOT
    """)

    @pytest.mark.parametrize(
        ("full", "expected"), [(False, "Chad 's two new members"), (True, "Chad 's two new members of staff")]
    )
    def test_core_and_full(self, full, expected):
        assert noun_phrase(find(self.DOC, "members"), full=full).text.strip() == expected

    def test_a_single_word(self):
        assert noun_phrase(find(self.DOC, "staff")).text.strip() == "staff"


class TestMend:
    def test_a_possessor_hangs_on_what_it_possesses(self):
        doc = tree("""
            Chad    Chad    NNP  PROPN  4  nsubj
            's      's      POS  PART   1  case
            envoy   envoy   NN   NOUN   4  nsubj
            left    leave   VBD  VERB   0  ROOT
        """)
        mend(doc)
        assert shape(doc)[0] == ("Chad", "nmod:poss", "envoy")

    @pytest.mark.parametrize(
        ("noun", "form", "lemma", "tag", "role"),
        [
            ("Clashes", "erupted", "erupt", "VBD", "nsubj"),
            ("Talks", "collapsed", "collapse", "VBD", "nsubj"),
            ("Shells", "fell", "fall", "VBD", "nsubj"),
            ("Miners", "buried", "bury", "VBN", "nsubj:pass"),  # a headline without its "were"
        ],
    )
    def test_a_finite_verb_without_an_auxiliary_is_active(self, noun, form, lemma, tag, role):
        doc = tree(f"""
            {noun}   {noun}   NNS    NOUN  2  nsubj:pass
            {form}   {lemma}  {tag}  VERB  0  ROOT
            there    there    RB     ADV   2  advmod
        """)
        mend(doc)
        assert shape(doc)[0] == (noun, role, form)

    def test_an_auxiliary_keeps_its_passive(self):
        doc = tree("""
            Shells  shell  NNS  NOUN  3  nsubj:pass
            were    be     VBD  AUX   3  aux:pass
            fired   fire   VBD  VERB  0  ROOT
        """)
        mend(doc)
        assert shape(doc)[0] == ("Shells", "nsubj:pass", "fired")

    def test_a_second_subject_behind_an_active_verb_is_its_object(self):
        doc = tree("""
            Kenya    Kenya   NNP  PROPN  2  nsubj
            accused  accuse  VBD  VERB   0  ROOT
            Chad     Chad    NNP  PROPN  2  nsubj
        """)
        mend(doc)
        assert shape(doc)[2] == ("Chad", "obj", "accused")

    @pytest.mark.parametrize(
        ("word", "tag", "verb", "wanted"),
        [
            ("Chad", "NNP", "VBD", "nsubj"),
            ("Banks", "NNS", "VBP", "nsubj"),
            ("which", "WDT", "VBD", "obj"),
        ],
    )
    def test_an_object_before_a_finite_verb_that_has_one_behind_is_its_subject(self, word, tag, verb, wanted):
        doc = tree(f"""
            {word}  {word}  {tag}   PROPN  2  obj
            signed  sign    {verb}  VERB   0  ROOT
            treaty  treaty  NN      NOUN   2  obj
        """)
        mend(doc)
        assert shape(doc)[0][1] == wanted

    def test_according_to_is_a_preposition(self):
        doc = tree("""
            Chad       Chad    NNP  PROPN  2  nsubj
            left       leave   VBD  VERB   0  ROOT
            according  accord  VBG  VERB   2  advcl
            to         to      IN   ADP    5  case
            Kenya      Kenya   NNP  PROPN  3  obl
        """)
        mend(doc)
        assert case(find(doc, "Kenya")) == "according to"
        assert shape(doc)[4] == ("Kenya", "obl", "left")

    @pytest.mark.parametrize(
        ("first", "aux", "verb", "teller", "wanted"),
        [
            ("Chad", "has", "sold", "mayor", "nsubj"),
            ("Council", "had", "closed", "envoy", "nsubj"),
            ("Bridge", "was", "closed", "mayor", "nsubj:pass"),
        ],
    )
    def test_who_is_named_at_the_end_of_a_sentence_tells_it(self, first, aux, verb, teller, wanted):
        doc = tree(f"""
            {first}   {first}   NNP  PROPN  9  nsubj
            {aux}     be        VBD  AUX    3  {"aux:pass" if wanted == "nsubj:pass" else "aux"}
            {verb}    sell      VBN  VERB   9  ccomp
            the       the       DT   DET    5  det
            mill      mill      NN   NOUN   3  obj
            ,         ,         ,    PUNCT  3  punct
            the       the       DT   DET    8  det
            {teller}  {teller}  NN   NOUN   1  appos
            said      say       VBD  VERB   0  ROOT
        """)
        mend(doc)
        assert shape(doc)[0] == (first, wanted, verb)
        assert shape(doc)[7] == (teller, "nsubj", "said")

    def test_an_apposition_before_the_told_clause_is_none_who_tells_it(self):
        doc = tree("""
            Chad     Chad    NNP  PROPN  6  nsubj
            ,        ,       ,    PUNCT  1  punct
            a        a       DT   DET    4  det
            donor    donor   NN   NOUN   1  appos
            ,        ,       ,    PUNCT  1  punct
            said     say     VBD  VERB   0  ROOT
            it       it      PRP  PRON   8  nsubj
            paid     pay     VBD  VERB   6  ccomp
        """)
        before = shape(doc)
        mend(doc)
        assert shape(doc) == before

    @pytest.mark.parametrize(
        ("first", "second", "lemma", "wanted"),
        [
            ("Hundreds", "thousands", "nurse", ("nurses", "nmod", "thousands")),
            ("Tens", "millions", "farmer", ("farmers", "nmod", "millions")),
            ("Members", "thousands", "farmer", ("farmers", "nmod", "thousands")),
            (
                "Leaders",
                "unions",
                "nurse",
                ("nurses", "nmod", "Leaders"),
            ),  # what is no count may be told by two phrases
        ],
    )
    def test_what_is_counted_goes_on_with_the_count_before_it(self, first, second, lemma, wanted):
        doc = tree(f"""
            {first}    {first}    NNS  NOUN  6  nsubj
            of         of         IN   ADP   3  case
            {second}   {second}   NNS  NOUN  1  nmod   {"O" if second == "unions" else "B-CARDINAL"}
            of         of         IN   ADP   5  case
            {lemma}s   {lemma}    NNS  NOUN  1  nmod
            left       leave      VBD  VERB  0  ROOT
        """)
        mend(doc)
        assert shape(doc)[4] == wanted

    @pytest.mark.parametrize(
        ("preposition", "year", "wanted"),
        [
            ("in", "1998", ("1998", "obl", "left")),
            ("since", "2004", ("2004", "obl", "left")),
            ("by", "1975", ("1975", "obl", "left")),
            ("about", "1998", ("1998", "nummod", "troops")),
            ("in", "300", ("300", "nummod", "troops")),
        ],
    )
    def test_a_year_before_the_subject_counts_nobody(self, preposition, year, wanted):
        doc = tree(f"""
            {preposition}  {preposition}  IN   ADP   2  case
            {year}         {year}         CD   NUM   4  nummod
            Malian         Malian         JJ   ADJ   4  amod
            troops         troop          NNS  NOUN  5  nsubj
            left           leave          VBD  VERB  0  ROOT
        """)
        mend(doc)
        assert shape(doc)[1] == wanted

    @pytest.mark.parametrize("role", ["obj", "obl"])
    @pytest.mark.parametrize("parse", ["two", "list"])
    def test_an_adjective_between_an_article_and_its_noun_is_no_object(self, role, parse):
        doc = tree(f"""
            led        lead       VBD  VERB  0  ROOT
            the        the        DT   DET   5  det
            Christian  Christian  JJ   ADJ   1  {role}
            rural      rural      JJ   ADJ   {3 if parse == "two" else 5}  {"conj" if parse == "two" else "amod"}
            south      south      NN   NOUN  {1 if parse == "two" else 3}  {role if parse == "two" else "conj"}
        """)
        mend(doc)
        assert {("Christian", "amod", "south"), ("south", role, "led")} <= set(shape(doc))

    def test_an_adjective_with_its_own_article_stays_one(self):
        doc = tree("""
            led    lead   VBD  VERB  0  ROOT
            the    the    DT   DET   3  det
            poor   poor   JJ   ADJ   1  obj
            and    and    CC   CCONJ 6  cc
            the    the    DT   DET   6  det
            south  south  NN   NOUN  3  conj
        """)
        before = shape(doc)
        mend(doc)
        assert shape(doc) == before

    @pytest.mark.parametrize(
        ("verb", "marker", "wanted"),
        [
            ("accuse", "of", ("hiding", "advcl", "accused")),
            ("suspect", "of", ("hiding", "advcl", "suspected")),
            ("convict", "of", ("hiding", "advcl", "convicted")),
            ("watch", "of", ("hiding", "acl", "firm")),
            ("accuse", "while", ("hiding", "acl", "firm")),
        ],
    )
    def test_what_one_is_accused_of_hangs_on_the_verb(self, verb, marker, wanted):
        form = f"{verb.removesuffix('e')}ed"
        doc = tree(f"""
            Chad      Chad      NNP  PROPN  2  nsubj
            {form}    {verb}    VBD  VERB   0  ROOT
            the       the       DT   DET    4  det
            firm      firm      NN   NOUN   2  obj
            {marker}  {marker}  IN   SCONJ  6  mark
            hiding    hide      VBG  VERB   4  acl
            boats     boat      NNS  NOUN   6  obj
        """)
        mend(doc)
        assert shape(doc)[5] == wanted

    @pytest.mark.parametrize(
        ("counts", "wanted"),
        [
            (("30", "12", "eight"), ("tanks", "conj", "rifles")),
            (("two", "12", "nine"), ("tanks", "conj", "rifles")),
            (("30", "12", "the"), ("tanks", "conj", "stock")),
        ],
    )
    def test_a_counted_item_belongs_to_the_counted_list(self, counts, wanted):
        first, second, last = counts
        doc = tree(f"""
            seized   seize   VBD  VERB  0  ROOT
            a        a       DT   DET   3  det
            stock    stock   NN   NOUN  1  obj
            of       of      IN   ADP   6  case
            {first}  {first} CD   NUM   6  nummod
            rifles   rifle   NNS  NOUN  3  nmod
            ,        ,       ,    PUNCT 9  punct
            {second} {second} CD  NUM   9  nummod
            pistols  pistol  NNS  NOUN  6  conj
            and      and     CC   CCONJ 12  cc
            {last}   {last}  CD   NUM   12  {"det" if last == "the" else "nummod"}
            tanks    tank    NNS  NOUN  3  conj
        """)
        mend(doc)
        assert shape(doc)[11] == wanted

    @pytest.mark.parametrize("role", ["nsubj", "obj", "nmod"])
    def test_two_states_that_share_a_word_both_act(self, role):
        doc = tree(f"""
            North   North  NNP  PROPN  4  compound
            and     and    CC   CCONJ  3  cc
            South   South  NNP  PROPN  1  conj
            Korea   Korea  NNP  PROPN  5  {role}
            traded  trade  VBD  VERB   0  ROOT
        """)
        part_halves(doc[0])
        assert shape(doc)[0] == ("North", role, "traded")
        assert shape(doc)[2:4] == [("South", "compound", "Korea"), ("Korea", "conj", "North")]

    def test_one_state_has_no_halves(self):
        doc = tree("""
            North   North  NNP  PROPN  2  compound
            Korea   Korea  NNP  PROPN  3  nsubj
            traded  trade  VBD  VERB   0  ROOT
        """)
        before = shape(doc)
        part_halves(doc[0])
        assert shape(doc) == before

    @pytest.mark.parametrize("day", ["Monday", "Friday", "yesterday"])
    def test_a_day_before_the_verb_is_no_subject(self, day):
        doc = tree(f"""
            Ali       Ali       NNP  PROPN  6  nmod
            Sow       Sow       NNP  PROPN  1  flat
            {day}     {day}     NNP  PROPN  4  nsubj
            rejected  reject    VBD  VERB   0  ROOT
            the       the       DT   DET    6  det
            offer     offer     NN   NOUN   4  obj
        """)
        mend(doc)
        assert shape(doc)[0] == ("Ali", "nsubj", "rejected")
        assert shape(doc)[2] == (day, "obl:unmarked", "rejected")

    def test_a_day_that_is_all_there_is_stays_the_subject(self):
        doc = tree("""
            Sunday  Sunday  NNP  PROPN  2  nsubj
            saw     see     VBD  VERB   0  ROOT
            clashes clash   NNS  NOUN   2  obj
        """)
        before = shape(doc)
        mend(doc)
        assert shape(doc) == before

    @pytest.mark.parametrize(
        ("verb", "first", "second", "third", "head"),
        [
            ("flew", "cargo", "passenger", "mail", "planes"),
            ("built", "freight", "coal", "guest", "ships"),
            ("bought", "farm", "garden", "kitchen", "tools"),
        ],
    )
    def test_a_bare_list_that_touches_a_second_object_modifies_it(self, verb, first, second, third, head):
        doc = tree(f"""
            They      they      PRP  PRON   2  nsubj
            {verb}    {verb}    VBD  VERB   0  ROOT
            {first}   {first}   NN   NOUN   2  obj
            ,         ,         ,    PUNCT  5  punct
            {second}  {second}  NN   NOUN   3  conj
            and       and       CC   CCONJ  7  cc
            {third}   {third}   NN   NOUN   3  conj
            {head}    {head}    NNS  NOUN   2  obj
        """)
        mend(doc)
        assert shape(doc)[2] == (first, "compound", head)
        assert shape(doc)[7] == (head, "obj", verb)

    def test_a_list_with_articles_modifies_nothing(self):
        doc = tree("""
            They    they    PRP  PRON   2  nsubj
            sent    send    VBD  VERB   0  ROOT
            the     the     DT   DET    4  det
            nurse   nurse   NN   NOUN   2  obj
            ,       ,       ,    PUNCT  6  punct
            doctor  doctor  NN   NOUN   4  conj
            and     and     CC   CCONJ  8  cc
            cook    cook    NN   NOUN   4  conj
            gifts   gift    NNS  NOUN   2  obj
        """)
        before = shape(doc)
        mend(doc)
        assert shape(doc) == before

    @pytest.mark.parametrize("name", ["Oslo", "Lima", "union"])
    def test_both_halves_of_a_hyphened_word_modify_one_noun(self, name):
        doc = Doc(
            VOCAB,
            words=["pro", "-", name, "voters", "met", "Red", "leaders"],
            spaces=[False, False, True, True, True, True, False],
            tags=["JJ", "HYPH", "NNP", "NNS", "VBD", "NNP", "NNS"],
            pos=["ADJ", "PUNCT", "PROPN", "NOUN", "VERB", "PROPN", "NOUN"],
            heads=[3, 0, 6, 4, 4, 6, 4],
            deps=["amod", "punct", "amod", "nsubj", "ROOT", "amod", "obj"],
        )
        mend(doc)
        assert shape(doc)[2] == (name, "amod", "voters")

    @pytest.mark.parametrize("doc", [SIGNED, MEETING, ROBBED, CAPITAL])
    def test_a_sound_tree_stays(self, doc):
        before = shape(doc)
        mend(doc)
        assert shape(doc) == before


class TestClauses:
    """Control, coordination, relative clauses and passives, on trees that are right."""

    def slots(self, doc, word, knowledge):
        clauses = Clauses(annotate_doc(Article(id="t", text=doc.text), doc, knowledge).index)
        found = clauses.verb(find(clauses.doc, word)).slots
        return {slot: [t.text for t in tokens] for slot, tokens in found.items() if tokens}

    def test_passive(self, knowledge):
        assert self.slots(SIGNED, "signed", knowledge) == {"obj": ["treaty"], "subj": ["Chad", "Niger"]}

    def test_control(self, knowledge):
        slots = self.slots(MEETING, "meet", knowledge)
        assert (slots["subj"], slots["obj"], slots["because of"]) == (["Ali"], ["Ana"], ["trade"])

    def test_participle(self, knowledge):
        slots = self.slots(ROBBED, "beaten", knowledge)
        assert slots.get("obj") == ["man"] and "subj" not in slots

    @pytest.mark.parametrize(
        ("verb", "base_form", "subject"),
        [("urged", "urge", "Chad"), ("promised", "promise", "Kenya"), ("invited", "invite", "Chad")],
    )
    def test_who_controls(self, knowledge, verb, base_form, subject):
        doc = tree(f"""
            Kenya  Kenya        NNP    PROPN  2  nsubj  B-GPE
            {verb} {base_form}  VBD  VERB   0  ROOT
            Chad   Chad         NNP    PROPN  2  obj    B-GPE
            to     to           TO     PART   5  mark
            sign   sign         VB     VERB   2  xcomp
        """)
        assert self.slots(doc, "sign", knowledge)["subj"] == [subject]

    def test_object_gap_of_a_relative_clause(self, knowledge):
        doc = tree("""
            the      the     DT   DET    2  det
            treaty   treaty  NN   NOUN   6  nsubj
            that     that    WDT  PRON   5  obj
            Chad     Chad    NNP  PROPN  5  nsubj  B-GPE
            signed   sign    VBD  VERB   2  acl:relcl
            expired  expire  VBD  VERB   0  ROOT
        """)
        slots = self.slots(doc, "signed", knowledge)
        assert (slots["subj"], slots["obj"]) == (["Chad"], ["treaty"])


CLEAR_AND_UNIVERSAL = {
    "passive with agent": (
        """
        The      the     DT   DET    2  det
        treaty   treaty  NN   NOUN   4  nsubjpass
        was      be      VBD  AUX    4  auxpass
        signed   sign    VBN  VERB   0  ROOT
        by       by      IN   ADP    4  agent
        Chad     Chad    NNP  PROPN  5  pobj       B-GPE
        and      and     CC   CCONJ  6  cc
        Niger    Niger   NNP  PROPN  6  conj       B-GPE
        .        .       .    PUNCT  4  punct
        """,
        """
        The      the     DT   DET    2  det
        treaty   treaty  NN   NOUN   4  nsubj:pass
        was      be      VBD  AUX    4  aux:pass
        signed   sign    VBN  VERB   0  ROOT
        by       by      IN   ADP    6  case
        Chad     Chad    NNP  PROPN  4  obl:agent  B-GPE
        and      and     CC   CCONJ  6  cc
        Niger    Niger   NNP  PROPN  6  conj       B-GPE
        .        .       .    PUNCT  4  punct
        """,
        {("Chad", "signed", "treaty", "asserted"), ("Niger", "signed", "treaty", "asserted")},
    ),
    "object and place": (
        """
        Ali      Ali      NNP  PROPN  2  compound  B-PERSON
        Sow      Sow      NNP  PROPN  3  nsubj     I-PERSON
        met      meet     VBD  VERB   0  ROOT
        Ana      Ana      NNP  PROPN  5  compound  B-PERSON
        Ruiz     Ruiz     NNP  PROPN  3  dobj      I-PERSON
        in       in       IN   ADP    3  prep
        Lima     Lima     NNP  PROPN  6  pobj      B-GPE
        .        .        .    PUNCT  3  punct
        """,
        """
        Ali      Ali      NNP  PROPN  2  compound  B-PERSON
        Sow      Sow      NNP  PROPN  3  nsubj     I-PERSON
        met      meet     VBD  VERB   0  ROOT
        Ana      Ana      NNP  PROPN  5  compound  B-PERSON
        Ruiz     Ruiz     NNP  PROPN  3  obj       I-PERSON
        in       in       IN   ADP    7  case
        Lima     Lima     NNP  PROPN  3  obl       B-GPE
        .        .        .    PUNCT  3  punct
        """,
        {("Ali Sow", "metWith", "Ana Ruiz", "asserted")},
    ),
    "copula": (
        """
        Nairobi  Nairobi  NNP  PROPN  2  nsubj  B-GPE
        is       be       VBZ  AUX    0  ROOT
        the      the      DT   DET    4  det
        capital  capital  NN   NOUN   2  attr
        of       of       IN   ADP    4  prep
        Kenya    Kenya    NNP  PROPN  5  pobj   B-GPE
        .        .        .    PUNCT  2  punct
        """,
        """
        Nairobi  Nairobi  NNP  PROPN  4  nsubj  B-GPE
        is       be       VBZ  AUX    4  cop
        the      the      DT   DET    4  det
        capital  capital  NN   NOUN   0  ROOT
        of       of       IN   ADP    6  case
        Kenya    Kenya    NNP  PROPN  4  nmod   B-GPE
        .        .        .    PUNCT  4  punct
        """,
        {("Nairobi", "capitalOf", "Kenya", "asserted")},
    ),
    "possessive, relative clause, negation": (
        """
        Norway   Norway   NNP  PROPN  3  poss      B-GPE
        's       's       POS  PART   1  case
        envoy    envoy    NN   NOUN   9  nsubj
        who      who      WP   PRON   7  nsubj
        did      do       VBD  AUX    7  aux
        not      not      RB   PART   7  neg
        visit    visit    VB   VERB   3  relcl
        Lima     Lima     NNP  PROPN  7  dobj      B-GPE
        praised  praise   VBD  VERB   0  ROOT
        Kenya    Kenya    NNP  PROPN  9  dobj      B-GPE
        .        .        .    PUNCT  9  punct
        """,
        """
        Norway   Norway   NNP  PROPN  3  nmod:poss B-GPE
        's       's       POS  PART   1  case
        envoy    envoy    NN   NOUN   9  nsubj
        who      who      WP   PRON   7  nsubj
        did      do       VBD  AUX    7  aux
        not      not      RB   PART   7  advmod
        visit    visit    VB   VERB   3  acl:relcl
        Lima     Lima     NNP  PROPN  7  obj       B-GPE
        praised  praise   VBD  VERB   0  ROOT
        Kenya    Kenya    NNP  PROPN  9  obj       B-GPE
        .        .        .    PUNCT  9  punct
        """,
        {
            ("Norway's envoy who did not visit Lima", "visited", "Lima", "negated"),
            ("Norway's envoy who did not visit Lima", "praised", "Kenya", "asserted"),
        },
    ),
    "infinitive and dative": (
        """
        Chad     Chad     NNP  PROPN  2  nsubj     B-GPE
        plans    plan     VBZ  VERB   0  ROOT
        to       to       TO   PART   4  aux
        send     send     VB   VERB   2  xcomp
        weapons  weapon   NNS  NOUN   4  dobj
        to       to       IN   ADP    4  dative
        Niger    Niger    NNP  PROPN  6  pobj      B-GPE
        .        .        .    PUNCT  2  punct
        """,
        """
        Chad     Chad     NNP  PROPN  2  nsubj     B-GPE
        plans    plan     VBZ  VERB   0  ROOT
        to       to       TO   PART   4  mark
        send     send     VB   VERB   2  xcomp
        weapons  weapon   NNS  NOUN   4  obj
        to       to       IN   ADP    7  case
        Niger    Niger    NNP  PROPN  4  obl       B-GPE
        .        .        .    PUNCT  2  punct
        """,
        {("Chad", "sent", "weapons", "planned")},
    ),
    "noun with a preposition, gerund after one": (
        """
        The       the       DT   DET    2  det
        attack    attack    NN   NOUN   7  nsubjpass
        on        on        IN   ADP    2  prep
        the       the       DT   DET    5  det
        village   village   NN   NOUN   3  pobj
        was       be        VBD  AUX    7  auxpass
        condemned condemn   VBN  VERB   0  ROOT
        after     after     IN   ADP    7  prep
        killing   kill      VBG  VERB   8  pcomp
        soldiers  soldier   NNS  NOUN   9  dobj
        .         .         .    PUNCT  7  punct
        """,
        """
        The       the       DT   DET    2  det
        attack    attack    NN   NOUN   7  nsubj:pass
        on        on        IN   ADP    5  case
        the       the       DT   DET    5  det
        village   village   NN   NOUN   2  nmod
        was       be        VBD  AUX    7  aux:pass
        condemned condemn   VBN  VERB   0  ROOT
        after     after     IN   ADP    9  mark
        killing   kill      VBG  VERB   7  advcl
        soldiers  soldier   NNS  NOUN   9  obj
        .         .         .    PUNCT  7  punct
        """,
        {("attack on the village", "killed", "soldiers", "asserted")},
    ),
    "dative without a preposition": (
        """
        Chad     Chad     NNP  PROPN  2  nsubj     B-GPE
        sent     send     VBD  VERB   0  ROOT
        Niger    Niger    NNP  PROPN  2  dative    B-GPE
        weapons  weapon   NNS  NOUN   2  dobj
        .        .        .    PUNCT  2  punct
        """,
        """
        Chad     Chad     NNP  PROPN  2  nsubj     B-GPE
        sent     send     VBD  VERB   0  ROOT
        Niger    Niger    NNP  PROPN  2  iobj      B-GPE
        weapons  weapon   NNS  NOUN   2  obj
        .        .        .    PUNCT  2  punct
        """,
        {("Chad", "sent", "weapons", "asserted")},
    ),
    "preposition in two words": (
        """
        Chad     Chad     NNP  PROPN  2  nsubj     B-GPE
        left     leave    VBD  VERB   0  ROOT
        Niger    Niger    NNP  PROPN  2  dobj      B-GPE
        because  because  IN   SCONJ  2  prep
        of       of       IN   ADP    4  pcomp
        floods   flood    NNS  NOUN   5  pobj
        .        .        .    PUNCT  2  punct
        """,
        """
        Chad     Chad     NNP  PROPN  2  nsubj     B-GPE
        left     leave    VBD  VERB   0  ROOT
        Niger    Niger    NNP  PROPN  2  obj       B-GPE
        because  because  IN   SCONJ  6  case
        of       of       IN   ADP    4  fixed
        floods   flood    NNS  NOUN   2  obl
        .        .        .    PUNCT  2  punct
        """,
        set(),
    ),
    "according to": (
        """
        Chad       Chad    NNP  PROPN  2  nsubj     B-GPE
        attacked   attack  VBD  VERB   0  ROOT
        Niger      Niger   NNP  PROPN  2  dobj      B-GPE
        according  accord  VBG  VERB   2  prep
        to         to      IN   ADP    4  prep
        Kenya      Kenya   NNP  PROPN  5  pobj      B-GPE
        .          .       .    PUNCT  2  punct
        """,
        """
        Chad       Chad    NNP  PROPN  2  nsubj     B-GPE
        attacked   attack  VBD  VERB   0  ROOT
        Niger      Niger   NNP  PROPN  2  obj       B-GPE
        according  accord  VBG  VERB   6  case
        to         to      IN   ADP    4  fixed
        Kenya      Kenya   NNP  PROPN  2  obl       B-GPE
        .          .       .    PUNCT  2  punct
        """,
        {("Chad", "attacked", "Niger", "reported")},
    ),
    "becoming": (
        """
        Ana        Ana        NNP  PROPN  2  compound  B-PERSON
        Ruiz       Ruiz       NNP  PROPN  3  nsubj     I-PERSON
        became     become     VBD  VERB   0  ROOT
        president  president  NN   NOUN   3  attr
        of         of         IN   ADP    4  prep
        Peru       Peru       NNP  PROPN  5  pobj      B-GPE
        .          .          .    PUNCT  3  punct
        """,
        """
        Ana        Ana        NNP  PROPN  2  compound  B-PERSON
        Ruiz       Ruiz       NNP  PROPN  3  nsubj     I-PERSON
        became     become     VBD  VERB   0  ROOT
        president  president  NN   NOUN   3  xcomp
        of         of         IN   ADP    6  case
        Peru       Peru       NNP  PROPN  4  nmod      B-GPE
        .          .          .    PUNCT  3  punct
        """,
        {("Ana Ruiz", "leaderOf", "Peru", "asserted")},
    ),
    "being somewhere": (
        """
        The      the      DT   DET    2  det
        embassy  embassy  NN   NOUN   3  nsubj
        is       be       VBZ  AUX    0  ROOT
        in       in       IN   ADP    3  prep
        Lima     Lima     NNP  PROPN  4  pobj      B-GPE
        .        .        .    PUNCT  3  punct
        """,
        """
        The      the      DT   DET    2  det
        embassy  embassy  NN   NOUN   5  nsubj
        is       be       VBZ  AUX    5  cop
        in       in       IN   ADP    5  case
        Lima     Lima     NNP  PROPN  0  ROOT      B-GPE
        .        .        .    PUNCT  5  punct
        """,
        {("embassy", "locatedIn", "Lima", "asserted")},
    ),
}


class TestTwoSchemes:
    @pytest.mark.parametrize(("clear", "universal", "claims"), CLEAR_AND_UNIVERSAL.values(), ids=CLEAR_AND_UNIVERSAL)
    def test_the_tree(self, clear, universal, claims):
        assert shape(as_universal(tree(clear))) == shape(tree(universal))

    @pytest.mark.parametrize(("clear", "universal", "claims"), CLEAR_AND_UNIVERSAL.values(), ids=CLEAR_AND_UNIVERSAL)
    def test_the_claims(self, clear, universal, claims, knowledge):
        found = [readable(self.extract(tree(rows), knowledge)) for rows in (clear, universal)]
        assert found[0] == found[1]
        assert claims <= found[0]

    def extract(self, doc, knowledge):
        return extract_claims(annotate_doc(Article(id="t", text=doc.text), doc, knowledge), knowledge)

    @pytest.mark.parametrize(("clear", "universal", "claims"), CLEAR_AND_UNIVERSAL.values(), ids=CLEAR_AND_UNIVERSAL)
    def test_schemes_are_told_apart(self, clear, universal, claims):
        assert is_clearnlp(tree(clear)) and not is_clearnlp(tree(universal))

    def test_a_universal_tree_comes_back_as_it_is(self):
        assert as_universal(SIGNED) is SIGNED

    def test_text_and_entities_stay(self):
        clear = tree(CLEAR_AND_UNIVERSAL["object and place"][0])
        made = as_universal(clear)
        assert made.text == clear.text
        assert [(e.text, e.label_) for e in made.ents] == [(e.text, e.label_) for e in clear.ents]

    def test_a_copula_with_a_subordinate_clause_keeps_one_root(self):
        made = as_universal(
            tree("""
                She      she      PRP  PRON   2  nsubj
                said     say      VBD  VERB   0  ROOT
                Nairobi  Nairobi  NNP  PROPN  4  nsubj  B-GPE
                is       be       VBZ  AUX    2  ccomp
                big      big      JJ   ADJ    4  acomp
            """)
        )
        assert shape(made)[2:] == [("Nairobi", "nsubj", "big"), ("is", "cop", "big"), ("big", "ccomp", "said")]
        assert sum(t.head.i == t.i for t in made) == 1


@pytest.mark.parametrize(
    ("relation", "wanted"),
    [("iobj", "nsubj"), ("obj", "nsubj"), ("nsubj", "nsubj")],
)
def test_what_stands_before_a_gerund_is_its_subject(relation, wanted):
    rows = f"""
        Film film NNS NOUN 0 ROOT
        of of IN SCONJ 4 mark
        Ana Ana NNP PROPN 4 {relation}
        kissing kiss VBG VERB 1 acl
        Ali Ali NNP PROPN 4 obj
    """
    doc = tree(rows)
    mend(doc)
    assert find(doc, "Ana").dep_ == wanted
    assert find(doc, "Ali").dep_ == "obj"


@pytest.mark.parametrize(
    ("tag", "verb"),
    [("VBG", "fighting"), ("NN", "spent")],
)
def test_a_second_object_behind_a_gerund_is_the_gerunds(tag, verb):
    kind = "VERB" if tag == "VBG" else "NOUN"
    rows = f"""
        She she PRP PRON 2 nsubj
        spent spend VBD VERB 0 ROOT
        energy energy NN NOUN 2 obj
        fighting fight {tag} {kind} 2 advcl
        colds cold NNS NOUN 2 obj
    """
    doc = tree(rows)
    mend(doc)
    assert find(doc, "colds").head.text == verb


@pytest.mark.parametrize(("mark", "relation"), [(";", "dep"), (",", "nsubj")])
def test_no_subject_stands_before_a_semicolon(mark, relation):
    doc = tree(f"""
        Two two CD NUM 2 nummod
        raids raid NNS NOUN 3 nsubj
        hit hit VBD VERB 0 ROOT
        a a DT DET 5 det
        mill mill NN NOUN 3 obj
        and and CC CCONJ 8 cc
        a a DT DET 8 det
        barn barn NN NOUN 10 nsubj
        {mark} {mark} : PUNCT 10 punct
        burned burn VBD VERB 3 conj
        ships ship NNS NOUN 10 obj
    """)
    mend(doc)
    assert find(doc, "barn").dep_ == relation
    assert shape(doc)[-2] == ("burned", "conj", "hit")


@pytest.mark.parametrize(("word", "head"), [("then", "girlfriend"), ("so", "has")])
def test_what_somebody_was_then_is_joined_to_its_noun(word, head):
    doc = tree(f"""
        his his PRP$ PRON 4 nmod:poss
        {word} {word} RB ADV 5 advmod
        - - HYPH PUNCT 4 punct
        girlfriend girlfriend NN NOUN 5 nsubj
        has have VBZ VERB 0 ROOT
        ties tie NNS NOUN 5 obj
    """)
    doc = Doc(
        doc.vocab,
        words=[t.text for t in doc],
        spaces=[True, False, False, True, True, True],
        tags=[t.tag_ for t in doc],
        pos=[t.pos_ for t in doc],
        lemmas=[t.lemma_ for t in doc],
        heads=[t.head.i for t in doc],
        deps=[t.dep_ for t in doc],
    )
    mend(doc)
    assert find(doc, word).head.text == head


@pytest.mark.parametrize(("auxiliary", "relation"), [("then", "nsubj"), ("was", "nsubj:pass")])
def test_a_clause_with_an_object_and_no_auxiliary_is_active(auxiliary, relation):
    tag, kind, label = ("RB", "ADV", "advmod") if auxiliary == "then" else ("VBD", "AUX", "aux:pass")
    doc = tree(f"""
        camps camp NNS NOUN 0 ROOT
        where where WRB ADV 5 advmod
        raids raid NNS NOUN 5 nsubj:pass
        {auxiliary} {auxiliary} {tag} {kind} 5 {label}
        killed kill VBN VERB 1 acl:relcl
        men man NNS NOUN 5 obj
    """)
    mend(doc)
    assert find(doc, "raids").dep_ == relation


IN_PHRASE = """
Members member NNS NOUN 6 nsubj
of of IN ADP 3 case
Norland Norland NNP PROPN 1 nmod
's 's POS PART 3 case
navy navy NN NOUN 1 nmod
fled flee VBD VERB 0 root
"""
TWICE = """
Members member NNS NOUN 6 nsubj
of of IN ADP 3 case
Norland Norland NNP PROPN 1 nmod
's 's POS PART 3 case
party party NN NOUN 6 nsubj
fled flee VBD VERB 0 root
"""
OWN_PHRASE = """
Members member NNS NOUN 6 nsubj
of of IN ADP 5 case
Norland Norland NNP PROPN 5 nmod:poss
's 's POS PART 3 case
navy navy NN NOUN 1 nmod
fled flee VBD VERB 0 root
"""


@pytest.mark.parametrize("rows", [IN_PHRASE, TWICE, OWN_PHRASE])
def test_an_owner_in_a_phrase_owns_what_the_phrase_is_of(rows):
    doc = tree(rows)
    mend(doc)
    thing = doc[4]
    assert (thing.head.text, thing.dep_) == ("Members", "nmod")
    assert (doc[2].head.i, doc[2].dep_, doc[1].head.i) == (thing.i, "nmod:poss", thing.i)


def test_a_participle_before_a_number_is_the_next_verb():
    doc = tree("""
        Gas gas NN NOUN 2 nsubj
        killed kill VBD VERB 0 root
        a a DT DET 4 det
        guard guard NN NOUN 2 obj
        and and CC CCONJ 8 cc
        wounded wound VBN VERB 8 amod
        eight eight CD NUM 8 nummod
        miners miner NNS NOUN 4 conj
    """)
    mend(doc)
    assert ("wounded", "conj", "killed") in shape(doc) and ("miners", "obj", "wounded") in shape(doc)


@pytest.mark.parametrize(
    ("words", "number", "whole"),
    [
        (["nurses", "and", "clerks"], "40", True),
        (["nurses", "and", "clerks"], "one", False),
        (["nurses", "and", "several", "clerks"], "40", False),
        (["nurses", "and", "a", "clerk"], "40", False),
    ],
)
def test_one_number_counts_a_list_of_bare_plurals(words, number, whole):
    last = len(words) + 1
    rows = [f"{number} {number} CD NUM 2 nummod"]
    for n, word in enumerate(words, 2):
        kind = {"and": "CC CCONJ", "several": "JJ ADJ", "a": "DT DET", "clerk": "NN NOUN"}.get(word, "NNS NOUN")
        relation = {"and": "cc", "several": "amod", "a": "det"}.get(word, "conj")
        rows.append(f"{word} {word} {kind} {0 if n == 2 else 2 if n == last else last} {relation}")
    doc = tree("\n".join(rows))
    assert (len(coordinated(doc[1])) == 1) is whole


def test_a_clause_is_no_name(knowledge):
    rows = """
        The the DT DET 5 det
        blast blast NN NOUN 5 compound
        wounded wound VBN VERB 5 amod
        14 14 CD NUM 5 nummod
        people people NNS NOUN 6 nsubj
        left leave VBD VERB 0 root
    """
    doc = tree(rows)
    annotated = annotate_doc(Article(id="t", text=doc.text), doc, knowledge)
    assert annotated.index.at(find(doc, "people")) is None


def test_a_second_that_belongs_to_what_is_said():
    doc = tree(
        """
        Owners owner NNS NOUN 2 nsubj
        warned warn VBD VERB 0 ROOT
        that that IN SCONJ 5 mark
        dams dam NNS NOUN 5 nsubj
        leak leak VBP VERB 2 ccomp
        and and CC CCONJ 9 cc
        that that IN SCONJ 9 mark
        towns town NNS NOUN 9 nsubj
        flood flood VBP VERB 2 conj
        """
    )
    mend(doc)
    assert find(doc, "flood").head.text == "leak"


def test_a_body_before_a_title_is_no_second_subject():
    rows = """
        Norvik Norvik NNP PROPN 2 compound
        Press Press NNP PROPN 6 nsubj
        {title} {title} {tag} {pos} 4 {dep}
        Ana Ana NNP PROPN 6 nsubj
        Ruiz Ruiz NNP PROPN 4 flat
        says say VBZ VERB 0 ROOT
        """
    doc = tree(rows.format(title="editor", tag="NN", pos="NOUN", dep="nmod:desc"))
    mend(doc)
    assert find(doc, "Press").head.text == "editor"
    doc = tree(rows.format(title="old", tag="JJ", pos="ADJ", dep="amod"))
    mend(doc)
    assert find(doc, "Press").head.text == "says"


@pytest.mark.parametrize(("state", "tag", "head"), [("hurt", "VBN", "hurt"), ("missing", "JJ", "reported")])
def test_who_stands_behind_a_second_participle_did_what_that_tells(state, tag, head):
    doc = tree(f"""
        Four      four     CD  NUM   3  nsubj:pass
        were      be       VBD AUX   3  aux:pass
        reported  report   VBN VERB  0  ROOT
        {state}   {state}  {tag} VERB 3 xcomp
        by        by       IN  ADP   6  case
        police    police   NN  NOUN  3  obl:agent
    """)
    mend(doc)
    assert find(doc, "police").head.text == head


def test_a_second_subject_behind_a_passive_is_not_its_own():
    doc = tree("""
        Nurses    nurse    NNS NOUN  3  nsubj:pass
        are       be       VBP AUX   3  aux:pass
        trained   train    VBN VERB  0  ROOT
        ,         ,        ,   PUNCT 5  punct
        ports     port     NNS NOUN  3  nsubj:pass
        checked   checked  JJ  ADJ   5  amod
    """)
    mend(doc)
    assert [t.text for t in doc if t.dep_ == "nsubj:pass"] == ["Nurses"]


@pytest.mark.parametrize(("number", "is_said"), [("nummod", True), ("amod", False)])
def test_what_was_done_to_so_many_is_said(number, is_said):
    doc = tree(f"""
        Guards    guard    NNS NOUN  2  nsubj
        say       say      VBP VERB  0  ROOT
        raids     raid     NNS NOUN  2  obj
        killed    kill     VBN VERB  3  acl
        six       six      CD  NUM   6  {number}
        cooks     cook     NNS NOUN  4  obj
    """)
    mend(doc)
    assert (find(doc, "killed").dep_ == "ccomp") is is_said
