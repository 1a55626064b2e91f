"""Calls in PHP as people write them."""

from __future__ import annotations

import pytest

from core.parse import parse
from core.parse.call import Parsed
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
    "one by one": (
        """
        <?php
        $ch = curl_init(); // a handle
        curl_setopt($ch, CURLOPT_URL, 'https://a.example/pets');
        curl_setopt($ch, CURLOPT_RETURNTRANSFER, TRUE);
        $response = curl_exec($ch);
        if (curl_errno($ch)) { echo curl_error($ch); }
        curl_close($ch);
        ?>
        """,
        get(),
    ),
    "without a tag": ("$c = curl_init('https://a.example/pets');\necho curl_exec($c);", get()),
    "array": (
        """
        <?php
        $options = array(
            CURLOPT_URL => "https://a.example/pets",
            CURLOPT_CUSTOMREQUEST => strtoupper('delete'),
            CURLOPT_HTTPHEADER => array('Accept: application/json', "Authorization: Bearer abc"),
        );
        $ch = \\curl_init();
        \\curl_setopt_array($ch, $options);
        var_dump(@curl_exec($ch));
        """,
        request("DELETE", headers=ACCEPT + TOKEN),
    ),
    "first of two": (
        """
        <?php
        $a = curl_init('https://a.example/pets');
        $b = curl_init('https://b.example');
        curl_exec($a);
        curl_exec($b);
        """,
        get(),
    ),
    "second that is sent first": (
        "<?php $a = curl_init('https://b.example'); $b = curl_init('https://a.example/pets');\n"
        "curl_exec($b); curl_exec($a);",
        get(),
    ),
    "not sent yet": ("<?php $ch = curl_init('https://a.example/pets');", get()),
    "several at once": (
        "<?php $mh = curl_multi_init(); $ch = curl_init('https://a.example/pets');\n"
        "curl_multi_add_handle($mh, $ch);",
        get(),
    ),
    "reset": (
        "<?php $ch = curl_init('https://b.example'); curl_setopt($ch, CURLOPT_POST, 1);\n"
        "curl_reset($ch); curl_setopt($ch, CURLOPT_URL, 'https://a.example/pets'); curl_exec($ch);",
        get(),
    ),
    "in a text": ("<p>Pets:</p>\n<?= curl_exec(curl_init('https://a.example/pets')) ?>\n", get()),
    "heredoc": (
        """
        <?php
        $name = 'Rex';
        $pet = ['age' => 3];
        $json = <<<JSON
            {
              "name": "{$name}", "age": $pet[age],
              "ok": true, "owner": null
            }
            JSON;
        $ch = curl_init(<<<'URL'
        https://a.example/pets
        URL);
        curl_setopt($ch, CURLOPT_POST, 1);
        curl_setopt($ch, CURLOPT_POSTFIELDS, $json);
        curl_setopt($ch, CURLOPT_HTTPHEADER, ['Content-Type: application/json']);
        curl_exec($ch);
        """,
        post(JSON),
    ),
    "JSON": (
        """
        <?php
        $pet = new stdClass();
        $pet->name = "Rex";
        $pet->age = 1 + 2;
        $pet->ok = true;
        $pet->{'owner'} = null;
        $data = ["name" => "Rex", 'age' => 3];
        $data["ok"] = !false;
        $data['owner'] = NULL;
        $body = json_encode($data, JSON_UNESCAPED_SLASHES | JSON_PRETTY_PRINT);
        $ch = curl_init("https://a.example/pets");
        curl_setopt($ch, CURLOPT_CUSTOMREQUEST, "POST");
        curl_setopt($ch, CURLOPT_POSTFIELDS, $body);
        $headers[] = 'Content-Type: application/json';
        $headers[] = 'Content-Length: ' . strlen($body);
        curl_setopt($ch, CURLOPT_HTTPHEADER, $headers);
        curl_exec($ch);
        """,
        post(JSON),
    ),
    "lists and objects": (
        """
        <?php
        $list = [1, [], ['a' => 1], new stdClass, (object) [], [1 => 'a'], ...[2.0, 1e3, -0x1F]];
        $list[] = 017;
        $copy = $list;
        $copy[] = 'not sent';
        $ch = curl_init('https://a.example/pets');
        curl_setopt_array($ch, [
          CURLOPT_POSTFIELDS => json_encode($list),
          CURLOPT_HTTPHEADER => ['Content-Type: application/json'],
        ]);
        curl_exec($ch);
        """,
        post(JsonBody('[1,[],{"a":1},{},{},{"1":"a"},2,1000,-31,15]')),
    ),
    "form": (
        "<?php $ch = curl_init('https://a.example/pets');\n"
        "curl_setopt($ch, CURLOPT_POSTFIELDS, http_build_query(['name' => 'Rex', 'note' => 'a b&c']"
        "));\ncurl_exec($ch);",
        post(FORM),
    ),
    "nested form": (
        "<?php $ch = curl_init('https://a.example/pets');\ncurl_setopt($ch, CURLOPT_POSTFIELDS, "
        "http_build_query(['ids' => [1, true], 'a' => ['b' => false, 'c' => null]]));\n"
        "curl_exec($ch);",
        post(FormBody((("ids[0]", "1"), ("ids[1]", "1"), ("a[b]", "0")))),
    ),
    "text": (
        "<?php $ch = curl_init('https://a.example/pets');\ncurl_setopt_array($ch, ["
        'CURLOPT_POSTFIELDS => "one\\ttwo \\u{1F600} \\x41\\101 \\xC3\\xA9 \\$x \\q" . PHP_EOL, '
        "CURLOPT_HTTPHEADER => ['content-type: text/plain']]);\ncurl_exec($ch);",
        post(TextBody("one\ttwo \U0001f600 AA é $x \\q\n", "text/plain")),
    ),
    "query": (
        """
        <?php
        $params = ['limit' => 10, 'tag' => 'a b'];
        $url = 'https://a.example/pets' . '?' . http_build_query($params);
        curl_exec(curl_init($url));
        """,
        get(QUERY),
    ),
    "query by hand": (
        """
        <?php
        $base = "https://a.example";
        $query = array();
        foreach (['limit' => 10, 'tag' => 'a b'] as $key => $value) {
            $query[] = "$key=" . urlencode($value);
        }
        $ch = curl_init(sprintf('%s/%s?%s', rtrim("$base/", '/'), 'pets', implode('&', $query)));
        curl_exec($ch);
        """,
        get(QUERY),
    ),
    "headers from an array": (
        """
        <?php
        $headers = ['Accept' => 'application/json', 'Authorization' => 'Bearer abc'];
        $lines = array_map(fn($name) => $name . ': ' . $headers[$name], array_keys($headers));
        $ch = curl_init('https://a.example/pets');
        curl_setopt($ch, CURLOPT_HTTPHEADER, $lines);
        curl_exec($ch);
        """,
        get(headers=ACCEPT + TOKEN),
    ),
    "headers by options": (
        "<?php $ch = curl_init('https://a.example/pets'); curl_setopt_array($ch, ["
        "CURLOPT_USERAGENT => 'me/1', CURLOPT_REFERER => 'r', CURLOPT_COOKIE => 'a=1; b=2', "
        "CURLOPT_USERPWD => 'u:p', CURLOPT_ENCODING => '']); curl_exec($ch);",
        get(
            headers=(("User-Agent", "me/1"), ("Referer", "r"), *BASIC),
            cookies=(("a", "1"), ("b", "2")),
        ),
    ),
    "basic credentials": (
        "<?php $user = ['u' => 'u']; $auth = base64_encode(\"{$user['u']}:\" . ('' ?: 'p'));\n"
        "$ch = curl_init('https://a.example/pets');\n"
        "curl_setopt($ch, CURLOPT_HTTPHEADER, [\"Authorization: Basic $auth\"]); curl_exec($ch);",
        get(headers=BASIC),
    ),
    "multipart": (
        """
        <?php
        $photo = new CURLFile(__DIR__ . '/rex.png');
        $ch = curl_init('https://a.example/pets');
        curl_setopt($ch, CURLOPT_POST, true);
        curl_setopt($ch, CURLOPT_POSTFIELDS, ['title' => 'Rex', 'photo' => $photo]);
        curl_exec($ch);
        """,
        post(PHOTO),
    ),
    "multipart with types": (
        "<?php $ch = curl_init('https://a.example/pets'); curl_setopt($ch, CURLOPT_POSTFIELDS, ["
        "'n' => 1, 'a' => curl_file_create('/in/x.png', 'image/png', 'rex.png'), "
        "'b' => new CURLStringFile('{}', 'b.json', 'application/json')]); curl_exec($ch);",
        post(
            MultipartBody(
                (
                    Part("n", "1"),
                    Part("a", None, "rex.png", "image/png"),
                    Part("b", None, "b.json", "application/json"),
                )
            )
        ),
    ),
    "file": (
        "<?php $ch = curl_init('https://a.example/pets'); $fp = fopen('rex.png', 'rb');\n"
        "curl_setopt($ch, CURLOPT_PUT, true); curl_setopt($ch, CURLOPT_INFILE, $fp);\n"
        "curl_setopt($ch, CURLOPT_INFILESIZE, filesize('rex.png')); curl_exec($ch);",
        request("PUT", body=FileBody("rex.png")),
    ),
    "head": (
        "<?php $ch = curl_init('https://a.example/pets');\n"
        "curl_setopt($ch, CURLOPT_NOBODY, 1); curl_exec($ch);",
        request("HEAD"),
    ),
    "function": (
        """
        <?php
        define('BASE', 'https://a.example');
        function call_api($method, $url, $data = false, array $headers = [])
        {
            $curl = curl_init();
            switch ($method) {
                case "POST":
                    curl_setopt($curl, CURLOPT_POST, 1);
                    if ($data)
                        curl_setopt($curl, CURLOPT_POSTFIELDS, $data);
                    break;
                case "PUT":
                    curl_setopt($curl, CURLOPT_PUT, 1);
                    break;
                default:
                    if ($data)
                        $url = sprintf("%s?%s", $url, http_build_query($data));
            }
            if (!empty($headers)) {
                curl_setopt($curl, CURLOPT_HTTPHEADER, $headers);
            }
            curl_setopt($curl, CURLOPT_URL, $url);
            $result = curl_exec($curl);
            curl_close($curl);
            return $result;
        }
        print_r(json_decode(Call_API("GET", BASE . "/pets", ["limit" => 10, "tag" => "a b"])));
        """,
        get(QUERY),
    ),
    "function that nothing calls": (
        """
        <?php
        namespace App;
        function pets() {
            global $base;
            static $path = '/pets';
            return curl_exec(curl_init($base . $path));
        }
        $base = 'https://a.example';
        """,
        get(),
    ),
    "client": (
        """
        <?php
        class Client {
            const BASE = 'https://a.example';
            private static $accept = 'application/json';
            private array $headers = [];
            public function __construct(private string $token, $base = null) {
                $this->base = $base ?? self::BASE;
                $this->headers[] = 'Accept: ' . self::$accept;
                $this->headers[] = "Authorization: Bearer {$this->token}";
            }
            private function send(string $method, string $path, ?array $data = null) {
                $ch = curl_init($this->base . $path);
                curl_setopt($ch, CURLOPT_CUSTOMREQUEST, $method);
                if ($data !== null) {
                    curl_setopt($ch, CURLOPT_POSTFIELDS, json_encode($data));
                    $this->headers[] = 'Content-Type: application/json';
                } elseif ($method === 'POST') {
                    curl_setopt($ch, CURLOPT_POSTFIELDS, '');
                }
                curl_setopt($ch, CURLOPT_HTTPHEADER, $this->headers);
                return curl_exec($ch);
            }
            public function add(array $pet) { return $this->send('POST', '/pets', $pet); }
        }
        $client = new Client('abc');
        $client->add(['name' => 'Rex', 'age' => 3, 'ok' => true, 'owner' => null]);
        """,
        post(JSON, headers=ACCEPT + TOKEN),
    ),
    "method that nothing calls": (
        """
        <?php
        class Pets {
            protected function send($method, $path) {
                $ch = curl_init("https://a.example$path");
                curl_setopt($ch, CURLOPT_CUSTOMREQUEST, $method);
                return curl_exec($ch);
            }
            public function all() { return $this->send('GET', '/pets'); }
        }
        """,
        get(),
    ),
    "conditions": (
        """
        <?php
        $limit = isset($options['limit']) ? 5 : 10;
        $options = ['tag' => 'a b', 'sort' => ''];
        $limit = isset($options['limit']) && $options['limit'] > 5 ? 5 : 10;
        $tag = $options['tag'] ?? 'x';
        $name ??= $options['name'] ?? 'pets';
        $name = $options['name'] ?? 'pets';
        $url = "https://a.example/$name?limit=${limit}&tag=" . rawurlencode($tag);
        if (empty($options['sort'])): else: $url .= '&sort=' . $options['sort']; endif;
        unset($options['tag']);
        [$first, [$second]] = [$url, ['x']];
        curl_exec(curl_init($first . ($options['tag'] ?? '')));
        """,
        get(QUERY),
    ),
    "changes": (
        """
        <?php
        function prepare() {
            global $base;
            $base .= '/pets';
        }
        $base = 'https://a.example';
        prepare();
        $headers = ['Accept: application/json'];
        array_push($headers, 'Authorization: Bearer abc');
        $limit = 9;
        ++$limit;
        for ($i = 0; $i < 3; $i++) {
            $ch = curl_init("$base?limit=$limit&tag=a%20b" . ($i ? '&i' : ''));
            curl_setopt($ch, CURLOPT_HTTPHEADER, $headers);
            curl_exec($ch);
        }
        """,
        get(QUERY, ACCEPT + TOKEN),
    ),
    "template": (
        "<?php curl_exec(curl_init(str_replace(['{a}', '{b}'], ['pets', 7], "
        "'https://a.example/{a}/{b}')));",
        get(f"{URL}/7"),
    ),
    "stream": (
        """
        <?php
        $context = stream_context_create([
            'http' => [
                'method' => 'POST',
                'header' => "Accept: application/json\\r\\n" .
                            "Content-Type: application/json\\r\\n",
                'content' => json_encode(array_merge(
                    ['name' => 'Rex', 'age' => 2], ['age' => 3, 'ok' => true, 'owner' => null]
                )),
                'ignore_errors' => true,
            ],
        ]);
        $result = file_get_contents('https://a.example/pets', false, $context);
        """,
        post(JSON, headers=ACCEPT),
    ),
    "stream with header lines": (
        "<?php $o = ['http' => ['header' => ['Accept: application/json']]];\n"
        "echo file_get_contents('https://a.example/pets', false, stream_context_create($o));",
        get(headers=ACCEPT),
    ),
    "plain stream": ("<?php $pets = file_get_contents('https://a.example/pets');", get()),
}  # fmt: skip


@pytest.mark.parametrize("name", VARIANTS)
def test_variant_is_read(name: str) -> None:
    code, wanted = VARIANTS[name]
    assert parse(block(code), "php") == Parsed(wanted)


HOLES: dict[str, tuple[str, Request]] = {
    "header": (
        "<?php /* é */ $ch = curl_init('https://a.example/pets');\n"
        'curl_setopt($ch, CURLOPT_HTTPHEADER, ["Authorization: Bearer {«$token»}"]);\n'
        "curl_exec($ch);",
        get(headers=(("Authorization", "Bearer REPLACE_token"),)),
    ),
    "environment": (
        "$key = «getenv('API_KEY')»;\n$ch = curl_init('https://a.example/pets');\n"
        "curl_setopt($ch, CURLOPT_HTTPHEADER, ['X-Key: ' . $key, 'X-B: ' . «$_ENV['OTHER']»]);\n"
        "curl_exec($ch);",
        get(headers=(("X-Key", "REPLACE_API_KEY"), ("X-B", "REPLACE_OTHER"))),
    ),
    "beginning of the URL": (
        "<?php curl_exec(curl_init(«$baseUrl» . '/pets/' . «API_ID»));",
        get("https://REPLACE_baseUrl/pets/REPLACE_API_ID"),
    ),
    "parameters": (
        "<?php function pet(«$id», $limit = 10) {\n"
        '  return curl_exec(curl_init("https://a.example/pets/$id?limit=$limit"));\n}',
        get("https://a.example/pets/REPLACE_id?limit=10"),
    ),
    "JSON": (
        """
        <?php
        $data = ['name' => «$name», 'at' => «time()»];
        $data['note'] = "a \\"{«$note»}\\"";
        $ch = curl_init('https://a.example/pets');
        curl_setopt($ch, CURLOPT_POSTFIELDS, json_encode($data));
        curl_setopt($ch, CURLOPT_HTTPHEADER, ['Content-Type: application/json']);
        curl_exec($ch);
        """,
        post(json_body({"name": "REPLACE_name", "at": "REPLACE_time", "note": 'a "REPLACE_note"'})),
    ),
    "form": (
        "<?php $ch = curl_init('https://a.example/pets');\n"
        "curl_setopt($ch, CURLOPT_POSTFIELDS, http_build_query(['name' => «$_POST['name']»]));\n"
        "curl_exec($ch);",
        post(FormBody((("name", "REPLACE_name"),))),
    ),
    "member of what is not known": (
        "<?php function f(«$data») { $data['b'] = 2;\n"
        "  curl_exec(curl_init('https://a.example/pets?' . http_build_query($data))); }",
        get(f"{URL}?REPLACE_data=REPLACE_data"),
    ),
    "changed array": (
        "<?php $ids = [2, 1]; sort($ids);\n"
        "curl_exec(curl_init('https://a.example/pets?ids=' . «implode(',', $ids)»));",
        get(f"{URL}?ids=REPLACE_ids"),
    ),
    "changed by reference": (
        "<?php function add(&$ids) { $ids .= ',3'; }\n$ids = '1,2'; add(«$ids»);\n"
        "curl_exec(curl_init('https://a.example/pets?ids=' . $ids));",
        get(f"{URL}?ids=REPLACE_ids"),
    ),
    "condition": (
        '<?php $limit = «$all ? 100 : 10»;\ncurl_exec(curl_init("https://a.example/pets?n=$limit"));',
        get(f"{URL}?n=REPLACE_all"),
    ),
    "returned in doubt": (
        "<?php function n($x) { if (rand() > 0.5) { return 1; } return 2; }\n"
        "curl_exec(curl_init('https://a.example/pets?n=' . «n(1)»));",
        get(f"{URL}?n=REPLACE_n"),
    ),
}


@pytest.mark.parametrize("name", HOLES)
def test_unknown_becomes_a_placeholder(name: str) -> None:
    code, unknowns = unmarked(block(HOLES[name][0]))
    assert parse(code, "php") == Parsed(HOLES[name][1], unknowns)


DOUBLED = "$a = new stdClass; " + "$b = $a; $a = new stdClass; $a->x = $b; $a->y = $b; " * 40


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("", "No call to a URL was found in this code."),
        ("<?php echo 'https://a.example';", "No call to a URL was found in this code."),
        ("<?php curl_exec(curl_init());", "No call to a URL was found in this code."),
        ("<?php echo file_get_contents('pets.json');", "No call to a URL was found"),
        ("curl_exec(curl_init($url));", "The URL is not stated in the code (line 1: “$url”)."),
        (
            "<?php\n$c = curl_init('https://a.example');\n"
            "curl_setopt($c, CURLOPT_CUSTOMREQUEST, $method);\ncurl_exec($c);",
            "The method is not stated in the code (line 3",
        ),
        ("<?php\ncurl_exec(curl_init('https://a.example')", "This is not PHP: see line "),
        ("<?php curl_exec(curl_init('ftp://a.example'));", "it takes https:// or http://"),
        ("<?php $a = 'ab'; " + "$a .= $a; " * 40, "too long"),
        ("<?php $a = [1]; " + "$a = array_merge($a, $a); " * 40, "too long"),
        (f"<?php {DOUBLED} echo json_encode($a);", "too large"),
        ("<?php $a = new stdClass; $a->a = $a; json_encode($a);", "nested too deeply"),
        ("<?php " + "foreach ([1, 2] as $a) " * 20 + "x();", "too many steps"),
    ],
)  # fmt: skip
def test_reason_says_why_there_is_no_request(code: str, reason: str) -> None:
    parsed = parse(code, "php")
    assert parsed.request is None
    assert reason in parsed.reason
