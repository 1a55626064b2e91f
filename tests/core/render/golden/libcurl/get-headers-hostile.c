CURL *hnd = curl_easy_init();

curl_easy_setopt(hnd, CURLOPT_CUSTOMREQUEST, "GET");
curl_easy_setopt(hnd, CURLOPT_URL, "https://api.example.com/v1/pets");

struct curl_slist *headers = NULL;
headers = curl_slist_append(headers, "X-Hostile: '\"\\ $HOME ${x} $(id) `id` #{1+1} \\(x) %s %% %@ {x} ?\?/ ?\?= \\n \\u0041 <b>&amp; */ //");
headers = curl_slist_append(headers, "X-Tab: a\tb  c");
headers = curl_slist_append(headers, "X-At: @file");
headers = curl_slist_append(headers, "X-Semicolon: a; b=\"c, d\";");
headers = curl_slist_append(headers, "!#$%&'*+-.^_`|~9: every token character");
curl_easy_setopt(hnd, CURLOPT_HTTPHEADER, headers);

CURLcode ret = curl_easy_perform(hnd);
