require 'uri'
require 'net/http'
require 'openssl'

url = URI("https://api.example.com/v1/notes?*/")

http = Net::HTTP.new(url.host, url.port)
http.use_ssl = true
http.verify_mode = OpenSSL::SSL::VERIFY_PEER

request = Net::HTTP::Post.new(url)
request["Accept"] = '*/*'
request["content-type"] = 'text/plain'
request.body = "/* a // b */ \"/*"

response = http.request(request)
puts response.read_body
