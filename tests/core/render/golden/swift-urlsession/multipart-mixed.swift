import Foundation

var request = URLRequest(url: URL(string: "https://api.example.com/v1/upload")!)
request.httpMethod = "POST"
request.setValue("multipart/mixed; boundary=---011000010111000001101001", forHTTPHeaderField: "Content-Type")

var body = Data("-----011000010111000001101001\r\nContent-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json\r\n\r\n{}\r\n-----011000010111000001101001\r\nContent-Disposition: form-data; name=\"data\"; filename=\"data.csv\"\r\n\r\n".utf8)
body.append(try Data(contentsOf: URL(fileURLWithPath: "data.csv")))
body.append(Data("\r\n-----011000010111000001101001--\r\n".utf8))
request.httpBody = body

let (data, _) = try await URLSession.shared.data(for: request)
print(String(decoding: data, as: UTF8.self))
