import Foundation

var request = URLRequest(url: URL(string: "https://api.example.com/v1/upload")!)
request.httpMethod = "POST"
request.setValue("t-1", forHTTPHeaderField: "X-Trace")
request.setValue("multipart/form-data; boundary=---011000010111000001101001", forHTTPHeaderField: "Content-Type")

var body = Data("-----011000010111000001101001\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nRex\r\n-----011000010111000001101001\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"rex.png\"\r\n\r\n".utf8)
body.append(try Data(contentsOf: URL(fileURLWithPath: "rex.png")))
body.append(Data("\r\n-----011000010111000001101001--\r\n".utf8))
request.httpBody = body

let (data, _) = try await URLSession.shared.data(for: request)
print(String(decoding: data, as: UTF8.self))
