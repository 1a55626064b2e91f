"""The model that training begins with: a name on the Hugging Face hub, a folder, or ``tiny``.

>>> check_base("tiny").num_parameters < 2_000_000
True

``tiny`` is a Llama that is made on the spot, with random numbers from a seed and the words of the
data, so that a whole run needs neither a download nor a GPU.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import ModelError

TINY = "tiny"
FOUR_BITS = "4bit"
_LONGEST = 2_048
_WORDS = 1_024
"""Tokens that a tiny model knows, at most."""
_SPREAD = 0.02
_SPECIAL = {"pad_token": "<pad>", "bos_token": "<s>", "eos_token": "</s>"}
_CHAT_TEMPLATE = "{{ messages | map(attribute='content') | join('\n\n') }}"
"""Servers want one. It says what is said to models without one (:mod:`core.models.tokens`)."""
_SHAPE: dict[str, Any] = {
    "hidden_size": 128,
    "intermediate_size": 384,
    "num_hidden_layers": 3,
    "num_attention_heads": 4,
    "num_key_value_heads": 4,
    "head_dim": 32,  # a size that vLLM's attention on processors takes
    "max_position_embeddings": _LONGEST,
    "tie_word_embeddings": True,
}


@dataclass(frozen=True, slots=True)
class Base:
    """What is known of a model before its weights are there."""

    name: str
    num_parameters: int
    longest: int
    """Tokens that it reads; 0 where its configuration does not say."""


def check_base(name: str) -> Base:
    """What a base is, by its configuration alone. Raises ``ModelError`` for an unknown one."""
    import torch
    from transformers import AutoConfig, AutoModelForCausalLM

    try:
        config: Any = _tiny_config(_WORDS) if name == TINY else AutoConfig.from_pretrained(name)
        with torch.device("meta"):  # counts without taking memory
            model: Any = AutoModelForCausalLM.from_config(config)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise ModelError(
            f"There is no base model {name} that writes text: {str(error).splitlines()[0]} Give a "
            "name on the Hugging Face hub (and a network), a folder with a model, or tiny."
        ) from error
    longest = getattr(config, "max_position_embeddings", None) or 0
    return Base(name, model.num_parameters(), longest)


def make_tiny(
    folder: Path,
    texts: Iterable[str],
    *,
    seed: int,
    spread: float = _SPREAD,
    longest: int = _LONGEST,
) -> Path:
    """Write a tiny model whose tokenizer has learnt its words from texts.

    ``spread`` is how far its numbers scatter: one that learns begins near 0, and of one that never
    will the likeliest token should not hang on rounding. ``longest`` is how many tokens it reads.
    """
    import torch
    from transformers import LlamaForCausalLM

    tokenizer = _tokenizer(texts, longest)
    tokenizer.save_pretrained(folder)
    config = _tiny_config(
        len(tokenizer),
        initializer_range=spread,
        max_position_embeddings=longest,
        pad_token_id=tokenizer.pad_token_id,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
    )
    torch.manual_seed(seed)
    model: Any = LlamaForCausalLM(config)  # type: ignore[no-untyped-call]
    model.save_pretrained(folder)
    return folder


def quantization(quantize: str) -> dict[str, Any]:
    """How transformers is to load a base: as it is, or in the 4 bits of QLoRA (arXiv 2305.14314),
    beside which an adapter is trained.
    """
    if quantize != FOUR_BITS:
        return {}
    import torch
    from transformers import BitsAndBytesConfig

    config = BitsAndBytesConfig(  # type: ignore[no-untyped-call]
        load_in_4bit=True,
        bnb_4bit_quant_type="nf4",
        bnb_4bit_use_double_quant=True,
        bnb_4bit_compute_dtype=torch.bfloat16,
    )
    return {"quantization_config": config}


def load_base(folder_or_name: str, *, quantize: str = "none") -> tuple[Any, Any]:
    """The model, in numbers of 32 bits, in which small steps are not lost, or quantized, and its
    tokenizer.

    Raises ``ModelError``.
    """
    import torch
    from transformers import AutoModelForCausalLM

    tokenizer = load_tokenizer(folder_or_name)
    try:
        model: Any = AutoModelForCausalLM.from_pretrained(
            folder_or_name, dtype=torch.float32, **quantization(quantize)
        )
    except (OSError, ValueError) as error:
        raise _not_loaded(folder_or_name, error) from error
    return model, tokenizer


def load_tokenizer(folder_or_name: str) -> Any:
    """A base's tokenizer, with tokens that end a text and fill a batch. Raises ``ModelError``."""
    from transformers import AutoTokenizer

    try:
        tokenizer: Any = AutoTokenizer.from_pretrained(folder_or_name)
    except (OSError, ValueError) as error:
        raise _not_loaded(folder_or_name, error) from error
    if tokenizer.eos_token is None:
        raise ModelError(f"The tokenizer of {folder_or_name} has no token that ends a text.")
    if tokenizer.pad_token is None:
        tokenizer.pad_token = tokenizer.eos_token  # never counted by the loss
    return tokenizer


def _not_loaded(name: str, error: Exception) -> ModelError:
    return ModelError(f"The model {name} cannot be loaded: {str(error).splitlines()[0]}")


def _tiny_config(num_words: int, **others: Any) -> Any:
    from transformers import LlamaConfig

    return LlamaConfig(**{**_SHAPE, "vocab_size": num_words, **others})


def _tokenizer(texts: Iterable[str], longest: int) -> Any:
    """Byte-level BPE: it can spell any text."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=_WORDS,
        special_tokens=list(_SPECIAL.values()),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    wrapped: Any = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer, model_max_length=longest, **_SPECIAL
    )
    wrapped.chat_template = _CHAT_TEMPLATE
    return wrapped
