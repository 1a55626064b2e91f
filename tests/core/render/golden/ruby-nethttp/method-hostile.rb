require 'uri'
require 'net/http'
require 'openssl'

url = URI("https://api.example.com/v1/pets")

http = Net::HTTP.new(url.host, url.port)
http.use_ssl = true
http.verify_mode = OpenSSL::SSL::VERIFY_PEER

request = Net::HTTPGenericRequest.new('IT\'S$`!', false, true, url)

response = http.request(request)
puts response.read_body
