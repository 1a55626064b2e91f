"""Java as people write it, with OkHttp, the JDK's client and ``HttpURLConnection``."""

from __future__ import annotations

import pytest

from core.parse import parse
from core.parse.call import Parsed
from core.parse.java_function import CONSTRUCTORS, FUNCTIONS
from core.parse.value import Unknown
from core.request import (
    FileBody,
    FormBody,
    JsonBody,
    MultipartBody,
    Part,
    Request,
    TextBody,
    json_body,
)

URL = "https://a.example/c"
JSON = json_body({"a": 1})
GET = Request.from_url("GET", URL)
BASIC = (("Authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),)
OKHTTP = 'Request r = new Request.Builder().url("https://a.example/c")'
JDK = 'var r = HttpRequest.newBuilder(URI.create("https://a.example/c"))'
TEXT_TYPE = 'MediaType.parse("application/json")'


def post(body: object, **more: object) -> Request:
    return Request.from_url("POST", URL, body=body, **more)  # type: ignore[arg-type]


VARIANTS: dict[str, tuple[str, Request]] = {
    "whole class": (
        r"""
package example;
import okhttp3.*;

public class Main {
  private static final String BASE_URL = "https://a.example";
  public static final MediaType JSON = MediaType.get("application/json; charset=utf-8");
  private final OkHttpClient client = new OkHttpClient();

  public static void main(String[] args) throws IOException {
    String json = "{\"a\":" + 1 + '}'; // one
    RequestBody body = RequestBody.create(json, JSON);
    Request request = new Request.Builder()
        .url(BASE_URL + "/c") // where
        .addHeader("X-A", "b")
        .post(body)
        .build();
    try (Response response = client.newCall(request).execute()) {
      System.out.println(response.body().string());
    }
  }
}
""",
        post(
            JsonBody('{"a":1}', "application/json; charset=utf-8"),
            headers=(("X-A", "b"),),
        ),
    ),
    "only built": (OKHTTP + ".build();", GET),
    "enqueued": (
        OKHTTP + ".get().build(); client.newCall(r).enqueue(new Callback() {"
        " public void onFailure(Call c, IOException e) { f(); } });",
        GET,
    ),
    "sent, not the first": (
        'Request q = new Request.Builder().url("https://b.example").build();'
        + OKHTTP
        + ".build(); client.newCall(r).execute(); client.newCall(q).execute();",
        GET,
    ),
    "in a lambda": (
        'pool.submit(() -> { client.send(HttpRequest.newBuilder().uri(URI.create("'
        + URL
        + '")).GET().build(), null); });',
        GET,
    ),
    "empty post": (
        OKHTTP + '.post(RequestBody.create("", null)).build();',
        Request.from_url("POST", URL),
    ),
    "any method": (
        OKHTTP + '.method("DELETE", null).build();',
        Request.from_url("DELETE", URL),
    ),
    "query builder": (
        'HttpUrl.Builder b = HttpUrl.parse("https://a.example").newBuilder();'
        'b.addPathSegment("c"); b.addQueryParameter("q", "x y"); b.addQueryParameter("f", null);'
        "String url = b.build().toString();"
        "Request r = new Request.Builder().url(url).build();",
        Request.from_url("GET", f"{URL}?q=x%20y&f"),
    ),
    "URL from its parts": (
        'HttpUrl url = new HttpUrl.Builder().scheme("http").host("a.example").port(8080)'
        '.addPathSegments("c/d").addQueryParameter("a", "1").setQueryParameter("a", "2").build();'
        "Request r = new Request.Builder().url(url).build();",
        Request.from_url("GET", "http://a.example:8080/c/d?a=2"),
    ),
    "headers": (
        OKHTTP + '.headers(Headers.of("X-A", "1", "X-B", "2")).header("X-C", "3")'
        '.removeHeader("X-B").build();',
        Request.from_url("GET", URL, headers=(("X-A", "1"), ("X-C", "3"))),
    ),
    "credentials": (
        OKHTTP + '.header("Authorization", Credentials.basic("Aladdin", "open sesame")).build();',
        Request.from_url("GET", URL, headers=BASIC),
    ),
    "credentials by hand": (
        'String a = Base64.getEncoder().encodeToString("Aladdin:open sesame".getBytes());'
        + JDK
        + '.header("Authorization", "Basic " + a).build();',
        Request.from_url("GET", URL, headers=BASIC),
    ),
    "form": (
        'RequestBody f = new FormBody.Builder().add("a", "1").add("b", "x y").build();'
        + OKHTTP
        + ".post(f).build();",
        post(FormBody((("a", "1"), ("b", "x y")))),
    ),
    "parts": (
        "RequestBody m = new MultipartBody.Builder().setType(MultipartBody.FORM)"
        '.addFormDataPart("a", "1").addFormDataPart("f", "y.png",'
        ' RequestBody.create(MediaType.parse("image/png"), new File("/tmp/x.png")))'
        '.addPart(Headers.of("Content-Disposition", "form-data; name=\\"j\\""),'
        f' RequestBody.create({TEXT_TYPE}, "{{}}")).build();' + OKHTTP + ".post(m).build();",
        post(
            MultipartBody(
                (
                    Part("a", "1"),
                    Part("f", None, "y.png", "image/png"),
                    Part("j", "{}", None, "application/json"),
                )
            )
        ),
    ),
    "file": (
        OKHTTP + '.post(RequestBody.create(MediaType.parse("image/png"), new File("x.png")));',
        post(FileBody("x.png", "image/png")),
    ),
    "JSON object": (
        'JSONObject o = new JSONObject(); o.put("a", 1); '
        + OKHTTP
        + f".post(RequestBody.create(o.toString(), {TEXT_TYPE})).build();",
        post(JSON),
    ),
    "map": (
        'Map<String, Object> m = new HashMap<>(); m.put("a", 1);'
        + JDK
        + '.header("Content-Type", "application/json")'
        ".POST(BodyPublishers.ofString(new ObjectMapper().writeValueAsString(m))).build();",
        post(JSON),
    ),
    "JDK": (
        JDK + '.headers("X-A", "1", "Content-Type", "application/json")'
        '.timeout(Duration.ofSeconds(9)).method("PATCH", HttpRequest.BodyPublishers'
        '.ofString("{\\"a\\":1}")).build();'
        "client.sendAsync(r, HttpResponse.BodyHandlers.ofString())"
        ".thenApply(HttpResponse::body).thenAccept(System.out::println).join();",
        Request.from_url("PATCH", URL, headers=(("X-A", "1"),), body=JSON),
    ),
    "JDK, no body": (
        JDK + ".POST(HttpRequest.BodyPublishers.noBody()).build();",
        Request.from_url("POST", URL),
    ),
    "text block": (
        'String json = """\n      {\n        "a": "x\\ty",\n'
        '        "b": %d \\\n      }\n      """.formatted(2);'
        + JDK
        + '.header("content-type", "text/plain; v=1").POST(BodyPublishers.ofString(json)).build();',
        post(TextBody('{\n  "a": "x\ty",\n  "b": 2 }\n', "text/plain; v=1")),
    ),
    "made URL": (
        'String id = "c"; var r = HttpRequest.newBuilder().uri(new URI(String.format('
        '"https://%s/%s?q=%s", "a.example", id, URLEncoder.encode("x&y", "UTF-8")))).build();',
        Request.from_url("GET", f"{URL}?q=x%26y"),
    ),
    "string builder": (
        'StringBuilder b = new StringBuilder("https://"); b.append("a.example").append("/c");'
        "Request r = new Request.Builder().url(b.toString()).build();",
        GET,
    ),
    "URL connection": (
        'URL url = new URL("https://a.example/c");'
        "HttpURLConnection c = (HttpURLConnection) url.openConnection();"
        'c.setRequestMethod("POST"); c.setRequestProperty("Content-Type", "application/json");'
        'c.setDoOutput(true); String json = "{\\"a\\": 1}";'
        "try (OutputStream os = c.getOutputStream()) {"
        ' byte[] input = json.getBytes("utf-8"); os.write(input, 0, input.length); }'
        "int code = c.getResponseCode();",
        post(JSON),
    ),
    "escapes": (
        r'String u = "https:/\57a.example\u002fc?q=\ud83d\ude00\\u0041";'
        "Request r = new Request.Builder().url(u).build();",
        Request.from_url("GET", f"{URL}?q=\U0001f600\\u0041"),
    ),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_variant_is_read(name: str) -> None:
    code, request = VARIANTS[name]
    assert parse(code, "java") == Parsed(request)


def test_unknown_becomes_a_placeholder() -> None:
    code = (
        'String json = "{\\"name\\":\\"" + name + "\\",\\"age\\":" + age + "}";\n'
        '/* é */ String url = BASE_URL + "/pets/" + pet.getId();\n'
        "Request r = new Request.Builder().url(url)\n"
        f"  .post(RequestBody.create({TEXT_TYPE}, json))\n"
        '  .addHeader("X-Key", System.getenv("API_KEY")).build();\n'
        "client.newCall(r).execute();"
    )
    assert parse(code, "java") == Parsed(
        Request.from_url(
            "POST",
            "https://REPLACE_BASE_URL/pets/REPLACE_getId",
            headers=(("X-Key", "REPLACE_API_KEY"),),
            body=json_body({"name": "REPLACE_name", "age": "REPLACE_age"}),
        ),
        (
            Unknown("name", 1, 32),
            Unknown("age", 1, 55),
            Unknown("BASE_URL", 2, 22),
            Unknown("pet.getId()", 2, 44),
            Unknown('System.getenv("API_KEY")', 5, 23),
        ),
    )


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("class A { int f() { return 1; } }", "No call to a URL was found in this code."),
        ("new Request.Builder().url(url).build();", "(line 1: “url”)"),
        (OKHTTP + ".method(verb, null).build();", "The method is not stated in the code"),
        (OKHTTP + '.header("X", "é").build();', "only visible ASCII"),
    ],
)
def test_reason_says_why_there_is_no_request(code: str, reason: str) -> None:
    parsed = parse(code, "java")
    assert parsed.request is None
    assert reason in parsed.reason


CALLS = [*FUNCTIONS, *[f"new {name}" for name in CONSTRUCTORS]]


@pytest.mark.parametrize("arguments", ["", "null", '"a"', '"a", null', "null, null, x, 1"])
@pytest.mark.parametrize("called", CALLS)
def test_any_arguments_are_survived(called: str, arguments: str) -> None:
    parsed = parse(f"var x = {called}({arguments}).build(); {OKHTTP}.post(x).build();", "java")
    assert parsed.request is None or parsed.request.url == URL
