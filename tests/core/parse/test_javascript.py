"""Calls in JavaScript as people write them, for browsers and for Node."""

from __future__ import annotations

import pytest

from core.parse import parse
from core.parse.call import Parsed
from core.request import (
    FileBody,
    JsonBody,
    MultipartBody,
    Part,
    Request,
    TextBody,
    json_body,
)
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

PHOTO = MultipartBody((Part("title", "Rex"), Part("photo", None, "rex.png")))

VARIANTS: dict[str, tuple[str, Request]] = {
    "bare": ("fetch('https://a.example/pets')", get()),
    "awaited": ("const r = await fetch(`https://a.example/pets`);", get()),
    "then": (
        """
        fetch("https://a.example/pets") // list them
          .then((response) => response.json())
          .then(data => { console.log(data); fetch("https://b.example"); })
          .catch(console.error);
        """,
        get(),
    ),
    "window": ("window.fetch('https://a.example/pets', {method: 'get'})", get()),
    "first of two": ("fetch('https://a.example/pets'); fetch('https://b.example')", get()),
    "several at once": (
        "await Promise.all([fetch('https://a.example/pets'), fetch('https://b.example')])",
        get(),
    ),
    "in a condition": (
        "if (!(await fetch('https://a.example/pets')).ok) { throw new Error('no'); }",
        get(),
    ),
    "in a called function": (
        """
        async function getPets(limit, { tag = "a b", accept } = {}) {
          const query = `limit=${limit}&tag=${encodeURIComponent(tag)}`;
          const response = await fetch(`${BASE}/pets?${query}`, { headers: { accept } });
          return response.json();
        }
        const BASE = "https://a.example";
        getPets(10, { accept: "application/json" }).then(console.log);
        """,
        get(QUERY, (("accept", "application/json"),)),
    ),
    "in a function that nothing calls": (
        "export default async function handler() { return fetch('https://a.example/pets'); }",
        get(),
    ),
    "in a callback": (
        'button.addEventListener("click", async () => {\n  await fetch("https://a.example/pets");\n});',
        get(),
    ),
    "called at once": ("(async () => { await fetch('https://a.example/pets'); })();", get()),
    "wrapper": (
        """
        const api = (path, options = {}) => fetch("https://a.example" + path, {
          ...options,
          headers: { Accept: "application/json", ...options.headers },
        });
        api("/pets", { method: "POST", headers: { Authorization: "Bearer abc" } });
        """,
        post(headers=ACCEPT + TOKEN),
    ),
    "method of a class": (
        """
        class Pets {
          base = "https://a.example";
          constructor() { this.headers = new Headers({ Accept: "application/json" }); }
          async list() { return fetch(this.base + "/pets", { headers: this.headers }); }
        }
        """,
        get(headers=ACCEPT),
    ),
    "wrapper before what calls it": (
        """
        function request(method, path) {
          return fetch("https://a.example" + path, { method });
        }
        export const addPet = () => request("POST", "/pets");
        """,
        post(),
    ),
    "client": (
        """
        class Client {
          constructor(base, token) {
            this.base = base;
            this.headers = { Authorization: `Bearer ${token}` };
          }
          async request(path, { method = "GET", body } = {}) {
            const options = { method, headers: { ...this.headers } };
            if (body) {
              options.headers["Content-Type"] = "application/json";
              options.body = JSON.stringify(body);
            } else {
              options.headers.Accept = "application/json";
            }
            return fetch(`${this.base}${path}`, options);
          }
          add(pet) {
            return this.request("/pets", { method: "POST", body: pet });
          }
        }
        const client = new Client("https://a.example", "abc");
        await client.add({ name: "Rex", age: 3, ok: true, owner: null });
        """,
        post(JSON, headers=TOKEN),
    ),
    "client that is an object": (
        """
        const client = {
          base: "https://a.example",
          send(path, options = {}) {
            const method = options.body ? "POST" : "GET";
            return fetch(this.base + path, { method, headers: options.headers ?? {} });
          },
          all: function () {
            return this.send("/pets", { headers: { Accept: "application/json" } });
          },
        };
        client.all();
        """,
        get(headers=ACCEPT),
    ),
    "conditions": (
        """
        const limit = 10, tag = "a b", sort = "";
        let url = "https://a.example/pets?limit=" + (limit > 0 && limit || 5 ? limit : 5);
        if (tag !== "") url += "&tag=" + encodeURIComponent(tag);
        if (sort) url += "&sort=" + sort;
        fetch(url, { method: limit === "10" ? "POST" : "GET", ...(!sort && { headers: {} }) });
        """,
        get(QUERY),
    ),
    "changes": (
        """
        const headers = { Accept: "application/json", "X-A": "1", "X-B": "2" };
        delete headers["X-A"];
        delete headers.XC, delete headers["X-B"];
        let limit = 9, page = 0;
        limit++;
        for (let i = page--; i < 3; i++) {
          const method = i ? "POST" : "GET";
          fetch(`https://a.example/pets?limit=${limit}&tag=a%20b`, { headers, method });
        }
        """,
        get(QUERY, ACCEPT),
    ),
    "switch": (
        """
        function address(kind) {
          switch (kind) {
            case "dogs":
              return "https://a.example/dogs";
            case "pets": {
              return "https://a.example/pets";
            }
            default:
              return "https://b.example";
          }
        }
        fetch(address("pets"));
        """,
        get(),
    ),
    "switch that falls through": (
        """
        let method = "GET";
        switch (2) { case 1: method = "PUT"; case 2: case 3: method = "POST"; break; default: x(); }
        fetch("https://a.example/pets", { method });
        """,
        post(),
    ),
    "returned address": (
        """
        function address(path) {
          return `https://a.example${path}`;
        }
        fetch(address("/pets"));
        """,
        get(),
    ),
    "options in variables": (
        """
        let url = 'https://a.example';
        url += '/pets';
        const headers = {};
        headers['Accept'] = 'application/json';
        headers.Authorization = "Bearer " + 'abc';
        const options = { headers };
        options.method = "DELETE";
        fetch(url, options);
        """,
        request("DELETE", headers=ACCEPT + TOKEN),
    ),
    "headers object": (
        """
        const headers = new Headers();
        headers.append("Accept", "text/html");
        headers.set("accept", "application/json");
        headers.append('Authorization', `Bearer ${"abc"}`);
        headers.append("X-A", 1);
        headers.delete("x-a");
        fetch("https://a.example/pets", { headers });
        """,
        get(headers=(("accept", "application/json"), *TOKEN)),
    ),
    "headers as pairs": (
        "fetch('https://a.example/pets', {headers: [['Accept', 'application/json']]})",
        get(headers=ACCEPT),
    ),
    "repeated headers": (
        "fetch('https://a.example/pets', {headers: [['A', '1'], ['a', '2']]})",
        get(headers=(("A", "1, 2"),)),
    ),
    "request object": (
        """
        const request = new Request("https://a.example/pets", { method: "POST", headers: {} });
        await fetch(request, { headers: { Accept: "application/json" } });
        """,
        post(headers=ACCEPT),
    ),
    "basic credentials": (
        "fetch('https://a.example/pets', {headers: {Authorization: 'Basic ' + btoa('u:p')}})",
        get(headers=BASIC),
    ),
    "basic credentials in Node": (
        "const auth = Buffer.from(`${'u'}:p`).toString('base64');\n"
        "fetch('https://a.example/pets', {headers: {Authorization: `Basic ${auth}`}})",
        get(headers=BASIC),
    ),
    "cookies": (
        "fetch('https://a.example/pets', {headers: {Cookie: 'a=1; b=2'}, credentials: 'include'})",
        get(cookies=(("a", "1"), ("b", "2"))),
    ),
    "URL object": (
        """
        const url = new URL("/pets?limit=5#top", "https://a.example/v1/");
        url.searchParams.set("limit", 10);
        url.searchParams.append("tag", "a b");
        fetch(url);
        """,
        get(QUERY),
    ),
    "URL object by its path": (
        "const url = new URL('https://a.example/x'); url.pathname = '/pets';\n"
        "url.search = new URLSearchParams({limit: 10, tag: 'a b'}).toString();\nfetch(url.href)",
        get(QUERY),
    ),
    "URL relative to a folder": (
        "fetch(new URL('pets', 'https://a.example/v1/').toString())",
        get("https://a.example/v1/pets"),
    ),
    "search params": (
        "const params = new URLSearchParams({ limit: 10, tag: 'a b' });\n"
        "fetch(`https://a.example/pets?${params}`)",
        get(QUERY),
    ),
    "search params from a text": (
        "const params = new URLSearchParams('?limit=10');\nparams.append('tag', 'a b');\n"
        "fetch('https://a.example/pets?' + params.toString())",
        get(QUERY),
    ),
    "search params in loops": (
        """
        const url = new URL("https://a.example/pets");
        Object.keys({ limit: 10 }).forEach(key => url.searchParams.append(key, { limit: 10 }[key]));
        for (const [key, value] of Object.entries({ tag: "a b" })) {
          url.searchParams.append(key, value);
        }
        fetch(url);
        """,
        get(QUERY),
    ),
    "query by hand": (
        """
        const query = Object.entries({ limit: 10, tag: "a b" })
          .map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
          .join("&");
        fetch("https://a.example/pets?".concat(query));
        """,
        get(QUERY),
    ),
    "address from a template": (
        "fetch('https://a.example/{what}'.replace('{what}', 'pets'))",
        get(),
    ),
    "JSON": (
        """
        const pet = { name: 'Rex', "age": 3, ok: true, owner: null, none: undefined };
        fetch("https://a.example/pets", {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify(pet, null, 2),
        });
        """,
        post(JSON),
    ),
    "JSON as text": (
        """
        fetch("https://a.example/pets", {
          method: "post",
          body: '{"name": "Rex", ' + "\\"age\\": 3" + `, "ok": true, "owner": null}`,
          headers: { "content-type": "application/json" },
        });
        """,
        post(JSON),
    ),
    "JSON in JavaScript's order": (
        "fetch('https://a.example/pets', {method: 'POST', body: JSON.stringify({b: -1, 10: 1e3, 2: "
        "0x1F, ['x' + 1]: .5, __proto__: 1, huge: 12345678901234567890, list: [...[1], []]}),\n"
        "headers: {'Content-Type': 'application/json'}})",
        post(
            JsonBody(
                '{"2":31,"10":1000,"b":-1,"x1":0.5,"huge":12345678901234567000,"list":[1,[]]}'
            )
        ),
    ),
    "text without a type": (
        "fetch('https://a.example/pets', {method: 'PUT', body: 'one\\\n two\\u{1F600}'})",
        request("PUT", body=TextBody("one two\U0001f600", "text/plain;charset=UTF-8")),
    ),
    "object that nobody turned into JSON": (
        "fetch('https://a.example/pets', {method: 'POST', body: {name: 'Rex'}})",
        post(TextBody("[object Object]", "text/plain;charset=UTF-8")),
    ),
    "form": (
        "fetch('https://a.example/pets', {method: 'POST',\n"
        "  body: new URLSearchParams({name: 'Rex', note: 'a b&c'})})",
        post(FORM),
    ),
    "form in steps": (
        """
        const form = new URLSearchParams();
        form.append("name", "Rex");
        form.append("note", "a b&c");
        fetch("https://a.example/pets", {
          method: "POST",
          headers: { "Content-Type": "application/x-www-form-urlencoded" },
          body: form.toString(),
        });
        """,
        post(FORM),
    ),
    "multipart": (
        """
        const input = document.querySelector('input[type="file"]');
        const form = new FormData();
        form.append("title", "Rex");
        form.append("photo", input.files[0], "rex.png");
        fetch("https://a.example/pets", { method: "POST", body: form });
        """,
        post(PHOTO),
    ),
    "multipart in Node": (
        """
        import { readFileSync } from "fs";
        const form = new FormData();
        form.set("title", "x");
        form.set("title", "Rex");
        form.set("photo", new File([readFileSync("./in/rex.png")], "rex.png"));
        await fetch("https://a.example/pets", { method: "POST", body: form });
        """,
        post(PHOTO),
    ),
    "multipart with the form-data package": (
        """
        const fetch = require('node-fetch');
        const FormData = require('form-data');
        const fs = require('fs'), path = require('path');
        const form = new FormData();
        form.append('title', 'Rex');
        form.append('photo', fs.createReadStream(path.join(__dirname, 'in', 'rex.png')), {
          filename: 'rex.png',
          contentType: 'image/png'
        });
        fetch('https://a.example/pets', { method: 'POST', body: form, headers: form.getHeaders() });
        """,
        post(MultipartBody((Part("title", "Rex"), Part("photo", None, "rex.png", "image/png")))),
    ),
    "multipart with a JSON part": (
        "const form = new FormData();\nconst json = JSON.stringify({a: 1});\n"
        "form.append('meta', new Blob([json], {type: 'application/json'}));\n"
        "fetch('https://a.example/pets', {method: 'POST', body: form})",
        post(MultipartBody((Part("meta", '{"a":1}', None, "application/json"),))),
    ),
    "file": (
        "import fs from 'node:fs';\nawait fetch('https://a.example/pets', {method: 'PUT', "
        "body: fs.createReadStream('rex.png'), duplex: 'half'})",
        request("PUT", body=FileBody("rex.png")),
    ),
    "file with its own type": (
        "fetch('https://a.example/pets', {method: 'PUT', "
        "body: new File([data.files[0]], 'rex.png', {type: 'image/png'})})",
        request("PUT", body=FileBody("rex.png", "image/png")),
    ),
    "XMLHttpRequest": (
        """
        var xhr = new XMLHttpRequest();
        xhr.onload = function () { console.log(this.responseText); };
        xhr.open('POST', 'https://a.example/pets', true);
        xhr.setRequestHeader('Accept', 'application/json');
        xhr.setRequestHeader('Content-Type', 'application/json;charset=UTF-8');
        xhr.send(JSON.stringify({a: 1}));
        """,
        post(json_body({"a": 1}, "application/json;charset=UTF-8"), headers=ACCEPT),
    ),
    "XMLHttpRequest without a body": (
        "const xhr = new XMLHttpRequest(); xhr.open('GET', 'https://a.example/pets'); xhr.send();",
        get(),
    ),
    "https": (
        """
        const https = require('https');
        const data = JSON.stringify({ name: 'Rex', age: 3, ok: true, owner: null });
        const options = {
          hostname: 'a.example',
          port: 443,
          path: '/pets',
          method: 'POST',
          headers: {
            'Content-Type': 'application/json',
            'Content-Length': data.length,
          },
        };
        const req = https.request(options, (res) => {
          res.on('data', (d) => process.stdout.write(d));
        });
        req.on('error', console.error);
        req.setHeader('Accept', 'application/json');
        req.write(data);
        req.end();
        """,
        post(JSON, headers=ACCEPT),
    ),
    "http in a promise": (
        """
        import http from "node:http";
        const body = await new Promise((resolve, reject) => {
          http.request("http://localhost:8080/pets", { method: "PUT" }, resolve).end("Rex");
        });
        """,
        request("PUT", "http://localhost:8080/pets", body=TextBody("Rex", "text/plain")),
    ),
    "http by its parts": (
        "const http = require('http');\nconst req = http.request({method: 'POST', "
        "hostname: 'a.example', port: null, path: '/pets', headers: {}}, function (res) {});\n"
        "req.write(require('querystring').stringify({name: 'Rex'})); req.end();",
        post(TextBody("name=Rex", "text/plain"), "http://a.example/pets"),
    ),
    "https.get": ("require('https').get('https://a.example/pets', res => res.pipe(out))", get()),
    "request": ("const request = require('request');\nrequest('https://a.example/pets')", get()),
    "request with qs": (
        "const rp = require('request-promise');\n"
        "rp({uri: '/pets', baseUrl: 'https://a.example', qs: {limit: 10, tag: 'a b'}, json: true})",
        get(QUERY),
    ),
    "request with nested qs": (
        "request.get({url: 'https://a.example/pets', qs: {ids: [1, 2], a: {b: ''}}}, callback)",
        get(f"{URL}?ids%5B0%5D=1&ids%5B1%5D=2&a%5Bb%5D="),
    ),
    "request with JSON": (
        "request.post('https://a.example/pets', {json: "
        "{name: 'Rex', age: 3, ok: true, owner: null}}, (error, response, body) => {});",
        post(JSON),
    ),
    "request with a form": (
        "request.post({url: 'https://a.example/pets', form: {name: 'Rex', note: 'a b&c'}})",
        post(FORM),
    ),
    "request with a form's text": (
        "request({url: 'https://a.example/pets', method: 'POST', form: 'name=Rex&note=a+b%26c'})",
        post(FORM),
    ),
    "request with form data": (
        "request.post({url: 'https://a.example/pets', formData: {title: 'Rex', photo: "
        "{value: fs.createReadStream('/in/x.png'), options: {filename: 'rex.png'}}}})",
        post(PHOTO),
    ),
    "request with credentials": (
        "request.get('https://a.example/pets', {auth: {user: 'u', pass: 'p'}})",
        get(headers=BASIC),
    ),
    "request with a bearer": (
        "request.get('https://a.example/pets', {auth: {bearer: 'abc'}})",
        get(headers=TOKEN),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", VARIANTS)
def test_variant_is_read(name: str) -> None:
    code, wanted = VARIANTS[name]
    assert parse(block(code), "javascript") == Parsed(wanted)


HOLES: dict[str, tuple[str, Request]] = {
    "header": (
        "/* é */ fetch('https://a.example/pets', {headers: {Authorization: `Bearer ${«token»}`}})",
        get(headers=(("Authorization", "Bearer REPLACE_token"),)),
    ),
    "environment": (
        "const { API_KEY } = process.env;\nfetch('https://a.example/pets', {headers: {\n"
        "  'X-Key': «process.env.API_KEY» ?? 'none', 'X-Other': «getKey()»}})",
        get(headers=(("X-Key", "REPLACE_API_KEY"), ("X-Other", "REPLACE_getKey"))),
    ),
    "beginning of the URL": (
        "fetch(`${«BASE_URL»}/pets/${«id»}`)",
        get("https://REPLACE_BASE_URL/pets/REPLACE_id"),
    ),
    "parameter": (
        "async function get(«id», limit = 10) {\n"
        "  await fetch('https://a.example/pets/' + id + `?limit=${limit}`);\n}",
        get("https://a.example/pets/REPLACE_id?limit=10"),
    ),
    "JSON": (
        """
        fetch("https://a.example/pets", {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify({ name: «name», at: «new Date()», note: `a "${«note»}"` }),
        });
        """,
        post(json_body({"name": "REPLACE_name", "at": "REPLACE_Date", "note": 'a "REPLACE_note"'})),
    ),
    "whole body": (
        "const send = («pet») => fetch('https://a.example/pets', {method: 'POST',\n"
        "  body: JSON.stringify(pet), headers: {'Content-Type': 'application/json'}});",
        post(JsonBody('"REPLACE_pet"')),
    ),
    "headers that are added": (
        "fetch('https://a.example/pets', {headers: {...«defaults», Accept: 'application/json'}})",
        get(headers=(("REPLACE_defaults", "REPLACE_defaults"), *ACCEPT)),
    ),
    "condition": (
        "fetch(`https://a.example/pets?limit=${«all ? 100 : 10»}`)",
        get(f"{URL}?limit=REPLACE_all"),
    ),
    "file": (
        "const form = new FormData();\nform.append('photo', «input.files[0]»);\n"
        "fetch('https://a.example/pets', {method: 'POST', body: form})",
        post(MultipartBody((Part("photo", None, "REPLACE_files"),))),
    ),
    "query": (
        "fetch('https://a.example/pets?' + new URLSearchParams({limit: «limit», tag: 'a b'}))",
        get(f"{URL}?limit=REPLACE_limit&tag=a%20b"),
    ),
    "changed list": (
        "const ids = [2, 1];\n«ids.sort()»;\nfetch('https://a.example/pets?ids=' + ids.join())",
        get(f"{URL}?ids=REPLACE_sort"),
    ),
    "recursion": (
        "const f = (n) => «f(n)»;\nfetch('https://a.example/pets?limit=' + f(1))",
        get(f"{URL}?limit=REPLACE_n"),
    ),
}


@pytest.mark.parametrize("name", HOLES)
def test_unknown_becomes_a_placeholder(name: str) -> None:
    code, unknowns = unmarked(block(HOLES[name][0]))
    assert parse(code, "javascript") == Parsed(HOLES[name][1], unknowns)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("", "No call to a URL was found in this code."),
        ("console.log('https://a.example')", "No call to a URL was found in this code."),
        ("fetch()", "No call to a URL was found in this code."),
        ("function fetch() {}\nfetch('https://a.example')", "No call to a URL was found"),
        ("api.fetch('https://a.example')", "No call to a URL was found in this code."),
        ("fetch(url)", "The URL is not stated in the code (line 1: “url”)."),
        ("fetch('https://a.example', options)", "The method is not stated in the code (line 1"),
        ("fetch('/pets')", "it must begin with https:// or http://"),
        (
            "fetch('https://a.example',\n  {method: })",
            "This is not JavaScript: see line 2, column ",
        ),
        ("fetch('https://a.example', {headers: {'X': 'é'}})", "only visible ASCII"),
        ("const a = [];\na.push(a, a);\nfetch('https://a.example/' + JSON.stringify(a))", "large"),
        ("let a = 'a';\n" + "a += a;\n" * 40 + "fetch(a)", "too long"),
        ("let a = [1];\n" + "a = [...a, ...a];\n" * 40 + "fetch(a)", "too long"),
        ("x(" * 2000 + "fetch(a)" + ")" * 2000, "nested too deeply"),
        ("for (const a of [1, 2]) " * 20 + "x()", "too many steps"),
    ],
)
def test_reason_says_why_there_is_no_request(code: str, reason: str) -> None:
    parsed = parse(code, "javascript")
    assert parsed.request is None
    assert reason in parsed.reason


def test_node_is_read_like_javascript() -> None:
    assert parse("fetch('https://a.example/pets')", "node") == Parsed(get())
