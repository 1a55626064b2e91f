"""libcurl programs as people write them."""

from __future__ import annotations

import pytest

from core.parse import parse
from core.parse.c import FUNCTIONS
from core.parse.call import Parsed
from core.parse.value import Unknown
from core.request import FileBody, FormBody, MultipartBody, Part, Request, json_body

URL = "https://a.example/c"
JSON = json_body({"a": 1})
PERFORM = "curl_easy_perform(curl);"


def option(name: str, value: str) -> str:
    return f"curl_easy_setopt(curl, CURLOPT_{name}, {value});\n"


TO_URL = option("URL", f'"{URL}"')

VARIANTS: dict[str, tuple[str, Request]] = {
    "whole program": (
        r"""
#include <curl/curl.h>
#define API "https://a.example"
#define PATH API "/c"
int main(void) {
  CURL *curl = curl_easy_init();
  struct curl_slist *list = NULL;
  const char *json = "{\"a\":" /* one */
      " 1}";
  if (curl) {
    list = curl_slist_append(list, "Content-Type: application/json");
    list = curl_slist_append(list, "X-Empty;");
    list = curl_slist_append(list, "Accept:");
    curl_easy_setopt(curl, CURLOPT_URL, PATH);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, list);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, json);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)strlen(json));
    CURLcode res = curl_easy_perform(curl);
    if (res != CURLE_OK) fprintf(stderr, "%s\n", curl_easy_strerror(res));
  }
  return 0;
}
""",
        Request.from_url("POST", URL, headers=(("X-Empty", ""),), body=JSON),
    ),
    "get": (TO_URL + PERFORM, Request.from_url("GET", URL)),
    "not performed": (TO_URL, Request.from_url("GET", URL)),
    "performed in a condition": (
        TO_URL + "if ((res = curl_easy_perform(curl)) != CURLE_OK) return 1;",
        Request.from_url("GET", URL),
    ),
    "first of two": (
        TO_URL + PERFORM + option("URL", '"https://b.example"') + PERFORM,
        Request.from_url("GET", URL),
    ),
    "two handles": (
        'curl_easy_setopt(a, CURLOPT_URL, "https://b.example");' + TO_URL + PERFORM,
        Request.from_url("GET", URL),
    ),
    "reset": (
        option("POSTFIELDS", '"a=1"') + "curl_easy_reset(curl);" + TO_URL + PERFORM,
        Request.from_url("GET", URL),
    ),
    "head": (TO_URL + option("NOBODY", "1L") + PERFORM, Request.from_url("HEAD", URL)),
    "back to get": (
        TO_URL + option("POSTFIELDS", '"a=1"') + option("HTTPGET", "1L") + PERFORM,
        Request.from_url("GET", URL),
    ),
    "empty post": (
        TO_URL + option("POST", "1L") + option("POSTFIELDS", '""') + PERFORM,
        Request.from_url("POST", URL),
    ),
    "form": (
        TO_URL + option("COPYPOSTFIELDS", '"a=x+y&b=%C3%A9"') + PERFORM,
        Request.from_url("POST", URL, body=FormBody((("a", "x y"), ("b", "é")))),
    ),
    "other method": (
        TO_URL + option("POSTFIELDS", '"a=1"') + option("CUSTOMREQUEST", '"PATCH"') + PERFORM,
        Request.from_url("PATCH", URL, body=FormBody((("a", "1"),))),
    ),
    "user, cookie, agent": (
        TO_URL
        + option("USERPWD", '"Aladdin:open sesame"')
        + option("COOKIE", '"a=1; b=2"')
        + option("USERAGENT", '"me/1"')
        + PERFORM,
        Request.from_url(
            "GET",
            URL,
            headers=(
                ("User-Agent", "me/1"),
                ("Authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
            ),
            cookies=(("a", "1"), ("b", "2")),
        ),
    ),
    "made texts": (
        'char url[99]; snprintf(url, sizeof(url), "https://%s/%c%%20%03d", "a.example", \'c\', 7);'
        'strcat(url, "?q=");' + option("URL", "url") + PERFORM,
        Request.from_url("GET", f"{URL}%20007?q="),
    ),
    "escaped text": (
        'char *q = curl_easy_escape(curl, "x y", 0);'
        'char url[99]; sprintf(url, "https://a.example/c?q=%s", q);'
        + option("URL", "url")
        + PERFORM,
        Request.from_url("GET", f"{URL}?q=x%20y"),
    ),
    "C++": (
        'std::string base = "https://a.example"; std::string url = base + "/c"; url += "?a=1";'
        + option("URL", "url.c_str()")
        + PERFORM,
        Request.from_url("GET", f"{URL}?a=1"),
    ),
    "escapes": (
        option("URL", r'"https://a.example/\x63?q=\303\251\u00e9\?"') + PERFORM,
        Request.from_url("GET", f"{URL}?q=éé?"),
    ),
    "upload": (
        TO_URL
        + 'FILE *f = fopen("a.png", "rb");'
        + option("UPLOAD", "1L")
        + option("READDATA", "f")
        + PERFORM,
        Request.from_url("PUT", URL, body=FileBody("a.png")),
    ),
    "parts": (
        "mime = curl_mime_init(curl);"
        'part = curl_mime_addpart(mime); curl_mime_data(part, "1", CURL_ZERO_TERMINATED);'
        'curl_mime_name(part, "a");'
        'part = curl_mime_addpart(mime); curl_mime_name(part, "f");'
        'curl_mime_filedata(part, "/tmp/x.png"); curl_mime_filename(part, "y.png");'
        'curl_mime_type(part, "image/png");' + TO_URL + option("MIMEPOST", "mime") + PERFORM,
        Request.from_url(
            "POST",
            URL,
            body=MultipartBody((Part("a", "1"), Part("f", None, "y.png", "image/png"))),
        ),
    ),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_variant_is_read(name: str) -> None:
    code, request = VARIANTS[name]
    assert parse(code, "libcurl") == Parsed(request)


def test_unknown_becomes_a_placeholder() -> None:
    code = (
        'snprintf(auth, 99, "Authorization: Bearer %s", getenv("TOKEN")); /* é */ l = foo(é);\n'
        "curl_easy_setopt(curl, CURLOPT_HTTPHEADER, curl_slist_append(NULL, auth));\n"
        'snprintf(json, 99, "{\\"a\\": %d, \\"b\\": \\"%s\\"}", /* ü */ a, b);\n'
        + option("POSTFIELDS", "json")
        + TO_URL
        + PERFORM
    )
    assert parse(code, "libcurl") == Parsed(
        Request.from_url(
            "POST",
            URL,
            headers=(("Authorization", "Bearer REPLACE_TOKEN"),),
            body=FormBody((('{"a": REPLACE_a, "b": "REPLACE_b"}', ""),)),
        ),
        (
            Unknown('getenv("TOKEN")', 1, 48),
            Unknown("a", 3, 58),
            Unknown("b", 3, 61),
        ),
    )


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("int main(void) { return 0; }", "No call to a URL was found in this code."),
        ("curl_easy_perform(curl);", "No call to a URL was found in this code."),
        (
            option("URL", "argv[1]") + PERFORM,
            "The URL is not stated in the code (line 1: “argv[1]”).",
        ),
        (TO_URL + option("CUSTOMREQUEST", "method") + PERFORM, "The method is not stated"),
        (TO_URL + option("COOKIE", '"a=é"') + PERFORM, "only visible ASCII"),
    ],
)
def test_reason_says_why_there_is_no_request(code: str, reason: str) -> None:
    parsed = parse(code, "libcurl")
    assert parsed.request is None
    assert reason in parsed.reason


@pytest.mark.parametrize("arguments", ["", "0", "a, b", 'a, "b", c, 1'])
@pytest.mark.parametrize("function", FUNCTIONS)
def test_any_arguments_are_survived(function: str, arguments: str) -> None:
    parsed = parse(f"{function}({arguments}); x = {function}({arguments});" + TO_URL, "libcurl")
    assert (parsed.request is None) == bool(parsed.reason)
