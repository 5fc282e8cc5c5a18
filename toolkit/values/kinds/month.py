"""Names of months, whole and short, as a pattern: those of English and of its neighbours, without accents.

Source: Unicode CLDR.
"""

_NAMES = """
jan january januar janvier janv enero ene gennaio gen januari janeiro tammikuu januar styczen stycznia leden ledna
ocak feb february februar fevrier fev febrero febbraio februari fevereiro helmikuu luty lutego unor februar subat mar
march marz maerz mars marzo maart mrt marco maaliskuu marzec marca brezen brezna marcius mart apr april avril avr
abril abr aprile huhtikuu kwiecien kwietnia duben dubna aprilis nisan may mai mayo maggio mag mei maio maj toukokuu
maja kveten kvetna majus mayis jun june juni juin junio giugno giu junho kesakuu czerwiec czerwca cerven cervna junius
haziran jul july juli juillet juil julio luglio lug julho heinakuu lipiec lipca cervenec cervence julius temmuz aug
august aout agosto ago augustus augusti elokuu sierpien sierpnia srpen srpna augusztus agustos sep sept september
septembre septiembre settembre set setembro syyskuu wrzesien wrzesnia zari szeptember eylul oct october oktober
octobre octubre ottobre ott outubro out okt lokakuu pazdziernik pazdziernika rijen rijna ekim nov november novembre
noviembre novembro marraskuu listopad listopada listopadu kasim dec december dezember decembre diciembre dicembre dic
dezembro dez des desember joulukuu grudzien grudnia prosinec prosince aralik
"""

MONTH = "|".join(sorted(set(_NAMES.split()), key=lambda name: (-len(name), name)))
"""A pattern for the name of a month, longest names first."""
