CURL *hnd = curl_easy_init();

curl_easy_setopt(hnd, CURLOPT_CUSTOMREQUEST, "GET");
curl_easy_setopt(hnd, CURLOPT_URL, "https://api.example.com/v1/pets?path=/a/b:c&list=1,2;3&mail=a@b.c&slash=a%2Fb&plus=1+2%2B3&bytes=%FF&'!*()=~");

CURLcode ret = curl_easy_perform(hnd);
