CURL *hnd = curl_easy_init();

curl_easy_setopt(hnd, CURLOPT_CUSTOMREQUEST, "POST");
curl_easy_setopt(hnd, CURLOPT_URL, "https://api.example.com/v1/pets");

struct curl_slist *headers = NULL;
headers = curl_slist_append(headers, "content-type: text/plain; charset=\"utf-8\"");
curl_easy_setopt(hnd, CURLOPT_HTTPHEADER, headers);

curl_easy_setopt(hnd, CURLOPT_POSTFIELDS, "one\ntwo\r\nthree\ttab\013\014\033[0m\r'\"\\ $HOME ${x} $(id) `id` #{1+1} \\(x) %s %% %@ {x} ?\?/ ?\?= \\n \\u0041 <b>&amp; */ //é ß 汉字 😀    ﻿    é");

CURLcode ret = curl_easy_perform(hnd);
