import Foundation

var request = URLRequest(url: URL(string: "https://api.example.com/v1/users('a@b.c')/$count;v=1/a%2Fb/:run/%C3%A9")!)
request.httpMethod = "GET"

let (data, _) = try await URLSession.shared.data(for: request)
print(String(decoding: data, as: UTF8.self))
