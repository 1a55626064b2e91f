require 'uri'
require 'net/http'
require 'openssl'

url = URI("https://api.example.com/v1/upload/7")

http = Net::HTTP.new(url.host, url.port)
http.use_ssl = true
http.verify_mode = OpenSSL::SSL::VERIFY_PEER

request = Net::HTTP::Put.new(url)
request["content-type"] = 'image/png'
request.body = File.binread("photo.png")

response = http.request(request)
puts response.read_body
