import Foundation

var request = URLRequest(url: URL(string: "https://api.example.com/v1/pets/7/star")!)
request.httpMethod = "PUT"
request.setValue("t-1", forHTTPHeaderField: "X-Trace")

let (data, _) = try await URLSession.shared.data(for: request)
print(String(decoding: data, as: UTF8.self))
