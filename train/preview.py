"""What a run would learn, before it starts: its very tokens, how many, how long, and what is lost.

>>> seen = preview_sft(SftSettings(), read_dataset(folder), Path("out"))
>>> seen.num_examples, seen.rows[0].pieces[-1].tokens[:3]
(196, ('Ċ', 'curl', 'Ġ--'))

Examples are made by what makes them for training, with the same tokenizer, and are cut and left out
in the same way. Of many, some are looked at, drawn at random, and it is said how many.
"""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import orjson

from core.errors import CallwrightError
from train.base_model import TINY, load_base, load_tokenizer, make_tiny
from train.dataset import Dataset, Row
from train.estimate import TRIED, Estimate, Shape, estimate, sft_demand, shape_of, work_of
from train.example import Example, Examples, texts_of
from train.plan import Division, Plan, divide, make_plan
from train.probe import Measured, causal_step, device_of, measure_machine, try_steps
from train.sft_settings import SftSettings

LOOKED_AT = 2_000
"""Examples that are made for a preview; more say the same."""
SHOWN = 5
_NUM_BINS = 20


@dataclass(frozen=True, slots=True)
class Piece:
    """Neighbouring tokens that training treats alike."""

    role: str
    """``read`` or ``learnt``; of pairs, ``question`` or ``passage``."""
    tokens: tuple[str, ...]
    """As text; what is no text of its own is spelled as the tokenizer does."""
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TokenRow:
    """One example as the model reads it."""

    title: str
    note: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Bin:
    """How many examples have from ``low`` to ``high`` tokens."""

    low: int
    high: int
    count: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What a run would learn, and what it would take."""

    num_examples: int
    """Of one epoch."""
    num_left_out: int
    """Longer than ``max_tokens``."""
    num_shortened: int
    """With less than was meant to be read: examples in a prompt, or the end of a passage."""
    num_held_back: int
    num_looked_at: int
    """Examples that the figures come from; fewer than there are where there are very many."""
    num_steps: int
    num_tokens: int
    num_learnt: int
    """Tokens that the loss counts; 0 where it compares texts as a whole."""
    lengths: tuple[Bin, ...]
    parts: dict[str, int]
    """Examples by language, or by API."""
    guard: str
    """What the leak guard found."""
    rows: tuple[TokenRow, ...]
    estimate: Estimate
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Made:
    """Some of the examples of a plan."""

    rows: list[tuple[str, Example]]
    num_looked_at: int
    scale: float
    """Examples that there are for each that was looked at."""


def preview_sft(settings: SftSettings, data: Dataset, out: Path) -> Preview:
    """Look at a run of supervised fine-tuning.

    Raises ``CallwrightError`` for all that keeps the run from starting.
    """
    plan = make_plan(settings, data, out)
    division = divide(plan, settings)
    with tempfile.TemporaryDirectory() as folder:
        base = _base(settings, plan, Path(folder))
        tokenizer = load_tokenizer(base)
        made = _made(settings, plan, division, tokenizer)
        examples = [example for _, example in made.rows]
        measured, shape = _measured(settings, plan, base, examples)
    lengths = [example.num_tokens for example in examples]
    num_examples = round(len(examples) * made.scale)
    num_tokens = round(sum(lengths) * made.scale)
    work = work_of(
        num_examples,
        num_tokens,
        max(lengths),
        of_step=settings.global_batch,
        epochs=settings.epochs,
        max_steps=settings.max_steps,
    )
    estimated = estimate(sft_demand(settings), shape, work, measured, out)
    return Preview(
        num_examples=num_examples,
        num_left_out=round((made.num_looked_at - len(examples)) * made.scale),
        num_shortened=round(sum(example.num_cut > 0 for example in examples) * made.scale),
        num_held_back=len(division.held_back) * len(settings.kinds),
        num_looked_at=made.num_looked_at,
        num_steps=work.num_steps,
        num_tokens=num_tokens,
        num_learnt=round(sum(len(each.completion_tokens) for each in examples) * made.scale),
        lengths=bins(lengths),
        parts=_parts(division.training, plan),
        guard=_guard(plan, data),
        rows=tuple(_token_row(*each, tokenizer) for each in made.rows[:SHOWN]),
        estimate=estimated,
        warnings=estimated.warnings,
    )


def read_preview(data: bytes) -> Preview:
    """A preview that was written as JSON (:func:`written`)."""
    found: dict[str, Any] = orjson.loads(data)
    rows = [
        TokenRow(row["title"], row["note"], tuple(map(_read_piece, row["pieces"])))
        for row in found.pop("rows")
    ]
    return Preview(
        rows=tuple(rows),
        lengths=tuple(Bin(**each) for each in found.pop("lengths")),
        estimate=Estimate(**found.pop("estimate")),
        warnings=tuple(found.pop("warnings")),
        **found,
    )


def _read_piece(found: dict[str, Any]) -> Piece:
    return Piece(found["role"], tuple(found["tokens"]), tuple(found["ids"]))


def written(preview: Preview) -> bytes:
    """A preview as one line of JSON."""
    return orjson.dumps(asdict(preview))


def bins(lengths: Sequence[int]) -> tuple[Bin, ...]:
    """A histogram of numbers of tokens, in steps that people can read."""
    if not lengths:
        return ()
    width = next(step for step in _widths() if step * _NUM_BINS > max(lengths))
    counts = Counter(length // width for length in lengths)
    first, last = min(counts), max(counts)
    return tuple(Bin(at * width, (at + 1) * width - 1, counts[at]) for at in range(first, last + 1))


def pieces_of(tokenizer: Any, role: str, ids: Iterable[int]) -> Piece:
    """Tokens with their texts."""
    ids = tuple(ids)
    return Piece(role, tuple(_spelled(tokenizer, one) for one in ids), ids)


def _widths() -> Iterable[int]:
    size = 1
    while True:
        yield from (size, 2 * size, 5 * size)
        size *= 10


def _base(settings: SftSettings, plan: Plan, folder: Path) -> str:
    """The base, a tiny one made of the very texts that training would make it of."""
    if settings.base != TINY:
        return settings.base
    return str(make_tiny(folder, texts_of(plan.rows, plan.tasks), seed=settings.seed))


def _made(settings: SftSettings, plan: Plan, division: Division, tokenizer: Any) -> _Made:
    """Examples of the plan, all or some. Raises ``CallwrightError`` where all are too long."""
    maker = Examples(division.pool, tokenizer, max_tokens=settings.max_tokens)
    whole = len(division.training) * len(settings.kinds) + len(plan.tasks)
    draw = random.Random(settings.seed)
    share = min(1.0, LOOKED_AT / whole)
    rows = draw.sample(division.training, round(len(division.training) * share))
    tasks = draw.sample(plan.tasks, round(len(plan.tasks) * share))
    found = [(_name(row), maker.of_row(row, kind)) for row in rows for kind in settings.kinds]
    found += [("a general task", maker.of_task(task)) for task in tasks]
    short = [(name, example) for name, example in found if example]
    if not short:
        raise CallwrightError(
            f"None of {len(found):,} examples is as short as max_tokens, "
            f"{settings.max_tokens:,}. Make it larger."
        )
    return _Made(short, len(found), whole / len(found))


def _measured(
    settings: SftSettings, plan: Plan, base: str, examples: list[Example]
) -> tuple[Measured, Shape]:
    """How fast this machine trains, and the shape of the model."""
    import torch
    from transformers import AutoConfig

    torch.set_num_threads(settings.threads)
    shape = shape_of(AutoConfig.from_pretrained(base), plan.base.num_parameters)
    device, in_halves = device_of(settings.device), settings.precision == "bf16"
    if shape.num_parameters > TRIED or settings.lora_rank:
        return measure_machine(device, in_halves=in_halves), shape
    step = causal_step(load_base(base)[0].to(device).train(), in_halves=in_halves)
    measured = try_steps(
        step, examples, batch_size=settings.batch_size, device=device, seed=settings.seed
    )
    return measured, shape


def _parts(rows: Sequence[Row], plan: Plan) -> dict[str, int]:
    counts = Counter(row.language for row in rows)
    return dict(counts.most_common()) | ({"general": len(plan.tasks)} if plan.tasks else {})


def _guard(plan: Plan, data: Dataset) -> str:
    if not data.tests:
        return "The dataset has no test, so nothing can be given away, and no level measured."
    return (
        f"None of {len(plan.rows):,} rows gives one of {len(data.tests):,} tests away: neither by "
        "its words, nor by its operation, nor by its API."
    )


def _name(row: Row) -> str:
    return f"{row.label} · {row.lang}"


def _token_row(name: str, example: Example, tokenizer: Any) -> TokenRow:
    note = f"{example.num_tokens:,} tokens"
    if example.num_shots or example.num_cut:
        note += f", {example.num_shots} of {example.num_shots + example.num_cut} examples shown"
    return TokenRow(
        name,
        note,
        (
            pieces_of(tokenizer, "read", example.prompt_tokens),
            pieces_of(tokenizer, "learnt", example.completion_tokens),
        ),
    )


def _spelled(tokenizer: Any, one: int) -> str:
    text: str = tokenizer.decode([one])
    # Half a letter decodes to a mark that says nothing.
    return (
        text
        if "\N{REPLACEMENT CHARACTER}" not in text
        else str(tokenizer.convert_ids_to_tokens(one))
    )
