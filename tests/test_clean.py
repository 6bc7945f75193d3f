"""Pages as readers copy them from the sites of newspapers: what is the story, and what is not.

In `PAGES` a line that starts with "> " is the story's, all others are furniture; words in {braces} inside a story line
are furniture as well.
"""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.clean import clean_article
from kg.errors import OntologyError
from kg.furniture import (
    byline_names,
    is_byline,
    is_date_line,
    load_furniture,
    parse_date,
    split_lines,
    stamped_date,
)
from kg.model import Article

A = "The ministers of Norway and Chile met in Oslo on Monday and agreed to share data on salmon farms."
B = "Foreign Minister Sigrid Aamodt said the talks had been frank, and she invited her colleague to Tromsø in May."
C = "“We have learned from our mistakes,” Chilean Fisheries Minister Pablo Ugarte told reporters. “Now we must act.”"
D = "The agreement enters into force in January, unless the parliament in Santiago rejects it."
E = "Environmental groups criticized the deal, which leaves out farms in the fjords south of Puerto Montt."

PAGES = {
    "plain text without furniture": f"> {A}\n\n> {B}\n\n> {C}",
    "title, date, byline, share bar above": f"""
Norway and Chile agree on salmon data
By Kari Lund
Published 3 March 2031
Share
Facebook
Twitter
WhatsApp
> {{OSLO (AP) — }}{A}
> {B}
> {C}""",
    "business paper: captions before credit lines, questions to readers": f"""
Norway and Chile Agree on Salmon Data
Ministers met in Oslo after two years of silence
Sigrid Aamodt welcomed Pablo Ugarte at the harbor of Oslo on Monday.

Photo: NTB/via REUTERS

By Kari Lund
Updated March 3, 2031 10:40 am ET

> {{OSLO—}}{A}

> {B}

Pablo Ugarte at a salmon farm near Bergen.

Photo: Kari Lund for The Fjord Journal

> {C}

SHARE YOUR THOUGHTS

Should salmon farms be forced to publish data? Join the conversation below.

> {D}

Write to Kari Lund at kari.lund@fjordjournal.example

Copyright ©2031 Fjord Company, Inc. All Rights Reserved. 87990cbe856818d5eddac44c7b1cdeb8""",
    "broadcaster: image source and caption labels, related box inside": f"""
Norway and Chile agree on salmon data
3 hours ago
Share
Save
Kari Lund
Nordic correspondent, Oslo
Image source, Getty Images
Image caption, The ministers met at the old customs house
> {A}
> {B}
Related topics
Salmon farms in court again
What is sea lice?
> {C}
> {D}
Getty Images
A salmon farm near Bergen
> {E}
More on this story
Chile's fishermen strike over quotas
Published
2 days ago""",
    "wire agency copy": f"""
Norway, Chile agree on salmon data
By Kari Lund
March 3, 2031 2:15 PM GMT Updated 4 hours ago
[1/3] Ministers Sigrid Aamodt and Pablo Ugarte shake hands in Oslo, Norway, March 3, 2031. REUTERS/Kari Lund
Purchase Licensing Rights, opens new tab
> {{OSLO, March 3 (Reuters) - }}{A}
> {B}
Advertisement · Scroll to continue
> {C}
> {D}
Reporting by Kari Lund in Oslo and Pedro Rojas in Santiago; Editing by Tom Reed
Our Standards: The Thomson Reuters Trust Principles., opens new tab
Suggested Topics:
Fisheries
Norway""",
    "regional paper with cookie notice and newsletter": f"""
We use cookies and similar technologies to improve your experience on our site.
Accept all
Manage preferences
Skip to main content
Menu
Home > World > Europe
Norway and Chile agree on salmon data
4 min read
> {A}
Sign up for our daily newsletter and get the best stories delivered to your inbox.
Enter your email address
By signing up, you agree to our Terms of Use and Privacy Policy.
> {B}
Story continues below advertisement
> {C}
> {D}
Kari Lund is a reporter for the Bergen Courier who covers the sea.
You have 2 free articles remaining.
Subscribe now
© 2031 Bergen Courier. All rights reserved.""",
    "copied page that shows its teaser first, then the article again": f"""
50% off

Norway and Chile Agree on Salmon Data

Ministers met in Oslo after two years of silence By Kari Lund Updated March 3, 2031 OSLO—The ministers of Norway and Chile met in Oslo on Monday and agreed to share da

A person who loves the sea, loves books, and hopes for a better world.
Norway and Chile Agree on Salmon Data
Ministers met in Oslo after two years of silence

> {{OSLO—}}{A}

> {B}

> {C}

> {D}

> {E}

What's Your Reaction?

like

dislike

wow

Fjord Media

Contact us >""",
    "blog with popular posts and cut summaries": f"""
Monday, March 3, 2031

Norway and Chile Agree on Salmon Data

Date:

> {A}

> {B}

> {D}

Share post:

Popular

More like this
Related

Golden Ring Found in Viking Grave

The golden ring was found near Hamar by...

Oslo Tram Line Opens After Nine Years

The tram line that was planned in...""",
    "teasers with whole sentences as summaries": f"""
Norway and Chile agree on salmon data
> {A}
> {B}
You may also like
Tram line opens after nine years
The first tram crossed the new bridge of Oslo on Sunday morning with the mayor on board.
Ring found in grave
A golden ring from the time of the Vikings was found near Hamar by two children.
Follow us on Facebook and Twitter""",
    "encyclopaedic news wiki": f"""
Norway and Chile agree on salmon data

Monday, March 3, 2031

A salmon farm in Norway. Image: K. Lund.

> {A}

> {B}

Reactions

> {C}

Have an opinion on this story? Share it!

Sister links
Wikipedia has more about this subject:
Salmon farming
Related news
"Chile's fishermen strike" — The Wiki Paper, February 2, 2031
Sources
Kari Lund. "Ministers agree on data" — Bergen Courier, March 3, 2031
"Salmon deal in Oslo." Fjord Journal, March 3, 2031.
External links
Text of the agreement
This page is archived, and is no longer publicly editable.
Categories: March 3, 2031 Norway Chile""",
    "portal with comments at the end": f"""
Norway and Chile agree on salmon data
By Web Desk
March 3, 2031
Listen to this article
> {{OSLO: }}{A}
> {B}
Also Read | Ring found in a Viking grave near Hamar
> {C}
READ MORE: Tram line opens after nine years
> {D}
(Except for the headline, this story has not been edited by our staff and is published from a syndicated feed.)
Follow The Fjord on Google News
Comments
ola77: I never eat salmon, it is too expensive in my village.
Reply
Trond: The minister said the same thing last year and nothing came of it.
Log in to comment""",
    "caption with photographer in brackets": f"""
Norway and Chile agree on salmon data
Sigrid Aamodt and Pablo Ugarte sign the agreement in Oslo, Monday, March 3, 2031. (AP Photo/Kari Lund)
> {{OSLO, Norway (AP) — }}{A}
> {B}
Demonstrators hold a banner outside the ministry in Oslo [Kari Lund/NTB/AFP]
> {C}
File - A salmon farm near Bergen, Norway, on Jan. 5, 2030. (Kari Lund/NTB via AP, File)
> {D}
___
Associated Press writer Pedro Rojas in Santiago, Chile, contributed to this report.""",
    "advice to support the paper": f"""
Exclusive
Norway and Chile agree on salmon data
Kari Lund in Oslo
Mon 3 Mar 2031 14.05 GMT
Last modified on Mon 3 Mar 2031 16.20 GMT
> {A}
> {B}
skip past newsletter promotion
Sign up to First Edition
Our morning email breaks down the key stories of the day, telling you what’s happening
Privacy Notice: Newsletters may contain info about charities, online ads, and content funded by outside parties.
after newsletter promotion
> {C}
> {D}
Support our journalism with a contribution of any size today.
Explore more on these topics
Norway
Fish
news""",
    "press release with contacts": f"""
PRESS RELEASE
FOR IMMEDIATE RELEASE
Norway and Chile agree on salmon data
Oslo, 3 March 2031
> {A}
> {B}
> {D}
Media contact:
Ragnhild Moe
Tel: +47 22 55 01 99
press@fisheries.example
www.fisheries.example""",
    "text wrapped at a width": """
Norway and Chile agree on salmon data

> OSLO-based negotiators of both countries said on Monday that they had
> agreed to share data on salmon farms, after talks that lasted for more
> than two years and that had twice been broken off by the Chilean side.

> The agreement enters into force in January, unless the parliament in
> Santiago rejects it, which nobody among the negotiators expects to be
> the outcome of the debate.

Contact us""",
    "kicker, key points, author box": f"""
BREAKING NEWS
Norway and Chile agree on salmon data
Key points
Ministers met in Oslo
Agreement starts in January
> {{BREAKING: }}{A}
> {B}
> {C}
About the author
Kari Lund studied in Bergen and has written about the sea for twenty years. She lives with two cats.
Trending now
Tram line opens after nine years
Most read
1
Ring found in a Viking grave
2
Bear visits school""",
    "one paragraph after an inline box": f"""
Norway and Chile agree on salmon data
> {A}
Related
Ring found in a Viking grave
> {D}""",
    "pull quote and repeated paragraph": f"""
Norway and Chile agree on salmon data
> {A}
> {C}
We have learned from our mistakes. Now we must act. Pablo Ugarte
> {D}
{D}""",
    "list after a colon is the story's": f"""
Norway and Chile agree on salmon data
> {A}
> Under the agreement the two countries promise:
> to count the fish in every farm
> to publish the figures each spring
> {D}
> The ministers will visit:
> a farm near Bergen
> the harbour of Tromsø""",
    "headings between are no sentences": f"""
Norway and Chile agree on salmon data
> {A}
The Road to an Agreement
> {B}
What comes next
> {D}""",
}


M_A = "Rescue teams in Türkiye pulled two brothers alive from a collapsed mine near Zonguldak on Thursday, four days after an explosion killed nine of their colleagues."
M_B = "“They were singing,” said Emine Korkmaz, the head of the rescue service. “We heard them before we saw them.”"
M_C = "Energy Minister Tarık Aydoğan travelled to the mine and promised an inquiry."
M_D = "The owner, Karaelmas Enerji, said it had followed all rules."
M_E = "Prosecutors have detained the manager, Cem Aktaş, and two engineers. They deny any wrongdoing."
M_F = "It was the third accident at the mine since 2028."
MINE = "Brothers rescued from Turkish mine after four days"

PAGES |= {
    "television network": f"""
Audio
Live TV
Log In
{MINE}
By Selin Kaya and Tom Reed, CNN
4 minute read
Published 9:14 AM EDT, Thu June 5, 2031
Rescuers carry one of the brothers out of the mine on Thursday.
Selin Kaya/AFP/Getty Images
Zonguldak, Türkiye
CNN
 — 
> {M_A}
> {M_B}
Related article
A mine entrance in 2030. Yusuf Demir/Anadolu/Getty Images
Why Turkish mines are so deadly
> {M_C}
> {M_D}
Ad Feedback
> {M_E}
Star’s Lena Park contributed to this report.
""",
    "metropolitan paper": f"""
{MINE}
> A blast on Sunday had killed nine miners. The families had almost given up.
Share full article
37
Rescuers at the mine near Zonguldak on Thursday.Credit...Selin Kaya for The Pit
By Selin Kaya
Reporting from Zonguldak, Türkiye
June 5, 2031
> {M_A}
> {M_B}
Want to stay updated on what’s happening in Türkiye? Sign up for Your Places: Global Update, and we’ll send our latest coverage to your inbox.
> {M_C}
> {M_D}
Advertisement
SKIP ADVERTISEMENT
> {M_E}
Selin Kaya is the Istanbul bureau chief, covering Türkiye and the Caucasus.
A version of this article appears in print on June 6, 2031, Section A, Page 4 of the city edition with the headline: Singing Led Rescuers to Brothers. Order Reprints | Today’s Paper | Subscribe
See more on: Türkiye, Mining
Share full article
37
""",
    "list of other stories inside": f"""
News|Mining
{MINE}
> Rescuers say they heard the two men singing before they found them.
Rescue workers carry one of the brothers from the mine [Selin Kaya/Reuters]
By The Pit and news agencies
Published On 5 Jun 2031
5 Jun 2031
Save articles to read later and create your own reading list.
> {M_A}
Keep reading
list of 3 items
list 1 of 3
Nine dead in Turkish mine blast
list 2 of 3
Photos: The miners of Zonguldak
list 3 of 3
What do we know about Karaelmas Enerji?
end of list
> {M_B}
> {M_C}
> {M_E}
Source: The Pit and news agencies
""",
    "newsletter box inside": f"""
{MINE}
This article is more than 1 month old
Nine others died in explosion on Sunday at mine near Zonguldak
Selin Kaya in Istanbul and agencies
Thu 5 Jun 2031 15.40 CEST
Share
> {M_A}
> {M_B}
Sign up to This is Europe
Free weekly newsletter
The most pressing stories and debates for Europeans – from identity to economics to the environment
Enter your email address
Sign up
> {M_C}
> {M_D}
Agence France-Presse contributed to this report
""",
    "broadcaster with pictures before the text": f"""
Catastrophe
Türkiye
{MINE}
06/05/2031June 5, 2031
> Rescuers had heard the men singing. The owner of the mine denies that it broke any rules.

https://p.dw.example/p/4abcd
Rescue workers in orange suits carry a man on a stretcher
Image: Selin Kaya/AP Photo/picture alliance
> {M_A}
> {M_B}
What caused the blast?
> {M_C}
> {M_E}
dh/msh (AFP, AP)
""",
    "Indian portal": f"""
News
World News
Middle East News
{MINE}
World Desk / PORTAL.EXAMPLE / Updated: Jun 5, 2031, 18:32 IST
Share
AA
Follow us
> {{ZONGULDAK: }}{M_A}
> {M_C}
Also Read: Nine dead in Turkish mine blast
> {M_D}
End of Article
FOLLOW US ON SOCIAL MEDIA
Visual Stories
10 foods that cool the body
Trending Stories
Stock market today
About the Author
World Desk
At World Desk, our dedicated team of seasoned journalists and passionate writers tirelessly sifts through the vast tapestry of global events to bring you the latest news.
""",
    "broadcaster with a file picture": f"""
Europe
{MINE}
June 05, 2031 4:02 PM
Selin Kaya
FILE - A miner leaves the pit near Zonguldak, Türkiye, Feb. 3, 2030.
share
> {{ZONGULDAK, TÜRKİYE — }}{M_A}
> {M_B}
> {M_F}
Some information for this report came from The Associated Press, Agence France-Presse and Reuters.
Related
Nine Dead in Turkish Mine Blast
""",
    "agency with byline before the dateline": f"""
(2nd LD) {MINE}
All News 16:20 June 05, 2031
Font size
By Choi Mina
> {{SEOUL, June 5 (Yonhap) -- }}{M_A}
> {M_C}
minachoi@yna.example
(END)
Keyword
#mine
#Türkiye
Most Viewed
""",
    "agency between slashes": f"""
{MINE}
The owner of the mine says it followed all rules
> {{ANKARA, June 5. /TASS/. }}{M_A}
> {M_C}
> {M_D}
TAGS
Türkiye
""",
    "links in capitals": f"""
NEW
You can now listen to Star News articles!
Listen to this article
0:00 / 3:12
1x
{MINE}
By Selin Kaya Star News
Published June 5, 2031 10:15am EDT
Facebook Twitter Flipboard Print Email
close
Video
Star News Flash top headlines for June 5
> {M_A}
NINE DEAD IN TURKISH MINE BLAST
> {M_B}
CLICK HERE TO GET THE STAR NEWS APP
> {M_C}
> {M_E}
The Associated Press contributed to this report.
""",
    "dates above and below": f"""
{MINE}
The brothers were found alive by rescuers who heard them singing
Updated - June 05, 2031 06:12 pm IST - Zonguldak
AFP
Photo used for representation purpose only. File | Photo Credit: AP
> {M_A}
> {M_B}
> {M_E}
Published - June 05, 2031 04:30 pm IST
Read Comments
Related Topics
Turkey / accident (general)
""",
    "picture with a bar": f"""
Energy
{MINE}
> “They were singing,” the head of the rescue service said.
Rescuers at the mine. | Selin Kaya/AFP via Getty Images
June 5, 2031 3:02 pm CET
By Selin Kaya
> {{ANKARA — }}{M_A}
> {M_C}
Advertisement
> {M_D}
> {M_E}
This article has been updated.
Related Countries
Turkey
Our Coverage
""",
    "letter with restacks": f"""
{MINE}
Selin Kaya
Jun 05, 2031
∙ Paid
123
4
Share
> {M_A}
> {M_C}
Thanks for reading The Pit! Subscribe for free to receive new posts and support my work.
> {M_E}
Discussion about this post
Comments
Restacks
Mehmet
3h
My uncle died in that mine and nobody ever went to prison for it.
Like
Reply
Share
""",
    "local blog": f"""
Posted in News
{MINE}
by Selin Kaya June 5, 2031
Share this:
Click to share on X (Opens in new window)
Click to share on Facebook (Opens in new window)
Like this:
Like Loading...
> {M_A}
> {M_C}
> {M_F}
Tagged: mine, rescue, Zonguldak
Post navigation
Previous: Mayor opens new market hall
Next: School bus line to be extended
Leave a Reply
Your email address will not be published. Required fields are marked *
Comment *
Name *
Email *
Save my name, email, and website in this browser for the next time I comment.
""",
    "aggregator": f"""
The Daily Pit
The Daily Pit
{MINE}
Story by Selin Kaya • 2h • 3 min read
Rescuers at the mine on Thursday
© Selin Kaya/The Daily Pit
> {M_A}
> {M_B}
> {M_C}
Related video: Nine dead in Turkish mine blast (Reuters)
> {M_D}
More for You
""",
    "agency with an end mark": f"""
{MINE}
Source: Xinhua
Editor: huaxia
2031-06-05 21:14:45
> {{ANKARA, June 5 (Xinhua) -- }}{M_A}
> {M_C}
> {M_D} {{■}}
""",
    "slide show above": f"""
{MINE}
1 / 5
Rescuers at the mine on Thursday. (Selin Kaya/The Pit)
2 / 5
A relative of a miner prays outside the mine on Wednesday. (Selin Kaya/The Pit)
By SELIN KAYA | skaya@pit.example | The Pit
PUBLISHED: June 5, 2031 at 10:15 a.m. | UPDATED: June 5, 2031 at 12:01 p.m.
Getting your Trinity Audio player ready...
> {M_A}
> {M_B}
> {M_E}
Originally Published: June 5, 2031 at 10:15 a.m.
""",
    "bare agencies above captions": f"""
BBC
{MINE}
5 June 2031
Selin Kaya
BBC News
Share
Save
EPA
The brothers were carried to an ambulance
> {M_A}
> {M_C}
> {M_D}
Reuters
Relatives waited at the mine for four days
> {M_E}
Additional reporting by Tom Reed
Mining
Türkiye
""",
    "caption without credit": f"""
{MINE}
June 5, 2031
An ambulance leaves the mine near Zonguldak
> {M_A}
> {M_C}
> {M_E}
Copyright 2031 The Pit. All rights reserved. This material may not be published, broadcast, rewritten or redistributed without permission.
""",
}
PAGES |= {
    "portal with recommended stories inside": f"""
The Pit
{MINE}
Selin Kaya
Thu, June 5, 2031 at 10:15 AM EDT
2 min read

> {M_A}
> {M_B}
Recommended Stories
The Pit
Nine dead in Turkish mine blast
Moneyline
Coal price reaches record as winter nears
> {M_C}
> {M_D}
> {M_E}
View comments (12)
Recommended Stories
SportsWire
Goalkeeper scores twice
""",
    "credits above captions": f"""
© UNICEF/Selin Kaya
A rescue worker at the mine near Zonguldak.
{MINE}
5 June 2031 Peace and Security
> {M_A}
> {M_B}
Unsplash/Tom Reed
A coal mine in northern Türkiye.
> {M_C}
> {M_E}
♦ Receive daily updates directly in your inbox - Subscribe here to a topic.
♦ Download the Pit app for your iOS or Android devices.
""",
    "press agency": f"""
{MINE}
NEWS PROVIDED BY
Karaelmas Enerji
Jun 05, 2031, 09:00 ET
Share this article
> {{ANKARA, Türkiye, June 5, 2031 /PRNewswire/ -- }}{M_A}
> {M_D}
SOURCE Karaelmas Enerji
""",
    "news wiki with its frame": f"""
From Wikinews, the free news source you can write!
Jump to navigation Jump to search
Thursday, June 5, 2031
Accidents
Related articles
4 June 2031: Nine dead in Turkish mine blast
1 May 2031: Miners strike in Zonguldak
Collaborate!
Pillars of Wikinews writing
> {M_A}
> {M_B}
> {M_E}
[edit]
Sources
Wikinews
Selin Kaya. "Brothers alive" — The Pit, June 5, 2031
"Mine: two saved" — Reuters, June 5, 2031
Bookmark-new.svg
Share this: Email Facebook X LinkedIn Reddit Digg.com
Retrieved from "https://en.wikinews.example/index.php?title=Mine&oldid=1"
Categories: Published Türkiye
This page was last edited on 7 June 2031, at 10:11.
""",
    "agency in capitals": f"""
WORLD NEWS
JUNE 5, 2031 / 10:15 AM / UPDATED 2 HOURS AGO
{MINE}
By Selin Kaya, Tom Reed
3 Min Read
FILE PHOTO: A miner leaves the pit near Zonguldak, Türkiye, February 3, 2030. REUTERS/Selin Kaya
> {{ZONGULDAK, Türkiye (Reuters) - }}{M_A}
> {M_C}
SLIDESHOW ( 3 IMAGES )
> {M_E}
Additional reporting by Lena Park in Seoul; Writing by Tom Reed; Editing by Ana Lopez
Our Standards: The Trust Principles.
MORE FROM REUTERS
""",
    "letter by e-mail": f"""
{MINE}

The Pit <news@pit.example>
Thu, Jun 5, 2031
View this email in your browser

> {M_A}

> {M_C}

> {M_E}

You are receiving this email because you signed up on our website.
Unsubscribe | Update your preferences
""",
    "dates posted and updated": f"""
Home National Diplomacy
{MINE}
Posted : 2031-06-05 16:20
Updated : 2031-06-05 17:02
Choi Mina
Rescuers carry a miner near Zonguldak, Türkiye, Thursday. EPA-Yonhap
By Choi Mina
> {M_A}
> {M_C}
> {M_E}
choi@koreapaper.example
Copyrights The Korea Paper. All rights reserved.
""",
    "byline in capitals and a plea": f"""
WORLD
{MINE}
A coal mine near Zonguldak, Türkiye | AFP-JIJI
BY SELIN KAYA
AFP-JIJI
SHARE
Jun 5, 2031
> {{ZONGULDAK, TURKEY – }}{M_A}
> {M_C}
> {M_D}
In a time of both misinformation and too much information, quality journalism is more crucial than ever.
By subscribing, you can help us get the story right.
SUBSCRIBE NOW
KEYWORDS
TURKEY, MINING
""",
    "post with tags": f"""
{MINE} — The Pit
The brothers were found after four days. 👇
#mine #rescue
> {M_A}
> {M_C}
> {M_E}
Read more on our website: https://pit.example/brothers
Follow our Telegram channel: @thepit
""",
    "plea inside": f"""
{MINE}
> {M_A}
Dear reader, independent journalism costs money. Please consider a subscription to The Pit.
> {M_C}
Watch: How the brothers were found
> {M_D}
You might be interested in:
- Nine dead in Turkish mine blast
- Coal price reaches record
> {M_E}
""",
    "embedded posts": f"""
{MINE}
> {M_A}
> {M_C}
— Emine Korkmaz (@ekorkmaz) June 5, 2031
> {M_D}
View this post on Instagram
A post shared by The Pit (@thepit)
> {M_E}
""",
}


def expected(page: str) -> str:
    story = [line[2:] for line in page.strip().split("\n") if line.startswith("> ")]
    return re.sub(r"\{[^}]*\}", " ", "\n".join(story))


def page_text(page: str) -> str:
    return "\n".join(re.sub(r"^> |[{}]", "", line) for line in page.strip().split("\n"))


@pytest.mark.parametrize("name", PAGES)
def test_only_the_story_remains(name: str) -> None:
    article = clean_article(Article("a", page_text(PAGES[name]), title=title_of(PAGES[name])))
    assert article.story.split() == expected(PAGES[name]).split()


@pytest.mark.parametrize("name", PAGES)
def test_the_story_remains_when_no_title_is_known(name: str) -> None:
    if "shows its teaser first" in name:
        pytest.skip("what stands before a repeated title is known by the title")
    article = clean_article(Article("a", page_text(PAGES[name])))
    assert article.story.split() == expected(PAGES[name]).split()


def title_of(page: str) -> str:
    return next((line for line in page.split("\n") if line.startswith(("Norway", MINE))), "")


@pytest.mark.parametrize("name", PAGES)
def test_no_character_moves(name: str) -> None:
    before = Article("a", page_text(PAGES[name]), title=title_of(PAGES[name]))
    after = clean_article(before)
    assert after.text == before.text and len(after.story) == len(after.text)
    assert all(aside.span.of(after.text).strip() for aside in after.asides)
    assert clean_article(after) == after


SENTENCES_TO_KEEP = [
    "Support for the ruling party fell after its members refused to vote.",
    "By entering the agreement, the two countries agree to new terms on trade policy.",
    "Already a member of the alliance, Norway sent two frigates.",
    "The content of the letter was not disclosed to the public.",
    "Heavy rains contributed to the collapse of the bridge.",
    "The Palestinian Authority rejected the plan of the Automobile Association (AA).",
    "Stock-market losses forced the bank to sell its headquarters.",
    "For more than two years the minister did not visit the town.",
    "A student from the university was among the dead.",
    "We condemn the use of any device that harms civilians.",
    "Research by the University of Bergen found that the fish were ill.",
    "This report was produced by a commission of the parliament.",
    "Contact between the two leaders at the summit was brief.",
    "Senator Ingrid Moe (R) voted against the bill on Friday.",
    "He was caught on video: a man in a red coat who ran away.",
    "Image-conscious leaders met in the capital of Chile.",
    "Call US officials what you like, the envoy said in a speech.",
    "Comments by the minister angered the fishermen of Tromsø.",
    "Sources close to the palace said the king would abdicate.",
    "Wikinews has heard from fishermen that the server was down.",
    "Read aloud in court, the letter caused laughter.",
    "Share prices fell by four percent in Oslo.",
    "Photo shows are banned in the town, the mayor said.",
    "Mr. Lund - a former colonel - leads the party.",
    "By Monday, the troops had left the town.",
    "It was signed on June 19, 2031.",
    "More than 40 people died, and 12 of them were children.",
    "Get out of the city now, the mayor told residents in a message.",
    "Follow-up talks will take place in Geneva in May.",
    "Watch groups said the ships had left the harbour.",
    "Related claims were rejected by the court on Tuesday.",
    "Trending upward, the price of fish reached a new record.",
    "The agency (Reuters) has two offices in the town.",
    "Subscribers to the fund lost 40 percent of their money.",
    "Please help, the captain wrote in his last message to the port.",
    "Tags on the animals showed that they came from Chile.",
    "Editing of genes was banned by the parliament in 2029.",
    "Top stories of the tower collapsed in the quake, police said.",
    "Opinion polls show that the coalition will lose its majority.",
    "Video of the attack was shown in court on Tuesday.",
    "Advertising by tobacco companies will be banned from May.",
    "Privacy laws protect patients in Norway, the court ruled.",
    "OK, the general replied, and the guns fell silent.",
]


@pytest.mark.parametrize("sentence", SENTENCES_TO_KEEP)
@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_sentences_that_resemble_furniture_stay(sentence: str, place: str) -> None:
    lines = {"first": [sentence, A, B], "middle": [A, sentence, B], "last": [A, B, sentence]}[place]
    article = clean_article(
        Article("a", "\n\n".join(["Norway and Chile agree", *lines]), title="Norway and Chile agree")
    )
    assert article.story.split() == " ".join(lines).split()


DATELINES = [
    ("SEOUL—{0}", "SEOUL"),
    ("SEOUL — {0}", "SEOUL"),
    ("SEOUL, South Korea — {0}", "SEOUL, South Korea"),
    ("NAIROBI, Kenya (AP) - {0}", "NAIROBI, Kenya"),
    ("WASHINGTON, July 3 (Reuters) - {0}", "WASHINGTON"),
    ("July 3 (Reuters) - {0}", ""),
    ("(Reuters) - {0}", ""),
    ("CNN — {0}", ""),
    ("Seoul, South Korea (CNN) — {0}", "Seoul, South Korea"),
    ("BEIJING, Oct. 28 (Xinhua) -- {0}", "BEIJING"),
    ("MOSCOW, July 3. /TASS/. {0}", "MOSCOW"),
    ("ISLAMABAD: {0}", "ISLAMABAD"),
    ("New Delhi: {0}", "New Delhi"),
    ("Kyiv, Ukraine – {0}", "Kyiv, Ukraine"),
    ("PORT-AU-PRINCE, Haiti (AP) — {0}", "PORT-AU-PRINCE, Haiti"),
    ("ST. JOHN’S, Canada – {0}", "ST. JOHN’S, Canada"),
    ("Vienna, 3 July 2031 – {0}", "Vienna"),
    ("QUITO (Andean Wire) — {0}", "QUITO"),
    ("TEHRAN, Apr. 5 (MNA) – {0}", "TEHRAN"),
]


@pytest.mark.parametrize(("form", "place"), DATELINES)
def test_dateline_becomes_an_aside(form: str, place: str) -> None:
    article = clean_article(Article("a", form.format(A) + "\n\n" + B))
    assert article.dateline == place
    assert [aside.kind for aside in article.asides] == ["dateline"]
    assert article.story.split() == (A + " " + B).split()


@pytest.mark.parametrize(
    "text",
    [
        "Lund — who led the talks — went home early on Monday.",
        "Putin and Xi - The two leaders met again on Monday in the capital.",
        "NATO — which has 32 members — met in Oslo on Monday.",
        "Interviewer: What do you think about the agreement of Monday?",
    ],
)
def test_what_only_looks_like_a_dateline_stays(text: str) -> None:
    article = clean_article(Article("a", text + "\n\n" + B))
    assert article.dateline == "" and article.story.split() == (text + " " + B).split()


def test_kinds_of_asides() -> None:
    page = PAGES["business paper: captions before credit lines, questions to readers"]
    article = clean_article(Article("a", page_text(page), title=title_of(page)))
    kinds = {aside.span.of(article.text)[:12]: aside.kind for aside in article.asides}
    wanted = {
        "Norway and C": "title", "Sigrid Aamod": "caption", "Photo: NTB/v": "credit", "By Kari Lund": "byline",
        "Updated Marc": "date", "OSLO—": "dateline", "SHARE YOUR T": "comment", "Should salmo": "comment", "Write to Kar": "contact",
    }  # fmt: skip
    assert wanted.items() <= kinds.items()


def test_title_with_the_name_of_the_site_is_a_title() -> None:
    article = clean_article(
        Article(
            "a", f"Norway and Chile agree on salmon - Fjord Journal\n{A}\n{B}", title="Norway and Chile agree on salmon"
        )
    )
    assert [aside.kind for aside in article.asides] == ["title"]


def test_wikinews_date_before_the_first_sentence() -> None:
    article = clean_article(Article("a", f"Monday, March 3, 2031 {A}\n\n{B}"))
    assert [(aside.kind, aside.span.of(article.text)) for aside in article.asides] == [
        ("date", "Monday, March 3, 2031")
    ]


def test_text_of_headlines_only_is_not_emptied_of_unknown_lines() -> None:
    article = clean_article(Article("a", "Norway and Chile agree\nTalks go on\nShare post:"))
    assert article.story.split() == ["Norway", "and", "Chile", "agree", "Talks", "go", "on"]


@pytest.mark.parametrize("text", ["", "   \n ", ".", "—", "Photo:", "[email protected]", "\n".join(["a"] * 5)])
def test_odd_texts(text: str) -> None:
    assert clean_article(Article("a", text)).text == text


@pytest.mark.parametrize(
    "text",
    [
        "(" * 20000,
        "Photo: a" + " a" * 10000,
        "A/" * 10000,
        "By " + "Abc " * 5000,
        "ABC, " * 4000,
        "Related\nHead\n" * 1500,
        f"{A}\n" * 200,
        "a\n" * 10000,
        "March 3, 2031 " * 1500,
        "Big title of a page\nA sentence stands here.\n" * 400,
    ],
    ids=lambda text: text[:10],
)
def test_a_page_made_to_cost_time_does_not(text: str) -> None:
    start = time.process_time()
    clean_article(Article("a", text))
    # An innocent page takes milliseconds; a pattern that runs away takes minutes.
    assert time.process_time() - start < 5


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from([A, B, C, D, "Share", "Related", "Photo: AFP", "Short line", "Sources", "", "Cut short..."]),
        max_size=12,
    )
)
def test_cleaning_keeps_offsets_and_is_idempotent(lines: list[str]) -> None:
    article = clean_article(Article("a", "\n".join(lines)))
    assert len(article.story) == len(article.text)
    assert clean_article(article) == article
    spans = sorted(aside.span for aside in article.asides)
    assert all(0 <= span.start < span.end <= len(article.text) for span in spans)


# The lexicon


def test_every_pattern_matches_its_example() -> None:
    furniture = load_furniture()
    for where, patterns in furniture.patterns.items():
        for pattern in patterns:
            if where in {"credit", "inline", "story", "verb"}:
                assert pattern.regex.search(pattern.example), (pattern.line, pattern.example)
            elif where in {"start", "tail"}:
                assert pattern.regex.match(pattern.example), (pattern.line, pattern.example)
            else:
                assert pattern.regex.fullmatch(pattern.example), (pattern.line, pattern.example)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("share\tline\t(\tShare", "furniture.tsv:2: not a regular expression"),
        ("share\tnowhere\tx\tx", "furniture.tsv:2: not a row of four cells"),
        ("share line", "furniture.tsv:2: not a row of four cells"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, row: str, said: str) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "furniture.tsv").write_text(f"kind\twhere\tpattern\texample\n{row}\n", encoding="utf-8")
    with pytest.raises(OntologyError, match=re.escape(said)):
        load_furniture(tmp_path)


# Dates and bylines


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Tuesday, October 28, 2031", "2031-10-28"),
        ("Updated May 9, 2031 10:40 am ET", "2031-05-09T10:40:00"),
        ("Published: 3 July 2031 at 14:20 GMT", "2031-07-03T14:20:00Z"),
        ("2031-07-03T10:00:00+0200", "2031-07-03T10:00:00+02:00"),
        ("2031-07-03", "2031-07-03"),
        ("11:05 PM EDT, Thu July 27, 2031", "2031-07-27T23:05:00"),
        ("12:10 a.m. Sept. 3, 2031", "2031-09-03T00:10:00"),
        ("28.10.2031", "2031-10-28"),
        ("13/02/2031", "2031-02-13"),
        ("02/13/2031", "2031-02-13"),
        ("03/04/2031", ""),
        ("1st of May 2031", "2031-05-01"),
        ("Feb. 30, 2031", ""),
        ("2031-13-01", ""),
        ("October 28", ""),
        ("in 2031", ""),
    ],
)
def test_dates(text: str, iso: str) -> None:
    assert parse_date(text) == iso


def test_a_date_inside_a_sentence_makes_no_date_line() -> None:
    assert is_date_line("Posted on March 3, 2031 at 9:15 pm")
    assert not is_date_line("The treaty was signed on June 19, 2031.")
    assert not is_date_line("Storm of March 3, 2031 destroys harbour")


def test_first_publication_goes_before_updates() -> None:
    assert stamped_date("Updated 5 May 2031. Published 3 May 2031.") == "2031-05-03"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Kari Lund", ("Kari Lund",)),
        ("BY KARI LUND AND TOM REED", ("Kari Lund", "Tom Reed")),
        ("By María de la Cruz, Ana Lopez and Tom Reed", ("María de la Cruz", "Ana Lopez", "Tom Reed")),
        ("Story by Kari Lund | March 3, 2031", ("Kari Lund",)),
    ],
)
def test_bylines(text: str, names: tuple[str, ...]) -> None:
    assert is_byline(text) and byline_names(text) == names


def test_wrapped_lines_are_joined_and_lists_are_not() -> None:
    wrapped = "a" * 60 + " word\n" + "b" * 58 + " word\n" + "c" * 61 + " word\n" + "d" * 57 + " end.\nnew"
    assert len(split_lines("\n".join(["Share", "Facebook", "Twitter", "WhatsApp"]))) == 4
    assert len(split_lines(wrapped)) < 5
    assert [line.text for line in split_lines("Lund said the Norway-led\n\nmission\n\nmade five trips.")] == [
        "Lund said the Norway-led", "mission", "made five trips.",
    ]  # fmt: skip
    assert len(split_lines("Also on Monday, Lund said, the Norway-led\n\nmission\n\nmade five trips.")) == 1


# Real copies, where the shared folder is at hand

SHARED = Path(os.environ.get("KG_SHARED", Path(__file__).parent.parent.parent / "shared"))


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "eval" / "gold").is_dir(), reason="needs the shared evaluation folder (KG_SHARED)")
def test_forbidden_words_do_not_survive_in_real_copies() -> None:
    import json

    checked = 0
    for gold in sorted((SHARED / "eval" / "gold").glob("*.json")):
        forbidden = json.loads(gold.read_text(encoding="utf-8")).get("forbidden", [])
        text = (SHARED / "eval" / "articles" / f"{gold.stem}.txt").read_text(encoding="utf-8")
        story = clean_article(Article(gold.stem, text)).story.casefold()
        assert not [word for word in forbidden if word.casefold() in story], gold.stem
        checked += len(forbidden)
    assert checked > 5
