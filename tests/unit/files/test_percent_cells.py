"""Which cells of an open document show a percentage; those of an Office workbook are told in the form that comes back."""

import io
import zipfile

from toolkit.files.percent_cells import _percent_styles, percent_cells

CONTENT = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:spreadsheet>
<table:table table:name="Handoffs">
<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>
<table:table-row><table:table-cell table:number-columns-repeated="3"/>
<table:table-cell office:value-type="percentage" office:value="0.03" table:number-columns-repeated="2"/>
<table:table-cell office:value-type="float" office:value="3"/></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""


def test_repeated_rows_and_cells_are_counted() -> None:
    """An open document writes equal neighbours once, with how many there are."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("content.xml", CONTENT)

    assert percent_cells(data.getvalue()) == {"Handoffs": {(3, 3), (3, 4)}}


def test_formats_that_cells_use_show_a_percentage() -> None:
    """Numbers 9 and 10, and those of the workbook with a sign that is not quoted; styles of other things are none."""
    formats = {164: "0.0%", 165: "0&quot;%&quot;", 166: r"0\%"}
    own = "".join(f'<numFmt numFmtId="{number}" formatCode="{code}"/>' for number, code in formats.items())
    used = "".join(f'<xf numFmtId="{number}"/>' for number in (0, 10, 164, 165, 9, 166))
    others = '<xf numFmtId="9"/>' * 4
    styles = f"<s><numFmts>{own}</numFmts><cellStyleXfs>{others}</cellStyleXfs><cellXfs>{used}</cellXfs></s>"

    assert list(_percent_styles(styles.encode())) == ["1", "2", "4"]
