CURL *hnd = curl_easy_init();

curl_easy_setopt(hnd, CURLOPT_CUSTOMREQUEST, "HEAD");
curl_easy_setopt(hnd, CURLOPT_URL, "https://api.example.com/v1/pets");
curl_easy_setopt(hnd, CURLOPT_NOBODY, 1L);

CURLcode ret = curl_easy_perform(hnd);
