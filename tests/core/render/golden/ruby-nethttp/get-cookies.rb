require 'uri'
require 'net/http'
require 'openssl'

url = URI("https://api.example.com/v1/me")

http = Net::HTTP.new(url.host, url.port)
http.use_ssl = true
http.verify_mode = OpenSSL::SSL::VERIFY_PEER

request = Net::HTTP::Get.new(url)
request["cookie"] = 'sid=SOME_STRING_VALUE; lang=en%20us; empty='
request["X-Trace"] = 't-1'

response = http.request(request)
puts response.read_body
