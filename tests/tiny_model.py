"""A real Llama of a few hundred thousand random numbers, made in seconds: whatever runs language
models runs this one, and no weights have to come from anywhere.

It speaks nonsense, always the same: its numbers come from a seed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

WORDS = 600
"""Tokens that it knows, at most."""
CONTEXT = 1024
"""Tokens that it can look at."""

_SPECIAL = ["<pad>", "<s>", "</s>", "<|user|>", "<|assistant|>"]
_CHAT_TEMPLATE = (
    "{{ bos_token }}{% for message in messages %}"
    "<|{{ message.role }}|>{{ message.content }}{% if message.role == 'assistant' %}</s>{% endif %}"
    "{% endfor %}{% if add_generation_prompt %}<|assistant|>{% endif %}"
)


def make_tiny_model(folder: Path, *, seed: int = 0) -> Path:
    """Write a Llama and its tokenizer (byte-level BPE, with a chat template) into a folder."""
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=WORDS,
        special_tokens=_SPECIAL,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(_texts(), trainer)
    wrapped = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token="<pad>",
        bos_token="<s>",
        eos_token="</s>",
        model_max_length=CONTEXT,
    )
    wrapped.chat_template = _CHAT_TEMPLATE
    wrapped.save_pretrained(folder)

    torch.manual_seed(seed)
    config = LlamaConfig(
        vocab_size=len(wrapped),
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=2,
        head_dim=32,  # a size that vLLM's attention on processors takes
        max_position_embeddings=CONTEXT,
        initializer_range=0.2,  # wide enough that the likeliest token does not hang on rounding
        pad_token_id=wrapped.pad_token_id,
        bos_token_id=wrapped.bos_token_id,
        eos_token_id=wrapped.eos_token_id,
    )
    LlamaForCausalLM(config).save_pretrained(folder)
    return folder


def _texts() -> Iterator[str]:
    """What the words of the tokenizer are learnt from."""
    yield from _SENTENCES
    yield from (f'{{"petId": {number}, "name": "Rex", "limit": {number}}}' for number in range(50))


_SENTENCES = (
    "List all pets of the shop, twenty on a page, in the order of their names.",
    "Delete a booking by its identifier; a deleted booking cannot be had back.",
    "curl --request GET --url 'https://api.example.com/v1/pets?limit=10'",
    "import requests; response = requests.post(url, json=payload, headers=headers)",
    "Functionality: Search cards. Description: Searches the inventory for cards. API: Cards",
    "How can I create an invoice for customer C-1042 with the Billing API? Write one instruction.",
    "**instruction** **output** **api_description** **lang** ### ASSISTANT: Good Bad none",
    "The quick brown fox jumps over the lazy dog while the user asks the assistant a question.",
)
