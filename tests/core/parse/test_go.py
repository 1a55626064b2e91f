"""Go calls as people write them."""

from __future__ import annotations

import pytest

from core.parse import parse
from core.parse.call import Parsed
from core.request import FileBody, MultipartBody, Part, Request, TextBody, json_body
from tests.core.parse.wanted import (
    ACCEPT,
    BASIC,
    FORM,
    JSON,
    QUERY,
    TOKEN,
    URL,
    block,
    get,
    post,
    request,
    unmarked,
)

VARIANTS: dict[str, tuple[str, Request]] = {
    "get": ('http.Get("https://a.example/pets")', get()),
    "head": ('http.Head("https://a.example/pets")', request("HEAD")),
    "whole program": (
        """
        package main

        import (
            "fmt"
            "io"
            "net/http"
        )

        const base = "https://a.example"

        func main() {
            resp, err := http.Get(base + `/pets`) // the call
            if err != nil {
                panic(err)
            }
            defer resp.Body.Close()
            body, _ := io.ReadAll(resp.Body)
            fmt.Println(string(body))
        }
        """,
        get(),
    ),
    "in a condition": (
        'if resp, err := http.Get("https://a.example/pets"); err == nil { use(resp) }',
        get(),
    ),
    "in a goroutine": ('go func() { http.Get("https://a.example/pets") }()', get()),
    "in an argument": ('fmt.Println(http.Get("https://a.example/pets"))', get()),
    "in a loop": (
        """
        for _, tag := range []string{"a%20b", "c"} {
            http.Get(fmt.Sprintf("https://a.example/pets?limit=%d&tag=%s", 10, tag))
        }
        """,
        get(QUERY),
    ),
    "first of two": ('http.Get("https://a.example/pets")\nhttp.Get("https://b.example")', get()),
    "client": (
        """
        client := &http.Client{Timeout: 10 * time.Second}
        client.Get("https://a.example/pets")
        """,
        get(),
    ),
    "default client": ('http.DefaultClient.Get("https://a.example/pets")', get()),
    "never sent": ('req, _ := http.NewRequest("GET", "https://a.example/pets", nil)', get()),
    "request": (
        """
        req, err := http.NewRequest("DELETE", "https://a.example/pets", nil)
        resp, err := http.DefaultClient.Do(req)
        """,
        request("DELETE"),
    ),
    "method constant": (
        """
        req, err := http.NewRequestWithContext(ctx, http.MethodPatch, "https://a.example/pets", nil)
        resp, err := (&http.Client{}).Do(req)
        """,
        request("PATCH"),
    ),
    "empty method": ('req, _ := http.NewRequest("", "https://a.example/pets", nil)', get()),
    "headers": (
        """
        req, _ := http.NewRequest("GET", "https://a.example/pets", http.NoBody)
        req.Header.Set("accept", "text/html")
        req.Header.Add("X-Gone", "1")
        req.Header.Del("x-gone")
        req.Header.Set("Accept", "application/json")
        """,
        get(headers=ACCEPT),
    ),
    "header literal": (
        """
        req, _ := http.NewRequest("GET", "https://a.example/pets", nil)
        req.Header = http.Header{"Accept": {"application/json"}}
        req.Header["X-Many"] = []string{"a", "b"}
        req.Host = "b.example"
        """,
        get(headers=(*ACCEPT, ("X-Many", "a, b"), ("Host", "b.example"))),
    ),
    "header map": (
        """
        req, _ := http.NewRequest("GET", "https://a.example/pets", nil)
        for name, value := range map[string]string{"Accept": "application/json", "X-A": "1"} {
            req.Header.Set(name, value)
        }
        for i := 0; i < 3; i++ {
            req.Header.Set("X-B", "2")
        }
        """,
        get(headers=(*ACCEPT, ("X-A", "1"), ("X-B", "2"))),
    ),
    "basic": (
        """
        req, _ := http.NewRequest("GET", "https://a.example/pets", nil)
        req.SetBasicAuth("u", "p")
        """,
        get(headers=BASIC),
    ),
    "basic by hand": (
        """
        req, _ := http.NewRequest("GET", "https://a.example/pets", nil)
        auth := base64.StdEncoding.EncodeToString([]byte("u" + ":" + "p"))
        req.Header.Set("Authorization", "Basic "+auth)
        """,
        get(headers=BASIC),
    ),
    "token": (
        """
        const token = "abc"
        req, _ := http.NewRequest("GET", "https://a.example/pets", nil)
        req.Header.Set("Authorization", fmt.Sprintf("Bearer %s", token))
        """,
        get(headers=TOKEN),
    ),
    "cookies": (
        """
        req, _ := http.NewRequest("GET", "https://a.example/pets", nil)
        req.AddCookie(&http.Cookie{Name: "sid", Value: "abc"})
        req.AddCookie(&http.Cookie{Name: "lang", Value: "en"})
        """,
        get(cookies=(("sid", "abc"), ("lang", "en"))),
    ),
    "query of the request": (
        """
        req, _ := http.NewRequest("GET", "https://a.example/pets?limit=10", nil)
        q := req.URL.Query()
        q.Add("tag", "a b")
        req.URL.RawQuery = q.Encode()
        """,
        get(QUERY),
    ),
    "values": (
        """
        params := url.Values{}
        params.Set("tag", "a b")
        params.Add("limit", strconv.Itoa(10))
        http.Get("https://a.example/pets?" + params.Encode())
        """,
        get(QUERY),
    ),
    "values literal": (
        """
        params := url.Values{"tag": []string{"a b"}, "limit": {"10"}}
        http.Get("https://a.example/pets?" + params.Encode())
        """,
        get(QUERY),
    ),
    "parsed URL": (
        """
        u, err := url.Parse("https://a.example")
        u.Path = "/pets"
        u.RawQuery = "limit=10&tag=" + url.QueryEscape("a b")
        http.Get(u.String())
        """,
        get(QUERY),
    ),
    "URL literal": (
        """
        u := url.URL{Scheme: "https", Host: "a.example", Path: "/pets/50% a/b?"}
        http.Get(u.String())
        """,
        get(f"{URL}/50%25%20a/b%3F"),
    ),
    "joined path": (
        """
        u, _ := url.JoinPath("https://a.example/", "pets", url.PathEscape("a/b"))
        http.Get(u)
        """,
        get(f"{URL}/a%2Fb"),
    ),
    "strings": (
        """
        base := strings.TrimSuffix("https://a.example/", "/")
        http.Get(strings.Join([]string{base, strings.ToLower("PETS")}, "/"))
        """,
        get(),
    ),
    "post": (
        r'http.Post("https://a.example/pets", "text/plain", strings.NewReader("a\x41\u00e9\n"))',
        post(TextBody("aAé\n", "text/plain")),
    ),
    "post form": (
        """
        http.PostForm("https://a.example/pets", url.Values{"name": {"Rex"}, "note": {"a b&c"}})
        """,
        post(FORM),
    ),
    "form text": (
        """
        data := url.Values{}
        data.Set("name", "Rex")
        data.Set("note", "a b&c")
        body := strings.NewReader(data.Encode())
        req, _ := http.NewRequest("POST", "https://a.example/pets", body)
        req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
        """,
        post(FORM),
    ),
    "raw JSON": (
        """
        body := []byte(`{
            "name": "Rex", "age": 3,
            "ok": true, "owner": null
        }`)
        http.Post("https://a.example/pets", "application/json", bytes.NewBuffer(body))
        """,
        post(JSON),
    ),
    "map": (
        """
        payload := map[string]interface{}{"name": "Rex", "age": 3, "ok": true}
        payload["owner"] = nil
        body, err := json.Marshal(payload)
        http.Post("https://a.example/pets", "application/json", bytes.NewReader(body))
        """,
        post(JSON),
    ),
    "nested": (
        """
        body, _ := json.Marshal(gin.H{
            "tags": []string{"a", "b"}, "sizes": []float64{1.5, -2},
            "owners": []map[string]any{{"id": 1}, {"id": 2}},
        })
        http.Post("https://a.example/pets", "application/json", bytes.NewReader(body))
        """,
        post(json_body({"tags": ["a", "b"], "sizes": [1.5, -2], "owners": [{"id": 1}, {"id": 2}]})),
    ),
    "struct": (
        """
        type Pet struct {
            Name   string  `json:"name"`
            Age    int     `json:"age"`
            OK     bool    `json:"ok"`
            Owner  *Person `json:"owner"`
            Note   string  `json:"note,omitempty"`
            Secret string  `json:"-"`
            hidden int
        }

        func main() {
            pet := Pet{Name: "Rex", OK: true}
            pet.Age = 3
            body, _ := json.Marshal(&pet)
            http.Post("https://a.example/pets", "application/json", bytes.NewReader(body))
        }
        """,
        post(JSON),
    ),
    "structs in structs": (
        """
        type Owner struct{ Name string }
        type Pet struct { Owner Owner; Others []Owner }
        var pet Pet
        pet.Others = []Owner{{"Ann"}, {Name: "Bob"}}
        buf := new(bytes.Buffer)
        json.NewEncoder(buf).Encode(pet)
        http.Post("https://a.example/pets", "application/json", buf)
        """,
        post(json_body({"Owner": {"Name": ""}, "Others": [{"Name": "Ann"}, {"Name": "Bob"}]})),
    ),
    "unnamed struct": (
        """
        body, _ := json.Marshal(struct {
            Name string `json:"name"`
        }{"Rex"})
        http.Post("https://a.example/pets", "application/json", bytes.NewReader(body))
        """,
        post(json_body({"name": "Rex"})),
    ),
    "appended": (
        """
        ids := make([]int, 0)
        ids = append(ids, 1, 2)
        m := make(map[string]any)
        m["ids"], m["first"] = ids, ids[0]
        body, _ := json.Marshal(m)
        http.Post("https://a.example/pets", "application/json", bytes.NewReader(body))
        """,
        post(json_body({"ids": [1, 2], "first": 1})),
    ),
    "written": (
        """
        var sb strings.Builder
        sb.WriteString("name=Rex")
        fmt.Fprintf(&sb, "&note=%s", url.QueryEscape("a b&c"))
        http.Post("https://a.example/pets", "application/x-www-form-urlencoded",
            strings.NewReader(sb.String()))
        """,
        post(FORM),
    ),
    "file": (
        """
        file, err := os.Open("rex.png")
        defer file.Close()
        req, _ := http.NewRequest(http.MethodPut, "https://a.example/pets", file)
        req.Header.Set("Content-Type", "image/png")
        """,
        request("PUT", body=FileBody("rex.png", "image/png")),
    ),
    "file read": (
        """
        data, _ := os.ReadFile("rex.png")
        http.Post("https://a.example/pets", "image/png", bytes.NewReader(data))
        """,
        post(FileBody("rex.png", "image/png")),
    ),
    "multipart": (
        """
        var b bytes.Buffer
        w := multipart.NewWriter(&b)
        w.WriteField("title", "Rex")
        file, _ := os.Open("rex.png")
        part, _ := w.CreateFormFile("photo", "rex.png")
        io.Copy(part, file)
        field, _ := w.CreateFormField("note")
        field.Write([]byte("last"))
        w.Close()
        req, _ := http.NewRequest("POST", "https://a.example/pets", &b)
        req.Header.Set("Content-Type", w.FormDataContentType())
        http.DefaultClient.Do(req)
        """,
        post(
            MultipartBody(
                (Part("title", "Rex"), Part("photo", None, "rex.png"), Part("note", "last"))
            )
        ),
    ),
    "multipart with headers": (
        """
        body := &bytes.Buffer{}
        w := multipart.NewWriter(body)
        h := make(textproto.MIMEHeader)
        h.Set("Content-Disposition", `form-data; name="meta"`)
        h.Set("Content-Type", "application/json")
        part, _ := w.CreatePart(h)
        part.Write([]byte("{}"))
        http.Post("https://a.example/pets", w.FormDataContentType(), body)
        """,
        post(MultipartBody((Part("meta", "{}", media_type="application/json"),))),
    ),
    "functions": (
        """
        func main() {
            client := NewClient("https://a.example")
            pets, err := client.Pets(10, "a b")
        }

        type Client struct {
            base string
            http *http.Client
        }

        func NewClient(base string) *Client {
            return &Client{base: base, http: &http.Client{}}
        }

        func (c *Client) Pets(limit int, tag string) ([]Pet, error) {
            req, err := c.newRequest("GET", "/pets")
            if err != nil {
                return nil, err
            }
            q := url.Values{}
            q.Set("limit", fmt.Sprint(limit))
            q.Set("tag", tag)
            req.URL.RawQuery = q.Encode()
            resp, err := c.http.Do(req)
            return nil, err
        }

        func (c *Client) newRequest(method, path string) (*http.Request, error) {
            req, err := http.NewRequest(method, c.base+path, nil)
            if err != nil {
                return nil, err
            }
            req.Header.Set("Accept", "application/json")
            return req, nil
        }
        """,
        get(QUERY, ACCEPT),
    ),
    "request literal": (
        """
        u, _ := url.Parse("https://a.example/pets")
        header := http.Header{"Accept": {"application/json"}}
        body := io.NopCloser(strings.NewReader(""))
        req := &http.Request{Method: "PUT", URL: u, Header: header, Body: body}
        http.DefaultClient.Do(req)
        """,
        request("PUT", headers=ACCEPT),
    ),
    "changed request": (
        """
        req, _ := http.NewRequest("GET", "https://b.example", nil)
        req.Method = "POST"
        req.URL, _ = url.Parse("https://a.example/pets")
        req.Body = ioutil.NopCloser(bytes.NewBufferString("hello"))
        client.Do(req.WithContext(ctx))
        """,
        post(TextBody("hello", "text/plain")),
    ),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_variant_is_read(name: str) -> None:
    code, wanted = VARIANTS[name]
    assert parse(block(code), "go") == Parsed(wanted)


UNKNOWNS: dict[str, tuple[str, Request]] = {
    "parameter": (
        """
        func pet(«id» string) {
            http.Get("https://a.example/pets/" + id)
        }
        """,
        get(f"{URL}/REPLACE_id"),
    ),
    "environment": (
        """
        req, _ := http.NewRequest("GET", "https://a.example/pets", nil)
        é := 1; req.Header.Set("Authorization", "Bearer "+«os.Getenv("API_KEY")»)
        """,
        get(headers=(("Authorization", "Bearer REPLACE_API_KEY"),)),
    ),
    "base": ('http.Get(«baseURL» + "/pets")', get("https://REPLACE_baseURL/pets")),
    "format": (
        'http.Get(fmt.Sprintf("https://a.example/pets/%d?q=%v", «id», «f(x)»))',
        get(f"{URL}/REPLACE_id?q=REPLACE_x"),
    ),
    "json": (
        """
        body, _ := json.Marshal(map[string]any{"name": «name», "at": []any{«time.Now()»}})
        http.Post("https://a.example/pets", "application/json", bytes.NewReader(body))
        """,
        post(json_body({"name": "REPLACE_name", "at": ["REPLACE_Now"]})),
    ),
    "whole json": (
        """
        body, _ := json.Marshal(«pet»)
        http.Post("https://a.example/pets", "application/json", bytes.NewReader(body))
        """,
        post(json_body("REPLACE_pet")),
    ),
    "headers": (
        """
        req, _ := http.NewRequest("GET", "https://a.example/pets", nil)
        «req.Header» = makeHeader()
        """,
        get(headers=(("REPLACE_Header", "REPLACE_Header"),)),
    ),
    "loop": (
        """
        for _, «page» := range pages {
            http.Get("https://a.example/pets/" + page)
        }
        """,
        get(f"{URL}/REPLACE_page"),
    ),
    "bytes": (
        r"""
        http.Post("https://a.example/pets", "text/plain", strings.NewReader(«"\xff"»))
        """,
        post(TextBody("REPLACE_xff", "text/plain")),
    ),
}


@pytest.mark.parametrize("name", UNKNOWNS)
def test_unknowns_stand_where_the_code_has_them(name: str) -> None:
    marked, wanted = UNKNOWNS[name]
    code, unknowns = unmarked(block(marked))
    assert parse(code, "go") == Parsed(wanted, unknowns)


REASONS: dict[str, tuple[str, str]] = {
    "nothing": ("", "No call"),
    "no call": ("package main\nfunc main() { x := 1 }", "No call"),
    "unknown URL": ("http.Get(url)", "The URL is not stated in the code (line 1: “url”)"),
    "unknown method": (
        'http.NewRequest(verb, "https://a.example/pets", nil)',
        "The method is not stated",
    ),
    "no absolute URL": ('http.Get("/pets")', "not an absolute URL"),
    "broken": ("x := map[string]{", "No call"),
    "endless text": ('a := "ab"\n' + "a = a + a\n" * 60 + "http.Get(a)", "too long"),
    "tree without end": (
        "a := []any{1}\n" + "a = []any{a, a}\n" * 60 + "b, _ := json.Marshal(a)",
        "too large",
    ),
    "structs without end": (
        "".join([f"type T{i} struct {{ A, B T{i + 1} }}\n" for i in range(60)])
        + "type T60 struct{ A int }\nvar t T0\nb, _ := json.Marshal(t)",
        "too large",
    ),
    "calls without end": (
        "".join([f"func f{i}() {{ f{i + 1}(); f{i + 1}() }}\n" for i in range(60)]),
        "No call",
    ),
    "recursion": ('func f(x string) { f(x + "a") }\nfunc main() { f("a") }', "No call"),
    "deep": ("x := " + "(" * 5000 + ")" * 5000, "nested"),
}


@pytest.mark.parametrize("name", REASONS)
def test_code_without_a_request_is_told_why(name: str) -> None:
    code, reason = REASONS[name]
    found = parse(block(code), "go")
    assert found.request is None
    assert reason in found.reason
