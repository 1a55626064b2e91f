require 'uri'
require 'net/http'
require 'openssl'

url = URI("https://api.example.com/v1/pets")

http = Net::HTTP.new(url.host, url.port)
http.use_ssl = true
http.verify_mode = OpenSSL::SSL::VERIFY_PEER

request = Net::HTTP::Get.new(url)
request["X-Hostile"] = '\'"\\ $HOME ${x} $(id) `id` #{1+1} \\(x) %s %% %@ {x} ??/ ??= \\n \\u0041 <b>&amp; */ //'
request["X-Tab"] = 'a	b  c'
request["X-At"] = '@file'
request["X-Semicolon"] = 'a; b="c, d";'
request["!\#$%&'*+-.^_`|~9"] = 'every token character'

response = http.request(request)
puts response.read_body
