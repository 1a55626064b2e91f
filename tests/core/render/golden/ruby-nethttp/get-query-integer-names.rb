require 'uri'
require 'net/http'
require 'openssl'

url = URI("https://api.example.com/v1/pets?q=x&10=ten&2=two")

http = Net::HTTP.new(url.host, url.port)
http.use_ssl = true
http.verify_mode = OpenSSL::SSL::VERIFY_PEER

request = Net::HTTP::Get.new(url)

response = http.request(request)
puts response.read_body
