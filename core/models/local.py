"""A model in this process, by transformers: a folder, or a name on the Hugging Face hub.

>>> model = LocalModel("/models/tiny")
>>> reply(model, Generate("GET /pets", max_tokens=4)).text

For machines without a server. Tasks run one after the other: in a batch, padding changes roundings,
and a reply must not hang on its neighbours. Replies are constrained by llguidance.
"""

from __future__ import annotations

import importlib.util
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from core.errors import ModelError
from core.models.protocol import (
    Capability,
    Constraint,
    Failure,
    Generate,
    Reply,
    Score,
    Scored,
)
from core.models.tokens import prompt_ids, text_ids
from core.models.watched import Ending, Write, watched
from core.models.weights import written_at

if TYPE_CHECKING:
    from core.models.grammar import Grammars

_INSTALL = "pip install -r requirements.txt"


_loading = threading.Lock()
"""transformers imports its parts when they are first named, which fails where two threads do."""


class LocalModel:
    """Loaded when it is first wanted. Safe to share between threads, which wait for each other."""

    def __init__(self, path_or_name: str, *, name: str = "", threads: int = 1) -> None:
        """``threads`` is for processors; more than are free make it slower, not faster."""
        self.name = name or f"transformers:{path_or_name}"
        self._path_or_name = path_or_name
        self._threads = threads
        self._lock = threading.Lock()
        self._model: Any = None
        self._tokenizer: Any = None
        self._grammars: Grammars | None = None

    @property
    def identity(self) -> str:
        """The name, and when the weights were written."""
        return f"{self.name} {written_at(self._path_or_name)}".rstrip()

    @property
    def capabilities(self) -> frozenset[Capability]:
        """Everything, where llguidance is installed."""
        found: set[Capability] = {"generate", "stream", "score"}
        if importlib.util.find_spec("llguidance"):
            found |= {"json", "choice"}
        return frozenset(found)

    def generate(self, tasks: Sequence[Generate]) -> Iterator[tuple[int, Reply | Failure]]:
        """A reply to each task, one after the other. Raises ``ModelError`` where the model cannot
        be loaded.
        """
        for position, task in enumerate(tasks):
            began = time.monotonic()
            with self._lock:
                self._load()
                ids = prompt_ids(self._tokenizer, task.prompt)
                if problem := self._problem(task, len(ids)):
                    yield position, Failure(problem)
                    continue
                new = self._run(ids, task, Ending(), streamer=None)
            text, is_cut = self._read(new, task)
            seconds = time.monotonic() - began
            yield position, Reply(text, len(ids), len(new), seconds, is_cut)

    def stream(self, task: Generate) -> Generator[str, None, Reply]:
        """A reply piece by piece; closing the iterator stops the work. Raises ``ModelError``."""
        return (yield from watched(partial(self._stream, task)))

    def _stream(self, task: Generate, write: Write, ending: Ending) -> Reply:
        began = time.monotonic()
        with self._lock:
            self._load()
            ids = prompt_ids(self._tokenizer, task.prompt)
            if problem := self._problem(task, len(ids)):
                raise ModelError(f"{self.name} gave no answer: {problem}")
            new = self._run(ids, task, ending, _streamer(self._tokenizer, write))
        text, is_cut = self._read(new, task)
        return Reply(text, len(ids), len(new), time.monotonic() - began, is_cut)

    def score(self, tasks: Sequence[Score]) -> Iterator[tuple[int, Scored | Failure]]:
        """How likely the text of each task is, one after the other."""
        for position, task in enumerate(tasks):
            began = time.monotonic()
            with self._lock:
                self._load()
                before = prompt_ids(self._tokenizer, task.prompt)
                text = text_ids(self._tokenizer, task.text)
                if problem := self._too_long(len(before) + len(text)):
                    yield position, Failure(problem)
                    continue
                found = self._log_probabilities(before, text)
            yield position, Scored(found, len(before) + len(text), time.monotonic() - began)

    def _load(self) -> None:
        if self._model is not None:
            return
        with _loading:
            self._load_alone()

    def _load_alone(self) -> None:
        try:
            import torch
            from transformers import AutoModelForCausalLM, AutoTokenizer
        except ImportError as error:
            raise ModelError(f"{self.name} needs torch and transformers: {_INSTALL}") from error
        torch.set_num_threads(self._threads)
        try:
            self._tokenizer = AutoTokenizer.from_pretrained(self._path_or_name)
            model = AutoModelForCausalLM.from_pretrained(self._path_or_name, dtype="auto")
        except (OSError, ValueError) as error:
            raise ModelError(
                f"The model {self._path_or_name} cannot be loaded: {str(error).splitlines()[0]} "
                "Give a folder with its weights, or a name on the hub and a network."
            ) from error
        loaded: Any = model
        self._model = loaded.to("cuda" if torch.cuda.is_available() else "cpu").eval()

    def _problem(self, task: Generate, num_prompt: int) -> str:
        """Why a task cannot be done; empty where it can."""
        if task.constraint is None:
            return self._too_long(num_prompt + 1)
        from core.models.grammar import problem_of

        return self._too_long(num_prompt + 1) or problem_of(task.constraint)

    def _too_long(self, num_tokens: int) -> str:
        longest = getattr(self._model.config, "max_position_embeddings", None) or num_tokens
        if num_tokens <= longest:
            return ""
        return f"the prompt is {num_tokens} tokens long, and the model reads {longest}"

    def _run(self, ids: list[int], task: Generate, ending: Ending, streamer: Any) -> list[int]:
        """The new tokens of a reply."""
        import torch
        from transformers import StoppingCriteria

        class Stopped(StoppingCriteria):
            def __call__(self, input_ids: Any, scores: Any, **_: Any) -> Any:
                return torch.full((input_ids.shape[0],), ending.has_come, device=input_ids.device)

        given = torch.tensor([ids], device=self._model.device)
        sampling: dict[str, Any] = {"do_sample": False}
        if task.temperature > 0:
            sampling = {"do_sample": True, "temperature": task.temperature, "top_p": 1, "top_k": 0}
        stop = {"stop_strings": list(task.stop), "tokenizer": self._tokenizer} if task.stop else {}
        with torch.random.fork_rng(), torch.inference_mode():
            torch.manual_seed(task.seed)
            made = self._model.generate(
                given,
                attention_mask=torch.ones_like(given),
                max_new_tokens=task.max_tokens,
                stopping_criteria=[Stopped()],
                logits_processor=self._constrained(task.constraint, len(ids)),
                streamer=streamer,
                pad_token_id=self._tokenizer.pad_token_id or self._tokenizer.eos_token_id,
                **sampling,
                **stop,
            )
        return [int(token) for token in made[0][len(ids) :]]

    def _constrained(self, constraint: Constraint | None, num_prompt: int) -> list[Any]:
        if constraint is None:
            return []
        if self._grammars is None:
            from core.models.grammar import Grammars

            self._grammars = Grammars(self._tokenizer, self._model.config.vocab_size)
        return [self._grammars.keep_to(constraint, num_prompt)]

    def _read(self, new: list[int], task: Generate) -> tuple[str, bool]:
        """The text of new tokens, up to what stops it, and whether it was cut off."""
        text = self._tokenizer.decode(new, skip_special_tokens=True)
        ends = [end for stop in task.stop if (end := text.find(stop)) >= 0]
        if ends:
            return text[: min(ends)], False
        has_ended = bool(new) and new[-1] == self._tokenizer.eos_token_id
        return text, len(new) >= task.max_tokens and not has_ended

    def _log_probabilities(self, before: list[int], text: list[int]) -> tuple[float, ...]:
        import torch

        if not text:
            return ()
        given = torch.tensor([before + text], device=self._model.device)
        with torch.inference_mode():
            logits = self._model(given, attention_mask=torch.ones_like(given)).logits[0]
        # What follows a token is read at that token's own place.
        window = logits[len(before) - 1 : -1].float().log_softmax(-1)
        wanted = torch.tensor(text, device=window.device).unsqueeze(1)
        return tuple(window.gather(1, wanted).squeeze(1).tolist())


def _streamer(tokenizer: Any, write: Write) -> Any:
    """What gives the text of one reply to ``write``, piece by piece."""
    from transformers import TextStreamer

    class Writing(TextStreamer):
        """Bound to one reply."""

        def on_finalized_text(self, text: str, stream_end: bool = False) -> None:
            write(text)

    return Writing(tokenizer, skip_prompt=True, skip_special_tokens=True)
