import Foundation

var request = URLRequest(url: URL(string: "https://api.example.com/v1/pets")!)
request.httpMethod = "POST"
request.setValue("Bearer REPLACE_token", forHTTPHeaderField: "Authorization")
request.setValue("application/json", forHTTPHeaderField: "Content-Type")
request.httpBody = Data("""
{
  "name": "string",
  "age": 0,
  "weight": 0.1,
  "ok": true,
  "tags": [
    "string"
  ],
  "owner": {
    "email": "user@example.com",
    "phones": [
      {
        "kind": "home",
        "number": "1"
      }
    ]
  }
}
""".utf8)

let (data, _) = try await URLSession.shared.data(for: request)
print(String(decoding: data, as: UTF8.self))
