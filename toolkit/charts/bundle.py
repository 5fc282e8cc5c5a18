"""The drawing library of every chart, as the file that a page must carry to draw without a network."""

from importlib.resources import files


def plotly_script() -> bytes:
    """Return the JavaScript that draws a figure, as shipped with the installed plotly."""
    return files("plotly").joinpath("package_data", "plotly.min.js").read_bytes()
