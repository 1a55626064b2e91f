import Foundation

var request = URLRequest(url: URL(string: "https://api.example.com/v1/pets")!)
request.httpMethod = "POST"
request.setValue("application/json", forHTTPHeaderField: "Content-Type")
request.httpBody = Data(###"""
{
  "é": 1,
  "é": 2,
  "text": "\\#(x) \\##(x)"
}
"""###.utf8)

let (data, _) = try await URLSession.shared.data(for: request)
print(String(decoding: data, as: UTF8.self))
