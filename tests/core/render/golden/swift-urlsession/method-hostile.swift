import Foundation

var request = URLRequest(url: URL(string: "https://api.example.com/v1/pets")!)
request.httpMethod = "IT'S$`!"

let (data, _) = try await URLSession.shared.data(for: request)
print(String(decoding: data, as: UTF8.self))
