curl --request GET \
  --url https://api.example.com/v1/pets \
  --header '!#$%&'\''*+-.^_`|~9: every token character' \
  --header 'X-At: @file' \
  --header 'X-Hostile: '\''"\ $HOME ${x} $(id) `id` #{1+1} \(x) %s %% %@ {x} ??/ ??= \n \u0041 <b>&amp; */ //' \
  --header 'X-Semicolon: a; b="c, d";' \
  --header 'X-Tab: a	b  c'
