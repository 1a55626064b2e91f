require 'uri'
require 'net/http'
require 'openssl'

url = URI("https://api.example.com/v1/pets?path=/a/b:c&list=1,2;3&mail=a@b.c&slash=a%2Fb&plus=1+2%2B3&bytes=%FF&'!*()=~")

http = Net::HTTP.new(url.host, url.port)
http.use_ssl = true
http.verify_mode = OpenSSL::SSL::VERIFY_PEER

request = Net::HTTP::Get.new(url)

response = http.request(request)
puts response.read_body
