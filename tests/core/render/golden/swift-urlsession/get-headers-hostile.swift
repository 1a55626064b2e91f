import Foundation

var request = URLRequest(url: URL(string: "https://api.example.com/v1/pets")!)
request.httpMethod = "GET"
request.setValue("'\"\\ $HOME ${x} $(id) `id` #{1+1} \\(x) %s %% %@ {x} ??/ ??= \\n \\u0041 <b>&amp; */ //", forHTTPHeaderField: "X-Hostile")
request.setValue("a\tb  c", forHTTPHeaderField: "X-Tab")
request.setValue("@file", forHTTPHeaderField: "X-At")
request.setValue("a; b=\"c, d\";", forHTTPHeaderField: "X-Semicolon")
request.setValue("every token character", forHTTPHeaderField: "!#$%&'*+-.^_`|~9")

let (data, _) = try await URLSession.shared.data(for: request)
print(String(decoding: data, as: UTF8.self))
