CURL *hnd = curl_easy_init();

curl_easy_setopt(hnd, CURLOPT_CUSTOMREQUEST, "PATCH");
curl_easy_setopt(hnd, CURLOPT_URL, "https://api.example.com/v1/pets/7?notify=true");

struct curl_slist *headers = NULL;
headers = curl_slist_append(headers, "content-type: application/json-patch+json");
curl_easy_setopt(hnd, CURLOPT_HTTPHEADER, headers);

curl_easy_setopt(hnd, CURLOPT_COOKIE, "sid=abc");

curl_easy_setopt(hnd, CURLOPT_POSTFIELDS, "[{\"op\":\"replace\",\"path\":\"/name\",\"value\":null}]");

CURLcode ret = curl_easy_perform(hnd);
