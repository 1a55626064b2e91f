import Foundation

let headers = [
  "X-Hostile": "'\"\\ $HOME ${x} $(id) `id` #{1+1} \\(x) %s %% %@ {x} ??/ ??= \\n \\u0041 <b>&amp; */ //",
  "X-Tab": "a\tb  c",
  "X-At": "@file",
  "X-Semicolon": "a; b=\"c, d\";",
  "!#$%&'*+-.^_`|~9": "every token character"
]

let request = NSMutableURLRequest(url: NSURL(string: "https://api.example.com/v1/pets")! as URL,
                                        cachePolicy: .useProtocolCachePolicy,
                                    timeoutInterval: 10.0)
request.httpMethod = "GET"
request.allHTTPHeaderFields = headers

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
