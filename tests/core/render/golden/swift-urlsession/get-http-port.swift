import Foundation

var request = URLRequest(url: URL(string: "http://localhost:8080/health?verbose=true")!)
request.httpMethod = "GET"

let (data, _) = try await URLSession.shared.data(for: request)
print(String(decoding: data, as: UTF8.self))
