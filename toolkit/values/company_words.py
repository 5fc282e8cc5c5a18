"""Words of company names: legal forms, abbreviations, words without weight, and words that only companies bear.

Source: legal forms of the US, UK, IE, AU, NZ, CA, DE, AT, CH, FR, BE, NL, ES, IT and the Nordic countries, with those of
common trading partners (GLEIF entity legal form list, the forms in everyday use).
"""

from toolkit.values.text import word_set

_WRITTEN_SHORT = {
    "incorporated": "inc", "limited": "ltd", "ltda": "lda", "limitada": "lda", "limitee": "ltee", "corporation": "corp",
    "company": "co", "cie": "co", "compagnie": "co", "companies": "co", "proprietary": "pty", "unlimited": "uc",
    "aktiengesellschaft": "ag", "kommanditgesellschaft": "kg", "gesmbh": "gmbh",
    "aktiebolag": "ab", "aktieselskab": "as", "aksjeselskap": "as", "anpartsselskab": "aps", "osakeyhtio": "oy",
    "comp": "co", "kommanditbolag": "kb", "handelsbolag": "hb", "teoranta": "teo", "genossenschaft": "eg", "pllp": "llp",
}  # fmt: skip

LEGAL_FORMS = _WRITTEN_SHORT | {
    form: form
    for form in word_set(
        """
        inc llc lllp llp lp ltd plc corp co pllc pc pa pty pvt pte cic cio dac clg uc nl ulc ltee senc senrl sec teo
        gmbh mbh ag kg kgaa ohg gbr ug haftungsbeschrankt eg ev ek ekfm partg partgmbb se ewiv sa sas sasu sarl
        selarl eurl sci snc scs sca scop gie sprl srl bvba asbl vzw scrl nv bv cv vof ua sl slu slne slp sau sll cb
        scoop spa srls sapa scarl scpa ss ab hb kb oy oyj ky tmi as asa aps ans da iks ivs ks is amba fmba ehf hf
        slf enk nuf lda spzoo sro doo kft zrt nyrt kkt bt ooo zao oao pao uab sia ood eood bhd sdn kk gk tbk
        eireli epp mei sadecv sabdecv sapidecv sderldecv sderl spk spj fzco fze fzllc sti sagl og
        """
    )
}
"""Legal forms, written out or short, and their short form."""

ALWAYS_LEGAL = word_set(
    """
    inc incorporated llc lllp llp ltd limited plc gmbh gesmbh pllc sarl sprl eurl sasu aktiebolag aktiengesellschaft aps
    aktieselskab oyj bvba kgaa spzoo sadecv sabdecv sapidecv sderldecv partgmbb srls ulc kft haftungsbeschrankt
    """
)
"""Forms that are one wherever they stand in a name; the others only at its end."""

LEADING_LEGAL = word_set("ooo zao oao pao uab sia oy")
"""Forms that stand before the name."""

LONG_FORMS = {
    "limited liability company": "llc", "limited liability partnership": "llp", "limited partnership": "lp",
    "private limited": "pvt ltd", "public limited company": "plc", "gesellschaft mit beschrankter haftung": "gmbh",
    "gesellschaft mbh": "gmbh", "ges mbh": "gmbh", "kg aa": "kgaa", "partg mbb": "partgmbb",
    "ug haftungsbeschrankt": "ug", "eingetragener verein": "ev", "besloten vennootschap": "bv",
    "naamloze vennootschap": "nv", "societe anonyme": "sa", "societe a responsabilite limitee": "sarl",
    "sociedad anonima": "sa", "sociedad limitada": "sl", "sociedad de responsabilidad limitada": "sl",
    "societa per azioni": "spa", "societa a responsabilita limitata": "srl", "s coop": "scoop", "soc coop": "scoop",
    "sp zoo": "spzoo", "spol sro": "sro", "sp k": "spk", "sp j": "spj", "ltd sti": "sti", "kabushiki kaisha": "kk",
    "godo kaisha": "gk", "sociedade limitada": "lda", "sociedad por acciones": "spa", "pte limited": "pte ltd",
    "spolka zoo": "spzoo", "sa de cv": "sadecv", "ab publ": "ab", "asa publ": "asa", "nvsa": "nv", "co op": "coop",
    "sp z oo": "spzoo", "sab de cv": "sabdecv", "sapi de cv": "sapidecv", "s de rl de cv": "sderldecv",
    "srl de cv": "sderldecv", "s de rl": "sderl", "sociedad anonima de capital variable": "sadecv",
    "sociedad anonima bursatil de capital variable": "sabdecv",
}  # fmt: skip
"""Forms of several words, as they stand after runs of single letters are joined."""

ABBREVIATIONS = {
    "intl": "international", "int": "international", "internatl": "international", "intnl": "international",
    "natl": "national", "nat": "national", "mfg": "manufacturing", "manuf": "manufacturing", "mfr": "manufacturer",
    "mfrs": "manufacturer", "manufacturers": "manufacturer", "bros": "brothers", "svc": "services", "svcs": "services",
    "service": "services", "serv": "services", "servs": "services", "srv": "services", "srvc": "services",
    "srvcs": "services", "svce": "services", "svs": "services", "grp": "group", "gp": "group", "groupe": "group",
    "gruppe": "group", "mgmt": "management", "mgt": "management", "mngt": "management", "mgmnt": "management",
    "assn": "associates", "assoc": "associates", "association": "associates", "assocs": "associates",
    "associate": "associates", "asscs": "associates", "ctr": "center", "ctrs": "center", "cntr": "center",
    "centre": "center", "centers": "center", "centres": "center", "cen": "center", "cntrs": "center",
    "dept": "department", "dist": "distribution", "distrib": "distribution", "distr": "distribution",
    "distributors": "distribution", "distributor": "distribution", "distributing": "distribution",
    "eng": "engineering", "engg": "engineering", "engr": "engineering", "engrg": "engineering",
    "engineers": "engineering",
    "engrs": "engineering", "constr": "construction", "const": "construction", "constrn": "construction",
    "constructions": "construction", "cnstr": "construction", "equip": "equipment", "eqpt": "equipment",
    "equipt": "equipment",
    "hldgs": "holdings", "hldg": "holdings", "holding": "holdings", "hosp": "hospital", "ind": "industries",
    "inds": "industries", "indus": "industries", "industry": "industries", "indust": "industries", "indl": "industrial",
    "inst": "institute", "ins": "insurance", "insur": "insurance", "labs": "laboratories", "lab": "laboratories",
    "laboratory": "laboratories", "mkt": "market", "mktg": "marketing", "mktng": "marketing", "prods": "products",
    "prod": "products", "product": "products", "prop": "properties", "props": "properties", "property": "properties",
    "rest": "restaurant", "restaurants": "restaurant", "ristorante": "restaurant", "rlty": "realty", "sch": "school",
    "schl": "school", "schools": "school", "solns": "solutions", "soln": "solutions", "solution": "solutions",
    "sols": "solutions", "sys": "systems", "system": "systems", "systs": "systems", "tech": "technologies",
    "technology": "technologies", "techs": "technologies", "technol": "technologies", "telecom": "telecommunications",
    "telecoms": "telecommunications", "transp": "transport", "trans": "transport", "transportation": "transport",
    "tpt": "transport", "transports": "transport", "univ": "university", "elec": "electric", "elect": "electric",
    "electrical": "electric", "comm": "communications", "comms": "communications", "communication": "communications",
    "chem": "chemical", "chems": "chemical", "chemicals": "chemical", "pharm": "pharmacy",
    "pharmaceuticals": "pharmaceutical", "whse": "warehouse", "whsl": "wholesale", "dev": "development",
    "devt": "development", "developments": "development", "educ": "education", "acad": "academy", "elem": "elementary",
    "govt": "government", "gov": "government", "auth": "authority", "comp": "computer", "computers": "computer",
    "cons": "consulting", "consult": "consulting", "consultants": "consulting", "consultancy": "consulting",
    "arch": "architects", "architect": "architects", "logist": "logistics", "logistic": "logistics", "fin": "financial",
    "finl": "financial", "med": "medical", "lang": "language", "mtn": "mountain", "ft": "fort", "saint": "st",
    "sainte": "st", "daycare": "day care", "childcare": "child care", "preschool": "pre school",
    "kindergarden": "kindergarten", "bbq": "barbecue", "barbeque": "barbecue", "deli": "delicatessen",
    "supplies": "supply",
    "supplier": "supply", "suppliers": "supply", "interiors": "interior", "contractors": "contracting",
    "contractor": "contracting", "builders": "building", "bldg": "building", "bldrs": "building", "bldr": "building",
    "builder": "building", "ent": "enterprises", "ents": "enterprises", "enterprise": "enterprises",
    "entpr": "enterprises", "ptnrs": "partners", "ptnr": "partners", "ptrs": "partners", "partner": "partners",
    "inv": "investments", "invs": "investments", "invest": "investments", "investment": "investments",
    "fdn": "foundation", "fndn": "foundation", "fed": "federal", "furn": "furniture", "furnishings": "furniture",
    "agcy": "agency", "amer": "american", "adv": "advertising", "auto": "automotive", "autos": "automotive",
    "coll": "college",
    "cty": "county", "cnty": "county", "coop": "cooperative", "dntl": "dental", "div": "division",
    "envir": "environmental",
    "environ": "environmental", "exch": "exchange", "xpress": "express", "fab": "fabrication", "gen": "general",
    "hlth": "health", "hlthcare": "healthcare", "hotels": "hotel", "lib": "library", "mach": "machinery",
    "maint": "maintenance", "mem": "memorial", "meml": "memorial", "mtls": "materials", "matls": "materials",
    "material": "materials", "pkg": "packaging", "pkgs": "packaging", "plbg": "plumbing", "plmbg": "plumbing",
    "plumb": "plumbing", "prof": "professional", "refrig": "refrigeration", "soc": "society", "spec": "specialty",
    "stn": "station", "surg": "surgical", "twp": "township", "uni": "university", "utd": "united", "vet": "veterinary",
    "wks": "works", "hldngs": "holdings",
    "photog": "photography", "prntg": "printing", "printers": "printing", "mech": "mechanical", "instr": "instruments",
    "instrument": "instruments", "instrs": "instruments", "rsch": "research", "dsgn": "design", "designs": "design",
    "gebr": "gebruder", "gebrueder": "gebruder", "ges": "gesellschaft", "ets": "etablissements", "ste": "societe",
    "flli": "fratelli", "hnos": "hermanos", "hno": "hermanos", "one": "1", "two": "2", "three": "3", "four": "4",
    "five": "5",
    "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "first": "1st",
    "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th",
}  # fmt: skip
"""Short forms written out, plural or spelling variants brought to one, and numbers as figures."""

SILENT = word_set(
    """
    the and of a an und et y e en och og le la les l el los las il der die das de del della des di du d
    """
)
ARTICLES = frozenset(("the", "a", "an"))

COMPANY_WORDS = word_set(
    """
    group holdings services international national manufacturing brothers association associates center management
    solutions systems technologies industries supply construction school university bank hotel restaurant cafe
    partners consulting logistics transport insurance foundation trust council church club society institute
    department hospital clinic store shop market studio design interior contracting building electric plumbing
    roofing realty properties products media software laboratories energy capital ventures enterprises agency
    academy care cleaning catering bakery pharmacy motors automotive garage farm farms works workshop furniture printing
    packaging equipment tools distribution engineering cooperative investments advertising communications
    telecommunications
    landscaping flooring dental optics textiles hardware security trading traders stores gallery salon gym
    theatre theater
    brewing brewery breweries brewers winery wineries wines vineyard vineyards distillery distillers spirits
    beverage beverages foods dairy seafood produce grocery groceries delicatessen bistro pizzeria
    confectionery apparel clothing clothiers fashions footwear jewellers jewelers jewellery jewelry electronics
    electrical lighting robotics aviation aerospace chemical chemicals plastics metals mining petroleum solar
    lumber timber tires tyres medical pharmaceuticals biotech healthcare wellness beauty veterinary accounting
    accountants bookkeeping legal attorneys solicitors advisors advisers advisory finance financial lending
    mortgage mortgages travel tours tourism events entertainment music photography education training learning
    tutoring recruitment staffing wireless networks analytics computing computers computer marketing branding
    architecture architects surveyors heating cooling painting decorating windows kitchens carpets gardening
    nurseries removals storage freight shipping haulage trucking courier couriers boats yachts fitness sports
    toys games bookshop books stationery gifts florist florists pets bicycles cycles bikes interiors housing
    rental rentals leasing laundry cleaners resort resorts theatres publishing publishers press optometry
    dermatology
    museum library council nursing residential nursery academies homes gesellschaft etablissements societe
    stichting stiftung verein gemeente ayuntamiento handel verlag bau
    maschinenbau autohaus boulangerie fratelli hermanos gebruder sons charity ministry federation college committee
    """
)
"""Words, written out, that stand in names of companies and not of persons."""

TRADE_WORDS = COMPANY_WORDS | word_set("coffee lodge")
"""Words that many companies share: also those that are family names as well, and tell no company from a person."""
