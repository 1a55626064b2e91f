require 'uri'
require 'net/http'
require 'openssl'

url = URI("https://api.example.com/v1/pets/7?dry-run&tag=a%20b")

http = Net::HTTP.new(url.host, url.port)
http.use_ssl = true
http.verify_mode = OpenSSL::SSL::VERIFY_PEER

request = Net::HTTP::Post.new(url)
request["cookie"] = 'sid=abc; theme=dark'
request["X-Trace"] = 't-1'
request["X-Empty"] = ''
request["content-type"] = 'application/json'
request.body = "{\"text\":\"'\\\"\\\\ $HOME ${x} $(id) `id` \#{1+1} \\\\(x) %s %% %@ {x} ??/ ??= \\\\n \\\\u0041 <b>&amp; */ //é ß 汉字 😀    ﻿    éone\\ntwo\\r\\nthree\\ttab\\u000b\\f\\u001b[0m\\r\",\"list\":[null,false,0,-1.5,{}]}"

response = http.request(request)
puts response.read_body
