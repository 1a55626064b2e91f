import Foundation

var request = URLRequest(url: URL(string: "https://api.example.com/v1/notes?*/")!)
request.httpMethod = "POST"
request.setValue("*/*", forHTTPHeaderField: "Accept")
request.setValue("text/plain", forHTTPHeaderField: "Content-Type")
request.httpBody = Data("/\u{2a} a // b */ \"/\u{2a}".utf8)

let (data, _) = try await URLSession.shared.data(for: request)
print(String(decoding: data, as: UTF8.self))
