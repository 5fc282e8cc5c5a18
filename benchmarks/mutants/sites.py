"""Where a module can be changed by one sign, and into what: comparisons, numbers, signs, and the rules that decide ties.

Texts, annotations, decorators, raised errors and ``__all__`` are left alone. SQL inside a string is code.
"""

import ast
import io
import keyword
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.mutants.numbers import other_numbers
from benchmarks.mutants.sql import sql_changes

_COMPARISONS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "=="}
_SIGNS = {"+": "-", "-": "+", "+=": "-=", "-=": "+="}
_EXTREMES = {"min": "max", "minimum": "maximum", "argmin": "argmax", "fmin": "fmax", "nanmin": "nanmax"}
_EXTREMES |= {high: low for low, high in _EXTREMES.items()}
_CHOICES = {"ascending": "descending", "left": "right", "first": "last", "min": "max", "at_start": "at_end"}
_CHOICES |= {second: first for first, second in _CHOICES.items()}
# Words that are also used for other things than a choice: only as the value of these options.
_CHOICE_OPTIONS = {"left": "side", "right": "side", "first": "keep", "last": "keep"}
_CACHED = re.compile(r"^@(?:functools\.)?(?:lru_)?cache\b", re.MULTILINE)
_SORTED_BY = ("sorted", "sort", "min", "max", "nsmallest", "nlargest", "groupby")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault: ``source[start:end]`` of ``file`` becomes ``put``; ``lines`` are those of the statement it is in.

    ``is_beside_cache``: its module keeps what it has computed, so that a line which many tests rely on is run by the first.
    """

    file: str
    function: str
    kind: str
    start: int
    end: int
    put: str
    line: int
    lines: tuple[int, int]
    before: str
    after: str
    is_beside_cache: bool

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Return what names the mutant also after its file has moved or grown."""
        return Path(self.file).name, self.function, self.before, self.after

    def applied(self, source: str) -> str:
        """Return the module with the fault."""
        return source[: self.start] + self.put + source[self.end :]


def mutants_of(source: str, file: str) -> Iterator[Mutant]:
    """Yield every fault that the module can be given, in the order of its text."""
    module = _Module(source)
    found = sorted({*_token_changes(module), *_string_changes(module), *_sort_key_changes(module)})
    for start, end, put, kind in found:
        line = module.line_of(start)
        first = source.rfind("\n", 0, start) + 1
        rest = source[end:].partition("\n")[0]
        before, after = source[first:end] + rest, source[first:start] + put + rest
        statement = module.statement(line)
        yield Mutant(
            file=file,
            function=module.function(statement),
            kind=kind,
            start=start,
            end=end,
            put=put,
            line=line,
            lines=statement,
            before=" ".join(before.split()),
            after=" ".join(after.split()),
            is_beside_cache=_CACHED.search(source) is not None,
        )


_Change = tuple[int, int, str, str]
_Token = tuple[int, str, int, int]


class _Module:
    """A module's text, tree and tokens, all by the same offsets."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.tree = ast.parse(source)
        self._lines = source.splitlines(keepends=True)
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line))
        self.strings: dict[Span, ast.expr] = {}
        self._silent: list[Span] = []
        self._functions: list[tuple[int, int, str]] = []
        self._statements: list[tuple[int, int]] = []
        self._walk(self.tree, "")
        self.tokens = [
            (token.type, token.string, self.offset(*token.start), self.offset(*token.end))
            for token in tokenize.generate_tokens(io.StringIO(source).readline)
            if token.type not in {tokenize.NL, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT}
        ]

    def offset(self, line: int, column: int) -> int:
        return self._starts[line - 1] + column

    def span(self, node: ast.expr | ast.stmt) -> Span:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self._place(node.lineno, node.col_offset), self._place(node.end_lineno, node.end_col_offset)

    def _place(self, line: int, byte: int) -> int:
        return self.offset(line, len(self._lines[line - 1].encode()[:byte].decode()))

    def line_of(self, offset: int) -> int:
        return self.source.count("\n", 0, offset) + 1

    def statement(self, line: int) -> tuple[int, int]:
        """Return first and last line of the innermost statement, of a compound one its head."""
        return min((one for one in self._statements if one[0] <= line <= one[1]), key=lambda one: one[1] - one[0])

    def function(self, lines: tuple[int, int]) -> str:
        around = [(last - first, name) for first, last, name in self._functions if first <= lines[0] <= last]
        return min(around)[1] if around else ""

    def is_silent(self, start: int) -> bool:
        return any(first <= start < last for first, last in self._silent)

    def _walk(self, node: ast.AST, name: str) -> None:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            name = f"{name}.{node.name}".lstrip(".")
            self._silent += [self.span(one) for one in node.decorator_list]
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            self._functions.append((node.lineno, node.end_lineno, name))
            every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs, node.args.vararg, node.args.kwarg]
            self._silent += [self.span(one.annotation) for one in every if one is not None and one.annotation is not None]
            self._silent += [self.span(node.returns)] if node.returns is not None else []
        if isinstance(node, ast.AnnAssign):
            self._silent.append(self.span(node.annotation))
        if isinstance(node, ast.Raise) or (isinstance(node, ast.Assign) and "__all__" in ast.unparse(node.targets[0])):
            self._silent.append(self.span(node))
        if isinstance(node, ast.stmt):
            assert node.end_lineno is not None
            body = getattr(node, "body", None)
            self._statements.append((node.lineno, max(node.lineno, body[0].lineno - 1) if body else node.end_lineno))
        if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str)):
            self.strings[self.span(node)] = node
            return
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            self._silent.append(self.span(node))
            return
        for child in ast.iter_child_nodes(node):
            self._walk(child, name)


def _token_changes(module: _Module) -> Iterator[_Change]:
    in_string = sorted(module.strings)
    for place, (sort, text, start, end) in enumerate(module.tokens):
        if module.is_silent(start) or any(first <= start < last for first, last in in_string):
            continue
        around = module.tokens[place - 1 : place + 3] if place else []
        if sort == tokenize.OP:
            yield from _operator_changes(text, start, end, module.tokens[place - 1])
        elif sort == tokenize.NUMBER:
            yield from ((start, end, put, "constant") for put in other_numbers(text))
            if [one[1] for one in around[:3]] == ["[", "0", "]"]:
                yield start, end, "-1", "tie"
        elif sort == tokenize.NAME and around:
            earlier, _, later, last = around
            if text in _EXTREMES and (later[1] == "(" or earlier[1] == "."):
                yield start, end, _EXTREMES[text], "tie"
            elif (text, later[1], last[1]) == ("reverse", "=", "True"):
                yield last[2], last[3], "False", "tie"


def _operator_changes(text: str, start: int, end: int, earlier: _Token) -> Iterator[_Change]:
    if text in _COMPARISONS:
        yield start, end, _COMPARISONS[text], "comparison"
    elif text in _SIGNS:
        is_operand = earlier[0] in {tokenize.NAME, tokenize.NUMBER} and not keyword.iskeyword(earlier[1])
        if text.endswith("=") or is_operand or earlier[1] in {")", "]", "}"}:
            yield start, end, _SIGNS[text], "sign"
        elif text == "-":
            yield start, end, "", "sign"


def _string_changes(module: _Module) -> Iterator[_Change]:
    by_start = {start: place for place, (_, _, start, _) in enumerate(module.tokens)}
    for (start, end), node in module.strings.items():
        if module.is_silent(start):
            continue
        text = module.source[start:end]
        for first, last, put, kind in sql_changes(text):
            yield start + first, start + last, put, kind
        if isinstance(node, ast.Constant) and node.value in _CHOICES and start in by_start:
            place = by_start[start]
            option = _CHOICE_OPTIONS.get(node.value)
            if option is None or (module.tokens[place - 1][1], module.tokens[place - 2][1]) == ("=", option):
                yield start, end, f'"{_CHOICES[node.value]}"', "tie"


def _sort_key_changes(module: _Module) -> Iterator[_Change]:
    """Yield sort keys without the last thing that decides between equals."""
    for call in ast.walk(module.tree):
        if not isinstance(call, ast.Call):
            continue
        named = re.split(r"\W", ast.unparse(call.func))[-1]
        for option in call.keywords if named in _SORTED_BY else ():
            wanted = option.value.body if option.arg == "key" and isinstance(option.value, ast.Lambda) else None
            if isinstance(wanted, ast.Tuple) and len(wanted.elts) > 1:
                yield module.span(wanted.elts[-2])[1], module.span(wanted.elts[-1])[1], "", "tie"
        # The last key of a lexsort decides first, so the first one decides between equals.
        if named == "lexsort" and call.args and isinstance(call.args[0], ast.Tuple) and len(call.args[0].elts) > 1:
            start, end = module.span(call.args[0])
            yield start, end, ast.unparse(ast.Tuple(call.args[0].elts[1:], ast.Load())), "tie"
