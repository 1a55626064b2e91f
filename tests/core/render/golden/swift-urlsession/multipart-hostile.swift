import Foundation

var request = URLRequest(url: URL(string: "https://api.example.com/v1/upload")!)
request.httpMethod = "POST"
request.setValue("multipart/form-data; boundary=---0110000101110000011010010b048b7168c5e3420f70a2c85520ae5e65c45bae", forHTTPHeaderField: "Content-Type")

var body = Data("-----0110000101110000011010010b048b7168c5e3420f70a2c85520ae5e65c45bae\r\nContent-Disposition: form-data; name=\"at\"\r\n\r\n@file\r\n-----0110000101110000011010010b048b7168c5e3420f70a2c85520ae5e65c45bae\r\nContent-Disposition: form-data; name=\"less\"\r\n\r\n<file;type=text/html\r\n-----0110000101110000011010010b048b7168c5e3420f70a2c85520ae5e65c45bae\r\nContent-Disposition: form-data; name=\"=;'%22%0D\"\r\nContent-Type: text/plain\r\n\r\n '\"\\ $HOME ${x} $(id) `id` #{1+1} \\(x) %s %% %@ {x} ??/ ??= \\n \\u0041 <b>&amp; */ //\r\n-----0110000101110000011010010b048b7168c5e3420f70a2c85520ae5e65c45bae\r\nContent-Disposition: form-data; name=\"\"\r\n\r\nnameless\r\n-----0110000101110000011010010b048b7168c5e3420f70a2c85520ae5e65c45bae\r\nContent-Disposition: form-data; name=\"é ß 汉字 😀    ﻿    é\"\r\n\r\none\ntwo\r\nthree\ttab\u{000b}\u{c}\u{001b}[0m\ré ß 汉字 😀    ﻿ \u{7f}   é\r\n-----0110000101110000011010010b048b7168c5e3420f70a2c85520ae5e65c45bae\r\nContent-Disposition: form-data; name=\"boundary\"\r\n\r\n-----011000010111000001101001--\r\n-----0110000101110000011010010b048b7168c5e3420f70a2c85520ae5e65c45bae\r\nContent-Disposition: form-data; name=\"a=b\"; filename=\" $x 'é`.bin \"\r\nContent-Type: application/x; a=\"b,c\"\r\n\r\n".utf8)
body.append(try Data(contentsOf: URL(fileURLWithPath: " $x 'é`.bin ")))
body.append(Data("\r\n-----0110000101110000011010010b048b7168c5e3420f70a2c85520ae5e65c45bae--\r\n".utf8))
request.httpBody = body

let (data, _) = try await URLSession.shared.data(for: request)
print(String(decoding: data, as: UTF8.self))
