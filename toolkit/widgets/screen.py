"""The widget that every screen is: a page on one side, a desk on the other."""

import threading
from typing import Any, ClassVar

import anywidget
import traitlets

from toolkit.widgets.desk import Desk, reply
from toolkit.widgets.modules import page_module, page_style


class Screen(anywidget.AnyWidget):
    """A page that asks a desk.

    A subclass names its page: ``class ReviewPairs(Screen, page="review_pairs")``.
    """

    first = traitlets.Dict().tag(sync=True)
    """What the page draws before it has asked anything."""

    _esm: ClassVar[str]
    _css: ClassVar[str]

    def __init_subclass__(cls, *, page: str = "", **others: Any) -> None:
        # Traits are added by making a class of this class, without a page of its own.
        if page:
            cls._esm, cls._css = page_module(page), page_style(page)
        super().__init_subclass__(**others)

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._sending = threading.Lock()
        super().__init__(first=desk.first())
        self.on_msg(self._answer)

    def tell(self, told: Any) -> None:
        """Say something to the page that it did not ask for.

        Parameters
        ----------
        told
            What JSON can hold.
        """
        with self._sending:
            self.send({"told": told})

    def _answer(self, _widget: object, message: object, _buffers: object) -> None:
        answer = reply(self.desk, message)
        if answer is not None:
            with self._sending:
                self.send(answer)

    def _repr_mimebundle_(self, **given: Any) -> Any:
        """Return the widget, and beside it a picture of its state for where no kernel runs."""
        bundle = super()._repr_mimebundle_(**given)
        if bundle is None:
            return None
        data, about = bundle
        data.pop("text/plain", None)
        return {
            "text/plain": f"{type(self).__name__}: run the cell to work with it.",
            "text/html": self.desk.still(),
            **data,
        }, about
