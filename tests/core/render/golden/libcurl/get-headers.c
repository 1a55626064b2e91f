CURL *hnd = curl_easy_init();

curl_easy_setopt(hnd, CURLOPT_CUSTOMREQUEST, "GET");
curl_easy_setopt(hnd, CURLOPT_URL, "https://api.example.com/v1/pets");

struct curl_slist *headers = NULL;
headers = curl_slist_append(headers, "accept: application/json, text/plain;q=0.5");
headers = curl_slist_append(headers, "Authorization: Bearer REPLACE_token");
headers = curl_slist_append(headers, "X-Empty;");
headers = curl_slist_append(headers, "A-Last: 1");
curl_easy_setopt(hnd, CURLOPT_HTTPHEADER, headers);

CURLcode ret = curl_easy_perform(hnd);
