import Foundation

var request = URLRequest(url: URL(string: "https://api.example.com/v1/pets/7?dry-run&tag=a%20b")!)
request.httpMethod = "POST"
request.setValue("sid=abc; theme=dark", forHTTPHeaderField: "Cookie")
request.setValue("t-1", forHTTPHeaderField: "X-Trace")
request.setValue("", forHTTPHeaderField: "X-Empty")
request.setValue("application/json", forHTTPHeaderField: "Content-Type")
request.httpBody = Data(#"""
{
  "text": "'\"\\ $HOME ${x} $(id) `id` #{1+1} \\(x) %s %% %@ {x} ??/ ??= \\n \\u0041 <b>&amp; */ //é ß 汉字 😀    ﻿ \u007f   éone\ntwo\r\nthree\ttab\u000b\f\u001b[0m\r",
  "list": [
    null,
    false,
    0,
    -1.5,
    {}
  ]
}
"""#.utf8)

let (data, _) = try await URLSession.shared.data(for: request)
print(String(decoding: data, as: UTF8.self))
