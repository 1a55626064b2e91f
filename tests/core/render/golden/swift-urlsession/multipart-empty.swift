import Foundation

var request = URLRequest(url: URL(string: "https://api.example.com/v1/upload")!)
request.httpMethod = "POST"
request.setValue("multipart/form-data; boundary=---011000010111000001101001", forHTTPHeaderField: "Content-Type")
request.httpBody = Data("-----011000010111000001101001--\r\n".utf8)

let (data, _) = try await URLSession.shared.data(for: request)
print(String(decoding: data, as: UTF8.self))
