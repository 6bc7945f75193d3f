"""In what sense things are said: one table per construction; each row names the claim and the status it must have."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.model

VISIT = ("Ali Sow", "visited", "Oslo")
MEET = ("Ali Sow", "metWith", "Maria Keller")
ATTACK = ("Chad", "attacked", "Niger")
AID = ("Chad", "aided", "Niger")


def miss(reason):
    return pytest.mark.xfail(reason=reason, strict=True)


def row(text, claim, status, marks=()):
    return pytest.param(text, claim, status, id=f"{status}: {text[:60]}", marks=marks)


ASSERTED = [
    row("Ali Sow visited Oslo.", VISIT, "asserted"),
    row("Ali Sow managed to meet Maria Keller.", MEET, "asserted"),
    row("Ali Sow was pleased to meet Maria Keller.", MEET, "asserted"),
    row("Ali Sow was proud to meet Maria Keller.", MEET, "asserted"),
    row("Ali Sow was able to visit Oslo.", VISIT, "asserted"),
    row("Ali Sow was quick to visit Oslo.", VISIT, "asserted"),
    row("After he visited Oslo, Ali Sow met Maria Keller.", MEET, "asserted"),
    row("Kenya regrets that Chad attacked Niger.", ATTACK, "asserted"),
    row("Ali Sow, who visited Oslo in May, may resign.", VISIT, "asserted"),
    row("Ali Sow did visit Oslo.", VISIT, "asserted"),
    row(
        "Ali Sow visited Oslo before meeting Maria Keller.",
        MEET,
        "asserted",
    ),
]
NEGATED = [
    row("Ali Sow was not able to visit Oslo.", VISIT, "negated"),
    row("Ali Sow did not visit Oslo.", VISIT, "negated"),
    row("Ali Sow never met Maria Keller.", MEET, "negated"),
    row("Chad hasn't attacked Niger.", ATTACK, "negated"),
    row("Ali Sow failed to visit Oslo.", VISIT, "negated"),
    row("Ali Sow refused to meet Maria Keller.", MEET, "negated"),
    row("Ali Sow visited Oslo, but he did not meet Maria Keller.", VISIT, "asserted"),
    row("Ali Sow visited Oslo, not Lima.", VISIT, "asserted"),
]
POSSIBLE = [
    row("Ali Sow may visit Oslo.", VISIT, "possible"),
    row("Ali Sow could meet Maria Keller on Friday.", MEET, "possible"),
    row("Chad has possibly attacked Niger.", ATTACK, "possible"),
    row("Ali Sow is believed to have visited Oslo.", VISIT, "possible"),
    row("Analysts believe that Chad attacked Niger.", ATTACK, "possible"),
    row("If Chad attacked Niger, Kenya would intervene.", ATTACK, "possible"),
    row("Kenya will intervene unless Ali Sow visits Oslo.", VISIT, "possible"),
    row("Did Chad attack Niger?", ATTACK, "possible"),
    row("Has Ali Sow met Maria Keller?", MEET, "possible"),
    row("It is unclear whether Chad attacked Niger.", ATTACK, "possible"),
    row("In May, Ali Sow visited Oslo.", VISIT, "asserted"),
]
PLANNED = [
    row("Ali Sow is able to visit Oslo.", VISIT, "planned"),
    row("Ali Sow is to visit Oslo in May.", VISIT, "planned"),
    row("Ali Sow will visit Oslo.", VISIT, "planned"),
    row("Ali Sow plans to visit Oslo.", VISIT, "planned"),
    row("Ali Sow is scheduled to meet Maria Keller.", MEET, "planned"),
    row("Ali Sow is set to meet Maria Keller on Friday.", MEET, "planned"),
    row("Ali Sow is going to visit Oslo.", VISIT, "planned"),
    row("Ali Sow agreed to meet Maria Keller.", MEET, "planned"),
    row("The planned meeting between Ali Sow and Maria Keller was praised.", MEET, "planned"),
    row("Ali Sow went to Norway to meet Maria Keller.", MEET, "planned"),
    row("Willy Sow met Maria Keller.", ("Willy Sow", "metWith", "Maria Keller"), "asserted"),
    row("Kenya staged a parade to mark the anniversary.", ("Kenya", "commemorates", "anniversary"), "asserted"),
    row("Kenya will stage a parade to mark the anniversary.", ("Kenya", "commemorates", "anniversary"), "planned"),
    row("Crowds gathered to celebrate the anniversary.", ("Crowds", "celebrated", "anniversary"), "asserted"),
    row("Chad sent troops to attack Niger.", ATTACK, "planned"),
]
REPORTED = [
    row("Kenya said in response to the report that Chad attacked Niger.", ATTACK, "reported"),
    row("Ana Ruiz said in reply to the report that Chad aided Niger.", AID, "reported"),
    row(
        "Ana Ruiz said in response to the strike that nurses attacked Ben Lo.",
        ("nurses", "attacked", "Ben Lo"),
        "reported",
    ),
    row(
        "Kenya spoke of the report that provoked Ali Sow.",
        ("report that provoked Ali Sow", "provoked", "Ali Sow"),
        "asserted",
    ),
    row("Ali Sow visited Oslo, the agency said.", VISIT, "reported"),
    row("According to the agency, Ali Sow visited Oslo.", VISIT, "reported"),
    row("Kenya said that Chad attacked Niger.", ATTACK, "reported"),
    row("Maria Keller told reporters that Chad had attacked Niger.", ATTACK, "reported"),
    row("Ali Sow reportedly visited Oslo.", VISIT, "reported"),
    row("“Chad attacked Niger,” Maria Keller said.", ATTACK, "reported"),
    row("Ali Sow visited Oslo and said a few words.", VISIT, "asserted"),
    row("Chad attacked Niger in May, reports the Harbour Agency.", ATTACK, "reported"),
    row("Ali Sow visited Oslo in May, reports the state news agency.", VISIT, "reported"),
    row("Ali Sow visited Oslo, told reporters a joke and left.", VISIT, "asserted"),
    row("Ali Sow visited Oslo when the mayor reported a fire.", VISIT, "asserted"),
]
ALLEGED = [
    row("Kenya accused Chad of attacking Niger.", ATTACK, "alleged"),
    row("Maria Keller alleged that Chad attacked Niger.", ATTACK, "alleged"),
    row("Chad allegedly attacked Niger.", ATTACK, "alleged"),
    row("Chad is accused of aiding Niger.", AID, "alleged"),
    row("Chad, which was accused of fraud, attacked Niger.", ATTACK, "asserted"),
]
DENIED = [
    row("Chad denied that it attacked Niger.", ATTACK, "denied"),
    row("Ali Sow denied meeting Maria Keller.", MEET, "denied"),
    row("Chad denied having aided Niger.", AID, "denied"),
    row("Chad, which denied the report, attacked Niger.", ATTACK, "asserted"),
    row(
        "Kenya accused Chad of arming rebels in Mali, which Niamey has denied.",
        ("Niger", "denied", "arming rebels in Mali"),
        "asserted",
    ),
    row("Kenya accused Chad of providing aid, which Chad denies.", ("Chad", "denied", "providing aid"), "asserted"),
    row("Kenya published a report, which Chad denied.", ("Chad", "denied", "report"), "asserted"),
]


@pytest.mark.parametrize(
    ("text", "claim", "status"),
    [*ASSERTED, *NEGATED, *POSSIBLE, *PLANNED, *REPORTED, *ALLEGED, *DENIED],
)
def test_status(claims_of, text, claim, status):
    found = claims_of(text)
    assert {c[3] for c in found if c[:3] == claim} == {status}, sorted(found)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Kenya warned Chad against attacking Niger.", ("Kenya", "attacked", "Niger")),
        ("Kenya warned Chad against attacking Niger.", ATTACK),
        ("Maria Keller advised Ali Sow against visiting Oslo.", VISIT),
        ("Chad ruled out attacking Niger.", ATTACK),
        ("Chad opposes attacking Niger.", ATTACK),
        ("Chad stopped short of attacking Niger.", ATTACK),
        ("Without attacking Niger, Chad cannot win.", ATTACK),
        ("Instead of meeting Maria Keller, Ali Sow left.", MEET),
        ("Rather than visit Oslo, Ali Sow left.", VISIT),
        ("There is no evidence that Chad attacked Niger.", ATTACK),
        ("It is false that Chad attacked Niger.", ATTACK),
        ("The claim that Chad attacked Niger is false.", ATTACK),
        ("Chad had no reason to attack Niger.", ATTACK),
        ("Ali Sow has yet to visit Oslo.", VISIT),
        ("Ali Sow almost visited Oslo.", VISIT),
        ("A court cleared Chad of attacking Niger.", ATTACK),
        ("Ali Sow was acquitted of killing Juan Ruiz.", ("Ali Sow", "killed", "Juan Ruiz")),
        ("Ali Sow postponed his visit to Oslo.", VISIT),
        ("Ali Sow cancelled a meeting with Maria Keller.", MEET),
        ("The proposal to attack Niger was rejected by Chad.", ATTACK),
        ("Until Ali Sow visits Oslo, Kenya will wait.", VISIT),
        pytest.param("Chad, attack Niger!", ATTACK, marks=miss("the parser makes a subject of whom an order calls")),
        ("Ali Sow dreamed that he met Maria Keller.", MEET),
        ("Ali Sow pretended to meet Maria Keller.", MEET),
        ("Rumors of a meeting between Ali Sow and Maria Keller spread.", MEET),
        ("Kenya condemned a possible attack on Niger.", ("possible attack", "tookPlaceAt", "Niger")),
        ("Neither Chad nor Kenya attacked Niger.", ATTACK),
        ("The army prevented Chad from attacking Niger.", ATTACK),
        ("Critics fear that Chad will attack Niger.", ATTACK),
    ],
)
def test_never_asserted(claims_of, text, claim):
    assert (*claim, "asserted") not in claims_of(text)


@pytest.mark.parametrize(
    ("text", "claim", "status"),
    [
        ("Chad will hold a drill involving Niger.", ("drill involving Niger", "involved", "Niger"), "planned"),
        ("Chad should seek rules that protect Niger.", ("rules that protect Niger", "protected", "Niger"), "possible"),
        ("Chad may open a school serving Niger.", ("school serving Niger", "served", "Niger"), "possible"),
        ("Chad found rules that protect Niger.", ("rules that protect Niger", "protected", "Niger"), "asserted"),
    ],
)
def test_what_is_yet_to_come_has_done_nothing_yet(claims_of, text, claim, status):
    assert {c[3] for c in claims_of(text) if c[:3] == claim} == {status}, claims_of(text)


INTERVIEW = """Interview with Ali Sow

Ali Sow is the mayor of Oslo. He met our reporter in May.

Why did you go to Lima?

We went for the festival. Chad attacked Niger that day.

What did the visitors see?

They saw the harbour."""


def test_what_an_interview_holds_is_what_its_speakers_say(claims_of, extraction_of):
    found = claims_of(INTERVIEW)
    assert ("Ali Sow", "leaderOf", "Oslo", "asserted") in found
    assert {c[3] for c in found if c[:3] == ATTACK} == {"reported"}
    assert speakers(extraction_of(INTERVIEW), "attacked") == {"Ali Sow"}


def test_one_question_makes_no_interview(claims_of):
    text = "Ali Sow is the mayor of Oslo.\n\nWhy did he go to Lima?\n\nChad attacked Niger that day."
    assert (*ATTACK, "asserted") in claims_of(text)


def speakers(extraction, predicate):
    names = {m.id: m.name for m in extraction.mentions}
    return {names.get(c.attributed_to, c.attributed_to) for c in extraction.claims if c.predicate == predicate}


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Kenya said that Chad attacked Niger.", "Kenya"),
        ("Chad attacked Niger, Maria Keller said.", "Maria Keller"),
        ("Chad attacked Niger, according to Maria Keller.", "Maria Keller"),
        ("Kenya accused Chad of attacking Niger.", "Kenya"),
        ("Chad denied that it attacked Niger.", "Chad"),
        ("“Chad attacked Niger,” said Maria Keller.", "Maria Keller"),
        ("Nairobi said that Chad attacked Niger.", "Kenya"),
        ("Chad attacked Niger.", ""),
        ("Maria Keller said nothing. Chad attacked Niger.", ""),
    ],
)
def test_who_says_it(extraction_of, text, speaker):
    assert speakers(extraction_of(text), "attacked") == {speaker}


@pytest.mark.parametrize(
    "text",
    [
        "“The army is weak. Chad attacked Niger,” Maria Keller said.",
        "“The army is weak,” Maria Keller said. “Chad attacked Niger.”",
        "Maria Keller said: “The army is weak. Chad attacked Niger.”",
    ],
)
def test_a_quotation_over_several_sentences_has_one_speaker(extraction_of, claims_of, text):
    assert ("Chad", "attacked", "Niger", "reported") in claims_of(text)
    assert speakers(extraction_of(text), "attacked") == {"Maria Keller"}


def test_what_follows_a_quotation_is_said_by_the_article(claims_of):
    found = claims_of("“The army is weak,” Maria Keller said. Chad attacked Niger on Monday.")
    assert ("Chad", "attacked", "Niger", "asserted") in found


def test_a_denied_accusation_is_no_plain_fact(claims_of):
    found = claims_of("Kenya has accused Chad of supplying weapons to Niger, which Chad has denied.")
    assert ("Kenya", "accused", "Chad", "asserted") in found
    supplied = {c for c in found if c[1] in {"supplied", "aided", "sent"}}
    assert supplied and {c[3] for c in supplied} <= {"alleged", "denied"}
    assert any(c[0] == "Chad" and c[1] == "denied" for c in found)


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("Kenya denied that Foreign Minister Ali Sow lied.", "Foreign Minister"),
        ("If President Ali Sow resigns, Kenya will vote.", "President"),
        ("Chad may expel Ambassador Ali Sow.", "Ambassador"),
    ],
)
def test_what_a_title_presupposes_is_asserted_under_any_status(claims_of, text, office):
    assert ("Ali Sow", "holdsPosition", office, "asserted") in claims_of(text)


@pytest.mark.parametrize(
    ("text", "claim", "status"),
    [
        ("Usually Chad supports Niger.", ("Chad", "supports", "Niger"), "possible"),
        ("Chad typically attacks Niger in May.", ATTACK, "possible"),
        ("Chad usually attacked Niger in May.", ATTACK, "asserted"),
        ("When Chad attacks Niger, Kenya supports Mali.", ("Kenya", "supports", "Mali"), "possible"),
        ("When Chad attacks Niger, Kenya supports Mali.", ATTACK, "possible"),
        ("Kenya supports Mali when Chad attacks Niger.", ATTACK, "possible"),
        ("When Chad has attacked Niger, Kenya supports Mali.", ATTACK, "possible"),
        ("When Chad had attacked Niger, Kenya supported Mali.", ATTACK, "asserted"),
        ("When Chad attacked Niger, Kenya supported Mali.", ("Kenya", "supports", "Mali"), "asserted"),
        ("When Chad attacked Niger, Kenya supported Mali.", ATTACK, "asserted"),
        (
            "Farmers lose money when they meet a man that has attacked Niger.",
            ("man that has attacked Niger", "attacked", "Niger"),
            "possible",
        ),
        (
            "When troops meet soldiers who attacked Niger, they flee.",
            ("soldiers who attacked Niger", "attacked", "Niger"),
            "possible",
        ),
        (
            "When troops meet the man who attacked Niger, they flee.",
            ("man who attacked Niger", "attacked", "Niger"),
            "asserted",
        ),
        (
            "When troops met a man who had attacked Niger, they fled.",
            ("man who had attacked Niger", "attacked", "Niger"),
            "asserted",
        ),
        (
            "Chad meets critics of policies regarding Malians visiting Niger.",
            ("Malians visiting Niger", "visited", "Niger"),
            "possible",
        ),
        (
            "Kenya has strict rules for tourists visiting Niger.",
            ("tourists visiting Niger", "visited", "Niger"),
            "possible",
        ),
        ("Kenya counted the tourists visiting Niger.", ("tourists visiting Niger", "visited", "Niger"), "asserted"),
    ],
)
def test_a_habit_or_a_general_condition_tells_no_single_happening(claims_of, text, claim, status):
    assert {c[3] for c in claims_of(text) if c[:3] == claim} == {status}, claims_of(text)


@pytest.mark.parametrize(
    ("text", "predicate", "status"),
    [
        ("The premier meets Ana Ruiz on Friday.", "metWith", "planned"),
        ("Ana Ruiz visits Oslo tomorrow.", "visited", "planned"),
        ("The ministers sign the pact Monday.", "signed", "planned"),
        ("Ana Ruiz visits Oslo today.", "visited", "asserted"),
        ("The premier met Ana Ruiz on Friday.", "metWith", "asserted"),
        ("The premier meets Ana Ruiz.", "metWith", "asserted"),
        ("The ministers have signed the pact today.", "signed", "asserted"),
    ],
)
def test_the_present_of_a_timetable_is_a_plan(claims_of, text, predicate, status):
    assert {c[3] for c in claims_of(text) if c[1] == predicate} == {status}, claims_of(text)


@pytest.mark.parametrize(
    ("text", "predicate", "status"),
    [
        ("A raid means one attack that destroys a bridge in Chad.", "destroyed", "possible"),
        ("The army does not report the number of soldiers employed by Telda Corporation.", "hired", "possible"),
        ("The army does not report the number of bombs that hit a bridge in Chad.", "hit", "possible"),
        ("The army did not report the attack that destroyed a bridge in Chad.", "destroyed", "asserted"),
    ],
)
def test_definitions_and_uncounted_things_tell_no_single_happening(claims_of, text, predicate, status):
    assert {c[3] for c in claims_of(text) if c[1] == predicate} == {status}, claims_of(text)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("A deal is expected next month, with a law banning Telda Corporation.", "planned"),
        ("Kenya wants a law banning Telda Corporation, expected next month.", "planned"),
        ("A law banning Telda Corporation was proposed last week.", "planned"),
        ("A law banning Telda Corporation was passed last week.", "asserted"),
    ],
)
def test_what_a_thing_still_expected_does_is_planned(claims_of, text, status):
    assert {c[3] for c in claims_of(text) if c[1] == "banned"} == {status}, claims_of(text)


def test_an_adverb_set_off_before_the_first_clause_is_about_the_next_too(claims_of):
    aided = ("Niger", "attacked", "Kenya")
    assert (*aided, "alleged") in claims_of("Allegedly, Chad paid Ali Sow, and Niger attacked Kenya.")
    assert (*aided, "reported") in claims_of("Reportedly, Chad paid Ali Sow, but Niger attacked Kenya.")
    assert (*aided, "asserted") in claims_of("Chad allegedly paid Ali Sow, and Niger attacked Kenya.")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The agency said 40 miners were killed by the flood.", "reported"),
        ("The flood killed 40 miners, Ali Sow told reporters.", "reported"),
        ("“The flood killed 40 miners,” Ali Sow said.", "reported"),
        ("The flood did not reach 40 miners.", "asserted"),
        ("The flood killed 40 miners. Ali Sow said nothing.", "asserted"),
    ],
)
def test_a_count_told_by_a_speaker_is_the_speakers(claims_of, text, status):
    assert {c[3] for c in claims_of(text) if c[:2] == ("40 miners", "quantity")} == {status}, claims_of(text)


@pytest.mark.parametrize(
    ("text", "claim", "status"),
    [
        ("A survey found that Chad attacked Niger.", ATTACK, "reported"),
        ("A survey found Chad attacked Niger.", ATTACK, "reported"),
        ("The researchers discovered that Chad attacked Niger.", ATTACK, "reported"),
        ("A report showing that Chad attacked Niger was published in May.", ATTACK, "reported"),
        ("Police discovered that Chad attacked Niger.", ATTACK, "asserted"),
        ("There is evidence that Chad attacked Niger.", ATTACK, "reported"),
        ("There is no evidence that Chad attacked Niger.", ATTACK, "negated"),
        ("Kenya was quoted as saying that Chad attacked Niger.", ATTACK, "reported"),
        ("Chad is accused of lying while attacking Niger.", ATTACK, "alleged"),
        ("Chad, which attacked Niger, is accused of lying.", ATTACK, "asserted"),
    ],
)
def test_what_a_study_finds_or_an_accusation_holds_is_no_fact_of_the_article(claims_of, text, claim, status):
    assert {c[3] for c in claims_of(text) if c[:3] == claim} == {status}, claims_of(text)


@pytest.mark.parametrize(
    ("text", "claim", "status"),
    [
        ("“Mayor Ali Sow left the town yesterday,” Maria Keller said.", "holdsPosition", "reported"),
        ("“The hotel in Oslo was closed,” Maria Keller said.", "locatedIn", "reported"),
        ("“The town was quiet,” said Mayor Ali Sow.", "holdsPosition", "asserted"),
        ("Maria Keller said Mayor Ali Sow had left the town.", "holdsPosition", "asserted"),
        ("The “very old” hotel in Oslo was closed.", "locatedIn", "asserted"),
    ],
)
def test_what_a_quotation_calls_a_thing_is_its_speakers(claims_of, text, claim, status):
    assert {c[3] for c in claims_of(text) if c[1] == claim} == {status}, claims_of(text)


def test_a_question_quoted_amid_other_words_makes_no_interview(claims_of):
    text = "Interviews began in May.\n\nThe form asked, among others: “Why did you go to Lima?”\n\nChad attacked Niger that day."
    assert (*ATTACK, "asserted") in claims_of(text)


@pytest.mark.parametrize(
    ("text", "claim", "status"),
    [
        ("I was in Lima when Chad attacked Niger.", ATTACK, "reported"),
        ("We saw how Chad attacked Niger.", ATTACK, "reported"),
        ("US soldiers left when Chad attacked Niger.", ATTACK, "asserted"),
        ("Chad attacked Niger, Ali Sow told us.", ATTACK, "reported"),
        ("After the flood Chad attacked Niger and told us.", ATTACK, "asserted"),
        ("Kenya came to the conclusion that Chad attacked Niger.", ATTACK, "reported"),
        ("Chad is beginning to attack Niger.", ATTACK, "planned"),
        ("Chad began to attack Niger.", ATTACK, "asserted"),
        ("Chad is in the process of attacking Niger.", ATTACK, "planned"),
        ("It will be a week before Niger is attacked by Chad.", ATTACK, "planned"),
        ("It was a week before Niger was attacked by Chad.", ATTACK, "asserted"),
        ("There were no soldiers attacking Niger.", ("soldiers attacking Niger", "attacked", "Niger"), "negated"),
        (
            "There were almost no soldiers attacking Niger.",
            ("soldiers attacking Niger", "attacked", "Niger"),
            "negated",
        ),
        ("He saw no soldiers attacking Niger.", ("soldiers attacking Niger", "attacked", "Niger"), "negated"),
        (
            "There were many soldiers attacking Niger.",
            ("many soldiers attacking Niger", "attacked", "Niger"),
            "asserted",
        ),
    ],
)
def test_first_persons_conclusions_and_beginnings_are_no_facts(claims_of, text, claim, status):
    assert {c[3] for c in claims_of(text) if c[:3] == claim} == {status}, claims_of(text)


@pytest.mark.parametrize(
    ("text", "claim", "status"),
    [
        ("Police arrested Chad for attacking Niger.", ATTACK, "alleged"),
        ("Chad is on trial for attacking Niger.", ATTACK, "alleged"),
        ("Chad was jailed for attacking Niger.", ATTACK, "asserted"),
        ("Chad is credited with attacking Niger.", ATTACK, "reported"),
        ("The paper ran a story about Chad attacking Niger.", ATTACK, "reported"),
        ("Anyone attacking Niger was arrested.", ("Anyone", "attacked", "Niger"), "possible"),
        ("Chad attacked Niger in the north says Ali Sow, author of a book.", ATTACK, "reported"),
        ("Chad attacked Niger on Monday reports the Red Cross.", ATTACK, "reported"),
        ("Chad attacked Niger, and Kenya reports two deaths.", ATTACK, "asserted"),
    ],
)
def test_suspicions_stories_and_late_speakers_are_no_facts(extraction_of, text, claim, status):
    extraction = extraction_of(text)
    names = {m.id: m.name for m in extraction.mentions}
    told = [
        (names.get(c.subject, ""), c.predicate, names.get(c.object.mention, ""), c.status) for c in extraction.claims
    ]
    told = [t for t in told if t[1:3] == claim[1:]] or [("", c.predicate, "", c.status) for c in extraction.readings]
    assert {t[3] for t in told if t[1] == claim[1]} == {status}, told


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The agency suggested the firm sold arms, allegations the firm denies.", "asserted"),
        ("The report suggested the firm sold arms, allegations the firm denied.", "asserted"),
        ("The report said that the firm denies the allegations.", "reported"),
    ],
)
def test_a_denial_set_behind_a_report_is_the_articles(claims_of, text, status):
    told = {(c[0], c[1], c[2].split()[0], c[3]) for c in claims_of(text)}
    assert ("firm", "denied", "allegations", status) in told, told


def test_what_is_so_by_repute_is_reported(claims_of):
    assert ("Ali Sow", "defectedTo", "Norway", "reported") in claims_of("Ali Sow reputedly defected to Norway.")
    assert ("Ali Sow", "defectedTo", "Norway", "asserted") in claims_of("Ali Sow defected to Norway.")


@pytest.mark.parametrize(
    ("text", "claim", "status"),
    [
        ("Chad did not warn Niger and did not attack Niger.", ATTACK, "negated"),
        ("Ali Sow may not resign and has visited Oslo.", VISIT, "asserted"),
        ("Ali Sow did not call and has visited Oslo.", VISIT, "asserted"),
        ("Ali Sow did not call or visit Oslo.", VISIT, "negated"),
    ],
)
def test_not_and_may_end_where_the_next_verb_has_its_own_auxiliary(claims_of, text, claim, status):
    assert {c[3] for c in claims_of(text) if c[:3] == claim} == {status}, claims_of(text)


@pytest.mark.parametrize(
    ("text", "claim", "status"),
    [
        ("Chad warned or attacked Niger.", ATTACK, "possible"),
        ("Last year Chad attacked or invaded Niger.", ATTACK, "possible"),
        ("Chad has either attacked Niger or sued it.", ATTACK, "possible"),
        ("Chad attacked Niger and sued Kenya or Mali.", ATTACK, "asserted"),
    ],
)
def test_of_two_verbs_joined_by_or_each_is_possible(claims_of, text, claim, status):
    assert {c[3] for c in claims_of(text) if c[:3] == claim} == {status}, claims_of(text)


@pytest.mark.parametrize(
    ("text", "claim", "status"),
    [
        ("Kenya forbade Ali Sow from visiting Oslo.", VISIT, "negated"),
        ("Last year the court forbade Ali Sow from visiting Oslo.", VISIT, "negated"),
        ("Ali Sow was forbidden from visiting Oslo.", VISIT, "negated"),
        ("Kenya forbade the sale after Ali Sow visited Oslo.", VISIT, "asserted"),
    ],
)
def test_what_is_forbidden_did_not_happen(claims_of, text, claim, status):
    assert {c[3] for c in claims_of(text) if c[:3] == claim} == {status}, claims_of(text)


@pytest.mark.parametrize(
    ("text", "claim", "status"),
    [
        (
            "Chad attacked Niger, killing six and wounding nine, according to Kenya's interior ministry.",
            ATTACK,
            "reported",
        ),
        ("Chad attacked Niger on Monday, according to the police.", ATTACK, "reported"),
        ("Chad attacked Niger, leaving six dead and nine hurt, according to the police.", ATTACK, "reported"),
        ("Chad attacked Niger, where Kenya sells arms, according to the police.", ATTACK, "asserted"),
    ],
)
def test_a_source_at_the_end_is_that_of_the_whole_sentence(claims_of, text, claim, status):
    assert {c[3] for c in claims_of(text) if c[:3] == claim} == {status}, claims_of(text)


def test_words_in_part_quoted_behind_that_are_the_speakers_to_the_end(claims_of):
    found = claims_of('Ali Sow told the court that Chad "lost its head" and attacked Niger.')
    assert {c[3] for c in found if c[:3] == ATTACK} == {"reported"}, found
    after = claims_of('"Chad lost its head," Ali Sow told the court before Kenya attacked Niger.')
    assert {c[3] for c in after if c[1] == "attacked"} == {"asserted"}, after
