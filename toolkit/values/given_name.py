"""Given names and the short forms they are known by.

Source: common short forms of English, German, French, Spanish and Italian given names, and spellings of one name.
"""

import re

from toolkit.values.text import word_set

_SHORT_FORMS = """
    abigail abby gail | abraham abe | adalbert bert | agnes aggie | albert al bert | alejandro alex ale | alexander
    alex sandy xander sasha | alexandra alex sandra sasha alexa | alfred alf fred alfie | alfredo fredo | alison
    allison ali | allan alan allen al | amanda mandy | amelia amy millie | andreas andi andy | andrew andy drew |
    angela angie | ann anne anna annie | anthony tony ant | antonio tony toni | antoinette toni | archibald archie |
    arnold arnie | arthur art | augustus gus | barbara barb babs | bartholomew bart | beatrice bea trixie | benedict
    ben | benjamin ben benny benji | bernard bernie | bernhard bernd | bradley brad | brian bryan | calvin cal |
    cameron cam | carl karl | carolyn caroline carol carrie | cassandra cass cassie sandra | catherine cathy cat kate
    katie kathy cathryn catharine katherine kathryn | cecilia cissy celia | charles charlie chuck chas | charlotte
    lottie charlie | christian chris | christina chris chrissy tina | christine chris chrissy tina | christopher chris
    kit topher | clifford cliff | cornelius con neil | curtis curt kurt | cynthia cindy | daniel dan danny | david
    dave davey | deborah deb debbie debra | dennis denis denny | diana diane di | dominic dom | donald don donny |
    dorothy dot dolly dottie | douglas doug | eduardo edu lalo | edward ed eddie ted ned | edwin ed eddie | eleanor
    ellie nell elinor | elizabeth liz lizzie beth betty eliza libby elisabeth lisa bess | emily em | emmanuel manny
    emanuel | enrique kike | eric erik erick | ernest ernie | eugene gene | evelyn eve evie | ferdinand ferdi |
    florence flo | frances fran frankie | francis frank frankie | francisco paco pancho | franklin frank | frederick
    fred freddie frederic fredrick | friedrich fritz fred | gabriel gabe | gabriella gabby gabi | geoffrey geoff
    jeffrey jeff | george georgie | gerald gerry jerry | gerard gerry | gerhard gerd | gilbert gil | giovanni gianni |
    giuseppe beppe peppe | gregory greg | gretchen greta | guillermo memo | gustav gus | gwendolyn gwen | hannah hanna
    | harold harry hal | heinrich heinz heiner | helen nell helena | henry harry hank | herbert herb bert | howard
    howie | hubert bert hugh | ignacio nacho | isaac ike | isabella bella izzy isabel isabelle | jacob jake |
    jacqueline jackie | james jim jimmy jamie jimmie | janet jan | jeffrey jeff | jennifer jen jenny jenn | jeremiah
    jerry | jeremy jem jerry | jerome jerry | jessica jess jessie | jesus chuy | joachim jochen | joanna jo joanne |
    johann hans | johannes hans jo | john jack johnny jon | jonathan jon jonny jonathon johnathan | jose pepe | joseph
    joe joey | josephine jo josie | joshua josh | juan juanito | judith judy judi | julia julie | juergen jurgen |
    kathleen kathy kath | kenneth ken kenny | kevin kev | kimberly kim | klaus claus | kristin kristen kris | kristina
    kristine kris tina | lawrence larry laurence lorenzo | leonard len lenny leo | leonardo leo | leslie les | lillian
    lily lil | louis lou lewis | lucas luke lukas | lucille lucy | luis lucho | madeline maddie madeleine | manuel
    manny manolo | marc mark markus marcus | marcela marce | margaret maggie meg peggy marge margie rita greta |
    marjorie marge | martin marty | mary molly polly | matthew matt | matthias matt mattias | maximilian max | maxwell
    max | melissa mel | melvin mel | michael mike mick mickey micky mikey micheal | michelle shelly | mildred millie |
    mitchell mitch | mohammed mohamed muhammad mohammad md mo | montgomery monty | morris moe | nancy nan | nathan
    nate | nathaniel nathan nate | nicholas nick nicky nicolas nikolas | nicole nikki | norman norm | oliver ollie |
    olivia liv | oscar ozzie | oswald oz ozzie | pamela pam | patricia pat patty tricia trish | patrick pat paddy |
    paula paulina | penelope penny | peter pete | philip phil phillip | priscilla cilla | rachel rach rachael | ralph
    ralphie | randall randy | randolph randy | raymond ray | rebecca becky becca | reginald reg reggie | ricardo ricky
    rico | richard rick dick rich ricky rickie | robert bob rob bobby robbie bert | roberto beto rob | roderick rod |
    rodney rod | roger rog rodger | roland rollie | ronald ron ronnie | rosemary rose rosie | rudolf rudi rudy rudolph
    | russell russ | salvador chava sal | samantha sam | samuel sam sammy | sandra sandy | sara sarah sally |
    sebastian seb bastian | shawn sean shaun | sidney sid sydney | solomon sol | sophia sofia sophie | stanley stan |
    stefan stephan steffen | stephanie steph | stephen steve steven stephen | stuart stu stewart | susan sue susie
    suzy | susanna susan sue suzanne | sylvester sly | tabitha tabby | terence terry terrance terrence | theodore ted
    theo teddy | theresa terry tess teresa tessa | thomas tom tommy | timothy tim timmy | tobias toby | tracy tracey |
    ulrich uli | valerie val | vanessa nessa | veronica ronnie | victor vic | victoria vicky tori vicki | vincent
    vince vinny | virginia ginny | vivian viv | wallace wally | walter walt wally | wilhelm willi willy | william bill
    will billy willy liam willie | winston win | wolfgang wolf | yvonne evonne | zachary zach zack zac
"""


def _full_forms() -> dict[str, frozenset[str]]:
    forms: dict[str, frozenset[str]] = {}
    for entry in _SHORT_FORMS.split("|"):
        full, *shorts = entry.split()
        for short in (full, *shorts):
            forms[short] = forms.get(short, frozenset()) | {full}
    return forms


_FULL_FORMS = _full_forms()

NAMES_WITH_FORMS = frozenset(_FULL_FORMS)
"""Given names that have short forms, and these."""

_ORDINARY_WORDS = word_set("ale art cal con dot flo gil kit lily mo oz penny rod rose sal sol vic win wolf")

KNOWN_GIVEN_NAMES = NAMES_WITH_FORMS - _ORDINARY_WORDS
"""Given names and short forms that are hardly anything else when they stand first: no "Art Gallery", no "Wolf Creek"."""


_SPELT = str.maketrans({"c": "k", "q": "k", "z": "s", "y": "i", "w": "v", "h": None, "j": "i"})
_TWICE = re.compile(r"(.)\1+")
_FRENCH_END = re.compile("(?<=[^aeiou])re$")
_BROAD_E = re.compile("ae(?=.)")


def spoken_name(given: str) -> str:
    """Return a folded given name so that its usual spellings are one: Katharina and Catarina, Philip and Filip.

    Examples
    --------
    >>> spoken_name("katharina") == spoken_name("catarina"), spoken_name("mathew") == spoken_name("matthew")
    (True, True)
    >>> spoken_name("louise") == spoken_name("luise"), spoken_name("alexandre") == spoken_name("alexander")
    (True, True)
    >>> spoken_name("carl") == spoken_name("carla"), spoken_name("jean") == spoken_name("joan")
    (False, False)
    """
    sounds = given.replace("ph", "f").replace("ck", "k").replace("x", "ks").replace("ou", "u")
    return _TWICE.sub(r"\1", _FRENCH_END.sub("er", _BROAD_E.sub("e", sounds)).translate(_SPELT))


def full_forms(given: str) -> frozenset[str]:
    """Return the given names that a folded name may be short for; itself where it is not short for any.

    Examples
    --------
    >>> sorted(full_forms("bob")), sorted(full_forms("zelda"))
    (['robert'], ['zelda'])
    """
    return _FULL_FORMS.get(given, frozenset((given,)))
