"""Swift calls as people write them."""

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
    "data from": (
        'let (data, _) = try await URLSession.shared.data(from: URL(string: "https://a.example/pets")!)',
        get(),
    ),
    "task": (
        """
        import Foundation

        let url = URL(string: "https://a.example/pets")! // the pets
        let task = URLSession.shared.dataTask(with: url) { data, response, error in
            if let error = error { print(error); return }
            URLSession.shared.dataTask(with: URL(string: "https://b.example")!).resume()
        }
        task.resume()
        """,
        get(),
    ),
    "never sent": (
        """
        var request = URLRequest(url: URL(string: "https://a.example/pets")!, timeoutInterval: 5)
        request.httpMethod = "HEAD"
        """,
        request("HEAD"),
    ),
    "guarded": (
        """
        guard let url = URL(string: "https://a.example/pets") else {
            fatalError("no URL")
        }
        var request = URLRequest(url: url)
        request.httpMethod = "DELETE"
        let (data, response) = try await session.data(for: request)
        """,
        request("DELETE"),
    ),
    "condition": (
        """
        let token: String? = nil
        var request = URLRequest(url: URL(string: "https://a.example/pets")!)
        if let token { request.setValue("Bearer \\(token)", forHTTPHeaderField: "Authorization") }
        if token != nil { request.httpMethod = "POST" } else { request.httpMethod = "PUT" }
        """,
        request("PUT"),
    ),
    "first of two": (
        """
        let a = try await URLSession.shared.data(from: URL(string: "https://a.example/pets")!)
        let b = try await URLSession.shared.data(from: URL(string: "https://b.example/pets")!)
        """,
        get(),
    ),
    "headers": (
        """
        var request = URLRequest(url: URL(string: "https://a.example/pets")!)
        request.setValue("text/html", forHTTPHeaderField: "accept")
        request.addValue("a", forHTTPHeaderField: "X-Many")
        request.addValue("b", forHTTPHeaderField: "x-many")
        request.setValue("application/json", forHTTPHeaderField: "Accept")
        """,
        get(headers=(*ACCEPT, ("X-Many", "a, b"))),
    ),
    "all headers": (
        """
        var headers: [String: String] = [:]
        headers["Accept"] = "application/json"
        var request = URLRequest(url: URL(string: "https://a.example/pets")!)
        request.allHTTPHeaderFields = headers
        for (name, value) in ["X-A": "1", "X-B": "2"] {
            request.setValue(value, forHTTPHeaderField: name)
        }
        """,
        get(headers=(*ACCEPT, ("X-A", "1"), ("X-B", "2"))),
    ),
    "token": (
        r"""
        let token = "abc"
        var request = URLRequest(url: URL(string: "https://a.example/pets")!)
        request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization")
        """,
        get(headers=TOKEN),
    ),
    "basic": (
        r"""
        let credentials = "\("u"):\( "p" )".data(using: .utf8)!.base64EncodedString()
        var request = URLRequest(url: URL(string: "https://a.example/pets")!)
        request.setValue("Basic " + credentials, forHTTPHeaderField: "Authorization")
        """,
        get(headers=BASIC),
    ),
    "cookies": (
        """
        var request = URLRequest(url: URL(string: "https://a.example/pets")!)
        request.setValue("sid=abc; lang=en", forHTTPHeaderField: "Cookie")
        """,
        get(cookies=(("sid", "abc"), ("lang", "en"))),
    ),
    "components": (
        """
        var components = URLComponents(string: "https://a.example/pets")!
        components.queryItems = [
            URLQueryItem(name: "limit", value: String(10)),
            URLQueryItem(name: "tag", value: "a b"),
        ]
        let (data, _) = try await URLSession.shared.data(from: components.url!)
        """,
        get(QUERY),
    ),
    "components of parts": (
        """
        var components = URLComponents()
        components.scheme = "https"
        components.host = "a.example"
        components.path = "/pets"
        let items = ["limit": "10", "tag": "a b"]
        components.queryItems = items.map { URLQueryItem(name: $0, value: $1) }
        components.queryItems?.append(URLQueryItem(name: "flag", value: nil))
        let request = URLRequest(url: components.url!)
        """,
        get(f"{QUERY}&flag"),
    ),
    "members of a dictionary": (
        """
        let parameters = ["limit": 10, "tag": "a b"] as [String: Any]
        var components = URLComponents(url: URL(string: "https://a.example/pets")!,
                                       resolvingAgainstBaseURL: false)!
        components.queryItems = parameters.map {
            URLQueryItem(name: $0.key, value: "\\($0.value)")
        }
        let request = URLRequest(url: components.url!)
        """,
        get(QUERY),
    ),
    "paths": (
        """
        let base = URL(string: "https://a.example/")!
        let url = base.appendingPathComponent("pets").appending(queryItems: [
            .init(name: "limit", value: "10")
        ])
        let other = URL(string: "/pets", relativeTo: base)!
        let request = URLRequest(url: other)
        """,
        get(),
    ),
    "percent encoding": (
        r"""
        let tag = "a b".addingPercentEncoding(withAllowedCharacters: .urlQueryAllowed)!
        let id = "a/b".addingPercentEncoding(withAllowedCharacters: .alphanumerics)!
        let request = URLRequest(url: URL(string: "https://a.example/pets/\(id)?tag=\(tag)")!)
        """,
        get(f"{URL}/a%2Fb?tag=a%20b"),
    ),
    "format": (
        """
        let text = String(format: "https://a.example/%@?limit=%d", "pets", 10)
        let request = URLRequest(url: URL(string: text + "&tag=" + "a%20b")!)
        """,
        get(QUERY),
    ),
    "dictionary": (
        """
        let json: [String: Any] = ["name": "Rex", "age": 3, "ok": true, "owner": NSNull()]
        var request = URLRequest(url: URL(string: "https://a.example/pets")!)
        request.httpMethod = "POST"
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.httpBody = try? JSONSerialization.data(withJSONObject: json, options: [])
        """,
        post(JSON),
    ),
    "nested": (
        """
        var body = ["tags": ["a", "b"], "sizes": [1.5, -2], "e": [:], "l": []] as [String: Any]
        var owners = [[String: Any]]()
        owners.append(["id": 0x1F])
        body["owners"] = owners + [["id": 1_000]]
        var request = URLRequest(url: URL(string: "https://a.example/pets")!)
        request.httpMethod = "POST"
        request.addValue("application/json", forHTTPHeaderField: "Content-Type")
        request.httpBody = try JSONSerialization.data(withJSONObject: body)
        """,
        post(
            json_body(
                {
                    "tags": ["a", "b"],
                    "sizes": [1.5, -2],
                    "e": {},
                    "l": [],
                    "owners": [{"id": 31}, {"id": 1000}],
                }
            )
        ),
    ),
    "JSON text": (
        r'''
        let age = 3
        var request = URLRequest(url: URL(string: "https://a.example/pets")!)
        request.httpMethod = "POST"
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.httpBody = """
            {
              "name": "Rex", "age": \(age),
              "ok": true, "owner": null
            }
            """.data(using: .utf8)
        ''',
        post(JSON),
    ),
    "encoded": (
        """
        struct Pet: Codable {
            let petName: String
            var age: Int = 3
            var note: String?
            let owner: Owner
        }

        struct Owner: Codable {
            let name: String
            let secret = "x"

            enum CodingKeys: String, CodingKey {
                case name = "full_name"
            }
        }

        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        var request = URLRequest(url: URL(string: "https://a.example/pets")!)
        request.httpMethod = "POST"
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.httpBody = try encoder.encode(Pet(petName: "Rex", owner: Owner(name: "Ann")))
        """,
        post(json_body({"pet_name": "Rex", "age": 3, "owner": {"full_name": "Ann"}})),
    ),
    "form": (
        r"""
        let parameters = ["name": "Rex", "note": "a b&c"]
        let body = parameters.map { key, value in
            "\(key)=\(value.addingPercentEncoding(withAllowedCharacters: .alphanumerics)!)"
        }.joined(separator: "&")
        var request = URLRequest(url: URL(string: "https://a.example/pets")!)
        request.httpMethod = "POST"
        request.httpBody = Data(body.utf8)
        """,
        post(FORM),
    ),
    "form of components": (
        """
        var components = URLComponents()
        components.queryItems = [
            URLQueryItem(name: "name", value: "Rex"), URLQueryItem(name: "note", value: "a b&c")
        ]
        var request = URLRequest(url: URL(string: "https://a.example/pets")!)
        request.httpMethod = "POST"
        request.httpBody = components.query?.data(using: .utf8)
        """,
        post(FORM),
    ),
    "upload": (
        """
        var request = URLRequest(url: URL(string: "https://a.example/pets")!)
        request.httpMethod = "PUT"
        request.setValue("image/png", forHTTPHeaderField: "Content-Type")
        let file = URL(fileURLWithPath: "rex.png")
        let (data, _) = try await URLSession.shared.upload(for: request, fromFile: file)
        """,
        request("PUT", body=FileBody("rex.png", "image/png")),
    ),
    "upload of text": (
        """
        var request = URLRequest(url: URL(string: "https://a.example/pets")!)
        request.httpMethod = "POST"
        request.setValue("text/plain", forHTTPHeaderField: "Content-Type")
        let data = Data("hello".utf8)
        let task = URLSession.shared.uploadTask(with: request, from: data) { _, _, _ in }
        """,
        post(TextBody("hello", "text/plain")),
    ),
    "multipart": (
        r"""
        let boundary = "Boundary-\(1)"
        let file = URL(fileURLWithPath: "rex.png")
        var body = Data()
        for (name, value) in ["title": "Rex"] {
            body.append("--\(boundary)\r\n".data(using: .utf8)!)
            body.append("Content-Disposition: form-data; name=\"\(name)\"".data(using: .utf8)!)
            body.append("\r\n\r\n\(value)\r\n".data(using: .utf8)!)
        }
        body.append("--\(boundary)\r\n".data(using: .utf8)!)
        body += Data("Content-Disposition: form-data; name=\"photo\"; ".utf8)
        body.append(contentsOf: "filename=\"\(file.lastPathComponent)\"\r\n".utf8)
        body.append("Content-Type: image/png\r\n\r\n".data(using: .utf8)!)
        body.append(try Data(contentsOf: file))
        body.append("\r\n--\(boundary)--\r\n".data(using: .utf8)!)
        var request = URLRequest(url: URL(string: "https://a.example/pets")!)
        request.httpMethod = "POST"
        request.setValue("multipart/form-data; boundary=\(boundary)",
                         forHTTPHeaderField: "Content-Type")
        request.httpBody = body
        """,
        post(MultipartBody((Part("title", "Rex"), Part("photo", None, "rex.png", "image/png")))),
    ),
    "functions": (
        r"""
        enum HTTPMethod: String {
            case get = "GET"
            case post = "POST"
        }

        struct API {
            static let base = "https://a.example"
        }

        class Client {
            private let token: String
            private let session: URLSession
            var accept = "application/json"

            init(token: String, session: URLSession = .shared) {
                self.token = token
                self.session = session
            }

            func pets(limit: Int = 10, tag: String) async throws -> [Pet] {
                guard var components = URLComponents(string: API.base + path) else {
                    throw URLError(.badURL)
                }
                components.queryItems = [
                    URLQueryItem(name: "limit", value: "\(limit)"),
                    URLQueryItem(name: "tag", value: tag)
                ]
                let request = makeRequest(components.url!, method: .get)
                let (data, _) = try await session.data(for: request)
                return try JSONDecoder().decode([Pet].self, from: data)
            }

            var path: String { "/pets" }

            private func makeRequest(_ url: URL, method: HTTPMethod) -> URLRequest {
                var request = URLRequest(url: url)
                request.httpMethod = method.rawValue
                request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization")
                request.setValue(self.accept, forHTTPHeaderField: "Accept")
                return request
            }
        }

        Task {
            let pets = try await Client(token: "abc").pets(tag: "a b")
            print(pets)
        }
        """,
        get(QUERY, (*TOKEN, *ACCEPT)),
    ),
    "methods that nothing calls": (
        """
        @main
        struct App {
            let base = "https://a.example"

            static func main() async throws {
                do {
                    try await App().run()
                } catch {
                    print(error)
                }
            }

            func run() async throws {
                _ = try await URLSession.shared.data(from: URL(string: base + "/pets")!)
            }
        }
        """,
        get(),
    ),
    "alternatives": (
        """
        let given: String? = nil
        let isLong = 2 == 2
        let base = given ?? "https://a.example"
        let request = URLRequest(url: URL(string: base + (isLong ? "/pets" : "/p"))!)
        """,
        get(),
    ),
    "Objective-C classes": (
        """
        let request = NSMutableURLRequest(url: NSURL(string: "https://a.example/pets")! as URL)
        request.httpMethod = "POST"
        let postData = NSMutableData(data: "name=Rex".data(using: String.Encoding.utf8)!)
        postData.append("&note=a+b%26c".data(using: String.Encoding.utf8)!)
        request.httpBody = postData as Data
        let dataTask = URLSession.shared.dataTask(with: request as URLRequest,
            completionHandler: { (data, response, error) -> Void in print(data) })
        """,
        post(FORM),
    ),
    "quotes": (
        r'''
        var request = URLRequest(url: URL(string: "https://a.example/pets")!)
        request.httpMethod = "POST"
        request.setValue("text/plain", forHTTPHeaderField: "Content-Type")
        let raw = #"a\n"\#(1)\#n"# + ##"\#(x)"##
        let lines = """
            one \
            "two"
              \u{e9}\t
            """
        request.httpBody = (raw + lines + "\u{1F600}A".lowercased()).data(using: .utf8)
        ''',
        post(TextBody('a\\n"1\n\\#(x)one "two"\n  é\t\U0001f600a', "text/plain")),
    ),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_variant_is_read(name: str) -> None:
    code, wanted = VARIANTS[name]
    assert parse(block(code), "swift") == Parsed(wanted)


UNKNOWNS: dict[str, tuple[str, Request]] = {
    "parameter": (
        r"""
        func pet(_ «id»: Int) async throws {
            let url = URL(string: "https://a.example/pets/\(id)")!
            _ = try await URLSession.shared.data(from: url)
        }
        """,
        get(f"{URL}/REPLACE_id"),
    ),
    "environment": (
        r"""
        var request = URLRequest(url: URL(string: "https://a.example/pets")!)
        let é = 1; let token = «env["API_KEY"]»
        request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization")
        """,
        get(headers=(("Authorization", "Bearer REPLACE_API_KEY"),)),
    ),
    "base": (
        'let request = URLRequest(url: URL(string: «baseURL» + "/pets")!)',
        get("https://REPLACE_baseURL/pets"),
    ),
    "base of a call": (
        'let r = URLRequest(url: URL(string: "https://a.example" + «x.y().lowercased()»)!)',
        get("https://a.exampleREPLACE_lowercased"),
    ),
    "query item": (
        """
        var components = URLComponents(string: "https://a.example/pets")!
        components.queryItems = [URLQueryItem(name: "q", value: «text»)]
        let request = URLRequest(url: components.url!)
        """,
        get(f"{URL}?q=REPLACE_text"),
    ),
    "query items": (
        """
        var components = URLComponents(string: "https://a.example/pets")!
        components.queryItems = «makeItems()»
        let request = URLRequest(url: components.url!)
        """,
        get(f"{URL}?REPLACE_makeItems"),
    ),
    "headers": (
        """
        var request = URLRequest(url: URL(string: "https://a.example/pets")!)
        request.allHTTPHeaderFields = «headers»
        """,
        get(headers=(("REPLACE_headers", "REPLACE_headers"),)),
    ),
    "json": (
        """
        let json: [String: Any] = ["name": «name», "at": [«Date()»]]
        var request = URLRequest(url: URL(string: "https://a.example/pets")!)
        request.httpMethod = "POST"
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.httpBody = try JSONSerialization.data(withJSONObject: json)
        """,
        post(json_body({"name": "REPLACE_name", "at": ["REPLACE_Date"]})),
    ),
    "whole body": (
        """
        var request = URLRequest(url: URL(string: "https://a.example/pets")!)
        request.httpMethod = "POST"
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.httpBody = try JSONEncoder().encode(«pet»)
        """,
        post(json_body("REPLACE_pet")),
    ),
}


@pytest.mark.parametrize("name", UNKNOWNS)
def test_unknowns_stand_where_the_code_has_them(name: str) -> None:
    marked, wanted = UNKNOWNS[name]
    code, unknowns = unmarked(block(marked))
    assert parse(code, "swift") == Parsed(wanted, unknowns)


_REQUEST = 'var r = URLRequest(url: URL(string: "https://a.example")!)\n'

REASONS: dict[str, tuple[str, str]] = {
    "nothing": ("", "No call"),
    "no call": ('import Foundation\nlet url = URL(string: "https://a.example")!', "No call"),
    "unknown URL": (
        "let request = URLRequest(url: url)",
        "The URL is not stated in the code (line 1: “url”)",
    ),
    "unknown method": (_REQUEST + "r.httpMethod = verb", "The method is not stated"),
    "no absolute URL": ('URLRequest(url: URL(string: "/pets")!)', "not an absolute URL"),
    "endless text": ('var a = "ab"\n' + "a = a + a\n" * 60, "too long"),
    "endless list": ("var a = [1]\n" + "a.append(contentsOf: a)\n" * 60, "too large"),
    "tree without end": (
        _REQUEST
        + "var a: [Any] = [1]\n"
        + "a = [a, a]\n" * 60
        + "r.httpBody = try JSONSerialization.data(withJSONObject: a)",
        "too large",
    ),
    "calls without end": (
        "".join([f"func f{i}() -> [Any] {{ [f{i + 1}(), f{i + 1}()] }}\n" for i in range(60)]),
        "No call",
    ),
    "recursion": ('func f(_ x: String) { f(x + "a") }\nf("a")', "No call"),
    "deep": ("let x = " + "[" * 5000 + "]" * 5000, "nested"),
}


@pytest.mark.parametrize("name", REASONS)
def test_code_without_a_request_is_told_why(name: str) -> None:
    code, reason = REASONS[name]
    found = parse(block(code), "swift")
    assert found.request is None
    assert reason in found.reason
