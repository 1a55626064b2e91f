CURL *hnd = curl_easy_init();

curl_easy_setopt(hnd, CURLOPT_CUSTOMREQUEST, "GET");
curl_easy_setopt(hnd, CURLOPT_URL, "http://[::1]:8080/v1/pets?ids%5B%5D=1");

CURLcode ret = curl_easy_perform(hnd);
