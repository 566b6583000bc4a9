"""The stylized facts, each in one line with its source; one kept apart for the examination tells its topic alone."""

from __future__ import annotations

from typing import Final

from comity.literature.entries import KEPT_APART, Fact

READ: Final = "read"
ABSTRACT: Final = "abstract read"
COMPUTED: Final = "computed from public data"

FACTS_IN_ORDER: Final[tuple[Fact, ...]] = (
    Fact("W1", "withdrawal", ABSTRACT, ("von Borzyskowski and Vabulas 2019",),
        "States left intergovernmental organizations about 200 times since 1945, mostly where preferences had moved "
        "apart or others had left; nationalism hardly explains it."),
    Fact("W2", "withdrawal", COMPUTED, ("von Borzyskowski and Vabulas 2019", "Pevehouse et al. 2020"),
        "About .0004 exits for each year of membership over all organizations, 1945-2014."),
    Fact("W3", "withdrawal", COMPUTED, (),
        "One exit in 1023 member-years of the European Union, .001 a year (accession years from memory)."),
    Fact("W4", "withdrawal", KEPT_APART, (), ""),
    Fact("W5", "withdrawal", READ, ("ECOWAS 2024",),
        "Notice of one year before an exit takes effect, half a year of grace beside it."),
    Fact("W6", "withdrawal", ABSTRACT, ("von Borzyskowski and Vabulas 2023",),
        "About 130 threats to leave since 1980, fewer than half of them tied to a demand for reform; they work for "
        "the powerful who ask for little."),
    Fact("W7", "withdrawal", ABSTRACT, ("von Borzyskowski and Vabulas 2024",),
        "An exit does not end an organization on average; that of a founder hastens its end, that of a rich member "
        "goes with survival."),
    Fact("W8", "withdrawal", ABSTRACT, ("Dassler and Heinkelmann-Wild 2022",),
        "Majority voting raises exits, authority delegated to a secretariat lowers them."),
    Fact("S1", "suspension", ABSTRACT, ("von Borzyskowski and Vabulas 2025",),
        "About 100 suspensions 1939-2022, most for coups and breaches of rights; the powerful are shielded, and "
        "consensus and large membership make them rarer."),
    Fact("S2", "suspension", READ, ("von Borzyskowski and Vabulas 2018",),
        "About one backsliding state in nineteen is suspended in a year."),
    Fact("V1", "vitality", KEPT_APART, ("Gray 2018",), ""),
    Fact("V2", "vitality", ABSTRACT, ("Eilstrup-Sangiovanni 2020", "Dijkstra 2019"),
        "More than a third of the organizations founded since 1815 have ended."),
    Fact("V3", "vitality", ABSTRACT, ("Debre and Dijkstra 2021",),
        "Flexibility clauses have no measured effect on survival; the size of the secretariat has."),
    Fact("F1", "design", READ, ("Koremenos 2016",),
        "About .6 of agreements are concluded for a limited time."),
    Fact("F2", "design", READ, ("Koremenos 2016",),
        "About .19 of agreements have an escape clause."),
    Fact("F3", "design", READ, ("Koremenos 2016",),
        "About .7 of agreements have a withdrawal clause."),
    Fact("F4", "design", READ, ("Koremenos 2016",),
        "About .06 of agreements have neither escape nor withdrawal clause nor an end."),
    Fact("F5", "design", ABSTRACT, ("Baccini, Dür and Elsig 2015",),
        "Deep trade agreements are the more flexible ones, less so among democracies."),
    Fact("F6", "design", ABSTRACT, ("Kucik and Reinhardt 2008",),
        "Where escape is available, states join more readily, bind themselves more tightly and apply lower "
        "barriers."),
    Fact("F7", "design", ABSTRACT, ("Vergioglou and Hegewald 2023",),
        "Support for the union rises where an opt-out is granted, and falls where it is refused or a state is kept "
        "out."),
    Fact("F8", "design", ABSTRACT, ("Schimmelfennig and Winzen 2022",),
        "Most differentiation in the European Union is temporary and tied to enlargement; opt-outs from concern for "
        "sovereignty last."),
    Fact("C1", "compliance", READ, ("Euroalert 2013",),
        "About .063 of directives overdue in the fifteen members of 1997."),
    Fact("C2", "compliance", READ,
        ("European Commission 2011", "European Commission 2012", "European Commission 2014a"),
        "About .009 of directives overdue 2010-2013, between .006 and .012."),
    Fact("C3", "compliance", READ, ("European Commission 2011", "European Commission 2012"),
        "Overdue directives were 5.5 to 9 months late, 7.5 on average, 2011-2012."),
    Fact("C4", "compliance", KEPT_APART, ("European Commission 2014a",), ""),
    Fact("C5", "compliance", READ, ("European Commission 2015",),
        "About 27 infringement cases a member in 2015, unevenly spread."),
    Fact("C6", "compliance", READ, ("Euroalert 2013",),
        "17 months on average from a judgment to compliance, nearly 24 in some members."),
    Fact("C7", "compliance", ABSTRACT, ("Börzel, Hofmann, Panke and Sprungk 2010",),
        "Power raises violations and an efficient administration lowers them; each matters with the other."),
    Fact("C8", "compliance", READ, ("Kelemen and Pavone 2023",),
        "The Commission opened about two thirds fewer infringement cases from 2004 to 2018, with no sign of better "
        "compliance: enforcement yields as scepticism grows."),
    Fact("C9", "compliance", ABSTRACT, ("Börzel and Sedelmeier 2017",),
        "New members complied better than old ones in three of four enlargements."),
    Fact("C10", "compliance", ABSTRACT, ("König and Luetgert 2009",),
        "Federalism, plural interests, the parliamentary route and complexity delay transposition; conflict in the "
        "Council makes it fail."),
    Fact("C11", "compliance", ABSTRACT, ("Williams 2018",),
        "Where the public is more Eurosceptic, transposition is slower."),
    Fact("C12", "compliance", ABSTRACT, ("Tallberg 2002",),
        "Enforcement and management work best together."),
    Fact("C13", "compliance", ABSTRACT, ("Hoffman et al. 2022",),
        "Outside trade and finance, treaties mostly fail to bring about what they intend; enforcement is the "
        "feature that may help."),
    Fact("C14", "compliance", ABSTRACT, ("Tveit 2020",),
        "Among reluctant states, more capacity can mean less compliance."),
    Fact("C15", "compliance", ABSTRACT, ("Bernauer, Kalbhenn, Koubi and Spilker 2013",),
        "Specific obligations lower participation in environmental treaties; monitoring does not, and help, dispute "
        "settlement and a secretariat raise it."),
    Fact("R1", "implementation", ABSTRACT, ("Arnold 2017",),
        "About two thirds of what Mercosur adopted 1994-2008 was incorporated by all; that the last one triggers "
        "validity is a veto after the fact."),
    Fact("R2", "implementation", READ, ("East Asia Forum 2012",),
        "About .68 of the targets of the ASEAN Economic Community 2008-2011 were met by all members, by their own "
        "reports."),
    Fact("R3", "implementation", READ, ("Business Times 2015",),
        "ASEAN reported .9 of its measures done once the list was shortened: self-reports run ahead of deeds."),
    Fact("R4", "implementation", READ, ("EAC 2016",),
        "After scorecards in the East African Community, laws hardly changed and the share of trade barriers "
        "resolved rose from .38 to .54."),
    Fact("R5", "ratification", KEPT_APART, ("State of the Union coalition 2012",), ""),
    Fact("R6", "ratification", KEPT_APART, ("Kioko 2012",), ""),
    Fact("R7", "ratification", READ, ("tralac 2021",),
        "Half of the signatories of the African free trade area ratified within 16 months, with a rush in July "
        "2019; then it slowed."),
    Fact("R8", "ratification", COMPUTED, ("tralac 2021", "V-Dem", "WGI"),
        "Early ratifiers of the African free trade area had weaker legislatures and abler administrations (about 52 "
        "states, exploratory)."),
    Fact("R9", "courts", KEPT_APART, ("Court president 2025",), ""),
    Fact("R10", "courts", KEPT_APART, ("European Implementation Network 2024",), ""),
    Fact("R11", "courts", KEPT_APART, ("ECHR Blog 2020",), ""),
    Fact("R12", "soft law", KEPT_APART, ("European Commission 2014b", "Bruegel 2024"), ""),
    Fact("R13", "tranches", KEPT_APART, ("UNCTAD 2019",), ""),
    Fact("R14", "finance", KEPT_APART, ("European Court of Auditors 2024",), ""),
    Fact("T1", "trust", READ, ("Eurobarometer",),
        "Trust in the European Union swung between .31 (2014) and .57 (2007, from memory), over five to seven years "
        "a swing."),
    Fact("T2", "trust", READ, ("Eurobarometer",),
        "The union is trusted more than national governments, by 4 points in 2014 and 16 in 2025."),
    Fact("T3", "trust", READ, ("Eurobarometer",),
        "Trust lay between .23 and .73 across members."),
    Fact("T4", "trust", COMPUTED, ("Eurobarometer",),
        "Net trust persists by .88 a year within a state; its spread across states is 18 points."),
    Fact("T5", "trust", COMPUTED, ("Eurobarometer", "Gapminder"),
        "A point of growth goes with 1.4 net points of trust, .7 to 2.2."),
    Fact("T6", "trust", COMPUTED, ("Eurobarometer",),
        "A point of trust in the national government goes with .75 net points of trust in the union."),
    Fact("T7", "trust", KEPT_APART, ("Eurobarometer",), ""),
    Fact("T8", "trust", ABSTRACT, ("Grimmelikhuijsen et al. 2013",),
        "Transparency moves trust little, sometimes down, differently by culture."),
    Fact("T9", "trust", ABSTRACT, ("Dellmuth, Scholte and Tallberg 2019",),
        "Both procedure and performance raise the legitimacy of international organizations."),
    Fact("T10", "trust", ABSTRACT, ("Agne, Dellmuth and Tallberg 2015",),
        "Taking part does not make stakeholders think an organization more democratic."),
    Fact("T11", "trust", ABSTRACT, ("Van Mol 2018", "Sigalas 2010", "Mitchell 2015"),
        "Studies of student exchange find no, a negative and a positive effect on European identity."),
    Fact("P1", "politics", COMPUTED, ("PopuList", "ParlGov"),
        "Eurosceptic parties had .08 of the vote in 1994, .12 to .15 until 2012, .24 in 2015 and .33 in 2025: a "
        "step after the crisis, and no way back."),
    Fact("P2", "politics", COMPUTED, ("PopuList", "ParlGov"),
        "That share changes between elections by 9.5 points (standard deviation), by 4 in the median."),
    Fact("P3", "politics", COMPUTED, ("ParlGov",),
        "Four years lie between elections in the median; a quarter of terms end before 3.5."),
    Fact("P4", "politics", COMPUTED, ("V-Dem",),
        "The legal cycle is four years in the European Union and Mercosur, five in ASEAN, ECOWAS and the African "
        "Union."),
    Fact("P5", "politics", ABSTRACT, ("Kleine and Minaudier 2019",),
        "Pending elections make agreement less likely, most of all close ones in large states."),
    Fact("P6", "politics", ABSTRACT, ("Schneider 2018",),
        "Governments put conflictual proposals off until after elections."),
    Fact("P7", "politics", ABSTRACT, ("Walter 2021b",),
        "How a leaver fares encourages or deters others, damped by what people want to believe."),
    Fact("P8", "politics", ABSTRACT, ("Fetzer 2019", "Colantone and Stanig 2018"),
        "Economic losses that nobody makes good feed the vote against an organization."),
    Fact("B1", "regime", COMPUTED, ("ERT",),
        "Autocratization begins in .021 of country-years, .008 in the European Union, .041 in ECOWAS."),
    Fact("B2", "regime", COMPUTED, ("V-Dem",),
        "Democracies become autocracies in .023 of their years, autocracies democracies in .031."),
    Fact("B3", "regime", COMPUTED, ("WGI", "V-Dem", "UNGA ideal points"),
        "Within a state, administrative capacity persists by .79 a year, democracy by .88, positions in world "
        "politics by .70."),
    Fact("B4", "structure", COMPUTED, ("V-Dem", "WGI", "Gapminder"),
        "Democracy, legislative and judicial constraints, capacity and income go together across 78 states, with "
        "correlations of .8 to .88."),
)  # fmt: skip
