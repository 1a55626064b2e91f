<?php

$curl = curl_init();

curl_setopt_array($curl, [
  CURLOPT_URL => "https://api.example.com/v1/pets/7?dry-run&tag=a%20b",
  CURLOPT_RETURNTRANSFER => true,
  CURLOPT_ENCODING => "",
  CURLOPT_MAXREDIRS => 10,
  CURLOPT_TIMEOUT => 30,
  CURLOPT_HTTP_VERSION => CURL_HTTP_VERSION_1_1,
  CURLOPT_CUSTOMREQUEST => "POST",
  CURLOPT_POSTFIELDS => "{\"text\":\"'\\\"\\\\ \$HOME \${x} \$(id) `id` #{1+1} \\\\(x) %s %% %@ {x} ??/ ??= \\\\n \\\\u0041 <b>&amp; */ //é ß 汉字 😀    ﻿    éone\\ntwo\\r\\nthree\\ttab\\u000b\\f\\u001b[0m\\r\",\"list\":[null,false,0,-1.5,{}]}",
  CURLOPT_COOKIE => "sid=abc; theme=dark",
  CURLOPT_HTTPHEADER => [
    "X-Empty;",
    "X-Trace: t-1",
    "content-type: application/json"
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
