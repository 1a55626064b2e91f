"""Python calls as people write them."""

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

VARIANTS: dict[str, tuple[str, Request]] = {
    "bare": ("requests.get('https://a.example/pets')", get()),
    "printed": (
        """
        import requests
        print(requests.get("https://a.example/pets").json()["name"])
        """,
        get(),
    ),
    "asserted": ("assert requests.get('https://a.example/pets').status_code == 200", get()),
    "condition": (
        """
        if requests.get('https://a.example/pets').ok:
            pass
        """,
        get(),
    ),
    "walrus": (
        """
        while (page := requests.get('https://a.example/pets')).ok:
            break
        """,
        get(),
    ),
    "chained": (
        "r = requests.get('https://a.example/pets').raise_for_status().json().get('x')",
        get(),
    ),
    "first of two": (
        """
        requests.get('https://a.example/pets')
        requests.post('https://a.example/pets')
        """,
        get(),
    ),
    "prompt": (
        """
        >>> import requests
        >>> r = requests.get(
        ...     'https://a.example/pets')
        <Response>
        """,
        get(),
    ),
    "indented": ("    import requests\n    requests.get('https://a.example/pets')\n", get()),
    "windows lines": (
        "import requests\r\nurl = 'https://a.example/pets'\r\nrequests.get(url)\r\n",
        get(),
    ),
    "module alias": (
        """
        import requests as r
        r.get('https://a.example/pets')
        """,
        get(),
    ),
    "function alias": (
        """
        from requests import get as g
        g('https://a.example/pets')
        """,
        get(),
    ),
    "request": ("requests.request('get', url='https://a.example/pets')", get()),
    "keywords from a dictionary": (
        """
        options = {'url': 'https://a.example/pets', 'params': {'limit': 10, 'tag': 'a b'}}
        requests.get(**options)
        """,
        get(QUERY),
    ),
    "put": ("requests.put('https://a.example/pets')", request("PUT")),
    "patch": ("requests.patch('https://a.example/pets')", request("PATCH")),
    "delete": ("requests.delete('https://a.example/pets')", request("DELETE")),
    "head": ("requests.head('https://a.example/pets')", request("HEAD")),
    "options": ("requests.options('https://a.example/pets')", request("OPTIONS")),
    "params": (
        "requests.get('https://a.example/pets', params={'limit': 10, 'tag': 'a b'})",
        get(QUERY),
    ),
    "params by position": (
        "requests.get('https://a.example/pets', [('limit', 10), ('tag', 'a b')])",
        get(QUERY),
    ),
    "params as text": (
        "requests.get('https://a.example/pets', params='limit=10&tag=a%20b')",
        get(QUERY),
    ),
    "params behind a query": (
        "requests.get('https://a.example/pets?limit=10', params=dict(tag='a b', none=None))",
        get(QUERY),
    ),
    "params with lists": (
        "requests.get('https://a.example/pets', params={'tag': ['x', 'y'], 'ok': True})",
        get(f"{URL}?tag=x&tag=y&ok=True"),
    ),
    "params set one by one": (
        """
        params = {}
        params['limit'] = 10
        params.update(tag='a b')
        requests.get('https://a.example/pets', params=params)
        """,
        get(QUERY),
    ),
    "urlencode": (
        """
        from urllib.parse import urlencode
        url = 'https://a.example/pets?' + urlencode({'limit': 10, 'tag': 'a b'})
        requests.get(url)
        """,
        get(QUERY),
    ),
    "quote": (
        """
        from urllib import parse
        requests.get(f"https://a.example/pets/{parse.quote('a/b c', safe='')}")
        """,
        get(f"{URL}/a%2Fb%20c"),
    ),
    "json in a parameter": (
        "requests.get('https://a.example/pets', params={'filter': json.dumps({'a': [1, 'é']})})",
        get(f"{URL}?filter=%7B%22a%22%3A%20%5B1%2C%20%22%5Cu00e9%22%5D%7D"),
    ),
    "f-string": (
        """
        base, version = 'https://a.example', 1.5
        requests.get(f'{base}/pets?v={version!s}')
        """,
        get(f"{URL}?v=1.5"),
    ),
    "sums": (
        """
        HOST = 'https://' 'a.example'
        url = HOST + '/'
        url += 'pets'
        requests.get(url)
        """,
        get(),
    ),
    "percent": ("requests.get('https://%s/pets?%02d%%' % ('a.example', 7))", get(f"{URL}?07%25")),
    "format": (
        "requests.get('{}/{n}?{{}}'.format('https://a.example', n='pets'))",
        get(f"{URL}?{{}}"),
    ),
    "join": ("requests.get('/'.join(['https://a.example', 'pets']))", get()),
    "urljoin": (
        """
        from urllib.parse import urljoin
        requests.get(urljoin('https://a.example', '/pets'))
        """,
        get(),
    ),
    "class": (
        """
        class Client:
            base: str = 'https://a.example'
            def __init__(self):
                self.session = requests.Session()
                self.session.headers['Accept'] = 'application/json'
            def pets(self, limit=10, *, tag='a b'):
                return self.session.get(f'{self.base}/pets', params=dict(limit=limit, tag=tag))
        """,
        get(QUERY, ACCEPT),
    ),
    "functions": (
        """
        BASE = 'https://a.example'

        def headers(accept='application/json'):
            if not accept:
                return None
            return {'Accept': accept}

        def pets(limit, *, tag):
            return fetch(BASE + '/pets', params={'limit': limit, 'tag': tag})

        def fetch(url, params):
            return requests.get(url, params=params, headers=headers()).json()

        if __name__ == '__main__':
            print(pets(10, tag='a b'))
        """,
        get(QUERY, ACCEPT),
    ),
    "methods": (
        """
        class Client:
            def __init__(self, token: str, base: str = 'https://a.example'):
                self.base = base
                self.session = requests.Session()
                self.session.headers.update({'Authorization': f'Bearer {token}'})

            def _request(self, method, path, params=None, **kwargs):
                url = f'{self.base}{path}'
                return self.session.request(method, url, params=params, **kwargs)

            def pets(self):
                return self._request('GET', '/pets', headers={'Accept': 'application/json'})

        async def main():
            client = Client('abc')
            await client.pets()

        asyncio.run(main())
        """,
        get(headers=(*TOKEN, *ACCEPT)),
    ),
    "loops": (
        """
        headers = {}
        for name, value in [('Accept', 'application/json'), ('X-A', '1')]:
            headers[name] = value
        for key in {'a': 1}:
            pass
        requests.get('https://a.example/pets', headers=headers)
        """,
        get(headers=(*ACCEPT, ("X-A", "1"))),
    ),
    "try": (
        """
        try:
            r = requests.get('https://a.example/pets')
        except OSError as e:
            print(e)
        """,
        get(),
    ),
    "loop": (
        """
        for tag in ['a b', 'c']:
            requests.get(f'https://a.example/pets?limit=10&tag={tag}')
        """,
        get(QUERY),
    ),
    "headers": (
        """
        headers = {'Accept': 'application/json', 'X-None': None}
        requests.get('https://a.example/pets', headers=headers)
        """,
        get(headers=ACCEPT),
    ),
    "token": (
        """
        TOKEN = 'abc'
        requests.get('https://a.example/pets', headers={'Authorization': 'Bearer ' + TOKEN})
        """,
        get(headers=TOKEN),
    ),
    "auth": ("requests.get('https://a.example/pets', auth=('u', 'p'))", get(headers=BASIC)),
    "auth class": (
        """
        from requests.auth import HTTPBasicAuth
        requests.get('https://a.example/pets', auth=HTTPBasicAuth('u', 'p'))
        """,
        get(headers=BASIC),
    ),
    "auth by hand": (
        """
        import base64
        credentials = base64.b64encode(b'u:p').decode()
        requests.get('https://a.example/pets', headers={'Authorization': f'Basic {credentials}'})
        """,
        get(headers=BASIC),
    ),
    "cookies": (
        "requests.get('https://a.example/pets', cookies={'sid': 'abc'})",
        get(cookies=(("sid", "abc"),)),
    ),
    "cookie header": (
        "requests.get('https://a.example/pets', headers={'cookie': 'sid=abc; lang=en'})",
        get(cookies=(("sid", "abc"), ("lang", "en"))),
    ),
    "session": (
        """
        with requests.Session() as s:
            s.headers.update({'accept': 'text/html'})
            s.params = {'limit': 10}
            s.auth = ('u', 'p')
            s.cookies.set('sid', 'abc')
            headers = {'Accept': 'application/json'}
            s.get('https://a.example/pets', params={'tag': 'a b'}, headers=headers)
        """,
        get(QUERY, (*ACCEPT, *BASIC), (("sid", "abc"),)),
    ),
    "session from elsewhere": (
        """
        def f(session):
            return session.get('https://a.example/pets')
        """,
        get(),
    ),
    "httpx": (
        """
        async with httpx.AsyncClient(base_url='https://a.example/') as client:
            r = await client.get('/pets', params={'limit': 10, 'tag': 'a b'})
        """,
        get(QUERY),
    ),
    "httpx stream": (
        """
        with httpx.stream('GET', 'https://a.example/pets') as r:
            r.read()
        """,
        get(),
    ),
    "aiohttp": (
        """
        async def main():
            async with aiohttp.ClientSession() as s:
                async with s.post('https://a.example/pets', json={'name': 'Rex'}) as r:
                    pass
        """,
        post(json_body({"name": "Rex"})),
    ),
    "json": (
        """
        requests.post(
            'https://a.example/pets',
            json={'name': 'Rex', 'age': 3, 'ok': True, 'owner': None},
        )
        """,
        post(JSON),
    ),
    "json false": ("requests.post('https://a.example/pets', json=False)", post(json_body(False))),
    "json of pieces": (
        """
        data = {'name': 'Rex'}
        data['age'] = 3
        more = {'ok': True}
        requests.post('https://a.example/pets', json={**data, **more, 'owner': None})
        """,
        post(JSON),
    ),
    "json of lists": (
        """
        ids = [1]
        ids.append(2)
        ids.extend([3] + [-4])
        requests.post('https://a.example/pets', json={'ids': ids, 'raw': b'x'} | {'n': 1.0})
        """,
        post(json_body({"ids": [1, 2, 3, -4], "raw": "x", "n": 1})),
    ),
    "json with a hole": (
        "requests.post('https://a.example/pets', json=json.loads('{\"a\": [1, 2]}'))",
        post(json_body({"a": [1, 2]})),
    ),
    "dumps": (
        """
        payload = json.dumps({'name': 'Rex', 'age': 3, 'ok': True, 'owner': None})
        headers = {'Content-Type': 'application/json'}
        requests.post('https://a.example/pets', data=payload, headers=headers)
        """,
        post(JSON),
    ),
    "json text": (
        """
        payload = '''{"name": "Rex",
        "age": 3, "ok": true, "owner": null}'''
        headers = {'content-type': 'application/json'}
        requests.request('POST', 'https://a.example/pets', headers=headers, data=payload)
        """,
        post(JSON),
    ),
    "json of another type": (
        """
        headers = {'Content-Type': 'application/x.y+json'}
        requests.post('https://a.example/pets', json=[1], headers=headers)
        """,
        post(JsonBody("[1]", "application/x.y+json")),
    ),
    "form": (
        "requests.post('https://a.example/pets', data={'name': 'Rex', 'note': 'a b&c'})",
        post(FORM),
    ),
    "form by position": (
        "requests.post('https://a.example/pets', [('name', 'Rex'), ('note', 'a b&c')])",
        post(FORM),
    ),
    "form text": (
        """
        headers = {'Content-Type': 'application/x-www-form-urlencoded'}
        requests.post('https://a.example/pets', data='name=Rex&note=a+b%26c', headers=headers)
        """,
        post(FORM),
    ),
    "text": (
        "requests.post('https://a.example/pets', data='hello')",
        post(TextBody("hello", "text/plain")),
    ),
    "nothing": ("requests.post('https://a.example/pets', data={}, json=None, files=[])", post()),
    "file": (
        """
        with open('rex.png', 'rb') as photo:
            requests.put('https://a.example/pets', data=photo)
        """,
        request("PUT", body=FileBody("rex.png")),
    ),
    "file read": (
        """
        headers = {'Content-Type': 'image/png'}
        photo = Path('rex.png').read_bytes()
        requests.put('https://a.example/pets', data=photo, headers=headers)
        """,
        request("PUT", body=FileBody("rex.png", "image/png")),
    ),
    "files": (
        """
        files = {'photo': open('rex.png', 'rb')}
        requests.post('https://a.example/pets', data={'title': 'Rex'}, files=files)
        """,
        post(MultipartBody((Part("title", "Rex"), Part("photo", None, "rex.png")))),
    ),
    "files with types": (
        """
        files = [
            ('photo', ('rex.png', open('/tmp/x', 'rb'), 'image/png')),
            ('meta', (None, '{}', 'application/json')),
            ('note', 'typed'),
        ]
        requests.post('https://a.example/pets', files=files)
        """,
        post(
            MultipartBody(
                (
                    Part("photo", None, "rex.png", "image/png"),
                    Part("meta", "{}", None, "application/json"),
                    Part("note", None, "note"),
                )
            )
        ),
    ),
    "http.client": (
        """
        import http.client, json
        conn = http.client.HTTPSConnection('a.example', timeout=5)
        headers = {'Content-Type': 'application/json'}
        conn.request('POST', '/pets', body=json.dumps({'name': 'Rex'}), headers=headers)
        print(conn.getresponse().read())
        """,
        post(json_body({"name": "Rex"})),
    ),
    "http.client with a port": (
        """
        from http.client import HTTPConnection
        c = HTTPConnection('localhost', 8080)
        c.request('GET', '/pets')
        """,
        get("http://localhost:8080/pets"),
    ),
    "urlopen": (
        """
        import urllib.request
        urllib.request.urlopen('https://a.example/pets').read()
        """,
        get(),
    ),
    "urllib": (
        """
        from urllib.request import Request, urlopen
        form = urlencode(dict(name='Rex', note='a b&c')).encode()
        r = Request('https://a.example/pets', data=form)
        r.add_header('Accept', 'application/json')
        with urlopen(r) as f:
            pass
        """,
        post(FORM, headers=ACCEPT),
    ),
    "urllib method": (
        """
        r = urllib.request.Request('https://a.example/pets', method='DELETE')
        urllib.request.urlopen(r)
        """,
        request("DELETE"),
    ),
    "urllib attributes": (
        """
        r = urllib.request.Request('https://a.example/pets')
        r.method = 'PUT'
        r.data = b'hello'
        r.headers['Content-Type'] = 'text/plain'
        urllib.request.urlopen(r)
        """,
        request("PUT", body=TextBody("hello", "text/plain")),
    ),
    "escapes": (
        r"requests.post('https://a.example', data='\x41\u00e9\N{BULLET}\101' r'\n' '\t')",
        post(TextBody("Aé•A\\n\t", "text/plain"), "https://a.example"),
    ),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_variant_is_read(name: str) -> None:
    code, wanted = VARIANTS[name]
    assert parse(block(code), "python") == Parsed(wanted)


UNKNOWNS: dict[str, tuple[str, Request]] = {
    "path": (
        """
        def pet(«pet_id»):
            return requests.get(f'https://a.example/pets/{pet_id}')
        """,
        get(f"{URL}/REPLACE_pet_id"),
    ),
    "base": ("requests.get(«BASE_URL» + '/pets')", get("https://REPLACE_BASE_URL/pets")),
    "header": (
        """
        url = 'https://a.example/pets'
        é = 1; requests.get(url, headers={'Authorization': f"Bearer {«os.environ['KEY']»}"})
        """,
        get(headers=(("Authorization", "Bearer REPLACE_KEY"),)),
    ),
    "prompt": (
        """
        >>> a = 1
        >>> requests.get('https://a.example/pets', params={'q': «x.y()»})
        """,
        get(f"{URL}?q=REPLACE_y"),
    ),
    "indented": (
        "    a = 1\n    requests.get('https://a.example/pets', params=«make(a)»)",
        get(f"{URL}?REPLACE_a"),
    ),
    "json": (
        """
        requests.post('https://a.example/pets', json={'name': «name», 'at': [«now(
          'UTC')»], 'id': f'x-{«n»:03}'})
        """,
        post(json_body({"name": "REPLACE_name", "at": ["REPLACE_UTC"], "id": "x-REPLACE_n"})),
    ),
    "whole json": (
        "requests.post('https://a.example/pets', json=«payload»)",
        post(json_body("REPLACE_payload")),
    ),
    "dumps": (
        """
        headers = {'Content-Type': 'application/json'}
        requests.post('https://a.example/pets', data=json.dumps({'name': «name»}), headers=headers)
        """,
        post(json_body({"name": "REPLACE_name"})),
    ),
    "credentials": (
        "requests.get('https://a.example/pets', auth=(«user», 'p'))",
        get(headers=(("Authorization", "Basic REPLACE_user"),)),
    ),
    "credentials from elsewhere": (
        "requests.get('https://a.example/pets', auth=«auth»)",
        get(headers=(("Authorization", "REPLACE_auth"),)),
    ),
    "headers from elsewhere": (
        "requests.get('https://a.example/pets', headers=«make_headers()»)",
        get(headers=(("REPLACE_make_headers", "REPLACE_make_headers"),)),
    ),
    "unpacked": (
        """
        «a», b = pair()
        requests.get(f'https://a.example/pets/{a}')
        """,
        get(f"{URL}/REPLACE_a"),
    ),
    "reassigned": (
        """
        a = 1
        a = «f()»
        requests.get(f'https://a.example/pets/{a}')
        """,
        get(f"{URL}/REPLACE_f"),
    ),
    "loop": (
        """
        for «p» in pages():
            requests.get(f'https://a.example/pets/{p}')
        """,
        get(f"{URL}/REPLACE_p"),
    ),
    "session in text": (
        """
        s = requests.Session()
        requests.get(f'https://a.example/pets/{«s»}')
        """,
        get(f"{URL}/REPLACE_s"),
    ),
}


@pytest.mark.parametrize("name", UNKNOWNS)
def test_unknowns_stand_where_the_code_has_them(name: str) -> None:
    marked, wanted = UNKNOWNS[name]
    code, unknowns = unmarked(block(marked))
    assert parse(code, "python") == Parsed(wanted, unknowns)


REASONS: dict[str, tuple[str, str]] = {
    "nothing": ("", "No call"),
    "no call": (
        """
        import requests
        x = {'a': 1}.get('a')
        """,
        "No call",
    ),
    "no URL": ("requests.get()", "No call"),
    "unknown URL": ("requests.get(url)", "The URL is not stated in the code (line 1: “url”)"),
    "unknown method": (
        "requests.request(verb, 'https://a.example/pets')",
        "The method is not stated",
    ),
    "no Python": ("requests.get(", "This is not Python: line 1"),
    "no URL at all": ("requests.get('/pets')", "not an absolute URL"),
    "header": ("requests.get('https://a.example/pets', headers={'X': 'é'})", "cannot hold"),
    "surrogate": (r"requests.get('https://a.example/pets', params={'a': '\ud800'})", "surrogate"),
    "endless text": ("a = 'ab'\n" + "a = a + a\n" * 60 + "requests.get(a)", "too long"),
    "endless list": (
        "a = [1]\n" + "a = a + a\n" * 60 + "requests.post('https://a.example/pets', json=a)",
        "large",
    ),
    "tree without end": (
        "a = [1]\n"
        + "a = [a, a]\n" * 60
        + "requests.post('https://a.example/pets', data=json.dumps(a))",
        "too large",
    ),
    "deep": ("x = " + "(" * 5000 + ")" * 5000, "Python"),
    "calls without end": (
        "".join([f"def f{i}(): return [f{i + 1}(), f{i + 1}()]\n" for i in range(60)]),
        "No call",
    ),
    "recursion": ("def f(x): f(x + 'a')\nf('a')", "No call"),
    "long chain": ("x = y" + ".a()" * 20_000, "nested"),
}


@pytest.mark.parametrize("name", REASONS)
def test_code_without_a_request_is_told_why(name: str) -> None:
    code, reason = REASONS[name]
    found = parse(block(code), "python")
    assert found.request is None
    assert reason in found.reason


def test_nested_calls_are_made_once() -> None:
    code = "x.get(" * 60 + "requests.get('https://a.example/pets')" + ")" * 60
    assert parse(code, "python") == Parsed(get())
