import Foundation

var request = URLRequest(url: URL(string: "https://example.com/")!)
request.httpMethod = "GET"

let (data, _) = try await URLSession.shared.data(for: request)
print(String(decoding: data, as: UTF8.self))
