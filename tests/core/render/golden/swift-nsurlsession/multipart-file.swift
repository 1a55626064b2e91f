import Foundation

let headers = [
  "X-Trace": "t-1",
  "content-type": "multipart/form-data; boundary=---011000010111000001101001"
]
let parameters = [
  [
    "name": "title",
    "value": "Rex"
  ],
  [
    "name": "photo",
    "fileName": "rex.png"
  ]
]

let boundary = "---011000010111000001101001"

var body = Data()
for param in parameters {
  let paramName = param["name"]!
  body += "--\(boundary)\r\n".utf8
  body += "Content-Disposition: form-data; name=\"\(paramName)\"".utf8
  if let filename = param["fileName"] {
    body += "; filename=\"\(filename)\"".utf8
  }
  if let contentType = param["content-type"] {
    body += "\r\nContent-Type: \(contentType)".utf8
  }
  body += "\r\n\r\n".utf8
  if let filename = param["fileName"] {
    body += try Data(contentsOf: URL(fileURLWithPath: filename))
  } else if let paramValue = param["value"] {
    body += paramValue.utf8
  }
  body += "\r\n".utf8
}
body += "--\(boundary)--\r\n".utf8
let postData = body

let request = NSMutableURLRequest(url: NSURL(string: "https://api.example.com/v1/upload")! as URL,
                                        cachePolicy: .useProtocolCachePolicy,
                                    timeoutInterval: 10.0)
request.httpMethod = "POST"
request.allHTTPHeaderFields = headers
request.httpBody = postData as Data

let session = URLSession.shared
let dataTask = session.dataTask(with: request as URLRequest, completionHandler: { (data, response, error) -> Void in
  if (error != nil) {
    print(error)
  } else {
    let httpResponse = response as? HTTPURLResponse
    print(httpResponse)
  }
})

dataTask.resume()
