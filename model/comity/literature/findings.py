"""The studies whose findings the facts are: some compared with the page of a publisher or library, some recalled."""

from __future__ import annotations

from typing import Final

from comity.literature.entries import Work, article, book, document

RIO: Final = "Review of International Organizations"
BJPS: Final = "British Journal of Political Science"

FINDINGS: Final[tuple[Work, ...]] = (
    article("Adjolohoun 2020", "Adjolohoun, Sègnonna Horace", "A Crisis of Design and Judicial Practice? Curbing State "
        "Disengagement from the African Court on Human and Peoples' Rights", "African Human Rights Law Journal",
        "20(1)", "1-40", "10.17159/1996-2096/2020/v20n1a1"),
    article("Arnold 2017", "Arnold, Christian", "Empty Promises and Nonincorporation in Mercosur",
        "International Interactions", "43(4)", "643-667", "10.1080/03050629.2016.1206391"),
    document("Dassler and Heinkelmann-Wild 2022", "Daßler, Benjamin; Heinkelmann-Wild, Tim", "The Tyranny of the "
        "Majority? How Pooled and Delegated Authority Shape Exit from International Organizations", "preprint",
        "https://www.researchgate.net/publication/363566387"),
    article("Tveit 2020", "Tveit, Andreas Kokkvoll", "Does Capacity Increase Compliance? Examining Evidence from "
        "European Cooperation against Air Pollution", "Springer Nature, journal not seen"),
    article("Vergioglou and Hegewald 2023", "Vergioglou, Ioannis; Hegewald, Sven", "From Causes to Consequences: "
        "Investigating the Effects of Differentiated Integration on Citizens' EU Support", "European Union Politics",
        "24(1)", "206-224", "10.1177/14651165221135742"),
    article("von Borzyskowski and Vabulas 2024", "von Borzyskowski, Inken; Vabulas, Felicity",
        "When Do Member State Withdrawals Lead to the Death of International Organizations?",
        "European Journal of International Relations", "30(3)", "756-786", "10.1177/13540661241256951"),
    article("Schimmelfennig and Winzen 2022", "Schimmelfennig, Frank; Winzen, Thomas",
        "Differentiated Integration in the European Union: Trends and Patterns", "EuZ", "11/2022"),
    article("Williams 2018", "Williams, Christopher J.", "Responding through Transposition: Public Euroskepticism and "
        "European Policy Implementation", "European Political Science Review", "10(1)", "51-70",
        "10.1017/S1755773916000187"),
    article("von Borzyskowski and Vabulas 2019", "von Borzyskowski, Inken; Vabulas, Felicity",
        "Hello, Goodbye: When Do States Withdraw from International Organizations?", RIO, "14(2)", "335-366",
        "10.1007/s11558-019-09352-2"),
    book("Schimmelfennig and Winzen 2020", "Schimmelfennig, Frank; Winzen, Thomas",
        "Ever Looser Union? Differentiated European Integration", "Oxford University Press",
        also=("Schimmelfennig and Winzen",)),
)  # fmt: skip

RECALLED: Final[tuple[Work, ...]] = (
    article("Agne, Dellmuth and Tallberg 2015", "Agné, Hans; Dellmuth, Lisa Maria; Tallberg, Jonas",
        "Does Stakeholder Involvement Foster Democratic Legitimacy in International Organizations?", RIO, "10(4)",
        "465-488", "10.1007/s11558-014-9212-6"),
    article("Baccini, Dür and Elsig 2015", "Baccini, Leonardo; Dür, Andreas; Elsig, Manfred",
        "The Politics of Trade Agreement Design: Revisiting the Depth-Flexibility Nexus",
        "International Studies Quarterly", "59(4)", "765-775", "10.1111/isqu.12188"),
    article("Bernauer, Kalbhenn, Koubi and Spilker 2013",
        "Bernauer, Thomas; Kalbhenn, Anna; Koubi, Vally; Spilker, Gabriele",
        "Is There a 'Depth versus Participation' Dilemma in International Cooperation?", RIO, "8(4)", "477-497",
        "10.1007/s11558-013-9165-1"),
    article("Börzel and Sedelmeier 2017", "Börzel, Tanja A.; Sedelmeier, Ulrich", "Larger and More Law Abiding? The "
        "Impact of Enlargement on Compliance in the European Union", "Journal of European Public Policy", "24(2)",
        "197-215", "10.1080/13501763.2016.1265575"),
    article("Börzel, Hofmann, Panke and Sprungk 2010",
        "Börzel, Tanja A.; Hofmann, Tobias; Panke, Diana; Sprungk, Carina",
        "Obstinate and Inefficient: Why Member States Do Not Comply with European Law",
        "Comparative Political Studies", "43(11)", "1363-1390", "10.1177/0010414010376910"),
    article("Colantone and Stanig 2018", "Colantone, Italo; Stanig, Piero", "Global Competition and Brexit",
        "American Political Science Review", "112(2)", "201-218", "10.1017/S0003055417000685"),
    article("Debre and Dijkstra 2021", "Debre, Maria J.; Dijkstra, Hylke", "Institutional Design for a Post-Liberal "
        "Order: Why Some International Organizations Live Longer than Others",
        "European Journal of International Relations", "27(1)", "311-339", "10.1177/1354066120962183"),
    article("Dellmuth, Scholte and Tallberg 2019",
        "Dellmuth, Lisa Maria; Scholte, Jan Aart; Tallberg, Jonas", "Institutional Sources of Legitimacy for "
        "International Organisations: Beyond Procedure versus Performance", "Review of International Studies", "45(4)",
        "627-646", "10.1017/S026021051900007X"),
    document("Dijkstra 2019", "Dijkstra, Hylke", "on the death of international organizations; title not recorded"),
    article("Eilstrup-Sangiovanni 2020", "Eilstrup-Sangiovanni, Mette", "Death of International Organizations: The "
        "Organizational Ecology of Intergovernmental Organizations, 1815-2015", RIO, "15(2)", "339-370",
        "10.1007/s11558-018-9340-5"),
    article("Fetzer 2019", "Fetzer, Thiemo", "Did Austerity Cause Brexit?", "American Economic Review", "109(11)",
        "3849-3886", "10.1257/aer.20181164"),
    article("Gray 2018", "Gray, Julia",
        "Life, Death, or Zombie? The Vitality of International Organizations", "International Studies Quarterly",
        "62(1)", "1-13", "10.1093/isq/sqx072"),
    article("Grimmelikhuijsen et al. 2013", "Grimmelikhuijsen, Stephan; Porumbescu, Gregory; Hong, Boram; Im, Tobin",
        "The Effect of Transparency on Trust in Government: A Cross-National Comparative Experiment",
        "Public Administration Review", "73(4)", "575-586", "10.1111/puar.12047"),
    article("Hoffman et al. 2022", "Hoffman, Steven J. and others",
        "International Treaties Have Mostly Failed to Produce Their Intended Effects",
        "Proceedings of the National Academy of Sciences", "119(32)", "e2122854119", "10.1073/pnas.2122854119"),
    article("Kelemen and Pavone 2023", "Kelemen, R. Daniel; Pavone, Tommaso", "Where Have the Guardians Gone? Law "
        "Enforcement and the Politics of Supranational Forbearance in the European Union", "World Politics", "75(4)",
        "779-825"),
    article("Kleine and Minaudier 2019", "Kleine, Mareike; Minaudier, Clement", "Negotiating under Political "
        "Uncertainty: National Elections and the Dynamics of International Co-operation", BJPS, "49(1)", "315-337",
        "10.1017/S000712341600051X"),
    book("Koremenos 2016", "Koremenos, Barbara", "The Continent of International Law: Explaining Agreement Design",
        "Cambridge University Press"),
    article("Kucik and Reinhardt 2008", "Kucik, Jeffrey; Reinhardt, Eric", "Does Flexibility Promote Cooperation? An "
        "Application to the Global Trade Regime", "International Organization", "62(3)", "477-505",
        "10.1017/S0020818308080168"),
    article("König and Luetgert 2009", "König, Thomas; Luetgert, Brooke", "Troubles with Transposition? Explaining "
        "Trends in Member-State Notification and the Delayed Transposition of EU Directives", BJPS, "39(1)", "163-194",
        "10.1017/S0007123408000380"),
    article("Mitchell 2015", "Mitchell, Kristine", "Rethinking the 'Erasmus Effect' on European Identity",
        "Journal of Common Market Studies", "53(2)", "330-348", "10.1111/jcms.12152"),
    book("Schneider 2018", "Schneider, Christina J.",
        "The Responsive Union: National Elections and European Governance", "Cambridge University Press"),
    article("Sigalas 2010", "Sigalas, Emmanuel", "Cross-Border Mobility and European Identity: The Effectiveness of "
        "Intergroup Contact during the ERASMUS Year Abroad", "European Union Politics", "11(2)", "241-265",
        "10.1177/1465116510363656"),
    article("Tallberg 2002", "Tallberg, Jonas", "Paths to Compliance: Enforcement, Management, and the European Union",
        "International Organization", "56(3)", "609-643", "10.1162/002081802760199908"),
    article("Van Mol 2018", "Van Mol, Christof", "Becoming Europeans: The Relationship between Student Exchanges in "
        "Higher Education, European Citizenship and a Sense of European Identity",
        "Innovation: The European Journal of Social Science Research", "31(4)", "449-463",
        "10.1080/13511610.2018.1495064"),
    article("Walter 2021b", "Walter, Stefanie", "Brexit Domino? The Political Contagion Effects of Voter-Endorsed "
        "Withdrawals from International Institutions", "Comparative Political Studies", "54(13)", "2382-2415",
        "10.1177/0010414021997169"),
    document("von Borzyskowski and Vabulas 2018", "von Borzyskowski, Inken; Vabulas, Felicity",
        "When Are States Kicked Out of International Organizations?", "blog, 23 April 2018",
        "https://wicked-solutions.blog/2018/04/23/when-are-states-kicked-out-of-international-organizations/"),
    article("von Borzyskowski and Vabulas 2023", "von Borzyskowski, Inken; Vabulas, Felicity", "When Do Withdrawal "
        "Threats Achieve Reform in International Organizations?", "Global Perspectives", "4(1)", "67826",
        also=("von Borzyskowski and Vabulas",)),
    book("von Borzyskowski and Vabulas 2025", "von Borzyskowski, Inken; Vabulas, Felicity",
        "Exit from International Organizations", "Cambridge University Press"),
)  # fmt: skip
