CURL *hnd = curl_easy_init();

curl_easy_setopt(hnd, CURLOPT_CUSTOMREQUEST, "GET");
curl_easy_setopt(hnd, CURLOPT_URL, "https://api.example.com/v1/users('a@b.c')/$count;v=1/a%2Fb/:run/%C3%A9");

CURLcode ret = curl_easy_perform(hnd);
