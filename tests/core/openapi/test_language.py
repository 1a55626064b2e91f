"""Languages of summaries: enough is told, too little says nothing, English is never suspected."""

from __future__ import annotations

import pytest

from core.openapi.language import guess_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Returns all the pets that are for sale", "en"),
        ("Gets a server's security alert policy.", "en"),
        ("Delete a user's access key", "en"),
        ("Update an existing SKU per del Mar", "en"),
        ("Liste der Räume und ihrer Buchungen", "de"),
        ("Renvoie la liste des utilisateurs de la société", "fr"),
        ("Obtener la lista de los usuarios", "es"),
        ("Retorna os dados do usuário e as suas permissões", "pt"),
        ("Restituisce l'elenco degli utenti con il loro ruolo", "it"),
        ("Geeft een lijst van de gebruikers die actief zijn", "nl"),
        ("Zwraca listę użytkowników, którzy są aktywni lub nie", "pl"),
        ("Hämtar alla användare som inte är aktiva", "sv"),
        ("Mengambil semua data dari pengguna yang aktif", "id"),
        ("Возвращает список пользователей", "ru"),
        ("商品の一覧を取得します", "ja"),
        ("获取用户列表", "zh"),
        ("사용자 목록을 가져옵니다", "ko"),
        ("إرجاع قائمة المستخدمين", "ar"),
        ("Επιστρέφει τους χρήστες", "el"),
        ("GET 用户列表 by id", "zh"),
        ("", ""),
        ("Pet", ""),
        ("Player Season Stats", ""),
        ("Historische Daten", ""),
        ("JWT(sub, pk, devtoken)", ""),
        ("`der die das und`", ""),
        ("<b>und</b> https://example.com/der/die/das", ""),
        ("→ ∞ é", ""),
        ("🐶🐱", ""),
    ],
)
def test_a_text_tells_its_language_or_nothing(text: str, language: str) -> None:
    assert guess_language(text) == language


def test_a_long_text_is_read_to_a_limit() -> None:
    assert guess_language("und der " * 1_000_000) == "de"
