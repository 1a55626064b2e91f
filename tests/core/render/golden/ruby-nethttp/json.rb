require 'uri'
require 'net/http'
require 'openssl'

url = URI("https://api.example.com/v1/pets")

http = Net::HTTP.new(url.host, url.port)
http.use_ssl = true
http.verify_mode = OpenSSL::SSL::VERIFY_PEER

request = Net::HTTP::Post.new(url)
request["Authorization"] = 'Bearer REPLACE_token'
request["content-type"] = 'application/json'
request.body = "{\"name\":\"string\",\"age\":0,\"weight\":0.1,\"ok\":true,\"tags\":[\"string\"],\"owner\":{\"email\":\"user@example.com\",\"phones\":[{\"kind\":\"home\",\"number\":\"1\"}]}}"

response = http.request(request)
puts response.read_body
