"""What a retriever or a reranker would learn, before it starts: questions and passages as tokens.

>>> seen = preview_pairs("retriever", RetrieverSettings(), pairs, Path("out"))
>>> [piece.role for piece in seen.rows[0].pieces]
['question', 'passage']
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import CallwrightError, ModelError
from core.retrieval.embed import model_folder
from train.estimate import TRIED, Work, estimate, pair_demand, shape_of, work_of
from train.pair_run import divide
from train.pairs import Pair
from train.preview import LOOKED_AT, SHOWN, Preview, TokenRow, bins, pieces_of
from train.probe import Measured, Step, device_of, measure_machine, try_steps
from train.reranker import RerankerSettings
from train.retriever import RetrieverSettings

Settings = RetrieverSettings | RerankerSettings


@dataclass(frozen=True, slots=True)
class _Read:
    """A pair as tokens, cut as training cuts it."""

    pair: Pair
    question: tuple[int, ...]
    passage: tuple[int, ...]
    num_cut: int

    @property
    def num_tokens(self) -> int:
        return len(self.question) + len(self.passage)


def preview_pairs(settings: Settings, pairs: Sequence[Pair], out: Path) -> Preview:
    """Look at a run on pairs. Raises ``CallwrightError`` for all that keeps it from starting."""
    import torch

    torch.set_num_threads(settings.threads)
    training, held_back = divide(pairs, settings)
    tokenizer, model = _open(settings)
    read = [_read(pair, tokenizer, settings) for pair in training[:LOOKED_AT]]
    work = _work(settings, read, len(training))
    measured = _measured(settings, model, read)
    in_halves = device_of().type == "cuda"
    estimated = estimate(
        pair_demand(settings, work.longest, in_halves=in_halves),
        shape_of(model.config, model.num_parameters()),
        work,
        measured,
        out,
    )
    return Preview(
        num_examples=len(training),
        num_left_out=0,
        num_shortened=round(sum(each.num_cut > 0 for each in read) * len(training) / len(read)),
        num_held_back=len(held_back),
        num_looked_at=len(read),
        num_steps=work.num_steps,
        num_tokens=work.num_tokens,
        num_learnt=0,
        lengths=bins([each.num_tokens for each in read]),
        parts=dict(Counter(pair.api for pair in training).most_common()),
        guard="No pair comes from an API that finding is measured on: those are left out.",
        rows=tuple(_row(each, tokenizer) for each in read[:SHOWN]),
        estimate=estimated,
        warnings=estimated.warnings,
    )


def _open(settings: Settings) -> tuple[Any, Any]:
    """The tokenizer and the body of a base that reads as much as is asked for."""
    from transformers import AutoModel, AutoTokenizer

    try:
        folder = model_folder(settings.base)
        tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder)
    except (OSError, ValueError) as error:
        raise ModelError(
            f"There is no base model {settings.base} here: {str(error).splitlines()[0]} Give a "
            "folder that holds a model, or a name on the Hugging Face hub (and a network)."
        ) from error
    longest = model.config.max_position_embeddings
    if settings.max_tokens > longest:
        raise CallwrightError(
            f"max_tokens is {settings.max_tokens:,}, and {settings.base} reads {longest:,} tokens "
            "at most. Make it smaller, or choose another base."
        )
    return tokenizer, model


def _read(pair: Pair, tokenizer: Any, settings: Settings) -> _Read:
    """A retriever reads the two apart, a reranker together, in each case ``max_tokens``."""
    if isinstance(settings, RetrieverSettings):
        texts = [tokenizer(text)["input_ids"] for text in (pair.question, pair.passage)]
        question, passage = (tuple(ids[: settings.max_tokens]) for ids in texts)
        whole = sum(map(len, texts))
    else:
        cut = tokenizer(
            pair.question, pair.passage, truncation=True, max_length=settings.max_tokens
        )
        of_passage = cut.sequence_ids()
        at = of_passage.index(1) if 1 in of_passage else len(of_passage)
        question, passage = tuple(cut["input_ids"][:at]), tuple(cut["input_ids"][at:])
        whole = len(tokenizer(pair.question, pair.passage)["input_ids"])
    return _Read(pair, question, passage, whole - len(question) - len(passage))


def _work(settings: Settings, read: Sequence[_Read], num_pairs: int) -> Work:
    """A step takes pairs; a reranker reads each question with several passages."""
    lengths = [each.num_tokens for each in read]
    return work_of(
        num_pairs,
        round(sum(lengths) / len(read) * num_pairs * _passages(settings)),
        max(lengths),
        of_step=settings.batch_size,
        epochs=settings.epochs,
    )


def _passages(settings: Settings) -> int:
    """How many are read with each question."""
    return 1 + settings.wrong if isinstance(settings, RerankerSettings) else 1


def _measured(settings: Settings, model: Any, read: Sequence[_Read]) -> Measured:
    device = device_of()
    if model.num_parameters() > TRIED or settings.lora_rank:
        return measure_machine(device, in_halves=device.type == "cuda")
    step = _step(model.to(device).train(), is_apart=isinstance(settings, RetrieverSettings))
    batch_size = settings.batch_size * _passages(settings)
    return try_steps(step, read, batch_size=batch_size, device=device, seed=settings.seed)


def _step(model: Any, *, is_apart: bool) -> Step[_Read]:
    """Steps of a model that reads; they change nothing, for their rate is 0."""
    import torch

    device = next(model.parameters()).device
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.0)

    def step(batch: Sequence[_Read]) -> None:
        with torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda"):
            loss = sum(_summed(model, ids) for ids in _batches(batch, is_apart=is_apart))
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        loss.item()  # waits until it is done

    return step


def _batches(batch: Sequence[_Read], *, is_apart: bool) -> list[list[tuple[int, ...]]]:
    if is_apart:
        return [[each.question for each in batch], [each.passage for each in batch]]
    return [[each.question + each.passage for each in batch]]


def _summed(model: Any, ids: Sequence[tuple[int, ...]]) -> Any:
    import torch

    longest, device = max(map(len, ids)), model.device
    tokens = torch.tensor([[*each, *[0] * (longest - len(each))] for each in ids], device=device)
    seen = torch.tensor(
        [[1] * len(each) + [0] * (longest - len(each)) for each in ids], device=device
    )
    return model(input_ids=tokens, attention_mask=seen).last_hidden_state.sum()


def _row(read: _Read, tokenizer: Any) -> TokenRow:
    cut = f", {read.num_cut:,} more are cut off" if read.num_cut else ""
    return TokenRow(
        read.pair.api,
        f"{read.num_tokens:,} tokens{cut}",
        (
            pieces_of(tokenizer, "question", read.question),
            pieces_of(tokenizer, "passage", read.passage),
        ),
    )
