require 'uri'
require 'net/http'
require 'openssl'

url = URI("https://api.example.com/v1/pets/7?notify=true")

http = Net::HTTP.new(url.host, url.port)
http.use_ssl = true
http.verify_mode = OpenSSL::SSL::VERIFY_PEER

request = Net::HTTP::Patch.new(url)
request["cookie"] = 'sid=abc'
request["content-type"] = 'application/json-patch+json'
request.body = "[{\"op\":\"replace\",\"path\":\"/name\",\"value\":null}]"

response = http.request(request)
puts response.read_body
