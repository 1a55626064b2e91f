import Foundation

var request = URLRequest(url: URL(string: "https://api.example.com/v1/me")!)
request.httpMethod = "GET"
request.setValue("sid=SOME_STRING_VALUE; lang=en%20us; empty=", forHTTPHeaderField: "Cookie")
request.setValue("t-1", forHTTPHeaderField: "X-Trace")

let (data, _) = try await URLSession.shared.data(for: request)
print(String(decoding: data, as: UTF8.self))
