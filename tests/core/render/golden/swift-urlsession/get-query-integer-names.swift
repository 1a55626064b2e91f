import Foundation

var request = URLRequest(url: URL(string: "https://api.example.com/v1/pets?q=x&10=ten&2=two")!)
request.httpMethod = "GET"

let (data, _) = try await URLSession.shared.data(for: request)
print(String(decoding: data, as: UTF8.self))
