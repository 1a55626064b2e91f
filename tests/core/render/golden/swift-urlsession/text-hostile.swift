import Foundation

var request = URLRequest(url: URL(string: "https://api.example.com/v1/pets")!)
request.httpMethod = "POST"
request.setValue("text/plain; charset=\"utf-8\"", forHTTPHeaderField: "Content-Type")
request.httpBody = Data("one\ntwo\r\nthree\ttab\u{000b}\u{c}\u{001b}[0m\r'\"\\ $HOME ${x} $(id) `id` #{1+1} \\(x) %s %% %@ {x} ??/ ??= \\n \\u0041 <b>&amp; */ //é ß 汉字 😀    ﻿ \u{7f}   é".utf8)

let (data, _) = try await URLSession.shared.data(for: request)
print(String(decoding: data, as: UTF8.self))
