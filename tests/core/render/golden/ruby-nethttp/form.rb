require 'uri'
require 'net/http'
require 'openssl'

url = URI("https://api.example.com/v1/token")

http = Net::HTTP.new(url.host, url.port)
http.use_ssl = true
http.verify_mode = OpenSSL::SSL::VERIFY_PEER

request = Net::HTTP::Post.new(url)
request["content-type"] = 'application/x-www-form-urlencoded'
request.body = "user=user%40example.com&scope=read+write"

response = http.request(request)
puts response.read_body
