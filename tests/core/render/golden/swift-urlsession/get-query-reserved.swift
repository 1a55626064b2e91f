import Foundation

var request = URLRequest(url: URL(string: "https://api.example.com/v1/pets?path=/a/b:c&list=1,2;3&mail=a@b.c&slash=a%2Fb&plus=1+2%2B3&bytes=%FF&'!*()=~")!)
request.httpMethod = "GET"

let (data, _) = try await URLSession.shared.data(for: request)
print(String(decoding: data, as: UTF8.self))
