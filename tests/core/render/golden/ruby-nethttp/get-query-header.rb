require 'uri'
require 'net/http'
require 'openssl'

url = URI("https://api.example.com/v1/pets/%7BpetId%7D?limit=SOME_INTEGER_VALUE&tag=a%20b%26c&sort=name")

http = Net::HTTP.new(url.host, url.port)
http.use_ssl = true
http.verify_mode = OpenSSL::SSL::VERIFY_PEER

request = Net::HTTP::Get.new(url)
request["X-Trace"] = 'SOME_STRING_VALUE'

response = http.request(request)
puts response.read_body
