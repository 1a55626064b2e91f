CURL *hnd = curl_easy_init();

curl_easy_setopt(hnd, CURLOPT_CUSTOMREQUEST, "POST");
curl_easy_setopt(hnd, CURLOPT_URL, "https://api.example.com/v1/pets/7?dry-run&tag=a%20b");

struct curl_slist *headers = NULL;
headers = curl_slist_append(headers, "X-Trace: t-1");
headers = curl_slist_append(headers, "X-Empty;");
headers = curl_slist_append(headers, "content-type: application/json");
curl_easy_setopt(hnd, CURLOPT_HTTPHEADER, headers);

curl_easy_setopt(hnd, CURLOPT_COOKIE, "sid=abc; theme=dark");

curl_easy_setopt(hnd, CURLOPT_POSTFIELDS, "{\"text\":\"'\\\"\\\\ $HOME ${x} $(id) `id` #{1+1} \\\\(x) %s %% %@ {x} ?\?/ ?\?= \\\\n \\\\u0041 <b>&amp; */ //é ß 汉字 😀    ﻿    éone\\ntwo\\r\\nthree\\ttab\\u000b\\f\\u001b[0m\\r\",\"list\":[null,false,0,-1.5,{}]}");

CURLcode ret = curl_easy_perform(hnd);
