"""Small invented articles in pairs: those that tell one event, and those that tell two."""

from __future__ import annotations

Text = tuple[str, str]
"""The day of publication and the text."""

ONE: dict[str, tuple[Text, Text, str]] = {
    "a meeting of one day": (
        ("2031-03-05", "President Ana Quispe of Peru met President Luis Vera of Ecuador in Quito on Tuesday."),
        ("2031-03-06", "Ecuador's Luis Vera met Ana Quispe on Tuesday, officials in Quito said."),
        "Meeting",
    ),
    "a city and its country": (
        ("2031-03-05", "Ana Quispe met Luis Vera in Lima on Tuesday."),
        ("2031-03-05", "Luis Vera met Ana Quispe in Peru on Tuesday."),
        "Meeting",
    ),
    "so many of a kind, whom another names": (
        ("2031-03-05", "Ana Quispe met Luis Vera in Lima on Tuesday."),
        ("2031-03-05", "The two presidents met in Lima on Tuesday."),
        "Meeting",
    ),
    "a day and its week": (
        ("2031-03-05", "Ana Quispe met Luis Vera on Tuesday."),
        ("2031-03-07", "Ana Quispe met Luis Vera this week."),
        "Meeting",
    ),
    "a day and its month": (
        ("2031-03-05", "Ana Quispe met Luis Vera in Lima on March 4."),
        ("2031-06-20", "Ana Quispe met Luis Vera in Lima in March."),
        "Meeting",
    ),
    "no time, articles of one day": (
        ("2031-03-05", "Ana Quispe met Luis Vera in Lima."),
        ("2031-03-05", "Luis Vera met Ana Quispe."),
        "Meeting",
    ),
    "a time and none, soon after": (
        ("2031-03-05", "Ana Quispe met Luis Vera in Lima on Tuesday."),
        ("2031-03-06", "Ana Quispe met Luis Vera in Lima."),
        "Meeting",
    ),
    "a visit": (
        ("2031-05-12", "Defence Minister Grace Wanjala visited Kigali on Sunday."),
        ("2031-05-13", "Grace Wanjala visited Kigali on May 11."),
        "Visit",
    ),
    "an arrest": (
        ("2031-05-12", "Police arrested Idi Mfaume on Sunday."),
        ("2031-05-14", "Idi Mfaume was arrested in Zanzibar on Sunday."),
        "Arrest",
    ),
    "a killing, years later": (
        ("2031-05-12", "Gunmen killed Senator Pilar Montoya on Sunday."),
        ("2036-02-01", "Gunmen killed Pilar Montoya in 2031."),
        "Killing",
    ),
    "a purchase": (
        ("2031-05-12", "Harakeke Dairy acquired Pwani Marine on Friday."),
        ("2031-05-13", "Pwani Marine was acquired on Friday by Harakeke Dairy for $2 billion."),
        "Acquisition",
    ),
    "a launch of so many things": (
        ("2031-05-12", "Kenya launched two satellites on Sunday."),
        ("2031-05-13", "Kenya launched two satellites on Sunday, Nairobi said."),
        "Launch",
    ),
    "a dismissal": (
        ("2031-08-22", "Defence Minister Achta Gamane dismissed General Youssouf Kalambo on Thursday."),
        ("2031-08-22", "Achta Gamane dismissed Youssouf Kalambo on Thursday."),
        "Dismissal",
    ),
    "an accusation": (
        ("2031-08-22", "Pilar Montoya accused Tomás Arriaga of fraud on Thursday."),
        ("2031-08-23", "On Thursday Pilar Montoya accused Tomás Arriaga of fraud."),
        "Accusation",
    ),
    "a planned visit": (
        ("2031-08-22", "Ana Quispe will visit Quito on September 4."),
        ("2031-08-25", "Ana Quispe will visit Quito on September 4, her spokesman said."),
        "Visit",
    ),
}
"""Name -> two articles that tell one event of a class."""

TWO: dict[str, tuple[Text, Text, str]] = {
    "meetings of two days": (
        ("2031-03-05", "Ana Quispe met Luis Vera in Quito on Monday."),
        ("2031-03-05", "Ana Quispe met Luis Vera in Quito on Tuesday."),
        "Meeting",
    ),
    "so many of another kind": (
        ("2031-03-05", "Ana Quispe met Luis Vera in Lima on Tuesday."),
        ("2031-03-05", "The two companies met in Lima on Tuesday."),
        "Meeting",
    ),
    "more than are named": (
        ("2031-03-05", "Ana Quispe met Luis Vera in Lima on Tuesday."),
        ("2031-03-05", "The three presidents met in Lima on Tuesday."),
        "Meeting",
    ),
    "meetings of two years": (
        ("2031-03-05", "Ana Quispe met Luis Vera in Quito in 2029."),
        ("2031-03-05", "Ana Quispe met Luis Vera in Quito in 2030."),
        "Meeting",
    ),
    "meetings with two men": (
        ("2031-03-05", "Ana Quispe met Luis Vera on Tuesday."),
        ("2031-03-05", "Ana Quispe met Rodrigo Salcedo on Tuesday."),
        "Meeting",
    ),
    "meetings with somebody and with officials": (
        ("2031-03-05", "Ana Quispe met Luis Vera in Quito on Tuesday."),
        ("2031-03-05", "Ana Quispe met officials in Quito on Tuesday."),
        "Meeting",
    ),
    "visits to two cities": (
        ("2031-03-05", "Ana Quispe visited Quito on Tuesday."),
        ("2031-03-05", "Ana Quispe visited Bogotá on Tuesday."),
        "Visit",
    ),
    "meetings in two countries": (
        ("2031-03-05", "Ana Quispe met Luis Vera in Lima this week."),
        ("2031-03-05", "Ana Quispe met Luis Vera in Ecuador this week."),
        "Meeting",
    ),
    "no times, articles a month apart": (
        ("2031-03-05", "Ana Quispe met Luis Vera."),
        ("2031-04-15", "Ana Quispe met Luis Vera."),
        "Meeting",
    ),
    "no times, articles of unknown days": (
        ("", "Ana Quispe met Luis Vera."),
        ("", "Ana Quispe met Luis Vera."),
        "Meeting",
    ),
    "two launches of one day": (
        ("2031-05-12", "Kenya launched two satellites on Sunday."),
        ("2031-05-12", "Kenya launched three satellites on Sunday."),
        "Launch",
    ),
    "launches of two things": (
        ("2031-05-12", "Kenya launched a satellite on Sunday."),
        ("2031-05-12", "Kenya launched a ferry on Sunday."),
        "Launch",
    ),
    "a meeting and one that is planned": (
        ("2031-03-05", "Ana Quispe met Luis Vera in Quito on Tuesday."),
        ("2031-03-03", "Ana Quispe will meet Luis Vera in Quito on Tuesday."),
        "Meeting",
    ),
    "a meeting and one that was not": (
        ("2031-03-05", "Ana Quispe met Luis Vera in Quito on Tuesday."),
        ("2031-03-05", "Ana Quispe did not meet Luis Vera in Quito on Tuesday."),
        "Meeting",
    ),
    "two statements of one day": (
        ("2031-03-05", "Ana Quispe said on Tuesday that the water was clean."),
        ("2031-03-05", "Ana Quispe said on Tuesday that the harvest was good."),
        "Statement",
    ),
    "deaths of two persons": (
        ("2031-03-05", "Gunmen killed Pilar Montoya in Lima on Tuesday."),
        ("2031-03-05", "Gunmen killed Hugo Lantar in Lima on Tuesday."),
        "Killing",
    ),
    "arrests of one man": (
        ("2031-03-05", "Police arrested Idi Mfaume on Tuesday."),
        ("2031-09-05", "Police arrested Idi Mfaume on Thursday."),
        "Arrest",
    ),
    "met again": (
        ("2031-03-05", "Ana Quispe met Luis Vera this week."),
        ("2031-03-05", "Ana Quispe met Luis Vera again this week."),
        "Meeting",
    ),
}
"""Name -> two articles that tell two events of a class."""
