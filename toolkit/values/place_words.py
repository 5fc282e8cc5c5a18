"""Words that tell a branch of a company from another: places, directions, and words for a branch itself.

Source: states of the US, Canada and Australia; countries where the clients' partners sit; cities of more than some 250,000
people there, those written in one word.
"""

from toolkit.values.text import word_set

PLACE_WORDS = word_set(
    """
    usa us uk gb ireland eire england scotland wales britain america canada australia zealand germany deutschland austria
    osterreich switzerland schweiz suisse france belgium belgie belgique netherlands nederland holland spain espana portugal
    italy italia sweden sverige norway norge denmark danmark finland suomi iceland poland polska czech hungary romania
    greece turkey india china japan korea singapore malaysia indonesia philippines thailand vietnam mexico brasil brazil
    argentina chile colombia peru israel emirates dubai europe europa asia africa emea apac benelux nordic nordics
    alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois indiana
    iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska
    nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia wisconsin wyoming ontario quebec
    alberta manitoba saskatchewan queensland victoria tasmania nsw
    york chicago houston phoenix philadelphia antonio diego dallas jose austin jacksonville columbus charlotte
    indianapolis seattle denver boston nashville detroit portland memphis louisville baltimore milwaukee albuquerque tucson
    fresno sacramento mesa atlanta omaha miami oakland minneapolis tulsa tampa arlington wichita cleveland bakersfield
    aurora anaheim honolulu riverside lexington stockton pittsburgh cincinnati anchorage greensboro plano lincoln orlando
    irvine newark durham toledo buffalo madison scottsdale reno norfolk fremont spokane richmond boise springfield
    yorkshire lancashire cheshire cumbria kent surrey sussex hampshire dorset devon cornwall somerset norfolk suffolk wessex
    midlands anglia ulster munster leinster bayern bavaria hessen sachsen bretagne normandie provence catalunya andalucia
    toscana lombardia flanders wallonie
    toronto montreal vancouver calgary edmonton ottawa winnipeg halifax sydney melbourne brisbane perth adelaide canberra
    auckland wellington christchurch hamilton
    london birmingham leeds glasgow sheffield bradford liverpool edinburgh manchester bristol cardiff belfast leicester
    coventry nottingham newcastle sunderland brighton hull plymouth wolverhampton derby swansea southampton portsmouth
    dublin cork limerick galway
    berlin hamburg munich munchen muenchen koln koeln cologne frankfurt stuttgart dusseldorf duesseldorf leipzig dortmund
    bremen dresden hannover hanover nurnberg nuernberg nuremberg duisburg bochum wuppertal bielefeld bonn munster
    mannheim karlsruhe augsburg wien vienna graz linz salzburg zurich zuerich geneva genf basel bern
    paris marseille lyon toulouse nantes strasbourg montpellier bordeaux lille rennes reims
    amsterdam rotterdam utrecht eindhoven tilburg groningen haag antwerp antwerpen ghent gent brussels bruxelles brussel
    madrid barcelona valencia sevilla seville zaragoza malaga murcia bilbao alicante lisbon lisboa porto
    rome roma milan milano naples napoli turin torino palermo genoa genova bologna florence firenze bari catania venice
    venezia verona
    stockholm goteborg gothenburg malmo uppsala oslo bergen trondheim stavanger copenhagen kobenhavn aarhus odense aalborg
    helsinki espoo tampere turku reykjavik warsaw warszawa krakow prague praha budapest bucharest athens istanbul
    mumbai delhi bangalore chennai shanghai beijing shenzhen hongkong tokyo osaka seoul
    north south east west northeast northwest southeast southwest northern southern eastern western central nord sud
    ost ouest downtown uptown midtown airport branch filiale succursale sucursal filial niederlassung office site store
    location warehouse depot unit
    """
)
"""A word left over here names a place or a branch: the same company, or one of the same name, somewhere else."""
