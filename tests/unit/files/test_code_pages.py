"""Text that says nowhere which code page it is written in."""

import io
from typing import Any

import pytest

from toolkit.errors import InputError
from toolkit.files.code_pages import guessed_code_page

WRITTEN_IN = {
    "pl": (
        ("cp1250", "iso8859-2", "cp852"),
        [
            "Nazwa;Miasto;Usługa;Kwota",
            "Żółty Słoń Sp. z o.o.;Łódź;Usługi księgowe;1 200,50",
            "Zakład Ślusarski Wiśniewski;Kraków;Naprawa drzwi;300,00",
            "Przedsiębiorstwo Budowlane Dąbrowa;Gdańsk;Wynajem rusztowań;950,00",
            "Piekarnia Świeży Chleb;Wrocław;Dostawa pieczywa;75,20",
            "Małgorzata Wójcik;Poznań;Tłumaczenie;180,00",
            "Stanisław Kowalczyk;Częstochowa;Opłata roczna;99,00",
            "Hurtownia Źródło;Białystok;Woda;12,00",
            "Jędrzej Gołębiewski;Rzeszów;Zaległość;44,10",
        ],
    ),
    "cs": (
        ("cp1250", "cp852"),
        [
            "Název;Město;Služba;Částka",
            "Řeznictví Novák;Plzeň;Dodávka masa;1200",
            "Účetní kancelář Dvořák;České Budějovice;Vedení účetnictví;3500",
            "Železářství Příbram;Příbram;Nářadí;700",
            "Lékárna U Zlatého lva;Hradec Králové;Léky;420",
            "Jiří Šťastný;Olomouc;Překlad;900",
            "Kateřina Němcová;Ústí nad Labem;Školení;1500",
            "Truhlářství Kovář;Děčín;Skříň;5600",
        ],
    ),
    "hu": (
        ("cp1250", "iso8859-2"),
        [
            "Név;Város;Szolgáltatás;Összeg",
            "Kovács és Társa Kft.;Győr;Könyvelés;120 000",
            "Nagyné Szűcs Erzsébet;Székesfehérvár;Fordítás;45 000",
            "Pék Műhely Bt.;Pécs;Kenyér;3 200",
            "Tóth Gergő;Kecskemét;Fűtés javítás;18 500",
            "Építő Zrt.;Nyíregyháza;Bérleti díj;250 000",
            "Őri Zsófia;Hódmezővásárhely;Előfizetés;5 000",
        ],
    ),
    "ro": (
        ("cp1250",),
        [
            "Denumire;Oraş;Serviciu;Sumă",
            "Ştefan Ionescu SRL;Iaşi;Contabilitate;1200",
            "Brutăria Pâine Caldă;Braşov;Pâine;80",
            "Construcţii Moţ;Piteşti;Închiriere;950",
            "Măria Popă;Târgu Mureş;Traducere;180",
            "Farmacia Sănătatea;Galaţi;Medicamente;420",
        ],
    ),
    "hr": (
        ("cp1250",),
        [
            "Naziv;Grad;Usluga;Iznos",
            "Građevinar d.o.o.;Šibenik;Najam skele;1200",
            "Pekara Žižić;Čakovec;Kruh;80",
            "Knjigovodstvo Đurđević;Požega;Knjiženje;300",
            "Željko Šimić;Varaždin;Prijevod;180",
            "Ljekarna Čista voda;Poreč;Lijekovi;42",
        ],
    ),
    "ru": (
        ("cp1251", "koi8-r", "cp866"),
        [
            "Наименование;Город;Услуга;Сумма",
            "ООО Ромашка;Москва;Бухгалтерские услуги;1200",
            "ИП Иванов Сергей;Екатеринбург;Ремонт;300",
            "Завод Стройдеталь;Нижний Новгород;Аренда оборудования;950",
            "Ольга Петрова;Казань;Перевод;180",
            "Аптека Здоровье;Санкт-Петербург;Лекарства;42",
            "Хлебозавод;Самара;Хлеб;75",
        ],
    ),
    "uk": (
        ("cp1251",),
        [
            "Назва;Місто;Послуга;Сума",
            "ТОВ Соняшник;Київ;Бухгалтерські послуги;1200",
            "ФОП Шевченко Олексій;Львів;Ремонт;300",
            "Їдальня Смачна їжа;Чернігів;Обіди;95",
            "Ганна Ґудзь;Вінниця;Переклад;180",
            "Завод Зоря;Запоріжжя;Оренда;950",
        ],
    ),
    "bg": (
        ("cp1251",),
        [
            "Име;Град;Услуга;Сума",
            "Слънце ЕООД;София;Счетоводни услуги;1200",
            "Иван Георгиев;Пловдив;Ремонт;300",
            "Хлебозавод Добруджа;Варна;Хляб;75",
            "Мария Петкова;Бургас;Превод;180",
            "Аптека Здраве;Русе;Лекарства;42",
        ],
    ),
    "tr": (
        ("cp1254",),
        [
            "Ad;Şehir;Hizmet;Tutar",
            "Yıldız İnşaat Ltd. Şti.;İstanbul;İskele kiralama;1200",
            "Gül Çiçekçilik;Eskişehir;Çiçek;80",
            "Özgür Muhasebe;Diyarbakır;Muhasebe hizmeti;300",
            "Ayşe Yılmaz;Muğla;Çeviri;180",
            "Fırın Ekmek Dağıtım;Kırşehir;Ekmek;42",
            "Doğan Işık;Balıkesir;Yıllık ücret;99",
        ],
    ),
    "el": (
        ("cp1253",),
        [
            "Όνομα;Πόλη;Υπηρεσία;Ποσό",
            "Ήλιος ΑΕ;Αθήνα;Λογιστικές υπηρεσίες;1200",
            "Γιώργος Παπαδόπουλος;Θεσσαλονίκη;Επισκευή;300",
            "Φαρμακείο Υγεία;Πάτρα;Φάρμακα;42",
            "Μαρία Νικολάου;Ηράκλειο;Μετάφραση;180",
        ],
    ),
    "de": (
        ("cp1252", "mac-roman", "cp850"),
        [
            "Name;Ort;Leistung;Betrag",
            "Müller & Söhne GmbH;Köln;Buchführung;1.200,50",
            "Bäckerei Großmann;München;Brötchen;75,20",
            "Jürgen Schröder;Düsseldorf;Übersetzung;180,00",
            "Schlüsseldienst Weiß;Nürnberg;Türöffnung;90,00",
            "Kaffeerösterei Böhm;Lübeck;Röstkaffee;44,10",
        ],
    ),
    "fr": (
        ("cp1252", "mac-roman", "cp850"),
        [
            "Nom;Ville;Libellé;Montant",
            "Société Générale de Bâtiment;Orléans;Loyer échafaudage;1200,50",
            "Café de la Gare;Besançon;Déjeuner;75,20",
            "Hélène Lefèvre;Nîmes;Relecture;180,00",
            "Pâtisserie Noël;Angoulême;Gâteau;44,10",
            "François Gérard;Béziers;Dépannage;90,00",
        ],
    ),
    "es": (
        ("cp1252", "mac-roman", "cp850"),
        [
            "Nombre;Ciudad;Concepto;Importe",
            "Construcciones Muñoz S.L.;León;Alquiler de andamio;1200,50",
            "Panadería La Espiga;Cádiz;Pan;75,20",
            "José Ángel Núñez;Málaga;Traducción;180,00",
            "Asesoría Fernández;Logroño;Contabilidad;300,00",
        ],
    ),
    "pt": (
        ("cp1252", "mac-roman", "cp850"),
        [
            "Nome;Cidade;Descrição;Valor",
            "Construções Simões Lda.;São João da Madeira;Aluguer de andaime;1200,50",
            "Padaria Pão Quente;Évora;Pão;75,20",
            "João Gonçalves;Guimarães;Tradução;180,00",
            "Farmácia Saúde;Covilhã;Remédios;42,00",
        ],
    ),
    "it": (
        ("cp1252", "mac-roman", "cp850"),
        [
            "Nome;Città;Descrizione;Importo",
            "Caffè Società S.r.l.;Forlì;Caffè;1200,50",
            "Niccolò Dodà;Cantù;Qualità controllo;75,20",
            "Comunità Montana;San Donà di Piave;Attività;180,00",
        ],
    ),
    "sv": (
        ("cp1252", "mac-roman", "cp850"),
        [
            "Namn;Ort;Tjänst;Belopp",
            "Åkerlund & Söner AB;Göteborg;Bokföring;1 200,50",
            "Bageriet Smörgås;Malmö;Bröd;75,20",
            "Björn Sjöström;Östersund;Översättning;180,00",
            "Låssmeden Väst;Västerås;Dörröppning;90,00",
        ],
    ),
    "da": (
        ("cp1252", "mac-roman", "cp850"),
        [
            "Navn;By;Ydelse;Beløb",
            "Sørensen & Sønner A/S;Århus;Bogføring;1.200,50",
            "Bageren på Torvet;Køge;Brød;75,20",
            "Jørgen Kjær;Næstved;Oversættelse;180,00",
            "Låsesmed Øst;Helsingør;Døråbning;90,00",
        ],
    ),
    "fi": (
        ("cp1252", "mac-roman", "cp850"),
        [
            "Nimi;Paikkakunta;Palvelu;Määrä",
            "Mäkinen & Pojat Oy;Jyväskylä;Kirjanpito;1 200,50",
            "Leipomo Pulla;Hämeenlinna;Leipä;75,20",
            "Väinö Hämäläinen;Seinäjoki;Käännös;180,00",
            "Lukkoseppä Itä;Kitee;Työ;90,00",
        ],
    ),
    "nl": (
        ("cp1252", "mac-roman", "cp850"),
        [
            "Naam;Plaats;Omschrijving;Bedrag",
            "Café België B.V.;'s-Hertogenbosch;Huur steiger;1200,50",
            "Bakkerij Noël;Coevorden;Brood;75,20",
            "René Beëindigd;Hoorn;Vertaling;180,00",
            "Financiën Advies;Één;Boekhouding;300,00",
        ],
    ),
    "ja": (
        ("shift_jis",),
        [
            "名前;市;サービス;金額",
            "株式会社山田商店;東京都;会計サービス;120000",
            "田中 花子;大阪市;翻訳;18000",
            "鈴木建設;横浜市;足場レンタル;95000",
            "パン工房こむぎ;京都市;パン;4200",
        ],
    ),
    "zh": (
        ("gb18030",),
        [
            "名称;城市;服务;金额",
            "上海向日葵有限公司;上海;会计服务;1200",
            "王小明;北京;翻译;180",
            "广州建筑设备厂;广州;设备租赁;950",
            "健康药店;深圳;药品;42",
        ],
    ),
    "zht": (
        ("big5",),
        [
            "名稱;城市;服務;金額",
            "台灣向日葵有限公司;台北;會計服務;1200",
            "王小明;高雄;翻譯;180",
            "建築設備廠;台中;設備租賃;950",
            "健康藥局;新竹;藥品;42",
        ],
    ),
    "ko": (
        ("euc_kr",),
        [
            "이름;도시;서비스;금액",
            "해바라기 주식회사;서울;회계 서비스;1200",
            "김철수;부산;번역;180",
            "대한건설;인천;장비 임대;950",
            "건강약국;대구;의약품;42",
        ],
    ),
}
CASES = [(language, page) for language, (pages, _) in WRITTEN_IN.items() for page in pages]


@pytest.mark.parametrize(("language", "page"), CASES)
def test_a_short_list_in_each_language_and_code_page_is_read_right(language: str, page: str) -> None:
    """Forty-seven ways in which a client's program may write names, told from Windows-1252 by half a dozen rows."""
    text = "\n".join(WRITTEN_IN[language][1])
    data = text.encode(page)

    guess = guessed_code_page(io.BytesIO(data))

    assert guess is not None
    assert data.decode(guess.codec) == text


@pytest.mark.parametrize(
    "words",
    [
        "Café",
        "Muñoz, Peña",
        "€ 5.00 – “net”",
        "Acme\u00a0Ltd, Bolt\u00a0Inc, Cove\u00a0AG, old\u00a0mill, Dunn\u00a0& Co",
        "Rohr Ø 12 mm, Fläche m², 20 °C, 5 µm, ± 3, Größe ½",
        "Nº 5, 1ª, Dirección, Teléfono, Código, Año",
        "Smith – Jones, “quoted”, Müller’s, it’s, „so“, 10 €, §5, Naïve",
        "Côte d’Ivoire, Curaçao, São Tomé, Åland, Türkiye, Réunion",
        "Þór, Guðrún, Jón Ægir",
    ],
)
def test_windows_1252_holds_where_nothing_speaks_against_it(words: str) -> None:
    """A wrong guess spoils names; few words, or words of several languages, are no reason for one."""
    guess = guessed_code_page(io.BytesIO(words.encode("cp1252")))

    assert guess is not None
    assert guess.codec == "cp1252"


def test_utf_8_is_no_guess() -> None:
    """Whatever its language."""
    assert guessed_code_page(io.BytesIO("Łódź, Żywiec, Größe".encode())) is None


def test_a_guess_is_said(read_one: Any, cells: Any) -> None:
    """The person who knows the client sees at once where names may be wrong."""
    table = read_one("t.csv", "Nazwa;Miasto\nŻółty Słoń;Łódź\nWiśniewski;Gdańsk\n".encode("cp1250"))

    assert cells(table) == [("Żółty Słoń", "Łódź"), ("Wiśniewski", "Gdańsk")]
    assert table.encoding == "windows-1250"
    [note] = table.notes
    assert note.startswith("Read as windows-1250, a guess from 5 words with letters beyond ASCII; set encoding:")


def test_two_bytes_a_character_are_read(read_one: Any, cells: Any) -> None:
    """The second byte may be a separator's or a quote's."""
    table = read_one("t.csv", "名前,住所\n株式会社ソニー表,東京都\n田中さくら,大阪市\n".encode("shift_jis"))

    assert cells(table) == [("株式会社ソニー表", "東京都"), ("田中さくら", "大阪市")]
    assert table.encoding == "shift-jis"


def test_the_encoding_may_be_given(tmp_path: Any) -> None:
    """What a person says is no guess and needs no note; UTF-8 stays UTF-8."""
    from toolkit.files.read import raw_tables

    (tmp_path / "t.csv").write_bytes("Ort;x\nŁódź;1\n".encode("cp852"))
    (tmp_path / "u.csv").write_bytes("Ort;x\nŁódź;1\n".encode())

    for name in ("t.csv", "u.csv"):
        [table] = raw_tables(tmp_path / name, root=tmp_path, encoding="CP-852")
        assert (table.rows["c0"].to_pylist(), table.notes) == (["Łódź"], ())


@pytest.mark.parametrize("name", ["klingon", "rot13", "unicode_escape", "base64"])
def test_an_encoding_that_does_not_exist_is_refused(tmp_path: Any, name: str) -> None:
    """Also what Python calls a codec, and no file is written in."""
    from toolkit.files.read import raw_tables

    (tmp_path / "t.csv").write_bytes(b"a;b\n1;2\n")

    with pytest.raises(InputError, match="There is no encoding"):
        list(raw_tables(tmp_path / "t.csv", root=tmp_path, encoding=name))
