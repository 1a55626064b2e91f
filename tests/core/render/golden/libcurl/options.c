CURL *hnd = curl_easy_init();

curl_easy_setopt(hnd, CURLOPT_CUSTOMREQUEST, "OPTIONS");
curl_easy_setopt(hnd, CURLOPT_URL, "https://api.example.com/v1/pets");

CURLcode ret = curl_easy_perform(hnd);
