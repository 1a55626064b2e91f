import Foundation

var request = URLRequest(url: URL(string: "https://api.example.com/v1/pets")!)
request.httpMethod = "POST"
request.setValue("application/json", forHTTPHeaderField: "Content-Type")
request.httpBody = Data("{\"big\":12345678901234567890,\"negative\":-5,\"tiny\":1e-07,\"huge\":1e+25,\"half\":0.5}".utf8)

let (data, _) = try await URLSession.shared.data(for: request)
print(String(decoding: data, as: UTF8.self))
