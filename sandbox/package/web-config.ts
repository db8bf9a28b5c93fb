import { MEDIA_TYPES } from '../host/files.ts';
import { HIDDEN } from './layout.ts';
import type { Rules } from './rules.ts';

/**
 * Returns `web.config` for IIS, the web server of a Windows plan of App Service. It needs the URL
 * Rewrite module, which App Service has.
 *
 * - https://learn.microsoft.com/iis/extensions/url-rewrite-module/url-rewrite-module-configuration-reference
 * - https://learn.microsoft.com/iis/configuration/system.webserver/staticcontent/
 */
export function webConfig(rules: Rules): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<!-- Made from config.json by "npm run package". After a change of config.json make it anew. -->
<configuration>
  <location path="." inheritInChildApplications="false">
    <system.webServer>
      <directoryBrowse enabled="false" />
      <!-- What is worth it lies here compressed already. -->
      <urlCompression doStaticCompression="false" doDynamicCompression="false" />
      <httpProtocol>
        <customHeaders>
          <clear />
${lines(10, Object.entries({ ...rules.headers.app, 'Cache-Control': rules.pageCache }).map(added))}
        </customHeaders>
      </httpProtocol>
      <security>
        <requestFiltering removeServerHeader="true">
          <!-- Authorization codes in the address of a callback may be long. -->
          <requestLimits maxUrl="8192" maxQueryString="16384" />
          <verbs allowUnlisted="false">
            <clear />
            <add verb="GET" allowed="true" />
            <add verb="HEAD" allowed="true" />
          </verbs>
          <hiddenSegments>
${lines(12, HIDDEN.flatMap(hidden))}
          </hiddenSegments>
        </requestFiltering>
      </security>
      <staticContent>
${lines(8, Object.entries(MEDIA_TYPES).flatMap(mapped))}
      </staticContent>
      <rewrite>
        <rules>
          <clear />
${lines(10, [
  ...rewrite('Page, Brotli', rules.pages, 'index.html.br', ['br']),
  ...rewrite('Page, gzip', rules.pages, 'index.html.gz', ['gzip']),
  ...rewrite('Page', rules.pages, 'index.html', []),
  ...rewrite('Asset, Brotli', '^assets/.+$', '{R:0}.br', ['br', '.br']),
  ...rewrite('Asset, gzip', '^assets/.+$', '{R:0}.gz', ['gzip', '.gz']),
])}
        </rules>
        <outboundRules rewriteBeforeCache="true">
${lines(10, [
  ...outbound('Brotli', 'RESPONSE_Content_Encoding', 'br', String.raw`\.br$`),
  ...outbound('gzip', 'RESPONSE_Content_Encoding', 'gzip', String.raw`\.gz$`),
  ...outbound(
    'Vary',
    'RESPONSE_Vary',
    'Accept-Encoding',
    String.raw`\.(js|css|svg|html)(\.br|\.gz)?$`,
  ),
])}
        </outboundRules>
      </rewrite>
    </system.webServer>
  </location>
${lines(2, [...redirectPage(rules), ...assets(rules), ...rules.files.flatMap(file)])}
</configuration>
`;
}

/** Matches the extensions of files that have compressed copies: see `compress.ts`. */
const ENCODED = /^\.(js|css|svg|html)$/;

const lines = (indent: number, all: readonly string[]): string =>
  all.map((line) => ' '.repeat(indent) + line).join('\n');

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const added = ([name, value]: readonly [string, string]): string =>
  `<add name="${name}" value="${escaped(value)}" />`;

const removed = (name: string): string => `<remove name="${name}" />`;

/** Removes the segment first, because adding one that exists already is an error. */
const hidden = (segment: string): string[] => [
  `<remove segment="${segment}" />`,
  `<add segment="${segment}" />`,
];

function mapped([extension, type]: readonly [string, string]): string[] {
  const encodings = ENCODED.test(extension) ? ['', '.br', '.gz'] : [''];
  return encodings.flatMap((encoding) => [
    `<remove fileExtension="${extension}${encoding}" />`,
    `<mimeMap fileExtension="${extension}${encoding}" mimeType="${type}" />`,
  ]);
}

/**
 * Returns a rewrite rule.
 *
 * @param conditions encoding that the browser must accept, extension with which a file must exist
 */
function rewrite(
  name: string,
  pattern: string,
  to: string,
  [encoding, extension]: readonly string[],
): string[] {
  const conditions = [
    ...(encoding ? [`<add input="{HTTP_ACCEPT_ENCODING}" pattern="\\b${encoding}\\b" />`] : []),
    ...(extension ? [`<add input="{REQUEST_FILENAME}${extension}" matchType="IsFile" />`] : []),
  ];
  return [
    `<rule name="${name}" stopProcessing="true">`,
    `  <match url="${escaped(pattern)}" ignoreCase="false" />`,
    ...(conditions.length > 0 ? [`  <conditions>${conditions.join('')}</conditions>`] : []),
    `  <action type="Rewrite" url="${to}" />`,
    '</rule>',
  ];
}

function outbound(name: string, variable: string, value: string, file: string): string[] {
  return [
    `<rule name="${name}">`,
    `  <match serverVariable="${variable}" pattern=".*" />`,
    `  <conditions><add input="{REQUEST_FILENAME}" pattern="${file}" /></conditions>`,
    `  <action type="Rewrite" value="${value}" />`,
    '</rule>',
  ];
}

/** Returns the section with the headers that differ for one path. */
function location(
  path: string,
  headers: readonly string[],
  more: readonly string[] = [],
): string[] {
  return [
    `<location path="${path}">`,
    '  <system.webServer>',
    `    <httpProtocol><customHeaders>${headers.join('')}</customHeaders></httpProtocol>`,
    ...more.map((line) => `    ${line}`),
    '  </system.webServer>',
    '</location>',
  ];
}

function redirectPage({ headers: { app, redirect } }: Rules): string[] {
  const differ = Object.keys(app).filter((name) => redirect[name] !== app[name]);
  return location('redirect.html', [
    ...differ.map(removed),
    ...differ.flatMap((name) =>
      redirect[name] === undefined ? [] : [added([name, redirect[name]])],
    ),
  ]);
}

/**
 * Returns the section of the assets. The static file handler sets their `Cache-Control`: a custom
 * header would be on a 404 too, and the browser would cache for a year that a file is missing.
 */
function assets({ assetCache }: Rules): string[] {
  const seconds = Number(/max-age=(\d+)/.exec(assetCache)?.[1]);
  const rest = assetCache.split(', ').filter((part) => !part.startsWith('max-age'));
  return location(
    'assets',
    [removed('Cache-Control')],
    [
      `<staticContent><clientCache cacheControlMode="UseMaxAge" cacheControlMaxAge="${seconds / 86_400}.00:00:00" cacheControlCustom="${rest.join(', ')}" /></staticContent>`,
    ],
  );
}

const file = ({ path, cache }: Rules['files'][number]): string[] =>
  location(path, [removed('Cache-Control'), added(['Cache-Control', cache])]);
