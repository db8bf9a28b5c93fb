import { MEDIA_TYPES } from '../host/files.ts';
import { HIDDEN } from './layout.ts';
import type { Rules } from './rules.ts';

/**
 * Returns `nginx.conf`, for the `http` context. All headers are set in the server block, from maps:
 * an `add_header` in a location would discard all inherited ones.
 *
 * https://nginx.org/en/docs/http/ngx_http_headers_module.html
 */
export function nginxConf(rules: Rules): string {
  const { base, headers, pages } = rules;
  const names = Object.keys(headers.app);
  const differ = names.filter((name) => headers.app[name] !== headers.redirect[name]);
  const same = names.filter((name) => !differ.includes(name));
  return `# Made from config.json by "npm run package". After a change of config.json make it anew.
# The three values to fill in are marked with <>.

# Without arguments and referer, because a callback's address contains an authorization code. $uri is
# the path after the rewrite: /index.html for every page of the app, so without ids of patients.
log_format patient_browser '$remote_addr - $remote_user [$time_local] '
  '"$request_method $uri $server_protocol" $status $body_bytes_sent "$http_user_agent"';

${differ.map((name) => headerMap(name, rules)).join('\n')}
map "$status:$uri" $pb_cache_control {
  default "${rules.pageCache}";
  "~^(200|206|304):${quoted(base)}assets/" "${rules.assetCache}";
${rules.files.map(({ path, cache }) => `  "~^(200|206|304):${quoted(base + path)}$" "${cache}";`).join('\n')}
}

server {
  listen 80;
  listen [::]:80;
  server_name <app.example>;
  server_tokens off;
  access_log off;
  return 301 https://$host$request_uri;
}

server {
  # From nginx 1.25.1 on without "http2" in these two lines, and with "http2 on;" below them.
  listen 443 ssl http2;
  listen [::]:443 ssl http2;
  server_name <app.example>;
  ssl_certificate <certificate.pem>;
  ssl_certificate_key <key.pem>;
  ssl_protocols TLSv1.2 TLSv1.3;

  # The unpacked zip is ${base === '/' ? 'this folder' : `the folder ${base} below this one`}, or a link to it.
  root /srv/patient-browser;
  server_tokens off;
  access_log /var/log/nginx/access.log patient_browser;
  # Authorization codes in the address of a callback may be long.
  large_client_header_buffers 4 16k;

${same.map((name) => `  add_header ${name} "${headers.app[name]}" always;`).join('\n')}
${differ.map((name) => `  add_header ${name} $${variable(name)} always;`).join('\n')}
  add_header Cache-Control $pb_cache_control always;

  types {
${Object.entries(MEDIA_TYPES).map(mediaType).join('\n')}
  }
  default_type application/octet-stream;
  charset utf-8;
  charset_types text/css text/javascript text/plain application/json;

  gzip_static on;
  gzip_vary on;
  # With the module ngx_brotli: brotli_static on;

  if ($request_method !~ ^(GET|HEAD)$) {
    return 405;
  }
  location ~ "^${quoted(base)}(${HIDDEN.map(quoted).join('|')})(/|$)" {
    return 404;
  }
  location ~ "^${quoted(base)}${pages.slice(1)}" {
    rewrite ^ ${base}index.html break;
  }
  location ~ "\\.(br|gz)$" {
    return 404;
  }
  location ${base} {
    try_files $uri =404;
  }
${base === '/' ? '' : `  location = ${base.slice(0, -1)} {\n    return 308 ${base}$is_args$args;\n  }\n  location / {\n    return 404;\n  }\n`}}
`;
}

const variable = (name: string): string => `pb_${name.toLowerCase().replaceAll('-', '_')}`;

/**
 * Returns the map of one header. An empty value is right, as nginx does not send such a header. The
 * key is a regular expression, because a long path would not fit into the hash table of exact keys.
 */
function headerMap(name: string, { base, headers }: Rules): string {
  const app = inPieces(variable(name), headers.app[name] ?? '');
  return `${app.maps}map $uri $${variable(name)} {
  default "${app.value}";
  "~^${quoted(base)}redirect\\.html$" "${headers.redirect[name] ?? ''}";
}`;
}

/** Longest value: nginx limits a parameter to 4,096 bytes with quotes (`NGX_CONF_BUFFER`). */
const LONGEST = 4000;

/** Splits a value that is too long for one map (a policy names every EHR) into several maps. */
function inPieces(name: string, value: string): { maps: string; value: string } {
  if (value.length <= LONGEST) return { maps: '', value };
  const pieces = Array.from({ length: Math.ceil(value.length / LONGEST) }, (_, i) => ({
    name: `${name}_${i + 1}`,
    text: value.slice(i * LONGEST, (i + 1) * LONGEST),
  }));
  return {
    maps: pieces.map((p) => `map $uri $${p.name} {\n  default "${p.text}";\n}\n`).join(''),
    value: pieces.map((p) => `$${p.name}`).join(''),
  };
}

/** Escapes text for a regular expression of PCRE. */
const quoted = (text: string): string => text.replaceAll('.', String.raw`\.`);

const mediaType = ([extension, type]: readonly [string, string]): string =>
  `    ${type.split(';')[0]} ${extension.slice(1)};`;
