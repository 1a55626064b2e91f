CURL *hnd = curl_easy_init();

curl_easy_setopt(hnd, CURLOPT_CUSTOMREQUEST, "GET");
curl_easy_setopt(hnd, CURLOPT_URL, "https://api.example.com/v1/me");

struct curl_slist *headers = NULL;
headers = curl_slist_append(headers, "X-Trace: t-1");
curl_easy_setopt(hnd, CURLOPT_HTTPHEADER, headers);

curl_easy_setopt(hnd, CURLOPT_COOKIE, "sid=SOME_STRING_VALUE; lang=en%20us; empty=");

CURLcode ret = curl_easy_perform(hnd);
