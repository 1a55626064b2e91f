CURL *hnd = curl_easy_init();

curl_easy_setopt(hnd, CURLOPT_CUSTOMREQUEST, "GET");
curl_easy_setopt(hnd, CURLOPT_URL, "https://api.example.com/v1/pets/%7BpetId%7D?limit=SOME_INTEGER_VALUE&tag=a%20b%26c&sort=name");

struct curl_slist *headers = NULL;
headers = curl_slist_append(headers, "X-Trace: SOME_STRING_VALUE");
curl_easy_setopt(hnd, CURLOPT_HTTPHEADER, headers);

CURLcode ret = curl_easy_perform(hnd);
