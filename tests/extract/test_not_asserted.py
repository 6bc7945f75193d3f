"""What must not be asserted: counts over lists, things that act like people, referents that a clause picks out."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "wanted", "forbidden"),
    [
        ("Over 30 nurses and doctors were arrested.", set(), {("unnamed agent", "arrested", "Over 30 nurses")}),
        ("The guards detained about 90 clerks and drivers.", set(), {("guards", "detained", "about 90 clerks")}),
        ("Ten farmers and two guards were arrested.", {("unnamed agent", "arrested", "Ten farmers")}, set()),
    ],
)
def test_a_rounded_number_before_a_list_counts_all_of_it(claims_of, text, wanted, forbidden):
    given = {c[:3] for c in claims_of(text)}
    assert wanted <= given and not given & forbidden, sorted(given)
    assert not any(subject in {"Over 30 nurses", "about 90 clerks"} for subject, *_ in given), sorted(given)


@pytest.mark.parametrize(
    ("text", "wanted", "forbidden"),
    [
        ("A wave crushed the boats.", set(), {"defeated"}),
        ("The outbreak suggests poor water.", set(), {"proposed"}),
        ("The shells fired in training were old.", set(), {"dismissed"}),
        ("The club’s treatment of its fans is shameful.", set(), {"treated"}),
        ("The army crushed the revolt.", {"defeated"}, set()),
        ("The firm fired its coach.", {"dismissed"}, set()),
        ("The doctor suggested a rest.", {"proposed"}, set()),
    ],
)
def test_what_only_somebody_does_to_somebody(claims_of, text, wanted, forbidden):
    given = {c[1] for c in claims_of(text)}
    assert wanted <= given and not given & forbidden, sorted(given)


@pytest.mark.parametrize(
    ("text", "wanted", "forbidden"),
    [
        ("The blast left ten sailors injured and one guard dead.", set(), {("blast", "killed", "ten sailors")}),
        ("The storm left six miners wounded and two girls dead.", set(), {("storm", "killed", "six miners")}),
        ("The storm left nine sailors dead.", {("storm", "killed", "nine sailors")}, set()),
    ],
)
def test_who_is_left_injured_is_not_left_dead(claims_of, text, wanted, forbidden):
    given = {c[:3] for c in claims_of(text)}
    assert wanted <= given and not given & forbidden, sorted(given)


@pytest.mark.parametrize(
    ("text", "referent", "forbidden"),
    [
        ("Hundreds of houses burned. Officials sought help for those affected by the fire.", "", "houses"),
        ("Ten girls formed a team. The team whose robot was fastest won the cup.", "", "Ten girls"),
        ("Ali Sow heads Harvest Union. He left the union founded by Ana Ruiz.", "", "Harvest Union"),
        ("A parade was held in Lima. The parade ended on Sunday.", "parade", ""),
    ],
)
def test_what_a_clause_picks_out_was_not_named_before(claims_of, text, referent, forbidden):
    found = claims_of(text)
    affected = {c[2] for c in found if c[1] in {"affected", "won"}} | {c[0] for c in found if c[1] in {"won"}}
    founded = {c[2] for c in found if c[1] == "founded"}
    assert not forbidden or not any(forbidden in name for name in affected | founded), sorted(found)
    assert not referent or any(c[0] == referent for c in found), sorted(found)


@pytest.mark.parametrize(
    ("text", "wanted", "forbidden"),
    [
        ("Ana Ruiz is a professor emeritus at Lima University.", set(), {"holdsPosition", "positionIn"}),
        ("Ana Ruiz is a professor emerita at Lima University.", set(), {"holdsPosition", "positionIn"}),
        ("Ana Ruiz is a professor at Lima University.", {"holdsPosition", "positionIn"}, set()),
    ],
)
def test_an_emeritus_holds_no_chair(claims_of, text, wanted, forbidden):
    given = {c[1] for c in claims_of(text)}
    assert wanted <= given and not given & forbidden, sorted(given)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Between five and ten nurses were hurt.", "between 5 and 10"),
        ("Between two and four guards fled.", "between 2 and 4"),
        ("Five nurses were hurt.", "5"),
    ],
)
def test_a_number_between_two_is_neither(claims_of, text, number):
    assert {c[2] for c in claims_of(text) if c[1] == "quantity"} == {number}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The alliance is starting a plan to end hunger by handing out seeds.", "planned"),
        ("The mill wants to cut its costs by supplying old flour to schools.", "planned"),
        ("The union angered the mayor by supplying flour to schools.", "asserted"),
    ],
)
def test_the_means_of_a_plan_are_planned(claims_of, text, status):
    assert {c[3] for c in claims_of(text) if c[1] == "supplied"} == {status}


@pytest.mark.parametrize(
    ("text", "wanted", "forbidden"),
    [
        ("The fever causes cramps and in high doses death.", {"cramps"}, {"high doses"}),
        ("The drug causes rashes, headaches and in large amounts cramps.", {"rashes"}, {"large amounts"}),
        ("The fever causes cramps and rashes.", {"cramps", "rashes"}, set()),
    ],
)
def test_a_phrase_with_a_preposition_of_its_own_is_no_item_of_a_list(claims_of, text, wanted, forbidden):
    caused = {c[2] for c in claims_of(text) if c[1] == "caused"}
    assert wanted <= caused and not caused & forbidden, caused
