require 'uri'
require 'net/http'
require 'openssl'

url = URI("https://api.example.com/v1/pets")

http = Net::HTTP.new(url.host, url.port)
http.use_ssl = true
http.verify_mode = OpenSSL::SSL::VERIFY_PEER

request = Net::HTTP::Post.new(url)
request["content-type"] = 'application/json'
request.body = "{\"é\":1,\"é\":2,\"text\":\"\\\\#(x) \\\\##(x)\"}"

response = http.request(request)
puts response.read_body
