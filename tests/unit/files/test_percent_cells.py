"""Which cells of an open document show a percentage; those of an Office workbook are told in the form that comes back."""

import io
import zipfile

from toolkit.files.percent_cells import percent_cells

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
