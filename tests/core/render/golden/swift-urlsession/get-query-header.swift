import Foundation

var request = URLRequest(url: URL(string: "https://api.example.com/v1/pets/%7BpetId%7D?limit=SOME_INTEGER_VALUE&tag=a%20b%26c&sort=name")!)
request.httpMethod = "GET"
request.setValue("SOME_STRING_VALUE", forHTTPHeaderField: "X-Trace")

let (data, _) = try await URLSession.shared.data(for: request)
print(String(decoding: data, as: UTF8.self))
