import Foundation

var request = URLRequest(url: URL(string: "https://api.example.com/v1/pets")!)
request.httpMethod = "PUT"
request.setValue("text/xml", forHTTPHeaderField: "Content-Type")
request.httpBody = Data("<?xml version=\"1.0\"?>\n<pet name=\"Rex\">\n  <age>3</age>\n</pet>\n".utf8)

let (data, _) = try await URLSession.shared.data(for: request)
print(String(decoding: data, as: UTF8.self))
