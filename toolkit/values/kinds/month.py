"""Names of months, whole and short, without accents: those of English and of its neighbours.

Source: Unicode CLDR.
"""

from toolkit.values.months import usual_months
from toolkit.values.text import folded, word_set

MONTHS = word_set(
    """
    tammikuu styczen stycznia leden ledna ocak helmikuu luty lutego unor subat maerz maaliskuu marzec marca brezen
    brezna marcius mart huhtikuu kwiecien kwietnia duben dubna aprilis nisan toukokuu maja kveten kvetna majus mayis
    kesakuu czerwiec czerwca cerven cervna junius haziran heinakuu lipiec lipca cervenec cervence julius temmuz elokuu
    sierpien sierpnia srpen srpna augusztus agustos syyskuu wrzesien wrzesnia zari szeptember eylul lokakuu pazdziernik
    pazdziernika rijen rijna ekim marraskuu listopad listopada listopadu kasim des desember joulukuu grudzien grudnia
    prosinec prosince aralik feber
    """
) | {folded(name) for name in usual_months()}

MONTH = "|".join(sorted(MONTHS, key=lambda name: (-len(name), name)))
"""A pattern for the name of a month, longest names first."""
