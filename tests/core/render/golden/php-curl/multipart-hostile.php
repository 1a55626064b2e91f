<?php

$curl = curl_init();

curl_setopt_array($curl, [
  CURLOPT_URL => "https://api.example.com/v1/upload",
  CURLOPT_RETURNTRANSFER => true,
  CURLOPT_ENCODING => "",
  CURLOPT_MAXREDIRS => 10,
  CURLOPT_TIMEOUT => 30,
  CURLOPT_HTTP_VERSION => CURL_HTTP_VERSION_1_1,
  CURLOPT_CUSTOMREQUEST => "POST",
  CURLOPT_POSTFIELDS => "-----0110000101110000011010010b048b7168c5e3420f70a2c85520ae5e65c45bae\r\nContent-Disposition: form-data; name=\"at\"\r\n\r\n@file\r\n-----0110000101110000011010010b048b7168c5e3420f70a2c85520ae5e65c45bae\r\nContent-Disposition: form-data; name=\"less\"\r\n\r\n<file;type=text/html\r\n-----0110000101110000011010010b048b7168c5e3420f70a2c85520ae5e65c45bae\r\nContent-Disposition: form-data; name=\"=;'%22%0D\"\r\nContent-Type: text/plain\r\n\r\n '\"\\ \$HOME \${x} \$(id) `id` #{1+1} \\(x) %s %% %@ {x} ??/ ??= \\n \\u0041 <b>&amp; */ //\r\n-----0110000101110000011010010b048b7168c5e3420f70a2c85520ae5e65c45bae\r\nContent-Disposition: form-data; name=\"\"\r\n\r\nnameless\r\n-----0110000101110000011010010b048b7168c5e3420f70a2c85520ae5e65c45bae\r\nContent-Disposition: form-data; name=\"é ß 汉字 😀    ﻿    é\"\r\n\r\none\ntwo\r\nthree\ttab\u{000b}\u{c}\u{001b}[0m\ré ß 汉字 😀    ﻿    é\r\n-----0110000101110000011010010b048b7168c5e3420f70a2c85520ae5e65c45bae\r\nContent-Disposition: form-data; name=\"boundary\"\r\n\r\n-----011000010111000001101001--\r\n-----0110000101110000011010010b048b7168c5e3420f70a2c85520ae5e65c45bae\r\nContent-Disposition: form-data; name=\"a=b\"; filename=\" \$x 'é`.bin \"\r\nContent-Type: application/x; a=\"b,c\"\r\n\r\n" . file_get_contents(" \$x 'é`.bin ") . "\r\n-----0110000101110000011010010b048b7168c5e3420f70a2c85520ae5e65c45bae--\r\n",
  CURLOPT_HTTPHEADER => [
    "content-type: multipart/form-data; boundary=---0110000101110000011010010b048b7168c5e3420f70a2c85520ae5e65c45bae"
  ],
]);

$response = curl_exec($curl);
$err = curl_error($curl);

curl_close($curl);

if ($err) {
  echo "cURL Error #:" . $err;
} else {
  echo $response;
}
