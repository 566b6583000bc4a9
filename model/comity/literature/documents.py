"""Legal texts, reports, figures of real organizations and data sets that mechanisms and facts lean on."""

from __future__ import annotations

from typing import Final

from comity.literature.entries import Work, data, document

DOCUMENTS: Final[tuple[Work, ...]] = (
    document("African Union 2020", "African Union", "budget of 2020 and the share that partners pay", "au.int"),
    document("African Union Constitutive Act", "Organisation of African Unity",
        "Constitutive Act of the African Union, Lomé, 11 July 2000", "article 7: decisions of the Assembly"),
    document("Bruegel 2024", "Bruegel", "on the decline in following country-specific recommendations", "2024"),
    document("Business Times 2015", "Business Times, Singapore", "ASEAN Economic Community Needs Higher Transparency",
        "4 May 2015", "http://www.businesstimes.com.sg/opinion/asean-economic-community-needs-higher-transparency"),
    document("Cassis de Dijon 1979", "European Court of Justice",
        "Rewe-Zentral v Bundesmonopolverwaltung für Branntwein (Cassis de Dijon), case 120/78", "20 February 1979"),
    document("Court president 2025", "president of a regional court", "figures told in public", "2025"),
    document("EAC 2016", "East African Community; The New Times", "press release and report on the common market "
        "scorecard", "2016",
        "https://newtimes.co.rw/article/135068/Opinions/whats-happening-to-the-eac-integration-dream"),
    document("East Asia Forum 2012", "East Asia Forum", "A Critical Look at the ASEAN Economic Community Scorecard",
        "1 June 2012", "http://www.eastasiaforum.org/2012/06/01/a-critical-look-at-the-asean-economic-community-scorecard/"),
    document("ECHR Blog 2020", "ECHR Blog", "on withdrawals and judgments", "3 March 2020"),
    document("ECOWAS 2024", "press reports of the 66th summit of ECOWAS",
        "date of withdrawal of Mali, Burkina Faso and Niger", "December 2024",
        "https://afrinz.ru/en/2024/12/ecowas-summit-sets-date-for-withdrawal-of-mali-burkina-faso-and-niger-from-the-union/"),
    document("Euroalert 2013", "Euroalert", "The EU Average Transposition Deficit of Internal Market Directives Fell "
        "until 0.6 % over the Last Six Months", "on the Internal Market Scoreboard 26, 2013",
        "https://euroalert.net/en/news/16305/the-eu-average-transposition-deficit-of-internal-market-directives-fell-until-0-6-over-the-last-six-months"),
    document("European Commission 2011", "European Commission", "Internal Market Scoreboard, press release IP/11/1130",
        "2011", "http://europa.eu/rapid/press-release_IP-11-1130_en.htm"),
    document("European Commission 2012", "European Commission", "Internal Market Scoreboard, press release IP/12/1080",
        "2012", "http://europa.eu/rapid/press-release_IP-12-1080_en.htm"),
    document("European Commission 2014a", "European Commission", "Internal Market Scoreboard, press release IP/14/205",
        "2014"),
    document("European Commission 2014b", "European Commission", "Economic Brief 37", "2014"),
    document("European Commission 2015", "European Commission", "Single Market Scoreboard, infringements",
        "reporting period 11/2014 to 05/2015",
        "http://ec.europa.eu/internal_market/scoreboard/performance_by_governance_tool/infringements/index_en.htm"),
    document("European Court of Auditors 2024", "European Court of Auditors",
        "Special Report 13/2024, as summed up by eucrim", "2024"),
    document("European Fund for Strategic Investments", "European Union",
        "Regulation (EU) 2015/1017 on the European Fund for Strategic Investments"),
    document("European Implementation Network 2024", "European Implementation Network",
        "state of implementation of judgments", "January 2024"),
    document("European Interoperability Framework", "European Commission", "European Interoperability Framework, "
        "COM(2017) 134"),
    document("GDPR", "European Union", "Regulation (EU) 2016/679, General Data Protection Regulation"),
    document("Kioko 2012", "Kioko, Ben, Legal Counsel of the African Union", "figures on ratification", "2012"),
    document("Lome Declaration 2000", "Organisation of African Unity", "Declaration on the Framework for an OAU "
        "Response to Unconstitutional Changes of Government", "AHG/Decl.5 (XXXVI), Lomé, July 2000"),
    document("Ouro Preto", "Mercosur", "Additional Protocol on the Institutional Structure of Mercosur, Ouro Preto, "
        "17 December 1994", "article 40: simultaneous entry into force"),
    document("Recovery and Resilience Facility", "European Union",
        "Regulation (EU) 2021/241 establishing the Recovery and Resilience Facility"),
    document("State of the Union coalition 2012", "State of the Union coalition",
        "statement on ratification of African Union treaties", "2012"),
    document("Treaty on European Union", "European Union", "Treaty on European Union",
        "article 16: qualified majority"),
    document("UNCITRAL", "United Nations Commission on International Trade Law", "model laws"),
    document("UNCTAD 2019", "a text of UNCTAD by way of a secondary page", "notifications under the Trade Facilitation "
        "Agreement", "2019"),
    document("multiannual financial framework", "European Union", "multiannual financial framework"),
    document("tralac 2021", "tralac Trade Law Centre and others", "status of AfCFTA ratification", "2018 to 2021",
        "https://www.tralac.org/resources/infographics/13795-status-of-afcfta-ratification.html"),
)  # fmt: skip

DATA_SETS: Final[tuple[Work, ...]] = (
    data("UNGA ideal points", "Bailey, Michael A.; Strezhnev, Anton; Voeten, Erik",
        "ideal points in the United Nations General Assembly, sessions 1-74", "Journal of Conflict Resolution 61(2)"),
    data("Correlates of War", "Correlates of War project", "intergovernmental organizations, direct contiguity and "
        "distance between capitals"),
    data("ERT", "Episodes of Regime Transformation project", "Episodes of Regime Transformation, release 15"),
    data("Eurobarometer", "European Commission",
        "Standard Eurobarometer; microdata of 12 states 2000-2013 by way of the R package uqr", also=("uqr",)),
    data("Gapminder", "Gapminder", "GDP per head, release 32, and population, release 8"),
    data("ParlGov", "Döring, Holger and others", "ParlGov and Political Party, Election and Government data (PPEG)"),
    data("PopuList", "Rooduijn, Matthijs and others", "PopuList, release 4.0"),
    data("V-Dem", "Varieties of Democracy project", "Varieties of Democracy, releases 12 and 15"),
    data("WGI", "World Bank", "Worldwide Governance Indicators 1996-2023"),
)  # fmt: skip
