import Foundation

var request = URLRequest(url: URL(string: "https://api.example.com/v1/upload")!)
request.httpMethod = "POST"
request.setValue("multipart/form-data; boundary=---011000010111000001101001", forHTTPHeaderField: "Content-Type")

var body = Data("-----011000010111000001101001\r\nContent-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json; charset=utf-8\r\n\r\n{\"k\":\"a;b, c\"}\r\n-----011000010111000001101001\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"photos/my rex.png\"\r\nContent-Type: image/png\r\n\r\n".utf8)
body.append(try Data(contentsOf: URL(fileURLWithPath: "photos/my rex.png")))
body.append(Data("\r\n-----011000010111000001101001\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"second.png\"\r\nContent-Type: image/png\r\n\r\n".utf8))
body.append(try Data(contentsOf: URL(fileURLWithPath: "second.png")))
body.append(Data("\r\n-----011000010111000001101001\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nlast\r\n-----011000010111000001101001--\r\n".utf8))
request.httpBody = body

let (data, _) = try await URLSession.shared.data(for: request)
print(String(decoding: data, as: UTF8.self))
