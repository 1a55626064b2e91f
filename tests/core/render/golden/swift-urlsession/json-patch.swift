import Foundation

var request = URLRequest(url: URL(string: "https://api.example.com/v1/pets/7?notify=true")!)
request.httpMethod = "PATCH"
request.setValue("sid=abc", forHTTPHeaderField: "Cookie")
request.setValue("application/json-patch+json", forHTTPHeaderField: "Content-Type")
request.httpBody = Data("""
[
  {
    "op": "replace",
    "path": "/name",
    "value": null
  }
]
""".utf8)

let (data, _) = try await URLSession.shared.data(for: request)
print(String(decoding: data, as: UTF8.self))
