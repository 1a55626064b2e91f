"""Ruby with ``Net::HTTP``: the request that is sent first.

>>> parse('Net::HTTP.get(URI("https://api.example.com/pets"))').request.method
'GET'
"""

from __future__ import annotations

from collections.abc import Callable

from tree_sitter import Node

from core.parse.call import Call, Parsed, finish
from core.parse.flow import Flow
from core.parse.literal import number
from core.parse.ruby_function import METHODS, functions, ruby_text
from core.parse.ruby_string import Strings
from core.parse.thing import Arguments, Folded, Thing, Traffic, argument, plain
from core.parse.tree import Source, operand, operands, operator_of, part, read_source, text
from core.parse.url import is_absolute
from core.parse.value import Unknown, Value, check_size, concatenated


def parse(code: str) -> Parsed:
    """The request that is sent first, else the first one that is built."""
    return finish(_Program(read_source("ruby", code)).run())


class _Program:
    """Follows the statements from the top; methods that nothing calls are read last."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._traffic = Traffic()
        self._library = functions(self._traffic)
        self._strings = Strings(source, self.fold)
        self._names: dict[str, Folded] = {}
        self._methods: dict[str, Node] = {}
        self._called: set[str] = set()
        self._flow = Flow()

    def run(self) -> Call:
        """What the code sends."""
        self._run(self._source.root)
        for name in self._methods:
            if name not in self._called and self._traffic.sent is None:
                self._apply(name, [])
        return self._traffic.first()

    def _run(self, node: Node) -> None:
        """Does what a statement does; branches and loops as if they ran once."""
        if self._traffic.sent is not None:
            return
        rule = _RULES.get(node.type)
        if rule is not None:
            rule(self, node)
            return
        for child in operands(node):
            self._run(child)

    def fold(self, node: Node) -> Folded:
        """What an expression stands for."""
        rule = _RULES.get(node.type)
        if rule is not None:
            return rule(self, node)
        for child in operands(node):
            self._run(child)
        return self._source.unknown(node)

    def _value(self, node: Node) -> Value:
        return plain(self.fold(node), self._source.unknown(node))

    def last(self, node: Node) -> Folded:
        """Statements one after the other; the value of the last one."""
        value: Folded = None
        for child in operands(node):
            if self._traffic.sent is None:
                value = self.fold(child)
        return value

    def assigned(self, node: Node) -> Folded:
        """``a = b``, ``a, b = c, d``"""
        left, value = part(node, "left"), self.fold(part(node, "right"))
        if left.type != "left_assignment_list":
            self._assign(left, value)
            return value
        targets = operands(left)
        values = value if isinstance(value, list) and len(value) == len(targets) else None
        for index, target in enumerate(targets):
            self._assign(target, values[index] if values else self._source.unknown(target))
        return value

    def assigned_more(self, node: Node) -> Folded:
        """``a += b``, ``a ||= b``"""
        left, right = part(node, "left"), part(node, "right")
        old, new = self.fold(left), self.fold(right)
        if operator_of(node) == "+=":
            new = self._added([old, new], node)
        elif operator_of(node) != "||=":
            new = self._source.unknown(node)
        elif not isinstance(old, Unknown) and old is not None:
            new = old
        self._assign(left, new)
        return new

    def _assign(self, target: Node, value: Folded) -> None:
        if target.type == "call":
            name = text(part(target, "method")) + "="
            self._invoke(self.fold(part(target, "receiver")), name, [value], target)
        elif target.type == "element_reference":
            of, key = self.fold(part(target, "object")), self.fold(operand(target, -1))
            self._invoke(of, "[]=", [key, value], target)
        else:
            self._names[text(target)] = value

    def _invoke(self, of: Folded, method: str, arguments: Arguments, node: Node) -> Folded:
        """What a method of an object or of a value returns."""
        unknown = self._source.unknown(node)
        if isinstance(of, Thing):
            return of.invoke(method, arguments, unknown)
        if method in METHODS and not isinstance(of, Unknown):
            return METHODS[method](of, arguments, unknown)
        return unknown

    def named(self, node: Node) -> Folded:
        """A variable, a constant, or a method without arguments."""
        name = text(node)
        if name in self._names:
            return self._names[name]
        if name in self._methods:
            return self._apply(name, [])
        return self._source.unknown(node)

    def called(self, node: Node) -> Folded:
        """A call of the library's or of the code's own methods, with its block."""
        receiver, method = node.child_by_field_name("receiver"), part(node, "method")
        name = text(method)
        full_name = name if receiver is None else f"{text(receiver)}.{name}"
        given = node.child_by_field_name("arguments")
        block = node.child_by_field_name("block")
        if full_name in self._library:
            result = self._library[full_name](self._arguments(given), self._source.unknown(node))
            return self._with_block(block, [[result]], result)
        of = None if receiver is None else self.fold(receiver)
        arguments = self._arguments(given)
        own = "initialize" if name == "new" else name
        if own in self._methods and not isinstance(of, Thing | list | dict | str):
            returned = self._apply(own, arguments)
            return self._source.unknown(node) if name == "new" else returned
        if receiver is None:
            return self._with_block(block, [[]], self._source.unknown(node))
        if name in _LOOPS and block is not None:
            return self._with_block(block, _items(of), of)
        result = self._invoke(of, name, arguments, node)
        if isinstance(of, Unknown) and name in _VERBS and is_absolute(argument(arguments, 0, of)):
            return self._library[f"Net::HTTP.{name}"](arguments, of)  # a client from elsewhere
        return self._with_block(block, [[of if name in ("tap", "then") else result]], result)

    def _with_block(self, block: Node | None, times: list[Arguments], result: Folded) -> Folded:
        """Reads a block once for each list of what its parameters are."""
        if block is None:
            return result
        parameters = block.child_by_field_name("parameters")
        targets = [] if parameters is None else operands(parameters)
        body = block.child_by_field_name("body")
        for values in times or [[]]:
            for index, target in enumerate(targets):
                is_known = index < len(values)
                value = values[index] if is_known else self._source.unknown(target)
                self._names[text(target)] = value
            if body is not None and self._flow.reaches(body):
                self._run(body)
        return result

    def _arguments(self, node: Node | None) -> Arguments:
        """Positional ones, then those with names as one hash."""
        arguments: Arguments = []
        named: dict[str, Folded] = {}
        for each in [] if node is None else operands(node):
            if each.type == "pair":
                self._add_pair(named, each)
            elif each.type == "hash_splat_argument":
                spread = self.fold(operand(each))
                named |= spread if isinstance(spread, dict) else {}
            elif each.type == "splat_argument":
                spread = self.fold(operand(each))
                arguments += spread if isinstance(spread, list) else [spread]
            elif each.type != "block_argument":
                arguments.append(self.fold(each))
        return [*arguments, named] if named else arguments

    def _add_pair(self, pairs: dict[str, Folded], node: Node) -> bool:
        """Adds ``key => value``; whether the key is known."""
        key, given = part(node, "key"), node.child_by_field_name("value")
        name = ruby_text(self.fold(key), self._source.unknown(key))
        if given is None:  # {name:} means {name: name}
            pairs[text(key)] = self.named(key)
        elif isinstance(name, str):
            pairs[name] = self.fold(given)
        return isinstance(name, str)

    def defined(self, node: Node) -> Folded:
        """``def name(…)``"""
        self._methods[text(part(node, "name"))] = node
        return None

    def _apply(self, name: str, arguments: Arguments) -> Folded:
        """What one of the code's own methods returns; arguments that lack are unknown."""
        node = self._methods[name]
        self._called.add(name)
        outside = self._names
        self._names = {name: value for name, value in outside.items() if _is_shared(name)}
        self._bind(node.child_by_field_name("parameters"), list(arguments))
        unknown = self._source.unknown(part(node, "name"))
        body = node.child_by_field_name("body")

        def read() -> None:
            value = None if body is None else self.fold(body)
            if value is not None:
                self._flow.give(value)

        returned = self._flow.call(node, read, unknown)
        outside |= {name: value for name, value in self._names.items() if _is_shared(name)}
        self._names = outside
        return returned

    def _bind(self, parameters: Node | None, arguments: Arguments) -> None:
        """Gives parameters the values of arguments, else their defaults."""
        declared = [] if parameters is None else operands(parameters)
        named: dict[str, Folded] = {}
        if any(each.type == "keyword_parameter" for each in declared):
            last = arguments[-1] if arguments else None
            if isinstance(last, dict):
                named = last
                arguments.pop()
        for each in declared:
            target = each.child_by_field_name("name") or each
            default = each.child_by_field_name("value")
            name = text(target)
            if each.type == "keyword_parameter" and name in named:
                self._names[name] = named[name]
            elif each.type in ("identifier", "optional_parameter") and arguments:
                self._names[name] = arguments.pop(0)
            elif default is not None:
                self._names[name] = self.fold(default)
            else:
                self._names[name] = self._source.unknown(target)

    def returned(self, node: Node) -> Folded:
        """``return value``, unless it is ``nil``."""
        for inner in operands(node):
            value = self.fold(operand(inner))
            if value is not None:
                self._flow.give(value)
        return None

    def operated(self, node: Node) -> Folded:
        """``a + b``, ``a << b``, ``a % b``, ``a == b``"""
        operator = operator_of(node)
        if operator == "+":
            return self._sum(node)
        left, right = part(node, "left"), part(node, "right")
        of, value = self.fold(left), self.fold(right)
        if operator == "==" and isinstance(of, str) and isinstance(value, str):
            return of == value
        if operator == "<<" and not isinstance(of, list):
            made = self._added([of, value], node)
            self._assign(_first_operand(left), made)
            return made
        return self._invoke(of, "push" if operator == "<<" else operator, [value], node)

    def _sum(self, node: Node) -> Folded:
        right: list[Node] = []
        first = node
        while first.type == "binary" and operator_of(first) == "+":
            right.append(part(first, "right"))
            first = part(first, "left")
        return self._added([self.fold(each) for each in [first, *reversed(right)]], node)

    def _added(self, values: list[Folded], node: Node) -> Folded:
        """Lists, numbers or texts added up."""
        lists = [value for value in values if isinstance(value, list)]
        if len(lists) == len(values):
            check_size(lists)
            return [item for each in lists for item in each]
        numbers = [value for value in values if isinstance(value, int | float)]
        if len(numbers) == len(values):
            return sum(numbers)
        unknown = self._source.unknown(node)
        return concatenated(*[ruby_text(value, unknown) for value in values])

    def indexed(self, node: Node) -> Folded:
        """``hash[:key]``"""
        of, key = self.fold(part(node, "object")), self.fold(operand(node, -1))
        return self._invoke(of, "[]", [key], node)

    def hash(self, node: Node) -> Folded:
        """``{name: value}``; unknown where a key is."""
        pairs: dict[str, Folded] = {}
        is_known = True
        for each in operands(node):
            if each.type == "pair":
                is_known &= self._add_pair(pairs, each)
            else:
                spread = self.fold(operand(each))
                is_known &= isinstance(spread, dict)
                pairs |= spread if isinstance(spread, dict) else {}
        return pairs if is_known else self._source.unknown(node)

    def listed(self, node: Node) -> Folded:
        return self._arguments(node)

    def signed(self, node: Node) -> Folded:
        found = self.fold(part(node, "operand"))
        if operator_of(node) == "-" and isinstance(found, int | float):
            return -found
        return self._source.unknown(node)

    def number(self, node: Node) -> Folded:
        found = number(text(node))
        return self._source.unknown(node) if found is None else found

    def quoted(self, node: Node) -> Folded:
        return self._strings.quoted(node)

    def chained(self, node: Node) -> Folded:
        return self._strings.chained(node)

    def words(self, node: Node) -> Folded:
        return self._strings.words(node)

    def character(self, node: Node) -> Folded:
        return self._strings.character(node)

    def heredoc(self, node: Node) -> Folded:
        return self._strings.heredoc(node)


def _first_operand(node: Node) -> Node:
    """What ``a << b << c`` changes."""
    while node.type == "binary":
        node = part(node, "left")
    return node


def _is_shared(name: str) -> bool:
    """Whether a name is known inside methods: a constant, ``@name``, ``$name``."""
    return name[:1] in ("@", "$") or name[:1].isupper()


def _items(folded: Folded) -> list[Arguments]:
    """What the parameters of a block are, one time after the other, as far as that is known."""
    if isinstance(folded, dict):
        return [[name, item] for name, item in folded.items()]
    if isinstance(folded, list):
        return [item if isinstance(item, list) else [item] for item in folded]
    return []


_LOOPS = frozenset({"each", "each_pair", "map"})
_VERBS = frozenset({"get", "post", "put"})

_RULES: dict[str, Callable[[_Program, Node], Folded]] = {
    "array": _Program.listed,
    "assignment": _Program.assigned,
    "binary": _Program.operated,
    "body_statement": _Program.last,
    "call": _Program.called,
    "chained_string": _Program.chained,
    "character": _Program.character,
    "class_variable": _Program.named,
    "constant": _Program.named,
    "delimited_symbol": _Program.quoted,
    "element_reference": _Program.indexed,
    "false": lambda program, node: False,
    "float": _Program.number,
    "global_variable": _Program.named,
    "hash": _Program.hash,
    "hash_key_symbol": lambda program, node: text(node),
    "heredoc_beginning": _Program.heredoc,
    "heredoc_body": lambda program, node: None,
    "identifier": _Program.named,
    "instance_variable": _Program.named,
    "integer": _Program.number,
    "method": _Program.defined,
    "nil": lambda program, node: None,
    "operator_assignment": _Program.assigned_more,
    "parenthesized_statements": _Program.last,
    "return": _Program.returned,
    "right_assignment_list": _Program.listed,
    "scope_resolution": _Program.named,
    "simple_symbol": lambda program, node: text(node)[1:],
    "singleton_method": _Program.defined,
    "string": _Program.quoted,
    "string_array": _Program.words,
    "symbol_array": _Program.words,
    "true": lambda program, node: True,
    "unary": _Program.signed,
}
"""How each kind of node is read."""
