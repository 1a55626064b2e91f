CURL *hnd = curl_easy_init();

curl_easy_setopt(hnd, CURLOPT_CUSTOMREQUEST, "GET");
curl_easy_setopt(hnd, CURLOPT_URL, "https://api.example.com/v1/pets?filter%5Bname%5D=Rex&at=%C3%A9%E2%82%AC");

CURLcode ret = curl_easy_perform(hnd);
