"""What language models are told: read it, see it filled in, write it in one's own words."""

import streamlit as st

from core.errors import CallwrightError
from core.prompts import PROMPTS, load_prompt, prompts_path, restore_prompt, save_prompt
from core.prompts.example import EXAMPLE
from core.prompts.template import parse_template
from pages.components import frame, resources, text

LONGEST = 20_000

frame.title("Prompts", "What language models are told. Nothing is sent from here.")
folder = prompts_path(resources.store().workspace)


def save(name):
    try:
        save_prompt(name, st.session_state[f"prompts_text_{name}"], folder)
    except CallwrightError as error:
        frame.show_error(error)
        return
    resources.chat().reopen_engines()
    frame.tell("Used from the next question on.", ":material/check_circle:")


def restore(name):
    restore_prompt(name, folder)
    st.session_state.pop(f"prompts_text_{name}", None)
    resources.chat().reopen_engines()


name = st.selectbox("Prompt", list(PROMPTS), key="prompt", bind="query-params")
try:
    template, is_own = load_prompt(name, folder), (folder / f"{name}.txt").exists()
except CallwrightError as error:  # somebody wrote into the folder by hand
    frame.show_error(error)
    template, is_own = load_prompt(name), True
source = "your own text" if is_own else "comes with Callwright"
st.caption(f"{PROMPTS[name]}. Version {text.code(template.version)}: {source}.")
written, filled = st.columns(2, gap="large")
with written:
    words = st.text_area(
        "Text",
        template.text,
        height=480,
        key=f"prompts_text_{name}",
        max_chars=LONGEST,
        help="The first line names the places; {{ place }} puts one in.",
    )
    with st.container(horizontal=True):
        st.button("Save", type="primary", on_click=save, args=(name,))
        st.button("Take it back", disabled=not is_own, on_click=restore, args=(name,))
with filled:
    st.caption("As a model would read it, with an example:")
    values = {place: EXAMPLE[place] for place in template.placeholders}
    try:
        now = parse_template(name, words, wanted=template.placeholders)
        st.code(now.fill(**values), language=None, wrap_lines=True)
    except CallwrightError as error:
        frame.show_error(error)
