"""Ruby calls as people write them."""

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
    "get": ("Net::HTTP.get(URI('https://a.example/pets'))", get()),
    "get response": (
        "puts Net::HTTP.get_response(URI.parse('https://a.example/pets')).body",
        get(),
    ),
    "get with headers": (
        "Net::HTTP.get(URI('https://a.example/pets'), { 'Accept' => 'application/json' })",
        get(headers=ACCEPT),
    ),
    "host and path": ("Net::HTTP.get 'a.example', '/pets'", get("http://a.example/pets")),
    "whole program": (
        """
        #!/usr/bin/env ruby
        require 'net/http'
        require 'json'

        BASE = "https://a.example".freeze # the API
        uri = URI("#{BASE}/pets")
        http = Net::HTTP.new(uri.host, uri.port)
        http.use_ssl = true
        request = Net::HTTP::Get.new(uri.request_uri)
        request['Accept'] = 'application/json'
        response = http.request(request)
        puts JSON.parse(response.body) if response.is_a?(Net::HTTPSuccess)
        """,
        get(headers=ACCEPT),
    ),
    "start": (
        """
        uri = URI('https://a.example/pets')
        res = Net::HTTP.start(uri.hostname, uri.port, use_ssl: uri.scheme == 'https') do |http|
          http.request Net::HTTP::Delete.new(uri)
        end
        """,
        request("DELETE"),
    ),
    "verbs of a connection": (
        """
        http = Net::HTTP.start('a.example', 8080) { |h|
          h.get('/pets?limit=10', 'Accept' => 'application/json')
        }
        """,
        get("http://a.example:8080/pets?limit=10", ACCEPT),
    ),
    "post by a connection": (
        """
        http = Net::HTTP.new('a.example', 443)
        http.use_ssl = true
        http.post('/pets', 'name=Rex&note=a+b%26c')
        """,
        post(FORM),
    ),
    "send_request": (
        """
        http = Net::HTTP.new("a.example", 443)
        http.send_request('PUT', '/pets', 'hello', { 'Content-Type' => 'text/plain' })
        """,
        request("PUT", body=TextBody("hello", "text/plain")),
    ),
    "generic request": (
        """
        uri = URI('https://a.example/pets')
        request = Net::HTTPGenericRequest.new('QUERY', true, true, uri, { 'Accept' => 'text/html' })
        request["accept"] = nil.to_s
        request['Accept'] = "application/json"
        """,
        request("QUERY", headers=ACCEPT),
    ),
    "never sent": ('Net::HTTP::Head.new(URI "https://a.example/pets")', request("HEAD")),
    "first of two": (
        """
        Net::HTTP.get URI("https://a.example/pets")
        Net::HTTP.get URI("https://b.example/pets")
        """,
        get(),
    ),
    "encode_www_form": (
        """
        uri = URI("https://a.example/pets")
        params = { :limit => 10 }
        params[:tag] = 'a b'
        uri.query = URI.encode_www_form(params)
        Net::HTTP.get_response(uri)
        """,
        get(QUERY),
    ),
    "lists in a query": (
        """
        query = URI.encode_www_form([["tag", %w[x y]], ["ok", true]])
        Net::HTTP.get(URI("https://a.example/pets?#{query}"))
        """,
        get(f"{URL}?tag=x&tag=y&ok=true"),
    ),
    "encoded component": (
        """
        tag = CGI.escape("a b")
        Net::HTTP.get(URI.parse("https://a.example/pets?limit=%d&tag=%s" % [10, tag]))
        """,
        get(QUERY),
    ),
    "built URI": (
        """
        uri = URI::HTTPS.build(host: "a.example", path: "/pets", query: "limit=10&tag=a%20b")
        Net::HTTP.get(uri)
        """,
        get(QUERY),
    ),
    "joined URI": ('Net::HTTP.get(URI.join("https://a.example/x", "/pets"))', get()),
    "changed URI": (
        """
        uri = URI('http://b.example')
        uri.scheme = 'https'
        uri.host = 'a.example'
        uri.path = '/pets'
        Net::HTTP.get(uri)
        """,
        get(),
    ),
    "sums": (
        """
        base = 'https://' "a.example"
        url = base + '/'
        url += 'pets'
        url << '?limit=10' << "&tag=a%20b"
        Net::HTTP.get(URI(url))
        """,
        get(QUERY),
    ),
    "format": ("Net::HTTP.get(URI(format('https://%s/%s', 'a.example', :pets)))", get()),
    "headers one by one": (
        """
        headers = { Accept: "application/json" }.merge("X-A" => 1)
        req = Net::HTTP::Get.new(URI("https://a.example/pets"), headers)
        { 'X-B' => 'b', 'X-C' => 'c' }.each do |name, value|
          req[name] = value
        end
        req.add_field('X-C', 'd')
        req.delete('x-b')
        """,
        get(headers=(*ACCEPT, ("X-A", "1"), ("X-C", "c, d"))),
    ),
    "tap": (
        """
        uri = URI("https://a.example/pets")
        Net::HTTP::Get.new(uri).tap { |r| r['Accept'] = 'application/json' }
        """,
        get(headers=ACCEPT),
    ),
    "token": (
        """
        token ||= 'abc'
        Net::HTTP.get(URI('https://a.example/pets'), 'Authorization' => "Bearer #{token}")
        """,
        get(headers=TOKEN),
    ),
    "basic": (
        """
        req = Net::HTTP::Get.new(URI("https://a.example/pets"))
        req.basic_auth 'u', 'p'
        """,
        get(headers=BASIC),
    ),
    "basic by hand": (
        """
        req = Net::HTTP::Get.new(URI("https://a.example/pets"))
        req['Authorization'] = 'Basic ' + Base64.strict_encode64("u:p")
        """,
        get(headers=BASIC),
    ),
    "basic by pack": (
        """
        req = Net::HTTP::Get.new(URI("https://a.example/pets"))
        req['Authorization'] = "Basic #{['u:p'].pack('m0')}"
        """,
        get(headers=BASIC),
    ),
    "cookies": (
        """
        req = Net::HTTP::Get.new(URI("https://a.example/pets"))
        req['Cookie'] = ['sid=abc', 'lang=en'].join('; ')
        """,
        get(cookies=(("sid", "abc"), ("lang", "en"))),
    ),
    "to_json": (
        """
        uri = URI('https://a.example/pets')
        headers = { 'Content-Type' => 'application/json' }
        Net::HTTP.post(uri, { name: 'Rex', "age": 3, :ok => true, 'owner' => nil }.to_json, headers)
        """,
        post(JSON),
    ),
    "generate": (
        """
        name = 'Rex'
        req = Net::HTTP::Post.new(URI('https://a.example/pets'))
        req.content_type = 'application/json'
        req.body = JSON.generate({ name:, age: 3, ok: true, **{ owner: nil } })
        """,
        post(JSON),
    ),
    "heredoc": (
        """
        req = Net::HTTP::Post.new(URI('https://a.example/pets'))
        req.content_type = "application/json"
        age = 3
        req.body = <<~JSON
          {
            "name": "Rex", "age": #{age},
            "ok": true, "owner": null
          }
        JSON
        """,
        post(JSON),
    ),
    "heredocs": (
        r"""
        uri = URI('https://a.example/pets')
        Net::HTTP.post(uri, <<~'ONE' + <<-TWO.chomp, { 'Content-Type' => 'text/plain' })
            a#{b}\n
          c
        ONE
        \td#{1}\
        e
          TWO
        """,
        post(TextBody("  a#{b}\\n\nc\n\td1e", "text/plain")),
    ),
    "nested": (
        """
        body = { tags: %w[a b], sizes: [1.5, -2], ids: %i(x y) + [1_000, 0x1f] }
        body[:owners] = [{ id: 1 }]
        body[:owners] << { id: 2 }
        req = Net::HTTP::Post.new(URI('https://a.example/pets'), 'Content-Type': 'application/json')
        req.body = body.compact.to_json
        """,
        post(
            json_body(
                {
                    "tags": ["a", "b"],
                    "sizes": [1.5, -2],
                    "ids": ["x", "y", 1000, 31],
                    "owners": [{"id": 1}, {"id": 2}],
                }
            )
        ),
    ),
    "post_form": (
        "Net::HTTP.post_form(URI('https://a.example/pets'), 'name' => 'Rex', note: 'a b&c')",
        post(FORM),
    ),
    "set_form_data": (
        """
        req = Net::HTTP::Post.new(URI('https://a.example/pets'))
        req.set_form_data({ 'name' => 'Rex', 'note' => 'a b&c' })
        """,
        post(FORM),
    ),
    "form by default": (
        """
        req = Net::HTTP::Post.new(URI('https://a.example/pets'))
        req.body = URI.encode_www_form(name: 'Rex', note: 'a b&c')
        """,
        post(FORM),
    ),
    "set_form": (
        """
        req = Net::HTTP::Post.new(URI('https://a.example/pets'))
        data = [
          ['title', 'Rex'],
          ['photo', File.open('rex.png'), { content_type: 'image/png' }],
          ['scan', File.open('/tmp/x'), { filename: 'scan.pdf' }]
        ]
        req.set_form data, 'multipart/form-data'
        """,
        post(
            MultipartBody(
                (
                    Part("title", "Rex"),
                    Part("photo", None, "rex.png", "image/png"),
                    Part("scan", None, "scan.pdf"),
                )
            )
        ),
    ),
    "multipart by hand": (
        r"""
        BOUNDARY = "AaB03x"
        parts = []
        parts << "--#{BOUNDARY}\r\n"
        parts << "Content-Disposition: form-data; name=\"title\"\r\n\r\nRex\r\n"
        parts << "--#{BOUNDARY}\r\nContent-Disposition: form-data; name=\"photo\"; "
        parts << "filename=\"#{'rex.png'}\"\r\nContent-Type: image/png\r\n\r\n"
        parts << File.read('rex.png')
        parts << "\r\n--#{BOUNDARY}--\r\n"
        req = Net::HTTP::Post.new(URI('https://a.example/pets'))
        req.body = parts.join
        req["Content-Type"] = "multipart/form-data; boundary=#{BOUNDARY}"
        """,
        post(MultipartBody((Part("title", "Rex"), Part("photo", None, "rex.png", "image/png")))),
    ),
    "file": (
        """
        req = Net::HTTP::Put.new(URI('https://a.example/pets'), { 'Content-Type' => 'image/png' })
        req.body_stream = File.open('rex.png', 'rb')
        """,
        request("PUT", body=FileBody("rex.png", "image/png")),
    ),
    "methods": (
        """
        class Client
          def initialize(token, base: 'https://a.example')
            @token, @base = token, base
          end

          def pets(limit = 10, tag:)
            get("/pets", limit: limit, tag: tag)
          end

          private

          def get(path, params)
            uri = URI(@base + path)
            uri.query = URI.encode_www_form(params)
            send_it Net::HTTP::Get.new(uri)
          end

          def send_it(request)
            request['Authorization'] = "Bearer #{@token}"
            Net::HTTP.start(request.uri.host) { |http| http.request(request) }
          end
        end

        client = Client.new('abc')
        puts client.pets(tag: 'a b')
        """,
        get(QUERY, TOKEN),
    ),
    "returned": (
        """
        def url(path)
          return nil if path.empty?
          "https://a.example#{path}"
        end

        def fetch = Net::HTTP.get(URI(url('/pets')))
        """,
        get(),
    ),
    "begin": (
        """
        begin
          res = Net::HTTP.get(URI('https://a.example/pets'))
        rescue StandardError => e
          warn e
        end
        """,
        get(),
    ),
    "quotes": (
        r"""
        uri = URI('https://a.example/pets')
        text = %q(it's \(a "b") + 'c\'d\\e\n' + ?f + %Q{g}
        text += "\u00e9\u{1F600 41}\x41\xc3\xa9\101\e\s\#{x}"
        Net::HTTP.post uri, text, "Content-Type" => "text/plain"
        """,
        post(
            TextBody("it's (a \"b\"c'd\\e\\nfgé\U0001f600AAéA\x1b #{x}", "text/plain"),
        ),
    ),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_variant_is_read(name: str) -> None:
    code, wanted = VARIANTS[name]
    assert parse(block(code), "ruby") == Parsed(wanted)


UNKNOWNS: dict[str, tuple[str, Request]] = {
    "interpolated": (
        'é = 1; Net::HTTP.get(URI("https://a.example/pets/#{«pet.id»}?q=#{«q»}"))',
        get(f"{URL}/REPLACE_id?q=REPLACE_q"),
    ),
    "parameter": (
        """
        def pet(«id»)
          Net::HTTP.get(URI("https://a.example/pets/#{id}"))
        end
        """,
        get(f"{URL}/REPLACE_id"),
    ),
    "base": ('Net::HTTP.get(URI(«base_url» + "/pets"))', get("https://REPLACE_base_url/pets")),
    "environment": (
        """
        req = Net::HTTP::Get.new(URI("https://a.example/pets"))
        req["Authorization"] = "Bearer #{«ENV['API_KEY']»}"
        """,
        get(headers=(("Authorization", "Bearer REPLACE_API_KEY"),)),
    ),
    "json": (
        """
        uri = URI("https://a.example/pets")
        body = { name: «params[:name]», at: [«Time.now»] }
        Net::HTTP.post(uri, body.to_json, "Content-Type" => "application/json")
        """,
        post(json_body({"name": "REPLACE_name", "at": ["REPLACE_now"]})),
    ),
    "whole body": (
        """
        uri = URI("https://a.example/pets")
        Net::HTTP.post(uri, «payload.to_json», "Content-Type" => "application/json")
        """,
        post(json_body("REPLACE_to_json")),
    ),
    "headers": (
        "Net::HTTP.get(URI('https://a.example/pets'), «headers»)",
        get(headers=(("REPLACE_headers", "REPLACE_headers"),)),
    ),
    "block": (
        """
        ids.each do |«id»|
          Net::HTTP.get(URI("https://a.example/pets/#{id}"))
        end
        """,
        get(f"{URL}/REPLACE_id"),
    ),
}


@pytest.mark.parametrize("name", UNKNOWNS)
def test_unknowns_stand_where_the_code_has_them(name: str) -> None:
    marked, wanted = UNKNOWNS[name]
    code, unknowns = unmarked(block(marked))
    assert parse(code, "ruby") == Parsed(wanted, unknowns)


REASONS: dict[str, tuple[str, str]] = {
    "nothing": ("", "No call"),
    "no call": ("require 'net/http'\nx = URI('https://a.example')", "No call"),
    "unknown URL": ("Net::HTTP.get(uri)", "The URL is not stated in the code (line 1: “uri”)"),
    "unknown method": (
        "Net::HTTPGenericRequest.new(verb, false, true, URI('https://a.example/pets'))",
        "The method is not stated",
    ),
    "only a path": ("Net::HTTP::Get.new('/pets')", "not an absolute URL"),
    "endless text": ("a = 'ab'\n" + "a = a + a\n" * 60 + "Net::HTTP.get(URI(a))", "too long"),
    "endless list": ("a = [1]\n" + "a.concat(a)\n" * 60, "too large"),
    "tree without end": ("a = [1]\n" + "a = [a, a]\n" * 60 + "a.to_json", "too large"),
    "holes without end": ("a = x\n" + "a += x\n" * 20_000, "too long"),
    "calls without end": (
        "".join([f"def f{i} = [f{i + 1}, f{i + 1}]\n" for i in range(60)]),
        "No call",
    ),
    "recursion": ("def f(x) = f(x + 'a')\nf('a')", "No call"),
    "deep": ("x = " + "[" * 5000 + "]" * 5000, "nested"),
}


@pytest.mark.parametrize("name", REASONS)
def test_code_without_a_request_is_told_why(name: str) -> None:
    code, reason = REASONS[name]
    found = parse(block(code), "ruby")
    assert found.request is None
    assert reason in found.reason
