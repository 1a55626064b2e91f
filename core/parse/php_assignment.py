"""What PHP's assignments change: variables, members of arrays and of objects, lists of them."""

from __future__ import annotations

from tree_sitter import Node

from core.parse.php_folding import MISSING, Folder, Rule
from core.parse.php_object import Array, Object, key_of, next_key, text_of
from core.parse.thing import Folded
from core.parse.tree import operands, operator_of, text
from core.parse.value import Unknown


def assign(folder: Folder, target: Node, value: Folded) -> None:
    """Gives a variable, a member or a list of such its value. Arrays are copied as they change."""
    kind = target.type
    if kind == "variable_name":
        folder.variables[text(target)] = value
        if text(target) in folder.shared:
            folder.globals[text(target)] = value
    elif kind == "subscript_expression":
        _assign_member(folder, target, value)
    elif kind in ("member_access_expression", "nullsafe_member_access_expression"):
        owner, name = operands(target)
        held = folder.fold(owner)
        if isinstance(held, Object):
            held.members[text(name)] = value
    elif kind == "scoped_property_access_expression":
        owner, name = operands(target)
        found = folder.class_of(owner)
        if found is not None:
            found.members[text(name)] = value
    elif kind in ("list_literal", "array_creation_expression"):
        _assign_list(folder, target, value)
    elif kind in ("by_ref", "array_element_initializer") and operands(target):
        assign(folder, operands(target)[-1], value)


def _assign_member(folder: Folder, target: Node, value: Folded) -> None:
    owner, *keys = operands(target)
    held = folder.found(owner)
    if held is MISSING or held is None:
        held = {}
    if not isinstance(held, dict | Unknown):
        return
    folder.flow.handle(held)
    changed: Array = {held: held} if isinstance(held, Unknown) else dict(held)
    changed[key_of(folder.key(keys[0])) if keys else next_key(changed)] = value
    assign(folder, owner, changed)


def _assign_list(folder: Folder, target: Node, value: Folded) -> None:
    """``[$a, $b] = …`` and ``["a" => $a] = …``."""
    held = value if isinstance(value, dict) else {}
    index = 0
    key: Folded = None
    for item in operands(target):
        if item.next_sibling is not None and item.next_sibling.type == "=>":
            key = folder.fold(item)
            continue
        parts = operands(item) if item.type == "array_element_initializer" else [item]
        if len(parts) == 2:
            key = folder.fold(parts[0])
        elif key is None:
            key, index = index, index + 1
        found = held.get(key_of(key), MISSING)
        assign(folder, parts[-1], folder.unknown(parts[-1]) if found is MISSING else found)
        key = None


def unset(folder: Folder, target: Node) -> None:
    """Takes a variable or a member of an array away."""
    if target.type == "variable_name":
        folder.variables.pop(text(target), None)
    elif target.type == "subscript_expression" and len(operands(target)) == 2:
        owner, key = operands(target)
        held = folder.fold(owner)
        gone = key_of(folder.key(key))
        folder.flow.handle(held)
        if isinstance(held, dict):
            assign(folder, owner, {name: item for name, item in held.items() if name != gone})


def _assignment(folder: Folder, node: Node) -> Folded:
    target, expression = operands(node)
    value = folder.fold(expression)
    assign(folder, target, value)
    return value


def _augmented(folder: Folder, node: Node) -> Folded:
    target, expression = operands(node)
    sign = operator_of(node)
    if sign == "??=":
        old = folder.found(target)
        is_given = old is not None and not (old is MISSING and target.type != "variable_name")
        value = folder.fold(target if is_given else expression)
    else:
        old, new = folder.fold(target), folder.fold(expression)
        if sign == ".=":
            value = folder.joined([text_of(old), text_of(new)])
        else:
            value = folder.calculated(node, sign.removesuffix("="), old, new)
    assign(folder, target, value)
    return value


def _update(folder: Folder, node: Node) -> Folded:
    """``$i++`` and its like."""
    (target,) = operands(node)
    old = folder.fold(target)
    new = folder.calculated(node, operator_of(node)[0], old, 1)
    assign(folder, target, new)
    return old if text(node)[-1] in "+-" else new


RULES: dict[str, Rule] = {
    "assignment_expression": _assignment,
    "reference_assignment_expression": _assignment,
    "augmented_assignment_expression": _augmented,
    "update_expression": _update,
}
