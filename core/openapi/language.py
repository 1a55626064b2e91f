"""Which language a text is in: told by its small words, or by its script.

>>> guess_language("Liste der Räume und ihrer Buchungen")
'de'

Good enough to see that a document is not in English; a title of two words says nothing, and then
the answer is empty.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

_LONGEST = 2_000
"""Characters that are looked at."""
_SCRIPT_SHARE = 0.3
"""Letters of another script from which on a text is in that script's language."""
_FEW = 3
"""Letters below which a text is in no language."""

_SMALL_WORDS = {
    "en": "all an and any are as at be been but by can each either for from given has have if in "
    "into is it its may more must no not of on one only or other should such than that the their "
    "then there these they this those to using was were when where which who will with you your "
    "add creates create delete deletes get gets list lists remove removes retrieve retrieves "
    "return returns set sets show update updates",
    "cs": "aby ale bez byl být do jako jak je jeho jej jejich jen jsou který která které ke lze "
    "musí na nebo není od po podle pokud pouze pro při se seznam si tak tento této toto ve "
    "vrací za ze že",
    "da": "af alle at de den der det du efter eller en er et for fra har hvis hvor ikke kan med "
    "og om på skal som til ved vil være",
    "de": "aber alle als am an auch auf aus bei bereits bis das dass dem den der des die diese "
    "dieser dieses durch ein eine einem einen einer eines für gibt hat im ist kann mit nach nicht "
    "nur oder ohne sein sich sie sind sowie über um und vom von vor werden wenn wird wie zu zum "
    "zur zurück",
    "es": "al como con cuando de del desde donde el ella en entre es esta este estos está fue "
    "ha hay la las lista lo los más mediante no obtener para pero por que se según ser si sin "
    "sobre son su sus todas todos un una uno y",
    "fi": "ei eli että hakee hän ja jos joka jonka jotka kaikki kanssa kuin mukaan myös ne niiden "
    "oli olla on ovat palauttaa sekä sen tai tämä tämän voi voidaan",
    "fr": "au aux avec ce ces cette comme dans de des du elle en est et être il la le les leur "
    "leurs liste mais ne nous ou où par pas plus pour qu que qui sa sans se ses si son sont sur "
    "tous toutes un une vers vous",
    "hu": "az csak egy és ha hogy is kell lehet meg mely minden nem szerint vagy van",
    "id": "adalah akan atau bahwa dalam dan dapat dari dengan di harus ini itu ke oleh pada "
    "sebagai semua tidak untuk yang",
    "it": "ad al alla alle che ci come con da dal dalla dei del della delle di ed elenco gli "
    "ha il in la le lista lo loro nel nella per più quando questa questo se si sono su "
    "tutti un una uno",
    "nl": "aan als bij dat de deze die dit door een en er geeft haar het hij in is kan lijst maar "
    "met moet naar niet nog of om ook op te tot uit van veel voor waar wordt worden zijn zo",
    "no": "alle at av de den der det du eller en er et etter for fra har hvis hvor ikke kan med "
    "og om på skal som til ved være",
    "pl": "aby albo być czy dla do gdy ich jak jako jest jeśli która które który lub ma może na "
    "nie od oraz po przez przy się są tego ten to tylko wszystkich za ze że",
    "pt": "ao aos as com como da das de do dos ela em entre está foi há lista mais mas na não "
    "nas no nos os ou para pela pelo por quando que se sem ser seu sua são também um uma",
    "ro": "al ale această acest că care ce cu de din este fi în la lista mai nu pe pentru prin "
    "sau să se sunt un unei unui și",
    "sv": "alla att av de den det där du efter eller en ett från för har hämtar inte kan med när "
    "och om på samt ska skall som till vara vid är",
    "tr": "ait bir bu da daha de değil gibi her için ile ise kadar kullanılır listesi olan olarak "
    "sonra tüm var ve veya ya",
}
"""Articles, pronouns, prepositions, conjunctions, and what summaries of APIs say all the time; no
single letters, for “user's” is English and “s” is Czech."""

_LANGUAGES_OF: dict[str, list[str]] = {}
for _language, _words in _SMALL_WORDS.items():
    for _small_word in _words.split():
        _LANGUAGES_OF.setdefault(_small_word, []).append(_language)

_SCRIPTS = {
    "CYRILLIC": "ru",
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "CJK": "zh",
    "ARABIC": "ar",
    "HEBREW": "he",
    "GREEK": "el",
    "THAI": "th",
    "DEVANAGARI": "hi",
}
"""First words of the names of letters, with the language that is most often written in them."""
_word = re.compile(r"[^\W\d_]{2,}")
_not_prose = re.compile(r"```.*?(?:```|$)|`[^`]*`|<[^<>]*>|https?://\S+", re.DOTALL)


def guess_language(text: str) -> str:
    """The language as ISO 639-1 has it; empty where the text does not tell."""
    prose = _not_prose.sub(" ", text[:_LONGEST])
    return _by_script(prose) or _by_small_words(prose)


def _by_script(text: str) -> str:
    """For texts in another alphabet than the Latin one."""
    if text.isascii():
        return ""
    letters = [letter for letter in text if letter.isalpha()]
    scripts = Counter(
        unicodedata.name(letter, "?").split()[0] for letter in letters if not letter.isascii()
    )
    del scripts["LATIN"]
    if len(letters) < _FEW or scripts.total() < _SCRIPT_SHARE * len(letters):
        return ""
    if scripts["HIRAGANA"] or scripts["KATAKANA"]:
        return "ja"  # whose words are written in Chinese characters for the most part
    return next((_SCRIPTS[name] for name, _ in scripts.most_common() if name in _SCRIPTS), "")


def _by_small_words(text: str) -> str:
    """The language that most of the small words belong to; English where it is one of several.

    One such word alone is too little for another language: “per” and “del” are in English texts.
    """
    counts: Counter[str] = Counter({"en": 0})
    for word in _word.findall(text.lower()):
        counts.update(_LANGUAGES_OF.get(word, ()))
    language, count = counts.most_common(1)[0]
    if counts["en"] == count:
        return "en" if count else ""
    return language if count > 1 else ""
