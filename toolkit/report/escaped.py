"""Client text made inert: nothing in it opens an element, closes an attribute or starts a script."""

from html import escape


def text_html(text: str) -> str:
    """Return text as it stands between elements, where a quotation mark means nothing.

    Examples
    --------
    >>> text_html("<b>Jones & Jones' yard</b>")
    "&lt;b&gt;Jones &amp; Jones' yard&lt;/b&gt;"
    """
    return escape(text, quote=False)


def attribute_html(text: str) -> str:
    """Return text as it stands in an attribute between double quotation marks, where an apostrophe means nothing.

    Examples
    --------
    >>> attribute_html('a stage "Closed won"')
    'a stage &quot;Closed won&quot;'
    """
    return text_html(text).replace('"', "&quot;")
