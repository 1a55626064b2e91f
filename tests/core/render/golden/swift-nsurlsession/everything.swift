import Foundation

let headers = [
  "cookie": "sid=abc; theme=dark",
  "X-Trace": "t-1",
  "X-Empty": "",
  "content-type": "application/json"
]
let parameters = [
  "text": "'\"\\ $HOME ${x} $(id) `id` #{1+1} \\(x) %s %% %@ {x} ??/ ??= \\n \\u0041 <b>&amp; */ //é ß 汉字 😀    ﻿ \u{7f}   éone\ntwo\r\nthree\ttab\u{000b}\u{c}\u{001b}[0m\r",
  "list": [NSNull(), false, 0, -1.5, [:]]
] as [String : Any]

let postData = try JSONSerialization.data(withJSONObject: parameters, options: [])

let request = NSMutableURLRequest(url: NSURL(string: "https://api.example.com/v1/pets/7?dry-run&tag=a%20b")! as URL,
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
