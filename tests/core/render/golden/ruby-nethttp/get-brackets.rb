require 'uri'
require 'net/http'

url = URI("http://[::1]:8080/v1/pets?ids%5B%5D=1")

http = Net::HTTP.new(url.host, url.port)

request = Net::HTTP::Get.new(url)

response = http.request(request)
puts response.read_body
