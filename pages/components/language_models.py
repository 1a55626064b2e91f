"""Language models: the servers that were added, each with what it can do, and the form for more."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import streamlit as st

from core.errors import CallwrightError, ModelError
from core.models.cache import FREE, Price, ReplyCache, replies_path
from core.models.examination import Examination, Health, examine, look_at
from core.models.opening import Offer, prices_of
from core.models.protocol import CAPABILITIES
from core.models.server import Server
from core.store.model_servers import (
    KeptServer,
    add_server,
    kept_servers,
    model_offers,
    remove_server,
)
from pages.components import frame, model_usage, resources, text

_EXAMPLE_URL = "http://127.0.0.1:8001/v1"
_START = "python -m vllm.entrypoints.openai.api_server --model FOLDER --port 8001"
_LOOK_SECONDS = 20
"""Between two looks at whether servers are up."""
_SEEN = "models_seen"
"""Where a session keeps what it last saw of each server."""


def show() -> None:
    """Draw the servers and the form that adds one."""
    servers = kept_servers(resources.store())
    if not servers:
        st.caption(
            "None yet, and none is needed. A server that speaks OpenAI's protocol will do: vLLM, "
            "Ollama, llama.cpp, or a hosted one."
        )
    st.fragment(_show_servers, run_every=_LOOK_SECONDS if servers else None)(servers)
    _show_form(is_open=not servers)


def _show_servers(servers: Sequence[KeptServer]) -> None:
    """Draw the servers as they are now."""
    if not servers:
        return
    with ThreadPoolExecutor(len(servers)) as pool:
        found = list(pool.map(look_at, [kept.offer.server for kept in servers]))
    for kept, health in zip(servers, found, strict=True):
        _show_server(kept, health)


def _show_server(kept: KeptServer, health: Health) -> None:
    offer, seen = kept.offer, st.session_state.get(_SEEN, {}).get(kept.id)
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            badges = f"{_state(health)} {_badge(seen)}"
            st.markdown(f"**{text.escape(offer.name)}** {badges}", width="stretch")
            st.button("Test", key=f"models_test_{kept.id}", on_click=_test, args=(kept,))
            st.button(
                "Remove",
                key=f"models_remove_{kept.id}",
                icon=":material/delete:",
                on_click=_remove,
                args=(kept,),
            )
        where = f"{text.code(offer.server.model)} at {text.code(offer.server.url)}"
        key, longest = offer.server.key_variable, health.longest
        said = [f"key in {text.code(key)}" if key else "", f"reads {longest:,} tokens"]
        st.caption(" · ".join(filter(None, [where, said[0], said[1] if longest else ""])))
        able = offer.server.capabilities
        st.markdown(
            " ".join(
                f":{'green' if name in able else 'gray'}-badge[{words}]"
                for name, words in CAPABILITIES.items()
                if name in able or name in ("score", "json", "choice")
            ),
            help="Green is what the server showed when it was added; gray is what it did not.",
        )
        if health.reason:
            st.error(text.escape(health.reason, limit=600), icon=":material/error:")


def _state(health: Health) -> str:
    return ":green-badge[up]" if health.is_up else ":red-badge[down]"


def _badge(seen: Examination | None) -> str:
    """What came of the last test of this session."""
    if seen is None:
        return ""
    if seen.server is None:
        return ":red-badge[does not answer]"
    return f":green-badge[answered in {seen.seconds:.1f} s]"


def _show_form(*, is_open: bool) -> None:
    with (
        st.expander("Add a server", expanded=is_open, icon=":material/add:"),
        st.form("models_server", border=False),
    ):
        st.text_input("Base URL", placeholder=_EXAMPLE_URL, key="models_url", max_chars=500)
        st.text_input(
            "What the server calls the model", key="models_served", max_chars=300,
            placeholder="Qwen/Qwen2.5-7B-Instruct",
        )  # fmt: skip
        st.text_input(
            "What to call it here",
            key="models_called",
            max_chars=80,
            help="Several servers under one name share the load.",
        )
        st.text_input(
            "Environment variable that holds the key",
            placeholder="none needed, or OPENAI_API_KEY",
            key="models_key",
            max_chars=100,
            help="The key itself is never kept: set it where Callwright is started.",
        )
        with st.container(horizontal=True):
            for key, label in (("models_price_in", "read"), ("models_price_out", "written")):
                st.number_input(f"Price of a million tokens {label}", min_value=0.0, key=key)
        st.form_submit_button("Try it and add it", type="primary", on_click=_add)
        st.caption("With vLLM on this machine, a server starts by:")
        st.code(_START, language="bash", wrap_lines=True)


def _add() -> None:
    """Try the server that the form describes, and keep it with what it can do."""
    given = {
        name: st.session_state[f"models_{name}"].strip()
        for name in ("url", "served", "called", "key")
    }
    try:
        seen = examine(Server(given["url"], given["served"], given["key"]))
        if seen.server is None:
            frame.show_error(ModelError(seen.reason))
            return
        price = Price(st.session_state["models_price_in"], st.session_state["models_price_out"])
        name = given["called"] or given["served"]
        number = add_server(resources.store(), Offer(name, seen.server, price))
    except CallwrightError as error:
        frame.show_error(error)
        return
    st.session_state.setdefault(_SEEN, {})[number] = seen
    for field in ("url", "served", "called", "key"):
        st.session_state[f"models_{field}"] = ""
    resources.chat().reopen_engines()
    frame.tell(f"{text.escape(name)} can be chosen in the chat.", ":material/check_circle:")


def _test(kept: KeptServer) -> None:
    try:
        seen = examine(kept.offer.server)
    except CallwrightError as error:
        frame.show_error(error)
        return
    st.session_state.setdefault(_SEEN, {})[kept.id] = seen


def _remove(kept: KeptServer) -> None:
    try:
        remove_server(resources.store(), kept.id)
    except CallwrightError as error:
        frame.show_error(error)
        return
    resources.chat().reopen_engines()


def show_usage() -> None:
    """Draw what models were asked so far, over all runs, and what it cost."""
    store = resources.store()
    path = replies_path(store.workspace)
    if not path.exists():
        return
    prices = prices_of(model_offers(store))
    with ReplyCache(path) as cache:
        used = cache.usage()
    if used:
        st.caption("What was asked so far, by step; answers that were kept cost nothing.")
        model_usage.show(
            (usage.step, usage, usage.cost(prices.get(usage.model, FREE))) for usage in used
        )
