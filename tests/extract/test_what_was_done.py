"""What a verb tells was done, to what and by whom: no more than its sentence says, and nothing where the sentence goes on."""

from __future__ import annotations

import pytest

from kg.extract.events import _is_second_measure
from tests.conftest import PUBLISHED
from tests.test_syntax import find, tree

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def told(extraction_of):
    """Everything told as fact, as "subject | predicate | object"."""

    def read(text):
        found = extraction_of(text, PUBLISHED)
        names = {m.id: m.name for m in found.mentions}
        return {
            " | ".join(
                (
                    names.get(c.subject, c.evidence.subject_text),
                    c.predicate,
                    names.get(c.object.mention) or (c.object.value.lexical if c.object.value else ""),
                )
            )
            for c in (*found.claims, *found.readings)
            if c.status == "asserted"
        }

    return read


# who was hurt is not who was killed; who says something amid a clause does not say what stands before it
OTHERS = [
    ("Ten sailors were burned and more than 30 nurses injured in a blast.", "blast | injured | Ten sailors", False),
    (
        "Ten sailors were burned and more than 30 nurses injured in a blast.",
        "blast | injured | more than 30 nurses",
        True,
    ),
    ("Two mills were flooded and three barns burned in a storm.", "Two mills | burnedIn | storm", False),
    ("Ten sailors were injured and saved in a blast.", "Ten sailors | savedIn | blast", True),
    (
        "The guild wants news of its missing miners who, it says, vanished in May.",
        "guild | said | missing miners",
        False,
    ),
    ("In May the union aired a tape it said proved its leader fled.", "union | said | tape it said", False),
    ("The union aired the prayer that the nuns said.", "nuns | said | prayer that the nuns said", True),
    (
        "Police officials say Monday's raid in Velm, near the town of Quito, killed at least ten sailors.",
        "Police officials | said | raid in Velm",
        False,
    ),
    (
        "Police officials say Monday's raid in Velm, near the town of Quito, killed at least ten sailors.",
        "Police officials | said | Monday's raid in Velm, near the town of Quito, killed at least ten sailors",
        True,
    ),
    ("Officials say a man named Ben Lo left.", "Officials | said | a man named Ben Lo left", True),
    ("The maps show the storm moving north.", "maps | moved | north", False),
    ("The maps show the storm moving north.", "maps | showed | the storm moving north", True),
    ("The map shows the storm moving north.", "map | showed | the storm moving north", True),
    ("The mayor left the hall waving a flag.", "mayor | waved | flag", True),
    ("Ben Lo reacted Friday to charges by Mali that Chad is hiding gold.", "Ben Lo | reactedTo | charges", False),
    ("Ben Lo reacted Friday to the charges.", "Ben Lo | reactedTo | charges", True),
]

# before the subject, behind a comma, behind "to" without an article: circumstances
BESIDE = [
    ("On the evening program, Ana Ruiz urged the mayor to leave.", "Ana Ruiz | urged | evening program", False),
    ("On the evening program, Ana Ruiz urged the mayor to leave.", "Ana Ruiz | urged | mayor", True),
    (
        "In a letter sent Monday, the guild Norvik called on Chad to pay.",
        "Norvik | calledIn | letter sent Monday",
        False,
    ),
    ("In Lima, the guild marched.", "guild | marchedIn | Lima", True),
    ("With the slump in May, trade slowed.", "trade | slowedWith | slump", False),
    ("Under the pact, the guild marched.", "guild | marchedUnder | pact", True),
    ("The toll rose to nine, with the loss of a boat.", "toll | roseWith | loss of a boat", False),
    ("Trade is growing fast, with about 300 ships in 2001.", "Trade | grewWith | about 300 ships", False),
    ("Chad paid, in part, with the sale of a boat.", "Chad | paidWith | sale of a boat", True),
    ("Trade grew fast, with about 300 nurses in 2001.", "Trade | grewWith | about 300 nurses", False),
    ("Trade grew with the loss of a rival.", "Trade | grewWith | loss of a rival", True),
    ("The firm merged, with Norvik Steel.", "firm | mergedWith | Norvik Steel", True),
    ("The farmers went to court over the dam.", "farmers | travelledTo | court", False),
    ("The nurses went back to work in May.", "nurses | returnedTo | work", False),
    ("The nurses went to the mill in May.", "nurses | travelledTo | mill", True),
    ("Ali Sow died in May at the age of 80.", "Ali Sow | diedIn | age of 80", False),
    ("Ali Sow died in May at a clinic in Lima.", "Ali Sow | diedIn | clinic in Lima", True),
    ("Ben Lo was shot last year in front of a mill in Lima.", "Ben Lo | shotInFrontOf | mill in Lima", True),
    ("A bust was placed in the front of the hall.", "bust | placedInFrontOf | hall", False),
    ("A bust was placed in front of the altar.", "bust | placedInFrontOf | altar", True),
    ("The navy sailed into the fog in May.", "navy | sailedInto | fog", True),
    ("The Chadian women's team has stormed into the world finals in Lima, Peru.", "team | stormedIn | Lima", False),
    ("The plane plunged into a lake in Velm.", "plane | plungedIn | Velm", True),
]

# what is left out of it makes another thing of a verb
COMPLEMENTS = [
    ("Ali Sow made reform his main aim in 1995.", "Ali Sow | made | reform", False),
    ("Ali Sow made reform his main aim in 1995.", "Ali Sow | made | main aim", False),
    ("Ten ministers declared the flu a plague.", "Ten ministers | declared | flu", False),
    ("Ten ministers declared the flu a plague.", "Ten ministers | declared | the flu a plague", True),
    ("Ali Sow made a chair and a bed.", "Ali Sow | made | chair", True),
    ("Ana Ruiz is barred from coaching in two leagues.", "unnamed agent | banned | Ana Ruiz", False),
    ("Chad barred the guild from meeting in May.", "Chad | banned | guild", False),
    ("Chad barred the guild in May.", "Chad | banned | guild", True),
    ("Two towns have started asking schools to pay.", "Two towns | asked | schools", False),
    ("The union is asking Chad to pay.", "union | asked | Chad", False),
    ("Two towns have asked Chad to pay.", "Two towns | asked | Chad", True),
    ("The court ordered Norvik Steel to close its mill.", "court | ordered | Norvik Steel", False),
    ("The court ordered a recount.", "court | ordered | recount", True),
    ("Norvik Steel was ordered to close its mill.", "unnamed agent | ordered | Norvik Steel", True),
    ("Ana Ruiz used a speech in Lima to praise the guild.", "Ana Ruiz | used | speech in Lima", False),
    ("Ana Ruiz used a speech in Lima to praise the guild.", "Ana Ruiz | used | a speech in Lima", False),
    ("Ana Ruiz used a speech in Lima to praise it.", "Ana Ruiz | used | a speech in Lima to praise it", True),
    ("The guild called on Chad to pay the miners.", "guild | calledOn | Chad to pay the miners", True),
    ("The guild used a boat in May.", "guild | used | a boat in May", True),
    ("The ruling prompted supporters of Ana Ruiz to march.", "ruling | caused | supporters of Ana Ruiz", False),
    ("The ruling prompted protests.", "ruling | caused | protests", True),
    ("The maps show the storm moving north.", "maps | showed | storm", False),
    ("The film showed the mayor.", "film | showed | mayor", True),
    ("The paper quoted Ana Ruiz as saying the mill was safe.", "paper | quoted | Ana Ruiz", False),
    (
        "The paper quoted Ana Ruiz as saying the mill was safe.",
        "paper | quoted | Ana Ruiz as saying the mill was safe",
        True,
    ),
    ("The paper quotes Ana Ruiz saying it rains.", "paper | quoted | Ana Ruiz", False),
    ("The paper quoted Ana Ruiz in May.", "paper | quoted | Ana Ruiz", True),
    ("The list ranges from tea to tin.", "list | rangedFrom | tea", False),
    ("Ana Ruiz introduced legislation Friday that would ban ferries.", "Ana Ruiz | introduced | legislation", False),
    ("Ana Ruiz introduced legislation Friday.", "Ana Ruiz | introduced | legislation", True),
    ("The Red Front assumed responsibility.", "Red Front | assumed | responsibility", False),
    ("The Red Front denied the charge.", "Red Front | denied | charge", True),
    ("The Red Front claimed responsibility.", "Red Front | claimed | responsibility", False),
    ("The bank took other steps in May.", "bank | took | other steps", False),
    ("The flu is close to other rare diseases.", "flu | closeTo | other rare diseases", True),
    ("The bank took two steps in May.", "bank | took | two steps", True),
    ("Chad owns 40% of the shares in the firm.", "Chad | owns | 40%", False),
    ("Chad owns 40% of the shares.", "Chad | owns | 40% of the shares", True),
    ("Norvik Steel earned $20 million, or $4 a share, in May.", "Norvik Steel | earned | $4", False),
    ("Norvik Steel earned $20 million, or $4 a share, in May.", "Norvik Steel | earned | share", False),
    ("Norvik Steel earned $20 million, or $4 a share, in May.", "Norvik Steel | earned | $20 million", True),
]

# what says nothing that its own words do not say, or that only the text before could tell
EMPTY = [
    ("The navy dropped crates containing tea.", "crates containing tea | includes | tea", False),
    ("A list comprising ferries was read.", "list comprising ferries | hasPart | ferries", False),
    ("The list includes a ferry.", "list | includes | ferry", True),
    ("The letter sent in May was long.", "unnamed agent | sent | letter sent in May", False),
    ("Lima is old.\n\nThe report was published Thursday.", "unnamed agent | published | report", False),
    (
        "Lima is old.\n\nThe report on rents was published Thursday.",
        "unnamed agent | published | report on rents",
        True,
    ),
    ("Lima is old.\n\nAna Ruiz announced the news.", "Ana Ruiz | announced | news", False),
    ("Lima is old.\n\nAna Ruiz announced a strike.", "Ana Ruiz | announced | strike", True),
    ("The king was led through the crowd.", "unnamed agent | led | king", False),
    ("The mayor was led to the door.", "unnamed agent | led | mayor", False),
    ("The council was led by Ana Ruiz.", "Ana Ruiz | led | council", True),
    ("Ana Ruiz left after she was sworn into office.", "unnamed agent | promised | Ana Ruiz", False),
    ("Ana Ruiz left after she was sworn into office.", "unnamed agent | sworeIn | Ana Ruiz", True),
    ("The city of Quito has restored running water for farmers.", "Quito | repaired | running water", False),
    ("The army restored peace to Lima.", "army | repaired | peace", False),
    ("The town restored the church.", "town | repaired | church", True),
    ("Two guards were also injured in the blast.", "blast | injuredCount | 2", False),
    ("One Chadian was also killed in raids on Lima.", "raids on Lima | killedCount | 1", False),
    ("Six Chadians were killed in raids on Lima.", "raids on Lima | killedCount | 6", True),
]

# not done
UNDONE = [
    ("Many protested against the pastor's insistence on burning a book.", "pastor | burned | a book", False),
    ("Many protested against Chad's insistence on testing bombs.", "Chad | tested | bombs", False),
    ("The union has a hall in Lima to honor the miners.", "union | honored | miners", False),
    ("Chad has a day to mark the battle.", "Chad | commemorates | battle", False),
    ("The union built a hall in Lima to honor the miners.", "union | honored | miners", True),
    ("Ali Sow claimed responsibility for killing Ana Ruiz.", "Ali Sow | killed | Ana Ruiz", False),
    ("The rebels claimed responsibility for burning the mill.", "rebels | burned | mill", False),
    ("The rebels claimed responsibility for Monday's raid in Lima.", "raid in Lima | tookPlaceAt | Lima", True),
    ("Ben Lo stepped down as mayor in June 2009.", "Ben Lo | resignedFrom | mayor", True),
]


@pytest.mark.parametrize(
    ("text", "claim", "expected"),
    [*OTHERS, *BESIDE, *COMPLEMENTS, *EMPTY, *UNDONE],
    ids=[f"{row[0]} -> {row[1]}" for row in [*OTHERS, *BESIDE, *COMPLEMENTS, *EMPTY, *UNDONE]],
)
def test_only_what_was_done_is_told(told, text, claim, expected):
    assert (claim in told(text)) is expected, told(text)


@pytest.mark.parametrize("text", ["Ben Lo stepped down as mayor in June 2009.", "Ana Ruiz has resigned as mayor."])
def test_who_has_left_an_office_holds_it_no_more(extraction_of, text):
    held = [c for c in extraction_of(text, PUBLISHED).claims if c.predicate == "holdsPosition"]
    assert [c.time.value[:2] for c in held if c.time] == [".."]


def test_who_may_leave_an_office_holds_it(extraction_of):
    held = [
        c for c in extraction_of("Ana Ruiz may resign as mayor.", PUBLISHED).claims if c.predicate == "holdsPosition"
    ]
    assert [c.time for c in held] == [None]


@pytest.mark.parametrize(
    ("text", "is_made"),
    [
        ("The funds will go to world aid groups and established local aid groups to supply food.", False),
        ("The firm will lend to farmers and established local shops.", False),
        ("The firm has lent to farmers and established local shops.", True),
    ],
)
def test_behind_will_a_past_form_describes_what_follows(extraction_of, text, is_made):
    assert ("created" in {c.predicate for c in extraction_of(text, PUBLISHED).claims}) is is_made


@pytest.mark.parametrize(("head", "is_second"), [(2, True), (4, False)], ids=["loss and 5%", "4% and 5%"])
def test_a_share_beside_a_noun_with_its_own_is_no_second_thing(head, is_second):
    doc = tree(f"""
        posted  post  VBD  VERB  0  ROOT
        loss    loss  NN   NOUN  1  obj
        of      of    IN   ADP   4  case
        4%      4%    NN   NOUN  2  nmod  B-PERCENT
        and     and   CC   CCONJ 6  cc
        5%      5%    NN   NOUN  {head}  conj  B-PERCENT
    """)
    assert _is_second_measure(find(doc, "5%")) is is_second
