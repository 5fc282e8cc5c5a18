"""Names, places and words of the CRM. They are shared with no other exam."""

from typing import NamedTuple


class Town(NamedTuple):
    """A suburb with its city, province, postal code and the beginning of its telephone numbers."""

    suburb: str
    city: str
    province: str
    postcode: str
    dial: str


def _listed(text: str) -> tuple[str, ...]:
    return tuple(" ".join(text.split()).split("; "))


TOWNS = tuple(
    Town(*line.split(", "))
    for line in _listed("""
Rosebank, Johannesburg, Gauteng, 2196, 011; Sandton, Johannesburg, Gauteng, 2031, 011; Randburg, Johannesburg, Gauteng,
2125, 011; Melville, Johannesburg, Gauteng, 2109, 011; Kempton Park, Ekurhuleni, Gauteng, 1619, 011; Benoni, Ekurhuleni,
Gauteng, 1501, 011; Hatfield, Pretoria, Gauteng, 0028, 012; Centurion, Pretoria, Gauteng, 0157, 012; Menlyn, Pretoria,
Gauteng, 0063, 012; Observatory, Cape Town, Western Cape, 7925, 021; Claremont, Cape Town, Western Cape, 7708, 021;
Bellville, Cape Town, Western Cape, 7530, 021; Milnerton, Cape Town, Western Cape, 7441, 021; Somerset West, Cape Town,
Western Cape, 7130, 021; Stellenbosch, Stellenbosch, Western Cape, 7600, 021; Paarl, Paarl, Western Cape, 7646, 021;
George, George, Western Cape, 6529, 044; Knysna, Knysna, Western Cape, 6571, 044; Umhlanga, Durban, KwaZulu-Natal, 4319,
031; Pinetown, Durban, KwaZulu-Natal, 3610, 031; Berea, Durban, KwaZulu-Natal, 4001, 031; Hilton, Pietermaritzburg,
KwaZulu-Natal, 3245, 033; Ballito, Ballito, KwaZulu-Natal, 4420, 032; Walmer, Gqeberha, Eastern Cape, 6070, 041;
Vincent, East London, Eastern Cape, 5247, 043; Bloemfontein, Bloemfontein, Free State, 9301, 051; Nelspruit, Mbombela,
Mpumalanga, 1201, 013; Polokwane, Polokwane, Limpopo, 0699, 015; Rustenburg, Rustenburg, North West, 0299, 014;
Kimberley, Kimberley, Northern Cape, 8301, 053
""")
)
STREETS = _listed("""
Jan Smuts; Voortrekker; Oxford; Church; Kerk; Loop; Buitengracht; Nelson Mandela; Rivonia; Beyers Naude; Albertina
Sisulu; Commissioner; Protea; Jacaranda; Blesbok; Kudu; Impala; Acacia; Baobab; Bree; Strand; Dorp; Plein; Kloof; Berg;
Vlei; Rietfontein; Olifants; Umgeni; Tugela; Florida; Musgrave; Essenwood; Ridge; Louis Botha; Malibongwe; Witkoppen;
Republic; Hendrik Verwoerd; Lenchen; Atterbury; Lynnwood; Duncan; Burnett; Stanza Bopape; Francis Baard; Madiba; Helen
Joseph; Pretorius; Schoeman; Durban; Boston; Koeberg; Blaauwberg; Marine; Bird; Andringa
""")
STREET_KINDS = ("Street=St", "Road=Rd", "Avenue=Ave", "Drive=Dr", "Lane=Ln", "Crescent=Cres", "Boulevard=Blvd")
MEN = _listed("""
Johan; Pieter; Willem; Hendrik; Jaco; Francois; Gert; Deon; Riaan; Kobus; Thabo; Sipho; Bongani; Mandla; Themba; Sizwe;
Lwazi; Vusi; Tshepo; Kagiso; Lebo; Mpho; Rajesh; Sanjay; Ashwin; Yusuf; Imraan; Ebrahim; Craig; Grant; Brett; Wayne;
Shaun; Gavin; Neil; Trevor; Clive; Graeme; Dylan; Warren; Andre; Christo; Marius; Stefan; Lukas; Nkosana; Musa; Xolani;
Zola; Katlego
""")
WOMEN = _listed("""
Annelie; Marietjie; Elsabe; Riana; Hester; Petra; Ilse; Sunette; Carien; Magda; Nomsa; Thandi; Zanele; Lindiwe;
Nokuthula; Ayanda; Busisiwe; Palesa; Lerato; Refilwe; Dineo; Keitumetse; Priya; Anusha; Kavitha; Fatima; Aisha; Zainab;
Tracey; Cheryl; Debbie; Lauren; Kerry; Bronwyn; Nicole; Candice; Robyn; Janine; Michelle; Charlene; Elize; Corlia;
Liezl; Marna; Ronel; Nomvula; Sibongile; Thembi; Puleng; Naledi
""")
SHORT = {
    "Johan": "Johnny", "Pieter": "Piet", "Willem": "Wim", "Hendrik": "Hennie", "Francois": "Frans", "Jaco": "Jakes",
    "Sipho": "Siph", "Rajesh": "Raj", "Ebrahim": "Ebie", "Gavin": "Gav", "Elsabe": "Elsa", "Nokuthula": "Thuli",
    "Busisiwe": "Busi", "Keitumetse": "Tumi", "Bronwyn": "Bron", "Michelle": "Shelly", "Candice": "Candy",
    "Deborah": "Debbie", "Sibongile": "Bongi", "Christo": "Chris", "Stefan": "Stef", "Marietjie": "Marie",
}  # fmt: skip
FAMILIES = _listed("""
Botha; van der Merwe; Pretorius; Nel; Venter; du Plessis; Fourie; Kruger; Steyn; Swanepoel; Dlamini; Nkosi; Ndlovu;
Khumalo; Mokoena; Mahlangu; Sithole; Zulu; Mthembu; Ngcobo; Molefe; Naidoo; Pillay; Govender; Moodley; Reddy; Chetty;
Patel; Khan; Davids; Jacobs; Adams; Williams; Smith; Jones; Peters; Abrahams; Hendricks; van Wyk; Coetzee; Erasmus;
Lombard; Viljoen; Marais; le Roux; Bezuidenhout; Oosthuizen; Jansen; Cloete; Snyman; Radebe; Tshabalala; Mabaso;
Shabalala; Buthelezi; Zwane; Cele; Maseko; Baloyi; Chauke; Mabunda; Maluleke; Mashaba; Letsoalo; Phiri; Banda; Moyo;
Sibanda; Langa; Hadebe
""")
FAMILY_STARTS = _listed(
    """
Bad; Bes; Dro; Els; Ger; Gro; Has; Kem; Lab; Lie; Mos; Nie; Oel; Pot; Ras; Roo; Sny; Ter; Uys; Vos; Wes; Mak; Mot;
Ram; Seb; Tla; Nxu; Gqu; Zon
"""
)
FAMILY_ENDS = _listed(
    """
enhorst; berger; kamp; ewitz; mann; huys; veld; stroom; olo; ane; ubane; etsi; oyi; gwane; ipho; andla; ston; wick;
more; endahl
"""
)
COINED_STARTS = _listed(
    """
Umo; Tala; Kiva; Zeno; Brak; Sola; Nova; Indi; Mara; Lumi; Opti; Veri; Agri; Ubu; Thata; Isi; Kwena; Tsela; Rand;
Karoo; Fyn; Grond; Ster; Vaal; Kaap
"""
)
COINED_ENDS = _listed(
    """
tech; lio; ntu; dex; mark; loop; wave; nix; pro; berg; lani; koro; sphere; pak; trans; form; cor; link; vest; dor
"""
)
TRADES = _listed("""
Plumbing; Electrical; Logistics; Transport; Attorneys; Accountants; Consulting; Engineering; Construction; Properties;
Motors; Panelbeaters; Bakery; Butchery; Wines; Farms; Nursery; Pharmacy; Dental; Optometrists; Physiotherapy; Security;
Cleaning Services; Catering; Travel; Printing; Signs; Steel; Timber; Mining Supplies; Hydraulics; Packaging;
Refrigeration; Solar; Irrigation; Insurance Brokers; Recruitment; Software; Computers; Furniture; Interiors; Tiles;
Paints; Glass; Roofing; Landscaping; Events; Guest House; Safaris; Academy
""")
ENDINGS = ("Group", "SA", "Holdings", "Africa", "Services", "Solutions", "& Sons", "& Partners", "Enterprises", "Trading")
FORMS = ("(Pty) Ltd", "(Pty) Ltd", "(Pty) Ltd", "Pty Ltd", "PTY LTD", "(Edms) Bpk", "CC", "CC", "Ltd", "Inc.", "NPC", "")
DESKS = ("info", "admin", "accounts", "reception", "sales", "enquiries")
FREE_HOSTS = ("gmail.com", "gmail.com", "yahoo.com", "outlook.com", "hotmail.com", "mweb.co.za", "webmail.co.za")
JOBS = _listed("""
Director; Owner; Office Manager; Buyer; Accountant; Bookkeeper; Sales Manager; Operations Manager; Engineer; Foreman;
PA; Partner; Attorney; Procurement; Financial Manager; CEO; Marketing; Receptionist; Technician; Consultant
""")
SHORTENED = {
    "Construction": "Constr", "Engineering": "Eng", "Services": "Serv", "Properties": "Props", "Transport": "Trnsprt",
    "Consulting": "Cons", "Electrical": "Elec", "Holdings": "Hldgs", "Solutions": "Sols", "Enterprises": "Ent",
    "Insurance": "Ins", "Security": "Sec", "Group": "Grp", "Attorneys": "Att", "Accountants": "Accts",
}  # fmt: skip
SOUNDS = (("ph", "f"), ("ck", "k"), ("ee", "ie"), ("ei", "y"), ("oo", "u"), ("th", "t"), ("z", "s"), ("v", "f"), ("c", "k"),
          ("y", "ie"), ("tt", "t"), ("ll", "l"), ("nn", "n"), ("w", "v"))  # fmt: skip
"""How a name that is told by telephone is heard."""
