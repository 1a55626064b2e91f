import Foundation

let headers = ["content-type": "multipart/form-data; boundary=---0110000101110000011010010b048b7168c5e3420f70a2c85520ae5e65c45bae"]
let parameters = [
  [
    "name": "at",
    "value": "@file"
  ],
  [
    "name": "less",
    "value": "<file;type=text/html"
  ],
  [
    "name": "=;'%22%0D",
    "value": " '\"\\ $HOME ${x} $(id) `id` #{1+1} \\(x) %s %% %@ {x} ??/ ??= \\n \\u0041 <b>&amp; */ //",
    "content-type": "text/plain"
  ],
  [
    "name": "",
    "value": "nameless"
  ],
  [
    "name": "é ß 汉字 😀    ﻿    é",
    "value": "one\ntwo\r\nthree\ttab\u{000b}\u{c}\u{001b}[0m\ré ß 汉字 😀    ﻿ \u{7f}   é"
  ],
  [
    "name": "boundary",
    "value": "-----011000010111000001101001--"
  ],
  [
    "name": "a=b",
    "fileName": " $x 'é`.bin ",
    "content-type": "application/x; a=\"b,c\""
  ]
]

let boundary = "---0110000101110000011010010b048b7168c5e3420f70a2c85520ae5e65c45bae"

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
