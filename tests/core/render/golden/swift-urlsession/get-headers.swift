import Foundation

var request = URLRequest(url: URL(string: "https://api.example.com/v1/pets")!)
request.httpMethod = "GET"
request.setValue("application/json, text/plain;q=0.5", forHTTPHeaderField: "accept")
request.setValue("Bearer REPLACE_token", forHTTPHeaderField: "Authorization")
request.setValue("", forHTTPHeaderField: "X-Empty")
request.setValue("1", forHTTPHeaderField: "A-Last")

let (data, _) = try await URLSession.shared.data(for: request)
print(String(decoding: data, as: UTF8.self))
