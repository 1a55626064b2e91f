import Foundation

let headers = ["content-type": "image/png"]

let postData = try Data(contentsOf: URL(fileURLWithPath: "photo.png"))

let request = NSMutableURLRequest(url: NSURL(string: "https://api.example.com/v1/upload/7")! as URL,
                                        cachePolicy: .useProtocolCachePolicy,
                                    timeoutInterval: 10.0)
request.httpMethod = "PUT"
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
