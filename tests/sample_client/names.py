"""Words that the sample client is made of: people, companies, streets, towns, goods, accounts."""

# fmt: off
GIVEN = (
    "Alice", "Amara", "Andre", "Angela", "Anita", "Antonio", "Arjun", "Ashley", "Beatriz", "Benjamin", "Bianca",
    "Brandon", "Brenda", "Bruce", "Caleb", "Camila", "Carl", "Carmen", "Cecilia", "Chad", "Charlotte", "Chen", "Claire",
    "Clayton", "Colin", "Connor", "Cynthia", "Damon", "Darius", "Deborah", "Delia", "Derek", "Diego", "Dominic", "Donna",
    "Dylan", "Edith", "Eduardo", "Elaine", "Eleanor", "Elijah", "Emeka", "Emily", "Erica", "Ethan", "Eugene", "Evelyn",
    "Fatima", "Felix", "Fiona", "Frances", "Gabriel", "Gavin", "Geoffrey", "Gloria", "Gordon", "Greta", "Hannah",
    "Harold", "Hassan", "Heather", "Hector", "Heidi", "Henry", "Ingrid", "Irene", "Isaac", "Ivan", "Jacqueline", "Jamal",
    "Janelle", "Jasmine", "Jerome", "Joan", "Joel", "Jorge", "Josephine", "Julian", "Karen", "Katarina", "Keith", "Kenji",
    "Kerry", "Kimberly", "Lars", "Latoya", "Leah", "Leonard", "Leticia", "Lillian", "Lorenzo", "Lucia", "Lydia", "Malik",
    "Marcus", "Margaret", "Mariana", "Marvin", "Maureen", "Mei", "Meredith", "Mika", "Mohammed", "Monica", "Nadia",
    "Naomi", "Neil", "Nicole", "Nikhil", "Noel", "Olga", "Oliver", "Omar", "Pamela", "Patrick", "Paula", "Percy",
    "Philip", "Priscilla", "Quentin", "Rachel", "Rafael", "Ramona", "Raymond", "Regina", "Renee", "Rhonda", "Ricardo",
    "Roland", "Rosa", "Roy", "Ruben", "Ruth", "Salma", "Samuel", "Sandra", "Sergio", "Shannon", "Sheila", "Simone",
    "Sofia", "Spencer", "Stella", "Suresh", "Sylvia", "Tamara", "Terrence", "Theresa", "Tobias", "Trevor", "Tyrone",
    "Ursula", "Valerie", "Vanessa", "Vera", "Vernon", "Victor", "Vivian", "Wanda", "Warren", "Wesley", "Xavier",
    "Yolanda", "Yusuf", "Zachary", "Zoe",
)
FAMILY = (
    "Abernathy", "Acosta", "Adeyemi", "Albrecht", "Amato", "Andersen", "Arellano", "Ashby", "Bachmann", "Baptiste",
    "Barlow", "Batista", "Beaumont", "Becerra", "Bellamy", "Benavides", "Bergstrom", "Blackwood", "Bogdanov", "Bonner",
    "Bouchard", "Brannigan", "Breckenridge", "Bukowski", "Burkhart", "Cabrera", "Caldwell", "Calloway", "Carmichael",
    "Castellano", "Chaudhry", "Chatterjee", "Cisneros", "Claiborne", "Colquitt", "Corrigan", "Covington", "Crabtree",
    "Czarnecki", "Dalrymple", "Davenport", "Delacroix", "Delgado", "Desrosiers", "Dombrowski", "Donnelly", "Drummond",
    "Dubrovsky", "Eastwood", "Echeverria", "Edelman", "Ellsworth", "Engstrom", "Escobedo", "Fairbanks", "Farquhar",
    "Feldman", "Fitzsimmons", "Fontaine", "Forsythe", "Gallardo", "Gallagher", "Garrity", "Gianopoulos", "Goldfarb",
    "Gorecki", "Grabowski", "Greenlee", "Gutierrez", "Haddad", "Halloran", "Hargrove", "Hathaway", "Hendricks",
    "Hofstadter", "Holloway", "Huang", "Ibarra", "Iwasaki", "Jankowski", "Jaramillo", "Jeffries", "Kaczmarek", "Kapoor",
    "Kavanagh", "Kettering", "Kilpatrick", "Kowalczyk", "Krishnan", "Lachance", "Lamontagne", "Langford", "Larkin",
    "Leclair", "Lindqvist", "Lockhart", "Lombardi", "Macintyre", "Magnusson", "Maldonado", "Marchetti", "Marlowe",
    "Mbeki", "McAllister", "McGillicuddy", "Medrano", "Mendelsohn", "Montague", "Moriarty", "Nakamura", "Navarrete",
    "Nightingale", "Nowak", "Obrien", "Okafor", "Oleson", "Ostrowski", "Pacheco", "Papadakis", "Pemberton", "Petrov",
    "Pfeiffer", "Pinkerton", "Prendergast", "Quesada", "Quigley", "Radcliffe", "Ramaswamy", "Ravenscroft", "Reinhardt",
    "Rosenthal", "Rutherford", "Sandoval", "Santangelo", "Schaefer", "Schumacher", "Seymour", "Shapiro", "Silverstein",
    "Sorensen", "Stankiewicz", "Stavros", "Sullivan", "Szymanski", "Tanaka", "Thibodeaux", "Thornbury", "Tomlinson",
    "Treviño", "Underhill", "Valdivia", "Vandenberg", "Vasquez", "Villanueva", "Voss", "Wadsworth", "Walczak",
    "Weatherby", "Whitaker", "Wilczek", "Winslow", "Wojcik", "Wolcott", "Yamamoto", "Yarborough", "Zamora", "Zielinski",
    "Zimmerman",
)
COMPANY_WORDS = (
    "Alder", "Amberly", "Arbor", "Ardmore", "Argyle", "Aspen", "Auburn", "Avalon", "Balsam", "Bayside", "Beacon",
    "Belmont", "Birch", "Blackhawk", "Bluestem", "Bramble", "Bridgeport", "Brightwater", "Brookhaven", "Bucktown",
    "Calumet", "Cardinal", "Carroway", "Cedarline", "Clearfork", "Cobalt", "Copperfield", "Cornerstone", "Crestline",
    "Crossroads", "Dearborn", "Driftwood", "Eastgate", "Edgewater", "Elmstone", "Emberly", "Fairmont", "Falcon",
    "Fernwood", "Fieldcrest", "Flint", "Foxglove", "Franklin", "Garnet", "Glacier", "Goldfinch", "Granite", "Greenbriar",
    "Halsted", "Harrowgate", "Hawthorn", "Heartland", "Highmark", "Hollis", "Humboldt", "Ironwood", "Ivanhoe", "Jackpine",
    "Juniper", "Kedzie", "Kenwood", "Kestrel", "Keystone", "Kingfisher", "Lakeshore", "Larkspur", "Lattice", "Lawndale",
    "Lexington", "Lighthouse", "Lincolnway", "Linden", "Logan", "Lumen", "Magnolia", "Maplewood", "Meridian", "Millbrook",
    "Monarch", "Northbank", "Northstar", "Oakline", "Obsidian", "Old-Orchard", "Onyx", "Orchard", "Parkside", "Pebble",
    "Pioneer", "Pinnacle", "Plymouth", "Prairie", "Quarry", "Ravenswood", "Redbird", "Ridgeway", "Riverbend", "Rockwell",
    "Rosewood", "Sagebrush", "Saltbox", "Sandpiper", "Sauganash", "Sequoia", "Silverleaf", "Skyline", "Sparrow",
    "Stillwater", "Stonebridge", "Summit", "Sycamore", "Tamarack", "Thornhill", "Timberline", "Trellis", "Union",
    "Uptown", "Valor", "Vantage", "Verdant", "Wabash", "Wacker", "Waterford", "Westlake", "Wheaton", "Whitestone",
    "Wicker", "Willowbrook", "Windham", "Winona", "Wrigley", "Yarrow", "Zephyr",
)
CUSTOMER_TRADES = (
    "Dental", "Pediatrics", "Orthodontics", "Veterinary Clinic", "Family Law", "Capital Partners", "Insurance Brokers",
    "Coffee Roasters", "Bakery", "Brewing", "Fitness", "Yoga Studio", "Physical Therapy", "Eye Care", "Architects",
    "Engineering Associates", "Property Management", "Realty", "Hotels", "Restaurant Group", "Bank", "Credit Union",
    "Montessori School", "Learning Center", "Software", "Analytics", "Marketing", "Public Relations", "Staffing",
    "Logistics", "Pharmacy", "Wellness Center", "Medical Associates", "Imaging International", "Apparel", "Cycling",
    "Books", "Salon", "Florist", "Tutoring",
)
VENDOR_TRADES = (
    "Lumber", "Electrical Supply", "Plumbing & Heating", "Drywall", "Glass & Mirror", "Millwork", "Flooring", "Paint",
    "Steel Fabricators", "Mechanical", "Fire Protection", "Roofing", "Concrete", "Cabinet Manufacturing", "Tile & Stone",
    "Equipment Rental", "Waste Hauling", "Hardware Brothers", "Lighting International", "Insulation", "Demolition",
    "Surveying", "Acoustics",
)
SHOP_TRADES = (
    "Interiors", "Design Studio", "Home Staging", "Furniture", "Woodworks", "Gallery", "Cafe", "Remodeling",
    "Construction", "Carpentry",
)
STREETS = (
    "Maple Street", "Oak Avenue", "Halsted Street", "Ashland Avenue", "Western Avenue", "Damen Avenue", "Clark Street",
    "Sheridan Road", "Lincoln Avenue", "Milwaukee Avenue", "Grand Avenue", "Ogden Avenue", "Archer Avenue", "Cermak Road",
    "Roosevelt Road", "Fullerton Avenue", "Diversey Parkway", "Belmont Avenue", "Addison Street", "Irving Park Road",
    "Montrose Avenue", "Lawrence Avenue", "Foster Avenue", "Devon Avenue", "Touhy Avenue", "Dempster Street", "Golf Road",
    "Central Street", "Green Bay Road", "Waukegan Road", "Butterfield Road", "Naper Boulevard", "Main Street",
    "Washington Street", "Jefferson Avenue", "Monroe Street", "Adams Street", "Jackson Boulevard", "Harrison Street",
    "Taylor Street", "Canal Street", "Racine Avenue", "Kedzie Avenue", "Pulaski Road", "Cicero Avenue", "Central Avenue",
    "Austin Boulevard", "Ridgeland Avenue", "Harlem Avenue", "First Avenue", "Mannheim Road", "Wolf Road", "York Road",
    "Finley Road", "Highland Avenue", "Cass Avenue",
)
TOWNS = (
    ("Chicago", "60607", "312"), ("Chicago", "60614", "773"), ("Chicago", "60622", "312"), ("Chicago", "60640", "773"),
    ("Chicago", "60654", "312"), ("Chicago", "60661", "312"), ("Chicago", "60618", "773"), ("Chicago", "60605", "872"),
    ("Evanston", "60201", "847"), ("Skokie", "60076", "847"), ("Oak Park", "60302", "708"), ("Cicero", "60804", "708"),
    ("Naperville", "60540", "630"), ("Wheaton", "60187", "630"), ("Elmhurst", "60126", "630"),
    ("Oak Brook", "60523", "331"), ("Schaumburg", "60173", "847"), ("Des Plaines", "60016", "224"),
    ("Arlington Heights", "60004", "224"), ("Joliet", "60435", "815"), ("Orland Park", "60462", "708"),
    ("Downers Grove", "60515", "331"), ("Wilmette", "60091", "847"), ("Glenview", "60025", "224"),
    ("Aurora", "60505", "630"), ("Park Ridge", "60068", "847"), ("Berwyn", "60402", "708"), ("La Grange", "60525", "708"),
)
FREE_MAIL = (
    "gmail.com", "gmail.com", "gmail.com", "yahoo.com", "outlook.com", "icloud.com", "comcast.net", "aol.com",
)
LEGAL_FORMS = {
    "LLC": ("LLC", ", LLC", " L.L.C.", " Llc", " Limited Liability Company"),
    "Inc": ("Inc", ", Inc.", " Inc.", " INC", " Incorporated"), "Co": ("Co", " Co.", ", Co.", " Company", " CO"),
    "Corp": ("Corp", " Corp.", ", Corp.", " Corporation", " CORP"), "Ltd": ("Ltd", " Ltd.", ", Ltd.", " Limited", " LTD"),
}
ABBREVIATIONS = {
    "International": "Intl", "Manufacturing": "Mfg", "Brothers": "Bros.", "Associates": "Assoc.",
    "Construction": "Constr.", "Management": "Mgmt", "Engineering": "Eng.", "Property": "Prop.", "Center": "Ctr",
    "Supply": "Sply", "&": "and", "Group": "Grp", "Physical Therapy": "PT", "Medical": "Med.", "Equipment": "Equip.",
    "Electrical": "Elec.",
}
PRODUCTS = (
    ("HP-SH-024", "Floating oak shelf 24 in", 6900), ("HP-SH-036", "Floating oak shelf 36 in", 8900),
    ("HP-SH-048", "Floating walnut shelf 48 in", 12_450), ("HP-BR-001", "Steel shelf bracket, pair", 2450),
    ("HP-HK-005", "Brass coat hook, set of 5", 4375), ("HP-HK-010", "Pine peg rail 40 in", 5620),
    ("HP-LT-110", "Pendant light, linen", 14_900), ("HP-LT-120", "Wall sconce, blackened steel", 11_850),
    ("HP-LT-130", "Desk lamp, ash", 13_275), ("HP-TB-210", "Side table, white oak", 21_900),
    ("HP-TB-220", "Standing desk top 60 in", 32_900), ("HP-ST-310", "Counter stool, maple", 18_650),
    ("HP-ST-320", "Waiting room bench 48 in", 44_900), ("HP-DR-410", "Drawer pull, brass", 1895),
    ("HP-DR-420", "Drawer pull, leather", 1625), ("HP-FN-510", "Hardwax oil 1 qt", 3940),
    ("HP-FN-520", "Cutting board oil", 1480), ("HP-MR-610", "Round mirror 30 in", 16_225),
    ("HP-PL-710", "Cedar planter box", 7460), ("HP-CB-810", "Cutting board, end grain", 9835),
)
ACCOUNTS = (
    ("1010", "Business Checking", "Bank", "Checking"), ("1015", "Stripe Clearing", "Bank", "Cash on hand"),
    ("1100", "Accounts Receivable (A/R)", "Accounts receivable (A/R)", "Accounts Receivable (A/R)"),
    ("1300", "Inventory Asset", "Other Current Assets", "Inventory"), ("1500", "Truck", "Fixed Assets", "Vehicles"),
    ("1510", "Truck:Accum. Depre.", "Fixed Assets", "Accumulated Depreciation"),
    ("2000", "Accounts Payable (A/P)", "Accounts payable (A/P)", "Accounts Payable (A/P)"),
    ("2200", "Sales Tax Payable", "Other Current Liabilities", "Sales Tax Payable"),
    ("3000", "Owner's Equity", "Equity", "Owner's Equity"), ("4000", "Fit-out Income", "Income", "Service/Fee Income"),
    ("4100", "Web Shop Sales", "Income", "Sales of Product Income"),
    ("4200", "Service Call Income", "Income", "Service/Fee Income"),
    ("5100", "Job Materials", "Cost of Goods Sold", "Supplies & Materials - COGS"),
    ("5110", "Job Materials:Lumber", "Cost of Goods Sold", "Supplies & Materials - COGS"),
    ("5120", "Job Materials:Electrical", "Cost of Goods Sold", "Supplies & Materials - COGS"),
    ("5130", "Job Materials:Finishes", "Cost of Goods Sold", "Supplies & Materials - COGS"),
    ("5200", "Subcontractors", "Cost of Goods Sold", "Cost of labor - COGS"),
    ("5300", "Equipment Rental", "Cost of Goods Sold", "Equipment Rental - COGS"),
    ("6100", "Rent", "Expenses", "Rent or Lease of Buildings"), ("6200", "Utilities", "Expenses", "Utilities"),
    ("6210", "Utilities:Telephone", "Expenses", "Utilities"), ("6300", "Insurance", "Expenses", "Insurance"),
    ("6400", "Marketing", "Expenses", "Advertising/Promotional"),
    ("6410", "Marketing:Print (deleted)", "Expenses", "Advertising/Promotional"),
    ("6500", "Software Subscriptions", "Expenses", "Dues & subscriptions"),
    ("6600", "Waste Removal", "Expenses", "Other Business Expenses"),
    ("6700", "Office Supplies", "Expenses", "Office/General Administrative Expenses"),
    ("6710", "Office Furniture (deleted)", "Expenses", "Office/General Administrative Expenses"),
    ("6800", "Merchant Fees", "Expenses", "Bank Charges"), ("6900", "Payroll Expenses", "Expenses", "Payroll Expenses"),
)
EMPLOYEES = (
    ("Dana", "Whitfield", "Project Coordinator", "Projects"), ("Grace", "Okonkwo", "Bookkeeper", "Finance"),
    ("Priya", "Natarajan", "Web Shop Manager", "Web Shop"),
    ("Miguel", "Santoro", "Client Services Lead", "Client Services"), ("Luis", "Montoya", "Senior Foreman", "Field"),
    ("Helen", "Harbor", "Owner", "Management"), ("Peter", "Pine", "Owner", "Management"),
    ("Tasha", "Greenwood", "Account Executive", "Sales"), ("Erik", "Halvorsen", "Account Executive", "Sales"),
    ("Nora", "Feeney", "Sales Manager", "Sales"), ("Walt", "Brzezinski", "Foreman", "Field"),
    ("Sonia", "Prakash", "Foreman", "Field"), ("Reggie", "Latham", "Foreman", "Field"),
    ("Marta", "Kowalska", "Controller", "Finance"), ("Owen", "Tran", "AP Clerk", "Finance"),
    ("Bill", "Dorsey", "Estimator", "Projects"), ("Jill", "Espinoza", "Estimator", "Projects"),
    ("Ken", "Ishikawa", "Project Manager", "Projects"), ("Lorna", "Mbatha", "Project Manager", "Projects"),
    ("Gus", "Pappas", "Carpenter", "Field"), ("Tom", "Vukovic", "Carpenter", "Field"),
    ("Ray", "Solis", "Carpenter", "Field"), ("Dee", "Carver", "Carpenter", "Field"),
    ("Hank", "Rasmussen", "Electrician", "Field"), ("Joey", "Mancini", "Electrician", "Field"),
    ("Ana", "Quiroz", "Painter", "Field"), ("Pat", "Delaney", "Painter", "Field"),
    ("Stu", "Becker", "Warehouse Lead", "Web Shop"), ("Cora", "Lindgren", "Packer", "Web Shop"),
    ("Eli", "Navarro", "Packer", "Web Shop"), ("Beth", "Hanrahan", "HR Manager", "Management"),
    ("Zane", "Whitlock", "IT Support", "Management"), ("Fay", "Rourke", "Support Agent", "Client Services"),
    ("Max", "Oyelaran", "Support Agent", "Client Services"), ("Iris", "Vance", "Marketing Manager", "Sales"),
    ("Cal", "Truong", "Laborer", "Field"), ("Vic", "Romano", "Laborer", "Field"), ("Lou", "Ferrara", "Laborer", "Field"),
    ("Sam", "Osei", "Apprentice", "Field"), ("Kit", "Barros", "Apprentice", "Field"),
)
SITES = (
    "Suite {n} fit-out", "Suite {n} refresh", "Reception rebuild", "Second floor fit-out", "Break room and kitchen",
    "Open office build-out", "Exam rooms {n}", "Conference center", "Storefront remodel", "Lobby millwork",
    "ADA restrooms", "Phase 2 build-out", "Tenant improvement {n}",
)
SUBTASKS = (
    "Permit drawings", "Order millwork", "Electrical rough-in", "Final walk-through", "Client color selection",
    "Punch list",
)
TICKET_SUBJECTS = (
    "Door closer slams", "Question about my order", "Shelf arrived scratched", "Paint touch-up near reception",
    "Where is my package?", "Outlet in break room dead", "Wrong color delivered", "Return request",
    "Copy of invoice please", "Change of delivery address", "Cabinet hinge loose", "Warranty on countertop",
    "HVAC vent rattles", "Need W-9", "Add two more shelves?",
)
SERVICE_CALLS = (
    "door hardware", "electrical", "drywall patch", "plumbing leak", "millwork adjustment", "paint touch-up",
    "ceiling tiles",
)
