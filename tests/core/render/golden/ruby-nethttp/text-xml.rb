require 'uri'
require 'net/http'
require 'openssl'

url = URI("https://api.example.com/v1/pets")

http = Net::HTTP.new(url.host, url.port)
http.use_ssl = true
http.verify_mode = OpenSSL::SSL::VERIFY_PEER

request = Net::HTTP::Put.new(url)
request["content-type"] = 'text/xml'
request.body = "<?xml version=\"1.0\"?>\n<pet name=\"Rex\">\n  <age>3</age>\n</pet>\n"

response = http.request(request)
puts response.read_body
