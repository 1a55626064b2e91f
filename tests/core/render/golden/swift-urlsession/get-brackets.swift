import Foundation

var request = URLRequest(url: URL(string: "http://[::1]:8080/v1/pets?ids%5B%5D=1")!)
request.httpMethod = "GET"

let (data, _) = try await URLSession.shared.data(for: request)
print(String(decoding: data, as: UTF8.self))
